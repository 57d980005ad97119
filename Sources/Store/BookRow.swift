package import Domain

/// A payment, refund or order of ours as a run compares it.
package struct BookRow: Hashable, Sendable {
  package enum Standing: Sendable {
    case succeeded
    /// Not over: nobody knows yet.
    case pending
    case failed
  }

  package let subject: LocalSubject
  package let order: OrderID
  package let standing: Standing
  /// The gateway's time where it told one.
  package let at: Timestamp
  /// What was taken or given back, else what was asked for; never negative.
  package let amount: Money
  package let fee: Money?
  /// The gateway's number.
  package let transaction: String?
  /// Ours: `out_trade_no`, `refund_no`, `order_no`.
  package let number: String
  /// `out_trade_no` of the payment that a refund belongs to, and what was taken by it.
  package let parent: String?
  package let charged: Money?
  /// What was given back of that payment before, one refund after the other; minor units.
  package let refundedBefore: [Int64]
  /// The way of paying, by which fees differ; empty for an order.
  package let method: String
  package let payState: PayState
  package let deliveryState: DeliveryState
  /// Paid by a weak word alone.
  package let isWeak: Bool
  /// What the ledger holds of it at the gateway: nothing of what came back.
  package let posted: [Money]
  /// Given back by the gateway without a refund that we asked for.
  package var isWithoutUs = false
}
