import Domain

/// Turns the fields of one line into an entry.
struct TableRowReader: Sendable {
  private let layout: StatementLayout
  private let marks: FieldText.NumberMarks
  private var time: TimeReader
  private let kinds: WordTable
  private let statuses: WordTable
  private let creditMarks: [[UInt8]]
  private let debitMarks: [[UInt8]]
  private let gatewayWords: [[UInt8]]
  private var lastCurrency: Currency?

  init(_ layout: StatementLayout) {
    self.layout = layout
    marks = FieldText.NumberMarks(decimal: layout.decimalMark, group: layout.groupMark)
    time = TimeReader(layout.time)
    kinds = WordTable(layout.kinds)
    statuses = WordTable(layout.statuses)
    if case .byMark(let credit, let debit) = layout.amounts {
      creditMarks = credit.map { Array($0.utf8) }
      debitMarks = debit.map { Array($0.utf8) }
    } else {
      creditMarks = []
      debitMarks = []
    }
    gatewayWords = layout.gatewayWords.map { Array($0.utf8) }
  }

  /// The entry, and what the totals count of it. Nil for a row that is left out on purpose.
  mutating func read(
    _ reader: DelimitedReader, _ plan: ColumnPlan, into table: inout EntryTable
  ) throws(StatementError) -> (entry: Entry, received: Int64)? {
    let row = Row(reader: reader, plan: plan)
    guard case .row(let kind) = try meaning(row, .kind, kinds, layout.otherKind) else {
      return nil
    }
    guard let status = try status(row, kind) else { return nil }
    let currency = try currency(row)
    var entry = Entry(
      kind: kind, status: status, at: try moment(row),
      gross: try gross(row, kind, currency), currency: currency, line: UInt32(clamping: reader.line)
    )
    if let fee = try amount(row, .fee, currency) {
      entry.fee = cost(fee, kind)
      entry.flags.insert(.hasFee)
    }
    try checkNet(row, entry)
    fillTexts(row, kind, &entry, &table)
    table.add(entry, settlement: try settlement(row, entry))
    return (entry, try amount(row, .received, currency) ?? entry.gross)
  }

  private func meaning(
    _ row: Row, _ role: ColumnRole, _ words: WordTable, _ other: RowMeaning?
  ) throws(StatementError) -> RowMeaning {
    guard let field = row.field(role) else { return other ?? .skip }
    if let meaning = words.meaning(row.reader.bytes, field) ?? other { return meaning }
    throw StatementError(
      line: row.reader.line,
      .unknownWord(column: row.plan.name(role), text: FieldText.text(row.reader.bytes, field)))
  }

  /// Nil where the status says that the row is no money.
  private func status(_ row: Row, _ kind: EntryKind) throws(StatementError) -> EntryStatus? {
    let isRefund = kind == .refund && row.field(.refundStatus) != nil
    let other = layout.otherStatus.map(RowMeaning.status)
    let role: ColumnRole = isRefund ? .refundStatus : .status
    guard case .status(let status) = try meaning(row, role, statuses, other) else { return nil }
    return status
  }

  private mutating func currency(_ row: Row) throws(StatementError) -> Currency {
    guard let field = row.field(.currency), !field.isEmpty else {
      if let currency = layout.currency { return currency }
      throw StatementError(line: row.reader.line, .badCurrency(""))
    }
    if let lastCurrency, row.reader.bytes[field].elementsEqual(lastCurrency.code.utf8) {
      return lastCurrency
    }
    guard let currency = row.currency(field) else {
      throw StatementError(
        line: row.reader.line, .badCurrency(FieldText.text(row.reader.bytes, field)))
    }
    lastCurrency = currency
    return currency
  }

