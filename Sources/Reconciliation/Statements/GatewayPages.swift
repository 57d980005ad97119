import Domain
import JSON

/// Pages of a gateway's API as they were downloaded: one JSON object a line.
package enum GatewayPages: String, Hashable, Sendable, CaseIterable {
  case stripe = "stripe_pages"
  case payPal = "paypal_pages"
  case airwallex = "airwallex_pages"
  /// Settlements, and the records that they are made of. Records without their settlements are rows
  /// of trades, unless they are named so.
  case airwallexSettlements = "airwallex_settlements"

  /// A page is at most this long.
  private static let lineBytesMax = 16_777_216

  /// The gateway whose pages begin so; nil for anything else.
  static func guess(_ head: some StringProtocol) -> GatewayPages? {
    guard head.first == "{" else { return nil }
    if head.contains("\"transaction_details\"") { return .payPal }
    if head.contains("\"balance_transaction\"") || head.contains("/v1/balance_transactions") {
      return .stripe
    }
    // A day without movements has nothing but the list itself.
    let marks = [
      "\"source_type\"", "\"settlement_batch_id\"", "\"estimated_settled_at\"", "\"has_more\"",
      "\"hasMore\"",
    ]
    guard head.contains("\"items\""), marks.contains(where: { head.contains($0) }) else {
      return nil
    }
    return beginsWithSettlement(head) ? .airwallexSettlements : .airwallex
  }

  /// Settlements stand before their records. One has no kind and no gross amount, which all rows of
  /// trades have, and what it is a sum of follows.
  private static func beginsWithSettlement(_ head: some StringProtocol) -> Bool {
    for line in head.split(separator: "\n") {
      guard let items = line.firstRange(of: "\"items\""),
        let start = line[items.upperBound...].firstIndex(of: "{")
      else { continue }
      let row = line[start...].prefix { $0 != "}" }
      let words = ["\"transaction_type\"", "\"transactionType\"", "\"gross_amount\""]
      let sums = ["\"amount\"", "\"fee\"", "ettled"]
      return sums.allSatisfy { row.contains($0) } && !words.contains { row.contains($0) }
    }
    return false
  }

  /// Minutes east of UTC of the days that they are asked for by.
  var offsetMinutes: Int64 {
    switch self {
    case .stripe, .payPal: 0
    case .airwallex, .airwallexSettlements: 480
    }
  }

  /// - Parameter bytes: the whole file.
  func read(_ bytes: [UInt8]) throws(StatementError) -> Statement {
    var statement = Statement()
    var stated: Int64 = 0
    var found: Int64 = 0
    var settlements: [AirwallexSettlement] = []
    // Pages of one day may have been asked for by parts of it, the first part first.
    var begin: Timestamp?
    var start = 0
    var line = 0
    while start < bytes.count {
      line += 1
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      defer { start = end + 1 }
      guard end > start else { continue }
      guard end - start <= Self.lineBytesMax else { throw StatementError(line: line, .lineTooLong) }
      let page = try Self.object(bytes[start..<end], line)
      let rows = page[member]?.arrayValue ?? []
      let window = try self == .payPal ? PayPalPages.window(of: PageRow(.object(page), line)) : nil
      begin = begin ?? window?.lowerBound
      for row in rows {
        if try !add(PageRow(row, line), window, after: begin, to: &statement.table) {
          statement.skippedRows += 1
        }
        guard self == .airwallexSettlements else { continue }
        if let one = try AirwallexSettlement(PageRow(row, line)) { settlements.append(one) }
      }
      if let count = Self.stated(page) {
        stated += count
        found += Int64(rows.count)
      }
    }
    guard line > 0 else { throw StatementError(line: 0, .noHeading) }
    if stated > 0 { statement.checks.append(StatementCheck(.rows, stated: stated, found: found)) }
    for one in settlements { statement.checks += one.checks(in: statement.table) }
    return statement
  }

  private var member: String {
    switch self {
    case .stripe: "data"
    case .payPal: "transaction_details"
    case .airwallex, .airwallexSettlements: "items"
    }
  }

  private func add(
    _ row: PageRow, _ window: Range<Timestamp>?, after begin: Timestamp?,
    to table: inout EntryTable
  ) throws(StatementError) -> Bool {
    switch self {
    case .stripe: try StripePages.add(row, to: &table)
    case .payPal: try PayPalPages.add(row, within: window, after: begin, to: &table)
    case .airwallex, .airwallexSettlements: try AirwallexPages.add(row, to: &table)
    }
  }

  private static func object(
    _ text: ArraySlice<UInt8>, _ line: Int
  ) throws(StatementError) -> JSONObject {
    do throws(JSONError) {
      if let object = try JSONReader.read(text, profile: .document).objectValue { return object }
    } catch {
      throw StatementError(
        line: line,
        error.offset >= text.count ? .truncated : .badMarkup(error.code.rawValue))
    }
    throw StatementError(line: line, .badMarkup("no object"))
  }

  /// PayPal states how many rows a search has, on each of its pages; the first one counts.
  private static func stated(_ page: JSONObject) -> Int64? {
    guard let total = page["total_items"]?.integerValue else { return nil }
    return page["page"]?.integerValue == 1 ? total : 0
  }
}

