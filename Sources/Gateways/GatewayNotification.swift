package import Domain

/// What a notification turned out to be.
package enum NotificationReading: Hashable, Sendable {
  /// Signature, merchant and shape are right. What it says is applied, or wakes a query where its
  /// strength is too low to move money.
  case verified(Notification)
  /// Not from this gateway, or not for this merchant. Kept, counted, answered with a failure word.
  case rejected(Reason, Acknowledgement)
  /// Well signed and of no concern here (a probe, an event type Till does not use).
  case irrelevant(Reason, Acknowledgement)
}

/// A verified notification.
package struct Notification: Hashable, Sendable {
  package enum Statement: Hashable, Sendable {
    case payment(PaymentSighting)
    /// Our refund number and what became of it.
    case refund(number: String, RefundSighting)
  }

  /// Our number of the payment it is about.
  package let outTradeNumber: String
  package let statements: [Statement]
  /// `signedNotice` where amount, currency and order are covered by an asymmetric signature or an
  /// HMAC; `weakNotice` otherwise: that only wakes a query.
  package let strength: EvidenceStrength
  /// The gateway's own identifier of this notice, for people; never used to drop one as "seen".
  package let noticeID: String?
  /// The answer once the receipt is on disk.
  package let acknowledgement: Acknowledgement
  /// The answer while it cannot be kept (disk full): the gateway must send it again.
  package let refusal: Acknowledgement

  package init(
    outTradeNumber: String, statements: [Statement], strength: EvidenceStrength, noticeID: String?,
    acknowledgement: Acknowledgement, refusal: Acknowledgement
  ) {
    self.outTradeNumber = outTradeNumber
    self.statements = statements
    self.strength = strength
    self.noticeID = noticeID
    self.acknowledgement = acknowledgement
    self.refusal = refusal
  }
}
