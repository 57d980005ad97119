// Money as people type it. The decimals must fit the currency: nothing is rounded and no currency
// is assumed.

import Domain
import JSON

/// Reads `58.00CNY` or `CNY:58.00`.
///
/// - Throws: `UsageError` when the currency is missing or unknown, when there are more decimals
///   than it has, or for anything that is not digits with one dot.
func parseMoney(_ text: String) throws(UsageError) -> Money {
  let example = "write it like 58.00CNY or CNY:58.00"
  let (number, code) = splitMoney(text)
  guard !code.isEmpty else {
    throw UsageError("'\(printable(text))' names no currency", hints: [example])
  }
  guard let currency = Currency(code: code) else {
    var hints = [example]
    if Currency(code: code.uppercased()) != nil {
      hints.insert("currencies are upper case: \(code.uppercased())", at: 0)
    }
    throw UsageError("'\(printable(code))' is not a currency of ISO 4217", hints: hints)
  }
  guard let amount = Money(decimalText: number, currency: currency), amount.minor >= 0,
    amount.minor <= JSONValue.integerMagnitudeMax, number.utf8.first != UInt8(ascii: "-")
  else { throw refusedNumber(number, currency: currency, typed: text) }
  return amount
}

/// Reads `--minor 5800 --currency CNY`.
func parseMinorUnits(_ units: String, currency code: String) throws(UsageError) -> Money {
  guard let currency = Currency(code: code) else {
    throw UsageError("--currency: '\(printable(code))' is not a currency of ISO 4217")
  }
  guard let minor = exactInteger(units), minor >= 0 else {
    throw UsageError("--minor takes a whole number of minor units, not '\(printable(units))'")
  }
  return Money(minor, currency)
}

private func splitMoney(_ text: String) -> (number: String, code: String) {
  if let colon = text.firstIndex(of: ":") {
    return (String(text[text.index(after: colon)...]), String(text[..<colon]))
  }
  let code = text.reversed().prefix { $0.isLetter }
  return (String(text.dropLast(code.count)), String(code.reversed()))
}

/// Says which rule an amount breaks, the most useful one first.
private func refusedNumber(_ number: String, currency: Currency, typed: String) -> UsageError {
  let shown = "'\(printable(typed))'"
  if number.hasPrefix("-") {
    return UsageError("\(shown) is negative", hints: ["amounts are never negative"])
  }
  if number.contains(",") {
    return UsageError(
      "\(shown) is not an amount",
      hints: ["the decimal sign is a dot, and there are no groups: 1234.50\(currency.code)"])
  }
  let parts = number.split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && isDigits($0) }) else {
    return UsageError(
      "\(shown) is not an amount",
      hints: ["digits with at most one dot, and the currency: 58.00\(currency.code)"])
  }
  if parts.count == 2, parts[1].utf8.count > Int(currency.exponent) {
    let count = currency.exponent == 0 ? "no decimals" : "\(currency.exponent) decimals"
    return UsageError(
      "\(shown) is finer than \(currency.code), which has \(count)",
      hints: ["amounts are never rounded"])
  }
  return UsageError("\(shown) is beyond \(JSONValue.integerMagnitudeMax) minor units")
}

/// True when there is nothing but ASCII digits.
func isDigits(_ text: Substring) -> Bool {
  text.utf8.allSatisfy { (0x30...0x39).contains($0) }
}

/// Reads a whole number that every JSON reader keeps exactly; no sign but minus, no spaces.
func exactInteger(_ text: String) -> Int64? {
  let digits = text.hasPrefix("-") ? text.dropFirst() : Substring(text)
  guard !digits.isEmpty, isDigits(digits), let value = Int64(text) else { return nil }
  return value.magnitude <= UInt64(JSONValue.integerMagnitudeMax) ? value : nil
}

/// The text of a `money` object, `58.00 CNY`; nil when the value has another shape.
///
/// A currency unknown here shows its minor units as such, never a guess at its decimals.
func moneyText(_ value: JSONValue) -> String? {
  guard let object = value.objectValue, object.count == 2,
    let minor = object["minor"]?.integerValue, let code = object["currency"]?.stringValue
  else { return nil }
  guard let currency = Currency(code: code) else { return "\(minor) minor units of \(code)" }
  return Money(minor, currency).description
}
