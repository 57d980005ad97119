package import Domain
package import Store

/// A difference as a comparison found it.
package struct DraftDiscrepancy: Sendable {
  let kind: DiscrepancyKind
  let level: HandlingLevel
  let expected: Int64
  let actual: Int64
  let currency: Currency
  let expectedCurrency: Currency
  let theirs: StatementRowReference?
  let bank: StatementRowReference?
  private(set) var ours: LocalSubject?
  private(set) var order: OrderID?
  let suggestions: [[Int64]]
  /// The same for the same difference in every run.
  var mark: String

  /// The same, known to concern something of ours. Its mark stays.
  func about(_ subject: LocalSubject, of order: OrderID) -> DraftDiscrepancy {
    var copy = self
    copy.ours = subject
    copy.order = order
    return copy
  }

  /// Marks that differences of disputes had before each of their movements was known by itself.
  var earlierMarks: [String] {
    guard kind == .unknownDispute, let number = theirs?.transaction else { return [] }
    let plain = "\(kind.word)|\(number)"
    guard case .dispute(let id, _)? = ours else { return [plain] }
    return ["\(plain)|\(id)", plain]
  }

  func facts(_ run: RunID, of statement: StatementRecord, dueAt: Timestamp) -> DiscrepancyFacts {
    DiscrepancyFacts(
      run: run, statement: statement.id, gateway: statement.gateway, kind: kind, level: level,
      expected: expected, actual: actual, currency: currency,
      expectedCurrency: expectedCurrency, theirs: theirs, bank: bank, ours: ours,
      order: order, suggestions: suggestions, dueAt: dueAt, mark: mark)
  }
}

/// What the statement tells of and our side does not know, or knows by a weak word only: a success,
/// or a refund that came back.
package struct FillBack: Sendable {
  let subject: LocalSubject
  let row: StatementRowReference
  /// Never negative.
  let amount: Money
  let fee: Money?
  /// What it changes in the balance at the gateway, if it is carried out; nil where our books hold
  /// it already.
  let posts: Money?

  /// A refund came back; else something succeeded.
  var isReturn: Bool { if case .refundReturn = subject { true } else { false } }
}

/// What a comparison came to, before it is written: it was made on one state of the store, beside
/// the writer, and is believed only where the writer still finds the same.
package struct RunDraft: Sendable {
  package let statement: StatementRecord
  /// What was compared beside it.
  let fund: StatementRecord?
  let bank: StatementRecord?
  let statementRows: Int64
  let localRows: Int64
  let statementBuckets: [BucketRecord]
  let localBuckets: [BucketRecord]
  let fundBuckets: [BucketRecord]
  let bankBuckets: [BucketRecord]
  package let discrepancies: [DraftDiscrepancy]
  let fillBacks: [FillBack]
  /// What it matched and what waits now.
  package let rows: RunRows
  let books: BooksMark
  /// The payouts that were looked for at the bank, `stm_…:17`, and where they were found.
  let payouts: [String]
  let arrivals: [ArrivalRow]
  /// Rows of bills that gave payouts back.
  let returns: [ArrivalRow]
  /// Payouts that had ended in statements which were issued again: what it left waiting holds them.
  let freed: [String]
  /// Rows whose money was missing and has come, differences about money of which more has, and
  /// those about rows that wait no more.
  let settled: Set<String>
  /// Decisions that what was compared depends on, and that it may refute.
  let inDoubt: [DiscrepancyID]
  /// Decisions that it read as taken back: they must be before it is tried.
  let takenBack: Set<DiscrepancyID>
  /// As they are once all that is filled back is.
  let proofs: [RunProof]
  let bookings: RunBookings
  /// Statements in which rows of this one stand as well.
  let elsewhere: [StatementID]
  /// The statement that this one was issued in place of.
  let replaces: StatementID?
  /// The newest run of the same gateway and content that it knew of.
  let follows: RunID?
  /// It was made while a run of the gateway was not all told: what it knew of that was a part.
  let knewPart: Bool
  let digest: String
}

/// A statement read and understood, before it is written.
package struct StatementDraft: Sendable {
  package let upload: StatementID
  /// As named by the caller.
  package let gateway: String?
  /// The adapter whose files have this form; nil for a bank's.
  package let gatewayKind: String?
  package let content: StatementContent
  package let format: String
  /// What the layout was declared to be.
  package let declaration: String?
  package let charset: String
  package let from: Timestamp
  package let to: Timestamp
  package let rows: Int64
  package let skippedRows: Int64
  package let totals: [StatementTotal]
  package let figures: [StatementFigure]
  /// Files of a zip that were left out.
  package let leftOut: [String]
  /// The merchants that its rows name, each once; empty where a row names none.
  let merchants: [String]
  /// Rows of a bank by which payments of ours were made.
  let credits: [BankCredit]
  /// Of a dry run.
  package let preview: StatementPreview?
}
