import Crypto
import Domain
import Foundation
import Gateways

/// A gateway's own side: trades and refunds in its own books, and every way to misbehave.
///
/// It shares no code with the engine. Requests and answers are form lines, signed by a digest.
final class TestBank {
  enum TradeState: String {
    case waiting, approved, paying, paid, closed, failed, refunded, puzzling
  }

  struct Trade {
    var number: String
    var state: TradeState
    /// What the buyer will pay; another one than asked is a fault.
    var amount: Int64
    var currency: String
    var transaction: String
    var paidAt: Int64 = 0
  }

  struct GivenBack {
    var number: String
    var amount: Int64
    var state: String
  }

  struct Dispute {
    var number: String
    var status: String
    var amount: Int64
    var dueAt: Int64?

    var fields: [(String, String)] {
      [("dispute", number), ("dispute_state", status), ("disputed", "\(amount)")]
        + (dueAt.map { [("due", "\($0)")] } ?? [])
    }
  }

  /// How an exchange ends badly.
  enum Fault {
    /// The request arrives and is carried out; the answer is lost.
    case answerLost
    /// The request never arrives.
    case unreachable
    /// The request never leaves.
    case notSent
    /// HTTP 500 after it was carried out.
    case brokenAfter
    /// HTTP 429, by whoever stands before the bank.
    case limited
    /// The bank's own signed word that it turned the call away.
    case turnedAway
    /// Answered with a signature of nobody.
    case forged
    /// Answered with a page that shows the key it was signed with.
    case blabs
    /// The bank's signed refusal of this number.
    case refused
    /// The bank's signed refusal, of whatever it was. Nothing is carried out.
    case refusedUnnamed
    /// The same put before the answer to a call that was carried out.
    case refusalReplayed
    /// The bank does not take the merchant's key.
    case keyRefused
  }

  static let secret = "a secret of the test bank"
  let name: String
  private(set) var trades: [String: Trade] = [:]
  private(set) var refunds: [String: GivenBack] = [:]
  /// By the number of the trade.
  var disputes: [String: Dispute] = [:]
  /// What it says of a trade tells what was given back of it at its own desk.
  var tellsDeskRefunds = false
  /// What it says of a paid trade tells its fee, in whatever currency.
  var feeTold: Money?
  /// What it says of trades does not tell of disputes yet.
  var hidesDisputes = false
  private(set) var seen: [(operation: String, number: String)] = []
  /// The next exchanges of an operation end so, first one first.
  var faults: [String: [Fault]] = [:]
  /// Every exchange ends so while this is set.
  var outage: Fault?
  /// A close of a waiting trade is answered with success and does nothing.
  var ignoresClose = false
  /// Trades come into being when the buyer scans the code, as at Alipay.
  var hidesUnscanned = false
  /// A code is made once for a number.
  var givesCodeOnce = false
  private(set) var codes: Set<String> = []
  var refundState = "ok"
  private var transactions = 0
  private var scanned: Set<String> = []

  init(name: String) { self.name = name }

  func count(_ operation: String, _ number: String? = nil) -> Int {
    seen.filter { $0.operation == operation && (number == nil || $0.number == number) }.count
  }

  // MARK: what buyers and the bank's own people do

  func pay(_ number: String, at now: Timestamp, amount: Int64? = nil, currency: String? = nil) {
    guard var trade = trades[number] else { return }
    scanned.insert(number)
    trade.state = .paid
    trade.amount = amount ?? trade.amount
    trade.currency = currency ?? trade.currency
    transactions += 1
    trade.transaction = "T\(name)\(transactions)"
    trade.paidAt = now.milliseconds
    trades[number] = trade
  }

  /// Money for a number that the bank was never asked to take.
  func force(_ number: String, amount: Int64, at now: Timestamp) {
    trades[number] = Trade(
      number: number, state: .waiting, amount: amount, currency: "CNY", transaction: "")
    pay(number, at: now)
  }

  /// The buyer scans a code; without one there is nothing to scan.
  func scan(_ number: String) {
    if codes.contains(number) { scanned.insert(number) }
  }

  func set(_ number: String, _ state: TradeState) { trades[number]?.state = state }
  func setTransaction(_ number: String, _ text: String) { trades[number]?.transaction = text }
  func setRefund(_ number: String, _ state: String) { refunds[number]?.state = state }
  var numbers: [String] { trades.keys.sorted() }

