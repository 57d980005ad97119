import Domain

/// Events of refunds, deliveries, notices and gateways.
extension EventWords {
  func words(_ event: RefundEvent, _ id: RefundID) -> Phrase {
    let refund = aggregate.refund(id)
    let amount = refund.map { AmountText($0.amount).description } ?? id.text
    switch event {
    case .requested(let payment, let number, let asked, let note):
      let channel = channel(payment)
      let why = note.map(EventWords.quoted)
      return Phrase(
        zh: "申请退款 \(AmountText(asked))（\(channel.zh)），退款单号 \(number)"
          + "\(why.map { "，理由\($0.zh)" } ?? "")。",
        en: "A refund of \(AmountText(asked)) by \(channel.en) was asked for as \(number)"
          + "\(why.map { ", saying \($0.en)" } ?? "").")
    case .approved:
      return Phrase(zh: "退款 \(amount) 获批准。", en: "The refund of \(amount) was approved.")
    case .rejected(let reason, _):
      let why = EventWords.quoted(reason)
      return Phrase(
        zh: "退款 \(amount) 未获批准，理由\(why.zh)。",
        en: "The refund of \(amount) was not approved, saying \(why.en).")
    case .withdrawn:
      return Phrase(zh: "退款 \(amount) 被撤回。", en: "The refund of \(amount) was withdrawn.")
    case .submitted:
      return Phrase(
        zh: "退款 \(amount) 提交渠道。", en: "The refund of \(amount) was sent to the gateway.")
    case .processing(let reason, _):
      let tail = EventWords.tail(reason, ofRefund: true)
      return Phrase(
        zh: "渠道正在处理退款 \(amount)\(tail.zh)。",
        en: "The gateway is working on the refund of \(amount)\(tail.en).")
    case .unknown(let reason):
      let tail = EventWords.tail(reason, ofRefund: true)
      return Phrase(
        zh: "退款 \(amount) 结果未知，将以查询为准\(tail.zh)。",
        en: "The outcome of the refund of \(amount) is not known and must be asked for\(tail.en).")
    case .succeeded(let number, _):
      let shown = number.map(FailureCause.shownCode)
      return Phrase(
        zh: "渠道确认退款 \(amount) 成功\(shown.map { "，渠道退款号 \($0)" } ?? "")。",
        en: "The gateway confirmed the refund of \(amount)\(shown.map { " as \($0)" } ?? "").")
    case .failed(let reason, _):
      let tail = EventWords.tail(reason, ofRefund: true)
      return Phrase(
        zh: "退款 \(amount) 失败\(tail.zh)。", en: "The refund of \(amount) failed\(tail.en).")
    case .returned(let reason, _):
      let tail = EventWords.tail(reason, ofRefund: true)
      return Phrase(
        zh: "退款 \(amount) 被收款银行退回\(tail.zh)。",
        en: "The bank sent the refund of \(amount) back\(tail.en).")
    }
  }

  func words(_ event: DeliveryEvent, _ id: DeliveryID) -> Phrase {
    let line = aggregate.deliveries.first { $0.id == id }?.line ?? 0
    let item =
      line == 0
      ? Phrase(zh: "商品", en: "The goods") : Phrase(zh: "第 \(line) 项商品", en: "Line \(line)")
    let isAre = line == 0 ? "are" : "is"
    switch event {
    case .pending(_, let reason):
      let why = reason.map(said)
      return Phrase(
        zh: "\(item.zh)等待发放\(why.map { "，\($0.zh)" } ?? "")。",
        en: "\(item.en) \(isAre) waiting to be delivered\(why.map { ", \($0.en)" } ?? "").")
    case .held(let reason):
      let why = holdReason(reason)
      return Phrase(
        zh: "\(item.zh)暂缓发放，\(why.zh)。", en: "\(item.en) \(isAre) held back, \(why.en).")
    case .reserved(let claim, let until):
      return Phrase(
        zh: "\(item.zh)被领取发放，领取号 \(claim)，须在 \(clock.full(until)) 前报告。",
        en: "\(item.en) \(isAre) claimed as \(claim); the worker has to report before"
          + " \(clock.full(until)).")
    case .delivered(let reference):
      let note = reference.map(EventWords.quoted)
      return Phrase(
        zh: "\(item.zh)已发放\(note.map { "，备注\($0.zh)" } ?? "")。",
        en: "\(item.en) \(isAre) delivered\(note.map { ", noted \($0.en)" } ?? "").")
    case .failed(let reason):
      let why = failReason(reason)
      return Phrase(
        zh: "\(item.zh)发放失败，\(why.zh)。", en: "The delivery failed, \(why.en).")
    case .revoked(let reason):
      let why =
        reason.utf8.elementsEqual("refunded".utf8)
        ? Phrase(zh: "款项已退回", en: "because the money went back") : said(reason)
      return Phrase(
        zh: "\(item.zh)的发放被撤销，\(why.zh)。",
        en: "The delivery of \(line == 0 ? "the goods" : "line \(line)") was revoked, \(why.en).")
    }
  }

