package import Domain
import Intake
package import Reconciliation

/// What a dry run shows of a file, beside its figures.
package struct StatementPreview: Hashable, Sendable {
  /// A row as it was understood.
  package struct Row: Hashable, Sendable {
    package let line: Int64
    /// The word of the kind, as `charge`.
    package let kind: String
    package let status: EntryStatus
    package let at: Timestamp
    /// Signed as the balance sees it.
    package let amount: Money
    package let fee: Money?
    package let transaction: String?
    package let reference: String?
    /// Our number of the charge that a refund belongs to; the text of a bank row.
    package let parent: String?
  }

  /// A line that does not read.
  package struct RefusedRow: Hashable, Sendable {
    package let line: Int64
    package let message: String
    package let hint: String?
  }

  /// The first ones.
  package let rows: [Row]
  /// Columns of a table that nothing is read from.
  package let unknownColumns: [String]
  /// The first ones.
  package let refused: [RefusedRow]
  package let refusedRows: Int64

  /// Rows that are shown.
  static let rowsMax = 10

  init(_ opened: OpenedStatement) {
    let table = opened.statement.table
    func text(_ span: TextSpan) -> String? { span.isEmpty ? nil : table.string(span) }
    rows = table.entries.prefix(Self.rowsMax).map { entry in
      Row(
        line: Int64(entry.line), kind: entry.kind.word, status: entry.status, at: entry.at,
        amount: Money(entry.gross, entry.currency),
        fee: entry.flags.contains(.hasFee) ? Money(entry.fee, entry.currency) : nil,
        transaction: text(entry.transaction), reference: text(entry.reference),
        parent: text(entry.parent))
    }
    unknownColumns = opened.survey?.unknownColumns ?? []
    refused = (opened.survey?.refused ?? []).map { error in
      RefusedRow(
        line: Int64(error.line), message: error.problem.text, hint: error.problem.hint)
    }
    refusedRows = Int64(opened.survey?.refusedRows ?? 0)
  }
}
