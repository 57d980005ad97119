import Domain

/// What the answer to the harmless query says about our configuration.
///
/// WeChat checks the signature before the business. So "no such order", signed, means that our
/// keys, WeChat's keys and the clock are right. The APIv3 key is used in notices only.
struct WeChatCheck: Sendable {
  /// More than this between WeChat's clock and ours is worth a word.
  static let clockDifferenceMillisecondsMax: Int64 = 60_000
  /// Warn this long before a certificate ends.
  static let certificateWarningMilliseconds: Int64 = 30 * 86_400_000

  let settings: WeChatSettings

  /// A number that no payment has: ours never begin so.
  static func outTradeNumber(at now: Timestamp) -> String { "TILLCHECK\(now.milliseconds)" }

  func finding(_ answer: GatewayAnswer, at now: Timestamp) throws(Fault) -> CheckFinding {
    let envelope: WeChatEnvelope
    do throws(WeChatEnvelope.Flaw) {
      envelope = try WeChatEnvelope(answer, keys: settings.keys, at: now)
    } catch {
      return try finding(error, answer, at: now)
    }
    let verdict = WeChatCodes.verdict(
      envelope.code, number: envelope.requestCode, status: envelope.status, for: .query)
    switch verdict {
    case .configuration(let configuration):
      return clockFinding(answer, at: now) ?? finding(configuration, envelope)
    case .unknown, .limited:
      let code = verdict == .limited ? FaultCode.limited : FaultCode.broken
      throw .outcomeUnknown(WeChatAnswers.reason(envelope, code, "WeChat cannot answer now"))
    case .absent where envelope.isSigned:
      return clockFinding(answer, at: now) ?? certificateFinding(at: now)
        ?? CheckFinding(
          code: "ok", text: "WeChat knows the merchant and both signatures are right")
    default:
      guard envelope.isSigned else { return Self.elsewhere("refuses without a signature") }
      return CheckFinding(
        code: FaultCode.rejected,
        text: WeChatAnswers.reason(envelope, "", "WeChat refused the query").text,
        hint: "Look \(WeChatAnswers.gatewayCode(envelope)) up in WeChat Pay's documents")
    }
  }

  private func finding(
    _ flaw: WeChatEnvelope.Flaw, _ answer: GatewayAnswer, at now: Timestamp
  ) throws(Fault) -> CheckFinding {
    let text = flaw.fault.reason.text
    switch flaw {
    case .seal(.wrong(let serial)):
      return CheckFinding(
        code: "wrong_key", text: text,
        hint: "Put WeChat's key \(serial.prefix(64)) into platform_keys; it is no key of yours")
    case .seal(.unknownSerial(let serial)):
      return CheckFinding(
        code: "unknown_serial", text: text,
        hint: "Add WeChat's key \(serial.prefix(64)) to platform_keys beside the old one")
    case .seal(.clock):
      return CheckFinding(code: "clock_off", text: text, hint: Self.clockHint)
    case .seal(.probe), .torn: throw flaw.fault
    case .status(let status) where status == 429 || status >= 500: throw flaw.fault
    case .seal, .status, .notJSON, .malformed: return Self.elsewhere(text)
    }
  }

  private static let clockHint = "Let the machine keep time by NTP; the time zone does not matter"

  private static func elsewhere(_ text: String) -> CheckFinding {
    CheckFinding(
      code: "wrong_environment", text: text,
      hint: "url must be WeChat Pay itself, as \(WeChatSettings.productionURL); nothing on the "
        + "way may take the Wechatpay-… headers away")
  }

  private func finding(
    _ configuration: WeChatCodes.Configuration, _ envelope: WeChatEnvelope
  ) -> CheckFinding {
    let hint =
      switch configuration {
      case .key:
        "merchant_serial \(settings.keys.merchantSerial) must be the number of the certificate "
          + "made for merchant_private_key_file, and of mchid \(settings.merchantID)"
      case .merchant: "Bind the appid to the mchid in the console, and copy both from there"
      case .permission: "Open the product in the console and look at the merchant's state"
      }
    return CheckFinding(
      code: configuration.rawValue,
      text: WeChatAnswers.reason(envelope, "", configuration.phrase).text, hint: hint)
  }

  private func clockFinding(_ answer: GatewayAnswer, at now: Timestamp) -> CheckFinding? {
    let header = answer.headers.first { $0.name.lowercased() == "date" }
    guard let theirs = header.flatMap({ HTTPDate.read($0.value) }) else { return nil }
    let difference = now.milliseconds(since: theirs)
    guard difference.magnitude > Self.clockDifferenceMillisecondsMax.magnitude else { return nil }
    let seconds = difference.magnitude / 1000
    return CheckFinding(
      code: "clock_off",
      text: "our clock is \(seconds) s \(difference > 0 ? "ahead of" : "behind") WeChat's",
      hint: Self.clockHint)
  }

  private func certificateFinding(at now: Timestamp) -> CheckFinding? {
    guard let end = settings.keys.notAfterMilliseconds else { return nil }
    let left = Timestamp(milliseconds: end).milliseconds(since: now)
    guard left < Self.certificateWarningMilliseconds else { return nil }
    let day = CivilTime(Timestamp(milliseconds: end), offsetMinutes: BeijingTime.offsetMinutes)
    return CheckFinding(
      code: "certificate_ends", text: "a certificate ends on \(day.dateText)",
      hint: "Make or download the next one before that day; two may stand side by side")
  }
}
