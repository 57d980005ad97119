import Domain

/// `AmountStyle` with its words as bytes.
enum AmountSign: Sendable {
  case signed, byKind, twoColumns
  case byMark(credit: [[UInt8]], debit: [[UInt8]])

  init(_ style: AmountStyle) {
    switch style {
    case .signed: self = .signed
    case .byKind: self = .byKind
    case .twoColumns: self = .twoColumns
    case .byMark(let credit, let debit):
      self = .byMark(
        credit: credit.map { Array($0.utf8) }, debit: debit.map { Array($0.utf8) })
    }
  }
}

extension RowRules {
  /// What stands under some columns, as it is written; nil where there is nothing.
  func amounts(
    of roles: [ColumnRole], _ line: Line, _ currency: Currency
  ) throws(StatementError) -> [Int64?] {
    var amounts: [Int64?] = []
    for role in roles { amounts.append(try amount(line, role, currency)) }
    return amounts
  }

  /// Nil where the column or its text is missing.
  @inline(__always)
  func amount(
    _ line: Line, _ role: ColumnRole, _ currency: Currency
  ) throws(StatementError) -> Int64? {
    guard let field = field(line, role), !field.isEmpty else { return nil }
    let exponent = countsMinorUnits ? 0 : Int(currency.exponent)
    if let value = FieldText.amount(line.bytes, field, exponent: exponent, marks) { return value }
    throw badAmount(line, role, field)
  }

  @inline(__always)
  private func required(
    _ line: Line, _ role: ColumnRole, _ currency: Currency
  ) throws(StatementError) -> Int64 {
    if let value = try amount(line, role, currency) { return value }
    throw StatementError(line: line.number, .badAmount(column: plan.name(role), text: ""))
  }

  @inline(__always)
  func gross(
    _ line: Line, _ kind: EntryKind, _ currency: Currency
  ) throws(StatementError) -> Int64 {
    let role: ColumnRole =
      kind == .refund && plan.place(.refundGross) != nil ? .refundGross : .gross
    switch sign {
    case .signed:
      return try required(line, role, currency)
    case .byKind:
      let value = try required(line, role, currency)
      switch kind {
      case .charge, .payoutReturn, .refundReturn: return abs(value)
      case .refund, .payout, .dispute, .fee: return -abs(value)
      case .adjustment, .transfer, .bank, .order, .conversion: return value
      }
    case .byMark(let credit, let debit):
      return try marked(try required(line, role, currency), line, credit, debit)
    case .twoColumns:
      return try ofTwoColumns(line, currency)
    }
  }

  /// What the balance gets of a row, signed as its amount.
  @inline(__always)
  func received(_ line: Line, _ entry: Entry) throws(StatementError) -> Int64 {
    let isRefund = entry.kind == .refund && plan.place(.refundReceived) != nil
    let role: ColumnRole = isRefund ? .refundReceived : .received
    guard let value = try amount(line, role, entry.currency) else { return entry.gross }
    guard entry.kind == .charge || entry.kind == .refund else { return value }
    return entry.gross < 0 ? -abs(value) : abs(value)
  }

  private func marked(
    _ value: Int64, _ line: Line, _ credit: [[UInt8]], _ debit: [[UInt8]]
  ) throws(StatementError) -> Int64 {
    let mark = field(line, .mark).map { Array(line.bytes.slice($0)) } ?? []
    if credit.contains(mark) { return value }
    if debit.contains(mark) { return -value }
    throw StatementError(
      line: line.number,
      .unknownWord(column: plan.name(.mark), text: String(decoding: mark, as: UTF8.self)))
  }

  private func ofTwoColumns(_ line: Line, _ currency: Currency) throws(StatementError) -> Int64 {
    let credit = try amount(line, .credit, currency) ?? 0
    let debit = try amount(line, .debit, currency) ?? 0
    guard (credit == 0) != (debit == 0) else {
      throw StatementError(
        line: line.number, .badAmount(column: plan.name(.credit), text: "both or none"))
    }
    return credit != 0 ? credit : -abs(debit)
  }

  func badAmount(_ line: Line, _ role: ColumnRole, _ field: Range<Int>) -> StatementError {
    StatementError(
      line: line.number,
      .badAmount(column: plan.name(role), text: FieldText.text(line.bytes, field)))
  }

  func unknownWord(
    _ line: Line, _ role: ColumnRole, _ field: Range<Int>
  ) -> StatementError {
    StatementError(
      line: line.number,
      .unknownWord(column: plan.name(role), text: FieldText.text(line.bytes, field)))
  }
}
