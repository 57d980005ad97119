package import Domain

/// One way in which the sandbox misbehaves. Raw values are the words of the wire.
package enum SandboxFault: String, Hashable, Sendable, CaseIterable {
  /// Does what is asked at once and answers late.
  case slow
  /// Cannot be reached: the request never arrives.
  case down
  /// Takes the request, does nothing and never answers.
  case hang
  /// Does what is asked, then answers 500.
  case errorAfterSuccess = "error_5xx_after_success"
  /// Does what is asked, then sends half a body.
  case tornAnswer = "torn_answer"
  /// Names one minor unit more than the books hold, in answers and notices about money.
  case wrongAmount = "wrong_amount"
  case wrongCurrency = "wrong_currency"
  /// Seals answers and notices wrongly.
  case wrongSignature = "wrong_signature"
  /// Names a status that is in nobody's table, in answers and notices.
  case unknownStatus = "unknown_status"
  /// Denies a trade or refund it has when it is queried, or a trade when it is to be closed.
  case notExistLie = "not_exist_lie"
  /// Closes, and takes the money a moment later. While it is in force a buyer can pay what is
  /// closed, failed or past its expiry.
  case successAfterClose = "success_after_close"
  /// A buyer pays in the moment in which the trade is to be closed.
  case alreadyPaidOnClose = "already_paid_on_close"
  /// Answers 429 and does nothing.
  case rateLimit = "rate_limit"
  /// Refunds, and a moment later the money comes back to the merchant.
  case refundReturned = "refund_returned"
}

/// A fault in force.
package struct SandboxFaultInForce: Hashable, Sendable {
  package let fault: SandboxFault
  /// It is over from this moment of the bank's clock on; nil where no time ends it.
  package let untilAt: Timestamp?
  /// How many more calls it strikes; nil where no count ends it.
  package let callsLeft: Int64?

  package init(fault: SandboxFault, untilAt: Timestamp?, callsLeft: Int64?) {
    self.fault = fault
    self.untilAt = untilAt
    self.callsLeft = callsLeft
  }

  func isOver(at now: Timestamp) -> Bool { untilAt.map { $0 <= now } ?? false }
}

/// The faults that may strike during one call or one act of a buyer, and which of them did.
struct FaultHand {
  private let inForce: [SandboxFault]
  private(set) var struck: [SandboxFault] = []

  init(_ inForce: [SandboxFaultInForce]) {
    self.inForce = inForce.map(\.fault)
  }

  /// Whether the fault strikes here; then this counts as one of its calls.
  mutating func strikes(_ fault: SandboxFault) -> Bool {
    guard inForce.contains(fault) else { return false }
    if !struck.contains(fault) { struck.append(fault) }
    return true
  }
}
