import Domain

/// What a signed refusal means for a question. Only what is listed here ends something.
enum SandboxRefusals {
  enum Verdict: Hashable, Sendable {
    /// The sandbox does not know the number.
    case absent
    /// Nothing was begun and nothing will be.
    case final(String)
    /// The request contradicts what the sandbox holds under the same number; a query tells more.
    case contradiction(String)
    /// The trade stands beside the refusal.
    case standing
    /// The buyer's bank is at work.
    case processing
    /// The sandbox cannot do it now; the word is one of `FaultCode`.
    case trouble(String)
    case unlisted
  }

  static func verdict(_ code: SandboxCode, for operation: SandboxOperation) -> Verdict {
    switch (operation, code) {
    case (_, .broken): .trouble(FaultCode.broken)
    case (_, .rateLimited): .trouble(FaultCode.limited)
    case (.query, .tradeNotExist), (.close, .tradeNotExist): .absent
    case (.refundQuery, .tradeNotExist), (.refundQuery, .refundNotExist): .absent
    case (.close, .alreadyPaid): .standing
    case (.close, .tradeProcessing): .processing
    case (.create, .tradeExpired): .final("the payment's expiry has passed")
    case (.create, .badRequest), (.refund, .badRequest):
      .final("the sandbox does not understand the request")
    case (.disputeQuery, .tradeNotExist), (.disputeQuery, .disputeNotExist):
      .contradiction("the sandbox does not know the dispute")
    case (.query, .badRequest), (.close, .badRequest), (.refundQuery, .badRequest),
      (.disputeQuery, .badRequest):
      .contradiction("the sandbox does not understand the request")
    case (.create, .tradeConflict):
      .contradiction("the number belongs to a payment of another amount or method")
    case (.refund, .tradeNotExist): .final("the sandbox has no such payment")
    case (.refund, .notPaid): .final("there is no money to give back")
    case (.refund, .refundExceedsPaid): .final("the refunds would exceed what was paid")
    case (.refund, .refundCurrency): .final("the payment was made in another currency")
    case (.refund, .refundConflict):
      .contradiction("the number belongs to a refund of another amount")
    default: .unlisted
    }
  }
}
