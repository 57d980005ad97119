// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `sandbox.behave`: Make a sandbox misbehave.
package struct SandboxBehaveRequest: WireRequest, Equatable {
  package typealias Result = SandboxBehaveResult

  /// The method.
  package static let method = Method.sandboxBehave
  /// Which sandbox; default the only one.
  package var gateway: String?
  /// What it does.
  package var fault: FaultParam
  /// How long.
  package var forMilliseconds: Int64?
  /// For so many calls.
  package var calls: Int64?

  package static func read(_ reader: inout ParamReader) -> SandboxBehaveRequest? {
    let gateway = reader.text("gateway", .gatewayName)
    let fault = reader.choice("fault", FaultParam.self, required: true)
    let forMilliseconds = reader.integer("for_ms", in: 1...86400000)
    let calls = reader.integer("calls", in: 1...1000000)
    reader.finish(["gateway", "fault", "for_ms", "calls"])
    guard reader.isClean, let fault else { return nil }
    return SandboxBehaveRequest(
      gateway: gateway, fault: fault, forMilliseconds: forMilliseconds, calls: calls)
  }
}

/// What `sandbox.behave` answers.
package struct SandboxBehaveResult: WireObject, Equatable {
  /// Which sandbox.
  package var gateway: String
  /// Faults in force now.
  package var faults: [String]
  /// When they end.
  package var untilAt: Int64?

  package init(gateway: String, faults: [String], untilAt: Int64? = nil) {
    self.gateway = gateway
    self.faults = faults
    self.untilAt = untilAt
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("gateway", gateway)
    writer.member("faults", faults)
    writer.member("until_at", untilAt)
  }
}

/// `sandbox.books`: The sandbox's own books.
package struct SandboxBooksRequest: WireRequest, Equatable {
  package typealias Result = SandboxBooksResult

  /// The method.
  package static let method = Method.sandboxBooks
  /// Which sandbox; default the only one.
  package var gateway: String?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> SandboxBooksRequest? {
    let gateway = reader.text("gateway", .gatewayName)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish(["gateway", "limit", "page"])
    guard reader.isClean else { return nil }
    return SandboxBooksRequest(gateway: gateway, limit: limit, page: page)
  }
}

/// What `sandbox.books` answers.
package struct SandboxBooksResult: WireObject, Equatable {
  /// Rows.
  package var trades: [TradeObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(trades: [TradeObject], next: String? = nil) {
    self.trades = trades
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("trades", trades)
    writer.member("next", next)
  }
}

/// `sandbox.dispute`: Be the buyer's bank at a sandbox gateway.
package struct SandboxDisputeRequest: WireRequest, Equatable {
  package typealias Result = SandboxDisputeResult

  /// The method.
  package static let method = Method.sandboxDispute
  /// Payment id.
  package var payment: String
  /// What the bank says.
  package var state: DisputeStatusParam
  /// What becomes of the notification.
  package var callback: CallbackParam
  /// Delay of the notification, for delay.
  package var delayMilliseconds: Int64?
  /// How much; all that was paid if left out. Set when it opens.
  package var amount: MoneyObject?
  /// How long an answer is taken; seven days if left out. Set when it opens.
  package var dueInMilliseconds: Int64?

  package static func read(_ reader: inout ParamReader) -> SandboxDisputeRequest? {
    let payment = reader.text("payment", .paymentID, required: true)
    let state = reader.choice("state", DisputeStatusParam.self) ?? .needsResponse
    let callback = reader.choice("callback", CallbackParam.self) ?? .deliver
    let delayMilliseconds = reader.integer("delay_ms", in: 0...86400000)
    let amount = reader.money("amount", in: 1...1000000000000)
    let dueInMilliseconds = reader.integer("due_in_ms", in: 0...7776000000)
    reader.finish(["payment", "state", "callback", "delay_ms", "amount", "due_in_ms"])
    guard reader.isClean, let payment else { return nil }
    return SandboxDisputeRequest(
      payment: payment, state: state, callback: callback, delayMilliseconds: delayMilliseconds,
      amount: amount, dueInMilliseconds: dueInMilliseconds)
  }
}

/// What `sandbox.dispute` answers.
package struct SandboxDisputeResult: WireObject, Equatable {
  /// The sandbox's own record.
  package var trade: TradeObject

  package init(trade: TradeObject) {
    self.trade = trade
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("trade", trade)
  }
}

/// `sandbox.pay`: Be the buyer at a sandbox gateway.
package struct SandboxPayRequest: WireRequest, Equatable {
  package typealias Result = SandboxPayResult

  /// The method.
  package static let method = Method.sandboxPay
  /// Payment id.
  package var payment: String
  /// What the buyer does.
  package var state: SandboxStateParam
  /// What becomes of the notification.
  package var callback: CallbackParam
  /// Delay of the notification, for delay.
  package var delayMilliseconds: Int64?
  /// Pay another amount.
  package var amount: MoneyObject?

  package static func read(_ reader: inout ParamReader) -> SandboxPayRequest? {
    let payment = reader.text("payment", .paymentID, required: true)
    let state = reader.choice("state", SandboxStateParam.self) ?? .paid
    let callback = reader.choice("callback", CallbackParam.self) ?? .deliver
    let delayMilliseconds = reader.integer("delay_ms", in: 0...86400000)
    let amount = reader.money("amount", in: 1...1000000000000)
    reader.finish(["payment", "state", "callback", "delay_ms", "amount"])
    guard reader.isClean, let payment else { return nil }
    return SandboxPayRequest(
      payment: payment, state: state, callback: callback, delayMilliseconds: delayMilliseconds,
      amount: amount)
  }
}

/// What `sandbox.pay` answers.
package struct SandboxPayResult: WireObject, Equatable {
  /// The sandbox's own record.
  package var trade: TradeObject

  package init(trade: TradeObject) {
    self.trade = trade
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("trade", trade)
  }
}
