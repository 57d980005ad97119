// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Something the scheduler will ask.
package struct PollEntryObject: WireObject, Equatable {
  /// Payment, refund or dispute.
  package var subject: String
  /// The payment.
  package var payment: String?
  /// The refund.
  package var refund: String?
  /// The dispute.
  package var dispute: String?
  /// Its order.
  package var order: String
  /// Who is asked.
  package var gateway: String
  /// State of the subject.
  package var state: String
  /// When.
  package var dueAt: Int64
  /// Why then.
  package var why: String
  /// Times asked so far.
  package var queries: Int64
  /// When asked last.
  package var lastQueryAt: Int64?
  /// What it said, in a word.
  package var lastAnswer: String?

  package init(
    subject: String, payment: String? = nil, refund: String? = nil, dispute: String? = nil,
    order: String, gateway: String, state: String, dueAt: Int64, why: String, queries: Int64,
    lastQueryAt: Int64? = nil, lastAnswer: String? = nil
  ) {
    self.subject = subject
    self.payment = payment
    self.refund = refund
    self.dispute = dispute
    self.order = order
    self.gateway = gateway
    self.state = state
    self.dueAt = dueAt
    self.why = why
    self.queries = queries
    self.lastQueryAt = lastQueryAt
    self.lastAnswer = lastAnswer
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("subject", subject)
    writer.member("payment", payment)
    writer.member("refund", refund)
    writer.member("dispute", dispute)
    writer.member("order", order)
    writer.member("gateway", gateway)
    writer.member("state", state)
    writer.member("due_at", dueAt)
    writer.member("why", why)
    writer.member("queries", queries)
    writer.member("last_query_at", lastQueryAt)
    writer.member("last_answer", lastAnswer)
  }
}
