/// An amount in minor units of one currency (fen, cents, yen).
///
/// Amounts of two currencies are never added (I19) and no operation wraps: both are errors.
package struct Money: Hashable, Sendable, CustomStringConvertible {
  package let currency: Currency
  /// Minor units. May be negative only in differences, never on an order or a payment.
  package let minor: Int64

  package init(_ minor: Int64, _ currency: Currency) {
    self.currency = currency
    self.minor = minor
  }

  package static func zero(_ currency: Currency) -> Money { Money(0, currency) }

  package func adding(_ other: Money) throws(MoneyError) -> Money {
    guard currency == other.currency else { throw .currencyMismatch }
    let (sum, overflow) = minor.addingReportingOverflow(other.minor)
    guard !overflow else { throw .overflow }
    return Money(sum, currency)
  }

  package func subtracting(_ other: Money) throws(MoneyError) -> Money {
    guard currency == other.currency else { throw .currencyMismatch }
    let (difference, overflow) = minor.subtractingReportingOverflow(other.minor)
    guard !overflow else { throw .overflow }
    return Money(difference, currency)
  }

  package func multiplied(by count: Int64) throws(MoneyError) -> Money {
    let (product, overflow) = minor.multipliedReportingOverflow(by: count)
    guard !overflow else { throw .overflow }
    return Money(product, currency)
  }

  /// `58.00`: the major unit with exactly the currency's decimals, `.` as the point.
  package var decimalText: String {
    let exponent = Int(currency.exponent)
    var digits = String(minor.magnitude)
    if exponent > 0 {
      while digits.utf8.count <= exponent { digits = "0" + digits }
      let split = digits.index(digits.endIndex, offsetBy: -exponent)
      digits = digits[..<split] + "." + digits[split...]
    }
    return minor < 0 ? "-" + digits : digits
  }

  /// Reads `58`, `58.0` or `58.00`. Nil where the text is no plain decimal, has more decimals than
  /// the currency, or does not fit: never rounded.
  package init?(decimalText text: String, currency: Currency) {
    var value: Int64 = 0
    var decimals = -1
    var digitsCount = 0
    var bytes = Substring(text).utf8
    let negative = bytes.first == UInt8(ascii: "-")
    if negative { bytes = bytes.dropFirst() }
    for byte in bytes {
      if byte == UInt8(ascii: "."), decimals < 0, digitsCount > 0 {
        decimals = 0
        continue
      }
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      if decimals >= 0 { decimals += 1 }
      digitsCount += 1
      guard let next = Money.shifted(value, adding: Int64(byte - 0x30)) else { return nil }
      value = next
    }
    guard digitsCount > 0, decimals != 0, decimals <= Int(currency.exponent) else { return nil }
    var missing = Int(currency.exponent) - max(decimals, 0)
    while missing > 0 {
      guard let next = Money.shifted(value, adding: 0) else { return nil }
      value = next
      missing -= 1
    }
    self.init(negative ? -value : value, currency)
  }

  private static func shifted(_ value: Int64, adding digit: Int64) -> Int64? {
    let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, carried) = tenfold.addingReportingOverflow(digit)
    return overflow || carried ? nil : sum
  }

  package var description: String { "\(decimalText) \(currency)" }
}

package enum MoneyError: Error, Sendable {
  case currencyMismatch
  case overflow
}
