/// Value → compact bytes, one text a writer. Puts the commas.
///
/// The output is valid UTF-8 that a terminal shows as it is: every control character (C0, DEL, C1),
/// U+2028, U+2029 and every mark that changes the direction of text is escaped by its number.
/// The slash is not escaped. No line feed is ever written.
package struct JSONWriter: Sendable {
  /// What has been written so far.
  package private(set) var bytes: [UInt8]
  /// True after a value whose container is still open: a comma must come before the next one.
  private var needsComma = false
  private var depth = 0

  /// An empty writer.
  ///
  /// - Parameter capacity: bytes to make room for at once.
  package init(capacity: Int = 256) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// The bytes followed by one LF. Nothing may be written after it.
  package consuming func line() -> [UInt8] {
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// True when every container that was begun has ended.
  package var isBalanced: Bool { depth == 0 }

  /// Begins an object as the next value.
  package mutating func beginObject() { open(UInt8(ascii: "{")) }

  /// Ends the object begun last.
  package mutating func endObject() { close(UInt8(ascii: "}")) }

  /// Begins an array as the next value.
  package mutating func beginArray() { open(UInt8(ascii: "[")) }

  /// Ends the array begun last.
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// A key of ASCII with nothing to escape; its value must follow.
  package mutating func key(_ key: StaticString) {
    appendPlain(Self.bytes(of: key), endsKey: true)
    needsComma = false
  }

  /// A member whose value is text.
  package mutating func member(_ key: StaticString, _ value: String) {
    let isPlain = value.utf8.withContiguousStorageIfAvailable { text in
      guard EscapedText.isPlain(text) else { return false }
      appendPlain(text, after: Self.bytes(of: key))
      return true
    }
    guard isPlain != true else { return needsComma = true }
    self.key(key)
    string(value)
  }

  /// The text of a key. It is never escaped: keys are written down in our own sources.
  private static func bytes(of key: StaticString) -> UnsafeBufferPointer<UInt8> {
    precondition(key.hasPointerRepresentation, "a key is longer than one character")
    let bytes = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    assert(EscapedText.isPlain(bytes) && key.isASCII, "a key has nothing to escape")
    return bytes
  }

  /// A key; its value must follow.
  package mutating func key(_ key: String) {
    quote(key, endsKey: true)
    needsComma = false
  }

  /// A string value.
  package mutating func string(_ value: String) {
    quote(value, endsKey: false)
    needsComma = true
  }

  /// An integer value, all 64 bits. Readers of the wire refuse what is beyond ±(2^53−1).
  package mutating func integer(_ value: Int64) {
    appendDigits(value)
    needsComma = true
  }

  /// A truth value.
  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

  /// `null`.
  package mutating func null() { raw("null") }

  /// Bytes that already are one complete JSON value; they are not checked.
  package mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// Text that already is one complete JSON value, for example the literal of a number.
  package mutating func raw(_ json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
    needsComma = true
  }

  /// Any value, members in their order.
  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .integer(let value): integer(value)
    case .number(let literal): raw(literal)
    case .string(let value): string(value)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let object): self.object(object)
    }
  }

  /// An object, members in their order.
  package mutating func object(_ object: JSONObject) {
    beginObject()
    for member in object.members {
      key(member.key)
      value(member.value)
    }
    endObject()
  }

  /// Any value, the members of every object sorted by key bytes.
  mutating func canonicalValue(_ value: JSONValue) {
    switch value {
    case .array(let elements):
      beginArray()
      for element in elements { canonicalValue(element) }
      endArray()
    case .object(let object):
      beginObject()
      for member in object.members.sorted(by: { $0.key.precedesInBytes($1.key) }) {
        key(member.key)
        canonicalValue(member.value)
      }
      endObject()
    default:
      self.value(value)
    }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    precondition(depth > 0, "a container ends that was not begun")
    bytes.append(bracket)
    depth -= 1
    needsComma = true
  }

  @inline(__always)
  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  // What follows puts a whole piece at once: asking for room at each byte costs more than the byte.

  private mutating func appendDigits(_ value: Int64) {
    let isAfterOne = needsComma
    bytes.append(addingCapacity: 21) { piece in
      if isAfterOne { piece.append(UInt8(ascii: ",")) }
      if value < 0 { piece.append(UInt8(ascii: "-")) }
      var rest = value.magnitude
      let count = Self.digits(of: rest)
      piece.withUnsafeMutableBufferPointer { room, used in
        for place in (used..<used + count).reversed() {
          room.initializeElement(
            at: place, to: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
          rest /= 10
        }
        used += count
      }
    }
  }

  /// How many digits a number of at most nineteen has.
  private static func digits(of number: UInt64) -> Int {
    var (count, bound) = (1, UInt64(10))
    while count < 19, number >= bound {
      count += 1
      bound *= 10
    }
    return count
  }

  private mutating func quote(_ text: String, endsKey: Bool) {
    if text.utf8.withContiguousStorageIfAvailable({ quote($0, endsKey: endsKey) }) == nil {
      Array(text.utf8).withUnsafeBufferPointer { quote($0, endsKey: endsKey) }
    }
  }

  private mutating func quote(_ text: UnsafeBufferPointer<UInt8>, endsKey: Bool) {
    if EscapedText.isPlain(text) { return appendPlain(text, endsKey: endsKey) }
    separate()
    bytes.append(UInt8(ascii: "\""))
    EscapedText.append(text, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    if endsKey { bytes.append(UInt8(ascii: ":")) }
  }

  /// A member of a key and a text without anything to escape, after the comma that is due.
  private mutating func appendPlain(
    _ text: UnsafeBufferPointer<UInt8>, after key: UnsafeBufferPointer<UInt8>
  ) {
    let isAfterOne = needsComma
    bytes.append(addingCapacity: key.count + text.count + 6) { piece in
      if isAfterOne { piece.append(UInt8(ascii: ",")) }
      Self.quote(key, in: &piece)
      piece.append(UInt8(ascii: ":"))
      Self.quote(text, in: &piece)
    }
  }

  /// Text without anything to escape, after the comma that is due.
  private mutating func appendPlain(_ text: UnsafeBufferPointer<UInt8>, endsKey: Bool) {
    let isAfterOne = needsComma
    bytes.append(addingCapacity: text.count + 4) { piece in
      if isAfterOne { piece.append(UInt8(ascii: ",")) }
      Self.quote(text, in: &piece)
      if endsKey { piece.append(UInt8(ascii: ":")) }
    }
  }

  @inline(__always)
  private static func quote(
    _ text: UnsafeBufferPointer<UInt8>, in piece: inout OutputSpan<UInt8>
  ) {
    piece.withUnsafeMutableBufferPointer { room, used in
      room[used] = UInt8(ascii: "\"")
      if let start = text.baseAddress, let place = room.baseAddress {
        (place + used + 1).update(from: start, count: text.count)
      }
      room[used + 1 + text.count] = UInt8(ascii: "\"")
      used += text.count + 2
    }
  }
}
