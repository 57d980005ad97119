/// Reads a table in several pieces at once. The result is that of reading it from front to end.
extension TableStatementReader {
  /// Totals below the rows are shorter than this, so they always lie in the last piece.
  private static let tailBytes = 1 << 16
  private static let smallestPiece = 1 << 20
  /// What a piece comes to is added to the whole while it still is in the processor's cache.
  private static let usualPiece = 2 << 20
  /// Where rows are parted, each piece has some for each part.
  private static let partedPiece = 4 << 20
  /// Rows in memory at most, where they are parted and read in turn.
  private static let turnRows = 1 << 14

  /// - Parameters:
  ///   - bytes: the whole file, UTF-8.
  ///   - pieces: read at once at most; a single one is read in turn.
  package static func read(
    _ bytes: [UInt8], as layout: StatementLayout, pieces: Int, forEach: ForEach
  ) throws(StatementError) -> Statement {
    do throws(TextFault) {
      return try read(
        PlainText(bytes), as: layout, pieces: pieces, into: nil, forEach: forEach)
    } catch {
      guard case .statement(let error) = error else {
        preconditionFailure("plain text in memory reads as it is")
      }
      throw error
    }
  }

  /// - Parameters:
  ///   - pieces: read at once at most; a single one is read in turn.
  ///   - parts: takes the rows as they are read; the statement is given without them then.
  package static func read(
    _ text: some StatementText, as layout: StatementLayout, pieces: Int, into parts: PartedRows?,
    forEach: ForEach
  ) throws(TextFault) -> Statement {
    let cuts = try cuts(text, pieces: pieces, of: parts == nil ? usualPiece : partedPiece)
    guard cuts.count > 2, let plan = try plan(of: text, as: layout, before: cuts[1]) else {
      return try readWhole(text, as: layout, into: parts)
    }
    try parts?.clearFirst()
    let row = PieceRow(count: cuts.count - 1)
    forEach(cuts.count - 1) { place in
      // The first piece reads the heading again.
      var reader =
        place == 0 ? TableStatementReader(layout) : TableStatementReader(layout, plan: plan)
      let range = cuts[place]..<cuts[place + 1]
      let result = Result { () throws(TextFault) in
        try reader.feed(text, range, expecting: range.count)
        var piece = try wrapped { () throws(StatementError) in try reader.finishPiece() }
        try parts?.take(&piece, at: place)
        return piece
      }
      row.put(result, hasQuotes: reader.hasQuotes, at: place)
    }
    // Within quotes a line end is text, and only reading from the front tells where those are.
    guard let statement = try row.finish() else {
      return try readWhole(text, as: layout, into: parts)
    }
    return statement
  }

  private static func readWhole(
    _ text: some StatementText, as layout: StatementLayout, into parts: PartedRows?
  ) throws(TextFault) -> Statement {
    var reader = TableStatementReader(layout)
    guard let parts else {
      try reader.feed(text, 0..<text.byteCount, expecting: text.byteCount)
      return try wrapped { () throws(StatementError) in try reader.finish() }
    }
    try parts.clearFirst()
    var taken = TakenInTurn(parts)
    try text.read(0..<text.byteCount) { part throws(StatementError) in
      try reader.feed(part)
      if reader.rowCount >= turnRows { taken.take(reader.takeRows()) }
    }
    var statement = try wrapped { () throws(StatementError) in try reader.finish() }
    taken.take(statement.takeRows())
    try taken.finish()
    return statement
  }

  /// Where the columns stand; nil where the front of the file does not tell, or tells that the file
  /// cannot be cut.
  private static func plan(
    of text: some StatementText, as layout: StatementLayout, before end: Int
  ) throws(TextFault) -> ColumnPlan? {
    var reader = TableStatementReader(layout)
    let head = min(tailBytes, end)
    let headEnd = head < end ? try text.lineStart(in: head..<end) ?? end : end
    do throws(TextFault) {
      try reader.feed(text, 0..<headEnd, expecting: headEnd)
    } catch {
      // A row that does not read is told by the first piece, which meets it again.
      guard case .statement = error else { throw error }
    }
    return reader.hasQuotes ? nil : reader.plan
  }

  /// - Parameter count: of the bytes whose rows the table will hold.
  private mutating func feed(
    _ text: some StatementText, _ range: Range<Int>, expecting count: Int
  ) throws(TextFault) {
    var isFirst = true
    try text.read(range) { part throws(StatementError) in
      try feed(part)
      guard isFirst, !part.isEmpty else { return }
      isFirst = false
      // Rows of one file are about as long as its first ones.
      reserve(times: count / part.count)
    }
  }

  private static func wrapped<Result>(
    _ body: () throws(StatementError) -> Result
  ) throws(TextFault) -> Result {
    do throws(StatementError) {
      return try body()
    } catch { throw .statement(error) }
  }

  /// Where pieces begin, and the end; a cut is always behind a line end.
  private static func cuts(
    _ text: some StatementText, pieces: Int, of pieceBytes: Int
  ) throws(TextFault) -> [Int] {
    let bytes = text.byteCount
    let count = min(max(pieces, bytes / pieceBytes), bytes / smallestPiece)
    guard pieces > 1, count > 1, text.isCutByLineEnds else { return [0, bytes] }
    var cuts = [0]
    for place in 1..<count {
      let wanted = min(bytes / count * place, bytes - tailBytes)
      guard wanted > (cuts.last ?? 0),
        let start = try text.lineStart(in: wanted..<(bytes - tailBytes))
      else { continue }
      cuts.append(start)
    }
    return cuts + [bytes]
  }
}

/// Rows that are taken as they are read from front to end.
private struct TakenInTurn {
  private let parts: PartedRows
  private var pieces = 0
  private var fault: TextFault?

  init(_ parts: PartedRows) { self.parts = parts }

  mutating func take(_ table: EntryTable) {
    guard fault == nil else { return }
    do throws(TextFault) {
      // Rows that were read in turn have the lines of the file.
      try parts.take(table, lines: 0, at: pieces)
      pieces += 1
    } catch { fault = error }
  }

  func finish() throws(TextFault) {
    if let fault { throw fault }
  }
}

extension PartedRows {
  fileprivate func clearFirst() throws(TextFault) {
    do throws(RowStoreFault) { try clear() } catch { throw .notKept(error) }
  }

  fileprivate func take(
    _ piece: inout TableStatementReader.Piece, at place: Int
  ) throws(TextFault) {
    try take(piece.statement.takeRows(), lines: piece.lines, at: place)
  }

  fileprivate func take(_ table: EntryTable, lines: Int, at place: Int) throws(TextFault) {
    do throws(RowStoreFault) {
      try keep(table, lines: lines, at: place)
    } catch { throw .notKept(error) }
  }

  /// Takes the rows of a file that was read as a whole.
  package func take(_ statement: inout Statement) throws(TextFault) {
    try clearFirst()
    try take(statement.takeRows(), lines: 0, at: 0)
  }
}

extension Statement {
  fileprivate mutating func takeRows() -> EntryTable {
    defer { table = EntryTable() }
    return table
  }
}
