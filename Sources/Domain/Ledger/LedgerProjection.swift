/// Keeps the books by reading the event log: each event of money becomes its entries.
///
/// It decides nothing and can be made again from the first event at any time.
package struct LedgerProjection: Sendable {
  private struct OrderBook {
    let due: Money
    /// What of the money that came is sales, the buyer's excess, or not understood.
    var sales: Int64 = 0
    var excess: Int64 = 0
  }

  struct PaymentBook {
    let order: OrderID
    let gateway: String
    /// What bills may know it by: our number of it, and the gateway's.
    var numbers: [String]
    var captured: Money?
    /// Σ of what went back otherwise: by refunds of ours, and as people decided. Minor units.
    var givenBack: Int64 = 0
    /// The gateway gave back by itself what was left of it.
    var isReversed = false
    var reversal: (entry: Int, minor: Int64)?
  }

  private struct RefundBook {
    let order: OrderID
    let payment: PaymentID
    let amount: Money
    /// The entry that promised it, while it is promised or paid.
    var promise: Int?
    var done: Int?
  }

  struct DifferenceBook {
    let facts: DiscrepancyFacts
    /// Counts differences in the order in which they were told.
    let place: Int
    /// What was decided, until it is undone, and the other half of a merge.
    var verb: AdjudicationVerb?
    var partner: DiscrepancyID?
    /// The fee of the other half's payment that the books hold.
    var feeKnown: Money?
    /// The entry of the decision, and what it moved.
    var entry: (number: Int, minor: Int64)?
    /// What its row cost, as it is booked with the decision, and those entries.
    var costs: [RowCost] = []
    var costEntries: [Int] = []
    /// The movement of a dispute that its row is, once the gateway has told of it.
    var movement: DisputeBook.Place?
  }

  package internal(set) var ledger = Ledger()
  private var orders: [OrderID: OrderBook] = [:]
  private(set) var payments: [PaymentID: PaymentBook] = [:]
  private var refunds: [RefundID: RefundBook] = [:]
  var disputes: [DisputeID: DisputeBook] = [:]
  var differences: [DiscrepancyID: DifferenceBook] = [:]
  /// Rows of bills about disputes of a payment that no word of the gateway explains yet.
  var disputeRows: [PaymentID: [DiscrepancyID]] = [:]
  /// Such rows of payments that nobody knows yet, first told first.
  var strangers: [DiscrepancyID] = []
  /// The payments that such rows turned out to be about.
  var homes: [DiscrepancyID: PaymentID] = [:]
  var statements: [StatementID: StatementBook] = [:]
  /// Differences between payouts and the bank, by the payout's row, first told first.
  var payoutDifferences: [StatementPlace: [DiscrepancyID]] = [:]
  /// What was told of rows of a bank that are no payout, and the payouts that such rows are.
  var creditDifferences: [StatementPlace: [DiscrepancyID]] = [:]
  var credits: [StatementPlace: Set<StatementPlace>] = [:]
  /// Payouts that were turned away, by their rows, and the rows that say so.
  var returned: [StatementPlace: StatementPlace] = [:]
  /// What took payouts out of the bank again, by their rows: that entry, and that of the arrival.
  var sentBack: [StatementPlace: (entry: Int, arrival: Int)] = [:]
  /// The names that banks' statements were given.
  var bankAccounts: [StatementID: String] = [:]

  package init() {}

  package mutating func apply(_ event: Event) throws(LedgerError) {
    switch event.body {
    case .order(.created(let draft)):
      if let id = event.order { orders[id] = OrderBook(due: draft.amount) }
    case .payment(let id, let body): try apply(body, id, event)
    case .refund(let id, let body): try apply(body, id, event)
    case .dispute(let id, let body): try apply(body, id, event)
    case .discrepancy(let id, let body): try apply(body, id, event)
    case .run(_, .finished(let statement, let gateway, _, _, _, _, let bookings)):
      try book(bookings, statement, gateway, event)
    case .statement(let id, .imported(let name, let content, _, _, _, _, _, let older)):
      if content == .bank { bankAccounts[id] = name }
      if let older { try giveBack(older, event) }
    case .run(_, .halfSigned), .run(_, .signed), .run(_, .reopened): break
    case .order, .delivery, .attention, .notification, .gateway, .case, .rule, .server: break
    }
  }

  // MARK: payments

  private mutating func apply(
    _ body: PaymentEvent, _ id: PaymentID, _ event: Event
  ) throws(LedgerError) {
    switch body {
    case .created(let draft):
      guard let order = event.order else { throw .unknownSubject }
      payments[id] = PaymentBook(
        order: order, gateway: draft.gateway, numbers: [draft.outTradeNumber])
    case .succeeded(let capture, _, _):
      try take(capture, id, event)
      try takeIn(for: id, event)
    case .reversed:
      payments[id]?.isReversed = true
      try restateReversal(of: id, event)
    case .submitted, .awaitingBuyer, .processing, .unknown, .stale, .closing, .closed, .failed,
      .resolveProposed, .confirmed:
      break
    }
  }

  private mutating func take(
    _ capture: Capture, _ id: PaymentID, _ event: Event
  ) throws(LedgerError) {
    guard let payment = payments[id], var order = orders[payment.order] else {
      throw .unknownSubject
    }
    let receivable = LedgerAccount.receivable(gateway: payment.gateway)
    let amount = capture.amount
    var lines = [LedgerLine(receivable, debit: amount)]
    if amount.currency == order.due.currency {
      let owed = max(0, order.due.minor - order.sales)
      let sales = min(amount.minor, owed)
      lines.append(LedgerLine(.sales, debit: Money(-sales, amount.currency)))
      lines.append(
        LedgerLine(.excessPayable, debit: Money(sales - amount.minor, amount.currency)))
      order.sales += sales
      order.excess += amount.minor - sales
    } else {
      lines.append(LedgerLine(.suspense, debit: Money(-amount.minor, amount.currency)))
    }
    try ledger.post(
      LedgerEntry(.captured, at: event.at, event: event.id, order: payment.order, lines: lines))
    if let fee = capture.fee, fee.minor != 0 {
      try ledger.post(
        LedgerEntry(
          .fee, at: event.at, event: event.id, order: payment.order, fee, from: receivable,
          to: .feeExpense(gateway: payment.gateway)))
    }
    orders[payment.order] = order
    payments[id]?.captured = amount
    payments[id]?.numbers.append(capture.gatewayTransaction)
  }

  /// What a gateway gave back at its own desk is what nothing else accounts for: it shrinks when a
  /// refund of ours, or a decision about a row of the bill, turns out to be part of it. The fee
  /// stays until the bill says that it came back, as it does with refunds.
  private mutating func restateReversal(
    of id: PaymentID, _ event: Event
  ) throws(LedgerError) {
    guard var payment = payments[id], let captured = payment.captured, payment.isReversed,
      let due = orders[payment.order]?.due
    else { return }
    let minor = max(0, captured.minor - payment.givenBack)
    if let old = payment.reversal {
      guard old.minor != minor else { return }
      changeIncome(of: payment.order, by: old.entry, sign: -1)
      try undo(old.entry, .corrected, event)
    }
    payment.reversal = nil
    if minor > 0 {
      let amount = Money(minor, captured.currency)
      let lines =
        [LedgerLine(.receivable(gateway: payment.gateway), debit: Money(-minor, captured.currency))]
        + givingBack(amount, of: payment.order, due)
      let entry = try ledger.post(
        LedgerEntry(
          .reversed, at: event.at, event: event.id, order: payment.order, lines: lines))
      changeIncome(of: payment.order, by: entry, sign: 1)
      payment.reversal = (entry, minor)
    }
    payments[id] = payment
  }

  /// Excess is the buyer's already and goes back first; the rest takes back sales.
  private func givingBack(_ amount: Money, of order: OrderID, _ due: Money) -> [LedgerLine] {
    guard amount.currency == due.currency else { return [LedgerLine(.suspense, debit: amount)] }
    let excess = min(amount.minor, orders[order]?.excess ?? 0)
    return [
      LedgerLine(.excessPayable, debit: Money(excess, amount.currency)),
      LedgerLine(.sales, debit: Money(amount.minor - excess, amount.currency)),
    ]
  }

  /// What was reversed is owed again.
  private mutating func changeIncome(of id: OrderID, by entry: Int, sign: Int64) {
    guard var order = orders[id] else { return }
    for line in ledger.entries[entry].lines where line.debit.currency == order.due.currency {
      if line.account == .sales { order.sales -= sign * line.debit.minor }
      if line.account == .excessPayable { order.excess -= sign * line.debit.minor }
    }
    orders[id] = order
  }

  /// Something of a payment went back, or did not after all.
  private mutating func countGivenBack(
    _ minor: Int64, of id: PaymentID, _ event: Event
  ) throws(LedgerError) {
    payments[id]?.givenBack += minor
    try restateReversal(of: id, event)
  }

  // MARK: refunds

  private mutating func apply(
    _ body: RefundEvent, _ id: RefundID, _ event: Event
  ) throws(LedgerError) {
    switch body {
    case .requested(let payment, _, let amount, _):
      guard let order = payments[payment]?.order else { throw .unknownSubject }
      refunds[id] = RefundBook(order: order, payment: payment, amount: amount)
      try promise(id, event)
    case .rejected, .withdrawn, .failed: try drop(id, .refundDropped, event)
    case .submitted: try promise(id, event)
    case .succeeded: try payOut(id, event)
    case .returned:
      guard var refund = refunds[id] else { throw .unknownSubject }
      if let done = refund.done {
        try undo(done, .refundReturned, event)
        // What was reversed before is not more for what came back since.
        if payments[refund.payment]?.isReversed == false {
          try countGivenBack(-refund.amount.minor, of: refund.payment, event)
        }
      }
      refund.done = nil
      refunds[id] = refund
      try drop(id, .refundReturned, event)
    case .approved, .processing, .unknown: break
    }
  }

  private mutating func promise(_ id: RefundID, _ event: Event) throws(LedgerError) {
    guard var refund = refunds[id], var order = orders[refund.order] else {
      throw .unknownSubject
    }
    guard refund.promise == nil else { return }
    let amount = refund.amount
    let given = givingBack(amount, of: refund.order, order.due)
    for line in given where line.account == .excessPayable { order.excess -= line.debit.minor }
    let lines =
      [LedgerLine(.refundPayable, debit: Money(-amount.minor, amount.currency))] + given
    refund.promise = try ledger.post(
      LedgerEntry(
        .refundPromised, at: event.at, event: event.id, order: refund.order, lines: lines))
    orders[refund.order] = order
    refunds[id] = refund
  }

  private mutating func drop(
    _ id: RefundID, _ cause: LedgerCause, _ event: Event
  ) throws(LedgerError) {
    guard var refund = refunds[id], var order = orders[refund.order] else {
      throw .unknownSubject
    }
    guard let promise = refund.promise else { return }
    for line in ledger.entries[promise].lines where line.account == .excessPayable {
      order.excess += line.debit.minor
    }
    try undo(promise, cause, event)
    refund.promise = nil
    orders[refund.order] = order
    refunds[id] = refund
  }

  private mutating func payOut(_ id: RefundID, _ event: Event) throws(LedgerError) {
    try promise(id, event)
    guard var refund = refunds[id], let gateway = payments[refund.payment]?.gateway else {
      throw .unknownSubject
    }
    guard refund.done == nil else { return }
    refund.done = try ledger.post(
      LedgerEntry(
        .refunded, at: event.at, event: event.id, order: refund.order, refund.amount,
        from: .receivable(gateway: gateway), to: .refundPayable))
    refunds[id] = refund
    try countGivenBack(refund.amount.minor, of: refund.payment, event)
  }

  // MARK: differences

  private mutating func apply(
    _ body: DiscrepancyEvent, _ id: DiscrepancyID, _ event: Event
  ) throws(LedgerError) {
    switch body {
    case .opened(let facts):
      differences[id] = DifferenceBook(facts: facts, place: differences.count)
      expect(facts, id)
      try expectPayout(facts, id, event)
    case .adjudicated(let wish, _):
      guard differences[id] != nil else { throw .unknownSubject }
      try decide(wish, id, event)
    case .reopened: try decide(nil, id, event)
    case .resolved, .proposed, .rejected, .escalated: break
    }
  }

  private mutating func decide(
    _ wish: Adjudication?, _ id: DiscrepancyID, _ event: Event
  ) throws(LedgerError) {
    guard var book = differences[id] else { return }
    let wasBooked = book.isBooked
    book.verb = wish?.verb
    book.partner = wish?.partner
    book.feeKnown = wish?.feeKnown
    differences[id] = book
    try restateDecision(id, event)
    guard wasBooked != book.isBooked, let (payment, minor) = book.facts.changeOfPayment,
      payments[payment]?.captured?.currency == book.facts.currency
    else { return }
    try countGivenBack(wasBooked ? minor : -minor, of: payment, event)
  }

  /// What a decision moves is what the books do not hold otherwise. It may change: the gateway
  /// tells of what was decided about.
  mutating func restateDecision(_ id: DiscrepancyID, _ event: Event) throws(LedgerError) {
    guard var book = differences[id] else { return }
    let facts = book.facts
    let minor = book.verb == nil ? 0 : unbooked(book, id)
    let account = book.verb.flatMap { facts.counterAccount(for: $0, moving: minor) }
    if let old = book.entry {
      guard old.minor != minor || account == nil else { return }
      changeExcess(of: facts.order, by: old.number, sign: -1)
      try undo(old.number, .corrected, event)
      book.entry = nil
    }
    if let account {
      let number = try ledger.post(
        LedgerEntry(
          .adjudicated, at: event.at, event: event.id, order: facts.order,
          Money(minor, facts.currency), from: account, to: holder(of: facts)))
      changeExcess(of: facts.order, by: number, sign: 1)
      book.entry = (number, minor)
    }
    differences[id] = book
    try restateCosts(id, event)
  }

  /// What goes to the buyer's excess can be given back from there.
  private mutating func changeExcess(of id: OrderID?, by entry: Int, sign: Int64) {
    guard let id, var order = orders[id] else { return }
    for line in ledger.entries[entry].lines where line.account == .excessPayable {
      order.excess -= sign * line.debit.minor
    }
    orders[id] = order
  }

  // MARK: corrections

  /// Takes an entry back by its opposite; the entry itself stays.
  ///
  /// - Returns: the number of the opposite.
  @discardableResult
  mutating func undo(
    _ number: Int, _ cause: LedgerCause, _ event: Event
  ) throws(LedgerError) -> Int {
    let old = ledger.entries[number]
    let lines = old.lines.map {
      LedgerLine($0.account, debit: Money(-$0.debit.minor, $0.debit.currency))
    }
    return try ledger.post(
      LedgerEntry(
        cause, at: event.at, event: event.id, order: old.order, corrects: number, lines: lines))
  }
}
