/// An order with everything that belongs to it: the unit of every decision and of every rebuild.
package struct OrderAggregate: Hashable, Sendable {
  package var order: Order
  package var payments: [Payment]
  package var refunds: [Refund]
  package var deliveries: [Delivery]
  package var disputes: [Dispute]

  package init(
    order: Order, payments: [Payment] = [], refunds: [Refund] = [], deliveries: [Delivery] = [],
    disputes: [Dispute] = []
  ) {
    self.order = order
    self.payments = payments
    self.refunds = refunds
    self.deliveries = deliveries
    self.disputes = disputes
  }

  package func payment(_ id: PaymentID) -> Payment? { payments.first { $0.id == id } }
  package func refund(_ id: RefundID) -> Refund? { refunds.first { $0.id == id } }

  /// The deliveries that a claim holds, in line order.
  package func deliveries(of claim: ClaimID) -> [Delivery] {
    deliveries.filter { $0.claim == claim }
  }

  /// What may still be refunded of a payment: captured − reserved and done − what disputes keep or
  /// took (I4). Minor units of the captured currency; 0 for a payment without a charge.
  package func refundable(of id: PaymentID) -> Int64 {
    max(0, unreserved(of: id) - withheld(of: id))
  }

  /// What no refund has laid a claim to, disputed or not. Minor units of the captured currency.
  package func unreserved(of id: PaymentID) -> Int64 {
    guard let payment = payment(id), payment.isCharged, let captured = payment.captured else {
      return 0
    }
    return captured.minor - reserved(of: id)
  }

  /// Σ refunds of a payment that are asked for, under way or done. Minor units.
  package func reserved(of id: PaymentID) -> Int64 {
    var sum: Int64 = 0
    for refund in refunds where refund.payment == id && refund.state.reserves {
      sum += refund.amount.minor
    }
    return sum
  }

  /// Money was taken, and every bit of it is given back or on the way: the goods stay here.
  package var mayAllGoBack: Bool {
    payments.contains { $0.isCharged } && payments.allSatisfy { unreserved(of: $0.id) == 0 }
  }

  func refunded(of id: PaymentID) -> Int64 {
    var sum: Int64 = 0
    for refund in refunds where refund.payment == id && refund.state == .succeeded {
      sum += refund.amount.minor
    }
    return sum
  }

  package var hasOpenPayment: Bool { payments.contains { $0.state.isOpen } }
  package var hasLiveClaim: Bool {
    deliveries.contains { $0.state == .reserved || $0.state == .delivering }
  }
}

extension OrderAggregate {
  /// Recomputes every derived value of the order. Called after each applied event.
  mutating func derive(at moment: Timestamp) {
    let totals = OrderTotals(self)
    order.captured = totals.captured
    order.refunded = totals.refunded
    order.excess = totals.excessKept
    order.chargedBack = totals.chargedBack
    order.disputeState = computedDisputeState
    order.flags.set(.excess, order.excess > 0)
    order.flags.set(.mismatch, payments.contains { $0.isMismatched })
    order.flags.set(.weak, payments.contains { $0.isWeak })
    order.flags.set(.short, totals.hasCharge && totals.covered < order.amount.minor)
    order.flags.set(.attention, !order.attention.isEmpty)
    if order.flags.contains(.rehearsed) { order.flags.set(.test, computedIsTest) }
    order.payState = computedPayState(totals)
    order.deliveryState = computedDeliveryState
    // A word about one doubtful charge is no word about the next one.
    if order.payState != .review, !order.flags.contains(.weak) { order.acceptProposedBy = nil }
    if order.payState == .processing, order.firstProcessingAt == nil {
      order.firstProcessingAt = moment
    }
  }

  /// The one ordered function that says whether an order is paid; the first rule that fits wins.
  func computedPayState(_ totals: OrderTotals) -> PayState {
    let due = order.amount.minor
    if totals.hasLoss, totals.remaining < due { return .chargedBack }
    if payments.contains(where: { $0.isCharged && $0.isMismatched && !$0.isAccepted }) {
      return totals.isAllRefunded ? .refunded : .review
    }
    if totals.hasCharge, totals.remaining >= due {
      let kept = max(0, totals.refundedOfCovered - totals.excess)
      if kept == 0 { return .paid }
      return kept < due ? .partiallyRefunded : .refunded
    }
    if totals.hasCharge { return totals.isAllRefunded ? .refunded : .review }
    if payments.contains(where: { $0.state.isUndecided }) { return .processing }
    if payments.contains(where: { $0.state.isOpen }) { return .awaiting }
    if order.cancelRequestedAt != nil { return .cancelled }
    if order.expiredAt != nil { return .expired }
    return .created
  }

