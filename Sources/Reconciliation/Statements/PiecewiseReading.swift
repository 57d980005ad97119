/// Reads a table in several pieces at once. The result is that of reading it from front to end.
extension TableStatementReader {
  /// Totals below the rows are shorter than this, so they always lie in the last piece.
  private static let tailBytes = 1 << 16
  private static let smallestPiece = 1 << 20
  /// What a piece comes to is added to the whole while it still is in the processor's cache.
  private static let usualPiece = 2 << 20

  /// - Parameters:
  ///   - bytes: the whole file, UTF-8.
  ///   - pieces: read at once at most; a single one is read in turn.
  package static func read(
    _ bytes: [UInt8], as layout: StatementLayout, pieces: Int, forEach: ForEach
  ) throws(StatementError) -> Statement {
    do throws(TextFault) {
      return try read(PlainText(bytes), as: layout, pieces: pieces, forEach: forEach)
    } catch {
      guard case .statement(let error) = error else {
        preconditionFailure("plain text in memory reads as it is")
      }
      throw error
    }
  }

  /// - Parameter pieces: read at once at most; a single one is read in turn.
  package static func read(
    _ text: some StatementText, as layout: StatementLayout, pieces: Int, forEach: ForEach
  ) throws(TextFault) -> Statement {
    let cuts = try cuts(text, pieces: pieces)
    guard cuts.count > 2, let plan = try plan(of: text, as: layout, before: cuts[1]) else {
      return try readWhole(text, as: layout)
    }
    let row = PieceRow(count: cuts.count - 1)
    forEach(cuts.count - 1) { place in
      // The first piece reads the heading again.
      var reader =
        place == 0 ? TableStatementReader(layout) : TableStatementReader(layout, plan: plan)
      let range = cuts[place]..<cuts[place + 1]
      let result = Result { () throws(TextFault) in
        try reader.feed(text, range, expecting: range.count)
        return try wrapped { () throws(StatementError) in try reader.finishPiece() }
      }
      row.put(result, hasQuotes: reader.hasQuotes, at: place)
    }
    // Within quotes a line end is text, and only reading from the front tells where those are.
    guard let statement = try row.finish() else { return try readWhole(text, as: layout) }
    return statement
  }

  private static func readWhole(
    _ text: some StatementText, as layout: StatementLayout
  ) throws(TextFault) -> Statement {
    var reader = TableStatementReader(layout)
    try reader.feed(text, 0..<text.byteCount, expecting: text.byteCount)
    return try wrapped { () throws(StatementError) in try reader.finish() }
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
    _ text: some StatementText, pieces: Int
  ) throws(TextFault) -> [Int] {
    let bytes = text.byteCount
    let count = min(max(pieces, bytes / usualPiece), bytes / smallestPiece)
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
