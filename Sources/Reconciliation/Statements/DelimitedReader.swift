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
  /// Of the line; what stands behind them is of lines before.
  private var places: [Range<Int>]
  private(set) var fieldCount = 0
  /// The number of the line in `fields`, from 1.
  private(set) var line = 0
  /// Whether a line with a quote was met, where quotes mean something.
  private(set) var hasQuotes = false
  private var start = 0
  private var linesOfNext = 1
  private var isFirst = true

  init(separator: UInt8, quoting: FieldQuoting) {
    self.separator = separator
    self.quoting = quoting
    // One more than a line may have, so that a line with more is told.
    places = [Range<Int>](repeating: 0..<0, count: StatementLimit.columns + 1)
  }

  /// The fields of the line.
  var fields: ArraySlice<Range<Int>> { places[..<fieldCount] }

  /// The first field of the line.
  var first: Range<Int>? { fieldCount > 0 ? places[0] : nil }

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
    fieldCount = 0
    switch try cutLine(isLast: isLast) {
    case .line: break
    case .unfinished: return false
    case .quoted:
      guard let end = try endOfLine(isLast: isLast) else { return false }
      try cutQuoted(take(upTo: end))
    }
    let found = fieldCount
    guard found <= StatementLimit.columns else {
      fieldCount = 0
      throw StatementError(line: line, .wrongColumnCount(expected: 512, found: found))
    }
    return true
  }

  /// Steps over a line that ends at this place, and gives what it holds.
  private mutating func take(upTo end: Int) -> Range<Int> {
    line += linesOfNext
    linesOfNext = 1
    let hasReturn = end > start && bytes[end - 1] == 0x0D
    let content = start..<(hasReturn ? end - 1 : end)
    start = min(end + 1, bytes.count)
    return content
  }

  private mutating func add(_ field: Range<Int>) {
    if fieldCount < places.count { places[fieldCount] = field }
    fieldCount += 1
  }
}

// MARK: Lines without quotes

extension DelimitedReader {
  private enum Cut {
    case line
    /// Its end is not there yet.
    case unfinished
    /// It holds a quote that means something, and is to be read again from its front.
    case quoted
  }

  /// Looks for the end of the line and for its fields at once.
  private mutating func cutLine(isLast: Bool) throws(StatementError) -> Cut {
    let (first, separator, quoting) = (start, separator, quoting)
    var (count, lastField) = (0, first)
    let stop = bytes.withUnsafeBytes { buffer in
      places.withUnsafeMutableBufferPointer { places in
        let bytes = ByteView(buffer)
        var cutter = FieldCutter(bytes: bytes, places: places, separator: separator, field: first)
        defer { (count, lastField) = (cutter.count, cutter.field) }
        if quoting == .backticks, first < bytes.count, bytes[first] == 0x60 {
          // A field behind a mark begins with the mark.
          cutter.field += 1
          return ByteScan.each(0x60, 0x0A, in: bytes, from: first) { cutter.meetMark($0) }
        }
        guard quoting == .doubleQuotes else {
          return ByteScan.each(separator, 0x0A, in: bytes, from: first) { cutter.meet($0) }
        }
        return ByteScan.each(separator, 0x0A, 0x22, in: bytes, from: first) {
          cutter.meet($0) || bytes[$0] == 0x22
        }
      }
    }
    if stop == bytes.count {
      guard bytes.count - first <= StatementLimit.lineBytes else {
        throw StatementError(line: line + 1, .lineTooLong)
      }
      guard isLast, first < bytes.count else { return .unfinished }
    } else if bytes[stop] != 0x0A {
      return .quoted
    }
    let content = take(upTo: stop)
    fieldCount = count
    add(min(lastField, content.upperBound)..<content.upperBound)
    return .line
  }
}

/// The fields of a line in the making.
private struct FieldCutter {
  let bytes: ByteView
  // unsafe: written below its count only, while the array that it is of is lent out.
  let places: UnsafeMutableBufferPointer<Range<Int>>
  let separator: UInt8
  var count = 0
  /// Where the present field begins.
  var field: Int

  /// - Returns: true at the end of the line.
  @inline(__always)
  mutating func meet(_ place: Int) -> Bool {
    let byte = bytes[place]
    if byte == separator { add(upTo: place, next: place &+ 1) }
    return byte == 0x0A
  }

  /// The same where fields begin with a mark: a field ends before the separator in front of one.
  @inline(__always)
  mutating func meetMark(_ place: Int) -> Bool {
    let byte = bytes[place]
    if byte == 0x60, place > field, bytes[place &- 1] == separator {
      add(upTo: place &- 1, next: place &+ 1)
    }
    return byte == 0x0A
  }

  @inline(__always)
  private mutating func add(upTo end: Int, next: Int) {
    if count < places.count { places[count] = Range(uncheckedBounds: (field, end)) }
    count &+= 1
    field = next
  }
}

// MARK: Lines with quotes

extension DelimitedReader {
  private mutating func endOfLine(isLast: Bool) throws(StatementError) -> Int? {
    var isQuoted = false
    var inner = 0
    // A quote opens a field only at its front, or again right behind the quote that closed it.
    var closedAt = -1
    let (start, separator) = (start, separator)
    let stop = bytes.withUnsafeBytes { buffer in
      let bytes = ByteView(buffer)
      return ByteScan.each(0x0A, 0x22, in: bytes, from: start) { place in
        if bytes[place] == 0x0A {
          if !isQuoted { return true }
          inner += 1
        } else if bytes[place] == 0x22 {
          if isQuoted {
            isQuoted = false
            closedAt = place
          } else if place == start || bytes[place - 1] == separator || closedAt == place - 1 {
            isQuoted = true
          }
        }
        return false
      }
    }
    hasQuotes = true
    if stop < bytes.count {
      linesOfNext += inner
      return stop
    }
    guard bytes.count - start <= StatementLimit.lineBytes else {
      throw StatementError(line: line + 1, isQuoted ? .openQuote : .lineTooLong)
    }
    guard isLast, start < bytes.count else { return nil }
    guard !isQuoted else { throw StatementError(line: line + 1, .openQuote) }
    return bytes.count
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
        add(first..<place)
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
          add(first..<write)
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

extension DelimitedReader {
  /// Lends out the line that was read. Mutating only so that nothing is copied for it.
  @inline(__always)
  mutating func withLine<Result>(
    _ body: (Line) throws(StatementError) -> Result
  ) throws(StatementError) -> Result {
    let (number, count) = (line, fieldCount)
    return try bytes.withUnsafeBufferPointer { bytes throws(StatementError) in
      try places.withUnsafeBufferPointer { places throws(StatementError) in
        // unsafe: both arrays stand still until `body` is over, and it keeps nothing of the line.
        let fields = UnsafeBufferPointer(rebasing: places[..<count])
        return try body(Line(bytes: ByteView(bytes), fields: fields, number: number))
      }
    }
  }
}

/// A line of a table as it was cut. It lives no longer than the call that lends it.
struct Line {
  let bytes: ByteView
  let fields: UnsafeBufferPointer<Range<Int>>
  /// Of the file, from 1.
  let number: Int
}
