import Domain
import Reconciliation
import Store

/// Payouts, and halves of exchanges, that another statement in force has as well. They are about
/// nothing of ours that could be matched once, so they belong to the statement that was compared
/// first.
struct MovementCopies {
  /// By rows of the bill: where else each stands.
  private(set) var rows: [Int: StatementRowReference] = [:]

  var statements: [StatementID] { Set(rows.values.map(\.statement)).sorted() }

  /// Two exports may cut the time differently, as one without seconds.
  private static let clockMilliseconds: Int64 = 60_000

  private struct Key: Hashable {
    let kind: EntryKind
    let transaction: [UInt8]
    let gross: Int64
    let currency: Currency

    /// Nil for a row of another kind, and for one without a number that shows that two are one.
    init?(_ entry: Entry, _ table: EntryTable) {
      guard [.payout, .payoutReturn, .conversion].contains(entry.kind),
        entry.status == .succeeded, !entry.transaction.isEmpty
      else { return nil }
      kind = entry.kind
      transaction = Array(table.text(entry.transaction))
      gross = entry.gross
      currency = entry.currency
    }
  }

  fileprivate mutating func add(_ others: StatementRows, to own: EntryTable) {
    var places: [Key: [Int]] = [:]
    for (row, entry) in others.table.entries.enumerated() {
      if let key = Key(entry, others.table) { places[key, default: []].append(row) }
    }
    var found: [Int: Int] = [:]
    for (row, entry) in own.entries.enumerated() where rows[row] == nil {
      guard let key = Key(entry, own) else { continue }
      found[row] = places[key]?.first { place in
        others.table.entries[place].at.milliseconds(since: entry.at).magnitude
          < Self.clockMilliseconds.magnitude
      }
    }
    // An exchange of which the other statement has a half was not booked there.
    for pair in own.exchangePairs
    where (found[pair.given] == nil) != (found[pair.received] == nil) {
      (found[pair.given], found[pair.received]) = (nil, nil)
    }
    for (row, place) in found { rows[row] = others.reference(place) }
  }
}

extension Comparison {
  /// Statements overlap by a few: an export beside the bills of its days.
  private static let overlapsMax = 1000

  func findCopies(in own: EntryTable) throws -> MovementCopies {
    var copies = MovementCopies()
    guard own.has(.payout) || own.has(.payoutReturn) || own.has(.conversion) else { return copies }
    for other in try comparedBefore() {
      copies.add(StatementRows(try kept.read(other).table, of: other.id), to: own)
    }
    return copies
  }

  /// Statements of the same content in force that share days with this one and were compared
  /// before it, in the order of their identifiers.
  private func comparedBefore() throws -> [StatementRecord] {
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
  private func firstRun(over statement: StatementRecord) throws -> RunID? {
    var first: RunID?
    var record: StatementRecord? = statement
    while let present = record {
      if let oldest = try store.firstRun(over: present.id) { first = min(first ?? oldest, oldest) }
      record = try store.statement(supersededBy: present.id)
    }
    return first
  }
}
