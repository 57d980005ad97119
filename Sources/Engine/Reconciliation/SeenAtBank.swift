import Domain
import Reconciliation
import Store

/// What earlier runs found at the bank of the payouts that are compared now, in other files than
/// the one that is compared: parts of a payout may stand in several.
struct SeenAtBank {
  /// Rows of one file, flagged as carried; those of payouts that are looked for no more as taken.
  struct File {
    let statement: StatementID
    let rows: EntryTable
  }

  private(set) var files: [File] = []
  /// Where the parts of a payout are that is looked for in this run, by its row.
  private(set) var parts: [Int: [StatementPlace]] = [:]
  /// Payouts that came short and are not looked for in this run: they go on waiting.
  private(set) var short: [Int] = []
  /// Those of which all that came is at other accounts, with what came, and by which row last.
  private(set) var elsewhere: [(row: Int, came: Int64, last: StatementRowReference)] = []
  private var tables: [StatementID: (record: StatementRecord, table: EntryTable)] = [:]

  /// - Parameters:
  ///   - places: the rows of the bank's files in force that are this payout.
  ///   - bank: the file that is compared.
  /// - Returns: whether it is looked for in this run.
  mutating func add(
    _ row: Int, of rows: StatementRows, at places: [StatementPlace], beside bank: StatementRecord?,
    _ kept: KeptStatements, _ rules: MatchRules
  ) throws -> Bool {
    let payout = rows.table.entries[row]
    guard let credits = try credits(at: places, kept) else { return false }
    let isOfAccount = bank.map { credits.accounts == [$0.gateway] } ?? false
    let came = Self.sum(credits.rows, payout.currency)
    let isShort = came.map { $0 > 0 && $0 < payout.gross.magnitude } ?? false
    let isHere = places.contains { $0.statement == bank?.id }
    let isAwaited = isOfAccount && (isShort || isHere)
    if isAwaited { parts[row] = places }
    if isOfAccount {
      let others = places.filter { $0.statement != bank?.id }
      add(others, isAwaited ? .carried : [.carried, .taken])
    }
    let age = rules.asOf.milliseconds(since: payout.at)
    if isShort, !isAwaited, age <= rules.lateKeptMilliseconds {
      short.append(row)
      let isAway = bank.map { !credits.accounts.contains($0.gateway) } ?? false
      if isAway, let came, let last = last(of: places) { elsewhere.append((row, came, last)) }
    }
    return isAwaited
  }

  /// They must still be in force when what is compared is written.
  var statements: [StatementID] { files.map(\.statement) }

  /// What came by these rows; nil where they are not all of one currency.
  mutating func sum(
    at places: [StatementPlace], _ currency: Currency, _ kept: KeptStatements
  ) throws -> Int64? {
    try credits(at: places, kept).flatMap { Self.sum($0.rows, currency) }
  }

  /// The last to come.
  private func last(of places: [StatementPlace]) -> StatementRowReference? {
    var all: [(at: Timestamp, gross: Int64, reference: StatementRowReference)] = []
    for place in places {
      guard let table = tables[place.statement]?.table,
        let row = table.entries.firstIndex(where: { Int64($0.line) == place.line })
      else { continue }
      let (entry, rows) = (table.entries[row], StatementRows(table, of: place.statement))
      all.append((entry.at, entry.gross, rows.reference(row)))
    }
    return all.max { ($0.at, $0.gross) < ($1.at, $1.gross) }?.reference
  }

  private mutating func credits(
    at places: [StatementPlace], _ kept: KeptStatements
  ) throws -> (rows: [Entry], accounts: Set<String>)? {
    var rows: [Entry] = []
    var accounts: Set<String> = []
    for place in places {
      guard let file = try file(place.statement, kept) else { return nil }
      accounts.insert(file.record.gateway)
      rows += file.table.entries.filter { Int64($0.line) == place.line }
    }
    return (rows, accounts)
  }

  private mutating func add(_ places: [StatementPlace], _ flags: EntryFlags) {
    for id in Set(places.map(\.statement)).sorted() {
      let lines = Set(places.filter { $0.statement == id }.map { UInt32(clamping: $0.line) })
      guard let table = tables[id]?.table else { continue }
      files.append(File(statement: id, rows: table.rows(onLines: lines, adding: flags)))
    }
  }

  private mutating func file(
    _ id: StatementID, _ kept: KeptStatements
  ) throws -> (record: StatementRecord, table: EntryTable)? {
    if let known = tables[id] { return known }
    guard let record = try kept.store.statement(id) else { return nil }
    let file = (record: record, table: try kept.read(record).table)
    tables[id] = file
    return file
  }

  /// Nil where they are not all of one currency, or do not fit.
  private static func sum(_ credits: [Entry], _ currency: Currency) -> Int64? {
    var sum: Int64 = 0
    for credit in credits {
      let (next, overflow) = sum.addingReportingOverflow(credit.gross)
      guard !overflow, credit.currency == currency else { return nil }
      sum = next
    }
    return sum
  }
}
