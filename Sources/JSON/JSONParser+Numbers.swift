extension JSONParser {
  /// Digits of 2^53−1. Any literal of so many digits fits `UInt64` without overflow.
  private static let safeDigitsCount = 16

  /// A number, starting at its sign or first digit.
  mutating func number() throws(JSONError) -> JSONValue {
    let start = index
    let isNegative = take(UInt8(ascii: "-"))
    guard let first = digit() else { throw unexpected() }
    var magnitude = UInt64(first)
    var digitsCount = 1
    index &+= 1
    if first == 0 {
      if digit() != nil { throw unexpected() }
    } else {
      while let next = digit() {
        // Wrapping is harmless: a literal with more than 16 digits is not read from here.
        magnitude = magnitude &* 10 &+ UInt64(next)
        digitsCount &+= 1
        index &+= 1
      }
    }
    if index < text.count {
      switch text[index] {
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        return try fraction(from: start, integerDigitsCount: first == 0 ? 0 : digitsCount)
      default: break
      }
    }
    let isExact =
      digitsCount <= Self.safeDigitsCount && magnitude <= UInt64(JSONValue.integerMagnitudeMax)
    if isExact, !(isNegative && magnitude == 0) {
      let value = Int64(magnitude)
      return .integer(isNegative ? -value : value)
    }
    if isWire { throw JSONError(isExact ? .nonIntegerNumber : .numberOutOfRange, at: start) }
    return try literal(from: start)
  }

  /// The rest of a number from its `.`, `e` or `E` on.
  private mutating func fraction(
    from start: Int, integerDigitsCount: Int
  ) throws(JSONError) -> JSONValue {
    // Where the first digit that is not zero stands: 1 for 1.5, 0 for 0.1, −2 for 0.001.
    var leading: Int? = integerDigitsCount > 0 ? integerDigitsCount : nil
    if take(UInt8(ascii: ".")) {
      let fractionStart = index
      try digits()
      if leading == nil,
        let place = text[fractionStart..<index].firstIndex(where: { $0 != UInt8(ascii: "0") })
      {
        leading = fractionStart - place
      }
    }
    let exponent = try exponent()
    guard isWire else { return try literal(from: start) }
    // 1e2 is a number of the wrong form, 1e400 is also one of the wrong size: say the worse.
    let isHuge = leading.map { $0 + exponent > Self.safeDigitsCount } ?? false
    throw JSONError(isHuge ? .numberOutOfRange : .nonIntegerNumber, at: start)
  }

  /// The exponent at `index`, clamped to ±10^9, or 0 if there is none.
  private mutating func exponent() throws(JSONError) -> Int {
    guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return 0 }
    let isNegative = take(UInt8(ascii: "-"))
    if !isNegative { _ = take(UInt8(ascii: "+")) }
    let start = index
    try digits()
    var exponent = 0
    for byte in text[start..<index] {
      exponent = min(exponent * 10 + Int(byte - UInt8(ascii: "0")), 1_000_000_000)
    }
    return isNegative ? -exponent : exponent
  }

  private func literal(from start: Int) throws(JSONError) -> JSONValue {
    guard index - start <= limits.stringBytes else { throw JSONError(.stringTooLong, at: start) }
    return .number(String(decoding: text[start..<index], as: UTF8.self))
  }

  /// One digit or more.
  private mutating func digits() throws(JSONError) {
    guard digit() != nil else { throw unexpected() }
    while digit() != nil { index &+= 1 }
  }

  @inline(__always)
  private func digit() -> UInt8? {
    guard index < text.count else { return nil }
    let value = text[index] &- UInt8(ascii: "0")
    return value <= 9 ? value : nil
  }
}
