/// The inside of a JSON string: which characters stand for themselves, and how the rest is written.
enum EscapedText {
  private static let hexadecimal: StaticString = "0123456789abcdef"

  /// Whether a text is written as it is; false for some that are, which costs only time.
  ///
  /// Nearly all are ASCII, so eight bytes are looked at together.
  static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    isPlainASCII(UnsafeRawBufferPointer(text)) || text.allSatisfy(isPlain)
  }

  private static func isPlainASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = bytes.count
    guard count >= 8 else { return isPlainASCII(word(ofFew: bytes)) }
    var index = 0
    while index &+ 8 <= count {
      guard isPlainASCII(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) else {
        return false
      }
      index &+= 8
    }
    // The last eight again, whatever of them was seen already.
    return isPlainASCII(bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
  }

  /// Fewer than eight bytes as eight: some stand in it more than once.
  @inline(__always)
  private static func word(ofFew bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    if count >= 4 {
      let low = bytes.loadUnaligned(as: UInt32.self)
      let high = bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      return UInt64(low) | UInt64(high) << 32
    }
    if count == 0 { return each &* UInt64(UInt8(ascii: " ")) }
    let (first, middle, last) = (bytes[0], bytes[count / 2], bytes[count &- 1])
    return each &* UInt64(first) & 0xFFFF_FFFF_FFFF_0000 | UInt64(middle) << 8 | UInt64(last)
  }

  /// Whether each of eight bytes is ASCII that stands for itself.
  @inline(__always)
  private static func isPlainASCII(_ word: UInt64) -> Bool {
    let quote = word ^ (each &* 0x22)
    let backslash = word ^ (each &* 0x5C)
    // The high bit of a byte of each says: below 0x20, zero, zero, above 0x7E.
    let isLow = (word &- each &* 0x20) & ~word
    let isQuote = (quote &- each) & ~quote
    let isBackslash = (backslash &- each) & ~backslash
    let isHigh = (word &+ each) | word
    return (isLow | isQuote | isBackslash | isHigh) & (each &* 0x80) == 0
  }

  /// The number one in each of eight bytes.
  private static let each: UInt64 = 0x0101_0101_0101_0101

  /// Appends well-formed UTF-8 with its escapes, without quotes.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var runStart = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if isPlain(byte) {
        index &+= 1
        continue
      }
      let (scalar, size) = unsafeToShow(in: text, at: index)
      guard let scalar else {
        index &+= size
        continue
      }
      bytes.append(contentsOf: text[runStart..<index])
      append(scalar, to: &bytes)
      index &+= size
      runStart = index
    }
    if runStart < text.count { bytes.append(contentsOf: text[runStart...]) }
  }

  /// ASCII that stands for itself, and every lead byte no escaped character starts with.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    if byte < 0x7F {
      return byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    return byte != 0x7F && byte != 0xC2 && byte != 0xD8 && byte != 0xE2
  }

  /// The character at `index` if it must be escaped, and its size in bytes.
  ///
  /// Escaped: C0, `"`, `\`, DEL, C1, U+061C, U+200E–200F, U+2028–202E, U+2066–2069.
  private static func unsafeToShow(
    in text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: UInt32?, size: Int) {
    let byte = text[index]
    if byte < 0x80 { return (UInt32(byte), 1) }
    // A String is well-formed, so the continuation bytes are there.
    let second = text[index + 1]
    switch byte {
    case 0xC2: return (second < 0xA0 ? UInt32(second) : nil, 2)
    case 0xD8: return (second == 0x9C ? 0x061C : nil, 2)
    default: break
    }
    let scalar = 0x2000 | UInt32(second & 0x3F) << 6 | UInt32(text[index + 2] & 0x3F)
    switch scalar {
    case 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: return (scalar, 3)
    default: return (nil, 3)
    }
  }

  private static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    if scalar == 0x22 || scalar == 0x5C {
      bytes.append(UInt8(scalar))
      return
    }
    bytes.append(UInt8(ascii: "u"))
    for shift: UInt32 in [12, 8, 4, 0] {
      bytes.append(hexadecimal.utf8Start[Int(scalar >> shift & 0xF)])
    }
  }
}
