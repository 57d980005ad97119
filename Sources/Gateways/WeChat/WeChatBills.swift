import Crypto
import Domain
import JSON

/// WeChat's daily bills: the address and the digest by a signed call, then the file.
///
/// The file's answer is not signed; the digest in the signed answer before it is what proves it.
/// It covers the file as it is asked for here, which is not compressed.
struct WeChatBills: BillSource {
  /// Hosts of WeChat Pay that may give the file out, beside the configured one.
  private static let hosts = ["api.mch.weixin.qq.com", "api2.mch.weixin.qq.com"]
  private static let readyAfterMilliseconds: Int64 = 10 * 3_600_000
  /// Three months.
  private static let keptDays: Int64 = 90
  private static let digestKind = "SHA1"

  let settings: WeChatSettings
  let requests: WeChatRequests

  var offers: [BillOffer] {
    let schedule = BillSchedule(
      zoneOffsetMinutes: BeijingTime.offsetMinutes,
      readyAfterMilliseconds: Self.readyAfterMilliseconds, keptDays: Self.keptDays)
    return [BillKind.trade, .fund].map { BillOffer(kind: $0, format: .csv, schedule: schedule) }
  }

  func first(for bill: BillName, at now: Timestamp) throws(Fault) -> BillStep {
    let target =
      bill.kind == .fund
      ? "/v3/bill/fundflowbill?bill_date=\(bill.day.text)&account_type=BASIC"
      : "/v3/bill/tradebill?bill_date=\(bill.day.text)&bill_type=ALL"
    return BillStep(request: try requests.request("GET", target, nil, at: now), place: .address)
  }

  func read(
    _ answer: GatewayAnswer, to step: BillStep, of bill: BillName, at now: Timestamp
  ) throws(Fault) -> BillReading {
    switch step.place {
    case .address: return try readAddress(answer, bill, at: now)
    case .file(let claim):
      try answer.requireSuccess(of: "WeChat")
      guard let digest = claim.digest, SHA1.hex(answer.body).hasSameBytes(as: digest.hex) else {
        throw .badReply("WeChat", "the bill has not the digest that WeChat published for it")
      }
      return .complete(claim, keeping: answer.body)
    case .page: throw .badReply("WeChat", "nothing was asked")
    }
  }

  private func readAddress(
    _ answer: GatewayAnswer, _ bill: BillName, at now: Timestamp
  ) throws(Fault) -> BillReading {
    let envelope: WeChatEnvelope
    do throws(WeChatEnvelope.Flaw) {
      envelope = try WeChatEnvelope(answer, keys: settings.keys, at: now)
    } catch { throw error.fault }
    guard envelope.isSuccess else { return try refusal(envelope) }
    guard (envelope.text("hash_type")).hasSameBytes(as: Self.digestKind),
      let hex = envelope.text("hash_value")?.lowercased(), Self.isDigest(hex)
    else { throw .badReply("WeChat", "it has no usable hash_value") }
    let address = try fileAddress(envelope.text("download_url") ?? "")
    let target = address.path + (address.query.map { "?\($0)" } ?? "")
    let request = GatewayRequest(
      method: "GET", url: address.text, headers: try requests.headers("GET", target, nil, at: now),
      body: [], timeoutMilliseconds: BillDownload.fileTimeoutMilliseconds,
      answerBytesMax: BillDownload.fileAnswerBytesMax)
    let claim = BillClaim(fileName: nil, digest: BillDigest(.sha1, hex: hex))
    return .next(BillStep(request: request, place: .file(claim)), keeping: [])
  }

  private func refusal(_ envelope: WeChatEnvelope) throws(Fault) -> BillReading {
    let verdict = WeChatCodes.verdict(
      envelope.code, number: envelope.requestCode, status: envelope.status, for: .bill)
    switch verdict {
    case .unknown:
      throw .outcomeUnknown(
        WeChatAnswers.reason(envelope, FaultCode.broken, "WeChat cannot answer now"))
    case .limited:
      throw .outcomeUnknown(
        WeChatAnswers.reason(envelope, FaultCode.limited, "WeChat asks for fewer calls"))
    case .configuration(let configuration):
      throw .answered(
        WeChatAnswers.reason(envelope, FaultCode.authentication, configuration.phrase))
    case .absent where envelope.isSigned:
      return .noBusiness(
        WeChatAnswers.reason(envelope, BillAbsence.absent, "WeChat had no business on that day"))
    case .otherState where envelope.isSigned:
      return .notYet(
        WeChatAnswers.reason(envelope, BillAbsence.notReady, "WeChat has not made the bill yet"))
    default:
      guard envelope.isSigned else {
        let code = WeChatAnswers.gatewayCode(envelope)
        throw .badReply("WeChat", "it refuses without a signature (\(code))")
      }
      throw .answered(
        WeChatAnswers.reason(envelope, FaultCode.rejected, "WeChat refuses to give the bill out"))
    }
  }

  private func fileAddress(_ text: String) throws(Fault) -> GatewayAddress {
    let address: GatewayAddress
    let ours: GatewayAddress
    do throws(GatewayAddress.Flaw) {
      address = try GatewayAddress(text)
      ours = try GatewayAddress(settings.root)
    } catch { throw .badReply("WeChat", "its download_url \(error.phrase)") }
    let isOurs =
      address.scheme == ours.scheme && address.host == ours.host && address.port == ours.port
    let isWeChats =
      Self.hosts.contains(ours.host) && Self.hosts.contains(address.host) && address.port == nil
    guard !address.path.isEmpty, isOurs || isWeChats else {
      throw .badReply("WeChat", "its download_url leads to \(address.host)")
    }
    return address
  }

  private static func isDigest(_ hex: String) -> Bool {
    hex.utf8.count == 40
      && hex.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
