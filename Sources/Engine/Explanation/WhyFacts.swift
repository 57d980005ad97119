import Domain

/// The facts behind a state, each with the event that brought it and the proof of it.
struct WhyFacts {
  let aggregate: OrderAggregate
  /// Oldest first.
  let events: [Event]
  let clock: ShopClock

  private var order: Order { aggregate.order }
  private var words: EventWords { EventWords(aggregate: aggregate, clock: clock) }

  /// What decided the pay state; never empty.
  func deciding(_ rule: DecidingRule) -> [WhyFact] {
    let facts = candidates(rule)
    return facts.isEmpty ? [created] : facts
  }

  private func candidates(_ rule: DecidingRule) -> [WhyFact] {
    switch rule {
    case .lostDispute:
      return latest("order.charged_back", fact: "charged_back") + charges { _ in true }
    case .differingCharge:
      let differing = charges { $0.isMismatched && !$0.isAccepted }
      return differing + charges { !$0.isMismatched || $0.isAccepted } + refundsDone
    case .covered, .short:
      return charges { _ in true } + latest("order.accepted", fact: "accepted") + refundsDone
    case .undecided: return payments { $0.isOpen && $0 != .awaitingBuyer && $0 != .initial }
    case .open: return payments { $0.isOpen }
    case .cancelled:
      return latest("order.cancel_requested", fact: "cancel_requested") + ended
    case .expired: return latest("order.expired", fact: "expired") + ended
    case .nothing: return [created] + ended
    }
  }

  private var created: WhyFact {
    let event = events.first {
      if case .order(.created) = $0.body { true } else { false }
    }
    let due = AmountText(order.amount)
    return WhyFact(
      fact: "order_created",
      text: Phrase(
        zh: "订单于 \(clock.full(order.createdAt)) 创建，应付 \(due)。",
        en: "The order was made at \(clock.full(order.createdAt)) over \(due)."),
      at: order.createdAt, event: event?.id)
  }

  private func latest(_ type: String, fact: String) -> [WhyFact] {
    guard let event = events.last(where: { $0.body.type.utf8.elementsEqual(type.utf8) }) else {
      return []
    }
    return [
      WhyFact(fact: fact, text: words.words(event.body), at: event.at, event: event.id)
    ]
  }
}

// MARK: Payments

extension WhyFacts {
  private func charges(where isWanted: (Payment) -> Bool) -> [WhyFact] {
    aggregate.payments.filter { $0.isCharged && isWanted($0) }.compactMap(charge)
  }

  private func charge(_ payment: Payment) -> WhyFact? {
    guard let charge = Charge(payment) else { return nil }
    let event = lastEvent(of: payment.id) { body in
      if case .succeeded = body { true } else { false }
    }
    let differs =
      payment.isMismatched
      ? Phrase(
        zh: "，与要求的 \(AmountText(payment.amount)) 不符\(payment.isAccepted ? "（已接受）" : "")",
        en: ", not the \(AmountText(payment.amount)) that was asked"
          + "\(payment.isAccepted ? " (accepted)" : "")") : nil
    let late =
      payment.isLate
      ? Phrase(zh: "，在支付结束之后", en: ", after the payment had ended") : nil
    let at = clock.full(charge.at)
    var fact = WhyFact(
      fact: payment.isMismatched ? "charge_differs" : "charge",
      text: Phrase(
        zh: "\(charge.channel.zh)于 \(at) 收款 \(charge.amount)\(differs?.zh ?? "")\(late?.zh ?? "")。",
        en: "\(charge.channel.en.capitalizedFirst) took \(charge.amount) at \(at)"
          + "\(differs?.en ?? "")\(late?.en ?? "")."),
      at: event?.at ?? charge.at)
    fact.payment = payment.id
    fact.event = event?.id
    fact.evidence = notes(payment.evidence, says: "\(charge.amount) taken")
    return fact
  }

  private func payments(where isWanted: (PaymentState) -> Bool) -> [WhyFact] {
    aggregate.payments.filter { isWanted($0.state) }.map(payment)
  }

  /// Payments that ended without money, with what proves it.
  private var ended: [WhyFact] {
    payments { $0 == .closed || $0 == .failed || $0 == .reversed }
  }

  private func payment(_ payment: Payment) -> WhyFact {
    let event = lastEvent(of: payment.id) { body in
      if case .resolveProposed = body { false } else { true }
    }
    let (channel, state) = (Channel(payment), StateWords.of(payment.state))
    let tail = EventWords.tail(payment.reason)
    var fact = WhyFact(
      fact: "payment_\(payment.state.rawValue)",
      text: Phrase(
        zh: "\(channel.zh)支付 \(AmountText(payment.amount))，\(state.zh)\(tail.zh)。",
        en: "Payment of \(AmountText(payment.amount)) by \(channel.en), \(state.en)\(tail.en)."),
      at: event?.at ?? payment.closedAt ?? payment.submittedAt ?? payment.createdAt)
    fact.payment = payment.id
    fact.event = event?.id
    fact.evidence = notes(payment.evidence, says: payment.state.rawValue)
    return fact
  }

  private func lastEvent(of id: PaymentID, _ isWanted: (PaymentEvent) -> Bool) -> Event? {
    events.last { event in
      guard case .payment(id, let body) = event.body else { return false }
      return isWanted(body)
    }
  }

