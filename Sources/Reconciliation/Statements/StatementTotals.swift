import Domain

/// Sums up the rows and reads what the file says of them itself.
struct StatementTotals: Sendable {
  private let isOfAlipay: Bool
  private let exponent: Int
  private var rows: Int64 = 0
  private var charges: Int64 = 0
  private var refunds: Int64 = 0
  private var charged: Int64 = 0
  private var refunded: Int64 = 0
  private var fees: Int64 = 0
  private var credits: Int64 = 0
  private var debits: Int64 = 0
  private var creditRows: Int64 = 0
  private var debitRows: Int64 = 0
  private var stated: [(subject: StatementCheck.Subject, value: Int64)] = []
  private var statedSums: [(role: ColumnRole, value: Int64)] = []
  private var heading: [String] = []
  private let headingWord: [UInt8]
  private let trailers: [(word: [UInt8], sums: [ColumnRole])]
  /// Columns that a trailer sums up.
  let summed: [ColumnRole]
  /// Sums of `summed`, in its order.
  private var columnSums: [Int64]

  init(_ layout: StatementLayout) {
    isOfAlipay = layout.trailer == .alipay
    exponent = Int(layout.currency?.exponent ?? 2)
    if case .totals(let word) = layout.trailer {
      headingWord = Array(word.utf8)
    } else {
      headingWord = []
    }
    if case .lines(let lines) = layout.trailer {
      trailers = lines.map { (Array($0.word.utf8), $0.sums) }
      summed = TrailerLine.subjects.map(\.role).filter { role in
        lines.contains { $0.sums.contains(role) }
      }
    } else {
      trailers = []
      summed = []
    }
    columnSums = [Int64](repeating: 0, count: summed.count)
  }

  mutating func count(_ entry: Entry, received: Int64, line: Int) throws(StatementError) {
    // Of the known files Alipay's alone add up what was received.
    let counted = isOfAlipay ? received : entry.gross
    rows += 1
    try add(entry.fee, to: &fees, line)
    if entry.gross >= 0 {
      creditRows += 1
      try add(entry.gross, to: &credits, line)
    } else {
      debitRows += 1
      try add(-entry.gross, to: &debits, line)
    }
    if entry.kind == .charge {
      charges += 1
      try add(counted, to: &charged, line)
    } else if entry.kind == .refund {
      refunds += 1
      try add(counted > 0 ? counted : -counted, to: &refunded, line)
    }
  }

  private func add(_ value: Int64, to sum: inout Int64, _ line: Int) throws(StatementError) {
    let (next, overflow) = sum.addingReportingOverflow(value)
    guard !overflow else { throw StatementError(line: line, .overflow) }
    sum = next
  }

  /// Adds what a later piece of the same file counted and read.
  mutating func add(_ other: StatementTotals, line: Int) throws(StatementError) {
    rows += other.rows
    charges += other.charges
    refunds += other.refunds
    creditRows += other.creditRows
    debitRows += other.debitRows
    try add(other.charged, to: &charged, line)
    try add(other.refunded, to: &refunded, line)
    try add(other.fees, to: &fees, line)
    try add(other.credits, to: &credits, line)
    try add(other.debits, to: &debits, line)
    for (place, sum) in other.columnSums.enumerated() { try add(sum, to: &columnSums[place], line) }
    stated += other.stated
    statedSums += other.statedSums
  }

  func checks() -> [StatementCheck] {
    stated.map { StatementCheck($0.subject, stated: $0.value, found: found($0.subject)) }
      + statedSums.map { item in
        let place = summed.firstIndex(of: item.role)
        let subject = TrailerLine.subjects.first { $0.role == item.role }?.subject ?? .gross
        return StatementCheck(
          subject, stated: item.value, found: place.map { columnSums[$0] } ?? 0)
      }
  }

  private func found(_ subject: StatementCheck.Subject) -> Int64 {
    switch subject {
    case .rows: rows
    case .charges: charges
    case .refunds: refunds
    case .gross: charged
    case .refunded: refunded
    case .fees: fees
    case .income: credits
    case .expense: debits
    case .closingBalance: credits - debits
    }
  }

  // MARK: totals under a heading of their own (WeChat)

