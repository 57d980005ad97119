import Domain
import Store

/// What else a buyer has to know beside the one statement; each clause is there or not.
struct BuyerClauses {
  let aggregate: OrderAggregate
  let checks: [Explanation.PlannedCheck]
  let clock: ShopClock

  /// Refunds told one by one; older ones are in the sums.
  private static let refundsMax = 3

  private var order: Order { aggregate.order }

  func lateness(_ charges: Charges) -> [Phrase] {
    guard order.flags.contains(.late) else { return [] }
    let late = charges.all.first { $0.isLate } ?? charges.first
    let at = clock.moment(late.at)
    return [
      Phrase(
        zh: "款项在订单结束之后才到（\(at)），已计入本订单。",
        en: "The money came after the order had ended (at \(at)) and counts for this order.")
    ]
  }

  var excess: [Phrase] {
    let captured = aggregate.excessCaptured
    guard captured > 0 else { return [] }
    let kept = order.excess > 0 ? order.excess : captured
    let more = AmountText(Money(kept, order.amount.currency))
    if order.excess == 0 {
      return [
        Phrase(
          zh: "其中多付的 \(more) 已退回。",
          en: "\(more) of it was more than was due and has been given back.")
      ]
    }
    if aggregate.refunds.contains(where: { $0.state == .requested || $0.state.isInFlight }) {
      return [
        Phrase(zh: "其中多付 \(more)。", en: "\(more) of it is more than was due.")
      ]
    }
    return [
      Phrase(
        zh: "其中多付 \(more)，已登记，需要工作人员处理，请勿再付款。",
        en: "\(more) of it is more than was due; it is on record for a person of the shop to deal"
          + " with. Please do not pay again.")
    ]
  }

  var dispute: [Phrase] {
    guard order.disputeState == .open else { return [] }
    return [
      Phrase(
        zh: "这笔付款有一项支付争议正在处理。", en: "A payment dispute about it is open.")
    ]
  }

  /// Money that a gateway took and took back by itself.
  var reversals: [Phrase] {
    aggregate.payments.compactMap { payment in
      guard payment.state == .reversed, let money = payment.captured else { return nil }
      let (channel, amount) = (Channel(payment), AmountText(money))
      return Phrase(
        zh: "您先前的付款 \(amount) 已由\(channel.zh)撤销，本店没有持有这笔款项。",
        en: "Your earlier payment of \(amount) was reversed by \(channel.en); the shop does not"
          + " hold it.")
    }
  }
}

// MARK: Refunds

extension BuyerClauses {
  /// - Parameter isDoneTold: also those that went through.
  func refunds(withDone isDoneTold: Bool) -> [Phrase] {
    let told = aggregate.refunds.filter { refund in
      switch refund.state {
      case .succeeded: isDoneTold
      case .withdrawn: false
      case .failed, .returned, .rejected: isLatest(refund)
      case .requested, .approved, .submitted, .processing, .unknown: true
      }
    }
    return told.suffix(BuyerClauses.refundsMax).map(refund)
  }

  /// An ended refund matters only until another one of the same payment follows it.
  private func isLatest(_ refund: Refund) -> Bool {
    aggregate.refunds.last { $0.payment == refund.payment }?.id == refund.id
  }

  private func refund(_ refund: Refund) -> Phrase {
    let amount = AmountText(refund.amount)
    switch refund.state {
    case .requested, .withdrawn:
      return Phrase(
        zh: "退款申请 \(amount) 已收到，等待审核。",
        en: "A refund of \(amount) is asked for and waits for approval.")
    case .approved:
      return Phrase(
        zh: "退款 \(amount) 已批准，正在提交支付渠道。",
        en: "A refund of \(amount) is approved and is being sent to the gateway.")
    case .submitted, .processing, .unknown: return underWay(refund, amount)
    case .succeeded: return done(refund, amount)
    case .failed:
      let cause = refund.reason.map { FailureCause.ofRefund($0).words }
      return Phrase(
        zh: "退款 \(amount) 未成功\(cause.map { "：\($0.zh)" } ?? "")，需要工作人员处理。",
        en: "A refund of \(amount) did not go through\(cause.map { ": \($0.en)" } ?? "");"
          + " a person of the shop has to deal with it.")
    case .returned:
      return Phrase(
        zh: "退款 \(amount) 被收款银行退回，款项仍在本店，请联系客服核对收款账户。",
        en: "A refund of \(amount) was sent back by the bank, so the shop holds the money again."
          + " Please check your account details with support.")
    case .rejected:
      return Phrase(
        zh: "退款申请 \(amount) 未获批准。", en: "A refund of \(amount) was not approved.")
    }
  }

