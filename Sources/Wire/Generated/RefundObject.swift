// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Money going back for one payment.
package struct RefundObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// Its payment.
  package var payment: String
  /// Its order.
  package var order: String
  /// Our number at the gateway.
  package var refundNo: String
  /// How much.
  package var amount: MoneyObject
  /// Where it stands.
  package var state: String
  /// Why.
  package var reason: String?
  /// Who asked.
  package var requestedBy: String
  /// Who approved.
  package var approvedBy: String?
  /// The gateway's number.
  package var gatewayRefundID: String?
  /// Why it failed.
  package var failure: ReasonObject?
  /// When the gateway is asked next.
  package var nextQueryAt: Int64?
  /// Requested.
  package var createdAt: Int64
  /// Approved.
  package var approvedAt: Int64?
  /// First sent.
  package var submittedAt: Int64?
  /// Final state reached.
  package var finishedAt: Int64?
  /// Changes so far.
  package var version: Int64

  package init(
    id: String, payment: String, order: String, refundNo: String, amount: MoneyObject,
    state: String, reason: String? = nil, requestedBy: String, approvedBy: String? = nil,
    gatewayRefundID: String? = nil, failure: ReasonObject? = nil, nextQueryAt: Int64? = nil,
    createdAt: Int64, approvedAt: Int64? = nil, submittedAt: Int64? = nil, finishedAt: Int64? = nil,
    version: Int64
  ) {
    self.id = id
    self.payment = payment
    self.order = order
    self.refundNo = refundNo
    self.amount = amount
    self.state = state
    self.reason = reason
    self.requestedBy = requestedBy
    self.approvedBy = approvedBy
    self.gatewayRefundID = gatewayRefundID
    self.failure = failure
    self.nextQueryAt = nextQueryAt
    self.createdAt = createdAt
    self.approvedAt = approvedAt
    self.submittedAt = submittedAt
    self.finishedAt = finishedAt
    self.version = version
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("payment", payment)
    writer.member("order", order)
    writer.member("refund_no", refundNo)
    writer.member("amount", amount)
    writer.member("state", state)
    writer.member("reason", reason)
    writer.member("requested_by", requestedBy)
    writer.member("approved_by", approvedBy)
    writer.member("gateway_refund_id", gatewayRefundID)
    writer.member("failure", failure)
    writer.member("next_query_at", nextQueryAt)
    writer.member("created_at", createdAt)
    writer.member("approved_at", approvedAt)
    writer.member("submitted_at", submittedAt)
    writer.member("finished_at", finishedAt)
    writer.member("version", version)
  }
}
