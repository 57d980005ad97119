package import Domain

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

  /// A rate of major units as gateways write it, `1.234`, made one of minor units. Nil where it is
  /// no plain decimal above nothing, or has more digits than fit.
  package init?(rateText text: String, from charged: Currency, to credited: Currency) {
    var numerator: Int64 = 0
    var denominator: Int64 = 1
    var isFraction = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
        continue
      }
      guard (0x30...0x39).contains(byte), let next = Self.times(numerator, 10),
        next <= Int64.max - 9, let more = isFraction ? Self.times(denominator, 10) : denominator
      else { return nil }
      numerator = next + Int64(byte - 0x30)
      denominator = more
    }
    for _ in 0..<max(0, Int(credited.exponent) - Int(charged.exponent)) {
      guard let next = Self.times(numerator, 10) else { return nil }
      numerator = next
    }
    for _ in 0..<max(0, Int(charged.exponent) - Int(credited.exponent)) {
      guard let next = Self.times(denominator, 10) else { return nil }
      denominator = next
    }
    guard numerator > 0 else { return nil }
    self.init(numerator: numerator, over: denominator)
  }

  /// A share as people write it, `0.02`: nil where it is no plain decimal from 0 to below 1.
  package init?(shareText text: String) {
    var numerator: Int64 = 0
    var denominator: Int64 = 1
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts[0] == "0", parts.last?.isEmpty == false else {
      return nil
    }
    for byte in parts.count == 2 ? parts[1].utf8 : "".utf8[...] {
      guard (0x30...0x39).contains(byte), let next = Self.times(numerator, 10),
        next <= Int64.max - 9, let more = Self.times(denominator, 10)
      else { return nil }
      numerator = next + Int64(byte - 0x30)
      denominator = more
    }
    self.init(numerator: numerator, over: denominator)
  }

  private static func times(_ value: Int64, _ factor: Int64) -> Int64? {
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
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
