/// How many decimals Stripe counts with where that is not two. Source: its page on currencies.
package enum StripeUnits {
  package static let zeroDecimal = [
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
    "XOF", "XPF",
  ]
  /// Sent with three decimals of which the last must be zero.
  package static let threeDecimal = ["BHD", "JOD", "KWD", "OMR", "TND"]

  package static func decimals(of currency: Currency) -> Int {
    let code = currency.code
    if zeroDecimal.contains(code) { return 0 }
    return threeDecimal.contains(code) ? 3 : 2
  }
}
