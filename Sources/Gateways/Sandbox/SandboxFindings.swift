import Domain

/// The parts of answers and notices that say how a trade or a refund stands.
enum SandboxFindings {
  static let numberBytesMax = 64
  static let actionBytesMax = 1_024

  /// A body that says it is about what was asked, and then is not.
  struct Flaw: Error {
    let phrase: String
  }

  /// How a trade stands. Amounts are those of the sandbox.
  static func payment(_ trade: SandboxBody) throws(Flaw) -> PaymentSighting {
    guard let word = trade.text("status") else { throw Flaw(phrase: "its trade has no status") }
    guard let status = SandboxTradeStatus(rawValue: word) else { return .unrecognised(word) }
    switch status {
    case .waiting: return .unpaid(action: try action(trade))
    case .processing: return .processing(nil)
    case .paid, .refunded: return .paid(try capture(trade))
    case .failed:
      return .failed(
        Reason(code: "payment_failed", gatewayCode: word, text: "the buyer's payment failed"))
    case .closed:
      return .closed(Reason(code: "closed_at_gateway", gatewayCode: word, text: "it was closed"))
    }
  }

  /// How a refund stands.
  static func refund(_ refund: SandboxBody) throws(Flaw) -> RefundSighting {
    guard let word = refund.text("status") else { throw Flaw(phrase: "its refund has no status") }
    guard let status = SandboxRefundStatus(rawValue: word) else { return .unrecognised(word) }
    switch status {
    case .succeeded:
      guard let amount = refund.amount("amount") else {
        throw Flaw(phrase: "its refund has no amount")
      }
      return .succeeded(
        amount: amount, gatewayRefund: number(refund.text("refund_id")),
        at: refund.moment("refunded_at"))
    case .returned:
      return .returned(
        Reason(code: "refund_returned", gatewayCode: word, text: "the refund came back"))
    }
  }

  /// How a dispute stands.
  static func dispute(_ dispute: SandboxBody) throws(Flaw) -> DisputeSighting {
    guard let number = number(dispute.text("dispute_id")), let word = dispute.text("status"),
      let amount = dispute.amount("amount")
    else { throw Flaw(phrase: "its dispute lacks number, status or amount") }
    return DisputeSighting(
      gatewayDispute: number, status: DisputeStatus(rawValue: word),
      gatewayStatus: String(word.prefix(64)), amount: amount, reason: nil,
      dueAt: dispute.moment("due_at"))
  }

  private static func capture(_ trade: SandboxBody) throws(Flaw) -> Capture {
    guard let amount = trade.amount("paid") else { throw Flaw(phrase: "it names no amount paid") }
    guard let transaction = number(trade.text("trade_no")) else {
      throw Flaw(phrase: "its trade_no is missing or malformed")
    }
    return Capture(
      amount: amount, gatewayTransaction: transaction, paidAt: trade.moment("paid_at"))
  }

  private static func action(_ trade: SandboxBody) throws(Flaw) -> PaymentAction? {
    guard let action = trade.body("action") else { return nil }
    guard let kind = action.text("kind").flatMap({ PaymentAction.Kind(rawValue: $0) }),
      let value = action.text("value"), (1...actionBytesMax).contains(value.utf8.count),
      let expiresAt = action.moment("expires_at")
    else { throw Flaw(phrase: "its action is malformed") }
    return PaymentAction(kind: kind, value: value, expiresAt: expiresAt)
  }

  /// Visible ASCII of a sensible length.
  static func number(_ text: String?) -> String? {
    guard let text, (1...numberBytesMax).contains(text.utf8.count),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    return text
  }
}
