/// The inside of a JSON string: which characters stand for themselves, and how the rest is written.
enum EscapedText {
  private static let hexadecimal: StaticString = "0123456789abcdef"

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