  /// Somebody gives money back at the bank's own desk, under a number of its own.
  func giveBack(_ number: String, _ refund: String, _ minor: Int64, _ state: String = "ok") {
    refunds[refund] = GivenBack(number: number, amount: minor, state: state)
  }

  /// The bank knows nothing of it any more.
  func forget(refund: String) { refunds[refund] = nil }

  /// The notice about a trade as the bank would push it.
  func notice(_ number: String, refund: String? = nil, isForged: Bool = false) -> RawNotification {
    var fields: [(String, String)] = [("no", number)]
    if let refund, let given = refunds[refund] {
      fields += [
        ("refund", refund), ("refund_state", given.state), ("amount", "\(given.amount)"),
        ("currency", trades[number]?.currency ?? "CNY"),
      ]
    } else if let trade = trades[number] {
      fields += Self.fields(of: trade)
    }
    let text = isForged ? TestForm.text(fields) + "&sign=00" : TestForm.signed(fields)
    return RawNotification(httpMethod: "POST", query: "", headers: [], body: Array(text.utf8))
  }

  /// The buyer's bank disputes a trade, or says what became of it.
  func dispute(
    _ number: String, _ status: String, amount: Int64? = nil, dueAt: Timestamp? = nil
  ) {
    var dispute = disputes[number]
      ?? Dispute(
        number: "D\(number)", status: status, amount: trades[number]?.amount ?? 0,
        dueAt: dueAt?.milliseconds)
    dispute.status = status
    if let amount { dispute.amount = amount }
    if let dueAt { dispute.dueAt = dueAt.milliseconds }
    disputes[number] = dispute
  }

  /// The notice about a trade's dispute as the bank would push it.
  func disputeNotice(_ number: String, isForged: Bool = false) -> RawNotification {
    let fields = [("no", number)] + (disputes[number]?.fields ?? [])
    let text = isForged ? TestForm.text(fields) + "&sign=00" : TestForm.signed(fields)
    return RawNotification(httpMethod: "POST", query: "", headers: [], body: Array(text.utf8))
  }

  /// The same, by a bank whose notice only says which trade it is about.
  func disputeWake(_ number: String) -> RawNotification {
    let text = TestForm.signed([("wake", number)])
    return RawNotification(httpMethod: "POST", query: "", headers: [], body: Array(text.utf8))
  }

  /// The same, by a bank whose notice names the dispute and not the trade.
  func disputeHint(_ number: String) -> RawNotification {
    let text = TestForm.signed([("hint", disputes[number]?.number ?? "D0")])
    return RawNotification(httpMethod: "POST", query: "", headers: [], body: Array(text.utf8))
  }

  // MARK: the wire

  func answer(_ request: GatewayRequest, at now: Timestamp) -> Result<GatewayAnswer, Domain.Fault> {
    let form = TestForm.read(String(decoding: request.body, as: UTF8.self))
    let operation = form["op"] ?? ""
    seen.append((operation, form["refund"] ?? form["no"] ?? ""))
    var fault = outage
    if fault == nil, var list = faults[operation], !list.isEmpty {
      fault = list.removeFirst()
      faults[operation] = list
    }
    switch fault {
    case .unreachable:
      return .failure(
        .outcomeUnknown(Reason(code: FaultCode.unreachable, text: "No connection.")))
    case .notSent:
      return .failure(.notSent(Reason(code: FaultCode.unreachable, text: "Nobody listens.")))
    case .limited: return .success(GatewayAnswer(status: 429, headers: [], body: []))
    case .turnedAway:
      return .success(Self.signed([("code", "LIMITED"), ("no", form["no"] ?? "")]))
    case .refused: return .success(Self.signed([("code", "REFUSED"), ("no", form["no"] ?? "")]))
    case .refusedUnnamed: return .success(Self.signed([("code", "REFUSED")]))
    case .keyRefused: return .success(Self.signed([("code", "KEY")]))
    case .refusalReplayed:
      _ = carryOut(operation, form, at: now)
      return .success(Self.signed([("code", "REFUSED")]))
    case .answerLost:
      _ = carryOut(operation, form, at: now)
      return .failure(.outcomeUnknown(Reason(code: FaultCode.timeout, text: "No answer came.")))
    case .brokenAfter:
      _ = carryOut(operation, form, at: now)
      return .success(GatewayAnswer(status: 500, headers: [], body: []))
    case .forged:
      let text = TestForm.text([("code", "OK")] + carryOut(operation, form, at: now)) + "&sign=00"
      return .success(GatewayAnswer(status: 200, headers: [], body: Array(text.utf8)))
    case .blabs:
      let page = "<h1>debug</h1> key=\(Self.secret)"
      return .success(GatewayAnswer(status: 500, headers: [], body: Array(page.utf8)))
    case nil:
      return .success(Self.signed([("code", "OK")] + carryOut(operation, form, at: now)))
    }
  }

