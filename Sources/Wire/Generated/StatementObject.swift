// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A bill or bank statement as it was taken in. Its bytes are kept.
package struct StatementObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// Whose.
  package var gateway: String
  /// What it holds.
  package var content: String
  /// The layout it was read by.
  package var layout: String
  /// The character set it was read in.
  package var charset: String
  /// What the file was called.
  package var name: String?
  /// Digest of its bytes as they came.
  package var sha256: String
  /// Their number.
  package var bytes: Int64
  /// Its rows lie at or after.
  package var fromAt: Int64
  /// And before.
  package var toAt: Int64
  /// Rows.
  package var rows: Int64
  /// Rows understood and left out, as those that moved no money.
  package var skipped: Int64
  /// Rows and sums by kind.
  package var totals: [StatementTotalObject]
  /// What it states about itself.
  package var figures: [StatementFigureObject]
  /// Every figure agrees with the rows.
  package var verified: Bool
  /// When.
  package var importedAt: Int64
  /// By whom.
  package var importedBy: String
  /// The one issued in its place.
  package var supersededBy: String?

  package init(
    id: String, gateway: String, content: String, layout: String, charset: String,
    name: String? = nil, sha256: String, bytes: Int64, fromAt: Int64, toAt: Int64, rows: Int64,
    skipped: Int64, totals: [StatementTotalObject], figures: [StatementFigureObject],
    verified: Bool, importedAt: Int64, importedBy: String, supersededBy: String? = nil
  ) {
    self.id = id
    self.gateway = gateway
    self.content = content
    self.layout = layout
    self.charset = charset
    self.name = name
    self.sha256 = sha256
    self.bytes = bytes
    self.fromAt = fromAt
    self.toAt = toAt
    self.rows = rows
    self.skipped = skipped
    self.totals = totals
    self.figures = figures
    self.verified = verified
    self.importedAt = importedAt
    self.importedBy = importedBy
    self.supersededBy = supersededBy
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("gateway", gateway)
    writer.member("content", content)
    writer.member("layout", layout)
    writer.member("charset", charset)
    writer.member("name", name)
    writer.member("sha256", sha256)
    writer.member("bytes", bytes)
    writer.member("from_at", fromAt)
    writer.member("to_at", toAt)
    writer.member("rows", rows)
    writer.member("skipped", skipped)
    writer.member("totals", totals)
    writer.member("figures", figures)
    writer.member("verified", verified)
    writer.member("imported_at", importedAt)
    writer.member("imported_by", importedBy)
    writer.member("superseded_by", supersededBy)
  }
}
