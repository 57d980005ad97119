package import Domain
package import Gateways
package import Store

/// The answer to a command, as values; the wire renders it. Indirect: see `Input`.
package indirect enum Reply: Hashable, Sendable {
  case order(OrderView)
  /// `order.cancel`: `isClosing` while open payments are being closed.
  case orderCancelled(OrderView, isClosing: Bool)
  /// `order.accept`: not accepted yet when a second person has to confirm.
  case orderAccepted(OrderView, isAccepted: Bool)
  case payment(PaymentView, isReused: Bool)
  case paymentClosing(PaymentView, isClosing: Bool)
  case paymentResolved(PaymentView, isResolved: Bool)
  case refund(RefundView)
  case dispute(DisputeView, isAsked: Bool)
  /// `dispute.attach`: `isKnown` when the same was attached before.
  case attached(DisputeView, AttachmentID, isKnown: Bool)
  case notification(NotificationReply)
  case deliveries(DeliveryReply)
  case gatewayPaused(name: String, isPaused: Bool)
  case gatewayChecked(name: String, CheckFinding)
  /// How many questions were made due.
  case polled(count: Int64)
  case acknowledged(consumer: String, sequence: Int64)
  case hookQueued(HookDeliveryID)
  /// How much of a file has come.
  case received(StatementID, byteCount: Int64)
  case statement(StatementReply)
  case reconciled(RunRecord, kinds: [DiscrepancyCount])
  case runSigned(RunRecord, SignOff)
  case discrepancy(DiscrepancyRecord)
  case caseKept(CaseRecord)
  case rule(RuleRecord)
  case bills([BillRow])
  case batch([Reply])
}

package struct NotificationReply: Hashable, Sendable {
  package let receipt: ReceiptID?
  package let verdict: Receipt.Verdict
  package let reason: String?
  package let payment: PaymentID?
  package let acknowledgement: Acknowledgement

  package init(
    receipt: ReceiptID?, verdict: Receipt.Verdict, reason: String?, payment: PaymentID?,
    acknowledgement: Acknowledgement
  ) {
    self.receipt = receipt
    self.verdict = verdict
    self.reason = reason
    self.payment = payment
    self.acknowledgement = acknowledgement
  }
}

package struct StatementReply: Hashable, Sendable {
  package let record: StatementRecord
  /// The same bytes were taken in before.
  package let isKnown: Bool
  package let supersedes: StatementID?
  /// Files of a zip that were not used.
  package let leftOut: [String]
  /// Of a dry run.
  package let preview: StatementPreview?
  /// Payments that its rows paid or confirmed.
  package let filledBack: Int64
}

package struct DeliveryReply: Hashable, Sendable {
  package let order: OrderID
  package let deliveryState: DeliveryState
  /// The claim this call made or moved; nil where it was given back, and for calls on the whole
  /// order.
  package let claim: ClaimID?
  /// The delivery whose claim was given back.
  package let released: DeliveryID?
  package let deliveries: [Delivery]

  package init(
    order: OrderID, deliveryState: DeliveryState, claim: ClaimID?, released: DeliveryID?,
    deliveries: [Delivery]
  ) {
    self.order = order
    self.deliveryState = deliveryState
    self.claim = claim
    self.released = released
    self.deliveries = deliveries
  }
}

/// A refused or failed command.
package struct Refusal: Error, Hashable, Sendable {
  package let rejection: Rejection
  /// What the refusal means for the world: `none` unless money may have moved.
  package let outcome: Outcome
  /// For finding it in the log.
  package let reference: String?
  /// Of a comparison that was only tried out and has to be made anew: decisions that are to be read
  /// as taken back, as they will be before it is written.
  package let takenBack: Set<DiscrepancyID>

  package init(
    _ rejection: Rejection, outcome: Outcome = .none, reference: String? = nil,
    takenBack: Set<DiscrepancyID> = []
  ) {
    self.takenBack = takenBack
    self.rejection = rejection
    self.outcome = outcome
    self.reference = reference
  }
}

/// An answer on its way to the caller.
package struct Answer: Sendable {
  package let token: ReplyToken
  package let result: Result<Reply, Refusal>
  /// True when an idempotency key answered.
  package let isReplayed: Bool
  /// Position of the log just after the commit, for the reply's cursor.
  package let sequence: Int64

  package init(
    token: ReplyToken, result: Result<Reply, Refusal>, isReplayed: Bool, sequence: Int64
  ) {
    self.token = token
    self.result = result
    self.isReplayed = isReplayed
    self.sequence = sequence
  }
}