  /// The words that the core writes by itself are told; anything else is a person's.
  private func holdReason(_ reason: String) -> Phrase {
    switch reason {
    case Delivery.refundReason:
      Phrase(zh: "因退款待定", en: "because a refund is being decided")
    case Delivery.disputeReason:
      Phrase(zh: "因支付争议待定", en: "because a payment dispute is being decided")
    case Delivery.weakReason:
      Phrase(zh: "因收款凭据较弱待核实", en: "because the word of the money is weak")
    case Delivery.outsideRefundReason:
      Phrase(
        zh: "因渠道通知有未经本系统的退款待核实",
        en: "because the gateway tells of a refund that was not made here")
    case Delivery.riskReason:
      Phrase(zh: "因风险待核实", en: "because of a risk to be checked")
    default: said(reason)
    }
  }

  private func failReason(_ reason: String) -> Phrase {
    switch reason {
    case "lease_ended": Phrase(zh: "领取后没有按时报告", en: "because the worker never reported")
    case Delivery.restoredReason, Delivery.restoredWeakReason:
      Phrase(
        zh: "数据已从备份恢复，不知此后是否已发出",
        en: "because the store was restored from a backup: the goods may be out")
    default: said(reason)
    }
  }

  private func said(_ text: String) -> Phrase {
    let quoted = EventWords.quoted(text)
    return Phrase(zh: "理由\(quoted.zh)", en: "saying \(quoted.en)")
  }

  func words(_ event: NotificationEvent) -> Phrase {
    switch event {
    case .received(let receipt, let gateway, _):
      Phrase(
        zh: "收到 \(FailureCause.shownCode(gateway)) 的通知 \(receipt)。",
        en: "Notice \(receipt) of \(FailureCause.shownCode(gateway)) came.")
    case .rejected(let receipt, let gateway, let reason):
      Phrase(
        zh: "拒收 \(FailureCause.shownCode(gateway)) 的通知 \(receipt)"
          + "（\(FailureCause.shownCode(reason))）。",
        en: "Notice \(receipt) of \(FailureCause.shownCode(gateway)) was refused"
          + " (\(FailureCause.shownCode(reason))).")
    case .parked(let receipt, let gateway, let number):
      Phrase(
        zh: "\(FailureCause.shownCode(gateway)) 的通知 \(receipt) 所指单号"
          + " \(FailureCause.shownCode(number)) 尚不存在，已留存。",
        en: "Notice \(receipt) of \(FailureCause.shownCode(gateway)) is kept: nothing is known"
          + " as \(FailureCause.shownCode(number)) yet.")
    }
  }

  func words(_ event: GatewayEvent, _ name: String) -> Phrase {
    let shown = FailureCause.shownCode(name)
    switch event {
    case .degraded:
      return Phrase(zh: "网关 \(shown) 连接异常。", en: "Gateway \(shown) is in trouble.")
    case .recovered:
      return Phrase(zh: "网关 \(shown) 已恢复。", en: "Gateway \(shown) has recovered.")
    case .missing(let open):
      return Phrase(
        zh: "配置中已没有网关 \(shown)，有 \(open) 笔支付或退款无法查询。",
        en: "Gateway \(shown) is not configured any more; \(open) payments and refunds cannot be"
          + " asked about.")
    }
  }
}
