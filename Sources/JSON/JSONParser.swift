/// One pass over one text. Holds a position and what is left of the limits, nothing else.
///
/// Recursion is bounded by `JSONLimits.depth`, so a million opening brackets cost 33 frames.
struct JSONParser {
  let text: UnsafeBufferPointer<UInt8>
  let isWire: Bool
  let limits: JSONLimits
  /// The next byte to read.
  var index = 0
  private var valuesLeft: Int
  /// Decoded bytes of a string with escapes; kept between strings.
  var scratch: [UInt8] = []

  init(_ text: UnsafeBufferPointer<UInt8>, profile: JSONProfile, limits: JSONLimits) {
    self.text = text
    self.isWire = profile == .wire
    self.limits = limits
    valuesLeft = limits.values
  }

  /// The whole text as one value.
  mutating func wholeText() throws(JSONError) -> JSONValue {
    try begin()
    let start = index
    let value = try value(depth: 1)
    skipSpace()
    if case .object = value {
      guard index == text.count else { throw JSONError(.trailingData, at: index) }
      return value
    }
    if isWire {
      // A pretty-printed request sent line by line shows lines like `"id": 1,`.
      guard index == text.count else { throw unexpected() }
      throw JSONError(.notObject, at: start)
    }
    guard index == text.count else { throw JSONError(.trailingData, at: index) }
    return value
  }

  /// Moves to the first byte of the value, past white space.
  mutating func begin() throws(JSONError) {
    // The marks of UTF-16 are no UTF-8 either, but "bad text" is the truer answer.
    if text.count >= 2, text[0] >= 0xFE, text[1] >= 0xFE { throw JSONError(.badJSON, at: 0) }
    skipSpace()
  }

  /// One value, starting at `index`; `depth` is what a container here would have.
  mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard index < text.count else { throw unexpected() }
    valuesLeft &-= 1
    if valuesLeft < 0 { throw JSONError(.tooManyValues, at: index) }
    switch text[index] {
    case UInt8(ascii: "\""):
      return .string(try string())
    case UInt8(ascii: "{"):
      return .object(try object(depth: depth))
    case UInt8(ascii: "["):
      return .array(try array(depth: depth))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try number()
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default:
      throw unexpected()
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
    guard depth <= limits.depth else { throw JSONError(.tooDeep, at: index) }
    index &+= 1
    skipSpace()
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value(depth: depth + 1))
      if try isLast(before: UInt8(ascii: "]")) { return elements }
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
    guard depth <= limits.depth else { throw JSONError(.tooDeep, at: index) }
    index &+= 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return JSONObject() }
    var members: [JSONObject.Member] = []
    members.reserveCapacity(4)
    var keys = KeySet()
    while true {
      let key = try key(after: members, in: &keys)
      members.append(JSONObject.Member(key: key, value: try value(depth: depth + 1)))
      if try isLast(before: UInt8(ascii: "}")) { return JSONObject(members: members) }
    }
  }

  /// A key and its colon; the position is then at the value.
  mutating func key(
    after members: [JSONObject.Member], in keys: inout KeySet
  ) throws(JSONError) -> String {
    guard index < text.count, text[index] == UInt8(ascii: "\"") else { throw unexpected() }
    let start = index
    var word: UInt64 = 0
    let key = try string(word: &word)
    guard keys.insert(key, word: word, after: members) else {
      throw JSONError(.duplicateKey, at: start)
    }
    skipSpace()
    guard take(UInt8(ascii: ":")) else { throw unexpected() }
    skipSpace()
    return key
  }

  /// Takes the comma or the closing bracket after an element; true after the bracket.
  mutating func isLast(before bracket: UInt8) throws(JSONError) -> Bool {
    skipSpace()
    if take(UInt8(ascii: ",")) {
      skipSpace()
      return false
    }
    guard take(bracket) else { throw unexpected() }
    return true
  }

  private mutating func word(_ literal: StaticString) throws(JSONError) {
    let bytes = UnsafeBufferPointer(
      start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    for byte in bytes {
      guard take(byte) else { throw unexpected() }
    }
  }

  @inline(__always)
  mutating func skipSpace() {
    while index < text.count, text[index] <= 0x20 {
      switch text[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index &+= 1
      default: return
      }
    }
  }

  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard index < text.count, text[index] == byte else { return false }
    index &+= 1
    return true
  }

  /// The error for a byte the grammar does not allow at `index`, or for an early end.
  @inline(never)
  func unexpected() -> JSONError {
    if index < text.count, UTF8Sequence.size(in: text, at: index) == 0 {
      return JSONError(.invalidUTF8, at: index)
    }
    return JSONError(.badJSON, at: index)
  }
}
