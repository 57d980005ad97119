package import Domain
package import Store

extension Explanation {
  /// The one definite sentence for the buyer and the one for support.
  ///
  /// - Parameter events: the order's events, for how long a payment has been under way; without
  ///   them the wait counts from the payment's creation.
  /// - Parameter checks: the planned questions, as `checks(payments:refunds:disputes:)` gives them.
  /// - Parameter isMasked: support's sentence shows only the tails of gateways' numbers, as the
  ///   buyer's always does.
  /// - Parameter zoneOffsetMinutes: the shop's zone, east of UTC.
  package static func tell(
    _ aggregate: OrderAggregate, events: [LoggedEvent] = [], checks: [PlannedCheck],
    now: Timestamp, language: ExplanationLanguage, isMasked: Bool = false,
    zoneOffsetMinutes: Int64 = zoneOffsetDefaultMinutes
  ) -> TellReport {
    let clock = ShopClock(now: now, offsetMinutes: zoneOffsetMinutes)
    let situation = Situation(aggregate, checks, clock, PaymentHistory(events))
    let buyer = BuyerWords(aggregate: aggregate, checks: checks, clock: clock)
    var bare = clock
    bare.namesZone = false
    let support = SupportWords(
      aggregate: aggregate, checks: checks, clock: bare, isMasked: isMasked)
    let page = PageFacts(aggregate: aggregate, checks: checks, now: now)
    return TellReport(
      language: language, state: page.state, buyer: buyer.sentence(situation).text(language),
      support: support.sentence(situation).text(language), canPay: page.canPay,
      retryAfterMilliseconds: page.retryAfterMilliseconds, nextCheckAt: page.nextCheckAt,
      steps: page.steps(language))
  }
}

/// What the buyer's page needs beside the sentence.
struct PageFacts {
  let aggregate: OrderAggregate
  let checks: [Explanation.PlannedCheck]
  let now: Timestamp

  /// Bounds for `retry_after_ms`, in milliseconds.
  private static let retryMin: Int64 = 1000
  private static let retryMax: Int64 = 60_000
  /// Where a worker's or a gateway's move is due any moment.
  private static let retrySoon: Int64 = 3000
  /// The answer to a check is worth fetching a moment after the check.
  private static let afterCheck: Int64 = 500

  private var order: Order { aggregate.order }

  private var isRefunding: Bool { aggregate.refunds.contains { $0.state.isInFlight } }

  /// The pay state, or a finer word where the page shows something else.
  var state: String {
    if order.flags.contains(.frozen) { return "frozen" }
    switch order.payState {
    case .processing where order.cancelRequestedAt != nil: return "cancelling"
    case .paid, .partiallyRefunded:
      if isRefunding { return "refunding" }
      guard order.payState == .paid else { return order.payState.rawValue }
      switch order.deliveryState {
      case .delivered: return "delivered"
      case .failed: return "delivery_failed"
      case .held: return "delivery_held"
      case .none, .pending, .reserved, .delivering, .revoked: return "paid"
      }
    case .created, .awaiting, .processing, .expired, .cancelled, .review, .refunded, .chargedBack:
      return order.payState.rawValue
    }
  }

  /// The pay button: only where a new payment would be made, or the open one handed back.
  var canPay: Bool {
    guard !order.flags.contains(.frozen), order.cancelRequestedAt == nil, now < order.expiresAt
    else { return false }
    return order.payState == .created || order.payState == .awaiting
  }

  var nextCheckAt: Timestamp? {
    order.flags.contains(.frozen) ? nil : checks.first?.at
  }

  var retryAfterMilliseconds: Int64? {
    if order.flags.contains(.frozen) { return PageFacts.retryMax }
    switch order.payState {
    case .created, .awaiting, .processing: return untilCheck ?? PageFacts.retrySoon
    case .review: return PageFacts.retryMax
    case .paid, .partiallyRefunded:
      if isRefunding { return untilCheck ?? PageFacts.retryMax }
      switch order.deliveryState {
      case .none, .pending, .reserved, .delivering: return PageFacts.retrySoon
      case .held, .failed: return PageFacts.retryMax
      case .delivered, .revoked: return nil
      }
    case .refunded: return isRefunding ? untilCheck ?? PageFacts.retryMax : nil
    case .expired, .cancelled, .chargedBack: return nil
    }
  }

