import Domain

/// What the two sides of a reconciliation differ in, in a few words.
enum DiscrepancyWords {
  static func of(_ event: DiscrepancyEvent) -> Phrase {
    switch event {
    case .opened(let facts): of(facts).after(zh: "对账发现差异：", en: "Reconciliation found: ")
    case .resolved(let how):
      of(how).after(zh: "对账差异已了结：", en: "The discrepancy is settled: ")
    case .proposed(let wish) where RuleID(actor: wish.by) != nil:
      of(wish.verb).after(zh: "规则建议，待人工确认：", en: "A rule proposes, a person must agree: ")
    case .proposed(let wish):
      of(wish.verb).after(zh: "差异处理待第二人确认：", en: "A second person must agree: ")
    case .adjudicated(let wish, _):
      of(wish.verb).after(zh: "差异处理结果：", en: "The discrepancy was decided: ")
    case .rejected:
      Phrase(zh: "差异处理方案被否决。", en: "A proposal about the discrepancy was turned down.")
    case .reopened: Phrase(zh: "差异重新打开。", en: "The discrepancy is open again.")
    case .escalated: Phrase(zh: "差异超时未处理。", en: "Nobody decided the discrepancy in time.")
    }
  }

  private static func of(_ verb: AdjudicationVerb) -> Phrase {
    switch verb {
    case .acceptGateway: Phrase(zh: "以渠道为准", en: "the gateway is right")
    case .acceptLocal: Phrase(zh: "以本地为准", en: "we are right")
    case .writeOff: Phrase(zh: "核销", en: "written off")
    case .moveToSuspense: Phrase(zh: "转入挂账", en: "kept apart")
    case .refundBuyer: Phrase(zh: "退还买家", en: "given back to the buyer")
    case .claimFromGateway: Phrase(zh: "向渠道索赔", en: "claimed from the gateway")
    case .mergeMatch: Phrase(zh: "与另一笔差异合并", en: "matched with another one")
    case .waitUntil: Phrase(zh: "等待后续账单", en: "the next statements are awaited")
    }
  }

  /// Amounts of two currencies are told, because no difference says them.
  private static func of(_ facts: DiscrepancyFacts) -> Phrase {
    let kind = of(facts.kind)
    if facts.kind == .exchangeUnexplained, facts.ours == nil, facts.expected == 0 {
      let half = AmountText(Money(facts.actual, facts.currency)).description
      return Phrase(
        zh: "换汇只有一半（\(half)），账单中没有对应的另一半",
        en: "half of an exchange (\(half)), the other half stands in no bill")
    }
    if facts.kind == .duplicateRow, facts.level > .machine, facts.difference != 0 {
      let before = AmountText(Money(facts.expected, facts.expectedCurrency)).description
      let now = AmountText(Money(facts.actual, facts.currency)).description
      return Phrase(
        zh: "其他账单已有这一行，金额为 \(before)，此处为 \(now)",
        en: "another statement has the row with \(before), this one with \(now)")
    }
    guard facts.difference == nil else { return kind }
    let ours = AmountText(Money(facts.expected, facts.expectedCurrency)).description
    let theirs = AmountText(Money(facts.actual, facts.currency)).description
    return Phrase(
      zh: "\(kind.zh)（本地 \(ours)，对方 \(theirs)）",
      en: "\(kind.en) (ours \(ours), theirs \(theirs))")
  }

  static func of(_ kind: DiscrepancyKind) -> Phrase { Phrase(zh: kind.textZH, en: kind.textEN) }

  static func of(_ resolution: DiscrepancyResolution) -> Phrase {
    switch resolution {
    case .filledBack: Phrase(zh: "已按账单补记", en: "the statement made it known")
    case .leftOut: Phrase(zh: "重复行已剔除", en: "the copy was left out")
    case .agrees: Phrase(zh: "双方已一致", en: "both sides agree now")
    case .adjudicated: Phrase(zh: "已由人工处理", en: "people decided")
    }
  }
}
