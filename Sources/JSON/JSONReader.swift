/// Bytes → value, strictly. The only reader of JSON in the program.
///
/// Foundation's decoders are not used: they keep the first or the last of two equal keys, read
/// 2^64 as 0, take `1e2` for an integer and accept trailing commas and byte order marks.
package enum JSONReader {
  /// Reads one text.
  ///
  /// - Parameter limits: the profile's own where nil.
  /// - Throws: the first error from left to right, with its byte offset in `bytes`.
  package static func read(
    _ bytes: [UInt8], profile: JSONProfile, limits: JSONLimits? = nil
  ) throws(JSONError) -> JSONValue {
    try bytes.withUnsafeBufferPointer { text throws(JSONError) in
      try read(text, profile: profile, limits: limits)
    }
  }

  /// Reads one text; the offset of an error counts from the start of the slice.
  package static func read(
    _ bytes: ArraySlice<UInt8>, profile: JSONProfile, limits: JSONLimits? = nil
  ) throws(JSONError) -> JSONValue {
    try bytes.withUnsafeBufferPointer { text throws(JSONError) in
      try read(text, profile: profile, limits: limits)
    }
  }

  /// Reads one text without a copy; nothing in the answer refers to the buffer.
  package static func read(
    _ bytes: UnsafeRawBufferPointer, profile: JSONProfile, limits: JSONLimits? = nil
  ) throws(JSONError) -> JSONValue {
    try read(bytes.assumingMemoryBound(to: UInt8.self), profile: profile, limits: limits)
  }

  private static func read(
    _ text: UnsafeBufferPointer<UInt8>, profile: JSONProfile, limits: JSONLimits?
  ) throws(JSONError) -> JSONValue {
    var parser = JSONParser(text, profile: profile, limits: limits ?? profile.defaultLimits)
    return try parser.wholeText()
  }

  /// Where the value of a top-level member stands, exactly as received, without the white space
  /// round it. Alipay signs these bytes, not their meaning.
  ///
  /// The whole text is checked as in `read(_:profile:limits:)` with the document profile, so the
  /// key cannot be there twice.
  ///
  /// - Returns: nil if no member has this key.
  /// - Throws: what `read` throws, and `notObject` if the text is a value of another kind.
  package static func memberRange(
    of key: String, in bytes: [UInt8]
  ) throws(JSONError) -> Range<Int>? {
    try bytes.withUnsafeBufferPointer { text throws(JSONError) in
      var parser = JSONParser(text, profile: .document, limits: .document)
      return try parser.memberRange(of: key)
    }
  }

  /// The line and column of a byte offset, both from 1, as editors show them.
  ///
  /// A column counts Unicode scalars, not bytes. An offset past the end means the end.
  package static func position(
    of offset: Int, in bytes: [UInt8]
  ) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in bytes.prefix(max(0, offset)) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }
}

extension JSONParser {
  /// Walks the members of the top-level object and remembers where one value stands.
  mutating func memberRange(of wanted: String) throws(JSONError) -> Range<Int>? {
    try begin()
    guard index < text.count, text[index] == UInt8(ascii: "{") else {
      let start = index
      _ = try wholeText()
      throw JSONError(.notObject, at: start)
    }
    index += 1
    skipSpace()
    var range: Range<Int>?
    var members: [JSONObject.Member] = []
    var keys = KeySet()
    var isDone = take(UInt8(ascii: "}"))
    while !isDone {
      let key = try key(after: members, in: &keys)
      let start = index
      _ = try value(depth: 2)
      if key.hasSameBytes(as: wanted) { range = start..<index }
      members.append(JSONObject.Member(key: key, value: .null))
      isDone = try isLast(before: UInt8(ascii: "}"))
    }
    skipSpace()
    guard index == text.count else { throw JSONError(.trailingData, at: index) }
    return range
  }
}
