/// Reads the texts in which people keep keys: PEM, the same base64 without its armour on one line
/// or many, or plain DER. Tolerates a byte-order mark, blanks, CR LF and text around PEM blocks.
enum KeyText {
  struct Block {
    let label: String
    /// The lines between BEGIN and END.
    let body: Range<Int>
  }

  private static let begin = Array("-----BEGIN ".utf8)
  private static let end = Array("-----END ".utf8)
  private static let dashes = Array("-----".utf8)
  private static let encryptionHeader = Array("Proc-Type:".utf8)
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The DER of the first key or certificate in a text. The caller wipes it if it is secret.
  static func firstDER(in text: [UInt8]) throws(CryptoError) -> [UInt8] {
    guard text.count <= CryptoLimits.keyTextByteCountMax else {
      throw .tooLong(byteCount: text.count, byteCountMax: CryptoLimits.keyTextByteCountMax)
    }
    guard text.contains(where: { !isBlank($0) }) else { throw .empty }
    if let block = try nextBlock(in: text, from: 0) { return try der(of: block, in: text) }
    if DERShape.whole(text) != nil { return text }
    let start = text.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    return try decode(text, start..<text.count)
  }

  /// The first PEM block that begins at or after `offset`.
  static func nextBlock(in text: [UInt8], from offset: Int) throws(CryptoError) -> Block? {
    guard let beginning = find(begin, in: text, from: offset),
      let labelEnd = find(dashes, in: text, from: beginning + begin.count)
    else { return nil }
    let label = String(decoding: text[(beginning + begin.count)..<labelEnd], as: UTF8.self)
    let closing = end + Array(label.utf8) + dashes
    let bodyStart = labelEnd + dashes.count
    guard let bodyEnd = find(closing, in: text, from: bodyStart) else {
      throw .armourNotClosed(label: shortened(label))
    }
    return Block(label: label, body: bodyStart..<bodyEnd)
  }

  /// The bytes inside a PEM block.
  static func der(of block: Block, in text: [UInt8]) throws(CryptoError) -> [UInt8] {
    // The old form of encryption keeps the plain label and says so in a header (RFC 1421).
    let content = text[block.body].drop(while: isBlank)
    if content.starts(with: encryptionHeader) { throw .encrypted }
    return try decode(text, block.body)
  }

  private static func decode(
    _ text: [UInt8], _ range: Range<Int>
  ) throws(CryptoError) -> [UInt8] {
    var packed: [UInt8] = []
    packed.reserveCapacity(range.count)
    var offsets: [Int] = []
    offsets.reserveCapacity(range.count)
    for offset in range where !isBlank(text[offset]) {
      packed.append(text[offset])
      offsets.append(offset - range.lowerBound)
    }
    defer { SecretBytes.wipe(&packed) }
    guard !packed.isEmpty else { throw .empty }
    do throws(CryptoError) {
      return try Base64.decode(packed)
    } catch {
      guard case .notBase64(let offset) = error else { throw error }
      throw .notBase64(byteOffset: offset < offsets.count ? offsets[offset] : range.count)
    }
  }

  private static func find(_ needle: [UInt8], in text: [UInt8], from offset: Int) -> Int? {
    guard text.count - needle.count >= offset else { return nil }
    for start in offset...(text.count - needle.count)
    where text[start] == needle[0] && text[start..<start + needle.count].elementsEqual(needle) {
      return start
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
  }

  /// A label is input: it must not make an error text endless or carry control characters.
  private static func shortened(_ label: String) -> String {
    String(String.UnicodeScalarView(label.unicodeScalars.prefix(40).filter { $0.value >= 0x20 }))
  }
}
