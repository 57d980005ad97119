import Store
import Crypto
import Domain
import Engine
import Gateways
import SQLite

/// Looks at everything after every step, through its own connection and its own understanding.
///
/// It shares with the daemon the format of the event log and of the tables, and nothing that
/// decides. It outlives crashes: what it has once seen committed must still be there.
final class Auditor {
  let alipay: FakeAlipay
  let sandbox: SandboxSide?
  let account: BankAccount
  let phone: FakeVmq
  let stripe: FakeStripe
  let payPal: FakePayPal
  let airwallex: FakeAirwallex
  let payer: any PayoutGateway
  /// Where gateways pay out to.
  let house: BankAccount
  /// The payouts that the books have at a bank, by their rows.
  var arrivals: [String: Arrival] = [:]
  /// Payouts that lists gave back, by their rows, and the rows that say so.
  var returns: [String: String] = [:]
  /// The first run with a bank's file: payouts wait for the bank from then on.
  var bankSince = Int64.max
  /// What the books say that payouts are made of, by their rows.
  var payoutProofs: [String: ProvenPayout] = [:]
  /// Where the money comes that the phone watches.
  let purse: BankAccount
  /// The payment that each row of the purse's files bears out.
  var confirmedBy: [String: String] = [:]
  private var books: AuditBooks?
  private var store: StoreReader?
  private(set) var orders: [String: OrderModel] = [:]
  /// Order identifiers in the order of creation.
  private(set) var orderIDs: [String] = []
  var differences = DifferenceBook()
  private(set) var uptime = Uptime()
  /// Runs and differences that the last step told of.
  var finishedRuns: [(id: String, sequence: Int64)] = []
  var touchedDifferences: Set<String> = []
  /// By gateway the rows of its lists that the run before left waiting.
  var waitedRows: [String: [(statement: String, line: Int)]] = [:]
  /// The place in the log of the newest run over each statement.
  var lastRun: [String: Int64] = [:]
  /// Days of which a settlement of Airwallex was taken in.
  var settledDays: Set<Int64> = []
  /// What the newest run over each statement booked of fees, and of rows of earlier ones, by these.
  var bookedFees: [String: BookedFees] = [:]
  /// When something was last said of a payment or refund, but by bills themselves; and when of
  /// anything.
  private(set) var touchedAt: [String: Int64] = [:]
  private(set) var newestAt: Int64 = 0
  /// The bank's disputes whose notice was taken.
  private(set) var heardDisputes: Set<String> = []
  private var ledger = LedgerWatch()
  private var lastSequence: Int64 = 0
  private var lastHash = SHA256Digest.zero
  /// The transaction in which each claim was given out.
  private var claims: [String: Int64] = [:]
  private(set) var auditsCount = 0
  /// Hears of each payment whose success was committed, by our number.
  var hears: (String) -> Void = { _ in }
  /// The log as it was read, for whoever has to understand a violation.
  private(set) var lines: [String] = []

  /// What callers were told, by key: the identifier of what was made.
  private var outcomes: [String: String] = [:]
  /// Everything that a caller was told exists.
  private var promised: Set<String> = []
  /// Keys under which a caller was answered, with the time of it: a wish never counts twice.
  private var answeredKeys: [String: (principal: String, key: String, at: Int64)] = [:]
  /// Receipts whose taking was acknowledged to a gateway.
  private var taken: [String: String] = [:]
  /// Calls that made a payment, by payment.
  private var creates: [String: Int] = [:]

  init(
    path: String, alipay: FakeAlipay, sandbox: SandboxSide?, account: BankAccount,
    phone: FakeVmq, purse: BankAccount, stripe: FakeStripe,
    payPal: FakePayPal, airwallex: FakeAirwallex, payer: any PayoutGateway, house: BankAccount
  ) throws {
    self.house = house
    self.airwallex = airwallex
    self.payer = payer
    self.stripe = stripe
    self.payPal = payPal
    self.account = account
    self.phone = phone
    self.purse = purse
    self.alipay = alipay
    self.sandbox = sandbox
    uptime.start(at: World.start)
    try open(path)
  }

  /// The daemon has died.
  func close(at now: Int64) {
    uptime.end(at: now)
    (books, store) = (nil, nil)
  }

