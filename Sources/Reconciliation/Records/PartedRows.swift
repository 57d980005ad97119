import Synchronization

/// Rows of one side, shared out by their keys: all rows that have one key come into one part. They
/// are put aside as they are read, and each part comes back by itself.
package final class PartedRows: Sendable {
  /// Rows of one piece of the file in one part, as they lie in the store.
  struct Chunk: Sendable {
    let piece: Int32
    let rows: Int32
    let offset: Int
    let byteCount: Int
  }

  private struct State {
    /// By part, in no order.
    var chunks: [[Chunk]]
    /// Rows and lines of the pieces, by their place in the file.
    var pieces: [Int: (rows: Int, lines: Int)] = [:]
    var kindCounts = [Int](repeating: 0, count: EntryKind.allCases.count)
    /// Merchants and payouts; no rows.
    var words = EntryTable()
    var times: RowTimes?
    /// What the files before this one came to.
    var before = FilesBefore()
  }

  /// Pieces and rows of the files of an archive that were put aside before the present one.
  private struct FilesBefore {
    var pieces = 0
    var kindCounts = [Int](repeating: 0, count: EntryKind.allCases.count)
    var times: RowTimes?
  }

  /// A power of two.
  private let parts: Int
  private let store: any RowStore
  private let state: Mutex<State>

  /// - Parameters:
  ///   - parts: a power of two.
  ///   - store: of these rows alone.
  package init(parts: Int, in store: any RowStore) {
    precondition(parts > 0 && parts & (parts - 1) == 0, "rows are parted by bits of their hash")
    self.parts = parts
    self.store = store
    state = Mutex(State(chunks: Array(repeating: [], count: parts)))
  }

  /// Forgets the rows of the present file: it is read from its front again, or left out.
  package func clear() throws(RowStoreFault) {
    let isFirst = state.withLock { state in
      let before = state.before
      for part in state.chunks.indices {
        state.chunks[part].removeAll { $0.piece >= Int32(before.pieces) }
      }
      state.pieces = state.pieces.filter { $0.key < before.pieces }
      state.kindCounts = before.kindCounts
      state.times = before.times
      return before.pieces == 0
    }
    // What other files left in the store stays, and what lies between is of no use any more.
    if isFirst { try store.clear() }
  }

  /// The rows to come are those of the next file of an archive.
  ///
  /// - Parameter lines: of all files before it.
  package func beginFile(linesBefore lines: Int) {
    state.withLock { state in
      let counted = state.pieces.values.reduce(0) { $0 + $1.lines }
      // A piece without rows, behind which lines are counted on from the right one.
      state.pieces[state.pieces.count] = (0, lines - counted)
      state.before = FilesBefore(
        pieces: state.pieces.count, kindCounts: state.kindCounts, times: state.times)
    }
  }

  /// When the first and the last row were made; nil without rows.
  package var times: RowTimes? { state.withLock { $0.times } }

  package var rowCount: Int { state.withLock { $0.pieces.values.reduce(0) { $0 + $1.rows } } }

  /// Puts the rows of a piece of the file aside. Pieces may come in any order, and at once.
  ///
  /// - Parameters:
  ///   - lines: what the lines of later pieces are counted from; 0 where they have their own.
  ///   - place: of the piece among all, from 0.
  package func keep(
    _ table: EntryTable, lines: Int, at place: Int
  ) throws(RowStoreFault) {
    let words = state.withLock { state in
      (0...UInt32(table.wordCount)).map { state.words.number(of: table.word($0)) }
    }
    let (bytes, ends) = packed(table, words)
    let offset = bytes.isEmpty ? 0 : try store.add(bytes)
    let times = table.times
    state.withLock { state in
      let place = state.before.pieces + place
      state.pieces[place] = (table.count, lines)
      if let times {
        state.times?.add(times)
        state.times = state.times ?? times
      }
      for (kind, count) in table.countsOfKinds.enumerated() { state.kindCounts[kind] += count }
      var start = (row: 0, byte: 0)
      for (part, end) in ends.enumerated() where end.row > start.row {
        state.chunks[part].append(
          Chunk(
            piece: Int32(place), rows: Int32(end.row - start.row), offset: offset + start.byte,
            byteCount: end.byte - start.byte))
        start = end
      }
    }
  }

  private typealias End = (row: Int, byte: Int)

  /// The rows part by part, and where each part ends.
  private func packed(_ table: EntryTable, _ words: [UInt32]) -> (bytes: [UInt8], ends: [End]) {
    let (order, rowEnds) = byPart(table)
    var ends: [End] = []
    ends.reserveCapacity(parts)
    var room = table.count * PackedRowWriter.rowBytes
    for entry in table.entries {
      room += entry.transaction.count + entry.reference.count + entry.parent.count
    }
    let hasSettlements = !table.settlements.isEmpty
    let hasReceipts = !table.receipts.isEmpty
    let bytes = table.withTexts { texts in
      [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        var writer = PackedRowWriter(buffer)
        var first = 0
        for end in rowEnds {
          writer.begin()
          for place in first..<end {
            let row = Int(order[place])
            let entry = table.entries[row]
            writer.put(
              entry, row: row, words: (words[Int(entry.merchant)], words[Int(entry.batch)]),
              hasSettlements ? table.settlement(ofRow: row) : nil,
              received: hasReceipts ? table.received(ofRow: row) : entry.gross, texts)
          }
          first = end
          ends.append((end, writer.count))
        }
        count = writer.count
      }
    }
    return (bytes, ends)
  }

  /// The rows by their parts, each part in the order of the table, and where the parts end.
  private func byPart(_ table: EntryTable) -> (order: [Int32], ends: [Int]) {
    let mask = UInt32(parts - 1)
    var ends = [Int](repeating: 0, count: parts)
    for entry in table.entries { ends[Int(entry.keyHash & mask)] += 1 }
    var sum = 0
    for part in ends.indices {
      let count = ends[part]
      ends[part] = sum
      sum += count
    }
    var order = [Int32](repeating: 0, count: table.count)
    for (row, entry) in table.entries.enumerated() {
      let part = Int(entry.keyHash & mask)
      order[ends[part]] = Int32(row)
      ends[part] += 1
    }
    return (order, ends)
  }

  /// All rows that were put aside; there are no more to come.
  func table() -> PartedTable {
    state.withLock { state in
      PartedTable(
        store: store, chunks: state.chunks.map { $0.sorted { $0.piece < $1.piece } },
        pieces: (0..<state.pieces.count).map { place in
          guard let piece = state.pieces[place] else {
            preconditionFailure("a piece of the file was never put aside")
          }
          return piece
        }, words: state.words, kindCounts: state.kindCounts)
    }
  }
}

