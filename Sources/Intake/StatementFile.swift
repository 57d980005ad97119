import Archive
package import Domain
package import Platform
package import Reconciliation

/// What was understood of a file.
package struct OpenedStatement: Sendable {
  /// The rows, in the order of the file; of a zip, of its files one after the other.
  package let statement: Statement
  package let format: StatementFormat
  /// The character set that it was read in, as `UTF-8`, `GB18030`.
  package let charset: String
  /// Files of a zip that were left out, as summaries are; their names as far as they are text.
  package let leftOut: [String]
  /// How a table fits its layout, where that was asked for.
  package let survey: StatementSurvey?

  /// The whole days of the file's zone that hold its rows; nil without rows.
  package var days: (from: Timestamp, to: Timestamp)? {
    statement.table.times?.days(offsetMinutes: format.offsetMinutes)
  }

  /// Counts and sums by kind, then currency.
  package var totals: [StatementTotal] {
    var all: [StatementTotal] = []
    for kind in EntryKind.allCases {
      var found: [(currency: Currency, rows: Int64, sum: Int64)] = []
      for entry in statement.table.entries where entry.kind == kind {
        let place = found.firstIndex { $0.currency == entry.currency } ?? found.count
        if place == found.count { found.append((entry.currency, 0, 0)) }
        let (sum, overflow) = found[place].sum.addingReportingOverflow(entry.gross)
        found[place] = (entry.currency, found[place].rows + 1, overflow ? .max : sum)
      }
      all += found.sorted { $0.currency < $1.currency }.map { item in
        StatementTotal(
          kind: kind.word, rows: item.rows, sum: Money(item.sum, item.currency))
      }
    }
    return all
  }

  package var figures: [StatementFigure] {
    statement.checks.map { check in
      StatementFigure(
        subject: check.subject == .closingBalance ? "closing_balance" : check.subject.rawValue,
        stated: check.stated, found: check.found)
    }
  }
}

/// Why a file cannot be read.
package enum IntakeError: Error, Hashable, Sendable {
  /// Not a whole zip file, locked, or larger than is unpacked.
  case archive(String)
  /// No known form fits, and none was named.
  case unknownFormat
  /// Bytes that are no text of the set, at this place.
  case notText(charset: String, byteOffset: Int)
  case unreadable(StatementError)
  case empty
  /// Its rows could not be put aside; the sentence says why.
  case notKept(String)
}

/// Opens a file as gateways and banks give it out: zipped or not, in any character set.
///
/// Pure: the same bytes are always read the same.
package enum StatementFile {
  /// The largest text that is read, unpacked.
  package static let textBytesMax = 1 << 30

  /// - Parameters:
  ///   - bytes: as they came.
  ///   - format: nil guesses by the heading.
  ///   - isSurvey: a row of a table that does not read is taken down and does not refuse the file.
  ///   - pieces: read at once at most.
  package static func open(
    _ bytes: [UInt8], as format: StatementFormat? = nil, isSurvey: Bool = false, pieces: Int = 1,
    forEach: ForEach = { count, work in for place in 0..<count { work(place) } }
  ) throws(IntakeError) -> OpenedStatement {
    guard !bytes.isEmpty else { throw .empty }
    var assembly = StatementAssembly(
      format: format, isSurvey: isSurvey, isArchive: bytes.starts(with: zipMark), pieces: pieces)
    let files =
      assembly.isArchive
      ? try unpacked(bytes, bytesMax: textBytesMax, unpacked) : [(name: "", bytes: bytes)]
    for file in files {
      try assembly.add(MemoryBytes(bytes: file.bytes), name: file.name, forEach)
    }
    return try assembly.finish()
  }

  /// Opens a file that is no archive without having it in memory as a whole.
  ///
  /// - Parameter parts: takes the rows as they are read; the statement is given without them then.
  /// - Throws: `truncated` too, where the file gave less than it had.
  package static func open(
    _ file: PositionedFile, as format: StatementFormat?, pieces: Int, into parts: PartedRows? = nil,
    forEach: ForEach
  ) throws(IntakeError) -> OpenedStatement {
    try open(PairSide(file, as: format), pieces: pieces, into: parts, forEach: forEach)
  }

  /// - Parameter read: is given how many bytes of the side were read, each time some were.
  static func open(
    _ side: PairSide, pieces: Int, into parts: PartedRows?, forEach: ForEach,
    read: (@Sendable (Int) -> Void)? = nil
  ) throws(IntakeError) -> OpenedStatement {
    guard side.byteCount > 0 else { throw .empty }
    var assembly = StatementAssembly(
      format: side.format, isSurvey: false, isArchive: side.isArchive, pieces: pieces,
      parts: parts)
    for file in side.files {
      try assembly.add(MeteredBytes(bytes: file.bytes, read: read), name: file.name, forEach)
    }
    return try assembly.finish()
  }

  static let zipMark: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  private static func unpacked(_ archive: ZipArchive, _ entry: ZipArchive.Entry) throws -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(entry.byteCount)
    try archive.read(entry) { content += $0 }
    return content
  }

  /// The files of an archive, as `unpack` gives each of them.
  static func unpacked<Content>(
    _ bytes: [UInt8], bytesMax: Int,
    _ unpack: (ZipArchive, ZipArchive.Entry) throws -> Content
  ) throws(IntakeError) -> [(name: String, bytes: Content)] {
    do {
      let archive = try ZipArchive(bytes)
      let files = archive.entries.filter { $0.byteCount > 0 }
      guard files.reduce(0, { $0 + $1.byteCount }) <= bytesMax else {
        throw ArchiveError.tooLarge
      }
      return try files.map { (name($0.name), try unpack(archive, $0)) }
    } catch let error as SystemError {
      throw .notKept(error.description)
    } catch let error as ArchiveError {
      switch error {
      case .damaged(let text): throw .archive("the zip file is damaged: \(text)")
      case .tooLarge: throw .archive("the zip file is larger than is unpacked")
      case .locked: throw .archive("the zip file asks for a password")
      }
    } catch {
      throw .archive("the zip file cannot be read")
    }
  }

  /// Names in zip files of Chinese gateways are GBK without a mark that says so.
  private static func name(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    do {
      let decoder = try CharsetDecoder(from: .gb18030)
      return String(decoding: try decoder.decode(bytes), as: UTF8.self)
    } catch {
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
