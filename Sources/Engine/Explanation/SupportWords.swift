import Domain

/// What support is told: the state and every number needed to look further.
struct SupportWords {
  let aggregate: OrderAggregate
  let checks: [Explanation.PlannedCheck]
  /// Names no zone: the last sentence says it of all times.
  let clock: ShopClock
  /// Gateways' numbers are shown by their last four characters only.
  let isMasked: Bool

  /// Payments and refunds told one by one, newest last; all of them are in the timeline.
  private static let entriesMax = 3

  private var order: Order { aggregate.order }

  func sentence(_ situation: Situation) -> Phrase {
    var parts = [head(situation), money]
    parts += aggregate.payments.suffix(SupportWords.entriesMax).map(payment)
    parts += aggregate.refunds.suffix(SupportWords.entriesMax).map(refund)
    parts += [delivery] + axes + marks + [next]
    let source = place
    let listed = Phrase.listed(parts)
    return Phrase(zh: "\(listed.zh)。\(source.zh)", en: "\(listed.en). \(source.en)")
  }

  private func head(_ situation: Situation) -> Phrase {
    let state = StateWords.of(order.payState)
    switch situation {
    case .frozen:
      return Phrase(
        zh: "订单 \(order.number) 已冻结（冻结前状态：\(state.zh)）",
        en: "Order \(order.number) is frozen (before: \(state.en))")
    case .unproven:
      return Phrase(
        zh: "订单 \(order.number) 状态为\(state.zh)，但缺少依据",
        en: "Order \(order.number) says \(state.en), but the facts for it are missing")
    default:
      return Phrase(
        zh: "订单 \(order.number) \(state.zh)", en: "Order \(order.number): \(state.en)")
    }
  }

  private var money: Phrase {
    let due = AmountText(order.amount)
    let taken = Charges(aggregate)?.total ?? Phrase(zh: "无", en: "nothing")
    var zh = "应付 \(due)，实收 \(taken.zh)"
    var en = "due \(due), taken \(taken.en)"
    if let back = GivenBack(aggregate)?.total {
      zh += "，已退 \(back.zh)"
      en += ", given back \(back.en)"
    }
    if order.excess > 0 {
      let excess = AmountText(Money(order.excess, order.amount.currency))
      zh += "，多收 \(excess)"
      en += ", excess \(excess)"
    }
    return Phrase(zh: zh, en: en)
  }

  private func shown(_ number: String) -> String {
    isMasked ? "***\(MaskedNumber(number).tail)" : FailureCause.shownCode(number)
  }

  private func payment(_ payment: Payment) -> Phrase {
    let (channel, state) = (Channel(payment), StateWords.of(payment.state))
    let name = "\(FailureCause.shownCode(payment.gateway)) \(payment.method)"
    let amount = AmountText(payment.captured ?? payment.amount)
    var zh = "\(channel.zh)（\(name)）\(amount) \(state.zh)，商户单号 \(payment.outTradeNumber)"
    var en = "\(channel.en) (\(name)) \(amount) \(state.en), our number \(payment.outTradeNumber)"
    if let number = payment.gatewayTransaction {
      zh += "，渠道交易号 \(shown(number))"
      en += ", gateway number \(shown(number))"
    }
    if let at = payment.paidAt {
      zh += "，支付时间 \(clock.full(at))"
      en += ", paid at \(clock.full(at))"
    } else {
      zh += "，发起时间 \(clock.full(payment.createdAt))"
      en += ", begun at \(clock.full(payment.createdAt))"
    }
    let tail = detail(payment)
    return Phrase(zh: zh + tail.zh, en: en + tail.en)
  }

  private func detail(_ payment: Payment) -> Phrase {
    var (zh, en) = ("", "")
    if payment.state == .closing || payment.state == .closed, let cause = payment.closingCause {
      let words = StateWords.of(cause)
      zh += "，关闭原因：\(words.zh)"
      en += ", cause of closing: \(words.en)"
    }
    if let reason = payment.reason {
      let cause = because(reason, FailureCause.of(reason))
      zh += cause.zh
      en += cause.en
    }
    if let proof = payment.evidence.last {
      zh += "，证据 \(proof.id)（\(StateWords.of(proof.source).zh)，\(proof.strength.text)）"
      en += ", evidence \(proof.id) (\(StateWords.of(proof.source).en), \(proof.strength.text))"
    }
    return Phrase(zh: zh, en: en)
  }

