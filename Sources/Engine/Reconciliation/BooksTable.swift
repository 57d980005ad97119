import Domain
import Reconciliation
import Store

/// Our side of a comparison: rows of the store as entries, with what each of them is.
struct BooksTable: Sendable {
  private(set) var table = EntryTable()
  /// By row of the table.
  private(set) var rows: [BookRow] = []
  private(set) var subjects = SubjectIndex()
  /// What `BooksMark` knows them again by.
  private(set) var digests: [UInt64] = []
  /// Our numbers, and the gateways' of what they gave back without us.
  private var numbers = TextIndex()
  /// Orders that are paid and not handed out; each is told of once.
  private var waitingForGoods: Set<OrderID> = []
  private let fees: FeeBook
  /// `out_trade_no` of the payments of which a gateway gave back something without us.
  private(set) var reversed: Set<[UInt8]> = []
  /// By rows of the bill without a number that is known: rows of ours that each may be.
  private(set) var candidates: [Int: [Int]] = [:]
  /// What the bill itself will end of our refunds, by `out_trade_no` of their payments.
  private let ended: [[UInt8]: Int64]
  /// Goods go out through us: an order without any is waiting for them.
  private let watchesDeliveries: Bool

  init(_ fees: FeeBook, watchesDeliveries: Bool, ended: [[UInt8]: Int64] = [:]) {
    self.fees = fees
    self.ended = ended
    self.watchesDeliveries = watchesDeliveries
  }

  /// Makes room for as many rows as a bill has.
  mutating func reserve(_ count: Int) {
    table.reserve(rows: count, textBytes: count * 64)
    rows.reserveCapacity(count)
    digests.reserveCapacity(count)
    subjects.reserve(count)
    numbers.reserve(count)
  }

  /// Adds a row once.
  ///
  /// - Parameter isCarried: it was left waiting by an earlier run.
  mutating func add(_ known: BookRow, _ texts: BookTexts, isCarried: Bool = false) {
    guard let row = afterRefunds(known, texts), subjects.insert(row.subject) else { return }
    var flags = EntryFlags()
    if isCarried { flags.insert(.carried) }
    if watchesDeliveries, Self.isOwed(row), let order = row.order,
      waitingForGoods.insert(order).inserted
    {
      flags.insert(.deliverable)
    }
    let fee = expectedFee(row, texts)
    if fee != nil { flags.insert(.hasFee) }
    var entry = Entry(
      kind: kind(row), status: status(row), at: row.at, gross: row.amount.minor, fee: fee ?? 0,
      currency: row.amount.currency, flags: flags)
    switch row.subject {
    case .reversal:
      entry.gross = -row.amount.minor
      reversed.insert(Array(texts.parent))
    case .refund: entry.gross = -row.amount.minor
    case .dispute: entry.gross = row.isReinstatement ? row.amount.minor : -row.amount.minor
    case .payment, .order: break
    }
    entry.transaction = table.keep(texts.transaction)
    let number = table.keep(texts.number)
    if row.isWithoutUs { entry.flags.insert(.withoutUs) } else { entry.reference = number }
    entry.parent = table.keep(texts.parent)
    numbers.insert(number, of: table)
    table.add(entry)
    rows.append(row)
    digests.append(BooksMark.digest(known, texts))
  }

  /// - Parameter row: of the bill.
  mutating func suggest(_ row: Int, _ subject: LocalSubject) {
    guard let place = subjects.place(of: subject) else { return }
    candidates[row, default: []].append(place)
  }

  /// What the gateway gave back without us is what our refunds do not account for, so it shrinks by
  /// those that the bill ends.
  private func afterRefunds(_ row: BookRow, _ texts: BookTexts) -> BookRow? {
    guard !ended.isEmpty, case .reversal = row.subject,
      let minor = ended[Array(texts.parent)]
    else { return row }
    return row.less(minor)
  }

  /// Whether a row has this number of ours.
  func hasNumber(_ span: TextSpan, of other: EntryTable) -> Bool {
    numbers.holds(span, of: other, in: table)
  }