  private func open(_ path: String) throws {
    books = try AuditBooks(path: path)
    store = try StoreReader(path: path)
  }

  func hear(ofDispute number: String) { heardDisputes.insert(number) }

  func reopen(path: String, at now: Int64) throws {
    uptime.start(at: now)
    try open(path)
    let seen = try opened.hash(at: lastSequence)
    guard lastSequence == 0 || seen == lastHash.bytes else {
      throw Violation(rule: "durable", text: "event \(lastSequence) was committed and is gone")
    }
    try audit(at: now)
    for id in orderIDs { try compare(id) }
    for name in promised where try !opened.exists(name) && !opened.wasErased(name) {
      throw Violation(rule: "promise", text: "\(name) was acknowledged and is gone")
    }
    for known in answeredKeys.values where known.at > newestAt - Self.keysAreKept {
      guard try opened.isKept(known.key, of: known.principal) else {
        throw Violation(rule: "promise", text: "the key \(known.key) was answered and is forgotten")
      }
    }
    for (id, digest) in taken where try opened.receiptDigest(id) != digest {
      throw Violation(rule: "I18", text: "receipt \(id) was acknowledged and is gone")
    }
  }

  var opened: AuditBooks {
    guard let books else { preconditionFailure("the auditor looks at an open file") }
    return books
  }

  /// The digest over the whole event log so far: two runs with one seed have the same.
  var logHash: String { lastHash.hex }
  var eventsCount: Int64 { lastSequence }

  // MARK: after every step

  func audit(at now: Int64) throws {
    auditsCount += 1
    let books = opened
    let judge = GatewayJudge(
      alipay: alipay, sandbox: sandbox, account: account, phone: phone, purse: purse,
      stripe: stripe, payPal: payPal, airwallex: airwallex, isOnDisk: { try books.exists($0) },
      statementDigest: { try books.statementDigest($0) },
      cardPaper: { [unowned self] in try self.cardPaper(of: $0)?.paper })
    let before = lastSequence
    var touched: [String] = []
    for (sequence, bytes, hash) in try opened.events(after: lastSequence) {
      guard sequence == lastSequence + 1, let line = EventLine(bytes), line.sequence == sequence
      else { throw Violation(rule: "I12", text: "event \(sequence) follows \(lastSequence)") }
      let link = SHA256.hash(lastHash.bytes + bytes)
      guard link.bytes == hash else {
        throw Violation(rule: "I12", text: "the chain breaks at event \(sequence)")
      }
      lastSequence = sequence
      lastHash = link
      lines.append(String(decoding: bytes, as: UTF8.self))
      if let id = try fold(line, judge), touched.last != id { touched.append(id) }
    }
    for id in touched {
      try compare(id)
      try auditQuestions(id, at: now)
      try auditCalls(id)
    }
    try auditReconciling()
    guard lastSequence > before, let store else { return }
    try ledger.follow(store)
    try ledger.check(
      orderIDs.compactMap { orders[$0] }, differences, bookedFees.values, arrivalsHeld)
  }

  func auditExcess() throws {
    for id in orderIDs {
      if let order = orders[id] { try ledger.checkExcess(order) }
    }
  }

  private func fold(_ line: EventLine, _ judge: GatewayJudge) throws -> String? {
    newestAt = line.at
    if ["discrepancy.adjudicated", "discrepancy.reopened"].contains(line.type) {
      touchedAt[line.text("discrepancy")] = line.at
    }
    if try foldReconciling(line) { return nil }
    if !line.actor.hasPrefix("statement:"),
      let about = line.dispute ?? line.refund ?? line.payment
    {
      touchedAt[about] = line.at
    }
    guard let id = line.order else { return nil }
    try noteConfirmed(line)
    if line.type == "delivery.reserved" {
      // One claim may hold several lines of an order, all in one transaction.
      let first = claims.updateValue(line.transaction, forKey: line.text("claim"))
      guard first == nil || first == line.transaction else {
        throw Violation(rule: "I8", text: "the claim \(line.text("claim")) was given out twice")
      }
    }
    guard var order = orders[id] else {
      guard let order = OrderModel(line) else {
        throw Violation(rule: "log", text: "event \(line.sequence) is of an unknown order")
      }
      orders[id] = order
      orderIDs.append(id)
      return id
    }
    orders[id] = nil
    try order.fold(line, judge)
    orders[id] = order
    if line.type.hasPrefix("payment.succeeded"), let payment = line.payment.flatMap(order.payment) {
      hears(payment.number)
    }
    return id
  }

