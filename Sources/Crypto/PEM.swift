/// Writes PEM (RFC 7468): 64 characters a line, as ASCII bytes that can be wiped.
enum PEM {
  private static let lineLength = 64

  static func encode(_ der: [UInt8], label: String) -> [UInt8] {
    var base64 = Base64.encodeBytes(der, .standard)
    defer { SecretBytes.wipe(&base64) }
    var text: [UInt8] = []
    // Growing would leave a copy behind: a line feed a line, and the two armour lines.
    text.reserveCapacity(base64.count + base64.count / lineLength + 2 * (label.utf8.count + 20))
    text += "-----BEGIN \(label)-----\n".utf8
    for start in stride(from: 0, to: base64.count, by: lineLength) {
      text += base64[start..<min(start + lineLength, base64.count)]
      text.append(UInt8(ascii: "\n"))
    }
    text += "-----END \(label)-----\n".utf8
    return text
  }
}
