/// `application/x-www-form-urlencoded` and query strings, as bytes.
package enum FormEncoding {
  /// One pair after one decoding. The bytes may be in any charset.
  package struct Field: Hashable, Sendable {
    package let name: [UInt8]
    package let value: [UInt8]

    package init(name: [UInt8], value: [UInt8]) {
      self.name = name
      self.value = value
    }
  }

  /// Why a text is no form.
  package enum Flaw: Error, Hashable, Sendable {
    /// `%` without two hexadecimal digits, at this byte.
    case badEscape(at: Int)
    /// A byte that must have been escaped, at this byte.
    case badByte(at: Int)
    /// More pairs than the caller allows.
    case tooManyFields(max: Int)
  }

  /// Escapes everything but the unreserved characters of RFC 3986; a blank becomes `%20`.
  package static func encode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * 3 / 2)
    for byte in text.utf8 {
      if isUnreserved(byte) {
        bytes.append(byte)
      } else {
        bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `a=1&b=2` of pairs in the order given, values escaped. Names must not need escaping.
  package static func query(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { "\($0.name)=\(encode($0.value))" }.joined(separator: "&")
  }

  /// Splits at `&`, then at the first `=`, then decodes once: `+` is a blank, `%41` is `A`.
  /// Empty pairs (`a=1&&b=2`) are passed over; a pair without `=` has an empty value.
  package static func decode(_ bytes: [UInt8], fieldsMax: Int) throws(Flaw) -> [Field] {
    var fields: [Field] = []
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: 0x26) ?? bytes.count
      if end > start {
        guard fields.count < fieldsMax else { throw .tooManyFields(max: fieldsMax) }
        let split = bytes[start..<end].firstIndex(of: 0x3D) ?? end
        let name = try decoded(bytes, start..<split)
        let value = try decoded(bytes, min(split + 1, end)..<end)
        fields.append(Field(name: name, value: value))
      }
      start = end + 1
    }
    return fields
  }

  private static func decoded(_ bytes: [UInt8], _ range: Range<Int>) throws(Flaw) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      switch byte {
      case 0x2B: decoded.append(0x20)
      case 0x25:
        guard index + 2 < range.upperBound, let high = hexDigit(bytes[index + 1]),
          let low = hexDigit(bytes[index + 2])
        else { throw .badEscape(at: index) }
        decoded.append(high << 4 | low)
        index += 2
      case 0x21...0x7E: decoded.append(byte)
      default: throw .badByte(at: index)
      }
      index += 1
    }
    return decoded
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
