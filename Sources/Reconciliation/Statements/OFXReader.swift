import Domain

/// OFX 1 (SGML, whose leaves have no end tag) and OFX 2 (XML).
package struct OFXReader: Sendable {
  private var markup = MarkupReader()
  private var leaf = ""
  /// What the currency named last is that of.
  private var currencyOf = ""
  private var fields: [String: String] = [:]
  private var isInRow = false
  private var current = BankAccountStatement()
  /// Each with the line on which it begins.
  private var rows: [(line: Int, fields: [String: String])] = []
  private var rowLine = 0
  private var finished: [BankAccountStatement] = []
  private let gatewayWords: [[UInt8]]

  /// - Parameter gatewayWords: in lower case; a row whose text has one speaks of a gateway.
  package init(gatewayWords: [String] = []) {
    self.gatewayWords = gatewayWords.map { Array($0.utf8) }
  }

  package mutating func feed(_ chunk: some Collection<UInt8>) throws(StatementError) {
    markup.feed(chunk)
    while let token = try markup.next(isLast: false) { try take(token) }
  }

  package mutating func finish() throws(StatementError) -> [BankAccountStatement] {
    while let token = try markup.next(isLast: true) { try take(token) }
    guard !finished.isEmpty else { throw StatementError(line: markup.line, .noHeading) }
    guard !isInRow else { throw StatementError(line: markup.line, .truncated) }
    return finished
  }

  private mutating func take(_ token: MarkupReader.Token) throws(StatementError) {
    switch token {
    case .open(let name, _):
      leaf = name
      if name == "CURRENCY" || name == "ORIGCURRENCY" { currencyOf = name }
      if name == "STMTTRN" {
        isInRow = true
        (rowLine, fields) = (markup.line, [:])
      } else if name == "STMTRS" || name == "CCSTMTRS" {
        current = BankAccountStatement()
        rows = []
      }
    case .text(let text): take(text)
    case .close(let name):
      leaf = ""
      if name == "STMTTRN" {
        isInRow = false
        rows.append((rowLine, fields))
      } else if name == "STMTRS" || name == "CCSTMTRS" {
        try close()
      }
    }
  }

  private mutating func take(_ text: String) {
    guard !isInRow else {
      // ORIGCURRENCY tells of an amount that was turned into the account's currency before.
      fields[leaf == "CURSYM" ? "\(currencyOf)/CURSYM" : leaf] = text
      return
    }
    switch leaf {
    case "CURDEF": current.currency = Currency(code: text)
    case "ACCTID": if current.account.isEmpty { current.account = text }
    default: break
    }
  }

  /// The file gives no opening balance, so there is nothing to check its closing one against.
  private mutating func close() throws(StatementError) {
    guard let currency = current.currency else {
      throw StatementError(line: markup.line, .badCurrency(""))
    }
    for (line, fields) in rows {
      let posted = fields["DTPOSTED"] ?? ""
      // The day as written: turned into UTC, an evening booking would move to the next day.
      guard let at = BookingDay.read(posted) else {
        throw StatementError(line: line, .badTime(column: "DTPOSTED", text: posted))
      }
      let text = fields["TRNAMT"] ?? ""
      guard let minor = BankAmount.readPlain(text, currency) else {
        throw StatementError(line: line, .badAmount(column: "TRNAMT", text: text))
      }
      // Of such a row nothing says to the last unit what the account received.
      if let other = fields["CURRENCY/CURSYM"], Currency(code: other) != currency {
        throw StatementError(
          line: line, .otherCurrency(column: "CURSYM", text: other, account: currency.code))
      }
      // Counted on from the end of the list, as statements that were taken in before are kept.
      var row = BankRow(at: at, amount: Money(minor, currency), line: markup.line)
      row.bankReference = fields["FITID"] ?? ""
      row.ownReference = fields["REFNUM"] ?? fields["CHECKNUM"] ?? ""
      row.add(fields["NAME"] ?? "")
      row.add(fields["MEMO"] ?? "")
      current.add(row, words: gatewayWords)
    }
    finished.append(current)
  }
}
