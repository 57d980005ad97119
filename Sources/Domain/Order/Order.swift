/// What a shop wants to be paid for.
///
/// Four axes describe it; each is derived from the order's payments, refunds, deliveries and
/// disputes by `OrderAggregate`, and none is ever set by hand.
package struct Order: Hashable, Sendable {
  package let id: OrderID
  /// The shop's own number, unique; the identifier's text where the shop gave none.
  package let number: String
  /// The principal that created it; a shop sees only its own orders.
  package let owner: String
  /// What is due.
  package let amount: Money
  package let subject: String
  package let lines: [OrderLine]
  /// Where it came from, in the shop's own words.
  package let source: String?
  package let createdAt: Timestamp
  package let expiresAt: Timestamp

  package var payState: PayState
  package var deliveryState: DeliveryState
  package var riskState: RiskState
  package var disputeState: DisputeState
  /// Σ charges in the order's currency − what gateways reversed. Minor units.
  package var captured: Int64
  /// Σ refunds that succeeded − what came back. Minor units.
  package var refunded: Int64
  /// What was captured over what is due. Minor units.
  package var excess: Int64
  /// What the buyer has by lost disputes, in the order's currency. Minor units.
  package var chargedBack: Int64
  package var flags: OrderFlags
  /// Open calls for a person, as `delivery_lease_ended`; sorted, without doubles.
  package var attention: [String]
  package var lastFailure: Reason?

  /// The first of two people who would take a differing charge as payment.
  package var acceptProposedBy: String?
  package var cancelRequestedAt: Timestamp?
  package var expiredAt: Timestamp?
  package var firstProcessingAt: Timestamp?
  package var paidAt: Timestamp?
  package var refundedAt: Timestamp?
  package var deliveredAt: Timestamp?
  /// When the last event of this order happened; events of one order never go back in time.
  package var updatedAt: Timestamp
  /// Counts the events of this order, from 1.
  package var version: Int64

  package init(_ draft: OrderDraft, id: OrderID, createdAt: Timestamp) {
    self.id = id
    number = draft.number ?? id.text
    owner = draft.owner
    amount = draft.amount
    subject = draft.subject
    lines = draft.lines
    source = draft.source
    self.createdAt = createdAt
    expiresAt = draft.expiresAt
    payState = .created
    deliveryState = .none
    riskState = .clear
    disputeState = .none
    captured = 0
    refunded = 0
    excess = 0
    chargedBack = 0
    flags = draft.isTest ? .test : []
    attention = []
    updatedAt = createdAt
    version = 0
  }
}

/// One line of goods. Σ quantity × unit price over the lines is the order's amount.
package struct OrderLine: Hashable, Sendable {
  package let sku: String?
  package let name: String
  package let quantity: Int64
  /// In the order's currency. Minor units.
  package let unitPrice: Int64

  package init(sku: String?, name: String, quantity: Int64, unitPrice: Int64) {
    self.sku = sku
    self.name = name
    self.quantity = quantity
    self.unitPrice = unitPrice
  }
}

/// What a caller asks for; validated by the wire for shape and by `OrderDecision` for sense.
package struct OrderDraft: Hashable, Sendable {
  package var number: String?
  package var owner: String
  package var amount: Money
  package var subject: String
  package var lines: [OrderLine]
  package var source: String?
  package var expiresAt: Timestamp
  package var isTest: Bool

  package init(
    number: String?, owner: String, amount: Money, subject: String, lines: [OrderLine],
    source: String?, expiresAt: Timestamp, isTest: Bool
  ) {
    self.number = number
    self.owner = owner
    self.amount = amount
    self.subject = subject
    self.lines = lines
    self.source = source
    self.expiresAt = expiresAt
    self.isTest = isTest
  }
}

/// Who buys: personal data, kept outside the event log and erasable.
package struct Buyer: Hashable, Sendable {
  package var userID: String?
  package var email: String?
  package var phone: String?
  package var ip: String?
  package var country: String?
  package var userAgent: String?
  package var device: String?

  package init(
    userID: String? = nil, email: String? = nil, phone: String? = nil, ip: String? = nil,
    country: String? = nil, userAgent: String? = nil, device: String? = nil
  ) {
    self.userID = userID
    self.email = email
    self.phone = phone
    self.ip = ip
    self.country = country
    self.userAgent = userAgent
    self.device = device
  }

  package var isEmpty: Bool { self == Buyer() }
}
