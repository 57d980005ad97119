/// Why a text was refused, and where.
///
/// Shape: one code and one byte offset, counted from 0 in the bytes given to the reader.
/// For `badJSON` the offset is the first byte no valid text could have there, or the size of the
/// text if it ends too early. For a number it is the number's first byte, for an escape its
/// backslash, for a key or an over-long string its opening quote, for a container its bracket.
package struct JSONError: Error, Equatable, Sendable {
  /// The codes of the wire's `parse` class that concern one text. Raw values are wire strings.
  package enum Code: String, CaseIterable, Sendable {
    /// The text breaks the grammar of RFC 8259.
    case badJSON = "bad_json"
    /// A key occurs twice in one object; compared as bytes after unescaping.
    case duplicateKey = "duplicate_key"
    /// A byte sequence that is no UTF-8: overlong, truncated, a surrogate, above U+10FFFF.
    case invalidUTF8 = "invalid_utf8"
    /// A `\uD800`–`\uDFFF` escape without its partner.
    case loneSurrogate = "lone_surrogate"
    /// A raw byte 01–1F inside a string.
    case controlCharacter = "control_character"
    /// U+0000 in a string: raw in any profile, escaped in the wire profile.
    case nulCharacter = "nul_character"
    /// Wire profile: a fraction, an exponent, or `-0`.
    case nonIntegerNumber = "non_integer_number"
    /// Wire profile: beyond ±(2^53−1).
    case numberOutOfRange = "number_out_of_range"
    /// More containers inside one another than `JSONLimits.depth`.
    case tooDeep = "too_deep"
    /// More values than `JSONLimits.values`.
    case tooManyValues = "too_many_values"
    /// A string, key or number literal longer than `JSONLimits.stringBytes`.
    case stringTooLong = "string_too_long"
    /// Something other than white space after a complete value.
    case trailingData = "trailing_data"
    /// Wire profile: a complete value that is no object.
    case notObject = "not_object"
  }

  /// What is wrong.
  package let code: Code
  /// Byte offset from 0 of the place where it is wrong; at most the size of the text.
  package let offset: Int

  /// An error at a byte offset counted from 0.
  package init(_ code: Code, at offset: Int) {
    self.code = code
    self.offset = offset
  }
}
