import Domain
import Reconciliation
import Store

/// Payouts, halves of exchanges, and movements of the balance that another statement in force has
/// as well. They are about nothing of ours that could be matched once, so they belong to the
/// statement that was compared first.
struct MovementCopies {
  /// By rows of the bill: where else each stands.
  private(set) var rows: [Int: StatementRowReference] = [:]

  /// Where the payouts stand that are looked for at the bank instead of their copies.
  private(set) var payouts: Set<String> = []

  var statements: [StatementID] { Set(rows.values.map(\.statement)).sorted() }

  /// Two exports may cut the time differently, as one without seconds.
  private static let clockMilliseconds: Int64 = 60_000

  private struct Key: Hashable {
    let kind: EntryKind
    let number: [UInt8]
    let gross: Int64
    let currency: Currency

    /// Nil for a row of another kind, and for one without a number that shows that two are one.
    init?(_ entry: Entry, _ table: EntryTable, _ content: StatementContent) {
      let number: TextSpan
      if [.payout, .payoutReturn, .conversion].contains(entry.kind) {
        number = entry.transaction
      } else {
        // What one trade moved shares its number; each movement of a balance has one of its own.
        guard content == .fund, entry.kind.isOfTrades else { return nil }
        number = entry.parent
      }
      guard entry.status == .succeeded, !number.isEmpty else { return nil }
      kind = entry.kind
      self.number = Array(table.text(number))
      gross = entry.gross
      currency = entry.currency
    }
  }

  fileprivate mutating func add(
    _ others: StatementRows, to own: EntryTable, _ content: StatementContent
  ) {
    var places: [Key: [Int]] = [:]
    for (row, entry) in others.table.entries.enumerated() {
      if let key = Key(entry, others.table, content) { places[key, default: []].append(row) }
    }
    var found: [Int: Int] = [:]
    for (row, entry) in own.entries.enumerated() where rows[row] == nil {
      guard let key = Key(entry, own, content) else { continue }
      found[row] = places[key]?.first { place in
        others.table.entries[place].at.milliseconds(since: entry.at).magnitude
          < Self.clockMilliseconds.magnitude
      }
    }
    for (row, place) in found {
      rows[row] = others.reference(place)
      if own.entries[row].kind == .payout || own.entries[row].kind == .payoutReturn {
        payouts.insert(others.rowPlace(place).text)
      }
    }
  }

  /// An exchange of which the other statements have one half was not booked there.
  fileprivate mutating func leaveOutHalves(of own: EntryTable) {
    for pair in own.exchangePairs where (rows[pair.given] == nil) != (rows[pair.received] == nil) {
      (rows[pair.given], rows[pair.received]) = (nil, nil)
    }
  }
}

extension Comparison {
  /// Statements overlap by a few: an export beside the bills of its days.
  static let overlapsMax = 1000

  /// - Parameter own: the rows of the statement itself.
  func findCopies(
    in own: EntryTable, of statement: StatementRecord
  ) throws -> MovementCopies {
    var copies = MovementCopies()
    let content = statement.content
    guard
      content == .fund || own.has(.payout) || own.has(.payoutReturn) || own.has(.conversion)
    else { return copies }
    for other in try comparedBefore(statement) {
      copies.add(StatementRows(try kept.read(other).table, of: other.id), to: own, content)
    }
    copies.leaveOutHalves(of: own)
    return copies
  }

  /// Statements of the same content in force that share days with one and were compared before it,
  /// in the order of their identifiers.
  private func comparedBefore(_ statement: StatementRecord) throws -> [StatementRecord] {
    let own = try firstRun(over: statement)
    let all = try store.statements(
      gateway: statement.gateway, content: statement.content, from: statement.from,
      to: statement.to, before: nil, limit: Self.overlapsMax)
    return try all.reversed().filter { other in
      guard other.id != statement.id, other.supersededBy == nil,
        let first = try firstRun(over: other)
      else { return false }
      return own.map { first < $0 } ?? true
    }
  }

  /// A statement goes on with what the one held that it was issued in place of.
  func firstRun(over statement: StatementRecord) throws -> RunID? {
    var first: RunID?
    var record: StatementRecord? = statement
    while let present = record {
      if let oldest = try store.firstRun(over: present) { first = min(first ?? oldest, oldest) }
      record = try store.statement(supersededBy: present.id)
    }
    return first
  }
}
