package import Domain
import Gateways
import SQLite

// The buyer's hand, the faults' hand and the books.

extension SandboxBank {
  /// Longest delay of a notice: a day.
  package static let delayMillisecondsMax: Int64 = 86_400_000

  /// A buyer acts on a trade.
  ///
  /// - Parameter amount: what is paid where it is not what was asked; only for `.paid`.
  /// - Parameter delayMilliseconds: for `.delay`, 0 to `delayMillisecondsMax`.
  /// - Returns: the trade afterwards, on the disk together with its notices; or `paymentNotFound`
  ///   where the bank has not seen it, `gatewayNotSupported` where the gateway is no sandbox,
  ///   `illegalTransition` where the trade's status does not allow the act.
  package func pay(
    _ payment: SandboxReference, _ act: SandboxBuyerAct = .paid, amount: Money? = nil,
    callback: SandboxCallback = .deliver, delayMilliseconds: Int64 = 0
  ) -> Result<SandboxTrade, Rejection> {
    precondition(
      (0...Self.delayMillisecondsMax).contains(delayMilliseconds), "a delay has its limits")
    return changed(payment) { desk, trade throws(SQLiteError) in
      if let flaw = Self.flaw(of: amount, act) { return .failure(flaw) }
      if let refusal = desk.refusal(of: act, on: trade) { return .failure(refusal) }
      return .success(
        try desk.act(
          act, on: trade, amount: amount, callback: callback,
          delayMilliseconds: delayMilliseconds))
    }
  }

  /// Changes one trade in a transaction of its own, and sends what became due.
  func changed(
    _ payment: SandboxReference,
    _ change: (inout SandboxDesk, SandboxTrade) throws(SQLiteError)
      -> Result<SandboxTrade, Rejection>
  ) -> Result<SandboxTrade, Rejection> {
    guard account(named: payment.gateway) != nil else {
      return .failure(Self.noSandbox(payment.gateway))
    }
    let (accounts, pace, now) = (accounts, pace, now)
    let result = written { books throws(SQLiteError) -> Result<SandboxTrade, Rejection> in
      try Self.settle(books, accounts, pace, at: now)
      return try books.transaction { () throws(SQLiteError) in
        guard
          let trade = try books.trade(gateway: payment.gateway, number: payment.outTradeNumber)
        else { return .failure(Self.unseen(payment)) }
        var desk = try Self.desk(books, payment.gateway, pace, at: now)
        let result = try change(&desk, trade)
        guard case .success = result else { return result }
        for fault in desk.hand.struck { try books.use(fault, of: payment.gateway) }
        return result
      }
    }
    wakeWhenDue()
    return result
  }

  /// Sets a fault, or ends all of them.
  ///
  /// - Parameter gateway: nil for the only one.
  /// - Parameter fault: nil ends all faults of the gateway.
  /// - Parameter milliseconds: how long it lasts; nil without end.
  /// - Parameter calls: how many calls it strikes; nil without count. A call that it does not touch
  ///   does not count.
  /// - Returns: what is in force afterwards, in the order of the catalogue.
  package func behave(
    gateway: String? = nil, _ fault: SandboxFault?, forMilliseconds milliseconds: Int64? = nil,
    calls: Int64? = nil
  ) -> Result<(gateway: String, faults: [SandboxFaultInForce]), Rejection> {
    precondition(milliseconds.map { $0 > 0 } ?? true, "a fault lasts some time")
    precondition(calls.map { $0 > 0 } ?? true, "a fault strikes some calls")
    let name: String
    switch resolve(gateway) {
    case .success(let found): name = found
    case .failure(let rejection): return .failure(rejection)
    }
    let now = now
    return written { books throws(SQLiteError) in
      try books.transaction { () throws(SQLiteError) in
        try books.forgetFaultsOver(at: now)
        if let fault {
          try books.set(
            SandboxFaultInForce(
              fault: fault, untilAt: milliseconds.map { now.adding(milliseconds: $0) },
              callsLeft: calls), of: name)
        } else {
          try books.clearFaults(of: name)
        }
        return .success((name, try books.faults(of: name, at: now)))
      }
    }
  }

  /// What the books hold, newest first; two equal histories give equal lists.
  ///
  /// - Parameter gateway: nil for all.
  /// - Parameter id: only trades older than this one.
  package func books(
    gateway: String? = nil, before id: Int64 = .max, limit: Int = .max
  ) -> Result<[SandboxTrade], Rejection> {
    let (accounts, pace, now) = (accounts, pace, now)
    return written { books throws(SQLiteError) in
      try Self.settle(books, accounts, pace, at: now)
      return .success(try books.trades(gateway: gateway, before: id, limit: limit))
    }
  }

