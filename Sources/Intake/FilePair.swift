package import Platform
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

  package struct Side: Sendable {
    let file: PositionedFile
    let format: StatementFormat?

    /// - Parameter format: nil guesses by the heading.
    package init(_ file: PositionedFile, as format: StatementFormat?) {
      self.file = file
      self.format = format
    }
  }

  private let statement: Side
  private let local: Side
  private let folder: String
  /// One compares in memory.
  private let parts: Int

  /// - Parameters:
  ///   - folder: on a disk with room for as much as both files hold; mostly less than half is used.
  ///   - wholeBytes: compared in memory up to this size.
  package init(
    statement: Side, local: Side, scratchIn folder: String, wholeBytes: Int = Self.wholeBytes,
    partBytes: Int = Self.partBytes
  ) {
    self.statement = statement
    self.local = local
    self.folder = folder
    let bytes = statement.file.byteCount + local.file.byteCount
    var parts = 1
    while bytes > wholeBytes, parts < Self.partsMax, parts * partBytes < bytes { parts *= 2 }
    self.parts = parts
  }

  /// - Parameters:
  ///   - pieces: of a file, read at once at most.
  ///   - forEach: shares out the work.
  package func match(
    _ rules: MatchRules, pieces: Int, forEach: ForEach
  ) throws(IntakeError) -> FileMatch {
    guard parts > 1 else { return try matchWhole(rules, pieces, forEach) }
    let theirs = PartedRows(parts: parts, in: try scratch())
    let ours = PartedRows(parts: parts, in: try scratch())
    let opened = try open(statement, pieces, into: theirs, forEach)
    _ = try open(local, pieces, into: ours, forEach)
    let checks = opened.statement.checks
    let matcher = PartedMatcher(statement: theirs, local: ours, checks: checks, rules)
    do throws(RowStoreFault) {
      return FileMatch(found: try matcher.run(forEach: forEach), checks: checks)
    } catch { throw .notKept(error.text) }
  }

  private func matchWhole(
    _ rules: MatchRules, _ pieces: Int, _ forEach: ForEach
  ) throws(IntakeError) -> FileMatch {
    let opened = try open(statement, pieces, into: nil, forEach).statement
    let ours = try open(local, pieces, into: nil, forEach).statement
    let input = MatchInput(statement: opened.table, local: ours.table, checks: opened.checks)
    return FileMatch(
      found: PartedResult(
        result: Matcher(input, rules).run(forEach: forEach),
        statement: NumberedRows(whole: opened.table), local: NumberedRows(whole: ours.table)),
      checks: opened.checks)
  }

  private func open(
    _ side: Side, _ pieces: Int, into parts: PartedRows?, _ forEach: ForEach
  ) throws(IntakeError) -> OpenedStatement {
    try StatementFile.open(
      side.file, as: side.format, pieces: pieces, into: parts, forEach: forEach)
  }

  private func scratch() throws(IntakeError) -> ScratchRows {
    do throws(SystemError) {
      return ScratchRows(file: try ScratchFile(in: folder))
    } catch { throw .notKept(error.description) }
  }
}

/// What came of comparing two files.
package struct FileMatch: Sendable {
  package let found: PartedResult
  /// What the statement states about itself.
  package let checks: [StatementCheck]

  package var isVerified: Bool { checks.allSatisfy(\.agrees) }
  /// Of both files.
  package var rows: Int { found.result.partners.count + found.result.localBuckets.count }
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
