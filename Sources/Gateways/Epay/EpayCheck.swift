import Domain
import JSON

/// What the answer to a query about a number that nobody has says about our configuration.
///
/// Version 1 looks at pid and key before the number, version 2 at the signature: "no such order"
/// means that all of it is right. `act=query` is not used: it echoes the key.
struct EpayCheck: Sendable {
  let settings: EpaySettings

  /// A number that no payment has: ours never begin so.
  static func outTradeNumber(at now: Timestamp) -> String { "TILLCHECK\(now.milliseconds)" }

  func finding(_ answer: GatewayAnswer, at now: Timestamp) throws(Fault) -> CheckFinding {
    let node: JSONObject
    do throws(Fault) {
      try answer.requireSuccess(of: EpayAnswers.company)
      node = try answer.object(of: EpayAnswers.company)
    } catch {
      guard case .answered(let reason) = error else { throw error }
      return CheckFinding(
        code: "wrong_environment", text: reason.text,
        hint: "url must be the root of the site; look whether its version is \(version)")
    }
    if let wrong = signatureFinding(node, at: now) { return wrong }
    let code = node.scalar("code") ?? ""
    let words = node.scalar("msg") ?? ""
    let question = Question.check
    switch EpayCodes.verdict(code: code, message: words, for: question) {
    case .absent:
      let isTried = version == "1" || node.scalar("sign") != nil
      return CheckFinding(
        code: "ok",
        text: "the site knows the merchant and takes \(version == "1" ? "its key" : "our key")"
          + (isTried ? "" : "; it did not sign, so platform_public_key_file was not tried"))
    case .configuration(let finding):
      return CheckFinding(code: finding, text: Self.text(words), hint: Self.hint(finding))
    case .limited:
      throw .outcomeUnknown(Reason(code: FaultCode.limited, text: Self.text(words)))
    default:
      return CheckFinding(
        code: FaultCode.rejected, text: Self.text(words),
        hint: "The site answers a question about no order in words Till does not know")
    }
  }

  private var version: String { settings.version.rawValue }

  private func signatureFinding(_ node: JSONObject, at now: Timestamp) -> CheckFinding? {
    guard settings.version == .two, let sign = node.scalar("sign") else { return nil }
    guard EpaySigning(settings: settings).isValid(EpayAnswers.signedMembers(node), sign: sign)
    else {
      return CheckFinding(
        code: "wrong_key", text: "the site's answer is not signed with the configured key",
        hint: "Put the platform's public key into platform_public_key_file, not the merchant's")
    }
    guard let seconds = node.scalar("timestamp").flatMap({ Int64($0) }) else { return nil }
    let ours = now.milliseconds / 1000
    let (difference, overflow) = ours.subtractingReportingOverflow(seconds)
    guard overflow || difference.magnitude > UInt64(EpayAnswers.clockDifferenceSecondsMax) else {
      return nil
    }
    return CheckFinding(
      code: "clock_off", text: "our clock and the site's are more than five minutes apart",
      hint: Self.hint("clock_off"))
  }

  private static func text(_ words: String) -> String {
    let shown = GatewayText.unmarked(words, scalarsMax: 120, otherwise: "no reason given")
    return "the site says: \(shown)"
  }

  private static func hint(_ finding: String) -> String? {
    switch finding {
    case "wrong_key": "Copy the key of this very pid from the site; look at sign_suffix too"
    case "unknown_merchant": "Copy pid from the site; look whether url is the right site"
    case "clock_off": "Let the machine keep time by NTP; the time zone does not matter"
    case "wrong_environment": "url must be the root of the site"
    case "permission": "Ask the site's operator to open this call, or this address, for the pid"
    default: nil
    }
  }
}
