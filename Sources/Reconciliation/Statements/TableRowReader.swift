import Domain

/// Turns the fields of one line into an entry.
struct TableRowReader: Sendable {
  /// An object, as every row asks it many things and a value would be copied each time. No two
  /// readers share one, so that no two threads count its references.
  let rules: RowRules
  private var time: TimeReader
  /// Minutes east of UTC of the clock that the first row names.
  private(set) var clockOfFirstRow: Int64?
  private var lastCurrency: (head: UInt64, currency: Currency)?

  init(_ layout: StatementLayout, _ plan: ColumnPlan) {
    rules = RowRules(layout, plan)
    time = TimeReader(layout.time)
  }

  /// The entry, and what the totals count of it. Nil for a row that is left out on purpose.
  @inline(__always)
  mutating func read(
    _ line: Line, into table: inout EntryTable
  ) throws(StatementError) -> (entry: Entry, received: Int64)? {
    guard case .row(let kind) = try rules.kindMeaning(line) else { return nil }
    guard let status = try rules.status(line, kind) else { return nil }
    let currency = try currency(line)
    var entry = Entry(
      kind: kind, status: status, at: try moment(line),
      gross: try rules.gross(line, kind, currency), currency: currency,
      line: UInt32(clamping: line.number))
    if let fee = try rules.amount(line, .fee, currency) {
      entry.fee = rules.cost(fee, kind)
      entry.flags.insert(.hasFee)
    } else if rules.saysNoFees {
      entry.flags.insert(.saysNoFee)
    }
    let received = try rules.received(line, entry)
    try rules.checkNet(line, entry, received: received)
    rules.fillTexts(line, kind, &entry, &table)
    let settlement = try rules.settlement(line, entry)
    table.add(entry, settlement: settlement, received: received)
    return (entry, received)
  }

  @inline(__always)
  private mutating func currency(_ line: Line) throws(StatementError) -> Currency {
    guard let field = rules.field(line, .currency), !field.isEmpty else {
      if let currency = rules.currency { return currency }
      throw StatementError(line: line.number, .badCurrency(""))
    }
    let head = line.bytes.head(of: field)
    if let lastCurrency, field.count == 3, lastCurrency.head == head {
      return lastCurrency.currency
    }
    guard let currency = RowRules.currency(line, field) else {
      throw StatementError(
        line: line.number, .badCurrency(FieldText.text(line.bytes, field)))
    }
    lastCurrency = (head, currency)
    return currency
  }

  @inline(__always)
  private mutating func moment(_ line: Line) throws(StatementError) -> Timestamp {
    guard let field = rules.field(line, .time) else {
      throw StatementError(line: line.number, .missingColumn(rules.plan.name(.time)))
    }
    let read: Timestamp?
    if let clock = rules.field(line, .clock) {
      // A date and a clock in columns of their own are read as one text.
      let text = Array(line.bytes.slice(field)) + [0x20] + Array(line.bytes.slice(clock))
      read = time.read(text, 0..<text.count)
    } else {
      read = time.read(line.bytes, field)
    }
    guard let read else {
      throw StatementError(
        line: line.number,
        .badTime(column: rules.plan.name(.time), text: FieldText.text(line.bytes, field)))
    }
    guard let zone = rules.field(line, .zone), !zone.isEmpty else { return read }
    return try moved(read, toZone: zone, line)
  }

  /// What was read by the clock of the layout, by the one that the row names.
  private mutating func moved(
    _ moment: Timestamp, toZone zone: Range<Int>, _ line: Line
  ) throws(StatementError) -> Timestamp {
    guard let offset = ClockZone.offsetMinutes(line.bytes, zone) else {
      throw StatementError(
        line: line.number,
        .unknownZone(column: rules.plan.name(.zone), text: FieldText.text(line.bytes, zone)))
    }
    clockOfFirstRow = clockOfFirstRow ?? offset
    return moment.adding(milliseconds: (time.shape.offsetMinutes - offset) * 60_000)
  }
}
