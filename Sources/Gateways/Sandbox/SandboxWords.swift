// Words that the adapter and the sandbox's bank share. What the adapter does not find here it
// reports as unrecognised.

/// What a request to the sandbox asks for; also the last part of its URL.
package enum SandboxOperation: String, Sendable, CaseIterable {
  case create
  case query
  case close
  case refund
  case refundQuery = "refund_query"
  case disputeQuery = "dispute_query"
  case check
}

/// Where a trade stands in the sandbox's books.
package enum SandboxTradeStatus: String, Sendable, CaseIterable {
  /// Opened, not paid. Past its expiry it stays so until somebody closes it.
  case waiting
  /// The buyer has paid and the bank is not done.
  case processing
  case paid
  /// Paid, and all of it was given back.
  case refunded
  /// The buyer's try failed for good.
  case failed
  /// Closed without money.
  case closed
}

/// Where a refund stands in the sandbox's books.
package enum SandboxRefundStatus: String, Sendable, CaseIterable {
  case succeeded
  /// It had succeeded, then the money came back to the merchant.
  case returned
}

/// The sandbox's verdict on a request, the `code` of every answer.
package enum SandboxCode: String, Sendable, CaseIterable {
  case ok
  /// The request is not of the form its operation wants.
  case badRequest = "bad_request"
  /// No account of this name. Not signed: there is no key.
  case unknownMerchant = "unknown_merchant"
  /// The request's signature is not by the account's key.
  case badSignature = "bad_signature"
  /// The request's time is too far from the sandbox's.
  case clockOff = "clock_off"
  case rateLimited = "rate_limited"
  /// The sandbox itself is broken: its books cannot be written.
  case broken
  case tradeNotExist = "trade_not_exist"
  /// The number belongs to a trade of another amount or method.
  case tradeConflict = "trade_conflict"
  /// It was asked to open a trade whose expiry has passed.
  case tradeExpired = "trade_expired"
  /// It cannot be closed while the bank works on it.
  case tradeProcessing = "trade_processing"
  /// It cannot be closed: it is paid. The trade stands beside the code.
  case alreadyPaid = "already_paid"
  /// There is no money to give back.
  case notPaid = "not_paid"
  case refundExceedsPaid = "refund_exceeds_paid"
  /// The refund is in another currency than the money paid.
  case refundCurrency = "refund_currency"
  /// The number belongs to a refund of another amount.
  case refundConflict = "refund_conflict"
  case refundNotExist = "refund_not_exist"
  case disputeNotExist = "dispute_not_exist"
}
