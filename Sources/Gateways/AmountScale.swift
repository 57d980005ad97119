import Domain

/// How a gateway counts amounts: with its own number of decimals for some currencies, in integers
/// or in decimal texts. Nothing is ever rounded: what does not fit is nil.
struct AmountScale: Sendable {
  /// Decimals of currencies that the gateway counts otherwise than with two.
  let decimals: [(currency: String, decimals: Int)]

  func decimals(of currency: Currency) -> Int {
    let code = currency.code
    return decimals.first { $0.currency.utf8.elementsEqual(code.utf8) }?.decimals ?? 2
  }

  /// The amount in the gateway's smallest units.
  func units(_ money: Money) -> Int64? {
    Self.scaled(money.minor, by: decimals(of: money.currency) - Int(money.currency.exponent))
  }

  /// The amount that so many of the gateway's smallest units are.
  func money(units: Int64, _ currency: Currency) -> Money? {
    Self.scaled(units, by: Int(currency.exponent) - decimals(of: currency))
      .map { Money($0, currency) }
  }

  /// `19.99`: the major unit with exactly the gateway's decimals.
  func text(_ money: Money) -> String? {
    guard let units = units(money), units >= 0 else { return nil }
    let places = decimals(of: money.currency)
    guard places > 0 else { return String(units) }
    var digits = String(units)
    while digits.utf8.count <= places { digits = "0" + digits }
    let split = digits.index(digits.endIndex, offsetBy: -places)
    return digits[..<split] + "." + digits[split...]
  }

  /// What the engine has to keep to, from limits in the gateway's smallest units.
  func rule(_ code: String, min: Int64, max: Int64, step: Int64 = 1)
    -> GatewayCapabilities.AmountRule?
  {
    guard let currency = Currency(code: code) else { return nil }
    let shift = Int(currency.exponent) - decimals(of: currency)
    let unit = Self.scaled(1, by: Swift.max(0, shift)) ?? 1
    let divisor = Self.scaled(1, by: Swift.max(0, -shift)) ?? 1
    return GatewayCapabilities.AmountRule(
      currency: code, min: Swift.max(1, (min + divisor - 1) / divisor * unit),
      max: max / divisor * unit, step: Swift.max(1, step / divisor) * unit)
  }

  /// Times a power of ten; nil where digits would be lost or the number does not fit.
  static func scaled(_ value: Int64, by power: Int) -> Int64? {
    var value = value
    for _ in 0..<abs(power) {
      if power > 0 {
        let (next, overflow) = value.multipliedReportingOverflow(by: 10)
        guard !overflow else { return nil }
        value = next
      } else {
        guard value % 10 == 0 else { return nil }
        value /= 10
      }
    }
    return value
  }

  /// Reads a decimal number of the major unit: `19.99`, `19.990`, `2E+1`. Exact or nil; no sign.
  static func read(_ text: String, _ currency: Currency) -> Money? {
    guard text.utf8.count <= 40 else { return nil }
    var digits: Int64 = 0
    var fraction = 0
    var seesPoint = false
    var hasDigit = false
    var rest = Substring(text).utf8
    while let byte = rest.first {
      if byte == UInt8(ascii: "."), !seesPoint, hasDigit {
        seesPoint = true
      } else if (0x30...0x39).contains(byte) {
        let (ten, overflow) = digits.multipliedReportingOverflow(by: 10)
        let (sum, carried) = ten.addingReportingOverflow(Int64(byte - 0x30))
        guard !overflow, !carried else { return nil }
        digits = sum
        hasDigit = true
        if seesPoint { fraction += 1 }
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard hasDigit, let exponent = exponent(rest) else { return nil }
    return scaled(digits, by: Int(currency.exponent) - fraction + exponent)
      .map { Money($0, currency) }
  }

  /// `E+7` or nothing.
  private static func exponent(_ text: Substring.UTF8View) -> Int? {
    guard let mark = text.first else { return 0 }
    guard mark == UInt8(ascii: "E") || mark == UInt8(ascii: "e") else { return nil }
    var digits = String(Substring(text.dropFirst()))
    if digits.hasPrefix("+") { digits.removeFirst() }
    guard let value = Int(digits), abs(value) <= 18 else { return nil }
    return value
  }
}
