/// How the fields of a line are told apart.
package enum FieldQuoting: Sendable, Hashable {
  /// A quote inside a quoted field is doubled; quoted fields may hold line ends.
  case doubleQuotes
  /// WeChat's way: each field begins with a backtick, so a comma alone ends nothing.
  case backticks
  case none
}

/// Cuts bytes that come in chunks of any size into lines and fields.
///
/// Lines end with LF or CRLF; a byte-order mark at the front is dropped. The bytes are UTF-8.
struct DelimitedReader: Sendable {
  let separator: UInt8
  let quoting: FieldQuoting
  /// The bytes not yet given out, beginning at `start`.
  private(set) var bytes: [UInt8] = []
  private(set) var fields: [Range<Int>] = []
  /// The number of the line in `fields`, from 1.
  private(set) var line = 0
  private var start = 0
  private var linesOfNext = 1
  private var isFirst = true

  init(separator: UInt8, quoting: FieldQuoting) {
    self.separator = separator
    self.quoting = quoting
  }

  /// The bytes to come are not the front of a file, so they begin with no byte-order mark.
  mutating func isLaterPiece() { isFirst = false }

  /// Adds bytes; lines given out before are forgotten.
  mutating func feed(_ chunk: some Collection<UInt8>) {
    bytes.removeSubrange(..<start)
    start = 0
    bytes.append(contentsOf: chunk)
  }

  /// Puts the next line into `fields`. False when more bytes are needed.
  ///
  /// - Parameter isLast: no more bytes will come, so the rest is a line.
  mutating func next(isLast: Bool) throws(StatementError) -> Bool {
    if isFirst {
      guard bytes.count >= 3 || isLast else { return false }
      isFirst = false
      if bytes.starts(with: StatementFormat.mark) { start = 3 }
    }
    guard let end = try endOfLine(isLast: isLast) else { return false }
    line += linesOfNext
    linesOfNext = 1
    let next = end.isAtEnd ? bytes.count : end.place + 1
    let hasReturn = end.place > start && bytes[end.place - 1] == 0x0D
    let content = start..<(hasReturn ? end.place - 1 : end.place)
    start = next
    fields.removeAll(keepingCapacity: true)
    try cut(content)
    return true
  }

  private mutating func endOfLine(isLast: Bool) throws(StatementError) -> (
    place: Int, isAtEnd: Bool
  )? {
    var isQuoted = false
    var inner = 0
    // A quote opens a field only at its front, or again right behind the quote that closed it.
    var closedAt = -1
    let end = bytes.count
    let isPlain = quoting != .doubleQuotes
    // unsafe: the line end is sought in a raw buffer; every index is below its count.
    let found: Int? = bytes.withUnsafeBytes { buffer in
      var place = start
      while place < end {
        place = isPlain
          ? ByteScan.first(0x0A, in: buffer, place, end)
          : ByteScan.first(0x0A, or: 0x22, in: buffer, place, end)
        guard place < end else { return nil }
        if buffer[place] == 0x0A {
          if !isQuoted { return place }
          inner += 1
        } else if isQuoted {
          isQuoted = false
          closedAt = place
        } else if place == start || buffer[place - 1] == separator || closedAt == place - 1 {
          isQuoted = true
        }
        place += 1
      }
      return nil
    }
    linesOfNext += inner
    if let found { return (found, false) }
    linesOfNext -= inner
    guard end - start <= StatementLimit.lineBytes else {
      throw StatementError(line: line + 1, isQuoted ? .openQuote : .lineTooLong)
    }
    guard isLast, start < end else { return nil }
    guard !isQuoted else { throw StatementError(line: line + 1, .openQuote) }
    return (end, true)
  }

  private mutating func cut(_ content: Range<Int>) throws(StatementError) {
    switch quoting {
    case .none: cutPlain(content)
    case .backticks: cutBackticks(content)
    case .doubleQuotes: try cutQuoted(content)
    }
    guard fields.count <= StatementLimit.columns else {
      throw StatementError(line: line, .wrongColumnCount(expected: 512, found: fields.count))
    }
  }

  private mutating func cutPlain(_ content: Range<Int>) {
    var first = content.lowerBound
    let separator = separator
    bytes.withUnsafeBytes { buffer in
      // unsafe: read only below the end of the line.
      while true {
        let place = ByteScan.first(separator, in: buffer, first, content.upperBound)
        fields.append(first..<place)
        guard place < content.upperBound else { return }
        first = place + 1
      }
    }
  }

  /// A line without a backtick in front, as the heading, is cut at every separator.
  private mutating func cutBackticks(_ content: Range<Int>) {
    guard let front = content.first, bytes[front] == 0x60 else { return cutPlain(content) }
    var first = front + 1
    let separator = separator
    bytes.withUnsafeBytes { buffer in
      // unsafe: read only below the end of the line.
      var place = first
      while true {
        place = ByteScan.first(0x60, in: buffer, place, content.upperBound)
        guard place < content.upperBound else { break }
        if place > first, buffer[place - 1] == separator {
          fields.append(first..<place - 1)
          first = place + 1
        }
        place += 1
      }
    }
    fields.append(first..<content.upperBound)
  }

  private mutating func cutQuoted(_ content: Range<Int>) throws(StatementError) {
    var place = content.lowerBound
    let end = content.upperBound
    while true {
      if place < end, bytes[place] == 0x22 {
        place = try quotedField(place + 1, end)
        guard place == end || bytes[place] == separator else {
          throw StatementError(line: line, .strayQuote)
        }
      } else {
        let first = place
        while place < end, bytes[place] != separator { place += 1 }
        fields.append(first..<place)
      }
      guard place < end else { return }
      place += 1
    }
  }

  /// Adds the field that begins behind its quote; doubled quotes are drawn together in place.
  private mutating func quotedField(_ first: Int, _ end: Int) throws(StatementError) -> Int {
    var read = first
    var write = first
    while read < end {
      if bytes[read] == 0x22 {
        guard read + 1 < end, bytes[read + 1] == 0x22 else {
          fields.append(first..<write)
          return read + 1
        }
        read += 1
      }
      if write != read { bytes[write] = bytes[read] }
      write += 1
      read += 1
    }
    throw StatementError(line: line, .openQuote)
  }
}
