// Generated from Protocol/ by `swift run generate`; do not edit.

/// Every type of event. `rawValue` is its name on the wire.
package enum EventType: String, CaseIterable, Sendable {
  /// The reason to look is gone.
  case attentionCleared = "attention.cleared"
  /// A person must look at an order.
  case attentionRaised = "attention.raised"
  /// A case was given to an operator.
  case caseAssigned = "case.assigned"
  /// A case was put away.
  case caseClosed = "case.closed"
  /// Nobody did anything for a case in time.
  case caseEscalated = "case.escalated"
  /// A case is about more things.
  case caseLinked = "case.linked"
  /// A note or evidence was added to a case; what it says is not in the log.
  case caseNoted = "case.noted"
  /// A case was opened.
  case caseOpened = "case.opened"
  /// One person named the cause; a second must agree.
  case caseProposed = "case.proposed"
  /// A case was taken up again.
  case caseReopened = "case.reopened"
  /// The work on a case is done.
  case caseResolved = "case.resolved"
  /// Handed out.
  case deliveryDelivered = "delivery.delivered"
  /// Not handed out, or nobody knows.
  case deliveryFailed = "delivery.failed"
  /// Held by risk or support.
  case deliveryHeld = "delivery.held"
  /// May be claimed.
  case deliveryPending = "delivery.pending"
  /// A worker holds a claim.
  case deliveryReserved = "delivery.reserved"
  /// Taken back.
  case deliveryRevoked = "delivery.revoked"
  /// A difference was decided by people.
  case discrepancyAdjudicated = "discrepancy.adjudicated"
  /// Nobody decided a difference in time.
  case discrepancyEscalated = "discrepancy.escalated"
  /// A difference was found.
  case discrepancyOpened = "discrepancy.opened"
  /// One person has decided; a second must agree.
  case discrepancyProposed = "discrepancy.proposed"
  /// A proposed decision was turned down.
  case discrepancyRejected = "discrepancy.rejected"
  /// A decision was taken back, or the day it waited for came.
  case discrepancyReopened = "discrepancy.reopened"
  /// A difference is settled.
  case discrepancyResolved = "discrepancy.resolved"
  /// The shop gave in.
  case disputeAccepted = "dispute.accepted"
  /// Something that supports the shop's side was attached.
  case disputeAttached = "dispute.attached"
  /// The time to answer runs out.
  case disputeDue = "dispute.due"
  /// Decided for the buyer.
  case disputeLost = "dispute.lost"
  /// The gateway waits for the shop's answer.
  case disputeNeedsResponse = "dispute.needs_response"
  /// A buyer disputes a payment.
  case disputeOpened = "dispute.opened"
  /// Settled before it became a dispute.
  case disputePrevented = "dispute.prevented"
  /// Somebody decides.
  case disputeUnderReview = "dispute.under_review"
  /// Another amount, date, reason or place of the money; the state is the same.
  case disputeUpdated = "dispute.updated"
  /// The gateway made an inquiry of it again.
  case disputeWarning = "dispute.warning"
  /// The inquiry ended without a dispute.
  case disputeWarningClosed = "dispute.warning_closed"
  /// The buyer took it back.
  case disputeWithdrawn = "dispute.withdrawn"
  /// Decided for the shop.
  case disputeWon = "dispute.won"
  /// A gateway fails or loses callbacks.
  case gatewayDegraded = "gateway.degraded"
  /// A gateway with open payments is not configured any more; they cannot be asked about.
  case gatewayMissing = "gateway.missing"
  /// A gateway works again.
  case gatewayRecovered = "gateway.recovered"
  /// A signed notification that cannot be applied yet.
  case notificationParked = "notification.parked"
  /// A signed notification.
  case notificationReceived = "notification.received"
  /// A notification that is not believed.
  case notificationRejected = "notification.rejected"
  /// One person would take a differing charge as payment.
  case orderAcceptProposed = "order.accept_proposed"
  /// Two people took a differing charge as payment.
  case orderAccepted = "order.accepted"
  /// Someone asked to cancel; open payments are being closed.
  case orderCancelRequested = "order.cancel_requested"
  /// Cancelled, and no payment can succeed any more.
  case orderCancelled = "order.cancelled"
  /// A lost dispute took the money.
  case orderChargedBack = "order.charged_back"
  /// An order was created.
  case orderCreated = "order.created"
  /// Past its time.
  case orderExpired = "order.expired"
  /// An invariant failed on this order; nothing changes until a person looked.
  case orderFrozen = "order.frozen"
  /// The delivery of the order is held.
  case orderHeld = "order.held"
  /// The amount due was captured.
  case orderPaid = "order.paid"
  /// A part went back.
  case orderPartiallyRefunded = "order.partially_refunded"
  /// The buyer's personal data were erased.
  case orderPersonalErased = "order.personal_erased"
  /// All went back.
  case orderRefunded = "order.refunded"
  /// Money came that is not what was asked.
  case orderReview = "order.review"
  /// The delivery of the order goes on.
  case orderUnheld = "order.unheld"
  /// The gateway waits for the buyer.
  case paymentAwaitingBuyer = "payment.awaiting_buyer"
  /// Proven closed.
  case paymentClosed = "payment.closed"
  /// Being closed; may still succeed.
  case paymentClosing = "payment.closing"
  /// Stronger proof says the same of a weakly proven charge.
  case paymentConfirmed = "payment.confirmed"
  /// A payment was written down; nothing is sent yet.
  case paymentCreated = "payment.created"
  /// The gateway refused for good.
  case paymentFailed = "payment.failed"
  /// The gateway says it is under way.
  case paymentProcessing = "payment.processing"
  /// One person would settle the payment by a proof from outside.
  case paymentResolveProposed = "payment.resolve_proposed"
  /// The gateway took the capture back.
  case paymentReversed = "payment.reversed"
  /// Without a final answer for long.
  case paymentStale = "payment.stale"
  /// The create call left.
  case paymentSubmitted = "payment.submitted"
  /// Money was captured.
  case paymentSucceeded = "payment.succeeded"
  /// Money was captured after the payment was closed or failed.
  case paymentSucceededLate = "payment.succeeded_late"
  /// The gateway did not answer; it may exist.
  case paymentUnknown = "payment.unknown"
  /// A statement was compared with our books.
  case reconFinished = "recon.finished"
  /// The first of two persons signed a run.
  case reconHalfSigned = "recon.half_signed"
  /// A signed run changed, or was made again: the names are void.
  case reconReopened = "recon.reopened"
  /// The second person signed the same page.
  case reconSigned = "recon.signed"
  /// A refund may be sent.
  case refundApproved = "refund.approved"
  /// The gateway refused for good.
  case refundFailed = "refund.failed"
  /// The gateway says it is under way.
  case refundProcessing = "refund.processing"
  /// A person refused it; the amount is free again.
  case refundRejected = "refund.rejected"
  /// A refund was asked for; its amount is reserved.
  case refundRequested = "refund.requested"
  /// The buyer's bank sent the money back to us.
  case refundReturned = "refund.returned"
  /// The refund call left.
  case refundSubmitted = "refund.submitted"
  /// Money went back.
  case refundSucceeded = "refund.succeeded"
  /// The gateway did not answer; asked again with the same number.
  case refundUnknown = "refund.unknown"
  /// Who asked took it back; the amount is free again.
  case refundWithdrawn = "refund.withdrawn"
  /// A pattern of decisions was put in force.
  case ruleActivated = "rule.activated"
  /// A rule was ended.
  case ruleDeactivated = "rule.deactivated"
  /// The daemon started.
  case serverStarted = "server.started"
  /// A bill or bank statement was taken in.
  case statementImported = "statement.imported"

  /// Families, the words before the dot.
  package static let families: [String] = [
    "attention", "case", "delivery", "discrepancy", "dispute", "gateway", "notification", "order",
    "payment", "recon", "refund", "rule", "server", "statement",
  ]

  /// Whether a text is a type, or a family followed by `.*`. Compared as bytes.
  package static func isFilter(_ text: String) -> Bool {
    if text.utf8.elementsEqual("*".utf8) { return true }
    guard text.hasSuffix(".*") else {
      return allCases.contains { $0.rawValue.utf8.elementsEqual(text.utf8) }
    }
    let family = text.utf8.dropLast(2)
    return families.contains { $0.utf8.elementsEqual(family) }
  }
}
