/// Reads single fields. Everything is exact or nil: no rounding, no guessing.
enum FieldText {
  struct NumberMarks: Hashable, Sendable {
    var decimal: UInt8 = UInt8(ascii: ".")
    /// Between groups of three digits; nil where none may stand.
    var group: UInt8? = UInt8(ascii: ",")
  }

  static func trimmed(_ bytes: [UInt8], _ field: Range<Int>) -> Range<Int> {
    bytes.withUnsafeBufferPointer { trimmed(ByteView($0), field) }
  }

  @inline(__always)
  static func trimmed(_ bytes: ByteView, _ field: Range<Int>) -> Range<Int> {
    var low = field.lowerBound
    var high = field.upperBound
    while low < high, isSpace(bytes[low]) { low += 1 }
    while low < high, isSpace(bytes[high - 1]) { high -= 1 }
    return low..<high
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  static func text(_ bytes: [UInt8], _ field: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer { text(ByteView($0), field) }
  }

  static func text(_ bytes: ByteView, _ field: Range<Int>) -> String {
    bytes.string(field.prefix(60))
  }

  /// A decimal of the major unit in minor units: `1,234.50`, `-0.01`, `(12.00)`, `0.01000`.
  ///
  /// More decimals than the currency has are taken only where they are zeros.
  static func amount(
    _ bytes: [UInt8], _ field: Range<Int>, exponent: Int, _ marks: NumberMarks
  ) -> Int64? {
    bytes.withUnsafeBufferPointer { amount(ByteView($0), field, exponent: exponent, marks) }
  }

  static func amount(
    _ bytes: ByteView, _ field: Range<Int>, exponent: Int, _ marks: NumberMarks
  ) -> Int64? {
    if let plain = plainAmount(bytes, field, exponent: exponent, marks.decimal) { return plain }
    var low = field.lowerBound
    var high = field.upperBound
    var isNegative = false
    guard low < high else { return nil }
    if bytes[low] == UInt8(ascii: "("), bytes[high - 1] == UInt8(ascii: ")") {
      isNegative = true
      low += 1
      high -= 1
    }
    if low < high, bytes[low] == UInt8(ascii: "-") || bytes[low] == UInt8(ascii: "+") {
      guard !isNegative else { return nil }
      isNegative = bytes[low] == UInt8(ascii: "-")
      low += 1
    }
    guard let value = magnitude(bytes, low..<high, exponent: exponent, marks) else { return nil }
    return isNegative ? -value : value
  }

  /// Almost every amount: digits, few enough to fit, with a sign or a decimal mark at most. Nil for
  /// any other, right or wrong.
  @inline(__always)
  private static func plainAmount(
    _ bytes: ByteView, _ field: Range<Int>, exponent: Int, _ decimalMark: UInt8
  ) -> Int64? {
    var place = field.lowerBound
    let end = field.upperBound
    guard place < end, field.count <= 14 else { return nil }
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative { place &+= 1 }
    let first = place
    var value: Int64 = 0
    var decimals = 0
    while place < end {
      let digit = bytes[place] &- 0x30
      guard digit <= 9 else { break }
      value = value &* 10 &+ Int64(digit)
      place &+= 1
    }
    guard place > first else { return nil }
    if place < end {
      guard bytes[place] == decimalMark, place &+ 1 < end else { return nil }
      place &+= 1
      while place < end {
        let digit = bytes[place] &- 0x30
        guard digit <= 9, decimals < exponent || digit == 0 else { return nil }
        if decimals < exponent {
          value = value &* 10 &+ Int64(digit)
          decimals &+= 1
        }
        place &+= 1
      }
    }
    while decimals < exponent {
      value = value &* 10
      decimals &+= 1
    }
    return isNegative ? -value : value
  }

  private static func magnitude(
    _ bytes: ByteView, _ field: Range<Int>, exponent: Int, _ marks: NumberMarks
  ) -> Int64? {
    var value: Int64 = 0
    var digits = 0
    var decimals = -1
    // Digits since the last group mark; nil before the first one.
    var sinceGroup: Int?
    for place in field {
      let byte = bytes[place]
      let digit = byte &- 0x30
      if digit <= 9 {
        digits += 1
        if decimals >= 0 {
          decimals += 1
          if decimals > exponent {
            guard digit == 0 else { return nil }
            continue
          }
        } else if let count = sinceGroup {
          sinceGroup = count + 1
        }
        let (ten, isOver) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) = ten.addingReportingOverflow(Int64(digit))
        guard !isOver, !carried else { return nil }
        value = sum
      } else if byte == marks.decimal, decimals < 0, digits > 0, (sinceGroup ?? 3) == 3 {
        decimals = 0
      } else if let group = marks.group, byte == group, decimals < 0, digits > 0,
        sinceGroup.map({ $0 == 3 }) ?? (digits <= 3)
      {
        sinceGroup = 0
      } else {
        return nil
      }
    }
    guard digits > 0, decimals != 0, (sinceGroup ?? 3) == 3 else { return nil }
    var missing = exponent - min(max(decimals, 0), exponent)
    while missing > 0 {
      let (ten, isOver) = value.multipliedReportingOverflow(by: 10)
      guard !isOver else { return nil }
      value = ten
      missing -= 1
    }
    return value
  }

  /// A whole number, also as `45.0`.
  static func count(_ bytes: [UInt8], _ field: Range<Int>) -> Int64? {
    amount(bytes, field, exponent: 0, NumberMarks())
  }
}
