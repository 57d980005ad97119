import Domain
import Intake
import Reconciliation
import Store

/// Rows of a bill, and behind them those that earlier bills left waiting.
struct StatementRows {
  private(set) var table: EntryTable
  /// Rows of the bill itself.
  let ownCount: Int
  /// Where rows come from, ascending: the first row of each statement.
  private var origins: [(firstRow: Int, statement: StatementID)]

  init(_ table: EntryTable, of id: StatementID) {
    self.table = table
    ownCount = table.count
    origins = [(0, id)]
  }

  mutating func add(_ other: EntryTable, of id: StatementID) {
    origins.append((table.count, id))
    table.append(other)
  }

  mutating func prepareBankRows(gatewayKind: String, taken: Set<UInt32>) {
    table.prepareBankRows(gatewayKind: gatewayKind, taken: taken)
  }

  mutating func mark(_ rows: [Int], _ flag: EntryFlags) { table.mark(rows, flag) }

  /// Adds payouts that were found before.
  mutating func addFound(_ other: EntryTable, of id: StatementID) {
    let first = table.count
    add(other, of: id)
    table.mark(Array(first..<table.count), .taken)
  }

  /// Rows of its own statement that give payouts back.
  func returns(onLines lines: Set<Int64>) -> [Int] {
    guard !lines.isEmpty else { return [] }
    return (0..<ownCount).filter {
      table.entries[$0].kind == .payoutReturn && lines.contains(Int64(table.entries[$0].line))
    }
  }

  /// The payouts that rows give back which hold none of them.
  var payoutsGivenBack: Set<[UInt8]> {
    table.has(.payoutReturn) ? names(.payoutReturn).subtracting(payoutNames) : []
  }

  /// The gateway's numbers of all payouts.
  var payoutNames: Set<[UInt8]> { names(.payout) }

  private func names(_ kind: EntryKind) -> Set<[UInt8]> {
    Set(
      table.entries.lazy.filter { $0.kind == kind && !$0.transaction.isEmpty }
        .map { Array(table.text($0.transaction)) })
  }

  func payouts(named names: Set<[UInt8]>) -> [Int] {
    guard !names.isEmpty else { return [] }
    return table.entries.indices.filter {
      let entry = table.entries[$0]
      return entry.kind == .payout && names.contains(Array(table.text(entry.transaction)))
    }
  }

  /// Payouts that the bank is looked through for.
  var awaitedPayouts: [Int] {
    table.entries.indices.filter {
      table.entries[$0].kind == .payout && !table.entries[$0].flags.contains(.taken)
    }
  }

  /// That of the rows which stand in no earlier one.
  var ownStatement: StatementID { origins[0].statement }

  func rowPlace(_ row: Int) -> StatementPlace {
    let (statement, line) = place(of: row)
    return StatementPlace(statement: statement, line: line)
  }

  /// Where a row stands.
  func place(of row: Int) -> (statement: StatementID, line: Int64) {
    let origin = row < ownCount ? origins.first : origins.last { $0.firstRow <= row }
    return ((origin ?? origins[0]).statement, Int64(table.entries[row].line))
  }

  func reference(_ place: Int) -> StatementRowReference {
    let entry = table.entries[place]
    func text(_ span: TextSpan) -> String? { span.isEmpty ? nil : table.string(span) }
    return StatementRowReference(
      statement: self.place(of: place).statement, line: Int64(entry.line),
      transaction: text(entry.transaction), reference: text(entry.reference),
      parent: entry.kind == .dispute ? text(entry.parent) : nil, at: entry.at)
  }

  func waiting(_ place: Int) -> WaitingRow {
    let row = reference(place)
    return WaitingRow(statement: row.statement, line: row.line, subject: row.text)
  }
}

/// What earlier comparisons left waiting.
struct LeftWaiting {
  /// Compared again now.
  var earlier: [WaitingRow] = []
  /// Left in statements that the present one does not follow.
  var untouched: [WaitingRow] = []
  /// Rows of bills among the earlier ones, by their statements, in the order of their identifiers.
  var rows: [(statement: StatementRecord, lines: Set<UInt32>)] = []
}

