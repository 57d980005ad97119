import Domain
import Store

/// Differences of earlier runs that a new one does not find any more.
extension PaymentEngine {
  /// All of them, of a run with few. One that is only tried out tells nobody of them.
  func resolveAgreed(_ scope: RunScope, at now: Timestamp) throws(StoreError) {
    guard !isTrial else { return }
    let gateway = scope.statement.gateway
    let open = try store.openDiscrepancies(gateway: gateway, after: 0, limit: .max)
    try resolveAgreed(open.map(\.record), scope, at: now)
    let decided = try store.refutableDiscrepancies(
      gateway: gateway, by: scope.statement.id, after: 0, limit: .max)
    try takeBackRefuted(decided.map(\.record), scope, at: now)
  }

  /// What an earlier run opened about the same statement, or about rows matched now, and this one
  /// does not find any more.
  func resolveAgreed(
    _ open: [DiscrepancyRecord], _ scope: RunScope, at now: Timestamp
  ) throws(StoreError) {
    for var record in open where try !isFound(record, scope) {
      let facts = record.facts
      var isOver = try isOfCompared(facts.statement, scope)
      if isOver { isOver = try wasLookedFor(facts, scope) }
      // The gateway has told since that it gave the payment back, or what a dispute moved.
      let isOfGateway = facts.kind == .refundMissingLocally || facts.kind == .unknownDispute
      if !isOver, isOfGateway { isOver = try hasMatch(facts.theirs) }
      if !isOver { isOver = try isGuessOver(facts, scope) }
      if !isOver { isOver = try isDeliverySettled(facts) }
      if !isOver { isOver = try hasCome(facts, scope) }
      if !isOver { isOver = try hasComeOtherwise(facts, scope) }
      if !isOver { isOver = scope.settled.contains(record.id.text) }
      guard isOver else { continue }
      record.apply(.resolved(.agrees), by: scope.actor, at: now)
      try noteDiscrepancy(record, .resolved(.agrees), by: scope.actor, at: now)
      try store.update(record)
    }
  }

  /// A row that could be a refund of ours: it is, or the gateway has told of that refund otherwise
  /// and the row was looked at again.
  private func isGuessOver(
    _ facts: DiscrepancyFacts, _ scope: RunScope
  ) throws(StoreError) -> Bool {
    guard facts.isRefundGuess, let row = facts.theirs,
      let from = try store.statement(row.statement)?.from, from <= scope.statement.from
    else { return false }
    return try unnumberedRefunds(guessedBy: facts).isEmpty
  }

  /// Those of ours that the gateway has not told of, and that a row may be.
  func unnumberedRefunds(
    guessedBy facts: DiscrepancyFacts
  ) throws(StoreError) -> [RefundID] {
    guard let id = facts.order, let order = try store.load(.id(id))?.aggregate else { return [] }
    let payment: PaymentID? =
      switch facts.ours {
      case .payment(let id)?: id
      case .refund(let id)?, .refundReturn(let id)?: order.refund(id)?.payment
      case .reversal, .order, .dispute, nil: nil
      }
    return order.refunds.filter {
      $0.payment == payment && $0.state.isInFlight && $0.gatewayRefund == nil
        && $0.amount.currency == facts.currency
        && $0.amount.minor.magnitude == facts.actual.magnitude
    }.map(\.id)
  }

  /// What was missing is there, perhaps by a bill of another day.
  func hasCome(_ facts: DiscrepancyFacts, _ scope: RunScope) throws(StoreError) -> Bool {
    if facts.isOfBank, let row = facts.bank {
      // It is a payout of another day's bill.
      return try store.arrivals(at: row.statement).contains { $0.place.line == row.line }
    }
    if facts.kind == .payoutNotArrived, facts.actual == 0 {
      guard let row = facts.theirs?.text else { return false }
      // It had come, and the bank took it back: the gateway's list gives it back as well.
      if facts.isTakenBack { return try store.ends(ofPayout: row).contains { !$0.isAtBank } }
      if scope.settled.contains(row) { return true }
      // It may have come before the difference was opened again.
      return try !store.ends(ofPayout: row).isEmpty
    }
    guard facts.kind.endsWithMatch, let ours = facts.ours else { return false }
    if case .drafted(_, let matched) = scope.findings, matched.contains(ours) { return true }
    return try store.isMatched(ours, in: scope.statement.content)
  }

