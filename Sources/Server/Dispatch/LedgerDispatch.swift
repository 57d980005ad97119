import Domain
import Store
import Synchronization
import Wire

/// The books, which are made from the log: what accounts hold is followed in memory, single entries
/// are made anew for each question.
enum LedgerDispatch {
  /// Events read at a time.
  private static let pieceCount = 2_000

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

  private static func standing(
    _ scope: ReadScope, before moment: Timestamp?
  ) throws -> LedgerStanding {
    if LedgerSums.knows(before: moment) {
      let standing = try scope.context.ledger.withLock { follower in
        try follower.standing(in: scope.store, last: scope.last, before: moment)
      }
      if let standing { return standing }
    }
    let ledger = try books(scope.store)
    return try moment.map { try ledger.before($0) }?.standing ?? ledger.standing
  }

  static func trace(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(LedgerTraceRequest.self)
    return .read(.heavy) { scope in
      let ledger = try books(scope.store)
      let named = ledger.balances.first {
        $0.account.description.utf8.elementsEqual(request.account.utf8)
          && $0.debit.currency.code.utf8.elementsEqual(request.currency.utf8)
      }
      guard let named else {
        throw WireError(
          .ledgerAccountNotFound, "The books have no \(request.account) in \(request.currency).",
          path: "/params/account")
      }
      return page(of: ledger, named.account, named.debit.currency, request)
    }
  }

  private static func page(
    of ledger: Ledger, _ account: LedgerAccount, _ currency: Currency, _ request: LedgerTraceRequest
  ) -> LedgerTraceResult {
    let from = Timestamp(milliseconds: request.fromAt ?? .min)
    let to = Timestamp(milliseconds: request.toAt ?? .max)
    let places = ledger.trace(account, currency, from: from, to: to)
      .filter { Int64($0) >= request.after ?? 0 }
    let shown = places.prefix(Int(request.limit))
    return LedgerTraceResult(
      entries: shown.map { Render.entry(ledger.entries[$0], at: $0, account, currency) },
      next: places.count > shown.count ? shown.last.map { Int64($0) + 1 } : nil)
  }

  private static func books(_ store: StoreReader) throws -> Ledger {
    var projection = LedgerProjection()
    var place: Int64 = 0
    while true {
      let events = try store.recorded(after: place, limit: pieceCount)
      for (_, event) in events { try projection.apply(event) }
      guard let last = events.last else { return projection.ledger }
      place = last.sequence
    }
  }
}

extension Render {
  /// - Parameter place: of the entry in the books, from 0.
  fileprivate static func entry(
    _ entry: LedgerEntry, at place: Int, _ account: LedgerAccount, _ currency: Currency
  ) -> LedgerEntryObject {
    // An entry may touch an account twice.
    let moved = entry.lines.filter { $0.account == account && $0.debit.currency == currency }
      .reduce(Int64(0)) { $0 &+ $1.debit.minor }
    return LedgerEntryObject(
      number: Int64(place) + 1, cause: entry.cause.rawValue, at: entry.at.milliseconds,
      event: entry.event.text, order: entry.order?.text,
      corrects: entry.corrects.map { Int64($0) + 1 }, debit: signed(Money(moved, currency)),
      lines: entry.lines.map {
        LedgerLineObject(account: $0.account.description, debit: signed($0.debit))
      })
  }
}
