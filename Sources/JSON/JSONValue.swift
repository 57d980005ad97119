/// A JSON text as a value. Knows no word of payments.
///
/// Start with `JSONReader` for bytes → value and `JSONWriter` for the way back.
package enum JSONValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`; never an integer.
  case bool(Bool)
  /// An integer within ±(2^53−1).
  case integer(Int64)
  /// Document profile only: a literal with a fraction or an exponent, `-0`, or an integer beyond
  /// ±(2^53−1), verbatim as it was received.
  case number(String)
  /// A string after unescaping.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object with its members in order.
  case object(JSONObject)

  /// The largest magnitude of `.integer` the reader returns: 2^53−1.
  package static let integerMagnitudeMax: Int64 = 9_007_199_254_740_991
}

extension JSONValue: Equatable {
  /// Strings and keys compare as UTF-8 bytes, members in order. Numbers compare as literals.
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.integer(let left), .integer(let right)): return left == right
    case (.number(let left), .number(let right)): return left.hasSameBytes(as: right)
    case (.string(let left), .string(let right)): return left.hasSameBytes(as: right)
    case (.array(let left), .array(let right)): return left == right
    case (.object(let left), .object(let right)): return left == right
    default: return false
    }
  }
}

extension JSONValue {
  /// True for `null` only.
  package var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  /// The truth value, or nil for every other kind; an integer is not a truth value.
  package var boolValue: Bool? {
    if case .bool(let value) = self { return value }
    return nil
  }

  /// The integer, or nil for every other kind; a truth value is not an integer.
  package var integerValue: Int64? {
    if case .integer(let value) = self { return value }
    return nil
  }

  /// The literal of any number: digits of an integer, or the text of `.number` verbatim.
  package var numberLiteral: String? {
    switch self {
    case .integer(let value): return String(value)
    case .number(let literal): return literal
    default: return nil
    }
  }

  /// The string, or nil for every other kind.
  package var stringValue: String? {
    if case .string(let value) = self { return value }
    return nil
  }

  /// The elements, or nil for every other kind.
  package var arrayValue: [JSONValue]? {
    if case .array(let elements) = self { return elements }
    return nil
  }

  /// The object, or nil for every other kind.
  package var objectValue: JSONObject? {
    if case .object(let object) = self { return object }
    return nil
  }

  /// The value of a member, or nil if there is none or this is no object.
  package subscript(_ key: String) -> JSONValue? {
    objectValue?[key]
  }
}

extension JSONValue {
  /// The compact text of the value, members in their order.
  package func bytes() -> [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }

  /// The compact text with the members of every object sorted by key bytes, for fingerprints.
  ///
  /// Two values that differ only in member order, white space or escapes have the same bytes.
  package func canonicalBytes() -> [UInt8] {
    var writer = JSONWriter()
    writer.canonicalValue(self)
    return writer.bytes
  }
}
