/// A set of ASCII characters written as in a character class, for example `A-Za-z0-9_-`.
///
/// A hyphen between two characters is a range; first or last it is itself.
struct AlphabetBits: Equatable {
  /// Characters 0–63 and 64–127, lowest bit first.
  private(set) var low: UInt64 = 0
  private(set) var high: UInt64 = 0

  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    var index = 0
    while index < bytes.count {
      let isRange = index + 2 < bytes.count && bytes[index + 1] == UInt8(ascii: "-")
      let last = isRange ? bytes[index + 2] : bytes[index]
      guard bytes[index] <= last else { return nil }
      for byte in bytes[index]...last { insert(byte) }
      index += isRange ? 3 : 1
    }
  }

  private mutating func insert(_ byte: UInt8) {
    if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
  }
}
