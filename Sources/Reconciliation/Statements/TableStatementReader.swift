import Domain

/// Reads a table (CSV and its kin) that comes in chunks of any size.
package struct TableStatementReader: Sendable {
  private var layout: StatementLayout
  private var reader: DelimitedReader
  private(set) var plan: ColumnPlan?
  private var heading: [String] = []
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

  /// Makes room for so many times the rows that are there, and a few more.
  mutating func reserve(times: Int) { statement.table.reserve(times: times) }

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
    let isBlank =
      FieldText.trimmed(reader.bytes, first).isEmpty
      && reader.fields.allSatisfy { FieldText.trimmed(reader.bytes, $0).isEmpty }
    if isBlank { return }
    if let comment = layout.comment, !first.isEmpty, reader.bytes[first.lowerBound] == comment {
      return try totals.takeComment(reader)
    }
    guard let plan else {
      heading = reader.fields.map { field in
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
    if let sums = totals.trailer(reader) {
      guard let currency = layout.currency else { return }
      return totals.take(
        stated: try rows.amounts(of: sums, reader, plan, currency), of: sums)
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
    guard !totals.summed.isEmpty else { return }
    let amounts = try rows.amounts(of: totals.summed, reader, plan, entry.currency)
    try totals.count(columns: amounts, line: reader.line)
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
    survey.unknownColumns = plan.unused(of: reader.heading).filter { !$0.isEmpty }
    reader.statement.checks = reader.totals.checks()
    return (reader.statement, survey)
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
