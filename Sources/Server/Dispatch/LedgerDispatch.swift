import Domain
import Engine
import Store
import Synchronization
import Wire

/// The books, which are made from the log: what accounts hold is followed in memory and kept,
/// single entries are read from the hours that moved their account.
enum LedgerDispatch {
  static func balances(_ call: Call) throws(WireError) -> Plan {
    let moment = try call.params(LedgerBalancesRequest.self).at.map(Timestamp.init(milliseconds:))
    return .read(.heavy) { scope in
      let standing = try standing(scope, before: moment)
      return LedgerBalancesResult(
        balances: standing.balances.map {
          LedgerBalanceObject(account: $0.account.description, debit: Render.signed($0.debit))
        },
        balanced: standing.isBalanced, entries: Int64(standing.entries))
    }
  }

  static func trace(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(LedgerTraceRequest.self)
    return .read(.heavy) { scope in
      let named = try standing(scope, before: nil).balances.first {
        $0.account.description.utf8.elementsEqual(request.account.utf8)
          && $0.debit.currency.code.utf8.elementsEqual(request.currency.utf8)
      }
      guard let named else {
        throw WireError(
          .ledgerAccountNotFound, "The books have no \(request.account) in \(request.currency).",
          path: "/params/account")
      }
      return try page(scope, .init(named.account, named.debit.currency), request)
    }
  }

  private static func standing(
    _ scope: ReadScope, before moment: Timestamp?
  ) throws -> LedgerStanding {
    try follow(scope) { follower in
      try follower.standing(in: scope.store, last: scope.last, before: moment)
    }
  }

  private static func page(
    _ scope: ReadScope, _ side: LedgerHour.Side, _ request: LedgerTraceRequest
  ) throws -> LedgerTraceResult {
    let from = request.fromAt ?? .min
    let times =
      Timestamp(milliseconds: from)..<Timestamp(milliseconds: max(from, request.toAt ?? .max))
    let limit = Int(request.limit)
    let found = try follow(scope) { follower in
      try follower.trace(
        side, in: scope.store, last: scope.last, times, after: request.after ?? 0,
        limit: limit + 1)
    }
    let shown = found.prefix(limit)
    return LedgerTraceResult(
      entries: shown.map { Render.entry($0, side) },
      next: found.count > shown.count ? shown.last?.number : nil)
  }

  /// Asks the books that all share; where another reader has seen a newer state, books of its own.
  private static func follow<Result: Sendable>(
    _ scope: ReadScope, _ body: (inout LedgerFollower) throws -> Result?
  ) throws -> Result {
    let (shared, notes) = try scope.context.ledger.withLock { follower in
      let result = try body(&follower)
      return (result, follower.takeNotes())
    }
    for note in notes { scope.context.core.submit(.ledgerRead(note)) }
    if let shared { return shared }
    var own = LedgerFollower()
    guard let result = try body(&own) else {
      throw WireError(.internal, "The books were kept for a newer state than the one read.")
    }
    return result
  }
}

extension Render {
  fileprivate static func entry(
    _ record: LedgerRecord, _ side: LedgerHour.Side
  ) -> LedgerEntryObject {
    let entry = record.entry
    // An entry may touch an account twice.
    let moved = entry.lines
      .filter { $0.account == side.account && $0.debit.currency == side.currency }
      .reduce(Int64(0)) { $0 &+ $1.debit.minor }
    return LedgerEntryObject(
      number: record.number, cause: entry.cause.rawValue, at: entry.at.milliseconds,
      event: entry.event.text, order: entry.order?.text, corrects: record.corrects,
      debit: signed(Money(moved, side.currency)),
      lines: entry.lines.map {
        LedgerLineObject(account: $0.account.description, debit: signed($0.debit))
      })
  }
}
