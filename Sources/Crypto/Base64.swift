/// Base64 without line breaks (RFC 4648 sections 4 and 5). Reading is strict: one byte string has
/// exactly one accepted text per alphabet (and padding habit), so a signature cannot be respelled.
package enum Base64 {
  /// Which two characters stand for 62 and 63, and whether `=` fills the last group.
  package enum Alphabet: Sendable {
    /// `+` and `/`; padding is written and required.
    case standard
    /// `-` and `_`; padding is not written, and if it is read it must be complete.
    case urlSafe
  }

  private static let padding = UInt8(ascii: "=")
  private static let standardCharacters = characters("+", "/")
  private static let urlSafeCharacters = characters("-", "_")
  private static let standardValues = values(of: standardCharacters)
  private static let urlSafeValues = values(of: urlSafeCharacters)

  /// Writes bytes as base64.
  package static func encode(_ bytes: [UInt8], _ alphabet: Alphabet = .standard) -> String {
    String(decoding: encodeBytes(bytes, alphabet), as: UTF8.self)
  }

  /// The same as ASCII bytes, which can be wiped and a `String` cannot.
  static func encodeBytes(_ bytes: [UInt8], _ alphabet: Alphabet) -> [UInt8] {
    let characters = alphabet == .standard ? standardCharacters : urlSafeCharacters
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let rest = bytes.count - index
      let group =
        UInt32(bytes[index]) << 16
        | (rest > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
        | (rest > 2 ? UInt32(bytes[index + 2]) : 0)
      let used = rest > 2 ? 4 : rest + 1
      for position in 0..<4 {
        if position < used {
          text.append(characters[Int(group >> UInt32(18 - position * 6) & 63)])
        } else if alphabet == .standard {
          text.append(padding)
        }
      }
      index += 3
    }
    return text
  }

  /// Reads base64.
  ///
  /// - Throws: `CryptoError.notBase64` with the first offending byte; the length of the text if
  ///   it ends too early.
  package static func decode(
    _ text: String, _ alphabet: Alphabet = .standard
  ) throws(CryptoError) -> [UInt8] {
    try decode(Array(text.utf8), alphabet)
  }

  /// Reads base64; see the other `decode`.
  package static func decode(
    _ text: [UInt8], _ alphabet: Alphabet = .standard
  ) throws(CryptoError) -> [UInt8] {
    let content = contentCount(text)
    let values = alphabet == .standard ? standardValues : urlSafeValues
    var bytes: [UInt8] = []
    bytes.reserveCapacity(content / 4 * 3 + 2)
    var group: UInt32 = 0
    for offset in 0..<content {
      let value = values[Int(text[offset])]
      guard value < 64 else { throw .notBase64(byteOffset: offset) }
      group = group << 6 | UInt32(value)
      if offset % 4 == 3 {
        bytes.append(UInt8(truncatingIfNeeded: group >> 16))
        bytes.append(UInt8(truncatingIfNeeded: group >> 8))
        bytes.append(UInt8(truncatingIfNeeded: group))
        group = 0
      }
    }
    if text.count > content || alphabet == .standard {
      guard text.count % 4 == 0 else { throw .notBase64(byteOffset: text.count) }
    }
    try appendLastGroup(group, characterCount: content % 4, at: content, to: &bytes)
    return bytes
  }

  /// The length without padding, of which there are two characters at most.
  private static func contentCount(_ text: [UInt8]) -> Int {
    var content = text.count
    while content > 0, text.count - content < 2, text[content - 1] == padding { content -= 1 }
    return content
  }

  /// The last one or two bytes; the bits they do not use must be zero.
  private static func appendLastGroup(
    _ group: UInt32, characterCount: Int, at end: Int, to bytes: inout [UInt8]
  ) throws(CryptoError) {
    switch characterCount {
    case 0: return
    case 2:
      guard group & 15 == 0 else { throw .notBase64(byteOffset: end - 1) }
      bytes.append(UInt8(truncatingIfNeeded: group >> 4))
    case 3:
      guard group & 3 == 0 else { throw .notBase64(byteOffset: end - 1) }
      bytes.append(UInt8(truncatingIfNeeded: group >> 10))
      bytes.append(UInt8(truncatingIfNeeded: group >> 2))
    default: throw .notBase64(byteOffset: end)
    }
  }

  private static func characters(_ plus: Unicode.Scalar, _ slash: Unicode.Scalar) -> [UInt8] {
    Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
      + [UInt8(ascii: plus), UInt8(ascii: slash)]
  }

  /// The value of every byte; 255 for a byte outside the alphabet.
  private static func values(of characters: [UInt8]) -> [UInt8] {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, character) in characters.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }
}
