import Domain
import Intake
import Reconciliation

extension FuzzTarget {
  /// Bills and bank statements: each form by itself, and any file by its heading.
  static let statementTargets =
    [FuzzTarget("statement", openFile)]
    + StatementFormat.known.map { format in
      FuzzTarget("statement-\(format.name)") { readInPieces($0, as: format) }
    }

  private static func openFile(_ bytes: [UInt8]) {
    // try?: most bytes are no file of a known form.
    guard let opened = try? StatementFile.open(bytes) else { return }
    let rows = opened.totals.reduce(0) { $0 + $1.rows }
    precondition(rows == Int64(opened.statement.table.count), "a row is in no total")
    _ = (opened.days, opened.figures, opened.statement.isVerified)
  }

  /// Into how many pieces a file is cut changes nothing that is read.
  private static func readInPieces(_ bytes: [UInt8], as format: StatementFormat) {
    let whole = outcome(bytes, format, pieces: 1)
    guard case .table = format else { return }
    precondition(outcome(bytes, format, pieces: 3) == whole, "pieces read as something else")
  }

  /// What a reading came to, so that two can be compared.
  private struct Outcome: Equatable {
    var rows: [Row] = []
    var checks: [StatementCheck] = []
    var skippedRows = 0
    var isRefused = false
  }

  private struct Row: Equatable {
    let kind: EntryKind
    let status: EntryStatus
    let at: Timestamp
    let gross: Int64
    let fee: Int64
    let currency: Currency
    let line: UInt32
    let texts: [[UInt8]]

    init(_ entry: Entry, of table: EntryTable) {
      (kind, status, at) = (entry.kind, entry.status, entry.at)
      (gross, fee, currency, line) = (entry.gross, entry.fee, entry.currency, entry.line)
      texts = [entry.transaction, entry.reference, entry.parent].map { Array(table.text($0)) }
    }
  }

  private static func outcome(
    _ bytes: [UInt8], _ format: StatementFormat, pieces: Int
  ) -> Outcome {
    do throws(StatementError) {
      let statement = try format.read(bytes, pieces: pieces) { count, work in
        for place in 0..<count { work(place) }
      }
      return Outcome(
        rows: statement.table.entries.map { Row($0, of: statement.table) },
        checks: statement.checks, skippedRows: statement.skippedRows)
    } catch { return Outcome(isRefused: true) }
  }
}
