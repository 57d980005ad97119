import Domain
import Gateways
import JSON

/// What the sandbox says: the bodies of answers and notices, with the faults that change them.
///
/// Shape: see `SandboxAnswers` and `SandboxNotices`, which read them.
enum SandboxSpeech {
  /// A word that is in no table.
  private static let strangeStatus = "under_consideration"

  static func answer(
    _ outcome: SandboxDesk.Outcome, to operation: SandboxOperation, merchant: String,
    _ request: SandboxMerchantRequest, hand: inout FaultHand
  ) -> [UInt8] {
    var body = JSONObject([
      ("code", .string(outcome.code.rawValue)), ("operation", .string(operation.rawValue)),
      ("merchant", .string(merchant)),
    ])
    body["out_trade_no"] = request.outTradeNumber.map { .string($0) }
    body["refund_no"] = request.refundNumber.map { .string($0) }
    body["dispute_id"] = request.disputeNumber.map { .string($0) }
    if let dispute = outcome.dispute {
      body["dispute"] = .object(Self.dispute(dispute, hand: &hand))
    } else if let refund = outcome.refund {
      body["refund"] = .object(Self.refund(refund, hand: &hand))
    } else if let trade = outcome.trade, outcome.code == .ok || outcome.code == .alreadyPaid {
      body["trade"] = .object(Self.trade(trade, hand: &hand))
    }
    return JSONValue.object(body).bytes()
  }

  /// - Parameter refund: what the notice is about; nil where it is about the trade.
  static func notice(
    id: Int64, of trade: SandboxTrade, refund: SandboxRefund?, hand: inout FaultHand
  ) -> [UInt8] {
    var body = JSONObject([
      ("merchant", .string(trade.gateway)), ("notice_id", .string("SBN\(id)")),
      ("type", .string(refund == nil ? "trade" : "refund")),
      ("out_trade_no", .string(trade.outTradeNumber)),
    ])
    if let refund {
      body["refund_no"] = .string(refund.number)
      body["refund"] = .object(Self.refund(refund, hand: &hand))
    } else {
      body["trade"] = .object(Self.trade(trade, hand: &hand))
    }
    return JSONValue.object(body).bytes()
  }

  /// What became of a dispute.
  static func notice(
    id: Int64, of trade: SandboxTrade, dispute: SandboxDispute, hand: inout FaultHand
  ) -> [UInt8] {
    let body = JSONObject([
      ("merchant", .string(trade.gateway)), ("notice_id", .string("SBN\(id)")),
      ("type", .string("dispute")), ("out_trade_no", .string(trade.outTradeNumber)),
      ("dispute", .object(Self.dispute(dispute, hand: &hand))),
    ])
    return JSONValue.object(body).bytes()
  }

  private static func dispute(_ dispute: SandboxDispute, hand: inout FaultHand) -> JSONObject {
    let status = hand.strikes(.unknownStatus) ? strangeStatus : dispute.status.rawValue
    return JSONObject([
      ("dispute_id", .string(dispute.gatewayDispute)), ("status", .string(status)),
      ("amount", money(said(dispute.amount, hand: &hand))),
      ("due_at", .integer(dispute.dueAt.milliseconds)),
    ])
  }

  private static func trade(_ trade: SandboxTrade, hand: inout FaultHand) -> JSONObject {
    let status = hand.strikes(.unknownStatus) ? strangeStatus : trade.status.rawValue
    var object = JSONObject([
      ("trade_no", .string(trade.transaction)), ("status", .string(status)),
      ("amount", money(trade.amount)),
    ])
    object["paid"] = trade.paid.map { money(said($0, hand: &hand)) }
    object["paid_at"] = trade.paidAt.map { .integer($0.milliseconds) }
    if trade.status == .waiting { object["action"] = .object(action(trade)) }
    if let dispute = trade.dispute {
      object["dispute"] = .object(Self.dispute(dispute, hand: &hand))
    }
    return object
  }

  private static func refund(_ refund: SandboxRefund, hand: inout FaultHand) -> JSONObject {
    let status = hand.strikes(.unknownStatus) ? strangeStatus : refund.status.rawValue
    return JSONObject([
      ("refund_id", .string(refund.gatewayRefund)), ("status", .string(status)),
      ("amount", money(said(refund.amount, hand: &hand))),
      ("refunded_at", .integer(refund.refundedAt.milliseconds)),
    ])
  }

  /// What the buyer gets: a code to show or a page to go to. Nothing answers at either address.
  private static func action(_ trade: SandboxTrade) -> JSONObject {
    let isPage = trade.method.utf8.elementsEqual("redirect".utf8)
    let address = isPage ? "https://sandbox.invalid/pay/" : "sandbox://pay/"
    return JSONObject([
      ("kind", .string(isPage ? "redirect" : "qr")),
      ("value", .string(address + trade.transaction)),
      ("expires_at", .integer(trade.expiresAt.milliseconds)),
    ])
  }

  /// An amount of money moved, as the sandbox says it.
  private static func said(_ amount: Money, hand: inout FaultHand) -> Money {
    var said = amount
    if hand.strikes(.wrongAmount) {
      let (more, overflow) = amount.minor.addingReportingOverflow(1)
      said = Money(overflow ? amount.minor - 1 : more, amount.currency)
    }
    if hand.strikes(.wrongCurrency) { said = Money(said.minor, other(than: amount.currency)) }
    return said
  }

  private static func other(than currency: Currency) -> Currency {
    for code in ["USD", "EUR"] {
      if let other = Currency(code: code), other != currency { return other }
    }
    preconditionFailure("the currency table holds the dollar and the euro")
  }

  static func money(_ amount: Money) -> JSONValue {
    .object(
      JSONObject([
        ("currency", .string(amount.currency.code)), ("minor", .integer(amount.minor)),
      ]))
  }
}