  /// What the gateway should have kept: as it told itself, else by its contract. Nil where neither
  /// says. The share of a refund in part depends on those before it.
  ///
  /// - Parameter share: what the balance gets of the amounts, where a coupon of ours took the rest;
  ///   the gateway takes its fee of that.
  private func expectedFee(
    _ row: BookRow, _ texts: BookTexts, of share: Ratio? = nil
  ) -> Int64? {
    if let known = row.fee, known.currency == row.amount.currency { return known.minor }
    guard let contract = fees.contract(method: texts.method, at: row.at) else { return nil }
    switch row.subject {
    case .payment: return expectedFee(ofCharge: row.amount.minor, contract, of: share)
    case .refund, .reversal: return expectedReturn(row, texts, contract, of: share)
    case .order, .dispute: return nil
    }
  }

  private func expectedFee(
    ofCharge minor: Int64, _ contract: FeeContract, of share: Ratio?
  ) -> Int64? {
    guard let share else { return contract.fee(ofCharge: minor) }
    return share.applied(to: minor, .halfUp).flatMap { contract.fee(ofCharge: $0) }
  }

  /// The bill says what of a row of ours the balance gets.
  mutating func takeFee(of known: BookRow, _ texts: BookTexts, by share: Ratio) {
    guard let place = subjects.place(of: known.subject),
      let fee = expectedFee(known, texts, of: share)
    else { return }
    table.set(fee: fee, ofRow: place)
  }

  private func expectedReturn(
    _ row: BookRow, _ texts: BookTexts, _ contract: FeeContract, of share: Ratio?
  ) -> Int64? {
    guard let charged = row.charged, charged.currency == row.amount.currency,
      let fee = expectedFee(ofCharge: charged.minor, contract, of: share)
    else { return nil }
    let charge = (gross: charged.minor, fee: fee)
    var before: (gross: Int64, fee: Int64) = (0, 0)
    for part in texts.refundedBefore {
      guard let back = contract.fee(ofRefund: part, charge: charge, before: before) else {
        return nil
      }
      before = (before.gross + part, before.fee - back)
    }
    return contract.fee(ofRefund: row.amount.minor, charge: charge, before: before)
  }

  /// Paid by our books, and nothing went out.
  private static func isOwed(_ row: BookRow) -> Bool {
    guard case .payment = row.subject, row.payState == .paid else { return false }
    switch row.deliveryState {
    case .pending, .reserved, .delivering, .failed: return true
    case .none, .held, .delivered, .revoked: return false
    }
  }

  func holds(_ subject: LocalSubject) -> Bool { subjects.place(of: subject) != nil }

  private func kind(_ row: BookRow) -> EntryKind {
    switch row.subject {
    case .payment: .charge
    case .refund, .reversal: .refund
    case .order: .order
    case .dispute: .dispute
    }
  }

  private func status(_ row: BookRow) -> EntryStatus {
    switch row.standing {
    case .succeeded: .succeeded
    case .pending: .pending
    case .failed: .failed
    }
  }
}

/// Collects our side for a statement.
struct BooksCollector {
  let statement: StatementRecord
  let rules: MatchRules
  let books: BookQueries
  private(set) var table: BooksTable

  init(
    _ statement: StatementRecord, _ rules: MatchRules, _ books: BookQueries, _ fees: FeeBook,
    ended: [[UInt8]: Int64]
  ) throws(StoreError) {
    table = BooksTable(fees, watchesDeliveries: try books.hasDelivered(), ended: ended)
    self.statement = statement
    self.rules = rules
    self.books = books
  }

