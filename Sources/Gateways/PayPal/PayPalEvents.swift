import Domain
import JSON

/// Events of PayPal → which payment they are about.
enum PayPalEvents {
  /// Nil for events of no concern.
  static func payment(of event: JSONObject, _ type: String) -> PaymentName? {
    guard let resource = event["resource"] else { return nil }
    if type.hasPrefix("CHECKOUT.ORDER.") || type == "CHECKOUT.PAYMENT-APPROVAL.REVERSED" {
      let unit = resource["purchase_units"]?.arrayValue?.first
      if let number = number(unit?["custom_id"]) { return .outTradeNumber(number) }
      return PayPalObjects.id(resource["id"]).map { .gatewayPayment($0) }
    }
    if type == "PAYMENT.CAPTURE.REFUNDED" || type.hasPrefix("PAYMENT.REFUND.") {
      // The resource is the refund; its way up leads to the capture.
      return capture(above: resource).map { .gatewayTransaction($0) }
    }
    if type.hasPrefix("PAYMENT.CAPTURE.") {
      if let number = number(resource["custom_id"]) { return .outTradeNumber(number) }
      return PayPalObjects.id(resource["id"]).map { .gatewayTransaction($0) }
    }
    if type.hasPrefix("CUSTOMER.DISPUTE.") {
      let transaction = resource["disputed_transactions"]?.arrayValue?.first
      return PayPalObjects.id(transaction?["seller_transaction_id"])
        .map { .gatewayTransaction($0) }
    }
    return nil
  }

  /// What an event is worth: where to look, and no more.
  static func hint(_ type: String) -> GatewayStatement {
    type.hasPrefix("CUSTOMER.DISPUTE.") ? .disputeHappened : .somethingHappened
  }

  private static func number(_ value: JSONValue?) -> String? {
    guard let text = value?.stringValue, GatewayText.isName(text, bytesMax: 32) else {
      return nil
    }
    return text
  }

  private static func capture(above resource: JSONValue) -> String? {
    let up = (resource["links"]?.arrayValue ?? []).first {
      ($0["rel"]?.stringValue).hasSameBytes(as: "up")
    }
    let last = up?["href"]?.stringValue?.split(separator: "/").last.map(String.init)
    return PayPalObjects.id(last.map { .string($0) })
  }

  /// How far the list was read: the second of the newest event, and the events of that second that
  /// were seen, as others of it may follow. As `2026-11-16T08:00:00Z WH-1 WH-2`.
  struct Place {
    private static let idsMost = 32
    let time: String
    private(set) var ids: [String] = []

    /// Nil where nothing was read yet.
    init?(_ cursor: String?) {
      let words = (cursor ?? "").split(separator: " ").map(String.init)
      guard let time = words.first else { return nil }
      self.time = time
      ids = Array(words.dropFirst())
    }

    var text: String { ([time] + ids).joined(separator: " ") }

    func has(_ id: String) -> Bool { ids.contains { $0.utf8.elementsEqual(id.utf8) } }

    mutating func add(_ id: String) {
      if ids.count < Self.idsMost, !has(id) { ids.append(id) }
    }
  }

  static let path = "/v1/notifications/webhooks-events"

  /// What the link to the next page asks for, where there is one to the list itself. It is sent to
  /// the configured address only, whatever host the link names.
  private static func nextPage(_ object: JSONObject) -> String? {
    let link = (object["links"]?.arrayValue ?? []).first {
      ($0["rel"]?.stringValue).hasSameBytes(as: "next")
    }
    // try?: what is no address leads nowhere.
    guard let text = link?["href"]?.stringValue, let address = try? GatewayAddress(text),
      address.path.hasSameBytes(as: path) || address.path.hasSameBytes(as: path + "/")
    else { return nil }
    return address.query
  }

  /// A page of the list of events. They only say where to look, so their order does not matter; a
  /// page may hold fewer than were asked for. Once all pages were read, the next look begins at
  /// the second of the newest event, and none is taken twice.
  static func page(_ object: JSONObject, _ facts: CatchUpFacts) -> CatchUpPage {
    let events = (object["events"]?.arrayValue ?? []).compactMap(\.objectValue)
    let look = ListPlace(facts.cursor)
    let before = Place(look.start)
    var items: [CatchUpPage.Item] = []
    var place = Place(look.newest) ?? before
    for event in events {
      let id = PayPalObjects.id(event["id"])
      if let id, before?.has(id) ?? false { continue }
      if let time = GatewayTime.read(event["create_time"]?.stringValue).map(GatewayTime.text) {
        // Times of one length and zone are in the order of their texts.
        if place.map({ $0.time < time }) ?? true { place = Place(time) }
        if let id, place?.time == time { place?.add(id) }
      }
      guard let type = event["event_type"]?.stringValue, let name = payment(of: event, type) else {
        continue
      }
      items.append(CatchUpPage.Item(payment: name, statements: [hint(type)]))
    }
    // PayPal may link on behind the last page: an empty one ends the list, and so does a page that
    // leads to itself.
    let after = events.isEmpty ? nil : nextPage(object)
    let next = after.flatMap { $0.hasSameBytes(as: look.mark ?? "") ? nil : $0 }
    return look.page(items, since: facts.since, newest: place?.text, next: next)
  }
}

/// What the list of webhooks says about our configuration; the token vouches for the key.
struct PayPalCheck: Sendable {
  let settings: PayPalSettings

  func finding(_ object: JSONObject, _ answer: GatewayAnswer, at now: Timestamp) -> CheckFinding {
    guard answer.status == 200 else {
      return CheckFinding(
        code: answer.status == 403 ? "permission" : "wrong_environment",
        text: "PayPal answers with HTTP status \(answer.status)",
        hint: "url must be \(PayPalSettings.productionURL) or PayPal's sandbox address")
    }
    if let clock = answer.clockFinding("PayPal", at: now) { return clock }
    let known = (object["webhooks"]?.arrayValue ?? []).compactMap(\.objectValue)
    guard let id = settings.webhookID else {
      return CheckFinding(
        code: "ok", text: "PayPal knows the application; notices are not set up",
        hint: "Without webhook_id every payment is found by asking")
    }
    guard let own = known.first(where: { ($0["id"]?.stringValue).hasSameBytes(as: id) }) else {
      return CheckFinding(
        code: "callback_unknown", text: "the application has no webhook \(id)",
        hint: "Copy webhook_id from the application's page; test and live ones differ")
    }
    if let url = settings.notifyURL, !(own["url"]?.stringValue).hasSameBytes(as: url) {
      return CheckFinding(
        code: "callback_unknown", text: "the webhook points elsewhere than notify_url",
        hint: "Change its address in the application's page")
    }
    return CheckFinding(code: "ok", text: "PayPal knows the application and its webhook")
  }
}
