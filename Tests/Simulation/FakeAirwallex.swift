import Crypto
import Domain
import Foundation
import Gateways
import JSON

/// Airwallex' side: intents, refunds, disputes and webhooks, with its own books.
///
/// It shares no code with the adapter, and what it says is true; lies come by its notices, which
/// are lost, doubled, forged and out of turn, and by the list of its movements.
final class FakeAirwallex {
  /// As the gateway is configured.
  static let name = "airwallex"
  static let root = "https://api.airwallex.example"
  static let webhookSecret = "whsec_airwallex"

  struct Intent {
    let id: String
    let number: String
    let minor: Int64
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
    let request: String
    let minor: Int64
    let madeAt: Int64
    var workMilliseconds: Int64 = 1_800_000
    /// Before that no answer about it reaches anybody.
    var untoldUntil: Int64 = 0

    var settledAt: Int64 { madeAt + workMilliseconds }
    func isSettled(at now: Int64) -> Bool { now >= settledAt }
  }

  struct Dispute {
    let id: String
    let intent: String
    let minor: Int64
    var stage: String
    var status: String
    var dueAt: Int64?
    var updatedAt: Int64
    var taken: Int64 = 0
    var returned: Int64 = 0

    /// In the design's words.
    var state: String {
      let isInquiry = stage == "RFI"
      return switch status {
      case "REQUIRES_RESPONSE": isInquiry ? "warning" : "needs_response"
      case "CHALLENGED", "PENDING_DECISION": isInquiry ? "warning" : "under_review"
      case "WON", "REVERSED": isInquiry ? "warning_closed" : "won"
      case "EXPIRED": isInquiry ? "warning_closed" : "lost"
      case "ACCEPTED": "accepted"
      default: "lost"
      }
    }
    /// It says nowhere what moved: the status does.
    var isWithheld: Bool {
      ["needs_response", "under_review", "lost", "accepted"].contains(state)
    }
  }

  var intents: [String: Intent] = [:]
  /// In the order in which they were made.
  var ids: [String] = []
  private(set) var refunds: [String: Refund] = [:]
  private(set) var disputes: [String: Dispute] = [:]
  private(set) var disputeIDs: [String] = []
  /// State and whereabouts of the money, of each dispute, ever.
  private(set) var words: [String: Set<String>] = [:]
  var complaints: [String] = []
  var ledger = {
    var ledger = CardLedger(gateway: FakeAirwallex.name)
    ledger.offsetMinutes = 480
    ledger.disputeFee = 1200
    ledger.refundFee = 30
    return ledger
  }()
  /// What was settled, by the number of the day, once it was asked for.
  var batches: [Int64: Batch] = [:]
  private var events: [String] = []
  /// First answers by the numbers of the requests under which they were given.
  private var kept: [String: String] = [:]
  /// Called with the place of a new event.
  var tell: (Int) -> Void = { _ in }
  var strike: (Behaviour.Stage) -> Behaviour? = { _ in nil }
  var note: (Behaviour) -> Void = { _ in }

  // MARK: requests

  func serve(_ request: GatewayRequest, at now: Int64) -> FakeAnswer {
    guard request.url.hasPrefix(Self.root + "/api/v1/"),
      let parts = URLComponents(string: request.url)
    else {
      complaints.append("Airwallex was asked for \(request.url)")
      return .json(404, "{}")
    }
    var fields: [String: String] = [:]
    for item in parts.queryItems ?? [] { fields[item.name] = item.value }
    // try?: what is no JSON has no members.
    let body = (try? JSONReader.read(request.body, profile: .document))?.objectValue
    let names = Array(parts.path.split(separator: "/").map(String.init).dropFirst(2))
    let (status, text) =
      request.method == "POST"
      ? post(names, body ?? JSONObject(), at: now) : get(names, fields, at: now)
    guard !isUntold(names, fields, body, at: now) else { return .lost }
    guard let lie = strike(.airRoad) else { return .json(status, text) }
    note(lie)
    return .lost
  }

