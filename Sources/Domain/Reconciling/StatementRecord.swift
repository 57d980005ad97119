/// What a kept file holds.
package enum StatementContent: String, Sendable, CaseIterable {
  /// A gateway's payments and refunds.
  case trade
  /// Every movement of the balance at a gateway.
  case fund
  /// A bank account.
  case bank
  /// What payouts are made of: rows of other statements, for which its own sums are proved.
  case settlement
}

/// Rows of one kind and currency of a statement.
package struct StatementTotal: Hashable, Sendable {
  /// The word of the rows' kind, as `charge`.
  package let kind: String
  package let rows: Int64
  /// Signed as the balance sees it.
  package let sum: Money

  package init(kind: String, rows: Int64, sum: Money) {
    self.kind = kind
    self.rows = rows
    self.sum = sum
  }
}

/// A figure that the file states about itself, beside what its rows give. Minor units, or a count.
package struct StatementFigure: Hashable, Sendable {
  /// As `rows`, `gross`, `closing_balance`.
  package let subject: String
  package let stated: Int64
  package let found: Int64

  package init(subject: String, stated: Int64, found: Int64) {
    self.subject = subject
    self.stated = stated
    self.found = found
  }
}

/// A bill or bank statement that was taken in. Its bytes are kept as they came and read again
/// whenever its rows are needed, so there is nothing that could differ from them.
package struct StatementRecord: Hashable, Sendable {
  package let id: StatementID
  /// The configured name of the gateway; for a bank's statement, the name given to the account.
  package let gateway: String
  package let content: StatementContent
  /// The name of the layout it was read by, as `alipay_trade`, `mt940`.
  package let format: String
  /// What that layout was declared to be, where it is not a known one.
  package let declaration: String?
  /// The character set it was read in.
  package let charset: String
  /// What the file was called, for people.
  package let name: String?
  /// SHA-256 of the bytes as they came, lower-case hex.
  package let digest: String
  package let byteCount: Int64
  /// The rows lie in `from ..< to`, whole days of the gateway's zone.
  package let from: Timestamp
  package let to: Timestamp
  package let rows: Int64
  /// Rows understood and left out, as those that moved no money.
  package let skippedRows: Int64
  package let totals: [StatementTotal]
  package let figures: [StatementFigure]
  package let importedAt: Timestamp
  package let importedBy: String
  /// The one issued in its place.
  package var supersededBy: StatementID?

  package init(
    id: StatementID, gateway: String, content: StatementContent, format: String,
    declaration: String? = nil, charset: String, name: String?, digest: String,
    byteCount: Int64, from: Timestamp, to: Timestamp, rows: Int64, skippedRows: Int64,
    totals: [StatementTotal], figures: [StatementFigure], importedAt: Timestamp,
    importedBy: String, supersededBy: StatementID? = nil
  ) {
    self.id = id
    self.gateway = gateway
    self.content = content
    self.format = format
    self.declaration = declaration
    self.charset = charset
    self.name = name
    self.digest = digest
    self.byteCount = byteCount
    self.from = from
    self.to = to
    self.rows = rows
    self.skippedRows = skippedRows
    self.totals = totals
    self.figures = figures
    self.importedAt = importedAt
    self.importedBy = importedBy
    self.supersededBy = supersededBy
  }

  /// Whether its own totals are those of its rows. A file that states none agrees.
  package var isVerified: Bool { figures.allSatisfy { $0.stated == $0.found } }
}