  private static func signed(_ fields: [(String, String)]) -> GatewayAnswer {
    GatewayAnswer(status: 200, headers: [], body: Array(TestForm.signed(fields).utf8))
  }

  private func carryOut(
    _ operation: String, _ form: [String: String], at now: Timestamp
  ) -> [(String, String)] {
    let number = form["no"] ?? ""
    let known = [("no", number)]
    switch operation {
    case "create":
      if givesCodeOnce, codes.contains(number) { return known + [("state", "begun_before")] }
      codes.insert(number)
      if trades[number] == nil {
        trades[number] = Trade(
          number: number, state: .waiting, amount: Int64(form["amount"] ?? "") ?? 0,
          currency: form["currency"] ?? "", transaction: "")
      }
      return known + [
        ("state", "waiting"), ("qr", "qr:\(number)"), ("expires", form["expires"] ?? "0"),
      ]
    case "query":
      guard let trade = trades[number], !hidesUnscanned || scanned.contains(number) else {
        let isOver = now.milliseconds >= (Int64(form["expires"] ?? "") ?? 0) + 600_000
        return known + [("state", isOver ? "gone" : "absent")]
      }
      return Self.fields(of: trade) + feeFields + (hidesDisputes ? [] : disputes[number]?.fields ?? [])
        + deskFields(of: number)
    case "close":
      guard let trade = trades[number] else { return known + [("state", "absent")] }
      if trade.state == .paid { return Self.fields(of: trade) }
      if !ignoresClose { trades[number]?.state = .closed }
      return known + [("state", "close_taken")]
    case "capture":
      if trades[number]?.state == .approved { pay(number, at: now) }
      return trades[number].map(Self.fields(of:)) ?? known + [("state", "absent")]
    case "refund":
      let refund = form["refund"] ?? ""
      if refunds[refund] == nil {
        refunds[refund] = GivenBack(
          number: refund, amount: Int64(form["amount"] ?? "") ?? 0, state: refundState)
      }
      return refundFields(refund, number)
    case "dispute_query": return known + (disputes[number]?.fields ?? [])
    case "refund_query": return refundFields(form["refund"] ?? "", number)
    default: return []
    }
  }

  private var feeFields: [(String, String)] {
    feeTold.map { [("fee", "\($0.minor)"), ("fee_currency", $0.currency.code)] } ?? []
  }

  private func deskFields(of number: String) -> [(String, String)] {
    guard tellsDeskRefunds, let given = refunds.first(where: { $0.value.number == number }) else {
      return []
    }
    return [("desk", given.key), ("desk_amount", "\(given.value.amount)")]
  }

  private func refundFields(_ refund: String, _ number: String) -> [(String, String)] {
    guard let given = refunds[refund] else {
      return [("refund", refund), ("refund_state", "absent")]
    }
    return [
      ("refund", refund), ("refund_state", given.state), ("amount", "\(given.amount)"),
      ("currency", trades[number]?.currency ?? "CNY"),
    ]
  }

  private static func fields(of trade: Trade) -> [(String, String)] {
    [
      ("no", trade.number), ("state", trade.state.rawValue), ("amount", "\(trade.amount)"),
      ("currency", trade.currency), ("txn", trade.transaction), ("paid_at", "\(trade.paidAt)"),
    ]
  }
}

/// `a=1&b=2`, with a digest as the last member when signed.
enum TestForm {
  static func text(_ fields: [(String, String)]) -> String {
    fields.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
  }

  static func signed(_ fields: [(String, String)]) -> String {
    let text = text(fields)
    return text + "&sign=" + digest(text)
  }

  static func digest(_ text: String) -> String {
    SHA256.hash(Array((text + TestBank.secret).utf8)).hex
  }

  static func read(_ text: String) -> [String: String] {
    var fields: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
    }
    return fields
  }

  /// The fields, where the signature is right.
  static func verified(_ text: String) -> [String: String]? {
    guard let cut = text.range(of: "&sign=") else { return nil }
    let head = String(text[..<cut.lowerBound])
    guard digest(head) == String(text[cut.upperBound...]) else { return nil }
    return read(head)
  }
}
