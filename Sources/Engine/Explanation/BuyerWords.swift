import Domain

/// What the buyer is told: one definite statement, then what follows from it for them.
struct BuyerWords {
  let aggregate: OrderAggregate
  let checks: [Explanation.PlannedCheck]
  let clock: ShopClock

  private var order: Order { aggregate.order }
  private var due: AmountText { AmountText(order.amount) }
  private var number: String { order.number }

  func sentence(_ situation: Situation) -> Phrase {
    var parts: [Phrase] = []
    // Whoever was asked for real money as well must not read that there is none.
    if order.flags.contains(.test), aggregate.payments.allSatisfy(\.isAtSandbox) {
      parts.append(
        Phrase(zh: "【测试订单，不涉及真实资金】", en: "[Test order, no real money]"))
    }
    parts.append(main(situation))
    parts += after(situation)
    return Phrase.sentences(parts)
  }

  private func main(_ situation: Situation) -> Phrase {
    switch situation {
    case .created(let facts): created(facts)
    case .awaiting(let facts, let open): awaiting(facts, open)
    case .processing(_, let open): processing(open)
    case .expired(let facts): expired(facts)
    case .cancelled(let facts): cancelled(facts)
    case .review(let charges): review(charges)
    case .paid(let charges): paid(charges)
    case .partiallyRefunded(let charges, let given): partiallyRefunded(charges, given)
    case .refunded(let charges, let given): refunded(charges, given)
    case .chargedBack(let charges): chargedBack(charges)
    case .frozen(let charges): frozen(charges)
    case .unproven: unproven
    }
  }

  private func after(_ situation: Situation) -> [Phrase] {
    let clauses = BuyerClauses(aggregate: aggregate, checks: checks, clock: clock)
    switch situation {
    case .created, .awaiting, .processing, .expired, .cancelled:
      return clauses.reversals + clauses.strandedDelivery
    case .review: return clauses.refunds(withDone: true) + clauses.dispute
    case .paid(let charges):
      return clauses.lateness(charges) + clauses.excess + clauses.refunds(withDone: true)
        + clauses.delivery + clauses.dispute
    case .partiallyRefunded(let charges, _):
      return clauses.lateness(charges) + clauses.excess + clauses.refunds(withDone: false)
        + clauses.delivery + clauses.dispute
    case .refunded: return clauses.refunds(withDone: false) + clauses.delivery + clauses.dispute
    case .chargedBack: return clauses.refunds(withDone: true) + clauses.delivery
    case .frozen, .unproven: return []
    }
  }
}

// MARK: Before the money

extension BuyerWords {
  private func created(_ facts: DueFacts) -> Phrase {
    let until = clock.moment(facts.expiresAt)
    guard clock.now < facts.expiresAt else { return overdue(until) }
    let start = Phrase(
      zh: "订单 \(number) 待支付，应付 \(due)，请在 \(until) 前选择支付方式付款。",
      en: "Order \(number) is not paid yet: \(due) is due. Please choose a way to pay"
        + " before \(until).")
    guard let cause = facts.lastFailure else { return start }
    return start
      + Phrase(
        zh: "上一次支付未成功：\(cause.words.zh)。",
        en: "The last try did not succeed: \(cause.words.en).")
      + cause.buyerAdvice
  }

  private func overdue(_ until: MomentText) -> Phrase {
    Phrase(
      zh: "订单 \(number)（应付 \(due)）的付款期限 \(until) 已过，正在结束，请不要再付款。",
      en: "The time to pay \(due) for order \(number) ended at \(until); the order is being ended."
        + " Please do not pay any more.")
  }

  private func awaiting(_ facts: DueFacts, _ open: OpenFacts) -> Phrase {
    let until = clock.moment(facts.expiresAt)
    guard clock.now < facts.expiresAt else { return overdue(until) }
    let (channel, check) = (open.channel, open.check.words(open.channel))
    let start = Phrase(
      zh: "订单 \(number) 待支付，应付 \(open.asked)，请在 \(until) 前使用\(channel.zh)完成付款。",
      en: "Order \(number) is not paid yet: \(open.asked) is due. Please pay with \(channel.en)"
        + " before \(until).")
    let next = Phrase(
      zh: "如您已经付款，请勿重复支付：\(check.zh)。",
      en: "If you have paid already, do not pay again: \(check.en).")
    return open.stage == .long ? start + next + claim : start + next
  }