  /// The newest proof first: it brought the state.
  private func notes(_ evidence: [Evidence], says: String) -> [EvidenceNote] {
    var notes: [EvidenceNote] = []
    for proof in evidence.reversed() {
      notes.append(EvidenceNote(proof, says: notes.isEmpty ? says : nil))
    }
    return notes
  }
}

// MARK: Refunds, goods, marks

extension WhyFacts {
  private var refundsDone: [WhyFact] {
    aggregate.refunds.filter { $0.state == .succeeded }.map(refund)
  }

  /// What stands beside the pay state: other refunds, delivery, risk, dispute, marks.
  var beside: [WhyFact] {
    let refunds = aggregate.refunds.filter { $0.state != .succeeded }.map(refund)
    return refunds + [delivery] + risk + dispute + marks + attention
  }

  private func refund(_ refund: Refund) -> WhyFact {
    let event = events.last { event in
      if case .refund(refund.id, _) = event.body { true } else { false }
    }
    let (amount, state) = (AmountText(refund.amount), StateWords.of(refund.state))
    let tail =
      refund.state == .rejected
      ? said(refund.reason) : EventWords.tail(refund.reason, ofRefund: true)
    var fact = WhyFact(
      fact: "refund_\(refund.state.rawValue)",
      text: Phrase(
        zh: "退款 \(amount)，\(state.zh)\(tail.zh)。",
        en: "Refund of \(amount), \(state.en)\(tail.en)."),
      at: event?.at ?? refund.finishedAt ?? refund.createdAt)
    fact.payment = refund.payment
    fact.refund = refund.id
    fact.event = event?.id
    fact.evidence = notes(refund.evidence, says: refund.state.rawValue)
    return fact
  }

  /// Behind a refusal stands what the person who refused wrote.
  private func said(_ reason: Reason?) -> Phrase {
    guard let reason else { return Phrase(zh: "", en: "") }
    let quoted = EventWords.quoted(reason.text)
    return Phrase(zh: "，理由\(quoted.zh)", en: ", saying \(quoted.en)")
  }

  private var delivery: WhyFact {
    let state = StateWords.of(order.deliveryState)
    let event = events.last { event in
      if case .delivery = event.body { true } else { false }
    }
    let last = event.map { words.words($0.body) }
    return WhyFact(
      fact: "delivery_\(order.deliveryState.rawValue)",
      text: Phrase(
        zh: "发放：\(state.zh)。\(last?.zh ?? "")", en: "Delivery: \(state.en). \(last?.en ?? "")"
      )
      .trimmed,
      at: event?.at, event: event?.id)
  }

  private var risk: [WhyFact] {
    guard order.riskState != .clear else { return [] }
    let event = events.last { event in
      switch event.body {
      case .order(.held), .order(.unheld): true
      default: false
      }
    }
    let (state, last) = (StateWords.of(order.riskState), event.map { words.words($0.body) })
    return [
      WhyFact(
        fact: "risk_\(order.riskState.rawValue)",
        text: Phrase(
          zh: "风险：\(state.zh)。\(last?.zh ?? "")", en: "Risk: \(state.en). \(last?.en ?? "")"
        )
        .trimmed,
        at: event?.at, event: event?.id)
    ]
  }

  private var dispute: [WhyFact] {
    aggregate.disputes.map(fact)
  }

  private func fact(_ dispute: Dispute) -> WhyFact {
    let event = events.last { event in
      if case .dispute(dispute.id, _) = event.body { true } else { false }
    }
    let state = StateWords.of(dispute.state)
    let (amount, money) = (AmountText(dispute.terms.amount), StateWords.of(dispute.funds))
    let name = FailureCause.shownCode(dispute.gatewayDispute)
    var (zh, en) = (
      "支付争议 \(name)，\(amount)，\(state.zh)，\(money.zh)",
      "Dispute \(name) over \(amount): \(state.en), \(money.en)"
    )
    if dispute.state.awaitsUs, let due = dispute.terms.dueAt {
      zh += "，答复期限 \(words.clock.full(due))"
      en += ", an answer is due before \(words.clock.full(due))"
    }
    var fact = WhyFact(
      fact: "dispute_\(dispute.state.rawValue)", text: Phrase(zh: zh + "。", en: en + "."),
      at: event?.at ?? dispute.openedAt)
    fact.payment = dispute.payment
    fact.event = event?.id
    fact.evidence = notes(dispute.evidence, says: dispute.state.rawValue)
    return fact
  }

  private var marks: [WhyFact] {
    MarkWords.of(order.flags).map { mark in
      WhyFact(
        fact: "flag_\(mark.code)",
        text: Phrase(zh: "标记：\(mark.words.zh)。", en: "Mark: \(mark.words.en)."))
    }
  }

  private var attention: [WhyFact] {
    order.attention.map { code in
      let event = events.last { event in
        guard case .attention(.raised(let raised, _)) = event.body else { return false }
        return raised.utf8.elementsEqual(code.utf8)
      }
      let words = MarkWords.ofAttention(code)
      return WhyFact(
        fact: "attention_\(code)",
        text: Phrase(zh: "需要人工：\(words.zh)。", en: "For a person: \(words.en)."),
        at: event?.at, event: event?.id)
    }
  }
}

extension Phrase {
  /// Without a blank at the end of the English text.
  fileprivate var trimmed: Phrase {
    en.utf8.last == UInt8(ascii: " ") ? Phrase(zh: zh, en: String(en.dropLast())) : self
  }
}
