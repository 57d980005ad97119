package import Domain
package import Reconciliation
package import Store

/// Compares a statement with our books, on one state of the store and beside the writer. It
/// changes nothing: what it found is a draft that the engine writes.
package struct Comparison {
  let store: StoreReader
  let statement: StatementRecord
  /// The bill of the balance for the same days, where one is here.
  let fund: StatementRecord?
  let bank: StatementRecord?
  let now: Timestamp
  /// The newest event of the state that is compared.
  let sequence: Int64
  let kept: KeptStatements
  let threads: Threads
  private let terms: GatewayTerms
  /// Decisions that it reads as taken back.
  let takenBack: Set<DiscrepancyID>
  var theirs: StatementRows
  var bankRows: StatementRows?
  var books: BooksTable
  /// Nil before it was looked for.
  private(set) var elsewhere: Elsewhere?
  /// Rows about nothing of ours that another list of payments has.
  private(set) var copies = MovementCopies()
  private(set) var parted = PartedExchanges()
  /// The statement that this one was issued in place of.
  private(set) var older: StatementRecord?
  /// Rows that wait in statements which this one does not follow.
  private(set) var untouched: [WaitingRow] = []
  private(set) var settlement: SettlementComparison?
  /// What earlier runs found at the bank of the payouts that are compared now.
  private(set) var seen = SeenAtBank()

  /// - Parameters:
  ///   - fund: the bill of the balance; nil takes the one in force for the same days, if any.
  ///   - takenBack: what a dry run refutes, as it was told by the engine: decisions that count as
  ///     taken back, though they are not.
  ///   - terms: those of a gateway by its configured name.
  /// - Throws: `Rejection` where the statement cannot be compared, `StoreError`.
  package static func draft(
    of id: StatementID, with bank: StatementID?, fund: StatementID? = nil,
    from store: StoreReader, at now: Timestamp, threads: Threads = .none,
    takingBack takenBack: Set<DiscrepancyID> = [],
    terms: (_ gateway: String) -> GatewayTerms = { _ in GatewayTerms() }
  ) throws -> RunDraft {
    let kept = KeptStatements(store: store)
    let statement = try kept.required(id, .trade, "statement", "list of payments and refunds")
    let bank = try bank.map { try kept.required($0, .bank, "bank", "bank's statement") }
    var beside = try store.fundStatement(beside: statement)
    if let fund {
      let named = try kept.required(fund, .fund, "fund", "bill of a balance")
      guard named.gateway.utf8.elementsEqual(statement.gateway.utf8),
        named.from == statement.from, named.to == statement.to
      else {
        throw Rejection(
          .statementNotComparable,
          "\(named.id) is of \(named.gateway) from \(named.from) to \(named.to), not of the days "
            + "of \(statement.id).",
          path: "/params/fund")
      }
      beside = named
    }
    var comparison = try Comparison(
      kept, statement, beside, bank, terms(statement.gateway), at: now, threads, takenBack)
    return try comparison.run()
  }

  private init(
    _ kept: KeptStatements, _ statement: StatementRecord, _ fund: StatementRecord?,
    _ bank: StatementRecord?, _ terms: GatewayTerms, at now: Timestamp, _ threads: Threads,
    _ takenBack: Set<DiscrepancyID>
  ) throws {
    self.takenBack = takenBack
    self.threads = threads
    self.terms = terms
    books = BooksTable(terms.fees, watchesDeliveries: false)
    store = kept.store
    self.kept = kept
    self.statement = statement
    self.fund = fund
    self.bank = bank
    self.now = now
    sequence = try kept.store.lastSequence()
    theirs = StatementRows(EntryTable(), of: statement.id)
  }

  private mutating func run() throws -> RunDraft {
    var rules = MatchRules(from: statement.from, to: statement.to, asOf: now)
    // Each row is rounded by itself, and contracts do not always say how.
    rules.feeTolerance = 1
    rules.exchange = terms.exchange
    rules.merchant = Array((terms.merchant ?? "").utf8)
    rules.calendar = terms.calendar
    let reading = try kept.reading(statement, threads)
    var days = try collectDays(rules)
    let own = try reading.value()
    theirs = StatementRows(own.table, of: statement.id)
    copies = try findCopies(in: own.table, of: statement)
    parted = try findHalves(in: own.table, besides: copies)
    let waiting = try loadWaiting()
    try addHalves()
    try addTold(try disputesToldBefore())
    try loadBooks(&days, waiting)
    try loadToldBefore()
    try boundBank(&rules)
    if fund == nil { seen = try markArrived(&theirs, rules) }
    var input = MatchInput(statement: theirs.table, local: books.table, checks: own.checks)
    input.candidates = books.candidates
    (input.elsewhere, input.rivals) = (elsewhere?.rows ?? [:], elsewhere?.rivals ?? [])
    input.told = try guessesToldBefore().union(payoutsToldBefore(theirs, seen))
    if let bank, fund == nil {
      let rows = try bankStatement(bank, beside: theirs, seen)
      (input.bank, bankRows) = (rows.table, rows)
    }
    input.decided = try refundsDecided()
    input.touched = Set(own.table.touched)
    input.copies = Set(copies.rows.keys)
    input.exchangedElsewhere = parted.left
    older = try store.statement(supersededBy: statement.id)
    if let older { input.superseded = try kept.read(older).table }
    var bookRules = rules
    bookRules.comparesBank = bank != nil && fund == nil
    var result = Matcher(input, bookRules).run(forEach: threads.forEach)
    let ended = refundsEnded(result)
    if !ended.isEmpty {
      days = try collectDays(rules, ended: ended)
      try loadBooks(&days, waiting)
      (input.local, input.candidates) = (books.table, books.candidates)
      result = Matcher(input, bookRules).run(forEach: threads.forEach)
    }
    addTakenBack(&result)
    try checkBuckets(result, input)
    if let fund { try settle(fund, own.table, result, rules) }
    return try draft(result, input, rules)
  }

  /// Payouts stand in the bill of the balance where the gateway gives one out.
  private mutating func settle(
    _ fund: StatementRecord, _ own: EntryTable, _ result: MatchResult, _ rules: MatchRules
  ) throws {
    var rules = rules
    rules.comparesBank = bank != nil
    var (prepared, seen): (StatementRows?, SeenAtBank) = (nil, SeenAtBank())
    settlement = try SettlementComparison(
      statement, own, result.statementBuckets, fund: fund, kept,
      { try findCopies(in: $0, of: fund) },
      { funds in
        seen = try markArrived(&funds, rules)
        guard let bank else { return EntryTable() }
        let rows = try bankStatement(bank, beside: funds, seen)
        prepared = rows
        return rows.table
      }, { try payoutsToldBefore($0, seen) }, rules)
    (bankRows, self.seen) = (prepared, seen)
  }

  // MARK: Both sides

  /// Rows of earlier statements that wait are compared again with this one's.
  private mutating func loadWaiting() throws -> [WaitingRow] {
    let left = try kept.waiting(
      statement.content, before: statement, besides: [statement.id],
      and: copies.payouts.union(parted.joined.map(\.text)))
    for (record, lines) in left.rows {
      theirs.add(try kept.carried(record, lines), of: record.id)
    }
    untouched = left.untouched
    return left.earlier
  }

  /// What the bill ends of our refunds, by `out_trade_no` of their payments, where the gateway gave
  /// back more of those payments by itself.
  private func refundsEnded(_ result: MatchResult) -> [[UInt8]: Int64] {
    guard !books.reversed.isEmpty else { return [:] }
    var ended: [[UInt8]: Int64] = [:]
    for filled in fillBacks(result) {
      guard case .refund = filled.subject, let posted = filled.posts,
        let place = books.subjects.place(of: filled.subject),
        // One of another amount is told as a difference and ends nothing.
        filled.amount == books.rows[place].amount
      else { continue }
      let parent = Array(books.table.text(books.table.entries[place].parent))
      // Minor units of one payment's refunds, none above the payment.
      if books.reversed.contains(parent) { ended[parent, default: 0] &-= posted.minor }
    }
    return ended
  }

  /// - Parameter ended: what `refundsEnded` found.
  private func collectDays(
    _ rules: MatchRules, ended: [[UInt8]: Int64] = [:]
  ) throws -> BooksCollector {
    var collector = try BooksCollector(
      statement, rules, try store.books(for: statement, besides: takenBack), terms.fees,
      ended: ended)
    let followsRun = try store.hasRun(
      gateway: statement.gateway, content: statement.content, endingAt: statement.from)
    try collector.addDays(followsRun: followsRun, threads)
    return collector
  }

  /// - Parameter days: what the days of the statement should hold.
  private mutating func loadBooks(
    _ days: inout BooksCollector, _ waiting: [WaitingRow]
  ) throws {
    try days.addWaiting(waiting)
    let left = try days.addNamed(by: theirs.table)
    let elsewhere = try self.elsewhere ?? findElsewhere(left, days.books)
    self.elsewhere = elsewhere
    try days.addPossible(for: left, of: theirs.table) { elsewhere.twins[$0] != nil }
    try days.addFees(ofReceiptsIn: theirs.table)
    books = days.table
  }

  /// Rows of earlier bills that were told of as refunds that nobody asked for, and are by now known
  /// to be what the gateway gave back by itself.
  private mutating func loadToldBefore() throws {
    var lines: [StatementID: Set<UInt32>] = [:]
    for row in books.rows {
      guard case .reversal(let payment) = row.subject, let order = row.order else { continue }
      for told in try deskRefunds(of: payment, order)
      where told.state != .resolved || isOpenAgain(told) {
        guard let row = told.facts.theirs, row.statement != statement.id else { continue }
        lines[row.statement, default: []].insert(UInt32(clamping: row.line))
      }
    }
    try addTold(lines)
  }

  /// Rows of earlier bills that could be refunds of ours.
  private func guessesToldBefore() throws -> Set<Int> {
    var told: Set<Int> = []
    for row in theirs.table.entries.indices.dropFirst(theirs.ownCount)
    where theirs.table.entries[row].kind == .refund {
      let mark = Self.guessMark(theirs.reference(row))
      let known = try store.discrepancies(gateway: statement.gateway, mark: mark)
      if !known.isEmpty { told.insert(row) }
    }
    return told
  }

  /// - Parameter lines: rows of earlier bills, by their statements.
  private mutating func addTold(_ lines: [StatementID: Set<UInt32>]) throws {
    for id in lines.keys.sorted() {
      guard let record = try store.statement(id), record.supersededBy == nil,
        record.content == statement.content, let lines = lines[id]
      else { continue }
      theirs.add(try kept.rows(of: record, lines), of: id)
    }
  }

  /// Goods went out, and the payment was taken back afterwards: nothing pays the order any more.
  private func addTakenBack(_ result: inout MatchResult) {
    var told: Set<OrderID> = []
    for partner in result.partners
    where partner >= 0 && books.rows[Int(partner)].standing != .succeeded {
      if let order = books.rows[Int(partner)].order { told.insert(order) }
    }
    for place in books.rows.indices where books.rows[place].deliveryState == .delivered {
      let row = books.rows[place]
      guard case .payment = row.subject, !row.payState.isSettled, row.payState != .review,
        let order = row.order, told.insert(order).inserted
      else { continue }
      result.add(
        .deliveredNotPaid, local: place, expected: row.amount.minor, actual: 0,
        currency: row.amount.currency)
    }
  }

  /// I13: each row of all sides ended in exactly one bucket.
  private func checkBuckets(_ result: MatchResult, _ input: MatchInput) throws {
    let isWhole =
      result.statementBuckets.count == input.statement.count
      && result.localBuckets.count == input.local.count
      && result.bankBuckets.count == input.bank.count
      && !result.statementBuckets.contains(.unassigned)
      && !result.localBuckets.contains(.unassigned) && !result.bankBuckets.contains(.unassigned)
    guard isWhole else {
      throw Rejection(.internal, "A row of \(statement.id) ended in no bucket.")
    }
  }
}
