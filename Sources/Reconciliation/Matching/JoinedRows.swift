/// Rows that were joined by the gateway's number: a bill that names nothing of ours may hold one of
/// them twice.
struct JoinedRows {
  private let table: EntryTable
  private var rows: [ArraySlice<UInt8>: [(entry: Entry, localRow: Int32)]] = [:]

  init(_ table: EntryTable) { self.table = table }

  mutating func add(_ entry: Entry, _ localRow: Int32) {
    rows[table.text(entry.transaction), default: []].append((entry, localRow))
  }

  /// The row of ours of one that said all the same.
  func partner(ofRowLike entry: Entry) -> Int32? {
    rows[table.text(entry.transaction)]?.first { other, _ in
      other.kind == entry.kind && other.gross == entry.gross && other.at == entry.at
        && other.currency == entry.currency && other.status == entry.status
        && EntryTable.same(table, other.reference, table, entry.reference)
    }?.localRow
  }
}
