import Chance
import Crypto
import Domain
import Foundation
import Gateways

/// Stripe's side: intents, refunds, disputes and the list of what happened, with its own books.
///
/// It shares no code with the adapter, and what it says is true; lies come by its notices, which
/// are lost, doubled and out of turn.
final class FakeStripe {
  /// As the gateway is configured.
  static let name = "card"
  static let root = "https://api.stripe.example"
  static let secretKey = "sk_test_simulated"
  static let webhookSecret = "whsec_simulated"

  struct Intent {
    let id: String
    let number: String
    let amount: Int64
    var currency = "CNY"
    let madeAt: Int64
    var received: Int64 = 0
    var paidAt: Int64 = 0
    var isCancelled = false
    var refunds: [String] = []
    var disputes: [String] = []
    /// Another system's sale.
    var isOutside = false
  }

  struct Refund {
    let id: String
    let intent: String
    /// Ours.
    let number: String
    let amount: Int64
    let madeAt: Int64
  }

  struct Dispute {
    let id: String
    let intent: String
    let amount: Int64
    var status: String
    var dueAt: Int64?
    /// What the balance holds less, and holds again.
    var taken: Int64 = 0
    var returned: Int64 = 0

    /// In the design's words.
    var state: String { status == "warning_needs_response" ? "warning" : status }
    var isWithheld: Bool { status == "lost" || taken > returned }
  }

  var intents: [String: Intent] = [:]
  /// In the order in which they were made.
  var ids: [String] = []
  private(set) var refunds: [String: Refund] = [:]
  private(set) var disputes: [String: Dispute] = [:]
  private(set) var disputeIDs: [String] = []
  /// State and whereabouts of the money, of each dispute, ever.
  private(set) var words: [String: Set<String>] = [:]
  /// What happened, oldest first.
  private(set) var events: [String] = []
  private var eventTimes: [Int64] = []
  /// First answers by the keys under which they were given.
  private var kept: [String: String] = [:]
  private(set) var complaints: [String] = []
  var ledger = {
    var ledger = CardLedger(gateway: FakeStripe.name)
    ledger.isNewestFirst = true
    ledger.disputeFee = 1500
    return ledger
  }()
  /// Called with the place of a new event.
  var tell: (Int) -> Void = { _ in }
  /// The behaviour that strikes at a stage, and how one that had its effect is counted.
  var strike: (Behaviour.Stage) -> Behaviour? = { _ in nil }
  var note: (Behaviour) -> Void = { _ in }

  // MARK: requests

  func serve(_ request: GatewayRequest, at now: Int64) -> FakeAnswer {
    let isOurs = request.headers.contains {
      $0.name == "Authorization" && $0.value == "Bearer \(Self.secretKey)"
    }
    let parts = URLComponents(string: request.url)
    guard isOurs, request.url.hasPrefix(Self.root + "/v1/"), let path = parts?.path else {
      complaints.append("Stripe was asked for \(request.url)")
      return .json(401, "{}")
    }
    var fields: [String: String] = [:]
    for item in parts?.queryItems ?? [] { fields[item.name] = item.value }
    var body = URLComponents()
    body.percentEncodedQuery = String(decoding: request.body, as: UTF8.self)
    for item in body.queryItems ?? [] where !item.name.isEmpty { fields[item.name] = item.value }
    let key = request.headers.first { $0.name == "Idempotency-Key" }?.value
    let names = path.split(separator: "/").map(String.init).dropFirst()
    let (status, text) =
      request.method == "POST"
      ? post(Array(names), fields, key, at: now) : get(Array(names), fields)
    guard let lie = strike(.cardRoad) else { return .json(status, text) }
    note(lie)
    return .lost
  }

