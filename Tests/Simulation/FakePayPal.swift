import Domain
import Foundation
import Gateways
import JSON

/// PayPal's side: orders that buyers approve and the shop captures, refunds, disputes and webhooks,
/// with its own books.
///
/// It shares no code with the adapter. Whether a notice is its own it tells when it is asked.
final class FakePayPal {
  /// As the gateway is configured.
  static let name = "wallet"
  static let root = "https://api-m.paypal.example"

  struct Order {
    let id: String
    let number: String
    let minor: Int64
    var isApproved = false
    var capture: String?
    var paidAt: Int64 = 0
    var refunds: [String] = []
    var disputes: [String] = []
    /// Another system's sale.
    var isOutside = false
  }

  struct Refund {
    let id: String
    let capture: String
    /// Ours.
    let number: String
    let minor: Int64
    let madeAt: Int64
  }

  struct Dispute {
    let id: String
    let capture: String
    let minor: Int64
    var status: String
    var outcome: String?
    var isInquiry: Bool
    var dueAt: Int64?
    /// Whether it tells what it moved out of the balance and back; else only the status says so.
    let tellsMoney: Bool
    /// The buyer's bank takes the money back, not PayPal.
    let isByBank: Bool
    var taken: Int64 = 0
    var returned: Int64 = 0

    /// In the design's words.
    var state: String {
      switch (status, outcome) {
      case ("RESOLVED", "RESOLVED_BUYER_FAVOUR"): "lost"
      case ("RESOLVED", "ACCEPTED"): "accepted"
      case ("RESOLVED", "CANCELED_BY_BUYER"): "withdrawn"
      case ("RESOLVED", _): "won"
      case ("UNDER_REVIEW", _): "under_review"
      default: isInquiry ? "warning" : "needs_response"
      }
    }
    /// Where nothing moved yet, the status says what will.
    var isWithheld: Bool {
      guard tellsMoney, taken > 0 else {
        return ["needs_response", "under_review", "lost", "accepted"].contains(state)
      }
      return taken > returned
    }
  }

  var orders: [String: Order] = [:]
  /// In the order in which they were made.
  var ids: [String] = []
  private(set) var refunds: [String: Refund] = [:]
  private(set) var disputes: [String: Dispute] = [:]
  private(set) var disputeIDs: [String] = []
  /// State and whereabouts of the money, of each dispute, ever.
  private(set) var words: [String: Set<String>] = [:]
  var complaints: [String] = []
  var ledger = CardLedger(gateway: FakePayPal.name)
  private var events: [(text: String, at: Int64)] = []
  /// First answers by the request numbers under which they were given.
  private var kept: [String: String] = [:]
  /// Called with the place of a new event.
  var tell: (Int) -> Void = { _ in }
  var strike: (Behaviour.Stage) -> Behaviour? = { _ in nil }
  var note: (Behaviour) -> Void = { _ in }

  // MARK: requests

