import Domain

/// One sentence an event, for the timeline.
struct EventWords {
  let aggregate: OrderAggregate
  let clock: ShopClock

  private static let quotedMax = 200

  func words(_ body: EventBody) -> Phrase {
    switch body {
    case .order(let event): words(event)
    case .payment(let id, let event): words(event, channel(id))
    case .refund(let id, let event): words(event, id)
    case .delivery(let id, let event): words(event, id)
    case .dispute(let id, let event): words(event, id)
    case .attention(.raised(let code, _)):
      MarkWords.ofAttention(code).after(zh: "提请人工处理：", en: "A person is called: ")
    case .attention(.cleared(let code)):
      MarkWords.ofAttention(code).after(zh: "人工事项已了结：", en: "No person is needed for: ")
    case .notification(let event): words(event)
    case .gateway(let name, let event): words(event, name)
    case .statement(_, .imported(let gateway, _, _, let rows, _, _, _, _)):
      Phrase(
        zh: "收到 \(gateway) 的账单，共 \(rows) 行。",
        en: "A statement of \(gateway) was taken in: \(rows) rows.")
    case .run(_, .finished(_, let gateway, _, _, let opened, _, _)):
      Phrase(
        zh: "与 \(gateway) 对账完成，发现 \(opened) 处差异。",
        en: "\(gateway) was reconciled: \(opened) discrepancies were opened.")
    case .run(_, .halfSigned):
      Phrase(zh: "第一人已签字确认对账。", en: "The first of two persons signed a run.")
    case .run(_, .signed):
      Phrase(zh: "第二人已签字，对账结清。", en: "The second person signed a run.")
    case .run(_, .reopened):
      Phrase(
        zh: "已签字的对账发生变化，需要重新签字。",
        en: "A signed run has changed and has to be signed again.")
    case .discrepancy(_, let event): DiscrepancyWords.of(event)
    case .case(_, let event): CaseWords.of(event)
    case .rule(_, .activated):
      Phrase(zh: "对账规则已启用。", en: "A rule of decisions was put in force.")
    case .rule(_, .deactivated):
      Phrase(zh: "对账规则已停用。", en: "A rule of decisions was put out of force.")
    case .server(.started):
      Phrase(zh: "服务启动。", en: "The daemon started.")
    }
  }

  func channel(_ id: PaymentID) -> Channel {
    aggregate.payment(id).map { Channel($0) } ?? Channel(kind: "", name: id.text)
  }

  /// What a person wrote, between quotation marks, on one line.
  static func quoted(_ text: String) -> Phrase {
    var shown = ""
    for scalar in text.unicodeScalars.prefix(quotedMax) {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      shown.unicodeScalars.append(isControl ? " " : scalar)
    }
    return Phrase(zh: "「\(shown)」", en: "\"\(shown)\"")
  }

  /// `：余额不足（ACQ.X）` behind a statement, or nothing.
  static func tail(_ reason: Reason?, ofRefund isRefund: Bool = false) -> Phrase {
    guard let reason else { return Phrase(zh: "", en: "") }
    let cause = isRefund ? FailureCause.ofRefund(reason) : FailureCause.of(reason)
    let words = cause.words
    guard let code = reason.gatewayCode, cause.isListed else {
      return Phrase(zh: "：\(words.zh)", en: ": \(words.en)")
    }
    let shown = FailureCause.shownCode(code)
    return Phrase(zh: "：\(words.zh)（\(shown)）", en: ": \(words.en) (\(shown))")
  }
}

// MARK: Orders

extension EventWords {
  private func words(_ event: OrderEvent) -> Phrase {
    switch event {
    case .created(let draft):
      let (due, until) = (AmountText(draft.amount), clock.full(draft.expiresAt))
      return Phrase(
        zh: "订单创建，应付 \(due)，付款期限 \(until)。",
        en: "The order was made: \(due) is due until \(until).")
    case .payStateChanged(let state, let captured, let refunded, let excess, let isLate):
      return became(state, captured, refunded, excess, isLate)
    case .cancelRequested(let reason):
      let why = reason.map(EventWords.quoted)
      return Phrase(
        zh: "要求取消订单\(why.map { "，理由\($0.zh)" } ?? "")。",
        en: "Cancelling was asked for\(why.map { ", saying \($0.en)" } ?? "").")
    case .acceptProposed(_, let reason):
      let why = EventWords.quoted(reason)
      return Phrase(
        zh: "一名工作人员提议接受不符的收款，理由\(why.zh)，还需另一人确认。",
        en: "One operator proposed to accept the differing charge, saying \(why.en);"
          + " another has to confirm.")
    case .accepted(_, let reason):
      let why = EventWords.quoted(reason)
      return Phrase(
        zh: "第二名工作人员确认接受不符的收款，理由\(why.zh)。",
        en: "A second operator accepted the differing charge, saying \(why.en).")
    case .held(let reason):
      let why = EventWords.quoted(reason)
      return Phrase(
        zh: "订单暂缓发放，理由\(why.zh)。", en: "The order was held, saying \(why.en).")
    case .unheld: return Phrase(zh: "暂缓发放已解除。", en: "The hold was ended.")
    case .personalErased:
      return Phrase(zh: "买家个人信息已清除。", en: "The buyer's personal data was erased.")
    case .frozen:
      return Phrase(
        zh: "内部检查未通过，订单冻结，等待人工处理。",
        en: "An internal check failed; the order is frozen until a person has looked.")
    }
  }