  /// What the days of the statement should hold.
  ///
  /// - Parameter followsRun: the day before was compared, so that what waits at its end is known.
  mutating func addDays(followsRun: Bool, _ threads: Threads) throws {
    let margin = rules.cutOffMilliseconds
    // Without a run before this one, rows of the evening before stand in a bill nobody has seen.
    let from = followsRun ? statement.from.adding(milliseconds: -margin) : statement.from
    let to = statement.to.adding(milliseconds: margin)
    let books = books
    try addPaid(from, to, threads)
    try books.rows(.refunded, from: from, to: to) { table.add($0, $1) }
    try books.rows(.reversed, from: from, to: to) { table.add($0, $1) }
    try books.rows(.openRefunds, from: from, to: statement.to) { table.add($0, $1) }
  }

  /// While one block is read, another thread adds the one before it.
  private mutating func addPaid(
    _ from: Timestamp, _ to: Timestamp, _ threads: Threads
  ) throws {
    let (empty, rows) = (table, Int(clamping: min(statement.rows, 1 << 24)))
    var adding = Meanwhile(threads) {
      var table = empty
      table.reserve(rows)
      return table
    }
    var place = try books.beginPaid(from: from, to: to)
    while let block = try books.nextPaid(&place) {
      adding = adding.then(threads) { table in block.give { table.add($0, $1) } }
    }
    table = try adding.value()
  }

  /// What earlier runs left waiting, where it is still not matched.
  mutating func addWaiting(_ waiting: [WaitingRow]) throws(StoreError) {
    let books = books
    for row in waiting where row.line == nil {
      guard let subject = LocalSubject(text: row.subject), !table.holds(subject) else { continue }
      try books.row(subject) { table.add($0, $1, isCarried: true) }
    }
  }

  /// What the statement's rows name beside that: payments that we do not know as paid, and refunds.
  ///
  /// - Returns: rows that name none which is free.
  mutating func addNamed(by theirs: EntryTable) throws(StoreError) -> [Int] {
    try addReversals(namedBy: theirs)
    var left: [Int] = []
    for (row, entry) in theirs.entries.enumerated()
    where entry.kind == .charge || entry.kind == .refund {
      guard entry.reference.isEmpty || !table.hasNumber(entry.reference, of: theirs) else {
        continue
      }
      let isFound =
        entry.kind == .charge ? try find(charge: entry, theirs) : try find(refund: entry, theirs)
      if !isFound { left.append(row) }
    }
    return left
  }

  /// What those rows may be that stand in no other statement: orders, and refunds under way.
  ///
  /// - Parameters:
  ///   - left: what `addNamed` gave.
  ///   - isElsewhere: whether another statement has a row.
  mutating func addPossible(
    for left: [Int], of theirs: EntryTable, besides isElsewhere: (Int) -> Bool
  ) throws(StoreError) {
    try addDisputes(namedBy: theirs, besides: isElsewhere)
    for row in left where !isElsewhere(row) {
      let entry = theirs.entries[row]
      if entry.kind == .refund {
        try guess(refund: entry, row, theirs)
      } else if !entry.reference.isEmpty,
        let order = try books.order(number: theirs.string(entry.reference))
      {
        add(order, transaction: [], number: Array(theirs.text(entry.reference)))
      }
    }
  }

  /// Fees of what the bill's rows say was received, where that is not the whole amount.
  mutating func addFees(ofReceiptsIn theirs: EntryTable) throws(StoreError) {
    let books = books
    for (row, minor) in theirs.receipts {
      let entry = theirs.entries[row]
      let number = theirs.string(entry.reference)
      guard !number.isEmpty, minor.magnitude <= entry.gross.magnitude,
        let share = Ratio(abs(minor), abs(entry.gross))
      else { continue }
      switch entry.kind {
      case .charge:
        _ = try books.payment(number: number) { table.takeFee(of: $0, $1, by: share) }
      case .refund:
        _ = try books.refund(number: number) { table.takeFee(of: $0, $1, by: share) }
      default: break
      }
    }
  }

  /// What the gateway gave back by itself is told of when it is asked, which may be days after it
  /// stood in a bill.
  private mutating func addReversals(namedBy theirs: EntryTable) throws(StoreError) {
    var named: Set<[UInt8]> = []
    for entry in theirs.entries where entry.kind == .refund {
      for span in [entry.parent, entry.reference] where !span.isEmpty {
        named.insert(Array(theirs.text(span)))
      }
    }
    guard !named.isEmpty else { return }
    try books.reversals { row, texts in
      if named.contains(Array(texts.parent)) { table.add(row, texts) }
    }
  }

