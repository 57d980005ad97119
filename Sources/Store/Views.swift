package import Domain

/// An order as readers see it: the derived state and what is kept beside the event log.
package struct OrderView: Hashable, Sendable {
  package var order: Order
  /// Nil where the shop gave none or where it was erased.
  package var buyer: Buyer?
  /// The shop's own JSON object, as text; nil where there is none.
  package var metadata: String?
  package var payments: [PaymentID]

  package init(order: Order, buyer: Buyer?, metadata: String?, payments: [PaymentID]) {
    self.order = order
    self.buyer = buyer
    self.metadata = metadata
    self.payments = payments
  }
}

/// A payment and what the scheduler knows about it.
package struct PaymentView: Hashable, Sendable {
  package var payment: Payment
  /// When the gateway is asked next, our wall clock; nil when no question is open.
  package var nextQueryAt: Timestamp?
  package var queries: Int64

  package init(payment: Payment, nextQueryAt: Timestamp?, queries: Int64) {
    self.payment = payment
    self.nextQueryAt = nextQueryAt
    self.queries = queries
  }
}

package struct RefundView: Hashable, Sendable {
  package var refund: Refund
  package var nextQueryAt: Timestamp?

  package init(refund: Refund, nextQueryAt: Timestamp?) {
    self.refund = refund
    self.nextQueryAt = nextQueryAt
  }
}

package struct DisputeView: Hashable, Sendable {
  package var dispute: Dispute
  /// The configured name.
  package var gateway: String
  package var nextQueryAt: Timestamp?

  package init(dispute: Dispute, gateway: String, nextQueryAt: Timestamp?) {
    self.dispute = dispute
    self.gateway = gateway
    self.nextQueryAt = nextQueryAt
  }
}

/// A notification as it arrived.
package struct Receipt: Hashable, Sendable {
  package enum Verdict: String, Sendable, CaseIterable {
    /// It changed something.
    case applied
    /// Its effect was there already, or it only woke a query.
    case noop
    /// Kept; the gateway is asked whether it is its own.
    case received
    /// Kept until its order or payment is known.
    case parked
    /// Not from the gateway, or not for this merchant.
    case rejected
  }

  package var id: ReceiptID
  package var gateway: String
  package var receivedAt: Timestamp
  package var verdict: Verdict
  /// Why, where it is not plain: as `bad_signature`.
  package var reason: String?
  package var payment: PaymentID?
  package var order: OrderID?
  package var strength: EvidenceStrength
  /// SHA-256 of the body, lower-case hex.
  package var digest: String

  package init(
    id: ReceiptID, gateway: String, receivedAt: Timestamp, verdict: Verdict, reason: String?,
    payment: PaymentID?, order: OrderID?, strength: EvidenceStrength, digest: String
  ) {
    self.id = id
    self.gateway = gateway
    self.receivedAt = receivedAt
    self.verdict = verdict
    self.reason = reason
    self.payment = payment
    self.order = order
    self.strength = strength
    self.digest = digest
  }
}

/// How a caller names an order.
package enum OrderReference: Hashable, Sendable {
  case id(OrderID)
  case number(String)

  /// `ord_…` is an identifier, everything else the shop's own number.
  package init(_ text: String) {
    if let id = OrderID(text: text) { self = .id(id) } else { self = .number(text) }
  }
}
