import Domain
package import JSON

/// The caller's name for a request, repeated in its reply and in the items of its stream.
///
/// `"1"` and `1` are two ids. The alphabet is closed, so equality is equality of bytes.
package enum RequestID: Hashable, Sendable {
  /// 1–64 bytes of `[A-Za-z0-9._:/#-]`.
  case string(String)
  /// 0 to 2^53−1.
  case integer(Int64)

  /// The id in a JSON value, or nil if the value is no id.
  package init?(_ value: JSONValue) {
    switch value {
    case .integer(let number):
      guard number >= 0, number <= JSONValue.integerMagnitudeMax else { return nil }
      self = .integer(number)
    case .string(let text):
      guard (1...Limits.requestIDBytes).contains(text.utf8.count),
        text.utf8.allSatisfy(ByteSet.requestID.contains)
      else { return nil }
      self = .string(text)
    default:
      return nil
    }
  }

  /// Writes the id as the next value.
  package func write(to writer: inout JSONWriter) {
    switch self {
    case .string(let text): writer.string(text)
    case .integer(let number): writer.integer(number)
    }
  }
}

/// A set of ASCII characters.
struct ByteSet: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ members: StaticString) {
    for byte in members.description.utf8 { insert(byte) }
  }

  private mutating func insert(_ byte: UInt8) {
    precondition(byte < 128, "the set holds ASCII only")
    if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
  }

  /// Whether the byte is one of the characters.
  func contains(_ byte: UInt8) -> Bool {
    guard byte < 128 else { return false }
    return (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte - 64)) & 1 == 1
  }

  static let requestID = ByteSet(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/#-")
  static let idempotencyKey = ByteSet(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-")
}