  /// Requests that arrived, refused ones too, oldest first; the latest 100 000 are kept.
  ///
  /// - Parameter outTradeNumber: nil for all numbers.
  package func calls(
    gateway: String, outTradeNumber: String? = nil
  ) -> Result<[SandboxCall], Rejection> {
    written { books throws(SQLiteError) in
      .success(try books.calls(gateway: gateway, number: outTradeNumber))
    }
  }

  /// The account meant by a name, or the only one.
  func resolve(_ gateway: String?) -> Result<String, Rejection> {
    guard let gateway else {
      guard accounts.count == 1, let only = accounts.first else {
        return .failure(
          Rejection(
            .missingParam, "There are \(accounts.count) sandboxes; name one.",
            path: "/params/gateway"))
      }
      return .success(only.name)
    }
    guard account(named: gateway) != nil else {
      return .failure(
        Rejection(
          .gatewayNotFound, "There is no sandbox \(gateway).", path: "/params/gateway",
          details: [.init("did_you_mean", .list(accounts.prefix(3).map(\.name)))]))
    }
    return .success(gateway)
  }

  private func written<Value: Sendable>(
    _ body: (SandboxBooks) throws(SQLiteError) -> Result<Value, Rejection>
  ) -> Result<Value, Rejection> {
    do throws(SQLiteError) {
      return try withBooks(body)
    } catch {
      return .failure(
        Rejection(.dbError, "The sandbox's books cannot be used: \(error.message)."))
    }
  }

  private static func flaw(of amount: Money?, _ act: SandboxBuyerAct) -> Rejection? {
    guard let amount else { return nil }
    guard act == .paid else {
      return Rejection(
        .badFormat, "An amount belongs to the state paid, not \(act.rawValue).",
        path: "/params/amount")
    }
    guard (1...Int64(Limits.amountMinor)).contains(amount.minor) else {
      return Rejection(
        .outOfRange, "The amount is outside 1 to \(Limits.amountMinor).", path: "/params/amount",
        details: [.init("min", .integer(1)), .init("max", .integer(Int64(Limits.amountMinor)))])
    }
    return nil
  }

  private static func noSandbox(_ gateway: String) -> Rejection {
    Rejection(
      .gatewayNotSupported, "The payment is at \(gateway), which is no sandbox.",
      hint: "Pay it there; a buyer can be played only at a sandbox.", path: "/params/payment",
      details: [.init("gateway", .text(gateway))])
  }

  private static func unseen(_ payment: SandboxReference) -> Rejection {
    Rejection(
      .paymentNotFound, "The sandbox has no trade \(payment.outTradeNumber).",
      hint: "The request to open it has not arrived; see its payment's state.",
      path: "/params/payment")
  }
}

// MARK: Acts

extension SandboxDesk {
  /// Why a buyer cannot do this now; nil where he can.
  mutating func refusal(of act: SandboxBuyerAct, on trade: SandboxTrade) -> Rejection? {
    let isOver = trade.expiresAt <= now
    switch (trade.status, act) {
    case (.waiting, .closed): return nil
    case (.waiting, .paid), (.waiting, .processing), (.waiting, .failed):
      if !isOver || (act == .paid && hand.strikes(.successAfterClose)) { return nil }
      return refused("has expired", trade)
    case (.processing, .paid), (.processing, .failed): return nil
    case (.closed, .paid), (.failed, .paid):
      if hand.strikes(.successAfterClose) { return nil }
      return refused("is \(trade.status.rawValue)", trade)
    default: return refused("is \(trade.status.rawValue)", trade)
    }
  }

  private func refused(_ why: String, _ trade: SandboxTrade) -> Rejection {
    Rejection(
      .illegalTransition, "The sandbox's trade \(trade.outTradeNumber) \(why).",
      hint: "A late success needs the fault success_after_close.", path: "/params/payment",
      details: [.init("state", .text(trade.status.rawValue))])
  }

  mutating func act(
    _ act: SandboxBuyerAct, on trade: SandboxTrade, amount: Money?, callback: SandboxCallback,
    delayMilliseconds: Int64
  ) throws(SQLiteError) -> SandboxTrade {
    var trade = trade
    switch act {
    case .paid:
      return try take(
        amount ?? trade.amount, for: trade, callback: callback,
        delayMilliseconds: delayMilliseconds)
    case .failed: trade.status = .failed
    case .processing: trade.status = .processing
    case .closed:
      trade.status = .closed
      trade.closedAt = now
    }
    trade.callback = callback
    try books.update(trade)
    return try announce(trade, callback, delayMilliseconds: delayMilliseconds)
  }
}