/// What `PartedRows` put aside, part by part.
struct PartedTable: Sendable {
  private let store: any RowStore
  private let chunks: [[PartedRows.Chunk]]
  /// By piece: how many rows and lines stand before it.
  private let before: [(rows: Int, lines: Int)]
  private let words: EntryTable
  private let kindCounts: [Int]
  let count: Int

  fileprivate init(
    store: any RowStore, chunks: [[PartedRows.Chunk]], pieces: [(rows: Int, lines: Int)],
    words: EntryTable, kindCounts: [Int]
  ) {
    self.store = store
    self.chunks = chunks
    self.words = words
    self.kindCounts = kindCounts
    var sum = (rows: 0, lines: 0)
    before = pieces.map { piece in
      defer { sum = (sum.rows + piece.rows, sum.lines + piece.lines) }
      return sum
    }
    count = sum.rows
    precondition(count <= Int(Int32.max), "a side holds at most 2^31 - 1 rows")
  }

  var parts: Int { chunks.count }

  func has(_ kind: EntryKind) -> Bool { kindCounts[Int(kind.rawValue)] > 0 }

  /// The rows of one part in their order.
  func part(_ part: Int) throws(RowStoreFault) -> NumberedRows {
    var rows = NumberedRows()
    rows.reserve(
      rows: chunks[part].reduce(0) { $0 + Int($1.rows) },
      textBytes: chunks[part].reduce(0) { $0 + $1.byteCount })
    var numbers = [UInt32](repeating: 0, count: words.wordCount + 1)
    var buffer: [UInt8] = []
    for chunk in chunks[part] {
      buffer.removeAll(keepingCapacity: true)
      try store.read(chunk.offset..<chunk.offset + chunk.byteCount, into: &buffer)
      add(buffer, of: Int(chunk.piece), to: &rows, &numbers)
    }
    return rows
  }

  /// - Parameter numbers: of the words in the table, by their numbers here; 0 where it has none.
  private func add(
    _ bytes: [UInt8], of piece: Int, to rows: inout NumberedRows, _ numbers: inout [UInt32]
  ) {
    let (rowsBefore, linesBefore) = before[piece]
    bytes.withUnsafeBufferPointer { buffer in
      var reader = PackedRowReader(ByteView(buffer))
      while !reader.isAtEnd {
        rows.add { table in
          rowsBefore
            + reader.next(into: &table, linesBefore: linesBefore) { word, table in
              guard word > 0 else { return 0 }
              if numbers[Int(word)] == 0 {
                numbers[Int(word)] = table.number(of: words.word(word))
              }
              return numbers[Int(word)]
            }
        }
      }
    }
  }
}
