import Domain
import JSON

/// What two harmless reads say about our configuration: whether the key is known and of the mode
/// that it looks like, our clock, and whether Stripe knows where to send notices.
struct StripeCheck: Sendable {
  let settings: StripeSettings
  let requests: StripeRequests

  func read(_ answer: GatewayAnswer, at now: Timestamp) throws(Fault) -> GatewayReading {
    let isSecond = answer.step.hasSameBytes(as: StripeRequests.Step.webhooks)
    if answer.status == 401 { return .check(Self.wrongKey) }
    // A restricted key may not read everything; that it was recognised is what was asked.
    if answer.status == 403 {
      return isSecond
        ? .check(good("the key may not read the webhooks")) : try webhooks(answer, at: now)
    }
    try answer.requireUsable(of: "Stripe")
    guard answer.status == 200 else {
      return .check(
        CheckFinding(
          code: "wrong_environment", text: "the address answers with HTTP status \(answer.status)",
          hint: "url must be \(StripeSettings.productionURL) or be left out"))
    }
    let object = try answer.object(of: "Stripe")
    return isSecond ? .check(finding(webhooks: object)) : try first(object, answer, at: now)
  }

  private func first(
    _ object: JSONObject, _ answer: GatewayAnswer, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    guard StripeObjects(settings: settings).isOurMode(object) else {
      return .check(
        CheckFinding(
          code: "wrong_environment", text: "the key is of the other mode than its name says"))
    }
    return try webhooks(answer, at: now)
  }

  private func webhooks(
    _ answer: GatewayAnswer, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    if let clock = answer.clockFinding("Stripe", at: now) { return .check(clock) }
    guard settings.notifyURL != nil else {
      return .check(
        settings.webhookKeys.isEmpty
          ? CheckFinding(
            code: "ok", text: "Stripe knows the key; notices are not set up",
            hint: "Without webhook_secret_file every payment is found by asking")
          : good("notify_url is not set, so it was not compared"))
    }
    return .next(
      GatewayStep(
        name: StripeRequests.Step.webhooks, request: requests.webhooks(), movesMoney: false))
  }

  private func finding(webhooks object: JSONObject) -> CheckFinding {
    let known = (object["data"]?.arrayValue ?? []).compactMap(\.objectValue).first {
      ($0["url"]?.stringValue).hasSameBytes(as: settings.notifyURL ?? "")
    }
    guard let known else {
      return CheckFinding(
        code: "callback_unknown", text: "no webhook of the account points at notify_url",
        hint: "Make one in the Dashboard with API version \(StripeSettings.version)")
    }
    guard (known["status"]?.stringValue).hasSameBytes(as: "enabled") else {
      return CheckFinding(
        code: "callback_disabled", text: "the webhook of notify_url is switched off",
        hint: "Switch it on in the Dashboard")
    }
    if let version = known["api_version"]?.stringValue,
      !version.hasSameBytes(as: StripeSettings.version)
    {
      return CheckFinding(
        code: "callback_version",
        text: "the webhook sends version \(version.prefix(40)), not \(StripeSettings.version)",
        hint: "Make a new webhook of that version; the version of one cannot be changed")
    }
    return good("the webhook of notify_url is enabled")
  }

  private func good(_ more: String) -> CheckFinding {
    CheckFinding(
      code: "ok", text: "Stripe knows the key (\(settings.isLive ? "live" : "test")); \(more)")
  }

  private static let wrongKey = CheckFinding(
    code: "wrong_key", text: "Stripe does not know the key",
    hint: "Copy the secret or restricted key of this very account; test and live keys differ")
}
