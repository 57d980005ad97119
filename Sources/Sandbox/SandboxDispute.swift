package import Domain
import Gateways
import SQLite

/// One dispute in the sandbox's books; a trade has at most one.
package struct SandboxDispute: Hashable, Sendable {
  package let id: Int64
  package let amount: Money
  package let openedAt: Timestamp
  /// Until when an answer would be taken.
  package let dueAt: Timestamp
  package internal(set) var status: DisputeStatus

  /// The sandbox's own number.
  package var gatewayDispute: String { "SBD\(openedAt.milliseconds)N\(id)" }
}

/// What the buyer's bank does.
package struct SandboxBankAct: Hashable, Sendable {
  package let status: DisputeStatus
  /// How much, when it opens; nil for all that was paid.
  package let amount: Money?
  /// How long an answer is taken, when it opens; nil for `dueMillisecondsDefault`.
  package let dueInMilliseconds: Int64?

  /// A week.
  package static let dueMillisecondsDefault: Int64 = 7 * 86_400_000
  package static let dueMillisecondsMax: Int64 = 90 * 86_400_000

  package init(
    _ status: DisputeStatus, amount: Money? = nil, dueInMilliseconds: Int64? = nil
  ) {
    self.status = status
    self.amount = amount
    self.dueInMilliseconds = dueInMilliseconds
  }
}

extension SandboxBank {
  /// The buyer's bank disputes a trade, or says what became of its dispute.
  ///
  /// - Parameter delayMilliseconds: for `.delay`, 0 to `delayMillisecondsMax`.
  /// - Returns: the trade afterwards, on the disk together with its notices; or the refusals of
  ///   `pay`, `illegalTransition` where nothing was paid or the terms of a dispute would change.
  package func dispute(
    _ payment: SandboxReference, _ act: SandboxBankAct, callback: SandboxCallback = .deliver,
    delayMilliseconds: Int64 = 0
  ) -> Result<SandboxTrade, Rejection> {
    changed(payment) { desk, trade throws(SQLiteError) in
      if let refusal = desk.refusal(of: act, on: trade) { return .failure(refusal) }
      return .success(
        try desk.dispute(act, on: trade, callback, delayMilliseconds: delayMilliseconds))
    }
  }
}

extension SandboxDesk {
  fileprivate func refusal(of act: SandboxBankAct, on trade: SandboxTrade) -> Rejection? {
    guard let paid = trade.paid else { return refused("has no money to dispute", trade) }
    let isFixed = trade.dispute != nil && (act.amount != nil || act.dueInMilliseconds != nil)
    if isFixed { return refused("has a dispute, whose terms stand", trade) }
    guard let amount = act.amount else { return nil }
    let isWithin = amount.currency == paid.currency && (1...paid.minor).contains(amount.minor)
    return isWithin ? nil : refused("was paid with \(paid), not with \(amount)", trade)
  }

  private func refused(_ why: String, _ trade: SandboxTrade) -> Rejection {
    Rejection(
      .illegalTransition, "The sandbox's trade \(trade.outTradeNumber) \(why).",
      path: "/params/payment", details: [.init("state", .text(trade.status.rawValue))])
  }

  fileprivate mutating func dispute(
    _ act: SandboxBankAct, on trade: SandboxTrade, _ callback: SandboxCallback,
    delayMilliseconds: Int64
  ) throws(SQLiteError) -> SandboxTrade {
    guard let paid = trade.paid else { preconditionFailure("what is disputed was paid") }
    if var dispute = trade.dispute {
      dispute.status = act.status
      try books.update(dispute)
    } else {
      let life = act.dueInMilliseconds ?? SandboxBankAct.dueMillisecondsDefault
      try books.insertDispute(
        of: trade, amount: act.amount ?? paid, status: act.status,
        dueAt: now.adding(milliseconds: life), at: now)
    }
    return try announceDispute(
      trade.outTradeNumber, callback, delayMilliseconds: delayMilliseconds)
  }
}

extension SandboxBooks {
  func dispute(of trade: SandboxTrade) throws(SQLiteError) -> SandboxDispute? {
    guard let paid = trade.paid else { return nil }
    return try rows(
      "SELECT id, amount, status, opened_at, due_at FROM disputes WHERE trade = ?1",
      [.integer(trade.id)]
    ) { row throws(SQLiteError) in
      guard let status = DisputeStatus(rawValue: try row.string(2)),
        let openedAt = try Self.moment(row, 3), let dueAt = try Self.moment(row, 4)
      else { throw Self.corrupt("a dispute of no known form") }
      return SandboxDispute(
        id: try row.int64(0), amount: Money(try row.int64(1), paid.currency), openedAt: openedAt,
        dueAt: dueAt, status: status)
    }.first
  }

  fileprivate func insertDispute(
    of trade: SandboxTrade, amount: Money, status: DisputeStatus, dueAt: Timestamp,
    at now: Timestamp
  ) throws(SQLiteError) {
    try run(
      "INSERT INTO disputes (trade, amount, status, opened_at, due_at) VALUES (?1, ?2, ?3, ?4, ?5)",
      [
        .integer(trade.id), .integer(amount.minor), .text(status.rawValue),
        .integer(now.milliseconds), .integer(dueAt.milliseconds),
      ])
  }

  fileprivate func update(_ dispute: SandboxDispute) throws(SQLiteError) {
    try run(
      "UPDATE disputes SET status = ?2 WHERE id = ?1",
      [.integer(dispute.id), .text(dispute.status.rawValue)])
  }
}
