import Domain
import JSON

/// What the answer to the harmless query says about our configuration.
///
/// Alipay checks the application before the signature, and the signature before the business. So
/// "no such trade", signed, means that all of it is right.
struct AlipayCheck: Sendable {
  /// More than this between Alipay's clock and ours is worth a word; times to pay depend on it.
  static let clockDifferenceMillisecondsMax: Int64 = 60_000
  /// Warn this long before a certificate ends.
  static let certificateWarningMilliseconds: Int64 = 30 * 86_400_000
  static let sandboxHost = "openapi-sandbox.dl.alipaydev.com"
  static let productionHost = "openapi.alipay.com"

  let settings: AlipaySettings

  /// A number that no payment has: ours never begin so.
  static func outTradeNumber(at now: Timestamp) -> String { "TILLCHECK\(now.milliseconds)" }

  func finding(_ answer: GatewayAnswer, at now: Timestamp) throws(Fault) -> CheckFinding {
    let node: AlipayEnvelope
    do throws(AlipayEnvelope.Flaw) {
      node = try AlipayEnvelope(answer, method: .query, keys: settings.keys)
    } catch {
      return try finding(error)
    }
    let verdict = AlipayCodes.verdict(
      code: node.code, subCode: node.text("sub_code") ?? "", for: .check)
    switch verdict {
    case .configuration(let configuration): return finding(configuration, node)
    case .unknown, .limited:
      let code = verdict == .limited ? FaultCode.limited : FaultCode.broken
      throw .outcomeUnknown(AlipayAnswers.reason(node, code, "Alipay cannot answer now"))
    case .absent where node.isSigned, .unlisted where node.isSuccess:
      return clockFinding(answer, at: now) ?? certificateFinding(at: now)
        ?? CheckFinding(
          code: "ok", text: "Alipay knows the application and both signatures are right")
    default:
      return CheckFinding(
        code: FaultCode.rejected,
        text: AlipayAnswers.reason(node, "", "Alipay refused the query").text,
        hint: "Look the code \(node.gatewayCode.prefix(128)) up in Alipay's documents")
    }
  }

  private func finding(_ flaw: AlipayEnvelope.Flaw) throws(Fault) -> CheckFinding {
    let text = flaw.fault.reason.text
    switch flaw {
    case .wrongSignature(let serial):
      let member =
        settings.keys.serials == nil ? "alipay_public_key_file" : "alipay_certificate_file"
      return CheckFinding(
        code: "wrong_key", text: text,
        hint: serial == nil
          ? "Put Alipay's key of this very application into \(member); test and production differ"
          : "Download the certificate again and put it into \(member)")
    case .notJSON, .noNode, .malformed, .unsigned:
      return CheckFinding(
        code: "wrong_environment", text: text,
        hint: "url must be the gateway itself, as \(AlipaySettings.productionURL)")
    case .status(let status) where status != 429 && status < 500:
      return CheckFinding(
        code: "wrong_environment", text: text,
        hint: "url must be the gateway itself, as \(AlipaySettings.productionURL)")
    case .status, .torn: throw flaw.fault
    }
  }

  private func finding(
    _ configuration: AlipayCodes.Configuration, _ node: AlipayEnvelope
  ) -> CheckFinding {
    let text = AlipayAnswers.reason(node, "", configuration.phrase).text
    if configuration == .merchant, let other = otherEnvironment {
      return CheckFinding(
        code: "wrong_environment", text: text,
        hint: "app_id looks like one of \(other); app_id, url and both keys change together")
    }
    let hint: String? =
      switch configuration {
      case .key: "The console must hold the public half of app_private_key_file for this app_id"
      case .merchant: "Copy app_id from the console; test and production have different ones"
      case .clock: "Let the machine keep time by NTP; the time zone does not matter"
      case .permission: "Sign the product in the console and put the application online"
      }
    return CheckFinding(code: configuration.rawValue, text: text, hint: hint)
  }

  /// Numbers of test applications begin with 9021; nil where number and address go together.
  private var otherEnvironment: String? {
    let isTestNumber = settings.applicationID.hasPrefix("9021")
    switch settings.address.host {
    case Self.productionHost where isTestNumber: return "the test environment"
    case Self.sandboxHost where !isTestNumber: return "production"
    default: return nil
    }
  }

  private func clockFinding(_ answer: GatewayAnswer, at now: Timestamp) -> CheckFinding? {
    let header = answer.headers.first { $0.name.lowercased() == "date" }
    guard let theirs = header.flatMap({ HTTPDate.read($0.value) }) else { return nil }
    let difference = now.milliseconds(since: theirs)
    guard difference.magnitude > Self.clockDifferenceMillisecondsMax.magnitude else { return nil }
    let seconds = difference.magnitude / 1000
    return CheckFinding(
      code: AlipayCodes.Configuration.clock.rawValue,
      text: "our clock is \(seconds) s \(difference > 0 ? "ahead of" : "behind") Alipay's",
      hint: "Let the machine keep time by NTP; payments expire by this clock")
  }

  private func certificateFinding(at now: Timestamp) -> CheckFinding? {
    guard let end = settings.keys.serials?.notAfterMilliseconds else { return nil }
    let left = Timestamp(milliseconds: end).milliseconds(since: now)
    guard left < Self.certificateWarningMilliseconds else { return nil }
    let day = CivilTime(Timestamp(milliseconds: end), offsetMinutes: BeijingTime.offsetMinutes)
    return CheckFinding(
      code: "certificate_ends", text: "a certificate ends on \(day.dateText)",
      hint: "Download new certificates from the console before that day")
  }
}
