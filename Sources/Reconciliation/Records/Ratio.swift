/// An exact ratio with a positive denominator, for rates. No floating point comes near money.
package struct Ratio: Hashable, Sendable {
  package let numerator: Int64
  package let denominator: Int64

  /// Nil where the denominator is not positive.
  package init?(_ numerator: Int64, _ denominator: Int64) {
    guard denominator > 0 else { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Parts per million: 6 000 is 0.6 %.
  package static func millionths(_ parts: Int64) -> Ratio {
    Ratio(numerator: parts, over: 1_000_000)
  }

  private init(numerator: Int64, over denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// `amount` times this ratio, rounded. Nil where the result does not fit.
  package func applied(to amount: Int64, _ rounding: Rounding) -> Int64? {
    let (high, low) = amount.magnitude.multipliedFullWidth(by: numerator.magnitude)
    let divisor = denominator.magnitude
    guard high < divisor else { return nil }
    let (quotient, rest) = divisor.dividingFullWidth((high, low))
    let isNegative = (amount < 0) != (numerator < 0)
    guard let rounded = rounding.round(quotient, rest, of: divisor),
      rounded <= UInt64(Int64.max)
    else { return nil }
    return isNegative ? -Int64(rounded) : Int64(rounded)
  }
}

/// How the digits after the last minor unit go; ties and directions are those of the magnitude.
package enum Rounding: UInt8, Sendable, CaseIterable {
  case halfUp
  case halfEven
  case down
  case up

  fileprivate func round(_ quotient: UInt64, _ rest: UInt64, of divisor: UInt64) -> UInt64? {
    let half = divisor - rest
    let isUp =
      switch self {
      case .halfUp: rest >= half && rest > 0
      case .halfEven: rest > half || (rest == half && quotient & 1 == 1)
      case .down: false
      case .up: rest > 0
      }
    guard isUp else { return quotient }
    let (sum, overflow) = quotient.addingReportingOverflow(1)
    return overflow ? nil : sum
  }
}
