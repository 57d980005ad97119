import Domain

/// Events of disputes.
extension EventWords {
  func words(_ event: DisputeEvent, _ id: DisputeID) -> Phrase {
    let dispute = aggregate.dispute(id)
    let name = dispute.map { FailureCause.shownCode($0.gatewayDispute) } ?? id.text
    switch event {
    case .opened(let payment, let number, let state, let terms, let funds, _):
      let (channel, shown) = (channel(payment), FailureCause.shownCode(number))
      let (amount, words) = (AmountText(terms.amount), StateWords.of(state))
      let (money, tail) = (StateWords.of(funds), disputed(terms))
      return Phrase(
        zh: "\(channel.zh)通知支付争议 \(shown)，金额 \(amount)，\(words.zh)，\(money.zh)\(tail.zh)。",
        en: "\(channel.en.capitalizedFirst) told of dispute \(shown) over \(amount): \(words.en),"
          + " \(money.en)\(tail.en).")
    case .moved(let state, let terms, let funds, _):
      let (words, money, tail) = (StateWords.of(state), StateWords.of(funds), due(terms))
      return Phrase(
        zh: "支付争议 \(name) 变为\(words.zh)，\(money.zh)\(tail.zh)。",
        en: "Dispute \(name) is now \(words.en), \(money.en)\(tail.en).")
    case .updated(let terms, let funds, _):
      let (amount, money, tail) = (AmountText(terms.amount), StateWords.of(funds), due(terms))
      return Phrase(
        zh: "支付争议 \(name) 的事实有更新：金额 \(amount)，\(money.zh)\(tail.zh)。",
        en: "Facts of dispute \(name) changed: \(amount), \(money.en)\(tail.en).")
    case .due(let hours, let dueAt):
      let at = clock.full(dueAt)
      guard hours > 0 else {
        return Phrase(
          zh: "支付争议 \(name) 的答复期限 \(at) 已过。",
          en: "The time to answer dispute \(name), \(at), has passed.")
      }
      return Phrase(
        zh: "支付争议 \(name) 须在 \(at) 前答复，剩余不足 \(hours) 小时。",
        en: "Dispute \(name) needs an answer before \(at), within \(hours) hours.")
    case .attached(let attachment):
      let kind = StateWords.of(attachment.kind)
      return Phrase(
        zh: "为支付争议 \(name) 附上材料：\(kind.zh)，\(attachment.bytes) 字节。",
        en: "To dispute \(name) was attached: \(kind.en), \(attachment.bytes) bytes.")
    }
  }

  /// What the buyer or the bank says, and until when an answer is taken.
  private func disputed(_ terms: DisputeTerms) -> Phrase {
    let until = due(terms)
    guard let reason = terms.reason else { return until }
    let code = FailureCause.shownCode(reason.gatewayCode ?? reason.code)
    return Phrase(zh: "，理由代码 \(code)\(until.zh)", en: ", for \(code)\(until.en)")
  }

  private func due(_ terms: DisputeTerms) -> Phrase {
    guard let due = terms.dueAt else { return Phrase(zh: "", en: "") }
    let at = clock.full(due)
    return Phrase(zh: "，答复期限 \(at)", en: ", an answer is due before \(at)")
  }
}

extension StateWords {
  static func of(_ status: DisputeStatus) -> Phrase {
    switch status {
    case .warning: Phrase(zh: "调单询问中", en: "an inquiry")
    case .needsResponse: Phrase(zh: "等待商户答复", en: "waiting for the shop's answer")
    case .underReview: Phrase(zh: "裁定中", en: "under review")
    case .won: Phrase(zh: "已胜诉", en: "won")
    case .lost: Phrase(zh: "已败诉", en: "lost")
    case .warningClosed: Phrase(zh: "询问已结束", en: "closed as an inquiry")
    case .prevented: Phrase(zh: "已提前化解", en: "settled before it was a dispute")
    case .accepted: Phrase(zh: "商户已认可", en: "accepted by the shop")
    case .withdrawn: Phrase(zh: "买家已撤回", en: "withdrawn by the buyer")
    }
  }

  static func of(_ funds: DisputeFunds) -> Phrase {
    switch funds {
    case .none: Phrase(zh: "款项未动", en: "the money was not touched")
    case .withdrawn: Phrase(zh: "款项已被渠道划出", en: "the gateway took the money out")
    case .reinstated: Phrase(zh: "款项已退回本店", en: "the money came back")
    }
  }

  static func of(_ kind: DisputeEvidenceKind) -> Phrase {
    switch kind {
    case .receipt: Phrase(zh: "票据", en: "a receipt")
    case .deliveryProof: Phrase(zh: "交付凭证", en: "proof of delivery")
    case .communication: Phrase(zh: "沟通记录", en: "what was written")
    case .policy: Phrase(zh: "条款", en: "a policy")
    case .screenshot: Phrase(zh: "截图", en: "a screenshot")
    case .other: Phrase(zh: "其他材料", en: "something else")
    }
  }
}