  private func because(_ reason: Reason, _ cause: FailureCause) -> Phrase {
    let code = FailureCause.shownCode(reason.code)
    let own = cause.isListed ? reason.gatewayCode.map { " \(FailureCause.shownCode($0))" } : nil
    return Phrase(
      zh: "，原因：\(cause.words.zh)（\(code)\(own ?? "")）",
      en: ", cause: \(cause.words.en) (\(code)\(own ?? ""))")
  }

  private func refund(_ refund: Refund) -> Phrase {
    let (amount, state) = (AmountText(refund.amount), StateWords.of(refund.state))
    var zh = "退款 \(amount) \(state.zh)，退款单号 \(refund.number)"
    var en = "refund of \(amount) \(state.en), refund number \(refund.number)"
    if let number = refund.gatewayRefund {
      zh += "，渠道退款号 \(shown(number))"
      en += ", gateway refund number \(shown(number))"
    }
    if let at = refund.finishedAt ?? refund.submittedAt {
      zh += "，时间 \(clock.full(at))"
      en += ", at \(clock.full(at))"
    }
    if let reason = refund.reason {
      let cause = because(reason, FailureCause.ofRefund(reason))
      zh += cause.zh
      en += cause.en
    }
    return Phrase(zh: zh, en: en)
  }
}

// MARK: Beside the money

extension SupportWords {
  private var delivery: Phrase {
    let state = StateWords.of(order.deliveryState)
    var (zh, en) = ("发放：\(state.zh)", "delivery: \(state.en)")
    if aggregate.deliveries.count > 1 {
      let done = aggregate.deliveries.filter { $0.state == .delivered }.count
      zh += "（\(done)/\(aggregate.deliveries.count) 项）"
      en += " (\(done) of \(aggregate.deliveries.count) lines)"
    }
    if let at = aggregate.deliveries.compactMap(\.deliveredAt).max() {
      zh += "，发放时间 \(clock.full(at))"
      en += ", delivered at \(clock.full(at))"
    }
    if let claim = aggregate.deliveries.last(where: { $0.claim != nil })?.claim {
      zh += "，领取号 \(claim)"
      en += ", claim \(claim)"
    }
    return Phrase(zh: zh, en: en)
  }

  private var axes: [Phrase] {
    var parts: [Phrase] = []
    if order.riskState != .clear {
      let words = StateWords.of(order.riskState)
      parts.append(Phrase(zh: "风险：\(words.zh)", en: "risk: \(words.en)"))
    }
    if order.disputeState != .none {
      let words = StateWords.of(order.disputeState)
      parts.append(Phrase(zh: "争议：\(words.zh)", en: "dispute: \(words.en)"))
      parts += aggregate.disputes.map(fact)
    }
    return parts
  }

  private func fact(_ dispute: Dispute) -> Phrase {
    let (state, money) = (StateWords.of(dispute.state), StateWords.of(dispute.funds))
    let amount = AmountText(dispute.terms.amount)
    let number = FailureCause.shownCode(dispute.gatewayDispute)
    var (zh, en) = (
      "渠道争议号 \(number)（\(dispute.id)），\(amount)，\(state.zh)，\(money.zh)",
      "\(number) (\(dispute.id)) over \(amount), \(state.en), \(money.en)"
    )
    if dispute.state.awaitsUs, let due = dispute.terms.dueAt {
      zh += "，须在 \(clock.full(due)) 前到渠道后台答复"
      en += ", answer it at the gateway's own desk before \(clock.full(due))"
    }
    return Phrase(zh: zh, en: en)
  }

  private var marks: [Phrase] {
    var parts: [Phrase] = []
    let flags = MarkWords.of(order.flags).map(\.words)
    if !flags.isEmpty {
      let zh = flags.map(\.zh).joined(separator: "、")
      let en = flags.map(\.en).joined(separator: ", ")
      parts.append(Phrase(zh: "标记：\(zh)", en: "marks: \(en)"))
    }
    let calls = order.attention.map(MarkWords.ofAttention)
    if !calls.isEmpty {
      let zh = calls.map(\.zh).joined(separator: "、")
      let en = calls.map(\.en).joined(separator: ", ")
      parts.append(Phrase(zh: "需要人工：\(zh)", en: "for a person: \(en)"))
    }
    return parts
  }

  private var next: Phrase {
    guard let check = checks.first, !order.flags.contains(.frozen) else {
      return Phrase(zh: "没有排定的核对", en: "no check is planned")
    }
    let at = clock.full(check.at)
    return Phrase(zh: "下次核对 \(at)", en: "next check at \(at)")
  }

  private var place: Phrase {
    Phrase(
      zh: "完整经过：till order timeline \(order.number)（时间均为 \(clock.zoneText)）",
      en: "Every step: till order timeline \(order.number) (times are \(clock.zoneText))")
  }
}
