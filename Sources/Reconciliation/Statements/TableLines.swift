import Domain

/// What the lines of a table come to, taken one after the other.
struct TableLines: Sendable {
  private let layout: StatementLayout
  private let linesToSkip: Int
  private let comment: UInt8?
  /// Nil until the heading was read.
  private var rows: TableRowReader?
  private var isInTotals = false
  private(set) var heading: [String] = []
  private(set) var totals: StatementTotals
  var statement = Statement()

  init(_ layout: StatementLayout) {
    self.layout = layout
    linesToSkip = layout.linesToSkip
    comment = layout.comment
    totals = StatementTotals(layout)
  }

  /// Lines behind a heading that was read before.
  init(_ layout: StatementLayout, plan: ColumnPlan) {
    var rest = layout
    rest.linesToSkip = 0
    self.init(rest)
    rows = TableRowReader(rest, plan)
  }

  var plan: ColumnPlan? { rows?.rules.plan }
  var clockOfFirstRow: Int64? { rows?.clockOfFirstRow }

  mutating func take(_ line: Line) throws(StatementError) {
    guard line.number > linesToSkip, let first = line.fields.first else { return }
    let mayBeBlank = first.isEmpty || FieldText.isSpace(line.bytes[first.lowerBound])
    if mayBeBlank, isBlank(line) { return }
    if let comment, !first.isEmpty, line.bytes[first.lowerBound] == comment {
      takeAccount(line)
      return try totals.takeComment(line)
    }
    guard let columns = rows?.rules.plan.columnCount else { return try takeHeading(line) }
    if isInTotals { return try totals.takeTotals(line) }
    if totals.isHeading(line) {
      isInTotals = true
      return
    }
    if let sums = totals.trailer(line) {
      guard let currency = layout.currency, let rules = rows?.rules else { return }
      return totals.take(stated: try rules.amounts(of: sums, line, currency), of: sums)
    }
    guard line.fields.count >= columns - 1 else {
      throw StatementError(
        line: line.number,
        .wrongColumnCount(expected: columns, found: line.fields.count))
    }
    try takeRow(line)
  }

  /// Alipay's `#账号：[20889000000000000156]`: the merchant's number, and 0156 behind it.
  private mutating func takeAccount(_ line: Line) {
    guard layout.trailer == .alipay, statement.account == nil, let field = line.fields.first
    else { return }
    let text = line.bytes.string(field)
    guard text.hasPrefix("#账号") else { return }
    let digits = text.filter { $0.isASCII && $0.isNumber }
    let isLong = digits.utf8.count == 20 && digits.hasPrefix("2088") && digits.hasSuffix("0156")
    if !digits.isEmpty { statement.account = isLong ? String(digits.dropLast(4)) : digits }
  }

  private func isBlank(_ line: Line) -> Bool {
    line.fields.allSatisfy { FieldText.trimmed(line.bytes, $0).isEmpty }
  }

  private mutating func takeHeading(_ line: Line) throws(StatementError) {
    heading = line.fields.map { line.bytes.string(FieldText.trimmed(line.bytes, $0)) }
    let plan = try ColumnPlan(heading, layout.columns, line: line.number)
    rows = TableRowReader(layout, plan)
  }

  @inline(__always)
  private mutating func takeRow(_ line: Line) throws(StatementError) {
    guard let (entry, received) = try rows?.read(line, into: &statement.table) else {
      statement.skippedRows += 1
      return
    }
    try totals.count(entry, received: received, line: line.number)
    guard !totals.summed.isEmpty, let rules = rows?.rules else { return }
    let amounts = try rules.amounts(of: totals.summed, line, entry.currency)
    try totals.count(columns: amounts, line: line.number)
  }
}