  /// The rows must say what the events say.
  private func compare(_ id: String) throws {
    guard let order = orders[id] else { return }
    let rows = try opened.rows(of: id)
    for (name, row, log) in order.compared(with: rows) where row != log {
      throw Violation(
        rule: "I12", text: "order \(id): the row's \(name) is \(row), its events make \(log)")
    }
  }

  /// Nothing undecided is without a next question (I10), and today's are asked within five minutes.
  private func auditQuestions(_ id: String, at now: Int64) throws {
    guard let order = orders[id] else { return }
    let open =
      order.payments.filter { $0.value.isOpen }.map(\.id)
      + order.refunds.filter { $0.value.isInFlight }.map(\.id)
      + order.disputes.filter { $0.value.isOpen }.map(\.id)
    for subject in open {
      guard let next = try opened.nextQuestion(subject) else {
        throw Violation(rule: "I10", text: "\(subject) is open and will never be asked about")
      }
      let limit = now + 86_400_000
      guard next <= limit else {
        throw Violation(rule: "I10", text: "\(subject) is asked about in \(next - now) ms only")
      }
    }
  }

  /// What must be shown to a person is (I6, I21).
  private func auditCalls(_ id: String) throws {
    guard let order = orders[id] else { return }
    func needs(_ code: String, _ isNeeded: Bool) throws {
      guard isNeeded, !order.attention.contains(code) else { return }
      throw Violation(rule: "I21", text: "order \(id) is \(order.payState) without \(code)")
    }
    try needs("excess_captured", order.excess > 0)
    try needs("amount_mismatch", order.payState == "review")
    try needs("refund_returned", order.refunds.contains { $0.value.state == "returned" })
    try needs("delivery_failed", order.deliveries.contains { $0.value.state == "failed" })
    let areGoodsOut = order.deliveries.contains {
      ["reserved", "delivered", "failed"].contains($0.value.state)
    }
    let isUnpaid = ["created", "awaiting", "processing", "expired", "cancelled", "review"]
      .contains(order.payState)
    let isReversed = order.payments.contains { $0.value.state == "reversed" }
    try needs("goods_unpaid", areGoodsOut && isUnpaid && isReversed)
    try needs("disputed", order.disputes.contains { $0.value.isOpen })
    try needs("refund_and_dispute", order.payments.contains { order.isOverdrawn($0.id) })
    try needs("payment_stale", order.payments.contains { $0.value.state == "stale" })
  }
}

// MARK: Promises

extension Auditor {
  /// Much less than the design's day.
  private static let keysAreKept: Int64 = 20 * 3_600_000

  /// An answer has reached its caller: what it tells of is on the disk already.
  func note(_ answer: Answer, key: String?, principal: String) throws {
    guard answer.sequence <= lastSequence else {
      throw Violation(
        rule: "promise",
        text: "an answer tells of event \(answer.sequence), and the log ends at \(lastSequence)")
    }
    guard case .success(let reply) = answer.result else { return }
    if let key {
      guard try opened.isKept(key, of: principal) else {
        throw Violation(rule: "promise", text: "the key \(key) was answered and is not on the disk")
      }
      answeredKeys["\(principal) \(key)"] = (principal, key, newestAt)
    }
    try compare(reply)
    guard let made = Self.subject(of: reply) else { return }
    guard try opened.exists(made) else {
      throw Violation(rule: "promise", text: "\(made) was acknowledged and is not on the disk")
    }
    promised.insert(made)
    guard let key else { return }
    let name = "\(principal) \(key)"
    if let first = outcomes[name], first != made {
      throw Violation(rule: "key", text: "the key \(key) made \(first), then \(made)")
    }
    outcomes[name] = made
  }

