import Domain

/// The compared rows of a table, dealt out by their keys: rows of one key are in one share, and
/// the rows of a share are few enough to stay in a processor's cache while they are joined.
struct RowShares: Sendable {
  /// Rows of one share on average.
  private static let wantedRows = 2048
  private static let most = 4096

  private let rows: [Int32]
  /// Where each share begins, and the end.
  private let starts: [Int32]

  /// How many shares the longer of two tables asks for; a power of two.
  static func count(rows: Int) -> Int {
    var count = 1
    while count < most, count * wantedRows < rows { count *= 2 }
    return count
  }

  /// - Parameter count: a power of two.
  init(_ table: EntryTable, count: Int) {
    let mask = UInt32(count - 1)
    var ends = [Int32](repeating: 0, count: count + 1)
    for entry in table.entries where Self.isCompared(entry.kind) {
      ends[Int(entry.keyHash & mask) + 1] += 1
    }
    for share in 0..<count { ends[share + 1] += ends[share] }
    starts = ends
    var rows = [Int32](repeating: 0, count: Int(ends[count]))
    for (row, entry) in table.entries.enumerated() where Self.isCompared(entry.kind) {
      let share = Int(entry.keyHash & mask)
      rows[Int(ends[share])] = Int32(row)
      ends[share] += 1
    }
    self.rows = rows
  }

  static func isCompared(_ kind: EntryKind) -> Bool {
    kind == .charge || kind == .refund || kind == .dispute
  }

  /// Ascending.
  subscript(share: Int) -> ArraySlice<Int32> {
    rows[Int(starts[share])..<Int(starts[share + 1])]
  }
}

/// A row with enough of its key to tell almost every other key apart.
struct KeyedRow {
  let row: Int32
  let hash: UInt32
  /// The last bytes of the key, where numbers differ.
  let tail: UInt64

  /// Reads the keys one after the other: none of these reads waits for another, so that the
  /// processor makes many of them at once.
  static func gathered(_ rows: ArraySlice<Int32>, _ table: EntryTable) -> [KeyedRow] {
    rows.map { row in
      let entry = table.entries[Int(row)]
      return KeyedRow(
        row: row, hash: entry.keyHash, tail: table.tail(of: table.keySpan(entry)))
    }
  }
}
