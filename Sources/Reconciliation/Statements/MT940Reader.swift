import Domain

/// SWIFT MT940: lines of tags. Inner pages (`:60M:`, `:62M:`) are one statement with their outer
/// ones.
package struct MT940Reader: Sendable {
  private var lines = DelimitedReader(separator: 0, quoting: .none)
  private var finished: [BankAccountStatement] = []
  private var current: BankAccountStatement?
  private var row: BankRow?
  private var tag = ""
  private var value = ""
  private var tagLine = 0
  private let gatewayWords: [[UInt8]]

  /// - Parameter gatewayWords: in lower case; a row whose text has one speaks of a gateway.
  package init(gatewayWords: [String] = []) {
    self.gatewayWords = gatewayWords.map { Array($0.utf8) }
  }

  package mutating func feed(_ chunk: some Collection<UInt8>) throws(StatementError) {
    lines.feed(chunk)
    while try lines.next(isLast: false) { try takeLine() }
  }

  package mutating func finish() throws(StatementError) -> [BankAccountStatement] {
    while try lines.next(isLast: true) { try takeLine() }
    try endTag()
    guard current == nil else { throw StatementError(line: lines.line, .truncated) }
    guard !finished.isEmpty else { throw StatementError(line: lines.line, .noHeading) }
    return finished
  }

  private mutating func takeLine() throws(StatementError) {
    guard let field = lines.fields.first else { return }
    let line = String(decoding: lines.bytes[field], as: UTF8.self)
    if line.hasPrefix(":"), let end = line.dropFirst().firstIndex(of: ":"),
      line.distance(from: line.startIndex, to: end) <= 5
    {
      try endTag()
      tag = String(line[line.index(after: line.startIndex)..<end])
      value = String(line[line.index(after: end)...])
      tagLine = lines.line
    } else if line == "-" || line == "-}" || line.hasPrefix("{") {
      try endTag()
    } else if !tag.isEmpty {
      value += "\n" + line
    }
  }

  private mutating func endTag() throws(StatementError) {
    defer {
      tag = ""
      value = ""
    }
    switch tag {
    case "20": if current == nil { current = BankAccountStatement(statementID: firstLine) }
    case "25":
      let account = firstLine
      current?.account = account
    case "60F": try open()
    case "61":
      endRow()
      row = try entry()
    case "86": row?.add(value.replacing("\n", with: ""))
    case "62F": try close()
    default: break
    }
  }

  private var firstLine: String { String(value.prefix { $0 != "\n" }) }

  private func bad() -> StatementError { StatementError(line: tagLine, .badTag(tag)) }

  private mutating func endRow() {
    if let row { current?.add(row, words: gatewayWords) }
    row = nil
  }

  /// `C231231EUR1234,56`
  private func balance() throws(StatementError) -> Money {
    let text = Array(firstLine.utf8)
    guard text.count > 10, text[0] == UInt8(ascii: "C") || text[0] == UInt8(ascii: "D"),
      let currency = Currency(code: String(decoding: text[7..<10], as: UTF8.self)),
      let minor = BankAmount.read(String(decoding: text[10...], as: UTF8.self), currency)
    else { throw bad() }
    return Money(text[0] == UInt8(ascii: "D") ? -minor : minor, currency)
  }

  private mutating func open() throws(StatementError) {
    let balance = try balance()
    current?.opening = balance.minor
    current?.currency = balance.currency
  }

  private mutating func close() throws(StatementError) {
    endRow()
    guard var statement = current else { throw bad() }
    let balance = try balance()
    guard balance.currency == statement.currency else { throw bad() }
    statement.closing = balance.minor
    try statement.checkBalance(line: tagLine)
    finished.append(statement)
    current = nil
  }

  /// `2311271127RD100,00NTRFNONREF//bank-reference` and a line of text under it.
  private func entry() throws(StatementError) -> BankRow {
    guard let currency = current?.currency else { throw bad() }
    var rest = Substring(firstLine)
    guard let at = BookingDay.read("20" + rest.prefix(6)) else { throw bad() }
    rest = rest.dropFirst(6)
    // The entry date has no year and is blank in some banks; the value date serves.
    let entryDate = rest.prefix(4)
    if entryDate.utf8.allSatisfy({ $0 &- 0x30 <= 9 || $0 == 0x20 }) { rest = rest.dropFirst(4) }
    let isReversal = rest.first == "R"
    if isReversal { rest = rest.dropFirst() }
    guard let mark = rest.popFirst(), mark == "C" || mark == "D" else { throw bad() }
    if let letter = rest.first, letter.isLetter { rest = rest.dropFirst() }
    let digits = rest.prefix { $0.isNumber || $0 == "," }
    guard let minor = BankAmount.read(digits, currency) else { throw bad() }
    // A credit taken back leaves the account, a debit given back comes in.
    let isIn = (mark == "C") != isReversal
    rest = rest.dropFirst(digits.count).dropFirst(4)
    var row = BankRow(
      at: at, amount: Money(isIn ? minor : -minor, currency), line: tagLine)
    if let slashes = rest.firstRange(of: "//") {
      row.ownReference = String(rest[..<slashes.lowerBound])
      row.bankReference = String(rest[slashes.upperBound...])
    } else {
      row.ownReference = String(rest)
    }
    if row.ownReference == "NONREF" { row.ownReference = "" }
    row.add(value.dropFirst(firstLine.count).replacing("\n", with: ""))
    return row
  }
}
