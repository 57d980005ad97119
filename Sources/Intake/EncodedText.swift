import Platform
import Reconciliation

/// Bytes that may be read from several places at once.
protocol ByteSource: Sendable {
  var byteCount: Int { get }
  /// All of them, where they lie in memory anyhow.
  var inMemory: [UInt8]? { get }
  /// Adds those of these places behind those of the buffer.
  func read(_ range: Range<Int>, into buffer: inout [UInt8]) throws(SystemError)
}

/// Bytes in memory.
struct MemoryBytes: ByteSource {
  let bytes: [UInt8]
  var byteCount: Int { bytes.count }
  var inMemory: [UInt8]? { bytes }

  func read(_ range: Range<Int>, into buffer: inout [UInt8]) {
    buffer.append(contentsOf: bytes[range])
  }
}

extension PositionedFile: ByteSource {
  var inMemory: [UInt8]? { nil }
}

/// Bytes of which somebody counts how many were read.
struct MeteredBytes: ByteSource {
  let bytes: any ByteSource
  let read: (@Sendable (Int) -> Void)?

  var byteCount: Int { bytes.byteCount }
  var inMemory: [UInt8]? { bytes.inMemory }

  func read(_ range: Range<Int>, into buffer: inout [UInt8]) throws(SystemError) {
    try bytes.read(range, into: &buffer)
    read?(range.count)
  }
}

/// The text of bytes in any character set, decoded part by part as it is read: the file is nowhere
/// as a whole.
struct EncodedText<Source: ByteSource>: StatementText {
  enum Encoding: Hashable, Sendable {
    /// A byte order mark says so, and is believed.
    case markedUTF8
    case utf8
    case other(CharsetDecoder.Charset)
  }

  let source: Source
  let encoding: Encoding
  private static var partBytes: Int { 1 << 17 }

  init(_ source: Source, _ encoding: Encoding) {
    self.source = source
    self.encoding = encoding
  }

  var byteCount: Int { source.byteCount }

  var isCutByLineEnds: Bool { encoding != .other(.utf16) }

  /// As people write it.
  var name: String {
    if case .other(let charset) = encoding { charset.rawValue } else { "UTF-8" }
  }

  func lineStart(in range: Range<Int>) throws(TextFault) -> Int? {
    for place in stride(from: range.lowerBound, to: range.upperBound, by: 4_096) {
      let part = try bytes(place..<min(place + 4_096, range.upperBound))
      if let found = part.firstIndex(of: 0x0A) { return place + found + 1 }
    }
    return nil
  }

  private func bytes(_ range: Range<Int>) throws(TextFault) -> [UInt8] {
    var bytes: [UInt8] = []
    try add(range, to: &bytes)
    return bytes
  }

  private func add(_ range: Range<Int>, to buffer: inout [UInt8]) throws(TextFault) {
    do throws(SystemError) {
      try source.read(range, into: &buffer)
    } catch { throw .unreadable }
  }

  func read(
    _ range: Range<Int>, _ take: (ArraySlice<UInt8>) throws(StatementError) -> Void
  ) throws(TextFault) {
    var refusal: StatementError?
    try decode(range, isWhole: true) { part in
      guard refusal == nil else { return }
      do throws(StatementError) { try take(part) } catch { refusal = error }
    }
    if let refusal { throw .statement(refusal) }
  }

  /// - Parameter isWhole: false where the last character may be cut off.
  private func decode(
    _ range: Range<Int>, isWhole: Bool, _ take: (ArraySlice<UInt8>) -> Void
  ) throws(TextFault) {
    if case .other(let charset) = encoding {
      try convert(range, from: charset, isWhole: isWhole, take)
    } else {
      try check(range, isWhole: isWhole, take)
    }
  }

  private func check(
    _ range: Range<Int>, isWhole: Bool, _ take: (ArraySlice<UInt8>) -> Void
  ) throws(TextFault) {
    var buffer: [UInt8] = []
    buffer.reserveCapacity(Self.partBytes + 8)
    var place = range.lowerBound
    while place < range.upperBound {
      let end = min(place + Self.partBytes, range.upperBound)
      try add(place..<end, to: &buffer)
      let start = end - buffer.count
      place = end
      let isLast = end == range.upperBound && isWhole
      let count = isLast ? buffer.count : Self.wholeCharacters(buffer)
      if encoding == .utf8, let fault = Self.firstFault(buffer, count) {
        throw .notText(byteOffset: start + fault)
      }
      take(buffer[..<count])
      buffer.removeSubrange(..<count)
    }
  }

  /// How many bytes stand before a character that is cut off at the end.
  private static func wholeCharacters(_ bytes: [UInt8]) -> Int {
    for back in 1..<5 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      guard byte >= 0x80 else { break }
      guard byte >= 0xC0 else { continue }
      let width = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      return width > back ? bytes.count - back : bytes.count
    }
    return bytes.count
  }

  /// Where the first bytes stand that are no UTF-8; nil where there are none.
  private static func firstFault(_ bytes: [UInt8], _ count: Int) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span.extracting(first: count))
      return nil
    } catch { return error.byteOffsets.lowerBound }
  }

  private func convert(
    _ range: Range<Int>, from charset: CharsetDecoder.Charset, isWhole: Bool,
    _ take: (ArraySlice<UInt8>) -> Void
  ) throws(TextFault) {
    do {
      let decoder = try CharsetDecoder(from: charset)
      for place in stride(from: range.lowerBound, to: range.upperBound, by: Self.partBytes) {
        let end = min(place + Self.partBytes, range.upperBound)
        take(try decoder.decode(try bytes(place..<end))[...])
      }
      if isWhole { try decoder.finish() }
    } catch let error as CharsetDecoder.Malformed {
      throw .notText(byteOffset: range.lowerBound + error.byteOffset)
    } catch let fault as TextFault {
      throw fault
    } catch {
      // The C library has no tables for the set.
      throw .notText(byteOffset: 0)
    }
  }

  /// The front of the text.
  ///
  /// - Parameters:
  ///   - count: of the bytes that are looked at.
  ///   - mayBeCut: a character that the file ends within is left out.
  func head(_ count: Int, mayBeCut: Bool = false) throws(TextFault) -> [UInt8] {
    let end = min(count, byteCount)
    var text: [UInt8] = []
    try decode(0..<end, isWhole: end == byteCount && !mayBeCut) { text += $0 }
    return text
  }

  /// All of it, for forms that are not read part by part.
  func whole() throws(TextFault) -> [UInt8] {
    if encoding == .markedUTF8, let bytes = source.inMemory { return bytes }
    if encoding == .utf8, let bytes = source.inMemory {
      guard let fault = Self.firstFault(bytes, bytes.count) else { return bytes }
      throw .notText(byteOffset: fault)
    }
    var text: [UInt8] = []
    text.reserveCapacity(byteCount)
    try decode(0..<byteCount, isWhole: true) { text += $0 }
    return text
  }

  func lineCount() throws(TextFault) -> Int {
    if isCutByLineEnds, let bytes = source.inMemory { return bytes.count { $0 == 0x0A } }
    var lines = 0
    try decode(0..<byteCount, isWhole: true) { part in lines += part.count { $0 == 0x0A } }
    return lines
  }

  /// Looks whether all bytes are text.
  func check() throws(TextFault) { try decode(0..<byteCount, isWhole: true) { _ in } }
}
