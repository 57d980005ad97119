/// Looks at the outline of a DER value (X.690) without decoding it: enough to tell a private key
/// from a certificate, so that an error can say what was given instead of what was not.
struct DERShape {
  static let integer: UInt8 = 0x02
  static let bitString: UInt8 = 0x03
  static let octetString: UInt8 = 0x04
  static let objectIdentifier: UInt8 = 0x06
  static let sequence: UInt8 = 0x30
  static let context0: UInt8 = 0xA0

  let tag: UInt8
  /// Where the content lies in the bytes that were given.
  let content: Range<Int>

  /// The one value that fills the bytes; nil if they are anything else.
  static func whole(_ bytes: [UInt8]) -> DERShape? {
    guard let value = next(in: bytes, bytes.indices), value.content.upperBound == bytes.count
    else { return nil }
    return value
  }

  /// The values inside a constructed one; nil if they do not fill it exactly.
  func children(in bytes: [UInt8]) -> [DERShape]? {
    var children: [DERShape] = []
    var rest = content
    while !rest.isEmpty {
      guard let child = Self.next(in: bytes, rest) else { return nil }
      children.append(child)
      rest = child.content.upperBound..<rest.upperBound
    }
    return children
  }

  private static func next(in bytes: [UInt8], _ range: Range<Int>) -> DERShape? {
    guard range.count >= 2 else { return nil }
    let tag = bytes[range.lowerBound]
    let first = bytes[range.lowerBound + 1]
    var start = range.lowerBound + 2
    var length = Int(first)
    if first >= 0x80 {
      // No key or certificate within our limits needs more than three length bytes, and the
      // indefinite form (0x80) is not DER.
      let lengthBytesCount = Int(first & 0x7F)
      guard (1...3).contains(lengthBytesCount), range.upperBound - start >= lengthBytesCount
      else { return nil }
      length = bytes[start..<start + lengthBytesCount].reduce(0) { $0 << 8 | Int($1) }
      start += lengthBytesCount
    }
    guard length <= range.upperBound - start else { return nil }
    return DERShape(tag: tag, content: start..<start + length)
  }
}
