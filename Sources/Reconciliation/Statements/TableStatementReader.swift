import Domain

/// Reads a table (CSV and its kin) that comes in chunks of any size.
package struct TableStatementReader: Sendable {
  private var reader: DelimitedReader
  private var lines: TableLines

  package init(_ layout: StatementLayout) {
    reader = DelimitedReader(separator: layout.separator, quoting: layout.quoting)
    lines = TableLines(layout)
  }

  /// Reads a later piece of a file whose heading was read before.
  init(_ layout: StatementLayout, plan: ColumnPlan) {
    self.init(layout)
    lines = TableLines(layout, plan: plan)
    reader.isLaterPiece()
  }

  /// Nil until the heading was read.
  var plan: ColumnPlan? { lines.plan }

  /// Minutes east of UTC of the clock that the first row names.
  var clockOfFirstRow: Int64? { lines.clockOfFirstRow }

  /// Whether a quote was met, within which a line end is text.
  var hasQuotes: Bool { reader.hasQuotes }

  /// Takes UTF-8 bytes.
  package mutating func feed(_ chunk: some Collection<UInt8>) throws(StatementError) {
    reader.feed(chunk)
    while try reader.next(isLast: false) { try takeLine() }
  }

  /// Makes room for so many times the rows that are there, and a few more.
  mutating func reserve(times: Int) { lines.statement.table.reserve(times: times) }

  /// Of those that were read and not yet taken away.
  var rowCount: Int { lines.statement.table.count }

  mutating func takeRows() -> EntryTable {
    defer { lines.statement.table = EntryTable() }
    return lines.statement.table
  }

  /// Takes what is left, and compares the file with itself.
  package mutating func finish() throws(StatementError) -> Statement {
    let piece = try finishPiece()
    guard plan != nil else { throw StatementError(line: reader.line, .noHeading) }
    var statement = piece.statement
    statement.checks = piece.totals.checks()
    return statement
  }

  /// What one piece of a file came to.
  struct Piece: Sendable {
    var statement: Statement
    var totals: StatementTotals
    var lines: Int
  }

  mutating func finishPiece() throws(StatementError) -> Piece {
    while try reader.next(isLast: true) { try takeLine() }
    return Piece(statement: lines.statement, totals: lines.totals, lines: reader.line)
  }

  private mutating func takeLine() throws(StatementError) {
    try reader.withLine { line throws(StatementError) in try lines.take(line) }
  }
}

extension TableStatementReader {
  /// Small parts stay in the processor's cache from the first look to the last.
  static let partBytes = 1 << 17

  /// Reads a whole file to see how it fits a layout: rows that do not read are taken down, and the
  /// others are given.
  ///
  /// - Throws: where there is no heading with the columns that must be there.
  package static func survey(
    _ bytes: [UInt8], as layout: StatementLayout
  ) throws(StatementError) -> (statement: Statement, survey: StatementSurvey) {
    var reader = TableStatementReader(layout)
    var survey = StatementSurvey()
    var rest = bytes[...]
    while !rest.isEmpty {
      reader.reader.feed(rest.prefix(partBytes))
      rest = rest.dropFirst(partBytes)
      let goesOn = try reader.drain(isLast: rest.isEmpty, into: &survey)
      guard goesOn else { break }
    }
    guard let plan = reader.plan else { throw StatementError(line: reader.reader.line, .noHeading) }
    survey.unknownColumns = plan.unused(of: reader.lines.heading).filter { !$0.isEmpty }
    reader.lines.statement.checks = reader.lines.totals.checks()
    return (reader.lines.statement, survey)
  }

  /// - Returns: false where no line can be told any more.
  private mutating func drain(
    isLast: Bool, into survey: inout StatementSurvey
  ) throws(StatementError) -> Bool {
    while true {
      let lineBefore = reader.line
      do throws(StatementError) {
        guard try reader.next(isLast: isLast) else { return true }
        try takeLine()
      } catch {
        guard plan != nil else { throw error }
        survey.refuse(error)
        // A line that never ends is the last that can be told.
        if reader.line == lineBefore { return false }
      }
    }
  }
}