  private func underWay(_ refund: Refund, _ amount: AmountText) -> Phrase {
    let channel = channel(of: refund)
    let next = checks.first { $0.subject == .refund(refund.id) }
    let check = CheckFacts(next?.at, clock).words(channel)
    return Phrase(
      zh: "退款 \(amount) 已提交\(channel.zh)，尚未确认完成；\(check.zh)。",
      en: "A refund of \(amount) was sent to \(channel.en) and is not confirmed yet; \(check.en).")
  }

  private func done(_ refund: Refund, _ amount: AmountText) -> Phrase {
    let channel = channel(of: refund)
    let at = refund.finishedAt.map { clock.moment($0) }
    return Phrase(
      zh: "\(channel.zh)已\(at.map { "于 \($0) " } ?? "")确认退款 \(amount) 成功。",
      en: "\(channel.en.capitalizedFirst) confirmed a refund of \(amount)"
        + "\(at.map { " at \($0)" } ?? "").")
  }

  private func channel(of refund: Refund) -> Channel {
    aggregate.payment(refund.payment).map { Channel($0) } ?? Channel(kind: "", name: "?")
  }
}

// MARK: Delivery

extension BuyerClauses {
  /// The goods of an order whose money came.
  var delivery: [Phrase] {
    let words = deliveryWords
    guard aggregate.deliveries.count > 1, let words else { return words.map { [$0] } ?? [] }
    let done = aggregate.deliveries.filter { $0.state == .delivered }.count
    let all = aggregate.deliveries.count
    return [
      words,
      Phrase(
        zh: "共 \(all) 项商品，已发放 \(done) 项。", en: "\(done) of \(all) items were delivered."),
    ]
  }

  /// Goods that wait although the order is not paid (any more).
  var strandedDelivery: [Phrase] {
    switch order.deliveryState {
    case .none, .revoked: return []
    case .delivered, .reserved, .delivering, .failed: return delivery
    case .pending, .held:
      return [
        Phrase(
          zh: "在付款确认之前不会发放商品。",
          en: "No goods are delivered until the payment is confirmed.")
      ]
    }
  }

  private var deliveryWords: Phrase? {
    switch order.deliveryState {
    case .none:
      guard order.payState == .paid else { return nil }
      return Phrase(zh: "商品发放尚未开始。", en: "The delivery of the goods has not begun.")
    case .pending:
      return Phrase(zh: "商品等待发放。", en: "The goods are waiting to be delivered.")
    case .held: return held
    case .reserved, .delivering:
      return Phrase(zh: "商品正在发放。", en: "The goods are being delivered.")
    case .delivered:
      let at = aggregate.deliveries.compactMap(\.deliveredAt).max().map { clock.moment($0) }
      return Phrase(
        zh: "商品已\(at.map { "于 \($0) " } ?? "")发放。",
        en: "The goods were delivered\(at.map { " at \($0)" } ?? "").")
    case .failed:
      return Phrase(
        zh: "商品发放没有得到确认，需要工作人员核实，请勿重复下单。",
        en: "The delivery of the goods is not confirmed and a person of the shop has to check it."
          + " Please do not order again.")
    case .revoked:
      return Phrase(zh: "商品发放已撤销。", en: "The delivery of the goods was revoked.")
    }
  }

  private var held: Phrase {
    let isForRefund = aggregate.deliveries.contains {
      $0.state == .held && $0.reason == Delivery.refundReason
    }
    if isForRefund, !order.riskState.blocksDelivery {
      return Phrase(
        zh: "因有退款在处理，商品暂停发放。",
        en: "The goods are held back while a refund is being decided.")
    }
    if aggregate.deliveries.contains(where: \.isHeldAsWeak) {
      return Phrase(
        zh: "商品暂缓发放，等待工作人员核实收款。",
        en: "The goods are held back until a person of the shop has confirmed the payment.")
    }
    return Phrase(
      zh: "商品暂缓发放，需要工作人员先核实。",
      en: "The goods are held back until a person of the shop has checked the order.")
  }
}

extension String {
  /// The first letter in upper case, for a sentence that begins with a name.
  var capitalizedFirst: String {
    guard let first else { return self }
    return first.uppercased() + dropFirst()
  }
}
