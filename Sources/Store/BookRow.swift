package import Domain

/// A payment, refund or order of ours as a run compares it. Its texts are `BookTexts`.
package struct BookRow: Sendable {
  package enum Standing: UInt8, Sendable {
    case succeeded
    /// Not over: nobody knows yet.
    case pending
    case failed
  }

  package let subject: LocalSubject
  /// Of the row that `subject` names, in its table.
  package let key: Int64
  /// Nil for a payment of an order that nothing is unusual about: it was not looked at.
  package let order: OrderID?
  package let standing: Standing
  /// The gateway's time where it told one.
  package let at: Timestamp
  /// What was taken or given back, else what was asked for; never negative.
  package private(set) var amount: Money
  package let fee: Money?
  /// What was taken by the payment that a refund belongs to.
  package let charged: Money?
  /// Paid, and nothing delivered, for an order that was not looked at.
  package let payState: PayState
  package let deliveryState: DeliveryState
  /// Paid by a weak word alone.
  package let isWeak: Bool
  /// Our books say that it moved money at the gateway.
  package let isPosted: Bool
  /// Given back by the gateway without a refund that we asked for.
  package var isWithoutUs = false
  /// Money of a dispute, or of a refund, that came back.
  package var isReinstatement = false

  /// The same of a smaller amount; nil where nothing is left of it.
  package func less(_ minor: Int64) -> BookRow? {
    guard minor < amount.minor else { return nil }
    var row = self
    row.amount = Money(amount.minor - minor, amount.currency)
    return row
  }

  /// What the ledger holds of it at the gateway, before the fee.
  package var posted: Money? {
    guard isPosted else { return nil }
    if case .payment = subject { return amount }
    // Amounts of rows are never negative, so their opposites fit.
    return isReinstatement ? amount : Money(0 - amount.minor, amount.currency)
  }

  /// What the ledger holds of the fee that the gateway told: never positive.
  package var postedFee: Money? {
    guard isPosted, let fee else { return nil }
    return Money(0 - fee.minor, fee.currency)
  }
}

/// The texts of a row of ours, lent: valid only where they are given.
package struct BookTexts {
  /// The gateway's number; empty where it told none.
  package let transaction: UnsafeRawBufferPointer
  /// Ours: `out_trade_no`, `refund_no`, `order_no`.
  package let number: UnsafeRawBufferPointer
  /// `out_trade_no` of the payment that a refund belongs to.
  package let parent: UnsafeRawBufferPointer
  /// The way of paying, by which fees differ; empty for an order.
  package let method: String
  /// What was given back of that payment before, one refund after the other; minor units.
  package let refundedBefore: [Int64]

  package init(
    transaction: UnsafeRawBufferPointer, number: UnsafeRawBufferPointer,
    parent: UnsafeRawBufferPointer? = nil, method: String = "", refundedBefore: [Int64] = []
  ) {
    self.transaction = transaction
    self.number = number
    self.parent = parent ?? UnsafeRawBufferPointer(start: nil, count: 0)
    self.method = method
    self.refundedBefore = refundedBefore
  }
}
