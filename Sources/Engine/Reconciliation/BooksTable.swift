import Domain
import Reconciliation
import Store

/// Our side of a comparison: rows of the store as entries, with what each of them is.
struct BooksTable {
  private(set) var table = EntryTable()
  /// By row of the table.
  private(set) var rows: [BookRow] = []
  private var subjects: Set<LocalSubject> = []
  private let fees: FeeBook

  init(_ fees: FeeBook) { self.fees = fees }

  /// Adds a row once.
  ///
  /// - Parameter isCarried: it was left waiting by an earlier run.
  mutating func add(_ row: BookRow, isCarried: Bool = false) {
    guard subjects.insert(row.subject).inserted else { return }
    var flags: EntryFlags = isCarried ? [.carried] : []
    if row.deliveryState == .delivered { flags.insert(.delivered) }
    let fee = expectedFee(row)
    if fee != nil { flags.insert(.hasFee) }
    var entry = Entry(
      kind: kind(row), status: status(row), at: row.at, gross: row.amount.minor, fee: fee ?? 0,
      currency: row.amount.currency, flags: flags)
    if case .refund = row.subject { entry.gross = -row.amount.minor }
    if let transaction = row.transaction { entry.transaction = table.keep(transaction) }
    entry.reference = table.keep(row.number)
    if let parent = row.parent { entry.parent = table.keep(parent) }
    table.add(entry)
    rows.append(row)
  }

  /// What the gateway should have kept: as it told itself, else by its contract. Nil where neither
  /// says; of a refund in part the share depends on those before it, so nothing is expected.
  private func expectedFee(_ row: BookRow) -> Int64? {
    if let known = row.fee, known.currency == row.amount.currency { return known.minor }
    guard let contract = fees.contract(method: row.method, at: row.at) else { return nil }
    switch row.subject {
    case .payment: return contract.fee(ofCharge: row.amount.minor)
    case .refund:
      if contract.refunds == .kept { return 0 }
      guard row.charged == row.amount else { return nil }
      return contract.fee(ofCharge: row.amount.minor).map { -$0 }
    case .order: return nil
    }
  }

  func holds(_ subject: LocalSubject) -> Bool { subjects.contains(subject) }

  private func kind(_ row: BookRow) -> EntryKind {
    switch row.subject {
    case .payment: .charge
    case .refund: .refund
    case .order: .order
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
    _ statement: StatementRecord, _ rules: MatchRules, _ books: BookQueries, _ fees: FeeBook
  ) {
    table = BooksTable(fees)
    self.statement = statement
    self.rules = rules
    self.books = books
  }

  /// What the days of the statement should hold.
  ///
  /// - Parameter followsRun: the day before was compared, so that what waits at its end is known.
  mutating func addDays(followsRun: Bool) throws(StoreError) {
    let margin = rules.cutOffMilliseconds
    // Without a run before this one, rows of the evening before stand in a bill nobody has seen.
    let from = followsRun ? statement.from.adding(milliseconds: -margin) : statement.from
    let to = statement.to.adding(milliseconds: margin)
    for row in try books.paid(from: from, to: to) { table.add(row) }
    for row in try books.refunded(from: from, to: to) { table.add(row) }
    for row in try books.openRefunds(from: from, to: statement.to) { table.add(row) }
  }

  /// What earlier runs left waiting, where it is still not matched.
  mutating func addWaiting(_ waiting: [WaitingRow]) throws(StoreError) {
    for row in waiting where row.line == nil {
      guard let subject = LocalSubject(text: row.subject), !table.holds(subject),
        let book = try books.row(subject)
      else { continue }
      table.add(book, isCarried: true)
    }
  }

  /// What the statement's rows name beside that: payments that we do not know as paid, and orders.
  mutating func addNamed(by theirs: EntryTable) throws(StoreError) {
    var known = Set(table.rows.map { Array($0.number.utf8) })
    for entry in theirs.entries where entry.kind == .charge || entry.kind == .refund {
      let reference = theirs.text(entry.reference)
      guard reference.isEmpty || !known.contains(Array(reference)) else { continue }
      guard let row = try find(entry, theirs) else { continue }
      known.insert(Array(row.number.utf8))
      table.add(row)
    }
  }

  private func find(_ entry: Entry, _ theirs: EntryTable) throws(StoreError) -> BookRow? {
    let reference = theirs.string(entry.reference)
    let transaction = theirs.string(entry.transaction)
    if entry.kind == .refund {
      if !reference.isEmpty, let row = try books.refund(number: reference) { return row }
      return transaction.isEmpty ? nil : try books.refund(transaction: transaction)
    }
    if !reference.isEmpty, let row = try books.payment(number: reference) { return row }
    if !transaction.isEmpty, let row = try books.payment(transaction: transaction) { return row }
    return reference.isEmpty ? nil : try books.order(number: reference)
  }
}
