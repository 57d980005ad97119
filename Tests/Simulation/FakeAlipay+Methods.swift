import Chance
import Domain

/// What the gateway does with a request that reached it, and what it truthfully answers.
extension FakeAlipay {
  func carryOut(_ call: AlipayCall, at now: Int64) -> AlipaySpeech {
    settle(call.number, at: now)
    switch call.method {
    case "alipay.trade.precreate": return precreate(call, at: now)
    case "alipay.trade.query": return query(call, at: now)
    case "alipay.trade.close": return close(call, at: now)
    case "alipay.trade.refund": return refund(call, at: now)
    case "alipay.trade.fastpay.refund.query": return refundQuery(call, at: now)
    case Self.billMethod: return billAddress(call, at: now)
    default: return .refusal(call.method, "isv.unknown-method")
    }
  }

  private func number(_ call: AlipayCall) -> (String, String) { ("out_trade_no", call.number) }

  private func precreate(_ call: AlipayCall, at now: Int64) -> AlipaySpeech {
    if temper.strike(.create) == .createRefused {
      temper.note(.createRefused)
      return .refusal(call.method, "ACQ.SELLER_BEEN_BLOCKED", .refused)
    }
    if trades[call.number] != nil, temper.strikes(.codeGivenOnce) {
      temper.note(.codeGivenOnce)
      return .refusal(call.method, "ACQ.APPLY_PC_MERCHANT_CODE_ERROR", .begunBefore)
    }
    if trades[call.number] == nil {
      let expiry = CivilTime.read(call.text("time_expire"), offsetMinutes: 480)?.milliseconds
      make(call.number, asked: call.fen("total_amount"), expiresAt: expiry ?? now)
    }
    guard let trade = trade(call.number), trade.asked == call.fen("total_amount") else {
      return .refusal(call.method, "ACQ.CONTEXT_INCONSISTENT")
    }
    if temper.strikes(.noticeEarly) {
      temper.note(.noticeEarly)
      pay(call.number, at: now)
    }
    return .success(
      call.method, [number(call), ("qr_code", "https://qr.alipay.com/\(call.number)")], .unpaid)
  }

  private func query(_ call: AlipayCall, at now: Int64) -> AlipaySpeech {
    guard let trade = trade(call.number), trade.status != .code, now >= amnesiaUntil else {
      return .refusal(call.method, "ACQ.TRADE_NOT_EXIST", .absent)
    }
    var members = [number(call), ("total_amount", Self.yuan(trade.asked))]
    switch trade.status {
    case .waiting: return .success(
      call.method, members + [("trade_no", trade.transaction), ("trade_status", "WAIT_BUYER_PAY")],
      .unpaid)
    case .closed, .code:
      return .success(
        call.method, members + [("trade_no", trade.transaction), ("trade_status", "TRADE_CLOSED")],
        .closed)
    case .paid:
      members += [
        ("trade_no", trade.transaction), ("send_pay_date", Self.time(trade.paidAt)),
        ("receipt_amount", Self.yuan(trade.taken)),
      ]
      guard trade.given >= trade.taken else {
        return .success(
          call.method, members + [("trade_status", "TRADE_SUCCESS")],
          .paid(minor: trade.taken, currency: "CNY", transaction: trade.transaction))
      }
      return .success(
        call.method, members + [("trade_status", "TRADE_CLOSED")],
        .reversed(minor: trade.taken, currency: "CNY", transaction: trade.transaction))
    }
  }

  private func close(_ call: AlipayCall, at now: Int64) -> AlipaySpeech {
    guard let trade = trade(call.number), trade.status != .code, now >= amnesiaUntil else {
      return .refusal(call.method, "ACQ.TRADE_NOT_EXIST", .absent)
    }
    let done = AlipaySpeech.success(
      call.method, [number(call), ("trade_no", trade.transaction)], nil)
    guard trade.status == .waiting else {
      return trade.status == .closed
        ? .refusal(call.method, "ACQ.TRADE_HAS_CLOSE")
        : .refusal(call.method, "ACQ.TRADE_STATUS_ERROR")
    }
    let lie = temper.strike(.close)
    if let lie { temper.note(lie) }
    switch lie {
    case .closeLie: return done
    case .closeRefused: return .refusal(call.method, "ACQ.NOT_TODAY")
    case .paidOnClose:
      pay(call.number, at: now)
      return .refusal(call.method, "ACQ.TRADE_STATUS_ERROR")
    case .paidAfterClose:
      let delay = random.next(in: 1000...72_000_000)
      later(delay) { self.pay(call.number, at: now + delay, isForced: true) }
    default: break
    }
    change(call.number) { $0.status = .closed }
    return done
  }