  private func processing(_ open: OpenFacts) -> Phrase {
    let (why, check) = (reason(open), open.check.words(open.channel))
    let start = Phrase(
      zh: "订单 \(number) 的付款 \(open.asked) 处理中：\(why.zh)；\(check.zh)。",
      en: "The payment of \(open.asked) for order \(number) is being processed:"
        + " \(why.en); \(check.en).")
    let again =
      open.payment.state == .closing
      ? Phrase(zh: "请不要再支付这一笔。", en: "Please do not pay this one any more.")
      : Phrase(zh: "请勿重复付款。", en: "Please do not pay again.")
    let waited = open.waited.words
    let slow = Phrase(
      zh: "已等待 \(waited.zh)，尚无最终结果。", en: "This has taken \(waited.en) so far.")
    switch open.stage {
    case .fresh: return start + again
    case .slow: return start + slow + again
    case .long: return start + slow + again + claim
    }
  }

  private func reason(_ open: OpenFacts) -> Phrase {
    let channel = open.channel
    let cause = open.payment.reason.map { FailureCause.of($0).words }
    let known = cause.map { Phrase(zh: "（\($0.zh)）", en: " (\($0.en))") }
    switch open.payment.state {
    case .processing:
      return Phrase(
        zh: "\(channel.zh)正在处理这笔付款\(known?.zh ?? "")",
        en: "\(channel.en) is working on it\(known?.en ?? "")")
    case .unknown:
      return Phrase(
        zh: "还没有得到\(channel.zh)对这笔支付的确认\(known?.zh ?? "")",
        en: "\(channel.en) has not confirmed it yet\(known?.en ?? "")")
    case .stale:
      let since = clock.moment(open.payment.createdAt)
      return Phrase(
        zh: "\(channel.zh)自 \(since) 起没有给出最终结果",
        en: "\(channel.en) has given no final answer since \(since)")
    case .closing:
      let cause = StateWords.of(open.payment.closingCause ?? .requested)
      return Phrase(
        zh: "\(cause.zh)，正在请\(channel.zh)证实这笔支付已关闭且未扣款",
        en: "\(cause.en), and \(channel.en) has to prove that it is closed and unpaid")
    case .initial, .submitted, .awaitingBuyer, .closed, .failed, .succeeded, .reversed:
      return Phrase(
        zh: "正在等待\(channel.zh)受理这笔支付", en: "\(channel.en) is being asked to begin it")
    }
  }

  /// What to do after a long wait, or where the buyer's account says otherwise.
  private var claim: Phrase {
    Phrase(
      zh: "如果您的账户显示已扣款，请在“我已付款”页面提交订单号和付款凭证，以便核实。",
      en: "If your account shows the payment, send the order number and proof of payment with the"
        + " \"I paid\" form so that it can be verified.")
  }

  private func expired(_ facts: EndedFacts) -> Phrase {
    let (at, proof) = (clock.moment(facts.at), proof(facts))
    let start = Phrase(
      zh: "订单 \(number) 已于 \(at) 过期，应付 \(due) 未收到。\(proof.zh)如仍需购买，请重新下单。",
      en: "Order \(number) expired at \(at); \(due) was due and has not come. \(proof.en)"
        + " If you still want it, please order again.")
    return facts.proofs.isEmpty ? start : start + claim
  }

  private func cancelled(_ facts: EndedFacts) -> Phrase {
    let at = clock.moment(facts.at)
    let start = Phrase(
      zh: "订单 \(number)（\(due)）已取消，取消时间 \(at)。\(proof(facts).zh)",
      en: "Order \(number) over \(due) was cancelled at \(at). \(proof(facts).en)")
    return facts.proofs.isEmpty ? start : start + claim
  }

  private func proof(_ facts: EndedFacts) -> Phrase {
    guard facts.hadPayments else {
      return Phrase(zh: "没有发起过支付。", en: "No payment was begun.")
    }
    guard !facts.proofs.isEmpty else {
      return Phrase(zh: "本店没有持有款项。", en: "The shop holds no money for it.")
    }
    let said = Phrase.listed(
      facts.proofs.map { proof in
        let at = clock.moment(proof.at)
        return Phrase(
          zh: "\(proof.channel.zh)已于 \(at) 确认没有扣款",
          en: "\(proof.channel.en) confirmed at \(at) that nothing was taken")
      })
    return Phrase(zh: said.zh + "。", en: said.en + ".")
  }
}

// MARK: With the money

