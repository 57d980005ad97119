import Archive
package import Domain
import Platform
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
    let times = statement.table.entries.map(\.at)
    guard let first = times.min(), let last = times.max() else { return nil }
    let offset = format.offsetMinutes * 60_000
    func midnight(_ moment: Timestamp) -> Int64 {
      let local = moment.adding(milliseconds: offset).milliseconds
      let day = local >= 0 ? local / Self.day : (local - Self.day + 1) / Self.day
      return day * Self.day - offset
    }
    return (
      Timestamp(milliseconds: midnight(first)),
      Timestamp(milliseconds: midnight(last) + Self.day)
    )
  }

  private static let day: Int64 = 86_400_000

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
    let isZip = bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
    let files = isZip ? try unpacked(bytes) : [(name: "", bytes: bytes)]
    var statement = Statement()
    var found: (format: StatementFormat, charset: String)?
    var leftOut: [String] = []
    var survey: StatementSurvey?
    var lines = 0
    for file in files {
      let (text, charset) = try text(file.bytes, format?.charset)
      let wanted = format ?? StatementFormat.guess(text.prefix(StatementFormat.headBytes))
      guard let wanted, found == nil || found?.format == wanted else {
        leftOut.append(file.name)
        continue
      }
      let part: Statement
      do throws(StatementError) {
        if isSurvey, let layout = wanted.layout {
          let seen = try TableStatementReader.survey(text, as: layout)
          part = seen.statement
          survey = survey ?? StatementSurvey()
          survey?.add(seen.survey, linesBefore: lines)
        } else {
          part = try wanted.read(text, pieces: pieces, forEach: forEach)
        }
      } catch {
        if isZip, error.problem.isHeadingMissing {
          leftOut.append(file.name)
          continue
        }
        throw .unreadable(StatementError(line: error.line + lines, error.problem))
      }
      if found == nil {
        statement = part
      } else {
        statement.table.append(part.table, linesBefore: lines)
        statement.checks += part.checks
        statement.skippedRows += part.skippedRows
      }
      if isZip { lines += text.count { $0 == 0x0A } }
      found = (wanted, charset)
    }
    guard let found else { throw .unknownFormat }
    return OpenedStatement(
      statement: statement, format: found.format, charset: found.charset, leftOut: leftOut,
      survey: survey)
  }

  private static func unpacked(
    _ bytes: [UInt8]
  ) throws(IntakeError) -> [(name: String, bytes: [UInt8])] {
    do {
      let archive = try ZipArchive(bytes)
      let files = archive.entries.filter { $0.byteCount > 0 }
      guard files.reduce(0, { $0 + $1.byteCount }) <= textBytesMax else {
        throw ArchiveError.tooLarge
      }
      return try files.map { entry in
        var content: [UInt8] = []
        content.reserveCapacity(entry.byteCount)
        try archive.read(entry) { content += $0 }
        return (name(entry.name), content)
      }
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

  /// The text in UTF-8; a byte order mark stays in front, because to drop it is to copy the file.
  ///
  /// - Parameter declared: nil tells by the bytes; a byte order mark is believed before it.
  private static func text(
    _ bytes: [UInt8], _ declared: DeclaredLayout.Charset?
  ) throws(IntakeError) -> ([UInt8], String) {
    if bytes.starts(with: StatementFormat.mark) { return (bytes, "UTF-8") }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return (try decoded(bytes, .utf16), "UTF-16")
    }
    if let charset = declared?.decoder {
      return (try decoded(bytes, charset), charset.rawValue)
    }
    guard let fault = firstFault(bytes) else { return (bytes, "UTF-8") }
    guard declared == nil else { throw .notText(charset: "UTF-8", byteOffset: fault) }
    return (try decoded(bytes, .gb18030), "GB18030")
  }

  /// Where the first bytes stand that are no UTF-8; nil where there are none. Copies nothing, as a
  /// file may be as long as a text may be.
  private static func firstFault(_ bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch { return error.byteOffsets.lowerBound }
  }

  private static func decoded(
    _ bytes: [UInt8], _ charset: CharsetDecoder.Charset
  ) throws(IntakeError) -> [UInt8] {
    do {
      let decoder = try CharsetDecoder(from: charset)
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count * 3 / 2)
      var rest = bytes[...]
      while !rest.isEmpty {
        text += try decoder.decode(rest.prefix(1 << 20))
        rest = rest.dropFirst(1 << 20)
      }
      try decoder.finish()
      return text
    } catch let error as CharsetDecoder.Malformed {
      throw .notText(charset: charset.rawValue, byteOffset: error.byteOffset)
    } catch {
      throw .notText(charset: charset.rawValue, byteOffset: 0)
    }
  }
}

extension DeclaredLayout.Charset {
  /// Nil for UTF-8, which needs none.
  fileprivate var decoder: CharsetDecoder.Charset? {
    switch self {
    case .utf8: return nil
    case .gbk, .gb18030: return .gb18030
    case .utf16: return .utf16
    case .big5: return .big5
    case .shiftJIS: return .shiftJIS
    case .windows1252: return .windows1252
    case .latin1: return .latin1
    case .latin9: return .latin9
    case .windows1251: return .windows1251
    case .koi8: return .koi8
    }
  }
}

extension StatementFormat {
  fileprivate var charset: DeclaredLayout.Charset? {
    if case .declared(let declared) = self { declared.charset } else { nil }
  }

  /// Of a table.
  fileprivate var layout: StatementLayout? {
    switch self {
    case .table(let layout): layout
    case .declared(let declared): declared.layout
    case .pages, .mt940, .ofx, .camt053: nil
    }
  }
}

extension StatementProblem {
  /// The file is of another kind altogether.
  fileprivate var isHeadingMissing: Bool {
    switch self {
    case .missingColumn, .noHeading: true
    default: false
    }
  }
}