  @inline(__always)
  mutating func isHeading(_ line: Line) -> Bool {
    guard !headingWord.isEmpty, let first = line.fields.first, first.count == headingWord.count
    else { return false }
    return readHeading(line, first)
  }

  private mutating func readHeading(_ line: Line, _ first: Range<Int>) -> Bool {
    guard line.bytes.slice(first).elementsEqual(headingWord) else { return false }
    heading = line.fields.map { line.bytes.string($0) }
    return true
  }

  private static let subjects: [String: StatementCheck.Subject] = [
    "总交易单数": .rows, "订单总金额": .gross, "申请退款总金额": .refunded, "手续费总金额": .fees,
    "资金流水总笔数": .rows, "收入金额": .income, "支出金额": .expense,
  ]

  mutating func takeTotals(_ line: Line) throws(StatementError) {
    for (name, field) in zip(heading, line.fields) {
      guard let subject = Self.subjects[name] else { continue }
      let field = FieldText.trimmed(line.bytes, field)
      let value =
        subject == .rows
        ? FieldText.amount(line.bytes, field, exponent: 0, FieldText.NumberMarks())
        : FieldText.amount(line.bytes, field, exponent: exponent, FieldText.NumberMarks())
      guard let value else {
        throw StatementError(
          line: line.number, .badAmount(column: name, text: FieldText.text(line.bytes, field)))
      }
      stated.append((subject, value))
    }
  }

  // MARK: totals in lines of their own (declared layouts)

  /// The columns that a line sums up, where it is a trailer.
  func trailer(_ line: Line) -> [ColumnRole]? {
    guard !trailers.isEmpty, let first = line.fields.first else { return nil }
    let field = FieldText.trimmed(line.bytes, first)
    return trailers.first { line.bytes.slice(field).starts(with: $0.word) }?.sums
  }

  /// Adds what one row holds under the columns of `summed`.
  mutating func count(columns amounts: [Int64?], line: Int) throws(StatementError) {
    for (place, amount) in amounts.enumerated() {
      if let amount { try add(amount, to: &columnSums[place], line) }
    }
  }

  mutating func take(stated amounts: [Int64?], of roles: [ColumnRole]) {
    for (role, amount) in zip(roles, amounts) {
      if let amount { statedSums.append((role, amount)) }
    }
  }

  // MARK: totals in comment lines (Alipay)

  /// `#交易合计：2笔，商家实收共295.00元，商家优惠共0.00元`
  mutating func takeComment(_ line: Line) throws(StatementError) {
    guard isOfAlipay, let first = line.fields.first,
      let last = line.fields.last
    else { return }
    let text = line.bytes.string(first.lowerBound..<last.upperBound)
    for (word, counts, sum) in Self.commentTotals where text.hasPrefix(word) {
      let numbers = Self.numbers(text.dropFirst(word.count))
      guard numbers.count >= 2, let count = Int64(numbers[0]) else {
        throw StatementError(line: line.number, .badAmount(column: word, text: text))
      }
      let bytes = Array(numbers[1].utf8)
        guard
        let value = FieldText.amount(
          bytes, 0..<bytes.count, exponent: exponent, FieldText.NumberMarks())
      else { throw StatementError(line: line.number, .badAmount(column: word, text: text)) }
      if let counts { stated.append((counts, count)) }
      // The sign of a sum of refunds or expenses differs between samples.
      stated.append((sum, abs(value)))
    }
  }

  private static let commentTotals:
    [(word: String, count: StatementCheck.Subject?, sum: StatementCheck.Subject)] = [
      ("#交易合计", .charges, .gross), ("#退款合计", .refunds, .refunded),
      ("#收入合计", nil, .income), ("#支出合计", nil, .expense),
    ]

  /// Runs of digits, points and commas, with a sign in front.
  private static func numbers(_ text: Substring) -> [String] {
    var all: [String] = []
    var current = ""
    for character in text {
      if character.isASCII, character.isNumber || character == "." || character == "," {
        current.append(character)
      } else {
        if current.contains(where: \.isNumber) { all.append(current) }
        current = character == "-" ? "-" : ""
      }
    }
    if current.contains(where: \.isNumber) { all.append(current) }
    return all
  }
}