  private static func refusal(_ code: String) -> (Int, String) {
    (400, #"{"error":{"type":"invalid_request_error","code":"\#(code)","message":"no"}}"#)
  }

  private static let missing = (404, #"{"error":{"code":"resource_missing","message":"none"}}"#)

  private func post(
    _ names: [String], _ fields: [String: String], _ key: String?, at now: Int64
  ) -> (Int, String) {
    if let key, let first = kept[key] { return (200, first) }
    let made: (Int, String)
    switch (names.first, names.count) {
    case ("payment_intents", 1): made = create(fields, at: now)
    case ("payment_intents", 3): made = cancel(names[1], at: now)
    case ("refunds", 1): made = refund(fields, at: now)
    default: made = Self.missing
    }
    if let key, made.0 == 200 { kept[key] = made.1 }
    return made
  }

  private func get(_ names: [String], _ fields: [String: String]) -> (Int, String) {
    let about = fields["payment_intent"].flatMap { intents[$0] }
    switch (names.first, names.count) {
    case ("payment_intents", 2) where names[1] == "search":
      let found = ids.compactMap { intents[$0] }.filter {
        fields["query"]?.contains("\"\($0.number)\"") == true
      }
      return (200, Self.list(found.map(text), kind: "search_result"))
    case ("payment_intents", 2): return intents[names[1]].map { (200, text($0)) } ?? Self.missing
    case ("refunds", 2): return refunds[names[1]].map { (200, text($0)) } ?? Self.missing
    case ("refunds", 1):
      return (200, Self.list((about?.refunds ?? []).compactMap { refunds[$0] }.map(text)))
    case ("disputes", 2): return disputes[names[1]].map { (200, text($0)) } ?? Self.missing
    case ("disputes", 1):
      return (200, Self.list((about?.disputes ?? []).compactMap { disputes[$0] }.map(text)))
    case ("events", 1): return (200, happened(fields))
    case ("balance_transactions", 1): return balance(fields)
    default: return Self.missing
    }
  }

  private func create(_ fields: [String: String], at now: Int64) -> (Int, String) {
    guard let amount = fields["amount"].flatMap({ Int64($0) }),
      let currency = fields["currency"]?.uppercased(),
      currency == "CNY" || CardExchange.rates[currency] != nil,
      let number = fields["metadata[till_payment]"]
    else { return Self.refusal("parameter_missing") }
    let intent = Intent(
      id: "pi_\(ids.count + 1)", number: number, amount: amount, currency: currency, madeAt: now)
    ids.append(intent.id)
    intents[intent.id] = intent
    return (200, text(intent))
  }

  private func cancel(_ id: String, at now: Int64) -> (Int, String) {
    guard let intent = intents[id] else { return Self.missing }
    guard intent.received == 0 else { return Self.refusal("payment_intent_unexpected_state") }
    intents[id]?.isCancelled = true
    return (200, intents[id].map(text) ?? "{}")
  }

  private func refund(_ fields: [String: String], at now: Int64) -> (Int, String) {
    guard let id = fields["payment_intent"], let intent = intents[id],
      let amount = fields["amount"].flatMap({ Int64($0) }),
      let number = fields["metadata[till_refund]"]
    else { return Self.missing }
    guard given(intent) + amount <= intent.received else {
      return Self.refusal("charge_already_refunded")
    }
    let isDisputed = intent.disputes.contains { disputes[$0].map { $0.isWithheld } ?? false }
    guard !isDisputed else { return Self.refusal("charge_disputed") }
    let refund = Refund(
      id: "re_\(refunds.count + 1)", intent: id, number: number, amount: amount, madeAt: now)
    refunds[refund.id] = refund
    intents[id]?.refunds.append(refund.id)
    move(.refund, refund.id, number, -amount, of: intent, at: now)
    happen("refund.created", text(refund), at: now)
    return (200, text(refund))
  }

  func given(_ intent: Intent) -> Int64 {
    intent.refunds.compactMap { refunds[$0]?.amount }.reduce(0, +)
  }

  func intent(numbered number: String) -> Intent? {
    ids.lazy.compactMap { self.intents[$0] }.first { $0.number == number }
  }

  // MARK: what happens

  func pay(_ number: String, at now: Int64) {
    guard let intent = intent(numbered: number), !intent.isCancelled, intent.received == 0 else {
      return
    }
    intents[intent.id]?.received = intent.amount
    intents[intent.id]?.paidAt = now
    move(.charge, intent.id, number, intent.amount, of: intent, at: now)
    if let paid = intents[intent.id] { happen("payment_intent.succeeded", text(paid), at: now) }
  }

  /// The buyer's bank acts. A first act opens the dispute.
  ///
  /// - Parameter keepsLonger: the money of a dispute that is won comes back by a later act.
  func act(
    _ number: String, _ status: String, amount: Int64, dueAt: Int64?, keepsLonger: Bool = false,
    at now: Int64
  ) {
    guard let intent = intent(numbered: number), intent.received > 0 else { return }
    let known = intent.disputes.last.flatMap { disputes[$0] }
    var dispute =
      known
      ?? Dispute(
        id: "dp_\(disputeIDs.count + 1)", intent: intent.id, amount: min(amount, intent.received),
        status: status)
    let isChanged = known == nil || dispute.status != status
    let before = dispute.taken - dispute.returned
    dispute.status = status
    dispute.dueAt = dueAt ?? dispute.dueAt
    if ["needs_response", "under_review", "lost"].contains(status) {
      dispute.taken = dispute.amount
      dispute.returned = 0
    }
    if ["won", "warning_closed", "prevented"].contains(status), !keepsLonger {
      dispute.returned = dispute.taken
    }
    disputes[dispute.id] = dispute
    let kept = dispute.taken - dispute.returned
    if kept != before {
      let kind = kept > before ? CardMovement.Kind.dispute : .disputeReversal
      move(kind, dispute.id, intent.id, before - kept, of: intent, at: now)
    }
    words[dispute.id, default: []].insert("\(dispute.state) \(dispute.isWithheld)")
    if known == nil {
      disputeIDs.append(dispute.id)
      intents[intent.id]?.disputes.append(dispute.id)
    }
    let isOver = !["warning_needs_response", "needs_response", "under_review"].contains(status)
    let type =
      known == nil
      ? "created" : !isChanged ? "funds_reinstated" : isOver ? "closed" : "updated"
    happen("charge.dispute.\(type)", text(dispute), at: now)
  }

  func happen(_ type: String, _ object: String, at now: Int64) {
    events.append(
      #"{"id":"evt_\#(events.count + 1)","object":"event","type":"\#(type)","livemode":false,"#
        + #""created":\#(now / 1000),"data":{"object":\#(object)}}"#)
    eventTimes.append(now)
    tell(events.count - 1)
  }

  /// Newest first; a page that ends before a known event is the oldest one after it.
  private func happened(_ fields: [String: String]) -> String {
    var first = 0
    if let cursor = fields["ending_before"] {
      first = Int(cursor.dropFirst("evt_".count)) ?? 0
    } else if let since = fields["created[gte]"].flatMap({ Int64($0) }) {
      first = eventTimes.firstIndex { $0 / 1000 >= since } ?? events.count
    }
    let page = events.dropFirst(first).prefix(100)
    return Self.list(page.reversed(), hasMore: first + page.count < events.count)
  }

  /// The notice of an event, signed at this moment.
  func notice(_ place: Int, at now: Int64) -> RawNotification {
    let stamp = "\(now / 1000)"
    let code = HMACSHA256Key(utf8: Self.webhookSecret).code(
      for: Array("\(stamp).\(events[place])".utf8))
    return RawNotification(
      httpMethod: "POST", query: "",
      headers: [
        Header("Content-Type", "application/json"),
        Header("Stripe-Signature", "t=\(stamp),v1=\(code.hex)"),
      ], body: Array(events[place].utf8))
  }
}

// MARK: Objects as Stripe writes them

extension FakeStripe {
  private static func list(
    _ rows: [String], kind: String = "list", hasMore: Bool = false
  ) -> String {
    #"{"object":"\#(kind)","data":[\#(rows.joined(separator: ","))],"has_more":\#(hasMore)}"#
  }

  func text(_ intent: Intent) -> String {
    let status =
      intent.received > 0
      ? "succeeded" : intent.isCancelled ? "canceled" : "requires_payment_method"
    let rows = intent.refunds.compactMap { refunds[$0] }.map(text)
    let metadata = intent.isOutside ? "{}" : #"{"till_payment":"\#(intent.number)"}"#
    let charge =
      intent.received == 0
      ? "null"
      : #"{"id":"ch_\#(intent.id.dropFirst(3))","object":"charge","created":"#
        + #"\#(intent.paidAt / 1000),"disputed":\#(!intent.disputes.isEmpty),"#
        + #""refunds":\#(Self.list(rows))}"#
    return #"{"id":"\#(intent.id)","object":"payment_intent","amount":\#(intent.amount),"#
      + #""amount_received":\#(intent.received),"currency":"\#(Self.code(intent.currency))","#
      + #""status":"\#(status)","client_secret":"\#(intent.id)_secret_1","#
      + #""created":\#(intent.madeAt / 1000),"#
      + #""livemode":false,"metadata":\#(metadata),"#
      + #""latest_charge":\#(charge)}"#
  }

  private static func code(_ currency: String) -> String { currency.lowercased() }

  private func currency(of intent: String) -> String {
    Self.code(intents[intent]?.currency ?? "")
  }

  private func text(_ refund: Refund) -> String {
    #"{"id":"\#(refund.id)","object":"refund","amount":\#(refund.amount),"#
      + #""currency":"\#(currency(of: refund.intent))","status":"succeeded","#
      + #""payment_intent":"\#(refund.intent)","#
      + #""created":\#(refund.madeAt / 1000),"metadata":{"till_refund":"\#(refund.number)"}}"#
  }

  private func text(_ dispute: Dispute) -> String {
    // In the currency of the balance, at the rates of their days.
    let moved = ledger.movements.filter { $0.object == dispute.id }
    let count = dispute.returned > 0 ? 2 : dispute.taken > 0 ? 1 : 0
    let rows = moved.suffix(count).map { #"{"amount":\#($0.minor)}"# }
    let due = dispute.dueAt.map { "\($0 / 1000)" } ?? "null"
    return #"{"id":"\#(dispute.id)","object":"dispute","amount":\#(dispute.amount),"#
      + #""currency":"\#(currency(of: dispute.intent))","status":"\#(dispute.status)","#
      + #""reason":"fraudulent","#
      + #""payment_intent":"\#(dispute.intent)","balance_transactions":["#
      + rows.joined(separator: ",") + #"],"evidence_details":{"due_by":\#(due)}}"#
  }
}
