import Archive
package import Platform
package import Reconciliation

/// One of two files that are held against each other: as it lies, or what an archive holds.
package struct PairSide: Sendable {
  /// What an archive may unpack to, all of its files together.
  package static let unpackedBytesMax = 16 << 30
  /// The largest archive; it lies in memory.
  package static let archiveBytesMax = 2 << 30

  let files: [(name: String, bytes: any ByteSource)]
  package let isArchive: Bool
  package var format: StatementFormat?

  var byteCount: Int { files.reduce(0) { $0 + $1.bytes.byteCount } }

  /// - Parameters:
  ///   - format: nil guesses by the heading.
  ///   - folder: an archive is unpacked there, into files without names.
  /// - Throws: where an archive cannot be unpacked, or the file is empty.
  package init(
    _ file: PositionedFile, as format: StatementFormat?, unpackIn folder: String
  ) throws(IntakeError) {
    self.format = format
    guard file.byteCount > 0 else { throw .empty }
    let front = try Self.bytes(file, 0..<min(4, file.byteCount))
    isArchive = front.elementsEqual(StatementFile.zipMark)
    guard isArchive else {
      files = [("", file)]
      return
    }
    guard file.byteCount <= Self.archiveBytesMax else {
      throw .archive("the zip file is larger than is unpacked")
    }
    files = try Self.unpacked(try Self.bytes(file, 0..<file.byteCount), in: folder)
  }

  /// A file that is no archive.
  package init(_ file: PositionedFile, as format: StatementFormat?) {
    self.format = format
    files = [("", file)]
    isArchive = false
  }

  private static func bytes(
    _ file: PositionedFile, _ range: Range<Int>
  ) throws(IntakeError) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(SystemError) {
      try file.read(range, into: &bytes)
    } catch { throw .unreadable(StatementError(line: 0, .truncated)) }
    return bytes
  }

  private static func unpacked(
    _ bytes: [UInt8], in folder: String
  ) throws(IntakeError) -> [(name: String, bytes: any ByteSource)] {
    try StatementFile.unpacked(bytes, bytesMax: unpackedBytesMax) { archive, entry in
      let file = try ScratchFile(in: folder)
      try archive.read(entry) { _ = try file.add(Array($0)) }
      return file as any ByteSource
    }
  }

  // MARK: What it looks like

  /// Names of an archive's files.
  package var names: [String] { files.map(\.name) }

  /// The known form of its heading; nil where none fits.
  package func guess() -> StatementFormat? {
    heads.lazy.compactMap { head in
      StatementFormat.guess(head[...])?.byItsClock(head[...])
    }.first
  }

  /// A form that was named, by the clock that the file's first row names.
  package func byItsClock(_ format: StatementFormat) -> StatementFormat {
    heads.first { format.fits($0[...]) }.map { format.byItsClock($0[...]) } ?? format
  }

  /// Whether it has the heading of a form that is a table.
  package func fits(_ format: StatementFormat) -> Bool { heads.contains { format.fits($0[...]) } }

  /// Its first line as text, cut to 200 bytes; nil where it is no text.
  package var firstLine: String? {
    guard let head = heads.first(where: { !$0.isEmpty }) else { return nil }
    let text = head.starts(with: StatementFormat.mark) ? head.dropFirst(3) : head[...]
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    return String(decoding: line.prefix(200), as: UTF8.self)
  }

  /// The first bytes, for marks of files that are no text.
  package func front(_ count: Int) -> [UInt8] {
    var front: [UInt8] = []
    guard let first = files.first?.bytes else { return [] }
    do throws(SystemError) {
      try first.read(0..<min(count, first.byteCount), into: &front)
    } catch { return [] }
    return front
  }

  /// The fronts of its files as text, of those that are text.
  private var heads: [[UInt8]] {
    files.compactMap { file in
      Self.head(of: MeteredBytes(bytes: file.bytes, read: nil), format)
    }
  }

  private static func head(of bytes: some ByteSource, _ format: StatementFormat?) -> [UInt8]? {
    StatementAssembly.encodings(of: bytes, format).lazy.compactMap { encoding in
      do throws(TextFault) {
        return try EncodedText(bytes, encoding).head(
          StatementFormat.headBytes, mayBeCut: true)
      } catch { return nil }
    }.first
  }

  // MARK: Where it went wrong

  /// The line that holds a byte, from 1; nil within an archive.
  package func line(ofByte offset: Int) -> Int? {
    lineEnds(before: offset).map { $0 + 1 }
  }

  /// Whether a line is the last, and has no end: the file was cut off within it.
  package func isCutOff(in line: Int) -> Bool {
    guard let last = files.last, !isArchive, last.bytes.byteCount > 0,
      let ends = lineEnds(before: last.bytes.byteCount), line == ends + 1
    else { return false }
    var end: [UInt8] = []
    do throws(SystemError) {
      try last.bytes.read(last.bytes.byteCount - 1..<last.bytes.byteCount, into: &end)
    } catch { return false }
    return end != [0x0A]
  }

  private func lineEnds(before end: Int) -> Int? {
    guard !isArchive, let file = files.first?.bytes else { return nil }
    var count = 0
    for place in stride(from: 0, to: min(end, file.byteCount), by: 1 << 20) {
      var part: [UInt8] = []
      do throws(SystemError) {
        try file.read(place..<min(place + (1 << 20), end, file.byteCount), into: &part)
      } catch { return nil }
      count += part.count { $0 == 0x0A }
    }
    return count
  }
}

extension ScratchFile: ByteSource {
  var inMemory: [UInt8]? { nil }
}
