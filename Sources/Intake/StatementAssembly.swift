import Platform
import Reconciliation

/// One statement in the making: the files of an archive one after the other, or one file.
struct StatementAssembly {
  let format: StatementFormat?
  let isSurvey: Bool
  let isArchive: Bool
  let pieces: Int
  /// Takes the rows as they are read; nil leaves them with the statement.
  let parts: PartedRows?
  /// Of the files that were read before.
  private var lines = 0
  private var statement = Statement()
  private var found: (format: StatementFormat, charset: String)?
  private var leftOut: [String] = []
  private var survey: StatementSurvey?

  init(
    format: StatementFormat?, isSurvey: Bool, isArchive: Bool, pieces: Int,
    parts: PartedRows? = nil
  ) {
    self.format = format
    self.isSurvey = isSurvey
    self.isArchive = isArchive
    self.pieces = pieces
    self.parts = parts
  }

  func finish() throws(IntakeError) -> OpenedStatement {
    guard let found else { throw .unknownFormat }
    return OpenedStatement(
      statement: statement, format: found.format, charset: found.charset, leftOut: leftOut,
      survey: survey)
  }

  /// Reads the next file, or leaves it out.
  mutating func add(
    _ source: some ByteSource, name: String, _ forEach: ForEach
  ) throws(IntakeError) {
    let encodings = Self.encodings(of: source, format)
    guard let first = encodings.first else { throw .notText(charset: "UTF-8", byteOffset: 0) }
    let text = EncodedText(source, first)
    let place: Int
    do throws(TextFault) {
      return try add(text, name, forEach)
    } catch {
      guard encodings.count > 1, case .notText(let offset) = error else {
        throw refusal(error, text.name)
      }
      place = offset
    }
    let other = EncodedText(source, encodings[1])
    do throws(TextFault) {
      return try add(other, name, forEach)
    } catch {
      // The set that held for longer is the one that was meant.
      if case .notText(let offset) = error, offset < place {
        throw .notText(charset: text.name, byteOffset: place)
      }
      throw refusal(error, other.name)
    }
  }

  /// Told by the front of the bytes; a byte order mark is believed before what is declared. The
  /// second is tried where the bytes are no text in the first; none where they cannot be read.
  static func encodings<Source: ByteSource>(
    of source: Source, _ format: StatementFormat?
  ) -> [EncodedText<Source>.Encoding] {
    var front: [UInt8] = []
    do throws(SystemError) {
      try source.read(0..<min(4, source.byteCount), into: &front)
    } catch { return [] }
    if front.starts(with: StatementFormat.mark) { return [.markedUTF8] }
    if front.starts(with: [0xFF, 0xFE]) || front.starts(with: [0xFE, 0xFF]) {
      return [.other(.utf16)]
    }
    guard let declared = format?.charset else {
      // What is no UTF-8 is GBK, as the gateways of China write it.
      return [.utf8, .other(.gb18030)]
    }
    return [declared.decoder.map { .other($0) } ?? .utf8]
  }

  private func refusal(_ fault: TextFault, _ charset: String) -> IntakeError {
    switch fault {
    case .statement(let error):
      .unreadable(StatementError(line: error.line + lines, error.problem))
    case .notText(let offset): .notText(charset: charset, byteOffset: offset)
    case .unreadable: .unreadable(StatementError(line: 0, .truncated))
    case .notKept(let fault): .notKept(fault.text)
    }
  }

  private mutating func add<Source: ByteSource>(
    _ text: EncodedText<Source>, _ name: String, _ forEach: ForEach
  ) throws(TextFault) {
    let head = try text.head(StatementFormat.headBytes).prefix(StatementFormat.headBytes)
    // Files of one form may be written by different clocks, as in summer and in winter.
    let wanted = (format ?? StatementFormat.guess(head))?.byItsClock(head)
    guard let wanted, found == nil || found?.format.name == wanted.name else {
      // Bytes that are no text further on make the front another one.
      try text.check()
      leftOut.append(name)
      return
    }
    if isArchive { parts?.beginFile(linesBefore: lines) }
    do throws(TextFault) {
      let part = try read(text, as: wanted, forEach)
      if found == nil { statement = part } else { statement.add(part, linesBefore: lines) }
    } catch {
      guard isArchive, case .statement(let error) = error, error.problem.isHeadingMissing else {
        throw error
      }
      // Nothing of it stays.
      do throws(RowStoreFault) { try parts?.clear() } catch { throw .notKept(error) }
      leftOut.append(name)
      return
    }
    if isArchive { lines += try text.lineCount() }
    found = (found?.format ?? wanted, text.name)
  }

  private mutating func read<Source: ByteSource>(
    _ text: EncodedText<Source>, as format: StatementFormat, _ forEach: ForEach
  ) throws(TextFault) -> Statement {
    if let layout = format.layout, !isSurvey {
      return try TableStatementReader.read(
        text, as: layout, pieces: pieces, into: parts, forEach: forEach)
    }
    var statement = try readWhole(text, as: format, forEach)
    try parts?.take(&statement)
    return statement
  }

  /// Forms that are not read part by part, and surveys.
  private mutating func readWhole<Source: ByteSource>(
    _ text: EncodedText<Source>, as format: StatementFormat, _ forEach: ForEach
  ) throws(TextFault) -> Statement {
    let whole = try text.whole()
    do throws(StatementError) {
      guard let layout = format.layout else {
        return try format.read(whole, pieces: pieces, forEach: forEach)
      }
      let seen = try TableStatementReader.survey(whole, as: layout)
      survey = survey ?? StatementSurvey()
      survey?.add(seen.survey, linesBefore: lines)
      return seen.statement
    } catch { throw .statement(error) }
  }
}

extension Statement {
  /// Adds the rows of the next file of an archive.
  fileprivate mutating func add(_ part: Statement, linesBefore lines: Int) {
    table.append(part.table, linesBefore: lines)
    checks += part.checks
    account = account ?? part.account
    skippedRows += part.skippedRows
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
