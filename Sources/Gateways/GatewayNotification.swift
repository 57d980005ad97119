package import Domain

/// What a notification turned out to be.
package enum NotificationReading: Hashable, Sendable {
  /// Signature, merchant and shape are right. What it says is applied, or wakes a query where its
  /// strength is too low to move money.
  case verified(Notification)
  /// Well shaped, and its bytes alone do not show who sent it: it is kept, and nothing of it is
  /// believed before the gateway has vouched for it (`Question.notice`).
  case unproven(Notification)
  /// Well signed, and names a dispute without its payment: what it is about is asked for.
  case dispute(DisputeHint)
  /// Not from this gateway, or not for this merchant. Kept, counted, answered with a failure word.
  case rejected(Reason, Acknowledgement)
  /// The gateway tests whether signatures are checked: refused and counted, and no forgery.
  case probe(Reason, Acknowledgement)
  /// Well signed and of no concern here (an event type Till does not use).
  case irrelevant(Reason, Acknowledgement)
}

/// A notice that says no more than that there is something about a dispute.
package struct DisputeHint: Hashable, Sendable {
  /// The gateway's own number of it.
  package let gatewayDispute: String
  /// The answer once the receipt is on disk.
  package let acknowledgement: Acknowledgement

  package init(gatewayDispute: String, acknowledgement: Acknowledgement) {
    self.gatewayDispute = gatewayDispute
    self.acknowledgement = acknowledgement
  }
}

/// What a gateway says about a notification that only it can vouch for.
package enum NoticeProof: Hashable, Sendable {
  case genuine
  /// It did not send it, or not so.
  case forged(Reason)
}

/// How a gateway names a payment of ours.
package enum PaymentName: Hashable, Sendable {
  /// By our own number.
  case outTradeNumber(String)
  /// By its number of the charge.
  case gatewayTransaction(String)
  /// By its number of the order, intent or page.
  case gatewayPayment(String)

  package var text: String {
    switch self {
    case .outTradeNumber(let text), .gatewayTransaction(let text), .gatewayPayment(let text): text
    }
  }
}

/// A verified notification.
package struct Notification: Hashable, Sendable {
  package typealias Statement = GatewayStatement

  package let payment: PaymentName
  /// Our own number, where it names the payment by that.
  package var outTradeNumber: String? {
    if case .outTradeNumber(let number) = payment { return number }
    return nil
  }
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
    self.init(
      payment: .outTradeNumber(outTradeNumber), statements: statements, strength: strength,
      noticeID: noticeID, acknowledgement: acknowledgement, refusal: refusal)
  }

  package init(
    payment: PaymentName, statements: [Statement], strength: EvidenceStrength, noticeID: String?,
    acknowledgement: Acknowledgement, refusal: Acknowledgement
  ) {
    self.payment = payment
    self.statements = statements
    self.strength = strength
    self.noticeID = noticeID
    self.acknowledgement = acknowledgement
    self.refusal = refusal
  }
}
