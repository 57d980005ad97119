import Domain

/// ISO 20022 camt.053: booked entries of a day. Elements are known by their local names, so that
/// every version of the schema reads the same.
package struct CAMTReader: Sendable {
  private var markup = MarkupReader()
  private var path: [String] = []
  private var currencyOfAmount: String?
  private var current: BankAccountStatement?
  private var balance: [String: String] = [:]
  private var balances: [String: Money] = [:]
  private var entry: [String: String] = [:]
  private var details: [[String: String]] = []
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
    guard path.isEmpty else { throw StatementError(line: markup.line, .truncated) }
    guard !finished.isEmpty else { throw StatementError(line: markup.line, .noHeading) }
    return finished
  }

  private mutating func take(_ token: MarkupReader.Token) throws(StatementError) {
    switch token {
    case .open(let name, let attributes):
      guard path.count < StatementLimit.markupDepth else {
        throw StatementError(line: markup.line, .badMarkup("nested too deep"))
      }
      path.append(name)
      currencyOfAmount = attributes["Ccy"]
      switch name {
      case "Stmt": current = BankAccountStatement()
      case "Bal": balance = [:]
      case "Ntry":
        entry = [:]
        details = []
      case "TxDtls": details.append([:])
      default: break
      }
    case .text(let text): take(text)
    case .close(let name):
      guard path.last == name else {
        throw StatementError(line: markup.line, .badMarkup("\(name) closes another element"))
      }
      path.removeLast()
      try close(name)
    }
  }

  private mutating func take(_ text: String) {
    let inner = path.drop { $0 != "Stmt" }.dropFirst()
    guard let first = inner.first else { return }
    let key = inner.dropFirst().joined(separator: "/")
    switch first {
    case "Id": current?.statementID = text
    case "Acct":
      if key == "Id/IBAN" || key == "Id/Othr/Id" { current?.account = text }
      if key == "Ccy" { current?.currency = Currency(code: text) }
    case "Bal":
      balance[key] = text
      if key == "Amt" { balance["Ccy"] = currencyOfAmount }
    case "Ntry":
      if let inside = inner.firstIndex(of: "TxDtls"), !details.isEmpty {
        let detailKey = inner[(inside + 1)...].joined(separator: "/")
        details[details.count - 1][detailKey, default: ""] += text
      } else {
        entry[key] = text
        if key == "Amt" { entry["Ccy"] = currencyOfAmount }
      }
    default: break
    }
  }

  private mutating func close(_ name: String) throws(StatementError) {
    switch name {
    case "Bal" where current != nil:
      let kind = balance["Tp/CdOrPrtry/Cd"] ?? ""
      // Of several interim balances the first opens and the last closes.
      let amount = try amount(balance)
      if balances[kind] == nil || kind == "CLBD" { balances[kind] = amount }
    case "Ntry": try closeEntry()
    case "Stmt": try closeStatement()
    default: break
    }
  }

  /// The amount is always positive; the indicator gives its sign, for reversals too.
  private func amount(_ fields: [String: String]) throws(StatementError) -> Money {
    let text = fields["Amt"] ?? ""
    guard let code = fields["Ccy"], let currency = Currency(code: code) else {
      throw StatementError(line: markup.line, .badCurrency(fields["Ccy"] ?? ""))
    }
    guard let minor = BankAmount.read(text, currency), minor >= 0,
      let mark = fields["CdtDbtInd"], mark == "CRDT" || mark == "DBIT"
    else { throw StatementError(line: markup.line, .badAmount(column: "Amt", text: text)) }
    return Money(mark == "DBIT" ? -minor : minor, currency)
  }

  private mutating func closeEntry() throws(StatementError) {
    let status = entry["Sts"] ?? entry["Sts/Cd"] ?? "BOOK"
    guard status == "BOOK" else {
      current?.statement.skippedRows += 1
      return
    }
    let whole = try amount(entry)
    let day = entry["BookgDt/Dt"] ?? entry["BookgDt/DtTm"] ?? entry["ValDt/Dt"] ?? ""
    guard let at = BookingDay.read(day) else {
      throw StatementError(line: markup.line, .badTime(column: "BookgDt", text: day))
    }
    let parts = partAmounts(whole)
    for (place, part) in (parts ?? [whole]).enumerated() {
      var row = BankRow(at: at, amount: part, line: markup.line)
      let detail = parts != nil ? details[place] : details.first ?? [:]
      row.bankReference =
        detail["Refs/AcctSvcrRef"] ?? entry["AcctSvcrRef"] ?? entry["NtryRef"] ?? ""
      row.ownReference = Self.given(detail["Refs/EndToEndId"])
      let party = whole.minor >= 0 ? "Dbtr" : "Cdtr"
      row.add(detail["RltdPties/\(party)/Nm"] ?? detail["RltdPties/\(party)/Pty/Nm"] ?? "")
      row.add(detail["RmtInf/Ustrd"] ?? "")
      row.add(detail["RmtInf/Strd/CdtrRefInf/Ref"] ?? "")
      row.add(detail["AddtlTxInf"] ?? "")
      row.add(entry["AddtlNtryInf"] ?? "")
      current?.add(row, words: gatewayWords)
    }
  }

  /// The parts of an entry, where there are several and they add up to it.
  private func partAmounts(_ whole: Money) -> [Money]? {
    guard details.count > 1 else { return nil }
    var parts: [Money] = []
    var sum = Money.zero(whole.currency)
    for detail in details {
      guard let text = detail["Amt"] ?? detail["AmtDtls/TxAmt/Amt"],
        let minor = BankAmount.read(text, whole.currency)
      else { return nil }
      let mark = detail["CdtDbtInd"] ?? entry["CdtDbtInd"]
      let part = Money(mark == "DBIT" ? -minor : minor, whole.currency)
      guard let next = try? sum.adding(part) else { return nil }
      sum = next
      parts.append(part)
    }
    return sum == whole ? parts : nil
  }

  private static func given(_ reference: String?) -> String {
    guard let reference, reference != "NOTPROVIDED", reference != "UNDEFINED" else { return "" }
    return reference
  }

  private mutating func closeStatement() throws(StatementError) {
    guard var statement = current else { return }
    let opening = balances["OPBD"] ?? balances["PRCD"] ?? balances["ITBD"]
    statement.opening = opening?.minor
    statement.closing = balances["CLBD"]?.minor
    statement.currency = statement.currency ?? opening?.currency
    try statement.checkBalance(line: markup.line)
    finished.append(statement)
    current = nil
    balances = [:]
  }
}