  /// A movement of a dispute of ours for each row: one of the same amount, then what is left of the
  /// same direction.
  private mutating func addDisputes(
    namedBy theirs: EntryTable, besides isElsewhere: (Int) -> Bool
  ) throws(StoreError) {
    var copies = RowCopies(theirs)
    var left: [(entry: Entry, movements: [BookRow])] = []
    for (row, entry) in theirs.entries.enumerated()
    where entry.kind == .dispute && !copies.isCopy(entry) && !isElsewhere(row) {
      let found = try books.disputes(
        transaction: theirs.string(entry.transaction), reference: theirs.string(entry.reference),
        parent: theirs.string(entry.parent))
      left.append((entry, found.flatMap(\.rows).filter { $0.isSameWay(as: entry.gross) }))
    }
    left.sort { $0.entry.at < $1.entry.at }
    for isExact in [true, false] {
      left.removeAll { entry, movements in
        let free = movements.first { row in
          !table.holds(row.subject) && (!isExact || row.isOf(Money(entry.gross, entry.currency)))
        }
        guard let free else { return false }
        add(
          free, transaction: Array(theirs.text(entry.transaction)),
          number: Array(theirs.text(entry.reference)))
        return true
      }
    }
  }

  /// A row whose texts are those of a row of the bill.
  private mutating func add(_ row: BookRow, transaction: [UInt8], number: [UInt8]) {
    transaction.withUnsafeBytes { transaction in
      number.withUnsafeBytes { number in
        table.add(row, BookTexts(transaction: transaction, number: number))
      }
    }
  }

  /// Adds what a row means, by our number before the gateway's.
  ///
  /// - Returns: whether it is one of ours. The same for a refund.
  private mutating func find(
    charge entry: Entry, _ theirs: EntryTable
  ) throws(StoreError) -> Bool {
    let books = books
    let reference = theirs.string(entry.reference)
    let transaction = theirs.string(entry.transaction)
    if !reference.isEmpty, try books.payment(number: reference, { table.add($0, $1) }) {
      return true
    }
    guard !transaction.isEmpty else { return false }
    return try books.payment(transaction: transaction) { table.add($0, $1) }
  }

  private mutating func find(
    refund entry: Entry, _ theirs: EntryTable
  ) throws(StoreError) -> Bool {
    let books = books
    let reference = theirs.string(entry.reference)
    let transaction = theirs.string(entry.transaction)
    if !reference.isEmpty, try books.refund(number: reference, { table.add($0, $1) }) {
      return true
    }
    guard !transaction.isEmpty else { return false }
    return try books.refund(transaction: transaction) { table.add($0, $1) }
  }

  /// A row that names its payment alone may be any refund of it that is under way and of which the
  /// gateway has told no number: its answers got lost. One with the number of a refund is that one.
  private mutating func guess(
    refund entry: Entry, _ row: Int, _ theirs: EntryTable
  ) throws(StoreError) {
    let books = books
    let payment = entry.reference.isEmpty ? entry.parent : entry.reference
    guard !payment.isEmpty else { return }
    try books.unnumberedRefunds(of: theirs.string(payment)) { known, texts in
      guard known.isOf(Money(entry.gross, entry.currency)) else { return }
      table.add(known, texts)
      table.suggest(row, known.subject)
    }
  }
}

extension BookRow {
  /// Whether a movement of a dispute goes the way of a row of a bill.
  func isSameWay(as minor: Int64) -> Bool { isReinstatement == (minor >= 0) }

  /// - Parameter money: as a bill has it.
  func isOf(_ money: Money) -> Bool {
    amount.currency == money.currency && isReinstatement == (money.minor >= 0)
      && amount.minor.magnitude == money.minor.magnitude
  }
}
