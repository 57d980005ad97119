import Domain
import JSON

/// Alipay's daily bills: the address by a signed call, then the file by a plain GET.
///
/// The address lives for thirty seconds and carries Alipay's own token; our request to it holds
/// nothing else. It must be Alipay's, and it is asked by https even where Alipay writes http: the
/// file is unsigned, so the connection is all that proves it.
struct AlipayBills: BillSource {
  private static let fileHost = ".alipay.com"
  private static let testHost = ".alipaydev.com"
  /// A file with a head and no rows.
  private static let emptyFileCode = "EMPTY_DATA_WITH_BILL_FILE"
  private static let readyAfterMilliseconds: Int64 = 9 * 3_600_000
  private static let silenceMeansEmptyAfterMilliseconds: Int64 = 12 * 3_600_000
  /// Six years.
  private static let keptDays: Int64 = 2190

  let settings: AlipaySettings
  let requests: AlipayRequests

  var offers: [BillOffer] {
    let schedule = BillSchedule(
      zoneOffsetMinutes: BeijingTime.offsetMinutes,
      readyAfterMilliseconds: Self.readyAfterMilliseconds, keptDays: Self.keptDays,
      silenceMeansEmptyAfterMilliseconds: Self.silenceMeansEmptyAfterMilliseconds)
    return [BillKind.trade, .fund].map { BillOffer(kind: $0, format: .zip, schedule: schedule) }
  }

  func first(for bill: BillName, at now: Timestamp) throws(Fault) -> BillStep {
    var content = JSONWriter()
    content.beginObject()
    content.member("bill_type", bill.kind == .fund ? "signcustomer" : "trade")
    content.member("bill_date", bill.day.text)
    return BillStep(request: try requests.post(.bill, content, at: now), place: .address)
  }

  func read(
    _ answer: GatewayAnswer, to step: BillStep, of bill: BillName, at now: Timestamp
  ) throws(Fault) -> BillReading {
    switch step.place {
    case .address: return try readAddress(answer, bill)
    case .file(let claim):
      try answer.requireSuccess(of: "Alipay")
      try ZipShape.require(answer.body, of: "Alipay")
      return .complete(claim, keeping: answer.body)
    case .page: throw .badReply("Alipay", "nothing was asked")
    }
  }

  private func readAddress(
    _ answer: GatewayAnswer, _ bill: BillName
  ) throws(Fault) -> BillReading {
    let node: AlipayEnvelope
    do throws(AlipayEnvelope.Flaw) {
      node = try AlipayEnvelope(answer, method: .bill, keys: settings.keys)
    } catch { throw error.fault }
    guard node.isSuccess else { return try refusal(node) }
    guard let text = node.text("bill_download_url") else {
      throw .badReply("Alipay", "it has no bill_download_url")
    }
    let address = try fileAddress(text)
    let claim = BillClaim(
      fileName: Self.fileName(address),
      saysEmpty: (node.text("bill_file_code")).hasSameBytes(as: Self.emptyFileCode))
    let request = GatewayRequest(
      method: "GET", url: address.text, headers: [Header("Accept", "*/*")], body: [],
      timeoutMilliseconds: BillDownload.fileTimeoutMilliseconds,
      answerBytesMax: BillDownload.fileAnswerBytesMax)
    return .next(BillStep(request: request, place: .file(claim)), keeping: [])
  }

  private func refusal(_ node: AlipayEnvelope) throws(Fault) -> BillReading {
    let verdict = AlipayCodes.billVerdict(code: node.code, subCode: node.text("sub_code") ?? "")
    switch verdict {
    case .unknown:
      throw .outcomeUnknown(
        AlipayAnswers.reason(node, FaultCode.broken, "Alipay cannot answer now"))
    case .limited:
      throw .outcomeUnknown(
        AlipayAnswers.reason(node, FaultCode.limited, "Alipay asks for fewer calls"))
    case .configuration(let configuration):
      throw .answered(
        AlipayAnswers.reason(node, FaultCode.authentication, configuration.phrase))
    case .absent where node.isSigned:
      return .silent(
        AlipayAnswers.reason(
          node, BillAbsence.absent, "Alipay has no bill of that day: not yet, or no business"))
    default:
      guard node.isSigned else {
        throw .badReply("Alipay", "it refuses without a signature (\(node.gatewayCode.prefix(64)))")
      }
      throw .answered(
        AlipayAnswers.reason(node, FaultCode.rejected, "Alipay refuses to give the bill out"))
    }
  }

  /// The address of a file, where it is one of Alipay's, by https.
  private func fileAddress(_ text: String) throws(Fault) -> GatewayAddress {
    let plain = "http://"
    let address: GatewayAddress
    do throws(GatewayAddress.Flaw) {
      do throws(GatewayAddress.Flaw) {
        address = try GatewayAddress(text)
      } catch {
        guard error == .insecure else { throw error }
        address = try GatewayAddress("https://\(text.dropFirst(plain.count))")
      }
    } catch { throw .badReply("Alipay", "its bill_download_url \(error.phrase)") }
    guard isAlipays(address) else {
      throw .badReply("Alipay", "its bill_download_url leads to \(address.host)")
    }
    return address
  }

  private func isAlipays(_ address: GatewayAddress) -> Bool {
    let gateway = settings.address
    if gateway.isLoopback { return address.isLoopback }
    guard !address.isLoopback, address.port == nil || address.port == 443 else { return false }
    return address.host.hasSuffix(Self.fileHost)
      || (gateway.host.hasSuffix(Self.testHost) && address.host.hasSuffix(Self.testHost))
  }

  /// Alipay writes the file's name into the address.
  private static func fileName(_ address: GatewayAddress) -> String? {
    let member = "downloadFileName="
    return (address.query ?? "").split(separator: "&").first { $0.hasPrefix(member) }
      .map { String($0.dropFirst(member.count)) }
  }
}