  /// Like many gateways it does not add up what it gives back: the shop must.
  private func refund(_ call: AlipayCall, at now: Int64) -> AlipaySpeech {
    let lie = temper.strike(.refund)
    guard let trade = trade(call.number), trade.status == .paid else {
      return .refusal(call.method, "ACQ.TRADE_STATUS_ERROR", .refundRefused(call.refundNumber))
    }
    if lie == .refundRefused {
      temper.note(.refundRefused)
      return .refusal(
        call.method, "ACQ.SELLER_BALANCE_NOT_ENOUGH", .refundRefused(call.refundNumber))
    }
    let minor = call.fen("refund_amount")
    let known = trade.refunds.first { $0.number == call.refundNumber }
    if let known, known.minor != minor {
      return .refusal(
        call.method, "ACQ.DISCORDANT_REPEAT_REQUEST", .refundRefused(call.refundNumber))
    }
    if known == nil {
      let refund = Refund(
        number: call.refundNumber, minor: minor, madeAt: now, shownFrom: now)
      change(call.number) { $0.refunds.append(refund) }
    }
    if let lie { return lieAboutRefund(lie, call, at: now) }
    own(call)
    return refundAnswer(call, hasMoved: known == nil)
  }

  private func own(_ call: AlipayCall) {
    change(call.number) { trade in
      for index in trade.refunds.indices where trade.refunds[index].number == call.refundNumber {
        trade.refunds[index].isDisowned = false
      }
    }
  }

  private func refundAnswer(_ call: AlipayCall, hasMoved: Bool) -> AlipaySpeech {
    .success(
      call.method,
      [
        number(call), ("fund_change", hasMoved ? "Y" : "N"),
        ("refund_fee", Self.yuan(trade(call.number)?.given ?? 0)),
      ], hasMoved ? .refunded(call.refundNumber) : nil)
  }

  private func lieAboutRefund(
    _ lie: Behaviour, _ call: AlipayCall, at now: Int64
  ) -> AlipaySpeech {
    temper.note(lie)
    switch lie {
    case .refundRefusalLie:
      change(call.number) { trade in
        for index in trade.refunds.indices where trade.refunds[index].number == call.refundNumber {
          trade.refunds[index].isDisowned = true
        }
      }
      return .refusal(
        call.method, "ACQ.SELLER_BALANCE_NOT_ENOUGH", .refundRefused(call.refundNumber))
    case .refundErrorAfter: return .refusal(call.method, "ACQ.SYSTEM_ERROR")
    case .refundSumLess:
      var speech = refundAnswer(call, hasMoved: true)
      speech.set("refund_fee", AlipaySpeech.quoted(Self.yuan(max(0, call.fen("refund_amount") - 1))))
      speech.statement = nil
      return speech
    default: return refundAnswer(call, hasMoved: false)
    }
  }

  private func refundQuery(_ call: AlipayCall, at now: Int64) -> AlipaySpeech {
    let nothing = AlipaySpeech.success(call.method, [], nil)
    guard let trade = trade(call.number), now >= amnesiaUntil else {
      return .refusal(call.method, "ACQ.TRADE_NOT_EXIST", .absent)
    }
    guard let refund = trade.refunds.first(where: { $0.number == call.refundNumber }),
      now >= refund.shownFrom
    else { return nothing }
    var speech = AlipaySpeech.success(
      call.method,
      [
        number(call), ("out_request_no", refund.number), ("refund_status", "REFUND_SUCCESS"),
        ("refund_amount", Self.yuan(refund.minor)),
      ], .refunded(refund.number))
    guard let lie = temper.strike(.refundQuery) else { return speech }
    temper.note(lie)
    switch lie {
    case .refundHidden:
      change(call.number) { trade in
        for index in trade.refunds.indices where trade.refunds[index].number == refund.number {
          trade.refunds[index].shownFrom = now + 3_600_000
        }
      }
      return nothing
    case .refundDenied: return nothing
    case .refundOtherAmount:
      speech.set("refund_amount", AlipaySpeech.quoted(Self.yuan(refund.minor + 1)))
    case .refundOtherNumber: speech.set("out_request_no", AlipaySpeech.quoted("R0"))
    default: speech.set("refund_status", AlipaySpeech.quoted("REFUND_MAYBE"))
    }
    speech.statement = nil
    return speech
  }

  static func yuan(_ fen: Int64) -> String {
    "\(fen / 100).\(fen % 100 < 10 ? "0" : "")\(fen % 100)"
  }

  /// Beijing time.
  static func time(_ milliseconds: Int64) -> String {
    let civil = CivilTime(Timestamp(milliseconds: milliseconds), offsetMinutes: 480)
    return "\(civil.dateText) \(civil.timeText)"
  }
}
