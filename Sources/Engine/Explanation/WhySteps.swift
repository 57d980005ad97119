import Domain
import Store

/// What comes next: by itself, missing, and in people's hands.
struct WhySteps {
  let aggregate: OrderAggregate
  /// Soonest first.
  let checks: [Explanation.PlannedCheck]
  let clock: ShopClock

  private var order: Order { aggregate.order }
  private var isFrozen: Bool { order.flags.contains(.frozen) }

  /// Soonest first, steps without a time last; never empty.
  var byItself: [WhyStep] {
    var steps: [WhyStep] = []
    if !isFrozen { steps = checks.map(check) + ending + leases }
    steps.sort { one, other in
      (one.at?.milliseconds ?? .max, one.what) < (other.at?.milliseconds ?? .max, other.what)
    }
    guard steps.isEmpty else { return steps }
    let words =
      isFrozen
      ? Phrase(
        zh: "订单已冻结，不再自动处理。", en: "The order is frozen; nothing happens by itself.")
      : Phrase(zh: "没有后续的自动处理。", en: "Nothing more happens by itself.")
    return [WhyStep(what: "none", at: nil, text: words)]
  }

  private func check(_ check: Explanation.PlannedCheck) -> WhyStep {
    if let name = check.missingGateway {
      let shown = FailureCause.shownCode(name)
      return WhyStep(
        what: "gateway_missing", at: nil,
        text: Phrase(
          zh: "配置中已没有网关 \(shown)，在恢复该配置之前不会再查询。",
          en: "Gateway \(shown) is not configured any more; nothing is asked until it is again."))
    }
    let at = clock.full(check.at)
    switch check.subject {
    case .refund(let id):
      let amount = aggregate.refund(id).map { AmountText($0.amount).description } ?? id.text
      return WhyStep(
        what: "refund_query", at: check.at,
        text: Phrase(
          zh: "于 \(at) 查询退款 \(amount) 的结果。",
          en: "At \(at) the gateway is asked about the refund of \(amount)."))
    case .dispute(let id):
      let name = aggregate.dispute(id).map { FailureCause.shownCode($0.gatewayDispute) } ?? id.text
      return WhyStep(
        what: "dispute_query", at: check.at,
        text: Phrase(
          zh: "于 \(at) 查询支付争议 \(name)。",
          en: "At \(at) the gateway is asked about dispute \(name)."))
    case .payment(let id):
      guard let payment = aggregate.payment(id) else {
        return WhyStep(
          what: "query", at: check.at,
          text: Phrase(zh: "于 \(at) 查询支付 \(id)。", en: "At \(at) payment \(id) is asked about."))
      }
      return WhyStep(what: what(payment), at: check.at, text: words(payment, at))
    }
  }

  private func what(_ payment: Payment) -> String {
    switch payment.state {
    case .closing: "close"
    case .closed, .failed: "guard"
    case .succeeded: "confirm"
    case .initial, .submitted, .awaitingBuyer, .processing, .unknown, .stale, .reversed: "query"
    }
  }

  private func words(_ payment: Payment, _ at: MomentText) -> Phrase {
    let channel = Channel(payment)
    switch payment.state {
    case .closing:
      return Phrase(
        zh: "于 \(at) 向\(channel.zh)关单或查证是否已关闭。",
        en: "At \(at) \(channel.en) is asked to close it, or whether it is closed.")
    case .closed, .failed:
      return Phrase(
        zh: "于 \(at) 再向\(channel.zh)查询一次，以防款项迟到。",
        en: "At \(at) \(channel.en) is asked again, in case money comes late.")
    case .succeeded:
      return Phrase(
        zh: "于 \(at) 向\(channel.zh)查询，以复核这笔收款。",
        en: "At \(at) \(channel.en) is asked to confirm the charge.")
    case .initial, .submitted, .awaitingBuyer, .processing, .unknown, .stale, .reversed:
      return Phrase(
        zh: "于 \(at) 向\(channel.zh)查询这笔支付。",
        en: "At \(at) \(channel.en) is asked about the payment.")
    }
  }

