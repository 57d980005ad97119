// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A buyer asks a bank or the gateway for the money of one payment. Its outcome is only ever the
/// gateway's word.
package struct DisputeObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// Its payment.
  package var payment: String
  /// Its order.
  package var order: String
  /// Its gateway.
  package var gateway: String
  /// The gateway's number.
  package var gatewayDisputeID: String
  /// Where it stands.
  package var state: String
  /// The gateway's own word.
  package var gatewayStatus: String
  /// What is disputed.
  package var amount: MoneyObject
  /// Where the money is.
  package var funds: String
  /// What the buyer or the bank says.
  package var reason: ReasonObject?
  /// Until when the gateway takes an answer.
  package var dueAt: Int64?
  /// The last alert about the due date: 72, 24 or 4 hours before it, 0 once it had passed.
  package var alertedHours: Int64?
  /// What proves its states, oldest first.
  package var evidence: [EvidenceObject]
  /// What supports the shop's side.
  package var attachments: [AttachmentObject]
  /// When the gateway is asked next.
  package var nextQueryAt: Int64?
  /// When we learnt of it.
  package var openedAt: Int64
  /// Outcome learnt.
  package var closedAt: Int64?
  /// Changes so far.
  package var version: Int64

  package init(
    id: String, payment: String, order: String, gateway: String, gatewayDisputeID: String,
    state: String, gatewayStatus: String, amount: MoneyObject, funds: String,
    reason: ReasonObject? = nil, dueAt: Int64? = nil, alertedHours: Int64? = nil,
    evidence: [EvidenceObject], attachments: [AttachmentObject], nextQueryAt: Int64? = nil,
    openedAt: Int64, closedAt: Int64? = nil, version: Int64
  ) {
    self.id = id
    self.payment = payment
    self.order = order
    self.gateway = gateway
    self.gatewayDisputeID = gatewayDisputeID
    self.state = state
    self.gatewayStatus = gatewayStatus
    self.amount = amount
    self.funds = funds
    self.reason = reason
    self.dueAt = dueAt
    self.alertedHours = alertedHours
    self.evidence = evidence
    self.attachments = attachments
    self.nextQueryAt = nextQueryAt
    self.openedAt = openedAt
    self.closedAt = closedAt
    self.version = version
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("payment", payment)
    writer.member("order", order)
    writer.member("gateway", gateway)
    writer.member("gateway_dispute_id", gatewayDisputeID)
    writer.member("state", state)
    writer.member("gateway_status", gatewayStatus)
    writer.member("amount", amount)
    writer.member("funds", funds)
    writer.member("reason", reason)
    writer.member("due_at", dueAt)
    writer.member("alerted_hours", alertedHours)
    writer.member("evidence", evidence)
    writer.member("attachments", attachments)
    writer.member("next_query_at", nextQueryAt)
    writer.member("opened_at", openedAt)
    writer.member("closed_at", closedAt)
    writer.member("version", version)
  }
}