/// Statements as they lie in the store, read again from their bytes.
struct KeptStatements {
  let store: StoreReader

  /// - Throws: `Rejection` where there is none or it holds something else.
  func required(
    _ id: StatementID, _ content: StatementContent, _ parameter: String, _ what: String
  ) throws -> StatementRecord {
    guard let record = try store.statement(id) else {
      throw Rejection(
        .statementNotFound, "There is no statement \(id).", path: "/params/\(parameter)")
    }
    guard record.content == content else {
      throw Rejection(
        .statementNotComparable, "\(id) is no \(what).", path: "/params/\(parameter)")
    }
    if let newer = record.supersededBy {
      throw Rejection(
        .statementSuperseded, "\(id) was issued again as \(newer).",
        path: "/params/\(parameter)", details: [.init("superseded_by", .text(newer.text))])
    }
    return record
  }

  func read(_ record: StatementRecord) throws -> Statement {
    try reading(record, .none).value()
  }

  /// The kept bytes must give the rows that they gave when they were taken in. They are read at
  /// once, and understood by a thread beside this one.
  func reading(_ record: StatementRecord, _ threads: Threads) throws -> Meanwhile<Statement> {
    let bytes = try store.statementBytes(record.id)
    let layout = try StatementReading.layout(of: record)
    return Meanwhile(threads) {
      let statement = try StatementReading.open(bytes, as: layout).statement
      guard Int64(statement.table.count) == record.rows else {
        throw Rejection(
          .internal, "The bytes of \(record.id) give \(statement.table.count) rows now.")
      }
      return statement
    }
  }

  /// A row of ours stands under the statement whose comparison left it, and may be of any day
  /// before: it is compared again by the same statement, and by what was issued in its place.
  ///
  /// - Parameters:
  ///   - own: the statements compared now; their own rows are found anew.
  ///   - wanted: rows that are compared again wherever they stand.
  func waiting(
    _ content: StatementContent, before statement: StatementRecord, besides own: [StatementID],
    and wanted: Set<String>
  ) throws -> LeftWaiting {
    var left = LeftWaiting()
    var lines: [StatementID: Set<UInt32>] = [:]
    var records: [StatementID: StatementRecord] = [:]
    let waiting = try store.waitingRows(of: statement.gateway, content)
    let known = Set(waiting.map(\.subject))
    let freed = try store.payoutsFreed(of: statement.gateway, content)
    for row in waiting + freed.filter({ !known.contains($0.subject) })
    where row.line == nil || !own.contains(row.statement) {
      if records[row.statement] == nil {
        records[row.statement] = try store.statement(row.statement)
      }
      guard let from = records[row.statement], row.line == nil || from.supersededBy == nil else {
        continue
      }
      guard
        from.from < statement.from || (row.line == nil && from.from == statement.from)
          || wanted.contains(row.subject)
      else {
        left.untouched.append(row)
        continue
      }
      left.earlier.append(row)
      if let line = row.line { lines[from.id, default: []].insert(UInt32(clamping: line)) }
    }
    for id in lines.keys.sorted() {
      if let record = records[id], let wanted = lines[id] { left.rows.append((record, wanted)) }
    }
    return left
  }

  /// The rows of a statement that wait.
  func carried(_ statement: StatementRecord, _ lines: Set<UInt32>) throws -> EntryTable {
    try read(statement).table.rows(onLines: lines, adding: .carried)
  }

  /// Payouts on these lines of a statement that have one of these names.
  func payouts(
    _ names: Set<[UInt8]>, of statement: StatementRecord, _ lines: Set<UInt32>
  ) throws -> EntryTable {
    let table = try read(statement).table
    let named = table.entries.filter {
      $0.kind == .payout && lines.contains($0.line)
        && names.contains(Array(table.text($0.transaction)))
    }
    return table.rows(onLines: Set(named.map(\.line)), adding: .carried)
  }

  func rows(of statement: StatementRecord, _ lines: Set<UInt32>) throws -> EntryTable {
    try read(statement).table.rows(onLines: lines, adding: [])
  }
}