  private func became(
    _ state: PayState, _ captured: Int64, _ refunded: Int64, _ excess: Int64, _ isLate: Bool
  ) -> Phrase {
    let currency = aggregate.order.amount.currency
    let word = StateWords.of(state)
    var (zh, en) = ("订单状态变为\(word.zh)", "The order became: \(word.en)")
    if captured > 0 || refunded > 0 {
      zh += "，实收 \(AmountText(Money(captured, currency)))"
      en += "; taken \(AmountText(Money(captured, currency)))"
    }
    if refunded > 0 {
      zh += "，已退 \(AmountText(Money(refunded, currency)))"
      en += ", given back \(AmountText(Money(refunded, currency)))"
    }
    if excess > 0 {
      zh += "，多收 \(AmountText(Money(excess, currency)))"
      en += ", excess \(AmountText(Money(excess, currency)))"
    }
    if isLate {
      zh += "（款项在订单结束后到）"
      en += " (the money came after the end)"
    }
    return Phrase(zh: zh + "。", en: en + ".")
  }
}

// MARK: Payments

extension EventWords {
  private func words(_ event: PaymentEvent, _ channel: Channel) -> Phrase {
    switch event {
    case .created(let draft):
      let asked = AmountText(draft.amount)
      return Phrase(
        zh: "发起\(channel.zh)支付 \(asked)，商户单号 \(draft.outTradeNumber)。",
        en: "A payment of \(asked) by \(channel.en) was begun as \(draft.outTradeNumber).")
    case .submitted:
      return Phrase(
        zh: "支付请求提交\(channel.zh)。", en: "The request was sent to \(channel.en).")
    case .awaitingBuyer(let action, _):
      let until = action.map { clock.full($0.expiresAt) }
      return Phrase(
        zh: "\(channel.zh)已受理，等待付款人付款\(until.map { "，付款入口有效至 \($0)" } ?? "")。",
        en: "\(channel.en.capitalizedFirst) waits for the buyer"
          + "\(until.map { "; the way to pay is good until \($0)" } ?? "").")
    case .processing(let reason):
      let tail = EventWords.tail(reason)
      return Phrase(
        zh: "\(channel.zh)正在处理付款\(tail.zh)。",
        en: "\(channel.en.capitalizedFirst) is working on the payment\(tail.en).")
    case .unknown(let reason):
      let tail = EventWords.tail(reason)
      return Phrase(
        zh: "支付结果未知，将以查询为准\(tail.zh)。",
        en: "The outcome is not known and must be asked for\(tail.en).")
    case .stale:
      return Phrase(
        zh: "\(channel.zh)长时间没有给出最终结果。",
        en: "\(channel.en.capitalizedFirst) has long given no final answer.")
    case .closing(let cause):
      let words = StateWords.of(cause)
      return Phrase(
        zh: "开始关闭这笔支付：\(words.zh)。", en: "Closing this payment began: \(words.en).")
    case .closed, .failed, .succeeded, .reversed, .confirmed, .resolveProposed:
      return ended(event, channel)
    }
  }

  private func ended(_ event: PaymentEvent, _ channel: Channel) -> Phrase {
    let name = channel.en.capitalizedFirst
    switch event {
    case .closed(let reason, _):
      let tail = EventWords.tail(reason)
      return Phrase(
        zh: "\(channel.zh)证实这笔支付已关闭且未扣款\(tail.zh)。",
        en: "\(name) proved the payment closed and unpaid\(tail.en).")
    case .failed(let reason, _):
      let tail = EventWords.tail(reason)
      return Phrase(zh: "支付失败\(tail.zh)。", en: "The payment failed\(tail.en).")
    case .succeeded(let capture, let proof, let isLate):
      let amount = AmountText(capture.amount)
      let late =
        isLate
        ? Phrase(zh: "（在支付结束之后）", en: " after the payment had ended") : nil
      let said =
        proof.source == .operators
        ? Phrase(zh: "两名工作人员凭外部凭证确认", en: "Two operators confirmed by outside proof that ")
        : nil
      return Phrase(
        zh: "\(said?.zh ?? "")\(channel.zh)收款 \(amount)\(late?.zh ?? "")，"
          + "渠道交易号 \(FailureCause.shownCode(capture.gatewayTransaction))。",
        en: "\(said?.en ?? "")\(said == nil ? name : channel.en) took \(amount)\(late?.en ?? "")"
          + " as \(FailureCause.shownCode(capture.gatewayTransaction)).")
    case .reversed(let reason, _):
      let tail = EventWords.tail(reason)
      return Phrase(
        zh: "\(channel.zh)撤销了收款\(tail.zh)。", en: "\(name) reversed the charge\(tail.en).")
    case .confirmed:
      return Phrase(
        zh: "更强的凭据证实了\(channel.zh)的这笔收款。",
        en: "Stronger proof confirms the charge by \(channel.en).")
    case .resolveProposed(_, let evidence, let taken, let reason):
      let (proof, why) = (EventWords.quoted(evidence), EventWords.quoted(reason))
      guard taken.minor > 0 else {
        return Phrase(
          zh: "一名工作人员凭\(proof.zh)提议认定未付款，理由\(why.zh)，还需另一人确认。",
          en: "One operator proposed to settle it as not paid by \(proof.en), saying \(why.en);"
            + " another has to confirm.")
      }
      let amount = AmountText(taken)
      return Phrase(
        zh: "一名工作人员凭\(proof.zh)提议认定已付款 \(amount)，理由\(why.zh)，还需另一人确认。",
        en: "One operator proposed to settle it as \(amount) by \(proof.en), saying \(why.en);"
          + " another has to confirm.")
    case .created, .submitted, .awaitingBuyer, .processing, .unknown, .stale, .closing:
      preconditionFailure("words(_:_:) tells the events of an open payment")
    }
  }
}