  private var ending: [WhyStep] {
    guard aggregate.awaitsExpiry else { return [] }
    let at = clock.full(order.expiresAt)
    let words =
      aggregate.hasOpenPayment
      ? Phrase(
        zh: "若到 \(at) 仍未付款，开始关闭支付，由渠道证明未收款后订单过期。",
        en: "If unpaid at \(at), the payment is closed; the order expires once the gateway has"
          + " proved it unpaid.")
      : Phrase(zh: "若到 \(at) 仍未付款，订单过期。", en: "If unpaid at \(at), the order expires.")
    return [WhyStep(what: "expire", at: order.expiresAt, text: words)]
  }

  private var leases: [WhyStep] {
    let until = aggregate.deliveries.compactMap { delivery in
      delivery.state == .reserved || delivery.state == .delivering ? delivery.leaseUntil : nil
    }.min()
    guard let until else { return [] }
    let at = clock.full(until)
    return [
      WhyStep(
        what: "end_lease", at: until,
        text: Phrase(
          zh: "若领取者到 \(at) 仍未报告，发放记为失败并提请人工核实，不会再次发放。",
          en: "If the worker has not reported by \(at), the delivery counts as failed and a person"
            + " is called; the goods are not delivered a second time."))
    ]
  }
}

// MARK: Missing

extension WhySteps {
  /// What the next state waits for.
  var missing: [Phrase] {
    if isFrozen {
      return [
        Phrase(zh: "需要人工查明检查未通过的原因。", en: "A person has to find why a check failed.")
      ]
    }
    return gatewaysMissing + moneyMissing + refundsMissing + goodsMissing
  }

  private var gatewaysMissing: [Phrase] {
    let names = Set(checks.compactMap(\.missingGateway)).sorted()
    return names.map { name in
      let shown = FailureCause.shownCode(name)
      return Phrase(
        zh: "缺少网关 \(shown) 的配置。", en: "The configuration of gateway \(shown).")
    }
  }

  private var moneyMissing: [Phrase] {
    switch order.payState {
    case .created:
      return [Phrase(zh: "还没有可付款的支付。", en: "A payment that the buyer can pay.")]
    case .awaiting, .processing:
      return [
        Phrase(
          zh: "缺少渠道关于收款或关闭的签名答复（证据强度 e3 以上）。",
          en: "The gateway's signed word that it was paid or is closed (evidence e3 or stronger).")
      ]
    case .review:
      return [
        Phrase(
          zh: "缺少两名工作人员的接受，或全额退款。",
          en: "Two operators who accept it, or a refund in full.")
      ]
    case .expired, .cancelled, .paid, .partiallyRefunded, .refunded, .chargedBack: return []
    }
  }

  private var refundsMissing: [Phrase] {
    aggregate.refunds.compactMap { refund in
      let amount = AmountText(refund.amount)
      switch refund.state {
      case .requested:
        return Phrase(
          zh: "退款 \(amount) 缺少申请人以外的人批准。",
          en: "Another person's approval of the refund of \(amount).")
      case .approved, .submitted, .processing, .unknown:
        return Phrase(
          zh: "退款 \(amount) 缺少渠道的最终答复。",
          en: "The gateway's last word on the refund of \(amount).")
      case .succeeded, .failed, .returned, .rejected, .withdrawn: return nil
      }
    }
  }

  private var isHeldAsWeak: Bool { aggregate.deliveries.contains(where: \.isHeldAsWeak) }

  private var goodsMissing: [Phrase] {
    guard order.payState == .paid || order.payState == .partiallyRefunded else { return [] }
    switch order.deliveryState {
    case .pending:
      return [Phrase(zh: "等待发放程序领取。", en: "A worker that claims the delivery.")]
    case .held where isHeldAsWeak:
      return [
        Phrase(zh: "等待账单或两名工作人员核实收款。", en: "A bill or two operators that confirm the money.")
      ]
    case .held:
      return [Phrase(zh: "等待人工解除暂缓。", en: "A person who ends the hold.")]
    case .reserved, .delivering:
      return [Phrase(zh: "等待领取者报告发放结果。", en: "The report of the worker that claimed it.")]
    case .failed:
      return [
        Phrase(
          zh: "需要人工查明商品是否已发出。", en: "A person who finds out whether the goods went out.")
      ]
    case .none, .delivered, .revoked: return []
    }
  }
}

// MARK: People

extension WhySteps {
  /// What a person could do now, by method name.
  var people: [WhyStep] {
    if isFrozen { return [audit] }
    return moneyActions + refundActions + disputeActions + goodsActions
  }