  private var untilCheck: Int64? {
    guard let next = checks.first?.at else { return nil }
    let gap = next.adding(milliseconds: PageFacts.afterCheck).milliseconds(since: now)
    return min(PageFacts.retryMax, max(PageFacts.retryMin, gap))
  }
}

// MARK: Progress

extension PageFacts {
  private var opened: Payment? { aggregate.payments.first { $0.submittedAt != nil } }
  private var paidPayment: Payment? { aggregate.payments.first { $0.isCharged } }
  private var isPaying: Bool {
    order.payState == .processing
      && aggregate.payments.contains { $0.state == .processing || $0.state == .stale }
  }

  func steps(_ language: ExplanationLanguage) -> [ProgressStep] {
    var steps: [ProgressStep] = []
    var isCurrentFound = false
    for key in ProgressStep.Key.allCases {
      var state = isReached(key) ? ProgressStep.State.done : .waiting
      if state == .waiting {
        if isStopped { state = .stopped } else if !isCurrentFound { state = .current }
        isCurrentFound = true
      }
      let words = words(key, isDone: state == .done)
      steps.append(
        ProgressStep(
          key: key, state: state, at: state == .done ? reachedAt(key) : nil,
          text: words.text(language)))
    }
    return steps
  }

  private func isReached(_ key: ProgressStep.Key) -> Bool {
    switch key {
    case .created: true
    case .opened: opened != nil
    case .paying: paidPayment != nil || isPaying
    case .confirmed: order.payState.isSettled
    case .delivered: order.deliveryState == .delivered
    }
  }

  /// The order has ended before this step, or waits for nothing but a person.
  private var isStopped: Bool {
    if order.flags.contains(.frozen) { return true }
    switch order.payState {
    case .expired, .cancelled, .refunded, .chargedBack: return true
    case .created, .awaiting, .processing, .review, .paid, .partiallyRefunded:
      return order.deliveryState == .revoked
    }
  }

  private func reachedAt(_ key: ProgressStep.Key) -> Timestamp? {
    switch key {
    case .created: order.createdAt
    case .opened: opened?.submittedAt
    case .paying: paidPayment?.paidAt
    case .confirmed: order.paidAt
    case .delivered: aggregate.deliveries.compactMap(\.deliveredAt).max()
    }
  }

  private func words(_ key: ProgressStep.Key, isDone: Bool) -> Phrase {
    switch key {
    case .created: Phrase(zh: "订单已创建", en: "Order made")
    case .opened:
      isDone
        ? Phrase(zh: "支付已发起", en: "Payment begun") : Phrase(zh: "发起支付", en: "Begin to pay")
    case .paying:
      isDone
        ? Phrase(zh: "付款人已操作付款", en: "Buyer has acted")
        : Phrase(zh: "等待付款", en: "Waiting for the buyer")
    case .confirmed: confirmedWords(isDone)
    case .delivered:
      isDone ? Phrase(zh: "商品已发放", en: "Delivered") : undeliveredWords
    }
  }

  private func confirmedWords(_ isDone: Bool) -> Phrase {
    if order.payState == .review { return Phrase(zh: "金额核对中", en: "Amount in review") }
    return isDone
      ? Phrase(zh: "款项已确认", en: "Money confirmed")
      : Phrase(zh: "等待确认款项", en: "Waiting for proof of the money")
  }

  private var undeliveredWords: Phrase {
    switch order.deliveryState {
    case .held: Phrase(zh: "暂缓发放", en: "Held back")
    case .failed: Phrase(zh: "发放待核实", en: "Delivery being checked")
    case .revoked: Phrase(zh: "发放已撤销", en: "Revoked")
    case .reserved, .delivering: Phrase(zh: "正在发放", en: "Being delivered")
    case .none, .pending, .delivered: Phrase(zh: "等待发放", en: "To be delivered")
    }
  }
}
