package import Domain

/// What a bank's file says, beside its rows.
package struct BankAccountStatement: Sendable {
  package var account = ""
  package var statementID = ""
  package var currency: Currency?
  /// Minor units of `currency`; nil where the file does not say.
  package var opening: Int64?
  package var closing: Int64?
  package var statement = Statement()

  /// Opening and rows must give closing, to the last minor unit.
  mutating func checkBalance(line: Int) throws(StatementError) {
    guard let opening, let closing else { return }
    var sum = opening
    for entry in statement.table.entries {
      let (next, overflow) = sum.addingReportingOverflow(entry.gross)
      guard !overflow else { throw StatementError(line: line, .overflow) }
      sum = next
    }
    statement.checks.append(StatementCheck(.closingBalance, stated: closing, found: sum))
  }

  mutating func add(_ row: BankRow, words: [[UInt8]]) {
    var entry = Entry(
      kind: .bank, at: row.at, gross: row.amount.minor, currency: row.amount.currency,
      line: UInt32(clamping: row.line))
    entry.transaction = statement.table.keep(row.bankReference)
    entry.reference = statement.table.keep(row.ownReference)
    entry.parent = statement.table.keep(row.text)
    if BankText.names(Array(row.text.utf8), anyOf: words) { entry.flags.insert(.namesGateway) }
    statement.table.addNumbered(entry)
  }
}

/// One booked movement.
struct BankRow {
  var at: Timestamp
  var amount: Money
  var bankReference = ""
  var ownReference = ""
  var text = ""
  var line: Int

  /// Joins pieces of text with a space, leaving out empty ones.
  mutating func add(_ piece: some StringProtocol) {
    guard !piece.isEmpty else { return }
    text += text.isEmpty ? String(piece) : " " + piece
  }
}

/// The start of a day written as `yyyymmdd` or `yyyy-mm-dd`; a clock and zone after it move
/// nothing, because the booking day is what the bank wrote.
enum BookingDay {
  static func read(_ text: some StringProtocol) -> Timestamp? {
    let digits = text.utf8.prefix(10).filter { $0 &- 0x30 <= 9 }.prefix(8)
    guard digits.count == 8 else { return nil }
    let day = Array(digits)
    var reader = TimeReader(TimeShape(.yearMonthDay, offsetMinutes: 0))
    return reader.read(day, 0..<8)
  }
}

enum BankAmount {
  /// `1234,56` or `1234.56`, with a sign; no thousands marks.
  static func read(_ text: some StringProtocol, _ currency: Currency) -> Int64? {
    let bytes = Array(text.utf8)
    let isComma = bytes.contains(UInt8(ascii: ","))
    var field = 0..<bytes.count
    // MT940 ends whole amounts with a bare comma.
    if isComma, bytes.last == UInt8(ascii: ",") { field = 0..<bytes.count - 1 }
    return FieldText.amount(
      bytes, field, exponent: Int(currency.exponent),
      FieldText.NumberMarks(decimal: UInt8(ascii: isComma ? "," : "."), group: nil))
  }

  /// The same where nothing says what a comma is: with three digits behind it, it may part
  /// decimals as well as thousands, so it is no amount.
  static func readPlain(_ text: some StringProtocol, _ currency: Currency) -> Int64? {
    let bytes = Array(text.utf8)
    let comma = bytes.lastIndex(of: UInt8(ascii: ","))
    if let comma, bytes.count - comma == 4 { return nil }
    return read(text, currency)
  }
}
