// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What a shop wants to be paid for.
package struct OrderObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// The shop's number.
  package var orderNo: String
  /// Money.
  package var payState: String
  /// Goods.
  package var deliveryState: String
  /// Risk.
  package var riskState: String
  /// Disputes.
  package var disputeState: String
  /// What is due.
  package var amount: MoneyObject
  /// What came, reversals taken off.
  package var captured: MoneyObject
  /// What went back.
  package var refunded: MoneyObject
  /// What came above what is due and has not been given back.
  package var excess: MoneyObject
  /// What the buyer has by lost disputes; absent if nothing.
  package var chargedBack: MoneyObject?
  /// What the buyer pays for.
  package var subject: String
  /// Articles; empty if none were given.
  package var lines: [LineObject]
  /// Who buys.
  package var buyer: BuyerObject?
  /// Where it came from.
  package var source: String?
  /// The shop's own members.
  package var metadata: RawJSON?
  /// What is unusual.
  package var flags: [String]
  /// Why the last payment failed.
  package var lastFailure: ReasonObject?
  /// Created.
  package var createdAt: Int64
  /// First sign of the buyer.
  package var firstSeenProcessingAt: Int64?
  /// Paid, by the gateway's clock where it says.
  package var paidAt: Int64?
  /// Takes no payment after.
  package var expiresAt: Int64
  /// Last refund done.
  package var refundedAt: Int64?
  /// Handed out.
  package var deliveredAt: Int64?
  /// Changes so far.
  package var version: Int64
  /// Its payments, oldest first.
  package var payments: [String]

  package init(
    id: String, orderNo: String, payState: String, deliveryState: String, riskState: String,
    disputeState: String, amount: MoneyObject, captured: MoneyObject, refunded: MoneyObject,
    excess: MoneyObject, chargedBack: MoneyObject? = nil, subject: String, lines: [LineObject],
    buyer: BuyerObject? = nil, source: String? = nil, metadata: RawJSON? = nil, flags: [String],
    lastFailure: ReasonObject? = nil, createdAt: Int64, firstSeenProcessingAt: Int64? = nil,
    paidAt: Int64? = nil, expiresAt: Int64, refundedAt: Int64? = nil, deliveredAt: Int64? = nil,
    version: Int64, payments: [String]
  ) {
    self.id = id
    self.orderNo = orderNo
    self.payState = payState
    self.deliveryState = deliveryState
    self.riskState = riskState
    self.disputeState = disputeState
    self.amount = amount
    self.captured = captured
    self.refunded = refunded
    self.excess = excess
    self.chargedBack = chargedBack
    self.subject = subject
    self.lines = lines
    self.buyer = buyer
    self.source = source
    self.metadata = metadata
    self.flags = flags
    self.lastFailure = lastFailure
    self.createdAt = createdAt
    self.firstSeenProcessingAt = firstSeenProcessingAt
    self.paidAt = paidAt
    self.expiresAt = expiresAt
    self.refundedAt = refundedAt
    self.deliveredAt = deliveredAt
    self.version = version
    self.payments = payments
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("order_no", orderNo)
    writer.member("pay_state", payState)
    writer.member("delivery_state", deliveryState)
    writer.member("risk_state", riskState)
    writer.member("dispute_state", disputeState)
    writer.member("amount", amount)
    writer.member("captured", captured)
    writer.member("refunded", refunded)
    writer.member("excess", excess)
    writer.member("charged_back", chargedBack)
    writer.member("subject", subject)
    writer.member("lines", lines)
    writer.member("buyer", buyer)
    writer.member("source", source)
    writer.member("metadata", metadata)
    writer.member("flags", flags)
    writer.member("last_failure", lastFailure)
    writer.member("created_at", createdAt)
    writer.member("first_seen_processing_at", firstSeenProcessingAt)
    writer.member("paid_at", paidAt)
    writer.member("expires_at", expiresAt)
    writer.member("refunded_at", refundedAt)
    writer.member("delivered_at", deliveredAt)
    writer.member("version", version)
    writer.member("payments", payments)
  }

  package func masked() -> OrderObject {
    var copy = self
    copy.buyer = copy.buyer?.masked()
    copy.metadata = nil
    return copy
  }
}
