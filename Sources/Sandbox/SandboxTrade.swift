package import Domain
package import Gateways

/// One trade as it stands in the sandbox's books, with its refunds and what was asked about it.
package struct SandboxTrade: Hashable, Sendable {
  /// Rises by one with every trade of the books.
  package let id: Int64
  /// The account, which is the configured name of the gateway.
  package let gateway: String
  package let outTradeNumber: String
  package let method: String
  package let subject: String
  /// What is asked for.
  package let amount: Money
  /// Times are the bank's clock.
  package let createdAt: Timestamp
  package let expiresAt: Timestamp
  package internal(set) var status: SandboxTradeStatus
  /// What the buyer paid, whatever was asked.
  package internal(set) var paid: Money?
  package internal(set) var paidAt: Timestamp?
  package internal(set) var closedAt: Timestamp?
  /// When the money will be taken although it is closed.
  package internal(set) var lateSuccessAt: Timestamp?
  /// What the buyer's last act meant for its notice.
  package internal(set) var callback: SandboxCallback?
  /// Notices that are not delivered yet.
  package internal(set) var noticesPending: Int64
  /// Requests that arrived about this number, whatever came of them.
  package internal(set) var callsCount: Int64
  /// Of these, requests to open it that reached the books.
  package internal(set) var createsCount: Int64
  /// In the order in which they were made.
  package internal(set) var refunds: [SandboxRefund]
  package internal(set) var dispute: SandboxDispute?

  /// The sandbox's own number. Holds the time, so that new books never repeat a number of old ones.
  package var transaction: String { "SBX\(createdAt.milliseconds)N\(id)" }

  /// What was given back and stayed so, in the currency of `paid`; nil while nothing was paid.
  package var refunded: Money? {
    guard let paid else { return nil }
    var sum: Int64 = 0
    for refund in refunds where refund.status == .succeeded {
      let (next, overflow) = sum.addingReportingOverflow(refund.amount.minor)
      precondition(!overflow, "refunds stay within what was paid")
      sum = next
    }
    return Money(sum, paid.currency)
  }

  /// What became of the notice, in a word; nil before the first.
  package var callbackText: String? {
    guard let callback else { return nil }
    if callback == .lose { return "lost" }
    if noticesPending > 0 { return "due" }
    switch callback {
    case .deliver: return "delivered"
    case .duplicate: return "delivered_twice"
    case .delay: return "delivered_late"
    case .lose: return "lost"
    }
  }
}

/// One refund in the sandbox's books. A refused one is only in the list of calls.
package struct SandboxRefund: Hashable, Sendable {
  package let id: Int64
  /// Our number; the same one again is the same refund.
  package let number: String
  /// In the currency that was paid.
  package let amount: Money
  package let reason: String?
  package let refundedAt: Timestamp
  package internal(set) var status: SandboxRefundStatus
  /// When the money will come back.
  package internal(set) var returnsAt: Timestamp?
  package internal(set) var returnedAt: Timestamp?

  /// The sandbox's own number.
  package var gatewayRefund: String { "SBR\(refundedAt.milliseconds)N\(id)" }
}

/// One request as it arrived.
package struct SandboxCall: Hashable, Sendable {
  package let id: Int64
  package let at: Timestamp
  package let gateway: String
  /// The last part of the URL.
  package let operation: String
  package let outTradeNumber: String?
  package let refundNumber: String?
  /// What a refund asked for.
  package let amount: Money?
  /// A `SandboxCode`, or the fault that struck before the books were reached.
  package let code: String
  /// Faults that struck, in the order in which they did.
  package let faults: [String]
}

/// What a buyer does. Raw values are the words of the wire.
package enum SandboxBuyerAct: String, Hashable, Sendable, CaseIterable {
  case paid
  case failed
  /// Pays, and the bank is not done.
  case processing
  /// Lets the trade be closed.
  case closed
}

/// What becomes of a notice. Raw values are the words of the wire.
package enum SandboxCallback: String, Hashable, Sendable, CaseIterable {
  case deliver
  case lose
  case duplicate
  case delay
}

/// A payment of Till as the sandbox knows it.
package struct SandboxReference: Hashable, Sendable {
  /// The configured name of the payment's gateway, sandbox or not.
  package let gateway: String
  package let outTradeNumber: String

  package init(gateway: String, outTradeNumber: String) {
    self.gateway = gateway
    self.outTradeNumber = outTradeNumber
  }
}
