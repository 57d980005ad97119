import Crypto
package import Domain
import Intake
package import Reconciliation
package import Store

/// Compares a statement with our books, on one state of the store and beside the writer. It
/// changes nothing: what it found is a draft that the engine writes.
package struct Comparison {
  private let store: StoreReader
  private let statement: StatementRecord
  private let bank: StatementRecord?
  private let now: Timestamp
  private var theirs = EntryTable()
  /// Where rows of `theirs` come from, ascending: the first row of each statement.
  private var origins: [(firstRow: Int, statement: StatementID)] = []
  private var bankRows = EntryTable()
  private let fees: FeeBook
  private var books: BooksTable
  /// The statement that this one was issued in place of.
  private var older: StatementRecord?
  /// Rows that wait in statements which this one does not follow.
  private var untouched: [WaitingRow] = []

  /// - Parameter fees: the contracts of a gateway by its configured name.
  /// - Throws: `Rejection` where the statement cannot be compared, `StoreError`.
  package static func draft(
    of id: StatementID, with bank: StatementID?, from store: StoreReader, at now: Timestamp,
    fees: (_ gateway: String) -> FeeBook = { _ in FeeBook() }
  ) throws -> RunDraft {
    let statement = try required(id, "statement", store)
    guard statement.content == .trade else {
      throw Rejection(
        .statementNotComparable, "\(id) is no list of payments and refunds.",
        path: "/params/statement")
    }
    if let newer = statement.supersededBy {
      throw Rejection(
        .statementSuperseded, "\(id) was issued again as \(newer).", path: "/params/statement",
        details: [.init("superseded_by", .text(newer.text))])
    }
    let bank = try bank.map { try required($0, "bank", store) }
    if let bank, bank.content != .bank {
      throw Rejection(
        .statementNotComparable, "\(bank.id) is no bank's statement.", path: "/params/bank")
    }
    var comparison = Comparison(store, statement, bank, fees(statement.gateway), at: now)
    return try comparison.run()
  }

  private static func required(
    _ id: StatementID, _ parameter: String, _ store: StoreReader
  ) throws -> StatementRecord {
    guard let record = try store.statement(id) else {
      throw Rejection(
        .statementNotFound, "There is no statement \(id).", path: "/params/\(parameter)")
    }
    return record
  }

  private init(
    _ store: StoreReader, _ statement: StatementRecord, _ bank: StatementRecord?,
    _ fees: FeeBook, at now: Timestamp
  ) {
    self.fees = fees
    books = BooksTable(fees)
    self.store = store
    self.statement = statement
    self.bank = bank
    self.now = now
  }

  private mutating func run() throws -> RunDraft {
    var rules = MatchRules(from: statement.from, to: statement.to, asOf: now)
    rules.comparesBank = bank != nil
    // Each row is rounded by itself, and contracts do not always say how.
    rules.feeTolerance = 1
    let own = try read(statement)
    origins = [(0, statement.id)]
    theirs = own.table
    let waiting = try loadWaiting()
    try loadBooks(rules, waiting)
    var input = MatchInput(statement: theirs, local: books.table, checks: own.checks)
    if let bank {
      bankRows = try read(bank).table
      input.bank = bankRows
    }
    older = try store.statement(supersededBy: statement.id)
    if let older { input.superseded = try read(older).table }
    let result = Matcher(input, rules).run()
    try checkBuckets(result, input)
    return try draft(result, input, rules)
  }

  /// The kept bytes, read again. They must give the rows that they gave when they were taken in.
  private func read(_ record: StatementRecord) throws -> Statement {
    let bytes = try store.statementBytes(record.id)
    let opened = try StatementReading.open(bytes, format: record.format)
    guard Int64(opened.statement.table.count) == record.rows else {
      throw Rejection(
        .internal, "The bytes of \(record.id) give \(opened.statement.table.count) rows now.")
    }
    return opened.statement
  }

  // MARK: Both sides

  /// Rows of earlier statements that wait are compared again with this one's.
  private mutating func loadWaiting() throws -> [WaitingRow] {
    var earlier: [WaitingRow] = []
    var lines: [StatementID: Set<UInt32>] = [:]
    for row in try store.waitingRows(of: statement) where row.statement != statement.id {
      guard let from = try store.statement(row.statement), from.supersededBy == nil else {
        continue
      }
      guard from.from < statement.from else {
        untouched.append(row)
        continue
      }
      earlier.append(row)
      if let line = row.line { lines[from.id, default: []].insert(UInt32(clamping: line)) }
    }
    for id in lines.keys.sorted() {
      guard let record = try store.statement(id), let wanted = lines[id] else { continue }
      let table = try read(record).table
      origins.append((theirs.count, id))
      theirs.append(table.rows(onLines: wanted, adding: .carried))
    }
    return earlier
  }

  private mutating func loadBooks(_ rules: MatchRules, _ waiting: [WaitingRow]) throws {
    var collector = BooksCollector(
      statement, rules, try store.books(for: statement), fees)
    let followsRun = try store.hasRun(
      gateway: statement.gateway, content: statement.content, endingAt: statement.from)
    try collector.addDays(followsRun: followsRun)
    try collector.addWaiting(waiting)
    try collector.addNamed(by: theirs)
    books = collector.table
  }

  private func origin(ofRow row: Int) -> StatementID {
    (origins.last { $0.firstRow <= row } ?? (0, statement.id)).statement
  }

  /// I13: each row of both sides ended in exactly one bucket.
  private func checkBuckets(_ result: MatchResult, _ input: MatchInput) throws {
    let isWhole =
      result.statementBuckets.count == input.statement.count
      && result.localBuckets.count == input.local.count
      && !result.statementBuckets.contains(.unassigned)
      && !result.localBuckets.contains(.unassigned)
    guard isWhole else {
      throw Rejection(.internal, "A row of \(statement.id) ended in no bucket.")
    }
  }

  // MARK: The draft

  private func draft(
    _ result: MatchResult, _ input: MatchInput, _ rules: MatchRules
  ) throws -> RunDraft {
    let found = result.discrepancies.enumerated().map { index, item in
      discrepancy(item, index, rules)
    }
    let theirTotals = Self.buckets(MatchResult.totals(input.statement, result.statementBuckets))
    let ourTotals = Self.buckets(MatchResult.totals(input.local, result.localBuckets))
    return RunDraft(
      statement: statement, statementRows: Int64(input.statement.count),
      localRows: Int64(input.local.count), statementBuckets: theirTotals,
      localBuckets: ourTotals, discrepancies: found, fillBacks: fillBacks(result),
      matches: matches(result), waiting: waiting(result),
      replaces: older?.id, follows: try latest(),
      digest: digest(theirTotals, ourTotals, found))
  }

  private func latest() throws -> RunID? {
    try store.latestRun(gateway: statement.gateway, content: statement.content)
  }

  private static func buckets(_ totals: [BucketTotal]) -> [BucketRecord] {
    var records: [BucketRecord] = []
    for (bucket, total) in zip(Bucket.allCases, totals) {
      for (place, sum) in total.sums.enumerated() {
        records.append(
          BucketRecord(
            bucket: bucket.word, rows: place == 0 ? Int64(total.rows) : 0,
            sum: Money(sum.minor ?? .max, sum.currency)))
      }
    }
    return records
  }

  private func row(_ place: Int, of table: EntryTable, _ id: StatementID) -> StatementRowReference {
    let entry = table.entries[place]
    func text(_ span: TextSpan) -> String? { span.isEmpty ? nil : table.string(span) }
    return StatementRowReference(
      statement: id, line: Int64(entry.line), transaction: text(entry.transaction),
      reference: text(entry.reference), at: entry.at)
  }

  private func theirRow(_ place: Int) -> StatementRowReference {
    row(place, of: theirs, origin(ofRow: place))
  }

  private func discrepancy(
    _ found: Discrepancy, _ index: Int, _ rules: MatchRules
  ) -> DraftDiscrepancy {
    let theirs = found.statementRow.map(theirRow)
    let ours = found.localRow.map { books.rows[$0] }
    let bankRow = bank.flatMap { bank in
      found.bankRow.map { row($0, of: bankRows, bank.id) }
    }
    let level = found.level(twoPersonsAbove: rules.twoPersonsAbove)
    return DraftDiscrepancy(
      kind: found.kind, level: level, expected: found.expected, actual: found.actual,
      currency: found.currency, theirs: theirs, bank: bankRow, ours: ours?.subject,
      order: ours?.order,
      suggestions: found.suggestions.map { $0.map { Int64(self.theirs.entries[$0].line) } },
      mark: mark(found.kind, theirs, bankRow, ours?.subject, index))
  }

  private func mark(
    _ kind: DiscrepancyKind, _ theirs: StatementRowReference?, _ bank: StatementRowReference?,
    _ ours: LocalSubject?, _ index: Int
  ) -> String {
    var parts = [kind.word]
    if let theirs {
      // A copy of a row has all the numbers of the first one.
      let isNamed = kind != .duplicateRow && theirs.transaction != nil
      parts.append(isNamed ? theirs.transaction ?? "" : theirs.text)
    }
    if let bank { parts.append(bank.text) }
    if let ours { parts.append(ours.text) }
    if parts.count == 1 { parts.append("\(statement.id)#\(index)") }
    return parts.joined(separator: "|")
  }

  private func fillBacks(_ result: MatchResult) -> [FillBack] {
    var all: [FillBack] = []
    for (place, partner) in result.partners.enumerated() where partner >= 0 {
      let entry = theirs.entries[place]
      let ours = books.rows[Int(partner)]
      guard entry.status == .succeeded, ours.standing != .succeeded || ours.isWeak else {
        continue
      }
      let fee = entry.flags.contains(.hasFee) ? Money(abs(entry.fee), entry.currency) : nil
      all.append(
        FillBack(
          subject: ours.subject, row: theirRow(place),
          amount: Money(abs(entry.gross), entry.currency), fee: fee))
    }
    return all
  }

  private func matches(_ result: MatchResult) -> [MatchRow] {
    var parts: [LocalSubject: Int64] = [:]
    var all: [MatchRow] = []
    for (place, partner) in result.partners.enumerated() where partner >= 0 {
      let subject = books.rows[Int(partner)].subject
      let part = parts[subject, default: 0]
      parts[subject] = part + 1
      all.append(
        MatchRow(
          statement: origin(ofRow: place), line: Int64(theirs.entries[place].line),
          subject: subject, part: part))
    }
    return all
  }

  private func waiting(_ result: MatchResult) -> [WaitingRow] {
    var all = untouched
    for (place, bucket) in result.statementBuckets.enumerated() where bucket == .pooled {
      let row = theirRow(place)
      all.append(WaitingRow(statement: row.statement, line: row.line, subject: row.text))
    }
    for (place, bucket) in result.localBuckets.enumerated()
    where bucket == .pooled && books.rows[place].at < statement.to {
      all.append(
        WaitingRow(
          statement: statement.id, line: nil, subject: books.rows[place].subject.text))
    }
    return all
  }

  /// Two runs with one digest found the same in the same bytes.
  private func digest(
    _ theirs: [BucketRecord], _ ours: [BucketRecord], _ found: [DraftDiscrepancy]
  ) -> String {
    var text = statement.digest + "\n"
    for bucket in theirs + ours {
      text += "\(bucket.bucket) \(bucket.rows) \(bucket.sum.minor) \(bucket.sum.currency.code)\n"
    }
    for item in found {
      text += "\(item.mark) \(item.expected) \(item.actual) \(item.currency.code)\n"
    }
    return SHA256.hash(utf8: text).hex
  }
}