/// One row of a page, with the words for what is wrong with it.
struct PageRow {
  let object: JSONObject
  let line: Int

  init(_ value: JSONValue, _ line: Int) {
    object = value.objectValue ?? JSONObject()
    self.line = line
  }

  func text(_ name: String) -> String? {
    guard let text = object[name]?.stringValue, !text.isEmpty else { return nil }
    return text
  }

  func nested(_ name: String) -> PageRow? {
    object[name].flatMap { $0.objectValue == nil ? nil : PageRow($0, line) }
  }

  func currency(_ name: String) throws(StatementError) -> Currency {
    let text = text(name) ?? ""
    guard let currency = Currency(code: text.uppercased()) else {
      throw StatementError(line: line, .badCurrency(String(text.prefix(60))))
    }
    return currency
  }

  /// A decimal of the major unit, as a text or as a number; zeros beyond its decimals are none.
  func amount(_ name: String, _ currency: Currency) throws(StatementError) -> Int64 {
    let value = object[name]
    guard let text = value?.stringValue ?? value?.numberLiteral,
      let amount = Money(decimalText: Self.shortened(text, currency), currency: currency)
    else { throw badAmount(name) }
    return amount.minor
  }

  func badAmount(_ name: String) -> StatementError {
    let value = object[name]
    let text = value?.stringValue ?? value?.numberLiteral ?? ""
    return StatementError(line: line, .badAmount(column: name, text: String(text.prefix(60))))
  }

  /// `2026-11-20T04:50:17Z`, or with `+0800` or `+08:00`; parts of a second are cut off.
  func time(_ name: String) throws(StatementError) -> Timestamp {
    let text = text(name) ?? ""
    guard let time = Self.time(text) else {
      throw StatementError(
        line: line, .badTime(column: name, text: String(text.prefix(60))))
    }
    return time
  }

  private static func time(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20 else { return nil }
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst().drop { (0x30...0x39).contains($0) }
    }
    var offset: Int64 = 0
    if rest.elementsEqual([UInt8(ascii: "Z")]) {
      offset = 0
    } else {
      let digits = rest.dropFirst().filter { $0 != UInt8(ascii: ":") }
      guard let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
        digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int64(String(decoding: digits, as: UTF8.self)), number % 100 < 60
      else { return nil }
      offset = (number / 100 * 60 + number % 100) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
    return CivilTime.read(String(decoding: bytes[0..<19], as: UTF8.self), offsetMinutes: offset)
  }

  private static func shortened(_ text: String, _ currency: Currency) -> String {
    guard let point = text.firstIndex(of: ".") else { return text }
    var text = text
    while text.hasSuffix("0"),
      text.distance(from: point, to: text.endIndex) > Int(currency.exponent) + 1
    {
      text.removeLast()
    }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