  /// Whether a run found a difference again.
  func isFound(_ record: DiscrepancyRecord, _ scope: RunScope) throws(StoreError) -> Bool {
    switch scope.findings {
    case .written(let run): try store.isFound(record.id, by: run)
    case .drafted(let marks, _): marks.contains(DiscrepancyHistory.origin(of: record.facts.mark))
    }
  }

  /// A payout was found in another row of the bank than before: its file was issued again, or more
  /// of it has come.
  func hasComeOtherwise(
    _ facts: DiscrepancyFacts, _ scope: RunScope
  ) throws(StoreError) -> Bool {
    guard facts.kind == .payoutSum || facts.kind == .payoutNotArrived, !facts.isTakenBack,
      let bank = facts.bank, let row = facts.theirs?.text
    else { return false }
    if scope.settled.contains(row) { return true }
    let ends = try store.ends(ofPayout: row)
    // Where that file still holds a part of it, what the others hold says nothing.
    return ends.contains { $0.statement != bank.statement }
      && !(ends.allSatisfy(\.isAtBank) && ends.contains { $0.statement == bank.statement })
  }

  /// Whether a statement is the one that was compared, or one that it was issued in place of.
  func isOfCompared(
    _ statement: StatementID, _ scope: RunScope
  ) throws(StoreError) -> Bool {
    var id = statement
    while id != scope.statement.id, id != scope.replaces {
      guard let newer = try store.statement(id)?.supersededBy else { return false }
      id = newer
    }
    return true
  }

  private func hasMatch(_ row: StatementRowReference?) throws(StoreError) -> Bool {
    guard let row else { return false }
    return try store.isMatched(line: row.line, of: row.statement)
  }

  /// What was owed has gone out, or need not any more.
  private func isDeliverySettled(_ facts: DiscrepancyFacts) throws(StoreError) -> Bool {
    guard facts.kind == .paidNotDelivered || facts.kind == .deliveredNotPaid,
      let id = facts.order, let order = try store.load(.id(id))?.aggregate.order
    else { return false }
    return facts.kind == .paidNotDelivered
      ? order.deliveryState == .delivered || order.payState != .paid : order.payState.isSettled
  }

  /// A difference that a run did not find is gone only where it compared both of its sides.
  func wasLookedFor(
    _ facts: DiscrepancyFacts, _ scope: RunScope
  ) throws(StoreError) -> Bool {
    // What another statement says was read as well.
    let beside = facts.kind == .duplicateRow ? nil : facts.bank
    for side in [facts.theirs, beside].compactMap({ $0?.statement }) {
      var id = side
      while !scope.compared.contains(id) {
        guard let newer = try store.statement(id)?.supersededBy else { return false }
        id = newer
      }
    }
    guard facts.kind == .payoutNotArrived, let row = facts.theirs else { return true }
    // A trade that was not moved is looked for in the balance, a payout at the bank.
    let isTrade = try store.statement(row.statement)?.content == .trade && scope.hasFund
    return isTrade || scope.hasBank
  }
}

extension DiscrepancyFacts {
  /// A row of the bank took a payout back.
  fileprivate var isTakenBack: Bool {
    kind == .payoutNotArrived && actual == 0 && bank != nil
  }
}

/// A run as what it did not find again is looked at.
struct RunScope {
  /// What it found and matched.
  enum Findings {
    case written(RunID)
    case drafted(marks: Set<String>, matched: Set<LocalSubject>)
  }

  let findings: Findings
  let actor: Actor
  let statement: StatementRecord
  /// The statement that it was issued in place of.
  let replaces: StatementID?
  let compared: [StatementID]
  let hasFund: Bool
  let hasBank: Bool
  /// Rows whose money was missing and has come, differences about money of which more has, and
  /// those about rows that wait no more.
  let settled: Set<String>
}

extension RunScope {
  init(of draft: RunDraft, _ findings: Findings, by actor: Actor) {
    self.init(
      findings: findings, actor: actor, statement: draft.statement, replaces: draft.replaces,
      compared: [draft.statement, draft.fund, draft.bank].compactMap { $0?.id },
      hasFund: draft.fund != nil, hasBank: draft.bank != nil, settled: draft.settled)
  }

  /// Of a run that is not written yet.
  init(ahead draft: RunDraft, by actor: Actor) {
    let matches = draft.rows.added + draft.rows.moved
    self.init(
      of: draft,
      .drafted(
        marks: Set(draft.discrepancies.map(\.mark)), matched: Set(matches.map(\.subject))),
      by: actor)
  }
}
