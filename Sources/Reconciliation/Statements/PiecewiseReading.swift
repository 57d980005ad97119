/// Reads a table that lies in memory in several pieces at once. The result is that of reading it
/// from front to end.
extension TableStatementReader {
  /// Totals below the rows are shorter than this, so they always lie in the last piece.
  private static let tailBytes = 1 << 16
  private static let smallestPiece = 1 << 20

  /// - Parameters:
  ///   - bytes: the whole file, UTF-8.
  ///   - pieces: at most so many.
  package static func read(
    _ bytes: [UInt8], as layout: StatementLayout, pieces: Int, forEach: ForEach
  ) throws(StatementError) -> Statement {
    var first = TableStatementReader(layout)
    let cuts = cuts(bytes, layout, pieces: pieces)
    guard cuts.count > 2 else {
      try first.feedInParts(bytes[...])
      return try first.finish()
    }
    // The heading stands near the front; the first piece reads it again.
    try first.feed(bytes[..<min(tailBytes, cuts[1])])
    guard let plan = first.plan else {
      var whole = TableStatementReader(layout)
      try whole.feedInParts(bytes[...])
      return try whole.finish()
    }
    let shelf = Shelf<Result<Piece, StatementError>>(count: cuts.count - 1)
    forEach(cuts.count - 1) { place in
      var reader =
        place == 0 ? TableStatementReader(layout) : TableStatementReader(layout, plan: plan)
      let range = cuts[place]..<cuts[place + 1]
      let result = Result { () throws(StatementError) in
        // The others are added to the first.
        let count = place == 0 ? bytes.count : range.count
        try reader.feedInParts(bytes[range], expecting: count)
        return try reader.finishPiece()
      }
      shelf.put(result, at: place)
    }
    return try joined(shelf, count: cuts.count - 1)
  }

  /// - Parameter count: of the bytes whose rows the table will hold; nil for these.
  private mutating func feedInParts(
    _ bytes: ArraySlice<UInt8>, expecting count: Int? = nil
  ) throws(StatementError) {
    var rest = bytes
    while !rest.isEmpty {
      try feed(rest.prefix(Self.partBytes))
      // Rows of one file are about as long as its first ones.
      if rest.startIndex == bytes.startIndex {
        reserve(times: (count ?? bytes.count) / min(Self.partBytes, rest.count))
      }
      rest = rest.dropFirst(Self.partBytes)
    }
  }

  private static func joined(
    _ shelf: Shelf<Result<Piece, StatementError>>, count: Int
  ) throws(StatementError) -> Statement {
    func piece(_ place: Int, _ lines: Int) throws(StatementError) -> Piece {
      do throws(StatementError) {
        return try shelf.take(place).get()
      } catch {
        throw StatementError(line: error.line + lines, error.problem)
      }
    }
    var all = try piece(0, 0)
    for place in 1..<count {
      let next = try piece(place, all.lines)
      all.statement.table.append(next.statement.table, linesBefore: all.lines)
      all.statement.skippedRows += next.statement.skippedRows
      try all.totals.add(next.totals, line: all.lines)
      all.lines += next.lines
    }
    all.statement.checks = all.totals.checks()
    return all.statement
  }

  /// Where pieces begin, and the end; a cut is always behind a line end outside quotes.
  private static func cuts(
    _ bytes: [UInt8], _ layout: StatementLayout, pieces: Int
  ) -> [Int] {
    let count = min(pieces, bytes.count / smallestPiece)
    // Within quotes a line end is text, and only reading from the front tells where those are.
    guard count > 1, layout.quoting != .doubleQuotes || !bytes.contains(0x22) else {
      return [0, bytes.count]
    }
    var cuts = [0]
    for place in 1..<count {
      let wanted = min(bytes.count / count * place, bytes.count - tailBytes)
      guard wanted > (cuts.last ?? 0),
        let end = bytes[wanted..<(bytes.count - tailBytes)].firstIndex(of: 0x0A)
      else { continue }
      cuts.append(end + 1)
    }
    return cuts + [bytes.count]
  }
}
