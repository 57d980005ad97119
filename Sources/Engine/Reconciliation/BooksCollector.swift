import Domain
import Reconciliation
import Store

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
    try addReturns(namedBy: theirs)
    return left
  }

  /// Refunds that came back whole, behind all that the same numbers may mean. A row of another
  /// amount, or one that takes money, proves nothing of a refund.
  private mutating func addReturns(namedBy theirs: EntryTable) throws(StoreError) {
    guard theirs.has(.refundReturn) else { return }
    let books = books
    for entry in theirs.entries where entry.kind == .refundReturn {
      let reference = theirs.string(entry.reference)
      let transaction = theirs.string(entry.transaction)
      func take(_ known: BookRow, _ texts: BookTexts) {
        if known.isOf(Money(entry.gross, entry.currency)) { table.add(known, texts) }
      }
      if !reference.isEmpty, try books.refundReturn(number: reference, take) { continue }
      guard !transaction.isEmpty else { continue }
      _ = try books.refundReturn(transaction: transaction, take)
    }
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
    // Without a contract a fee is what the gateway told, whatever was received.
    guard table.hasContracts else { return }
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
