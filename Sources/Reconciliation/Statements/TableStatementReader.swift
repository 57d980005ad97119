import Domain

/// Reads a table (CSV and its kin) that comes in chunks of any size.
package struct TableStatementReader: Sendable {
  private var layout: StatementLayout
  private var reader: DelimitedReader
  private(set) var plan: ColumnPlan?
  private var rows: TableRowReader
  private var totals: StatementTotals
  private var statement = Statement()
  private var isInTotals = false

  package init(_ layout: StatementLayout) {
    self.layout = layout
    reader = DelimitedReader(separator: layout.separator, quoting: layout.quoting)
    rows = TableRowReader(layout)
    totals = StatementTotals(layout)
  }

  /// Reads a later piece of a file whose heading was read before.
  init(_ layout: StatementLayout, plan: ColumnPlan) {
    self.init(layout)
    self.plan = plan
    self.layout.linesToSkip = 0
    reader.isLaterPiece()
  }

  /// Takes UTF-8 bytes.
  package mutating func feed(_ chunk: some Collection<UInt8>) throws(StatementError) {
    reader.feed(chunk)
    while try reader.next(isLast: false) { try takeLine() }
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
    return Piece(statement: statement, totals: totals, lines: reader.line)
  }

  private mutating func takeLine() throws(StatementError) {
    guard reader.line > layout.linesToSkip, let first = reader.fields.first else { return }
    let isBlank = reader.fields.count == 1 && FieldText.trimmed(reader.bytes, first).isEmpty
    if isBlank { return }
    if let comment = layout.comment, !first.isEmpty, reader.bytes[first.lowerBound] == comment {
      return try totals.takeComment(reader)
    }
    guard let plan else {
      let heading = reader.fields.map { field in
        let field = FieldText.trimmed(reader.bytes, field)
        return String(decoding: reader.bytes[field], as: UTF8.self)
      }
      self.plan = try ColumnPlan(heading, layout.columns, line: reader.line)
      return
    }
    if isInTotals { return try totals.takeTotals(reader) }
    if totals.isHeading(reader) {
      isInTotals = true
      return
    }
    guard reader.fields.count >= plan.columnCount - 1 else {
      throw StatementError(
        line: reader.line,
        .wrongColumnCount(expected: plan.columnCount, found: reader.fields.count))
    }
    guard let (entry, received) = try rows.read(reader, plan, into: &statement.table) else {
      statement.skippedRows += 1
      return
    }
    try totals.count(entry, received: received, line: reader.line)
  }
}
