import Domain
import JSON

/// How Stripe counts. Source: its page on currencies.
enum StripeAmounts {
  /// Sent with two decimals that must be zero.
  private static let emptyDecimals = ["ISK", "UGX"]
  /// The least charges that are published, in Stripe's units.
  private static let leastUnits: [(String, Int64)] = [
    ("USD", 50), ("AED", 200), ("AUD", 50), ("BRL", 50), ("CAD", 50), ("CHF", 50), ("CZK", 1500),
    ("DKK", 250), ("EUR", 50), ("GBP", 30), ("HKD", 400), ("HUF", 17_500), ("INR", 50),
    ("JPY", 50), ("KRW", 50), ("MXN", 1000), ("MYR", 200), ("NOK", 300), ("NZD", 50), ("PLN", 200),
    ("RON", 200), ("SEK", 300), ("SGD", 50), ("THB", 1000),
  ]

  static let scale = AmountScale(
    decimals: StripeUnits.zeroDecimal.map { ($0, 0) }
      + StripeUnits.threeDecimal.map { ($0, 3) })

  static let rules: [GatewayCapabilities.AmountRule] = {
    var codes = StripeUnits.zeroDecimal + emptyDecimals + StripeUnits.threeDecimal
    for (code, _) in leastUnits where !codes.contains(code) { codes.append(code) }
    return codes.compactMap { code in
      let step: Int64 =
        emptyDecimals.contains(code) ? 100 : StripeUnits.threeDecimal.contains(code) ? 10 : 1
      let least = leastUnits.first { $0.0 == code }?.1 ?? 1
      return scale.rule(code, min: least, max: StripeGateway.unitsMax, step: step)
    }
  }()

  /// An amount and a currency of one of Stripe's objects; currencies are written small there.
  static func money(_ units: JSONValue?, _ currency: JSONValue?) -> Money? {
    guard let units = units?.integerValue, units >= 0,
      let code = currency?.stringValue?.uppercased(), let currency = Currency(code: code)
    else { return nil }
    return scale.money(units: units, currency)
  }
}