  private mutating func moment(_ row: Row) throws(StatementError) -> Timestamp {
    guard let field = row.field(.time) else {
      throw StatementError(line: row.reader.line, .missingColumn(row.plan.name(.time)))
    }
    let read: Timestamp?
    if let clock = row.field(.clock) {
      // A date and a clock in columns of their own are read as one text.
      var text = Array(row.reader.bytes[field]) + [0x20] + Array(row.reader.bytes[clock])
      if let zone = row.field(.zone) { text += row.reader.bytes[zone] }
      read = time.read(text, 0..<text.count)
    } else {
      read = time.read(row.reader.bytes, field)
    }
    guard let read else {
      throw StatementError(
        line: row.reader.line,
        .badTime(column: row.plan.name(.time), text: FieldText.text(row.reader.bytes, field)))
    }
    return read
  }

  /// What stands under some columns, as it is written; nil where there is nothing.
  func amounts(
    of roles: [ColumnRole], _ reader: DelimitedReader, _ plan: ColumnPlan, _ currency: Currency
  ) throws(StatementError) -> [Int64?] {
    let row = Row(reader: reader, plan: plan)
    var amounts: [Int64?] = []
    for role in roles { amounts.append(try amount(row, role, currency)) }
    return amounts
  }

  /// Nil where the column or its text is missing.
  private func amount(
    _ row: Row, _ role: ColumnRole, _ currency: Currency
  ) throws(StatementError) -> Int64? {
    guard let field = row.field(role), !field.isEmpty else { return nil }
    let exponent = layout.countsMinorUnits ? 0 : Int(currency.exponent)
    guard let value = FieldText.amount(row.reader.bytes, field, exponent: exponent, marks) else {
      throw StatementError(
        line: row.reader.line,
        .badAmount(column: row.plan.name(role), text: FieldText.text(row.reader.bytes, field)))
    }
    return value
  }

  private func required(
    _ row: Row, _ role: ColumnRole, _ currency: Currency
  ) throws(StatementError) -> Int64 {
    guard let value = try amount(row, role, currency) else {
      throw StatementError(
        line: row.reader.line, .badAmount(column: row.plan.name(role), text: ""))
    }
    return value
  }

  private func gross(
    _ row: Row, _ kind: EntryKind, _ currency: Currency
  ) throws(StatementError) -> Int64 {
    let role: ColumnRole =
      kind == .refund && row.plan.place(.refundGross) != nil ? .refundGross : .gross
    switch layout.amounts {
    case .signed:
      return try required(row, role, currency)
    case .byKind:
      let value = try required(row, role, currency)
      switch kind {
      case .charge: return abs(value)
      case .refund, .payout, .dispute, .fee: return -abs(value)
      case .adjustment, .transfer, .bank, .order, .conversion: return value
      }
    case .byMark:
      let value = try required(row, role, currency)
      let mark = row.field(.mark).map { row.reader.bytes[$0] } ?? []
      if creditMarks.contains(where: mark.elementsEqual) { return value }
      if debitMarks.contains(where: mark.elementsEqual) { return -value }
      throw StatementError(
        line: row.reader.line,
        .unknownWord(column: row.plan.name(.mark), text: String(decoding: mark, as: UTF8.self)))
    case .twoColumns:
      let credit = try amount(row, .credit, currency) ?? 0
      let debit = try amount(row, .debit, currency) ?? 0
      guard (credit == 0) != (debit == 0) else {
        throw StatementError(
          line: row.reader.line, .badAmount(column: row.plan.name(.credit), text: "both or none"))
      }
      return credit != 0 ? credit : -abs(debit)
    }
  }

  private func cost(_ fee: Int64, _ kind: EntryKind) -> Int64 {
    switch layout.feeSign {
    case .positiveCosts: fee
    case .negativeCosts: -fee
    case .byKind: kind == .refund ? -abs(fee) : abs(fee)
    }
  }

  /// A net column that the row itself contradicts means that the row was misread.
  private func checkNet(_ row: Row, _ entry: Entry) throws(StatementError) {
    guard let net = try amount(row, .net, entry.currency), net != entry.net,
      let field = row.field(.net)
    else { return }
    throw StatementError(
      line: row.reader.line,
      .badAmount(column: row.plan.name(.net), text: FieldText.text(row.reader.bytes, field)))
  }

