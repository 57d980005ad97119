// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// How a file fits its layout.
package struct StatementPreviewObject: WireObject, Equatable {
  /// The first 10 rows.
  package var rows: [PreviewRowObject]
  /// Columns of a table that nothing is read from.
  package var unknownColumns: [String]
  /// The first 20 lines that do not read.
  package var refused: [RefusedRowObject]
  /// All of them; a file that has one is not taken in.
  package var refusedRows: Int64

  package init(
    rows: [PreviewRowObject], unknownColumns: [String], refused: [RefusedRowObject],
    refusedRows: Int64
  ) {
    self.rows = rows
    self.unknownColumns = unknownColumns
    self.refused = refused
    self.refusedRows = refusedRows
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("rows", rows)
    writer.member("unknown_columns", unknownColumns)
    writer.member("refused", refused)
    writer.member("refused_rows", refusedRows)
  }
}
