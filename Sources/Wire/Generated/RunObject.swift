// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One comparison of a statement with our books.
package struct RunObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// The statement.
  package var statement: String
  /// The bill of the balance compared beside it.
  package var fund: String?
  /// The bank's statement compared beside it.
  package var bank: String?
  /// Whose.
  package var gateway: String
  /// What it holds.
  package var content: String
  /// The days compared begin.
  package var fromAt: Int64
  /// And end.
  package var toAt: Int64
  /// When.
  package var madeAt: Int64
  /// By whom.
  package var madeBy: String
  /// Rows of the statement, with those that waited from earlier ones.
  package var statementRows: Int64
  /// Rows of ours.
  package var localRows: Int64
  /// Rows of the statement that agree.
  package var matched: Int64
  /// Payments and refunds that the statement made known.
  package var filledBack: Int64
  /// Discrepancies opened.
  package var opened: Int64
  /// Discrepancies found that an earlier run had opened.
  package var known: Int64
  /// True while its discrepancies are still being written down, a few at a time: fewer are listed
  /// than it opened, and it cannot be signed. Absent once all of them are, when `recon.finished`
  /// tells of it.
  package var unfinished: Bool?
  /// Where the statement's rows ended.
  package var statementBuckets: [BucketTotalObject]
  /// Where ours ended.
  package var localBuckets: [BucketTotalObject]
  /// Where the rows of the bill of the balance ended; empty without one.
  package var fundBuckets: [BucketTotalObject]
  /// Where the bank's rows ended; empty without them.
  package var bankBuckets: [BucketTotalObject]
  /// By currency: what the bill and the books hold, and what nothing explains (I15).
  package var proofs: [RunProofObject]
  /// By pair of currencies: what was credited in another currency than charged.
  package var conversions: [CurrencyConversionObject]
  /// What payouts were found to be made of; those with a difference are none of them.
  package var payouts: [PayoutProofObject]
  /// Digest over the statement and all that was found.
  package var sha256: String
  /// Who stands for it.
  package var signOff: SignOffObject

  package init(
    id: String, statement: String, fund: String? = nil, bank: String? = nil, gateway: String,
    content: String, fromAt: Int64, toAt: Int64, madeAt: Int64, madeBy: String,
    statementRows: Int64, localRows: Int64, matched: Int64, filledBack: Int64, opened: Int64,
    known: Int64, unfinished: Bool? = nil, statementBuckets: [BucketTotalObject],
    localBuckets: [BucketTotalObject], fundBuckets: [BucketTotalObject],
    bankBuckets: [BucketTotalObject], proofs: [RunProofObject],
    conversions: [CurrencyConversionObject], payouts: [PayoutProofObject], sha256: String,
    signOff: SignOffObject
  ) {
    self.id = id
    self.statement = statement
    self.fund = fund
    self.bank = bank
    self.gateway = gateway
    self.content = content
    self.fromAt = fromAt
    self.toAt = toAt
    self.madeAt = madeAt
    self.madeBy = madeBy
    self.statementRows = statementRows
    self.localRows = localRows
    self.matched = matched
    self.filledBack = filledBack
    self.opened = opened
    self.known = known
    self.unfinished = unfinished
    self.statementBuckets = statementBuckets
    self.localBuckets = localBuckets
    self.fundBuckets = fundBuckets
    self.bankBuckets = bankBuckets
    self.proofs = proofs
    self.conversions = conversions
    self.payouts = payouts
    self.sha256 = sha256
    self.signOff = signOff
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("statement", statement)
    writer.member("fund", fund)
    writer.member("bank", bank)
    writer.member("gateway", gateway)
    writer.member("content", content)
    writer.member("from_at", fromAt)
    writer.member("to_at", toAt)
    writer.member("made_at", madeAt)
    writer.member("made_by", madeBy)
    writer.member("statement_rows", statementRows)
    writer.member("local_rows", localRows)
    writer.member("matched", matched)
    writer.member("filled_back", filledBack)
    writer.member("opened", opened)
    writer.member("known", known)
    writer.member("unfinished", unfinished)
    writer.member("statement_buckets", statementBuckets)
    writer.member("local_buckets", localBuckets)
    writer.member("fund_buckets", fundBuckets)
    writer.member("bank_buckets", bankBuckets)
    writer.member("proofs", proofs)
    writer.member("conversions", conversions)
    writer.member("payouts", payouts)
    writer.member("sha256", sha256)
    writer.member("sign_off", signOff)
  }
}