  /// What a caller was told of an order is what the log makes of it, or older.
  private func compare(_ reply: Reply) throws {
    let order: Order
    switch reply {
    case .order(let view), .orderCancelled(let view, _), .orderAccepted(let view, _):
      order = view.order
    default: return
    }
    guard let own = orders[order.id.text], order.version <= own.version else {
      throw Violation(
        rule: "promise", text: "\(order.id) was told as of version \(order.version), not there yet")
    }
    guard order.version < own.version || order.payState.rawValue == own.payState else {
      throw Violation(
        rule: "promise",
        text: "\(order.id) was told as \(order.payState.rawValue), and is \(own.payState)")
    }
  }

  private static func subject(of reply: Reply) -> String? {
    switch reply {
    case .order(let view), .orderCancelled(let view, _), .orderAccepted(let view, _):
      view.order.id.text
    case .payment(let view, _), .paymentClosing(let view, _), .paymentResolved(let view, _):
      view.payment.id.text
    case .refund(let view): view.refund.id.text
    case .deliveries(let reply): reply.claim?.text
    case .dispute(let view, _): view.dispute.id.text
    case .attached(_, let attachment, _): attachment.text
    case .reconciled(let run, _): run.id.text
    case .discrepancy(let record): record.id.text
    default: nil
    }
  }

  /// A gateway was told that its notice is kept (I18).
  func noteTaken(_ raw: RawNotification, _ reply: NotificationReply) throws {
    let digest = SHA256.hash(raw.body).hex
    guard let id = reply.receipt?.text, try opened.receiptDigest(id) == digest else {
      throw Violation(rule: "I18", text: "a notice was acknowledged and is not on the disk")
    }
    taken[id] = digest
  }

  /// A request is about to reach a gateway (I9).
  func auditArrival(_ exchange: GatewayExchange, at now: Int64) throws {
    let url = exchange.request.url
    // Alipay names the method in the query, the built-in bank in the path.
    let operations = [
      ("method=alipay.trade.precreate&", "create"), ("method=alipay.trade.close&", "close"),
      ("method=alipay.trade.refund&", "refund"), ("bank/create", "create"),
      ("bank/close", "close"), ("bank/refund", "refund"),
    ]
    let named = operations.first { mark, _ in
      mark.hasSuffix("&") ? url.contains(mark) : url.hasSuffix(mark)
    }
    guard let operation = named?.1 else { return }
    guard let call = try opened.call(exchange.id.text), call.operation == operation else {
      throw Violation(rule: "I9", text: "a \(operation) left without its intent on the disk")
    }
    if operation == "create" {
      try auditCreate(of: call.payment, exchange.gateway)
    }
    guard operation == "refund" else { return }
    let order = orders.values.first { $0.refund(call.refund) != nil }
    guard let refund = order?.refund(call.refund), refund.wasApproved else {
      throw Violation(rule: "I17", text: "refund \(call.refund) left without approval")
    }
  }

  /// Alipay's own answer, which was taken in, denies what is paid here: a person is told.
  func auditDenial(of number: String, askedAt: Int64) throws {
    for order in orders.values {
      guard let (id, payment) = order.payments.first(where: { $0.value.number == number }) else {
        continue
      }
      let isGivenBack = order.sent(id) >= payment.captured
      guard payment.state == "succeeded", payment.movedAt < askedAt, !isGivenBack,
        !order.everRaised.contains("contradiction")
      else { return }
      throw Violation(
        rule: "I21", text: "Alipay denies \(number), which is paid here, and nobody is told")
    }
  }

  /// A create is sent again only after the gateway denied the one before, and not for ever.
  private func auditCreate(of id: String, _ gateway: String) throws {
    creates[id, default: 0] += 1
    let sent = creates[id] ?? 0
    let payment = orders.values.lazy.compactMap { $0.payment(id) }.first
    guard let payment else { throw Violation(rule: "I9", text: "no order has the payment \(id)") }
    guard sent == 1 || !payment.wasShown else {
      throw Violation(rule: "I9", text: "payment \(id) was sent again after its buyer saw it")
    }
    let denied = alipay.word.absences(of: payment.number)
    guard sent <= Limits.createCalls, gateway == SandboxSide.name || sent <= denied + 1 else {
      throw Violation(
        rule: "I9", text: "payment \(id) was sent \(sent) times and denied \(denied) times")
    }
  }
}
