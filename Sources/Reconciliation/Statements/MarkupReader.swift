/// A small reader of XML and of OFX's SGML: names without prefix, text with the five entities and
/// numbered ones. Document types, and so entities of one's own, are refused.
struct MarkupReader: Sendable {
  enum Token: Hashable, Sendable {
    case open(String, attributes: [String: String])
    case close(String)
    case text(String)
  }

  private var bytes: [UInt8] = []
  private var place = 0
  private(set) var line = 1
  private var queue: [Token] = []

  mutating func feed(_ chunk: some Collection<UInt8>) {
    bytes.removeSubrange(..<place)
    place = 0
    bytes.append(contentsOf: chunk)
  }

  /// The next token; nil when more bytes are needed, or at the end.
  mutating func next(isLast: Bool) throws(StatementError) -> Token? {
    while queue.isEmpty {
      guard place < bytes.count else { return nil }
      if bytes[place] == UInt8(ascii: "<") {
        guard try takeTag(isLast: isLast) else { return nil }
      } else {
        guard try takeText(isLast: isLast) else { return nil }
      }
    }
    return queue.removeFirst()
  }

  private func bad(_ what: String) -> StatementError {
    StatementError(line: line, .badMarkup(what))
  }

  private mutating func takeText(isLast: Bool) throws(StatementError) -> Bool {
    let end = bytes[place...].firstIndex(of: UInt8(ascii: "<"))
    if end == nil, !isLast {
      guard bytes.count - place <= StatementLimit.lineBytes else { throw bad("text too long") }
      return false
    }
    let raw = bytes[place..<(end ?? bytes.count)]
    let text = try decoded(raw)
    line += raw.count { $0 == 0x0A }
    place = raw.endIndex
    if !text.isEmpty { queue.append(.text(text)) }
    return true
  }

  private mutating func takeTag(isLast: Bool) throws(StatementError) -> Bool {
    let isComment = bytes[place...].starts(with: "<!--".utf8)
    let end = isComment ? endOfComment() : bytes[place...].firstIndex(of: UInt8(ascii: ">"))
    guard let end else {
      guard !isLast, bytes.count - place <= StatementLimit.lineBytes else { throw bad("open tag") }
      return false
    }
    let raw = bytes[(place + 1)..<end]
    line += raw.count { $0 == 0x0A }
    place = end + 1
    if isComment || raw.first == UInt8(ascii: "?") { return true }
    if raw.first == UInt8(ascii: "!") { throw bad("a document type is not taken") }
    try takeElement(raw)
    return true
  }

  private func endOfComment() -> Int? {
    guard bytes.count >= place + 7 else { return nil }
    for end in (place + 6)..<bytes.count
    where bytes[end] == 0x3E && bytes[end - 1] == 0x2D && bytes[end - 2] == 0x2D {
      return end
    }
    return nil
  }

  private mutating func takeElement(_ raw: ArraySlice<UInt8>) throws(StatementError) {
    let isClose = raw.first == UInt8(ascii: "/")
    let isEmpty = !isClose && raw.last == UInt8(ascii: "/")
    let inner = raw.dropFirst(isClose ? 1 : 0).dropLast(isEmpty ? 1 : 0)
    let nameEnd = inner.firstIndex(where: FieldText.isSpace) ?? inner.endIndex
    let name = Self.localName(inner[..<nameEnd])
    guard !name.isEmpty else { throw bad("a tag without a name") }
    if isClose {
      queue.append(.close(name))
    } else {
      queue.append(.open(name, attributes: try attributes(inner[nameEnd...])))
      if isEmpty { queue.append(.close(name)) }
    }
  }

  private static func localName(_ raw: ArraySlice<UInt8>) -> String {
    let local = raw.lastIndex(of: UInt8(ascii: ":")).map { raw[($0 + 1)...] } ?? raw
    return String(decoding: local, as: UTF8.self)
  }

  private func attributes(_ raw: ArraySlice<UInt8>) throws(StatementError) -> [String: String] {
    var found: [String: String] = [:]
    var rest = raw.drop(while: FieldText.isSpace)
    while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
      let name = rest[..<equals].filter { !FieldText.isSpace($0) }
      let value = rest[(equals + 1)...].drop(while: FieldText.isSpace)
      guard let quote = value.first, quote == 0x22 || quote == 0x27,
        let end = value.dropFirst().firstIndex(of: quote)
      else { throw bad("an attribute without quotes") }
      found[Self.localName(name[...])] = try decoded(value[(value.startIndex + 1)..<end])
      rest = value[(end + 1)...].drop(while: FieldText.isSpace)
    }
    return found
  }

  private static let entities: [String: String] = [
    "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": " ",
  ]

  /// Without the white space around it.
  private func decoded(_ raw: ArraySlice<UInt8>) throws(StatementError) -> String {
    let base = Array(raw)
    let field = FieldText.trimmed(base, 0..<base.count)
    guard base[field].contains(UInt8(ascii: "&")) else {
      return String(decoding: base[field], as: UTF8.self)
    }
    var text = ""
    var rest = Substring(String(decoding: base[field], as: UTF8.self))
    while let mark = rest.firstIndex(of: "&") {
      text += rest[..<mark]
      // Banks write a bare `&`; it stands for itself.
      guard let end = rest[mark...].prefix(10).firstIndex(of: ";") else {
        text += "&"
        rest = rest[rest.index(after: mark)...]
        continue
      }
      let name = rest[rest.index(after: mark)..<end]
      guard let meaning = Self.entities[String(name)] ?? Self.numbered(name) else {
        throw bad("an entity that is not known")
      }
      text += meaning
      rest = rest[rest.index(after: end)...]
    }
    return text + rest
  }

  private static func numbered(_ name: Substring) -> String? {
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let isHex = digits.first == "x"
    let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}
