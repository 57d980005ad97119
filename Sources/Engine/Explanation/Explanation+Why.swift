package import Domain
package import Store

extension Explanation {
  /// Why an order is in its state: the rule that held, facts with their proofs, what comes next.
  ///
  /// - Parameter events: all events of the order; they give facts their event ids and times.
  /// - Parameter checks: the planned questions about it (`checks(payments:refunds:disputes:)`).
  package static func why(
    _ aggregate: OrderAggregate, events: [LoggedEvent], checks: [PlannedCheck], now: Timestamp,
    zoneOffsetMinutes: Int64 = zoneOffsetDefaultMinutes
  ) -> WhyReport {
    let clock = ShopClock(now: now, offsetMinutes: zoneOffsetMinutes)
    let rule = DecidingRule(aggregate)
    let facts = WhyFacts(aggregate: aggregate, events: events.map(\.event), clock: clock)
    let steps = WhySteps(aggregate: aggregate, checks: checks, clock: clock)
    return WhyReport(
      payState: aggregate.order.payState, rule: rule.number,
      text: rule.words(aggregate),
      because: facts.deciding(rule) + facts.beside, next: steps.byItself,
      missing: steps.missing, people: steps.people)
  }
}

/// Which rule of the pay state held; they are numbered in the order in which they are tried.
enum DecidingRule: Int64, Hashable {
  case lostDispute = 1
  case differingCharge = 2
  case covered = 3
  case short = 4
  case undecided = 5
  case open = 6
  case cancelled = 7
  case expired = 8
  case nothing = 9

  var number: Int64 { rawValue }

  init(_ aggregate: OrderAggregate) {
    let order = aggregate.order
    switch order.payState {
    case .chargedBack: self = .lostDispute
    case .review, .refunded, .paid, .partiallyRefunded:
      let differs = aggregate.payments.contains {
        $0.isCharged && $0.isMismatched && !$0.isAccepted
      }
      if differs {
        self = .differingCharge
      } else {
        self = order.flags.contains(.short) ? .short : .covered
      }
    case .processing: self = .undecided
    case .awaiting: self = .open
    case .cancelled: self = .cancelled
    case .expired: self = .expired
    case .created: self = .nothing
    }
  }

  func words(_ aggregate: OrderAggregate) -> Phrase {
    let state = StateWords.of(aggregate.order.payState)
    let rule = ruleWords(aggregate)
    let words = Phrase(
      zh: "订单\(state.zh)，依据第 \(number) 条规则：\(rule.zh)。",
      en: "The order is \(state.en) by rule \(number): \(rule.en).")
    guard aggregate.order.flags.contains(.frozen) else { return words }
    return words
      + Phrase(
        zh: "订单已冻结，在人工处理之前不再变化。",
        en: "It is frozen and does not change until a person has looked.")
  }

  private func ruleWords(_ aggregate: OrderAggregate) -> Phrase {
    let due = AmountText(aggregate.order.amount)
    let taken = Charges(aggregate)?.total ?? Phrase(zh: "无", en: "nothing")
    let back = GivenBack(aggregate)?.total
    let given = Phrase(
      zh: back.map { "，已退 \($0.zh)" } ?? "", en: back.map { ", and \($0.en) went back" } ?? "")
    switch self {
    case .lostDispute:
      return Phrase(zh: "败诉的争议扣回了款项", en: "a lost dispute took the money")
    case .differingCharge:
      return Phrase(
        zh: "收款的金额或币种与所要求的不符，且未经两人接受（应付 \(due)，实收 \(taken.zh)\(given.zh)）",
        en: "a charge has another amount or currency than asked and is not accepted"
          + " (\(due) due, \(taken.en) taken\(given.en))")
    case .covered:
      return Phrase(
        zh: "收款足够应付金额（应付 \(due)，实收 \(taken.zh)\(given.zh)）",
        en: "the charges cover what is due (\(due) due, \(taken.en) taken\(given.en))")
    case .short:
      return Phrase(
        zh: "收款少于应付金额（应付 \(due)，实收 \(taken.zh)\(given.zh)）",
        en: "the charges are less than what is due (\(due) due, \(taken.en) taken\(given.en))")
    case .undecided:
      return Phrase(
        zh: "有支付已提交或正在关闭，结果未定",
        en: "a payment was sent or is being closed and its outcome is not known")
    case .open:
      return Phrase(
        zh: "有一笔支付开放，等待付款人", en: "a payment is open and waits for the buyer")
    case .cancelled:
      return Phrase(
        zh: "已要求取消，没有开放的支付，也没有收款",
        en: "cancelling was asked for, no payment is open and none took money")
    case .expired:
      return Phrase(
        zh: "付款期限已过，没有开放的支付，也没有收款",
        en: "its time is over, no payment is open and none took money")
    case .nothing:
      return Phrase(
        zh: "没有开放的支付，也没有收款", en: "no payment is open and none took money")
    }
  }
}
