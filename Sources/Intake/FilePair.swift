package import Domain
import Platform
package import Reconciliation

/// A statement's file and the one of our books, held against each other. Small ones are compared
/// in memory. The rows of large ones are put aside in a file without a name as they are read, and
/// compared part by part: what lies in memory then does not grow with the files, but for a few
/// bytes a row and the rows that differ.
package struct FilePair: Sendable {
  /// Files of so many bytes together have at most about twice as many in memory.
  package static let wholeBytes = 512 << 20
  /// Of both files, in one part.
  package static let partBytes = 64 << 20
  private static let partsMax = 1 << 12

  /// How far it is, for people who wait.
  package enum Progress: Sendable {
    /// Bytes, of so many of both files. The last ones may be read twice.
    case reading(Int, of: Int)
    /// Parts, of so many.
    case comparing(Int, of: Int)
  }

  private let statement: PairSide
  private let local: PairSide
  private let folder: String
  /// One compares in memory.
  private let parts: Int

  /// - Parameters:
  ///   - folder: on a disk with room for as much as both files hold; mostly less than half is used.
  ///   - wholeBytes: compared in memory up to this size.
  package init(
    statement: PairSide, local: PairSide, scratchIn folder: String,
    wholeBytes: Int = Self.wholeBytes, partBytes: Int = Self.partBytes
  ) {
    self.statement = statement
    self.local = local
    self.folder = folder
    let bytes = statement.byteCount + local.byteCount
    var parts = 1
    while bytes > wholeBytes, parts < Self.partsMax, parts * partBytes < bytes { parts *= 2 }
    self.parts = parts
  }

  /// - Parameters:
  ///   - pieces: of a file, read at once at most.
  ///   - forEach: shares out the work.
  ///   - progress: is told of it, by several threads at once.
  ///   - rules: by which to compare what was read.
  package func match(
    pieces: Int, forEach: ForEach, progress: (@Sendable (Progress) -> Void)? = nil,
    rules: (_ statement: FileSide, _ local: FileSide) throws(FilePairFault) -> MatchRules
  ) throws(FilePairFault) -> FileMatch {
    let meter = progress.map {
      ReadingMeter(byteCount: statement.byteCount + local.byteCount, tell: $0)
    }
    func open(
      _ side: PairSide, _ which: Side, _ rows: PartedRows?
    ) throws(FilePairFault) -> OpenedSide {
      do throws(IntakeError) {
        let opened = try StatementFile.open(
          side, pieces: pieces, into: rows, forEach: forEach, read: meter.map { $0.add })
        return OpenedSide(opened, rows)
      } catch {
        if case .notKept(let text) = error { throw .notKept(text) }
        throw .unread(which, error)
      }
    }
    let theirs = try open(statement, .statement, parts > 1 ? try scratch() : nil)
    let ours = try open(local, .local, parts > 1 ? try scratch() : nil)
    let rules = try rules(theirs.side, ours.side)
    progress?(.comparing(0, of: parts))
    return FileMatch(
      found: try compare(theirs, ours, rules, forEach, progress), statement: theirs.side,
      local: ours.side, rules: rules)
  }

  private struct OpenedSide {
    let side: FileSide
    let table: EntryTable
    let rows: PartedRows?

    init(_ opened: OpenedStatement, _ rows: PartedRows?) {
      table = opened.statement.table
      self.rows = rows
      side = FileSide(
        format: opened.format, charset: opened.charset, rows: rows?.rowCount ?? table.count,
        skippedRows: opened.statement.skippedRows, leftOut: opened.leftOut,
        times: rows.map(\.times) ?? table.times, checks: opened.statement.checks)
    }
  }

  private func compare(
    _ theirs: OpenedSide, _ ours: OpenedSide, _ rules: MatchRules, _ forEach: ForEach,
    _ progress: (@Sendable (Progress) -> Void)?
  ) throws(FilePairFault) -> PartedResult {
    let checks = theirs.side.checks
    guard let theirRows = theirs.rows, let ourRows = ours.rows else {
      let input = MatchInput(statement: theirs.table, local: ours.table, checks: checks)
      return PartedResult(
        result: Matcher(input, rules).run(forEach: forEach), statement: theirs.table,
        local: ours.table)
    }
    let matcher = PartedMatcher(statement: theirRows, local: ourRows, checks: checks, rules)
    do throws(RowStoreFault) {
      return try matcher.run(forEach: forEach) { progress?(.comparing($0, of: $1)) }
    } catch { throw .notKept(error.text) }
  }

  private func scratch() throws(FilePairFault) -> PartedRows {
    do throws(SystemError) {
      return PartedRows(parts: parts, in: ScratchRows(file: try ScratchFile(in: folder)))
    } catch { throw .notKept(error.description) }
  }
}

/// Why two files were not compared.
package enum FilePairFault: Error, Hashable, Sendable {
  case unread(Side, IntakeError)
  /// Rows could not be put aside; the sentence says why.
  case notKept(String)
  /// What a caller's rules found wrong with them.
  case refused(String, hint: String)
}

/// What was understood of one of two files.
package struct FileSide: Sendable {
  package let format: StatementFormat
  /// The character set that it was read in, as `UTF-8`, `GB18030`.
  package let charset: String
  package let rows: Int
  /// Rows understood and deliberately left out.
  package let skippedRows: Int
  /// Files of a zip that were left out.
  package let leftOut: [String]
  /// Nil without rows.
  package let times: RowTimes?
  /// What the file states about itself.
  package let checks: [StatementCheck]

  package var isVerified: Bool { checks.allSatisfy(\.agrees) }

  /// The whole days of the file's zone that hold its rows.
  package var days: (from: Timestamp, to: Timestamp)? {
    times?.days(offsetMinutes: format.offsetMinutes)
  }
}

/// What came of comparing two files.
package struct FileMatch: Sendable {
  package let found: PartedResult
  package let statement: FileSide
  package let local: FileSide
  package let rules: MatchRules

  /// Of both files.
  package var rows: Int { statement.rows + local.rows }
}

/// Rows in a file without a name.
private struct ScratchRows: RowStore {
  let file: ScratchFile

  func add(_ bytes: [UInt8]) throws(RowStoreFault) -> Int {
    do throws(SystemError) {
      return try file.add(bytes)
    } catch { throw RowStoreFault(error.description) }
  }

  func read(_ range: Range<Int>, into buffer: inout [UInt8]) throws(RowStoreFault) {
    do throws(SystemError) {
      try file.read(range, into: &buffer)
    } catch { throw RowStoreFault(error.description) }
  }

  func clear() throws(RowStoreFault) {
    do throws(SystemError) {
      try file.clear()
    } catch { throw RowStoreFault(error.description) }
  }
}
