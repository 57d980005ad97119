/// Count and sum of the rows that ended in one bucket. Every row ends in exactly one (I13).
package struct BucketRecord: Hashable, Sendable {
  /// As `matched`, `pooled`.
  package let bucket: String
  package let rows: Int64
  package let sum: Money

  package init(bucket: String, rows: Int64, sum: Money) {
    self.bucket = bucket
    self.rows = rows
    self.sum = sum
  }
}

/// One comparison of a statement with our books.
package struct RunRecord: Hashable, Sendable {
  package let id: RunID
  package let statement: StatementID
  /// What was compared beside it: the bill of the balance, and the bank's statement.
  package let fund: StatementID?
  package let bank: StatementID?
  package let gateway: String
  package let content: StatementContent
  package let from: Timestamp
  package let to: Timestamp
  package let madeAt: Timestamp
  package let madeBy: String
  package let statementRows: Int64
  package let localRows: Int64
  /// By bucket, then currency, in the order of the words; without empty ones.
  package let statementBuckets: [BucketRecord]
  package let localBuckets: [BucketRecord]
  /// Of what was compared beside it; empty where nothing was.
  package let fundBuckets: [BucketRecord]
  package let bankBuckets: [BucketRecord]
  /// By currency, in the order of their codes.
  package let proofs: [RunProof]
  /// What it made known to the books.
  package let bookings: RunBookings
  /// Payments and refunds that the statement made known to have succeeded.
  package let filledBack: Int64
  /// Discrepancies opened by this run, and those it found that an earlier one had opened.
  package let opened: Int64
  package let known: Int64
  /// SHA-256 over the statement's digest and all that was found, lower-case hex.
  package let digest: String

  package init(
    id: RunID, statement: StatementID, fund: StatementID? = nil, bank: StatementID? = nil,
    gateway: String, content: StatementContent,
    from: Timestamp, to: Timestamp, madeAt: Timestamp, madeBy: String, statementRows: Int64,
    localRows: Int64, statementBuckets: [BucketRecord], localBuckets: [BucketRecord],
    fundBuckets: [BucketRecord] = [], bankBuckets: [BucketRecord] = [],
    proofs: [RunProof] = [], bookings: RunBookings = RunBookings(), filledBack: Int64,
    opened: Int64, known: Int64, digest: String
  ) {
    self.id = id
    self.statement = statement
    self.fund = fund
    self.bank = bank
    self.gateway = gateway
    self.content = content
    self.from = from
    self.to = to
    self.madeAt = madeAt
    self.madeBy = madeBy
    self.statementRows = statementRows
    self.localRows = localRows
    self.statementBuckets = statementBuckets
    self.localBuckets = localBuckets
    self.fundBuckets = fundBuckets
    self.bankBuckets = bankBuckets
    self.proofs = proofs
    self.bookings = bookings
    self.filledBack = filledBack
    self.opened = opened
    self.known = known
    self.digest = digest
  }
}

/// How many discrepancies of a run are of one kind and stand alike.
package struct DiscrepancyCount: Hashable, Sendable {
  package let kind: DiscrepancyKind
  package let state: DiscrepancyState
  package let count: Int64

  package init(kind: DiscrepancyKind, state: DiscrepancyState, count: Int64) {
    self.kind = kind
    self.state = state
    self.count = count
  }

  /// In the order of the kinds, then the states.
  package static func isBefore(_ one: DiscrepancyCount, _ other: DiscrepancyCount) -> Bool {
    guard one.kind == other.kind else { return one.kind.rawValue < other.kind.rawValue }
    return one.state.rawValue.utf8.lexicographicallyPrecedes(other.state.rawValue.utf8)
  }
}

extension RunRecord {
  /// All that was compared.
  package var restsOn: [StatementID] { [statement, fund, bank].compactMap(\.self) }

  /// Rows of the statement that agree with ours, within the tolerance.
  package var matched: Int64 {
    statementBuckets.filter { ["matched", "tolerated", "grouped"].contains($0.bucket) }
      .reduce(0) { $0 + $1.rows }
  }
}