  private var audit: WhyStep {
    act("audit.verify", zh: "核对事件链并查看完整经过。", en: "Verify the log and read the timeline.")
  }

  private func act(_ method: String, zh: String, en: String) -> WhyStep {
    WhyStep(what: method, at: nil, text: Phrase(zh: zh, en: en))
  }

  private var moneyActions: [WhyStep] {
    switch order.payState {
    case .created:
      guard order.expiresAt > clock.now, order.cancelRequestedAt == nil else { return [] }
      return [
        act("payment.create", zh: "发起支付。", en: "Begin a payment."),
        act("order.cancel", zh: "取消订单。", en: "Cancel the order."),
      ]
    case .awaiting, .processing:
      let cancel = act("order.cancel", zh: "取消订单。", en: "Cancel the order.")
      return [
        act("payment.query", zh: "立即向渠道查询。", en: "Ask the gateway now."),
        act("payment.close", zh: "关闭这笔支付。", en: "Close the payment."),
        resolve,
      ] + (order.cancelRequestedAt == nil ? [cancel] : [])
    case .review:
      return [
        act(
          "order.accept", zh: "由两名工作人员接受这笔收款。", en: "Accept the charge, by two operators."),
        act("refund.create", zh: "退还款项。", en: "Give the money back."),
      ]
    case .expired, .cancelled:
      guard !aggregate.payments.isEmpty else { return [] }
      return [
        act(
          "payment.query", zh: "买家称已付款时，立即向渠道查询。",
          en: "Where the buyer says they paid: ask the gateway now."),
        act(
          "notification.replay", zh: "重放留存的通知。", en: "Replay a notice that was kept."),
        resolve,
      ]
    case .paid, .partiallyRefunded:
      let left = aggregate.payments.contains { aggregate.refundable(of: $0.id) > 0 }
      let back = left ? [act("refund.create", zh: "退还款项。", en: "Give money back.")] : []
      let confirm = act(
        "order.accept", zh: "由两名工作人员确认款项已到账。",
        en: "Confirm that the money came, by two operators.")
      return order.flags.contains(.weak) ? [confirm] + back : back
    case .refunded, .chargedBack: return []
    }
  }

  private var resolve: WhyStep {
    act(
      "payment.resolve", zh: "凭外部凭证由两名工作人员认定已付款。",
      en: "Settle it by outside proof, by two operators.")
  }

  private var disputeActions: [WhyStep] {
    guard aggregate.disputes.contains(where: { $0.state.awaitsUs }) else { return [] }
    return [
      act(
        "dispute.attach", zh: "留存支付争议的材料，并到渠道后台答复。",
        en: "Keep what supports the shop's side, and answer the dispute at the gateway's own desk.")
    ]
  }

  private var refundActions: [WhyStep] {
    var actions: [WhyStep] = []
    if aggregate.refunds.contains(where: { $0.state == .requested }) {
      actions.append(
        act("refund.approve", zh: "批准等待审核的退款。", en: "Approve the refund that waits."))
    }
    if aggregate.refunds.contains(where: { $0.state == .failed }) {
      actions.append(
        act(
          "refund.approve", zh: "批准对失败的退款再试一次。",
          en: "Approve another try of the failed refund."))
    }
    if aggregate.refunds.contains(where: { $0.state.isInFlight }) {
      actions.append(
        act("refund.query", zh: "立即查询退款结果。", en: "Ask about the refund now."))
    }
    return actions
  }

  private var goodsActions: [WhyStep] {
    switch order.deliveryState {
    case .none, .revoked: return []
    case .pending:
      return [act("delivery.hold", zh: "暂缓发放。", en: "Hold the delivery back.")]
    case .held where isHeldAsWeak: return []
    case .held: return [act("delivery.unhold", zh: "解除暂缓。", en: "End the hold.")]
    case .reserved, .delivering:
      return [
        act(
          "delivery.release", zh: "由领取者声明没有发出后退回。",
          en: "The worker gives the claim back, having delivered nothing.")
      ]
    case .failed:
      return [
        act(
          "delivery.retry", zh: "确认没有发出后重新发放。",
          en: "Deliver again, once it is sure that nothing went out."),
        act("delivery.revoke", zh: "撤销发放。", en: "Revoke the delivery."),
      ]
    case .delivered:
      return [act("delivery.revoke", zh: "撤销发放。", en: "Revoke the delivery.")]
    }
  }
}
