/// The text of a file, which may be read from several places at once.
package protocol StatementText: Sendable {
  /// Of the file as it lies, before it is decoded.
  var byteCount: Int { get }
  /// Whether the byte of a line end never is part of another character, so that the file can be cut
  /// behind one.
  var isCutByLineEnds: Bool { get }

  /// The place behind the first line end within these bytes; nil where there is none.
  func lineStart(in range: Range<Int>) throws(TextFault) -> Int?

  /// Gives the text of these bytes in UTF-8, part by part.
  ///
  /// - Throws: what `take` threw, but only when all of the bytes are known to be text.
  func read(
    _ range: Range<Int>, _ take: (ArraySlice<UInt8>) throws(StatementError) -> Void
  ) throws(TextFault)
}

/// Why a text was not read to its end.
package enum TextFault: Error, Hashable, Sendable {
  case statement(StatementError)
  /// Bytes that are no text of their character set, at this place of the file.
  case notText(byteOffset: Int)
  /// The source gave no bytes; it knows why.
  case unreadable
  /// What was read could not be put aside.
  case notKept(RowStoreFault)
}

/// UTF-8 that lies in memory and is taken for what it is.
package struct PlainText: StatementText {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var byteCount: Int { bytes.count }
  package var isCutByLineEnds: Bool { true }

  package func lineStart(in range: Range<Int>) -> Int? {
    bytes[range].firstIndex(of: 0x0A).map { $0 + 1 }
  }

  package func read(
    _ range: Range<Int>, _ take: (ArraySlice<UInt8>) throws(StatementError) -> Void
  ) throws(TextFault) {
    var rest = bytes[range]
    while !rest.isEmpty {
      do throws(StatementError) {
        try take(rest.prefix(TableStatementReader.partBytes))
      } catch { throw .statement(error) }
      rest = rest.dropFirst(TableStatementReader.partBytes)
    }
  }
}