  private func settlement(_ row: Row, _ entry: Entry) throws(StatementError) -> Settlement? {
    guard let code = row.field(.settlementCurrency), !code.isEmpty,
      let currency = row.currency(code), currency != entry.currency,
      let amount = try amount(row, .settlementAmount, currency),
      let rate = Ratio(abs(amount), max(1, abs(entry.gross)))
    else { return nil }
    return Settlement(amount: Money(amount, currency), rate: rate)
  }

  private func fillTexts(
    _ row: Row, _ kind: EntryKind, _ entry: inout Entry, _ table: inout EntryTable
  ) {
    func keep(_ role: ColumnRole) -> TextSpan {
      row.identifier(role).map { table.keep(row.reader.bytes[$0]) } ?? .empty
    }
    entry.transaction = keep(.transaction)
    entry.reference = keep(.reference)
    entry.parent = keep(.parent)
    let movement = keep(.movement)
    if !movement.isEmpty {
      entry.parent = movement
      if entry.transaction.isEmpty { entry.transaction = movement }
    }
    if kind == .refund {
      // A refund is known by its own numbers; those of the charge say what it belongs to.
      let own = keep(.refundReference)
      let ownTransaction = keep(.refundTransaction)
      if !own.isEmpty || !ownTransaction.isEmpty {
        if entry.parent.isEmpty { entry.parent = entry.reference }
        entry.reference = own
      }
      if !ownTransaction.isEmpty { entry.transaction = ownTransaction }
    }
    if let merchant = row.identifier(.merchant) {
      entry.merchant = table.number(of: row.reader.bytes[merchant])
    }
    if let batch = row.identifier(.batch) {
      entry.batch = table.number(of: row.reader.bytes[batch])
    }
    if kind == .bank { fillRemark(row, &entry, &table) }
  }

  private func fillRemark(_ row: Row, _ entry: inout Entry, _ table: inout EntryTable) {
    var text: [UInt8] = []
    for role in [ColumnRole.counterparty, .remark] {
      guard let field = row.field(role), !field.isEmpty else { continue }
      if !text.isEmpty { text.append(0x20) }
      text += row.reader.bytes[field]
    }
    entry.parent = table.keep(text)
    if BankText.names(text, anyOf: gatewayWords) { entry.flags.insert(.namesGateway) }
  }
}

/// One line with what its columns mean.
private struct Row {
  let reader: DelimitedReader
  let plan: ColumnPlan

  /// The field without the space around it, the tab of Alipay and the apostrophe of spreadsheets.
  func field(_ role: ColumnRole) -> Range<Int>? {
    guard let place = plan.place(role), place < reader.fields.count else { return nil }
    let field = FieldText.trimmed(reader.bytes, reader.fields[place])
    let hasMark =
      field.count > 1
      && (reader.bytes[field.lowerBound] == 0x27 || reader.bytes[field.lowerBound] == 0x60)
    return hasMark ? field.lowerBound + 1..<field.upperBound : field
  }

  /// A number of somebody's. `0`, `-` and `/` stand for none.
  func identifier(_ role: ColumnRole) -> Range<Int>? {
    guard let field = field(role), !field.isEmpty else { return nil }
    if field.count == 1, [0x30, 0x2D, 0x2F].contains(reader.bytes[field.lowerBound]) { return nil }
    return field
  }

  func currency(_ field: Range<Int>) -> Currency? {
    let text = String(decoding: reader.bytes[field], as: UTF8.self)
    return Currency(code: text) ?? Currency(code: text.uppercased())
  }
}

/// What the words of a column mean; a handful, so they are compared one by one.
private struct WordTable: Sendable {
  private let words: [(word: [UInt8], meaning: RowMeaning)]

  init(_ meanings: [String: RowMeaning]) {
    words = meanings.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), $0.value) }
  }

  func meaning(_ bytes: [UInt8], _ field: Range<Int>) -> RowMeaning? {
    words.first { $0.word.elementsEqual(bytes[field]) }?.meaning
  }
}