  func serve(_ request: GatewayRequest, at now: Int64) -> FakeAnswer {
    guard request.url.hasPrefix(Self.root), let parts = URLComponents(string: request.url) else {
      complaints.append("PayPal was asked for \(request.url)")
      return .json(404, "{}")
    }
    var fields: [String: String] = [:]
    for item in parts.queryItems ?? [] { fields[item.name] = item.value }
    // try?: what is no JSON has no members.
    let body = (try? JSONReader.read(request.body, profile: .document))?.objectValue
    let key = request.headers.first { $0.name == "PayPal-Request-Id" }?.value
    let names = parts.path.split(separator: "/").map(String.init)
    let (status, text) =
      request.method == "POST"
      ? post(names, body ?? JSONObject(), key, at: now) : get(names, fields)
    guard let lie = strike(.walletRoad) else { return .json(status, text) }
    note(lie)
    if lie == .walletAtWork {
      return .json(500, #"{"name":"INTERNAL_SERVER_ERROR","message":"try again"}"#)
    }
    return .lost
  }

  private static func refusal(_ issue: String) -> (Int, String) {
    (422, #"{"name":"UNPROCESSABLE_ENTITY","details":[{"issue":"\#(issue)"}]}"#)
  }

  private static let missing = (
    404, #"{"name":"RESOURCE_NOT_FOUND","details":[{"issue":"INVALID_RESOURCE_ID"}]}"#
  )

  private func post(
    _ names: [String], _ body: JSONObject, _ key: String?, at now: Int64
  ) -> (Int, String) {
    if let key, let first = kept[key] { return (200, first) }
    let made: (Int, String)
    switch (names.dropFirst().first, names.count) {
    case ("notifications", _): return verify(body)
    case ("checkout", 3): made = create(body)
    case ("checkout", 5): made = capture(names[3], at: now)
    case ("payments", 5): made = refund(names[3], body, at: now)
    default: made = Self.missing
    }
    if let key, made.0 == 201 { kept[key] = made.1 }
    return made
  }

  private func get(_ names: [String], _ fields: [String: String]) -> (Int, String) {
    switch (names.dropFirst().first, names.count) {
    case ("checkout", 4): return orders[names[3]].map { (200, text($0)) } ?? Self.missing
    case ("payments", 4) where names[2] == "refunds":
      return refunds[names[3]].map { (200, text($0)) } ?? Self.missing
    case ("payments", 4):
      guard let order = order(captured: names[3]) else { return Self.missing }
      return (
        200,
        #"{"id":"\#(names[3])","supplementary_data":{"related_ids":{"order_id":"\#(order.id)"}}}"#
      )
    case ("customer", 3): return listed(fields["disputed_transaction_id"] ?? "")
    case ("customer", 4): return disputes[names[3]].map { (200, text($0)) } ?? Self.missing
    case ("notifications", 3): return (200, happened(since: fields["start_time"] ?? ""))
    case ("reporting", 3): return report(fields)
    default: return Self.missing
    }
  }

  private func create(_ body: JSONObject) -> (Int, String) {
    let unit = body["purchase_units"]?.arrayValue?.first
    guard let number = unit?["custom_id"]?.stringValue,
      unit?["amount"]?["currency_code"]?.stringValue == "CNY",
      let minor = Self.minor(unit?["amount"]?["value"]?.stringValue)
    else { return Self.refusal("MISSING_REQUIRED_PARAMETER") }
    let order = Order(id: "O-\(ids.count + 1)", number: number, minor: minor)
    ids.append(order.id)
    orders[order.id] = order
    return (201, text(order))
  }

  private func capture(_ id: String, at now: Int64) -> (Int, String) {
    guard var order = orders[id] else { return Self.missing }
    guard order.capture == nil else { return Self.refusal("ORDER_ALREADY_CAPTURED") }
    guard order.isApproved else { return Self.refusal("ORDER_NOT_APPROVED") }
    order.capture = "CAP-\(id.dropFirst(2))"
    order.paidAt = now
    orders[id] = order
    ledger.move(.charge, order.capture ?? "", order.number, order.minor, at: now)
    happen("PAYMENT.CAPTURE.COMPLETED", captureText(order), at: now)
    return (201, text(order))
  }

  private func refund(_ capture: String, _ body: JSONObject, at now: Int64) -> (Int, String) {
    guard let order = order(captured: capture), let number = body["custom_id"]?.stringValue,
      let minor = Self.minor(body["amount"]?["value"]?.stringValue)
    else { return Self.missing }
    guard given(order) + minor <= order.minor else { return Self.refusal("REFUND_AMOUNT_EXCEEDED") }
    let isDisputed = order.disputes.contains { disputes[$0].map(\.isWithheld) ?? false }
    guard !isDisputed else { return Self.refusal("TRANSACTION_DISPUTED") }
    let refund = Refund(
      id: "RF-\(refunds.count + 1)", capture: capture, number: number, minor: minor, madeAt: now)
    refunds[refund.id] = refund
    orders[order.id]?.refunds.append(refund.id)
    ledger.move(.refund, refund.id, number, -minor, about: capture, at: now)
    happen("PAYMENT.CAPTURE.REFUNDED", text(refund), at: now)
    return (201, text(refund))
  }

  func given(_ order: Order) -> Int64 {
    order.refunds.compactMap { refunds[$0]?.minor }.reduce(0, +)
  }

  func order(captured capture: String) -> Order? {
    ids.lazy.compactMap { self.orders[$0] }.first { $0.capture == capture }
  }

  func order(numbered number: String) -> Order? {
    ids.lazy.compactMap { self.orders[$0] }.first { $0.number == number }
  }

  /// Newest first; some do not stand in it yet, or the application may not see them.
  private func listed(_ capture: String) -> (Int, String) {
    let known = order(captured: capture)?.disputes ?? []
    let lie = known.isEmpty ? nil : strike(.walletSight)
    if let lie { note(lie) }
    switch lie {
    case .walletDisputesForbidden?:
      return (403, #"{"name":"NOT_AUTHORIZED","details":[{"issue":"PERMISSION_DENIED"}]}"#)
    case .walletDisputesLate?:
      return (200, #"{"items":[]}"#)
    default: break
    }
    let rows = known.reversed().map { #"{"dispute_id":"\#($0)"}"# }
    return (200, #"{"items":[\#(rows.joined(separator: ","))]}"#)
  }

  // MARK: what happens

  func approve(_ number: String, at now: Int64) {
    guard let order = order(numbered: number), !order.isApproved else { return }
    orders[order.id]?.isApproved = true
    guard let approved = orders[order.id] else { return }
    happen("CHECKOUT.ORDER.APPROVED", text(approved), at: now)
  }

  /// What the buyer or PayPal does about a capture.
  struct Act {
    let status: String
    var outcome: String?
    var isInquiry = false
    /// A dispute of its own, beside what there was.
    var isNew = false
  }

  func act(
    _ number: String, _ act: Act, minor: Int64, dueAt: Int64?, tellsMoney: Bool = true,
    isByBank: Bool = false, at now: Int64
  ) {
    guard let order = order(numbered: number), let capture = order.capture else { return }
    let known = act.isNew ? nil : order.disputes.last.flatMap { disputes[$0] }
    var dispute =
      known
      ?? Dispute(
        id: "PP-D-\(disputeIDs.count + 1)", capture: capture, minor: min(minor, order.minor),
        status: act.status, outcome: nil, isInquiry: act.isInquiry, dueAt: dueAt,
        tellsMoney: tellsMoney, isByBank: isByBank)
    let before = dispute
    (dispute.status, dispute.outcome, dispute.isInquiry) = (act.status, act.outcome, act.isInquiry)
    switch dispute.state {
    case "needs_response", "under_review", "lost", "accepted":
      dispute.taken = dispute.minor
      dispute.returned = 0
    case "won", "withdrawn": dispute.returned = dispute.taken
    default: break
    }
    disputes[dispute.id] = dispute
    moveMoney(of: dispute, before, at: now)
    words[dispute.id, default: []].insert("\(dispute.state) \(dispute.isWithheld)")
    if known == nil {
      disputeIDs.append(dispute.id)
      orders[order.id]?.disputes.append(dispute.id)
    }
    let type =
      known == nil ? "CREATED" : dispute.status == "RESOLVED" ? "RESOLVED" : "UPDATED"
    happen("CUSTOMER.DISPUTE.\(type)", text(dispute), at: now)
  }

  func happen(_ type: String, _ resource: String, at now: Int64) {
    let text =
      #"{"id":"WH-\#(events.count + 1)","create_time":"\#(Self.time(now))","#
      + #""event_type":"\#(type)","resource":\#(resource)}"#
    events.append((text, now))
    tell(events.count - 1)
  }

  private func happened(since start: String) -> String {
    let rows = events.filter { Self.time($0.at) >= start }.map(\.text)
    return #"{"events":[\#(rows.suffix(300).joined(separator: ","))]}"#
  }

  // MARK: notices

  /// The notice of an event, as it leaves; a thief has no signature of PayPal's.
  func notice(_ place: Int, isForged: Bool, at now: Int64) -> RawNotification {
    RawNotification(
      httpMethod: "POST", query: "",
      headers: [
        Header("Content-Type", "application/json"),
        Header("PayPal-Auth-Algo", "SHA256withRSA"),
        Header("PayPal-Cert-Url", "https://api-m.paypal.com/v1/notifications/certs/CERT-1"),
        Header("PayPal-Transmission-Id", "tx-\(place)"),
        Header("PayPal-Transmission-Sig", isForged ? "Zm9yZ2Vk" : Self.seal(place)),
        Header("PayPal-Transmission-Time", Self.time(now)),
      ], body: Array(events[place].text.utf8))
  }

  private static func seal(_ place: Int) -> String { "c2VhbA\(place)" }

  private func verify(_ body: JSONObject) -> (Int, String) {
    let event = body["webhook_event"]?["id"]?.stringValue ?? ""
    let place = Int(event.dropFirst("WH-".count)) ?? 0
    let isOwn = body["transmission_sig"]?.stringValue == Self.seal(place - 1)
    return (200, #"{"verification_status":"\#(isOwn ? "SUCCESS" : "FAILURE")"}"#)
  }
}

// MARK: Objects as PayPal writes them

extension FakePayPal {
  static func time(_ moment: Int64) -> String {
    let day = CivilDay(Timestamp(milliseconds: moment), offsetMinutes: 0)
    let seconds = moment / 1000 % 86_400
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
  }

  static func money(_ minor: Int64, _ currency: String = "CNY") -> String {
    let sign = minor < 0 ? "-" : ""
    return #"{"currency_code":"\#(currency)","value":"\#(sign)\#(FakeAlipay.yuan(abs(minor)))"}"#
  }

  /// `58.00`.
  private static func minor(_ text: String?) -> Int64? {
    guard let text, let point = text.firstIndex(of: ".") else { return nil }
    let cents = text[text.index(after: point)...]
    guard cents.count == 2, let whole = Int64(text[..<point]), let part = Int64(cents) else {
      return nil
    }
    return whole * 100 + part
  }

  private func text(_ order: Order) -> String {
    let status =
      order.capture != nil
      ? "COMPLETED" : order.isApproved ? "APPROVED" : "PAYER_ACTION_REQUIRED"
    let back = order.refunds.compactMap { refunds[$0] }.map { text($0) }.joined(separator: ",")
    let captures = order.capture == nil ? "" : captureText(order)
    return #"{"id":"\#(order.id)","status":"\#(status)","purchase_units":[{"#
      + #""custom_id":"\#(order.number)","amount":\#(Self.money(order.minor)),"#
      + #""payments":{"captures":[\#(captures)],"refunds":[\#(back)]}}],"#
      + #""links":[{"rel":"payer-action","href":"https://www.paypal.com/checkoutnow?token="#
      + #"\#(order.id)"}]}"#
  }

  func captureText(_ order: Order) -> String {
    let back = given(order)
    let status = back == 0 ? "COMPLETED" : back < order.minor ? "PARTIALLY_REFUNDED" : "REFUNDED"
    return #"{"id":"\#(order.capture ?? "")","status":"\#(status)","#
      + #""custom_id":"\#(order.number)","amount":\#(Self.money(order.minor)),"#
      + #""create_time":"\#(Self.time(order.paidAt))"}"#
  }

  private func text(_ refund: Refund) -> String {
    #"{"id":"\#(refund.id)","status":"COMPLETED","custom_id":"\#(refund.number)","#
      + #""amount":\#(Self.money(refund.minor)),"create_time":"\#(Self.time(refund.madeAt))","#
      + #""links":[{"rel":"up","href":"\#(Self.root)/v2/payments/captures/\#(refund.capture)"}]}"#
  }

  private func text(_ dispute: Dispute) -> String {
    var moves: [String] = []
    func move(_ type: String, _ minor: Int64) {
      guard dispute.tellsMoney, minor > 0 else { return }
      moves.append(
        #"{"affected_party":"SELLER","amount":\#(Self.money(minor)),"type":"\#(type)","#
          + #""reason":"DISPUTE_SETTLEMENT"}"#)
    }
    move("DEBIT", dispute.taken)
    move("CREDIT", dispute.returned)
    let outcome = dispute.outcome.map { #","dispute_outcome":{"outcome_code":"\#($0)"}"# } ?? ""
    let due = dispute.dueAt.map { #","seller_response_due_date":"\#(Self.time($0))""# } ?? ""
    return #"{"dispute_id":"\#(dispute.id)","status":"\#(dispute.status)","#
      + #""dispute_amount":\#(Self.money(dispute.minor)),"reason":"UNAUTHORISED","#
      + #""dispute_life_cycle_stage":"\#(dispute.isInquiry ? "INQUIRY" : "CHARGEBACK")","#
      + #""disputed_transactions":[{"seller_transaction_id":"\#(dispute.capture)"}],"#
      + #""money_movements":[\#(moves.joined(separator: ","))]\#(outcome)\#(due)}"#
  }
}
