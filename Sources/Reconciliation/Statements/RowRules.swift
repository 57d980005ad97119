import Domain

/// How the lines of one file are understood. What every row asks for is taken out of the layout:
/// to reach into it is to count references.
final class RowRules: Sendable {
  /// Where the columns stand.
  let plan: ColumnPlan
  let marks: FieldText.NumberMarks
  let countsMinorUnits: Bool
  let sign: AmountSign
  /// Of rows that name none.
  let currency: Currency?
  let saysNoFees: Bool
  private let feeSign: FeeSign
  private let kinds: WordTable
  private let otherKind: RowMeaning?
  private let statuses: WordTable
  private let otherStatus: RowMeaning?
  private let gatewayWords: [[UInt8]]

  init(_ layout: StatementLayout, _ plan: ColumnPlan) {
    self.plan = plan
    marks = FieldText.NumberMarks(decimal: layout.decimalMark, group: layout.groupMark)
    countsMinorUnits = layout.countsMinorUnits
    sign = AmountSign(layout.amounts)
    currency = layout.currency
    saysNoFees = plan.place(.fee) == nil
    feeSign = layout.feeSign
    kinds = WordTable(layout.kinds)
    otherKind = layout.otherKind
    statuses = WordTable(layout.statuses)
    otherStatus = layout.otherStatus.map(RowMeaning.status)
    gatewayWords = layout.gatewayWords.map { Array($0.utf8) }
  }

  @inline(__always)
  func kindMeaning(_ line: Line) throws(StatementError) -> RowMeaning {
    try meaning(line, .kind, kinds, otherKind)
  }

  @inline(__always)
  private func meaning(
    _ line: Line, _ role: ColumnRole, _ words: WordTable, _ other: RowMeaning?
  ) throws(StatementError) -> RowMeaning {
    guard let field = field(line, role) else { return other ?? .skip }
    if let meaning = words.meaning(line.bytes, field) ?? other { return meaning }
    throw unknownWord(line, role, field)
  }

  /// Nil where the status says that the row is no money.
  @inline(__always)
  func status(_ line: Line, _ kind: EntryKind) throws(StatementError) -> EntryStatus? {
    let isRefund = kind == .refund && plan.place(.refundStatus) != nil
    let role: ColumnRole = isRefund ? .refundStatus : .status
    guard plan.place(role) != nil else { return .succeeded }
    guard case .status(let status) = try meaning(line, role, statuses, otherStatus) else {
      return nil
    }
    return status
  }

  @inline(__always)
  func cost(_ fee: Int64, _ kind: EntryKind) -> Int64 {
    switch feeSign {
    case .positiveCosts: fee
    case .negativeCosts: -fee
    case .byKind: kind == .refund ? -abs(fee) : abs(fee)
    }
  }

  /// A net column that the row itself contradicts means that the row was misread.
  @inline(__always)
  func checkNet(
    _ line: Line, _ entry: Entry, received: Int64
  ) throws(StatementError) {
    guard let net = try amount(line, .net, entry.currency), let field = field(line, .net) else {
      return
    }
    let (own, overflow) = received.subtractingReportingOverflow(entry.fee)
    if !overflow, net == own { return }
    throw badAmount(line, .net, field)
  }

  @inline(__always)
  func settlement(_ line: Line, _ entry: Entry) throws(StatementError) -> Settlement? {
    guard let code = field(line, .settlementCurrency), !code.isEmpty,
      let currency = Self.currency(line, code), currency != entry.currency,
      let amount = try amount(line, .settlementAmount, currency),
      let rate = Ratio(abs(amount), max(1, abs(entry.gross)))
    else { return nil }
    return Settlement(amount: Money(amount, currency), rate: rate)
  }

  @inline(__always)
  func fillTexts(
    _ line: Line, _ kind: EntryKind, _ entry: inout Entry, _ table: inout EntryTable
  ) {
    entry.transaction = keep(line, .transaction, &table)
    entry.reference = keep(line, .reference, &table)
    entry.parent = keep(line, .parent, &table)
    let movement = keep(line, .movement, &table)
    if !movement.isEmpty {
      entry.parent = movement
      if entry.transaction.isEmpty { entry.transaction = movement }
    }
    if kind == .refund || kind == .refundReturn {
      // A refund is known by its own numbers; those of the charge say what it belongs to.
      let own = keep(line, .refundReference, &table)
      let ownTransaction = keep(line, .refundTransaction, &table)
      if !own.isEmpty || !ownTransaction.isEmpty {
        if entry.parent.isEmpty { entry.parent = entry.reference }
        entry.reference = own
      }
      if !ownTransaction.isEmpty { entry.transaction = ownTransaction }
    }
    if let merchant = identifier(line, .merchant) {
      entry.merchant = table.number(of: line.bytes, merchant)
    }
    if let batch = identifier(line, .batch) {
      entry.batch = table.number(of: line.bytes, batch)
    }
    if kind == .bank { fillRemark(line, &entry, &table) }
  }

  @inline(__always)
  private func keep(_ line: Line, _ role: ColumnRole, _ table: inout EntryTable) -> TextSpan {
    identifier(line, role).map { table.keep(line.bytes, $0) } ?? .empty
  }

  private func fillRemark(_ line: Line, _ entry: inout Entry, _ table: inout EntryTable) {
    var text: [UInt8] = []
    for role in [ColumnRole.counterparty, .remark] {
      guard let field = field(line, role), !field.isEmpty else { continue }
      if !text.isEmpty { text.append(0x20) }
      text += line.bytes.slice(field)
    }
    entry.parent = table.keep(text)
    if BankText.names(text, anyOf: gatewayWords) { entry.flags.insert(.namesGateway) }
  }
}

// MARK: Fields

extension RowRules {
  /// The field without the space around it, the tab of Alipay and the apostrophe of spreadsheets.
  @inline(__always)
  func field(_ line: Line, _ role: ColumnRole) -> Range<Int>? {
    guard let place = plan.place(role), place < line.fields.count else { return nil }
    let field = FieldText.trimmed(line.bytes, line.fields[place])
    guard field.count > 1 else { return field }
    let first = line.bytes[field.lowerBound]
    return first == 0x27 || first == 0x60 ? field.lowerBound + 1..<field.upperBound : field
  }

  /// A number of somebody's. `0`, `-` and `/` stand for none.
  @inline(__always)
  private func identifier(_ line: Line, _ role: ColumnRole) -> Range<Int>? {
    guard let field = field(line, role), !field.isEmpty else { return nil }
    guard field.count == 1 else { return field }
    switch line.bytes[field.lowerBound] {
    case 0x30, 0x2D, 0x2F: return nil
    default: return field
    }
  }

  static func currency(_ line: Line, _ field: Range<Int>) -> Currency? {
    let text = line.bytes.string(field)
    return Currency(code: text) ?? Currency(code: text.uppercased())
  }
}