  /// An order of which one payment was made at a sandbox is a test, unless all of the money that
  /// came is real.
  private var computedIsTest: Bool {
    let charged = payments.filter { $0.captured != nil }
    return charged.isEmpty || charged.contains { $0.isAtSandbox }
  }

  private var computedDeliveryState: DeliveryState {
    let order: [DeliveryState] = [.failed, .held, .delivering, .reserved, .pending, .delivered]
    for state in order where deliveries.contains(where: { $0.state == state }) { return state }
    return deliveries.isEmpty ? .none : .revoked
  }
}

extension PaymentState {
  /// Open, and more than a buyer who has not come yet.
  fileprivate var isUndecided: Bool {
    switch self {
    case .submitted, .processing, .unknown, .stale, .closing: true
    case .initial, .awaitingBuyer, .closed, .failed, .succeeded, .reversed: false
    }
  }
}

extension OrderFlags {
  mutating func set(_ flag: OrderFlags, _ isSet: Bool) {
    if isSet { insert(flag) } else { remove(flag) }
  }
}

/// Sums over an order's payments and refunds, in the order's currency.
struct OrderTotals {
  /// Some payment took money.
  var hasCharge = false
  var captured: Int64 = 0
  var refunded: Int64 = 0
  /// What counts against the due amount: an accepted mismatch counts as what was asked.
  var covered: Int64 = 0
  var refundedOfCovered: Int64 = 0
  /// A lost dispute took money, of a charge or of one that was reversed since.
  var hasLoss = false
  /// Σ what lost disputes took, in the order's currency.
  var chargedBack: Int64 = 0
  /// The share of it in what counts against the due amount.
  var lostOfCovered: Int64 = 0
  /// What still counts against the due amount.
  var remaining: Int64 { covered - lostOfCovered }
  /// What came above the due amount, given back or not.
  var excess: Int64 = 0
  /// Of that, what is still here: a refund gives the excess back first.
  var excessKept: Int64 { max(0, excess - refundedOfCovered) }
  /// Every charge was given back in full.
  var isAllRefunded = true

  init(_ aggregate: OrderAggregate) {
    let currency = aggregate.order.amount.currency
    for payment in aggregate.payments {
      guard let charge = payment.captured else { continue }
      let lost = aggregate.lost(of: payment.id)
      if lost > 0 { hasLoss = true }
      if charge.currency == currency { chargedBack += lost }
      guard payment.isCharged else { continue }
      hasCharge = true
      let given = aggregate.refunded(of: payment.id)
      if given < charge.minor { isAllRefunded = false }
      if charge.currency == currency {
        captured += charge.minor
        refunded += given
      }
      let counted = OrderTotals.counted(payment, charge, orderCurrency: currency)
      covered += counted
      refundedOfCovered += OrderTotals.scaled(given, of: charge.minor, to: counted)
      lostOfCovered += OrderTotals.scaled(lost, of: charge.minor, to: counted)
    }
    excess = max(0, remaining - aggregate.order.amount.minor)
  }

  private static func counted(
    _ payment: Payment, _ charge: Money, orderCurrency: Currency
  ) -> Int64 {
    if payment.isAccepted {
      return charge.currency == orderCurrency
        ? max(charge.minor, payment.amount.minor) : payment.amount.minor
    }
    return charge.currency == orderCurrency ? charge.minor : 0
  }

  /// The share of a refund or a loss in what the charge counts for; whole exactly when all is gone.
  private static func scaled(_ given: Int64, of charge: Int64, to counted: Int64) -> Int64 {
    guard charge != counted, charge > 0 else { return given }
    return Int64(Int128(given) * Int128(counted) / Int128(charge))
  }
}

extension OrderAggregate {
  /// What came above the due amount, whether it was given back since or not. Minor units of the
  /// order's currency.
  package var excessCaptured: Int64 { OrderTotals(self).excess }

  /// The order's expiry still has something to do: nothing is open, or something is open that is
  /// not being closed yet.
  package var awaitsExpiry: Bool {
    guard order.expiredAt == nil, !order.flags.contains(.frozen) else { return false }
    switch order.payState {
    case .created: return true
    case .awaiting, .processing:
      return payments.contains { $0.state.isOpen && $0.state != .closing && $0.state != .stale }
    case .expired, .cancelled, .review, .paid, .partiallyRefunded, .refunded, .chargedBack:
      return false
    }
  }
}
