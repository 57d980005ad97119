extension JSONParser {
  /// A string, starting at its opening quote.
  mutating func string() throws(JSONError) -> String {
    var word: UInt64 = 0
    return try string(word: &word, needsWord: false)
  }

  /// A key: also gives the word by which `KeySet` compares it.
  mutating func string(
    word: inout UInt64, needsWord: Bool = true
  ) throws(JSONError) -> String {
    let start = index &+ 1
    index = start
    try plainRun()
    guard index < text.count else { throw unexpected() }
    if text[index] == UInt8(ascii: "\\") {
      return try escapedString(from: start, word: &word)
    }
    let content = UnsafeBufferPointer(rebasing: text[start..<index])
    guard content.count <= limits.stringBytes else {
      throw JSONError(.stringTooLong, at: start &- 1)
    }
    index &+= 1
    if needsWord { word = KeySet.word(of: content) }
    return String(decoding: content, as: UTF8.self)
  }

  /// Moves over bytes that stand for themselves: to a quote, a backslash or the end.
  @inline(__always)
  private mutating func plainRun() throws(JSONError) {
    while true {
      skipPlainWords()
      guard index < text.count else { return }
      let byte = text[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
      if byte < 0x20 {
        throw JSONError(byte == 0 ? .nulCharacter : .controlCharacter, at: index)
      }
      if byte < 0x80 {
        index &+= 1
      } else {
        let size = UTF8Sequence.size(in: text, at: index)
        guard size > 0 else { throw JSONError(.invalidUTF8, at: index) }
        index &+= size
      }
    }
  }

  /// Moves over eight bytes at a time while all of them are plain ASCII.
  ///
  /// Each term sets the top bit of a byte that is below 0x20, a quote, a backslash or above 0x7F.
  /// A borrow can only mark a byte too much, and marked bytes are looked at one by one.
  @inline(__always)
  private mutating func skipPlainWords() {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let raw = UnsafeRawBufferPointer(text)
    while index &+ 8 <= text.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let quotes = (word ^ (ones &* 0x22)) &- ones
      let backslashes = (word ^ (ones &* 0x5C)) &- ones
      let controls = word &- (ones &* 0x20)
      if (word | quotes | backslashes | controls) & (ones &* 0x80) != 0 { return }
      index &+= 8
    }
  }

  /// A string with escapes, decoded into `scratch`; `index` is at the first backslash.
  @inline(never)
  private mutating func escapedString(
    from start: Int, word: inout UInt64
  ) throws(JSONError) -> String {
    scratch.removeAll(keepingCapacity: true)
    var runStart = start
    while true {
      scratch.append(contentsOf: text[runStart..<index])
      guard scratch.count <= limits.stringBytes else {
        throw JSONError(.stringTooLong, at: start &- 1)
      }
      guard index < text.count else { throw unexpected() }
      if text[index] == UInt8(ascii: "\"") { break }
      try escape()
      runStart = index
      try plainRun()
    }
    index &+= 1
    return scratch.withUnsafeBufferPointer { content in
      word = KeySet.word(of: content)
      return String(decoding: content, as: UTF8.self)
    }
  }

  /// One escape, starting at its backslash; appends what it stands for.
  private mutating func escape() throws(JSONError) {
    let start = index
    index &+= 1
    guard index < text.count else { throw unexpected() }
    switch text[index] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(text[index])
    case UInt8(ascii: "b"): scratch.append(0x08)
    case UInt8(ascii: "f"): scratch.append(0x0C)
    case UInt8(ascii: "n"): scratch.append(0x0A)
    case UInt8(ascii: "r"): scratch.append(0x0D)
    case UInt8(ascii: "t"): scratch.append(0x09)
    case UInt8(ascii: "u"):
      index &+= 1
      return try unicodeEscape(from: start)
    default: throw unexpected()
    }
    index &+= 1
  }

  /// The digits of a `\u` escape and, for a high surrogate, the escape of its partner.
  private mutating func unicodeEscape(from start: Int) throws(JSONError) {
    let unit = try hexadecimalUnit()
    if unit & 0xF800 != 0xD800 {
      if unit == 0, isWire { throw JSONError(.nulCharacter, at: start) }
      return append(unit)
    }
    guard unit < 0xDC00, take(UInt8(ascii: "\\")) else {
      throw JSONError(.loneSurrogate, at: start)
    }
    guard index < text.count else { throw unexpected() }
    guard take(UInt8(ascii: "u")) else { throw JSONError(.loneSurrogate, at: start) }
    let partner = try hexadecimalUnit()
    guard partner & 0xFC00 == 0xDC00 else { throw JSONError(.loneSurrogate, at: start) }
    append(0x10000 + ((unit & 0x3FF) << 10) + (partner & 0x3FF))
  }

  private mutating func hexadecimalUnit() throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard index < text.count else { throw unexpected() }
      let byte = text[index]
      let lowered = byte | 0x20
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        unit = unit << 4 | UInt32(byte &- UInt8(ascii: "0"))
      default:
        guard lowered >= UInt8(ascii: "a"), lowered <= UInt8(ascii: "f") else {
          throw unexpected()
        }
        unit = unit << 4 | UInt32(lowered &- UInt8(ascii: "a") &+ 10)
      }
      index &+= 1
    }
    return unit
  }

  /// Appends a scalar value as UTF-8; the caller has excluded surrogates.
  private mutating func append(_ scalar: UInt32) {
    func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(scalar >> shift & 0x3F) }
    if scalar < 0x80 {
      scratch.append(UInt8(scalar))
    } else if scalar < 0x800 {
      scratch.append(0xC0 | UInt8(scalar >> 6))
      scratch.append(tail(0))
    } else if scalar < 0x10000 {
      scratch.append(0xE0 | UInt8(scalar >> 12))
      scratch.append(tail(6))
      scratch.append(tail(0))
    } else {
      scratch.append(0xF0 | UInt8(scalar >> 18))
      scratch.append(tail(12))
      scratch.append(tail(6))
      scratch.append(tail(0))
    }
  }
}