extension BuyerWords {
  private func review(_ charges: Charges) -> Phrase {
    let (got, total) = (charges.received(clock), charges.total)
    return Phrase(
      zh: "订单 \(number) 的款项已到，金额核对中：应付 \(due)，实收 \(total.zh)，\(got.zh)。"
        + "请勿重复付款，需要工作人员核对后才能继续。",
      en: "Money for order \(number) has come and is being reviewed: \(due) was due and"
        + " \(total.en) came, \(got.en). Please do not pay again; a person of the shop has to"
        + " decide.")
  }

  private func paid(_ charges: Charges) -> Phrase {
    let (got, total) = (charges.received(clock), charges.total)
    let accepted =
      order.flags.contains(.forced)
      ? Phrase(
        zh: "（应付 \(due)，本店已按实收金额确认）", en: " (\(due) was due; the shop accepted this)")
      : nil
    return Phrase(
      zh: "订单 \(number) 已完成支付，金额 \(total.zh)\(accepted?.zh ?? "")，\(got.zh)。",
      en: "Order \(number) is paid: \(total.en)\(accepted?.en ?? ""), \(got.en).")
  }

  private func partiallyRefunded(_ charges: Charges, _ given: GivenBack) -> Phrase {
    let (total, back, at) = (charges.total, given.total, clock.moment(given.at))
    return Phrase(
      zh: "订单 \(number) 已部分退款：实收 \(total.zh)，已退 \(back.zh)，"
        + "最近一次由\(given.channel.zh)于 \(at) 确认。",
      en: "Order \(number) is partially refunded: of \(total.en) taken, \(back.en) went back;"
        + " \(given.channel.en) confirmed the last refund at \(at).")
  }

  private func refunded(_ charges: Charges, _ given: GivenBack) -> Phrase {
    let (total, back, at) = (charges.total, given.total, clock.moment(given.at))
    let itself =
      order.flags.contains(.autoRefunded)
      ? Phrase(zh: "由渠道自动", en: " by the gateway itself") : nil
    return Phrase(
      zh: "订单 \(number) 的款项已\(itself?.zh ?? "")全额退回：实收 \(total.zh)，已退 \(back.zh)，"
        + "\(given.channel.zh)于 \(at) 确认退款成功，款项按原支付方式退回。",
      en: "The money of order \(number) was given back in full\(itself?.en ?? ""):"
        + " \(total.en) taken, \(back.en) given back; \(given.channel.en) confirmed it at \(at)."
        + " It goes back the way it was paid.")
  }

  private func chargedBack(_ charges: Charges) -> Phrase {
    let (total, channel) = (charges.total, charges.first.channel)
    let lost = AmountText(Money(order.chargedBack, order.amount.currency)).description
    guard order.chargedBack == 0 || total.en.utf8.elementsEqual(lost.utf8) else {
      return Phrase(
        zh: "订单 \(number) 实收 \(total.zh)，其中 \(lost) 已因支付争议被\(channel.zh)扣回，"
          + "本店不再持有扣回的款项。如有疑问，请凭订单号联系客服。",
        en: "Of the \(total.en) taken for order \(number), \(lost) was taken back by"
          + " \(channel.en) after a payment dispute; the shop no longer holds that part."
          + " If this is wrong, ask support with the order number.")
    }
    return Phrase(
      zh: "订单 \(number) 的款项 \(total.zh) 已因支付争议被\(channel.zh)扣回，"
        + "本店不再持有这笔款项。如有疑问，请凭订单号联系客服。",
      en: "The money of order \(number), \(total.en), was taken back by"
        + " \(channel.en) after a payment dispute; the shop no longer holds it."
        + " If this is wrong, ask support with the order number.")
  }

  private func frozen(_ charges: Charges?) -> Phrase {
    let stopped = Phrase(
      zh: "订单 \(number)（应付 \(due)）已暂停自动处理，需要工作人员核对。",
      en: "Order \(number) over \(due) is stopped until a person of the shop has checked it.")
    let never = Phrase(zh: "请勿重复付款。", en: "Please do not pay again.")
    guard let charges else {
      return stopped + Phrase(zh: "目前没有收款记录。", en: "No money has been recorded so far.")
        + never
    }
    let (got, total) = (charges.received(clock), charges.total)
    return stopped
      + Phrase(
        zh: "已收到您的款项 \(total.zh)，\(got.zh)。",
        en: "Your money is recorded: \(total.en), \(got.en).")
      + never
  }

  private var unproven: Phrase {
    Phrase(
      zh: "订单 \(number)（应付 \(due)）的记录不完整，需要工作人员核对，请勿重复付款。",
      en: "The records of order \(number) over \(due) are not complete; a person of the shop has"
        + " to check them. Please do not pay again.")
  }
}
