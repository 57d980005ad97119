package import Domain

/// What an adapter is asked to do or to find out.
package enum Question: Hashable, Sendable {
  case create(PaymentFacts)
  /// Also answers for a payment whose create call brought no answer: where the gateway cannot be
  /// asked by our number, sending the same create again under the same number is the question.
  case query(PaymentFacts)
  case close(PaymentFacts)
  case refund(PaymentFacts, RefundFacts)
  case refundQuery(PaymentFacts, RefundFacts)
  /// How a dispute stands. Asked only where `canQueryDisputes`.
  case disputeQuery(PaymentFacts, DisputeFacts)
  /// What happened that nobody told us. Asked only where `canCatchUp`.
  case catchUp(CatchUpFacts)
  /// Whether a notification is the gateway's own. Asked only where `readNotification` said
  /// `unproven`.
  case notice(RawNotification)
  /// One harmless signed call that shows whether keys, clock and address are right.
  case check

  /// Whether it is about a dispute, or about what a list tells of them.
  var isAboutComplaints: Bool {
    switch self {
    case .disputeQuery, .catchUp: true
    case .create, .query, .close, .refund, .refundQuery, .notice, .check: false
    }
  }

  /// The word in call rows and logs.
  package var operation: String {
    switch self {
    case .create: "create"
    case .query: "query"
    case .close: "close"
    case .refund: "refund"
    case .refundQuery: "refund_query"
    case .disputeQuery: "dispute_query"
    case .catchUp: "catch_up"
    case .notice: "notice"
    case .check: "check"
    }
  }
}

/// What an adapter may know about a payment.
package struct PaymentFacts: Hashable, Sendable {
  /// Our number at the gateway: `[A-Za-z0-9]`, at most 32, unique for ever.
  package let outTradeNumber: String
  package let amount: Money
  package let subject: String
  /// One of the adapter's methods, as `precreate`.
  package let method: String
  /// Where the browser goes after paying; no proof of anything.
  package let returnURL: String?
  package let clientIP: String?
  /// Who pays, as the gateway itself names the buyer to this merchant (WeChat's openid).
  package let payer: String?
  package let createdAt: Timestamp
  package let expiresAt: Timestamp
  /// The gateway's own number of the charge, once money was taken.
  package let gatewayTransaction: String?
  /// The gateway's own number of the payment before and after it is paid (an order, an intent, a
  /// page), once known.
  package let gatewayPayment: String?
  /// False once the payment is being closed or is over: a step that takes money must not be begun
  /// any more.
  package let isWanted: Bool
  /// When a step that takes money last left for this payment, our wall clock; nil when none has.
  package let takenAt: Timestamp?

  package init(
    outTradeNumber: String, amount: Money, subject: String, method: String, returnURL: String?,
    clientIP: String?, payer: String? = nil, createdAt: Timestamp, expiresAt: Timestamp,
    gatewayTransaction: String?, gatewayPayment: String? = nil, isWanted: Bool = true,
    takenAt: Timestamp? = nil
  ) {
    self.outTradeNumber = outTradeNumber
    self.amount = amount
    self.subject = subject
    self.method = method
    self.returnURL = returnURL
    self.clientIP = clientIP
    self.payer = payer
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.gatewayTransaction = gatewayTransaction
    self.gatewayPayment = gatewayPayment
    self.isWanted = isWanted
    self.takenAt = takenAt
  }
}

/// What an adapter may know about a refund.
package struct RefundFacts: Hashable, Sendable {
  /// Our number of the refund, the same for ever.
  package let refundNumber: String
  package let amount: Money
  /// What the payment captured in all.
  package let captured: Money
  package let reason: String?
  package let gatewayRefund: String?
  package let submittedAt: Timestamp

  package init(
    refundNumber: String, amount: Money, captured: Money, reason: String?, gatewayRefund: String?,
    submittedAt: Timestamp
  ) {
    self.refundNumber = refundNumber
    self.amount = amount
    self.captured = captured
    self.reason = reason
    self.gatewayRefund = gatewayRefund
    self.submittedAt = submittedAt
  }
}

/// What an adapter may know about a dispute.
package struct DisputeFacts: Hashable, Sendable {
  /// The gateway's own number of it.
  package let gatewayDispute: String

  package init(gatewayDispute: String) {
    self.gatewayDispute = gatewayDispute
  }
}

/// From where to catch up.
package struct CatchUpFacts: Hashable, Sendable {
  /// What the last page said to go on from; nil the first time.
  package let cursor: String?
  /// Where nothing was read yet: how far back to look, our wall clock.
  package let since: Timestamp

  package init(cursor: String?, since: Timestamp) {
    self.cursor = cursor
    self.since = since
  }
}