  static func refusal(_ code: String) -> (Int, String) {
    (400, #"{"code":"\#(code)","message":"no","trace_id":"t"}"#)
  }

  private static let missing = (404, #"{"code":"resource_not_found","message":"none"}"#)

  private func post(_ names: [String], _ body: JSONObject, at now: Int64) -> (Int, String) {
    guard let request = body["request_id"]?.stringValue else {
      return Self.refusal("validation_error")
    }
    // A number that was used is refused, and the caller has to read what became of it.
    guard kept[request] == nil else { return Self.refusal("duplicate_request") }
    let made: (Int, String)
    switch (names.dropFirst().first, names.count, names.last) {
    case ("payment_intents", 3, "create"): made = create(body, at: now)
    case ("payment_intents", 4, "cancel"): made = cancel(names[2])
    case ("refunds", 3, "create"): made = refund(body, request, at: now)
    default: made = Self.missing
    }
    if made.0 == 201 { kept[request] = made.1 }
    return made
  }

  private func get(
    _ names: [String], _ fields: [String: String], at now: Int64
  ) -> (Int, String) {
    let about = fields["payment_intent_id"].flatMap { intents[$0] }
    switch (names.last, names.count) {
    case ("financial_transactions", 1): return movements(fields)
    case ("settlements", 3): return settlements(fields)
    case ("settlement_records", 2): return settlementRecords(fields)
    case ("payment_intents", 2):
      let rows = ids.compactMap { intents[$0] }.filter { $0.number == fields["merchant_order_id"] }
      return (200, Self.list(rows.map(text)))
    case ("refunds", 2):
      let rows = (about?.refunds ?? []).compactMap { refunds[$0] }
      return (200, Self.list(rows.map { text($0, now) }))
    case ("payment_disputes", 2):
      let since = fields["from_updated_at"] ?? ""
      let rows = (about?.disputes ?? disputeIDs).compactMap { disputes[$0] }
      return (200, Self.list(rows.filter { FakePayPal.time($0.updatedAt) >= since }.map(text)))
    default: break
    }
    guard names.count == 3 else { return Self.missing }
    switch names[1] {
    case "payment_intents": return intents[names[2]].map { (200, text($0)) } ?? Self.missing
    case "refunds": return refunds[names[2]].map { (200, text($0, now)) } ?? Self.missing
    case "payment_disputes": return disputes[names[2]].map { (200, text($0)) } ?? Self.missing
    default: return Self.missing
    }
  }

  private func create(_ body: JSONObject, at now: Int64) -> (Int, String) {
    guard let number = body["merchant_order_id"]?.stringValue,
      body["currency"]?.stringValue == "CNY",
      let minor = Self.minor(body["amount"]?.numberLiteral)
    else { return Self.refusal("validation_error") }
    let intent = Intent(id: "int_\(ids.count + 1)", number: number, minor: minor)
    ids.append(intent.id)
    intents[intent.id] = intent
    return (201, text(intent))
  }

  private func cancel(_ id: String) -> (Int, String) {
    guard let intent = intents[id] else { return Self.missing }
    guard intent.received == 0, !intent.isCancelled else {
      return Self.refusal("invalid_status_for_operation")
    }
    intents[id]?.isCancelled = true
    return (200, intents[id].map(text) ?? "{}")
  }

  private func refund(_ body: JSONObject, _ request: String, at now: Int64) -> (Int, String) {
    guard let id = body["payment_intent_id"]?.stringValue, let intent = intents[id],
      let minor = Self.minor(body["amount"]?.numberLiteral),
      let number = body["metadata"]?["till_refund"]?.stringValue
    else { return Self.missing }
    let given = intent.refunds.compactMap { refunds[$0]?.minor }.reduce(0, +)
    guard given + minor <= intent.received else { return Self.refusal("amount_above_limit") }
    guard !intent.disputes.contains(where: { disputes[$0]?.isWithheld ?? false }) else {
      return Self.refusal("operation_not_supported")
    }
    var refund = Refund(
      id: "rfd_\(refunds.count + 1)", intent: id, number: number, request: request, minor: minor,
      madeAt: now)
    delay(&refund)
    refunds[refund.id] = refund
    intents[id]?.refunds.append(refund.id)
    ledger.move(.refund, refund.id, number, -minor, at: now)
    if refund.untoldUntil == 0 { happen("refund.accepted", text(refund, now), at: now) }
    return (201, text(refund, now))
  }

  func intent(numbered number: String) -> Intent? {
    ids.lazy.compactMap { self.intents[$0] }.first { $0.number == number }
  }

  // MARK: what happens

  func pay(_ number: String, at now: Int64) {
    guard let intent = intent(numbered: number), !intent.isCancelled, intent.received == 0 else {
      return
    }
    intents[intent.id]?.received = intent.minor
    intents[intent.id]?.paidAt = now
    ledger.move(.charge, intent.id, number, intent.minor, at: now)
    if let paid = intents[intent.id] { happen("payment_intent.succeeded", text(paid), at: now) }
  }

  /// The buyer's bank acts. A first act opens the dispute.
  func act(
    _ number: String, _ stage: String, _ status: String, minor: Int64, dueAt: Int64?,
    at now: Int64
  ) {
    guard let intent = intent(numbered: number), intent.received > 0 else { return }
    let known = intent.disputes.last.flatMap { disputes[$0] }
    var dispute =
      known
      ?? Dispute(
        id: "dsp_air_\(disputeIDs.count + 1)", intent: intent.id,
        minor: min(minor, intent.received), stage: stage, status: status, updatedAt: now)
    let before = dispute.taken - dispute.returned
    (dispute.stage, dispute.status, dispute.updatedAt) = (stage, status, now)
    dispute.dueAt = dueAt ?? dispute.dueAt
    if dispute.isWithheld {
      (dispute.taken, dispute.returned) = (dispute.minor, 0)
    } else {
      dispute.returned = dispute.taken
    }
    disputes[dispute.id] = dispute
    let kept = dispute.taken - dispute.returned
    if kept > before {
      // What is taken only once it is lost has a word of its own.
      let word = status == "LOST" ? "DISPUTE_LOST" : ""
      ledger.move(.dispute, dispute.id, "", before - kept, word: word, at: now)
    }
    if kept < before { ledger.move(.disputeReversal, dispute.id, "", before - kept, at: now) }
    words[dispute.id, default: []].insert("\(dispute.state) \(dispute.isWithheld)")
    if known == nil {
      disputeIDs.append(dispute.id)
      intents[intent.id]?.disputes.append(dispute.id)
    }
    happen("payment_dispute.\(status.lowercased())", noticeText(dispute), at: now)
  }

  func happen(_ name: String, _ object: String, at now: Int64) {
    events.append(
      #"{"id":"evt_\#(events.count + 1)","name":"\#(name)","account_id":"acct_1","#
        + #""created_at":"\#(Self.time(now))","data":{"object":\#(object)}}"#)
    tell(events.count - 1)
  }

  /// The notice of an event, signed at this moment; a thief has no secret of ours.
  func notice(_ place: Int, isForged: Bool, at now: Int64) -> RawNotification {
    let key = HMACSHA256Key(utf8: isForged ? "whsec_forged" : Self.webhookSecret)
    var body = events[place]
    if isForged {
      // A hundred more was taken, or the money is lost.
      body = body.replacingOccurrences(of: #""captured_amount":"#, with: #""captured_amount":1"#)
        .replacingOccurrences(of: "REQUIRES_RESPONSE", with: "LOST")
    }
    return RawNotification(
      httpMethod: "POST", query: "",
      headers: [
        Header("Content-Type", "application/json"), Header("x-timestamp", "\(now)"),
        Header("x-signature", key.code(for: Array("\(now)\(body)".utf8)).hex),
      ], body: Array(body.utf8))
  }
}

// MARK: Objects as Airwallex writes them

extension FakeAirwallex {
  static func list(_ rows: [String], hasMore: Bool = false) -> String {
    #"{"items":[\#(rows.joined(separator: ","))],"has_more":\#(hasMore)}"#
  }

  /// `2026-11-20T04:50:17+0000`.
  static func time(_ moment: Int64) -> String { FakePayPal.time(moment).dropLast() + "+0000" }

  static func amount(_ minor: Int64) -> String {
    (minor < 0 ? "-" : "") + FakeAlipay.yuan(abs(minor))
  }

  private static func minor(_ text: String?) -> Int64? {
    guard let text else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]) else { return nil }
    let cents = parts.count == 2 ? String(parts[1]) : ""
    guard cents.count <= 2, let part = Int64((cents + "00").prefix(2)) else { return nil }
    return whole * 100 + part
  }

  func text(_ intent: Intent) -> String {
    let status =
      intent.received > 0
      ? "SUCCEEDED" : intent.isCancelled ? "CANCELLED" : "REQUIRES_PAYMENT_METHOD"
    let attempt =
      intent.received == 0
      ? "null" : #"{"id":"att_1","status":"SETTLED","updated_at":"\#(Self.time(intent.paidAt))"}"#
    return #"{"id":"\#(intent.id)","merchant_order_id":"\#(intent.number)","currency":"CNY","#
      + #""amount":\#(Self.amount(intent.minor)),"#
      + #""captured_amount":\#(Self.amount(intent.received)),"status":"\#(status)","#
      + #""client_secret":"\#(intent.id)_secret","latest_payment_attempt":\#(attempt)}"#
  }

  private func text(_ refund: Refund, _ now: Int64) -> String {
    let isSettled = refund.isSettled(at: now)
    let updatedAt = isSettled ? refund.settledAt : refund.madeAt
    return #"{"id":"\#(refund.id)","request_id":"\#(refund.request)","currency":"CNY","#
      + #""amount":\#(Self.amount(refund.minor)),"payment_intent_id":"\#(refund.intent)","#
      + #""status":"\#(isSettled ? "SETTLED" : "ACCEPTED")","#
      + #""metadata":{"till_refund":"\#(refund.number)"},"#
      + #""updated_at":"\#(Self.time(updatedAt))"}"#
  }

  private func text(_ dispute: Dispute) -> String {
    #"{"id":"\#(dispute.id)","amount":\#(Self.amount(dispute.minor)),"currency":"CNY","#
      + rest(of: dispute)
  }

  /// Notices have other names for some members.
  private func noticeText(_ dispute: Dispute) -> String {
    #"{"dispute_id":"\#(dispute.id)","dispute_amount":\#(Self.amount(dispute.minor)),"#
      + #""dispute_currency":"CNY","# + rest(of: dispute)
  }

  private func rest(of dispute: Dispute) -> String {
    let due = dispute.dueAt.map { #""due_at":"\#(Self.time($0))","# } ?? ""
    return #""stage":"\#(dispute.stage)","status":"\#(dispute.status)",\#(due)"#
      + #""reason":{"type":"FRAUDULENT","original_code":"10.4"},"#
      + #""payment_intent_id":"\#(dispute.intent)","#
      + #""updated_at":"\#(Self.time(dispute.updatedAt))"}"#
  }
}
