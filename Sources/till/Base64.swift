// Base64 (RFC 4648, section 4) for raw bodies.

private let alphabet = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// Writes bytes as base64 with padding, on one line.
func base64Text(_ bytes: [UInt8]) -> String {
  var text: [UInt8] = []
  text.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let part = bytes[start..<min(start + 3, bytes.count)]
    var word: UInt32 = 0
    for byte in part { word = word << 8 | UInt32(byte) }
    word <<= UInt32(8 * (3 - part.count))
    for digit in 0..<4 {
      let isPadding = digit > part.count
      text.append(isPadding ? 0x3D : alphabet[Int(word >> UInt32(18 - 6 * digit) & 0x3F)])
    }
  }
  return String(decoding: text, as: UTF8.self)
}
