import Domain
import Reconciliation
import Store

/// Our side of a comparison: rows of the store as entries, with what each of them is.
struct BooksTable {
  private(set) var table = EntryTable()
  /// By row of the table.
  private(set) var rows: [BookRow] = []
  private var subjects: Set<LocalSubject> = []
  /// Orders that are paid and not handed out; each is told of once.
  private var waitingForGoods: Set<OrderID> = []
  private let fees: FeeBook
  /// Goods go out through us: an order without any is waiting for them.
  private let watchesDeliveries: Bool

  init(_ fees: FeeBook, watchesDeliveries: Bool) {
    self.fees = fees
    self.watchesDeliveries = watchesDeliveries
  }

  /// Adds a row once.
  ///
  /// - Parameter isCarried: it was left waiting by an earlier run.
  mutating func add(_ row: BookRow, isCarried: Bool = false) {
    guard subjects.insert(row.subject).inserted else { return }
    var flags: EntryFlags = isCarried ? [.carried] : []
    if watchesDeliveries, Self.isOwed(row), waitingForGoods.insert(row.order).inserted {
      flags.insert(.deliverable)
    }
    let fee = expectedFee(row)
    if fee != nil { flags.insert(.hasFee) }
    var entry = Entry(
      kind: kind(row), status: status(row), at: row.at, gross: row.amount.minor, fee: fee ?? 0,
      currency: row.amount.currency, flags: flags)
    switch row.subject {
    case .refund, .reversal, .dispute: entry.gross = -row.amount.minor
    case .payment, .order: break
    }
    if let transaction = row.transaction { entry.transaction = table.keep(transaction) }
    if row.isWithoutUs {
      entry.flags.insert(.withoutUs)
    } else {
      entry.reference = table.keep(row.number)
    }
    if let parent = row.parent { entry.parent = table.keep(parent) }
    table.add(entry)
    rows.append(row)
  }

  /// What the gateway should have kept: as it told itself, else by its contract. Nil where neither
  /// says. The share of a refund in part depends on those before it.
  private func expectedFee(_ row: BookRow) -> Int64? {
    if let known = row.fee, known.currency == row.amount.currency { return known.minor }
    guard let contract = fees.contract(method: row.method, at: row.at) else { return nil }
    switch row.subject {
    case .payment: return contract.fee(ofCharge: row.amount.minor)
    case .refund, .reversal:
      return expectedReturn(row, contract)
    case .order, .dispute: return nil
    }
  }

  private func expectedReturn(_ row: BookRow, _ contract: FeeContract) -> Int64? {
    guard let charged = row.charged, charged.currency == row.amount.currency,
      let fee = contract.fee(ofCharge: charged.minor)
    else { return nil }
    let charge = (gross: charged.minor, fee: fee)
    var before: (gross: Int64, fee: Int64) = (0, 0)
    for part in row.refundedBefore {
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

  func holds(_ subject: LocalSubject) -> Bool { subjects.contains(subject) }

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
    _ statement: StatementRecord, _ rules: MatchRules, _ books: BookQueries, _ fees: FeeBook
  ) throws(StoreError) {
    table = BooksTable(fees, watchesDeliveries: try books.hasDelivered())
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
    for row in try books.reversed(from: from, to: to) { table.add(row) }
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
    for entry in theirs.entries where entry.kind == .dispute { try addDispute(entry, theirs) }
    if try books.hasReversals() { try addReversals(namedBy: theirs) }
    var known = Set(table.rows.map { Array($0.number.utf8) })
    for entry in theirs.entries where entry.kind == .charge || entry.kind == .refund {
      let reference = theirs.text(entry.reference)
      guard reference.isEmpty || !known.contains(Array(reference)) else { continue }
      guard let row = try find(entry, theirs) else { continue }
      known.insert(Array(row.number.utf8))
      table.add(row)
    }
  }

  /// What the gateway gave back by itself is told of when it is asked, which may be days after it
  /// stood in a bill.
  private mutating func addReversals(namedBy theirs: EntryTable) throws(StoreError) {
    for entry in theirs.entries where entry.kind == .refund {
      for span in [entry.parent, entry.reference] where !span.isEmpty {
        if let row = try books.reversal(ofPayment: theirs.string(span)) { table.add(row) }
      }
    }
  }

  /// One dispute of ours for each row: the one of the same amount before any other.
  private mutating func addDispute(
    _ entry: Entry, _ theirs: EntryTable
  ) throws(StoreError) {
    let found = try books.disputes(
      transaction: theirs.string(entry.transaction), reference: theirs.string(entry.reference),
      parent: theirs.string(entry.parent)
    ).filter { !table.holds($0.subject) }
    let same = found.first {
      $0.amount.currency == entry.currency && $0.amount.minor == -max(entry.gross, -Int64.max)
    }
    if let row = same ?? found.first { table.add(row) }
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
