import Domain
import Gateways
import Store

/// Decisions of people about what a later run shows otherwise.
extension PaymentEngine {
  /// What was decided about was only late, is ours after all, or is said no more: the decision is
  /// taken back, the books with it. A rule that made it ends; people who did are told.
  ///
  /// - Returns: those that were.
  @discardableResult
  func takeBackRefuted(
    _ decided: [DiscrepancyRecord], _ scope: RunScope, at now: Timestamp
  ) throws(StoreError) -> [DiscrepancyID] {
    var refuted: [DiscrepancyID] = []
    for one in decided {
      guard let before = try store.discrepancy(one.id), let cause = try refutation(of: one, scope)
      else { continue }
      refuted.append(one.id)
      try takeBack(before, because: cause, by: scope.actor, at: now)
    }
    return refuted
  }

  private func takeBack(
    _ before: DiscrepancyRecord, because cause: String, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    var after = before
    var events = [DiscrepancyEvent.resolved(.agrees)]
    // Its other half may have opened it again just now.
    if before.state == .resolved { events.insert(.reopened(reason: cause), at: 0) }
    for event in events {
      after.apply(event, by: actor, at: now)
      try noteDiscrepancy(after, event, by: actor, at: now)
    }
    try store.update(after)
    try keepPartner(of: before, after, by: actor, at: now)
    try endRules(contradictedBy: after, before: before, by: actor, at: now)
    try askAboutDesk(before.facts, at: now)
    guard let verb = before.adjudication?.verb else { return }
    effects.append(
      .alarm(
        "AL7 \(before.facts.gateway): \(before.id) was decided too early, because \(cause); the "
          + "decision to \(verb.rawValue) it is taken back."))
  }

  /// The same before a draft is written, of decisions that what it compared depends on.
  ///
  /// - Parameter sequence: the newest event that the draft knows of.
  /// - Returns: those that were, where it must be compared anew; nil where it need not.
  func takeBackInDoubt(
    of draft: RunDraft, after sequence: Int64, by actor: Actor, at now: Timestamp
  ) throws(StoreError) -> [DiscrepancyID]? {
    guard !draft.inDoubt.isEmpty, runs.finished == nil else { return nil }
    guard try isStanding(draft), try !isOvertaken(draft, after: sequence) else { return [] }
    let decided = try decisions(draft.inDoubt)
    let refuted = try takeBackRefuted(decided, RunScope(ahead: draft, by: actor), at: now)
    return refuted.isEmpty ? nil : refuted
  }

  /// Of a dry run that was compared anew: what it refuted before is taken back for it.
  ///
  /// - Returns: the newest event that it knows of; nil where it must be compared anew.
  func takeBackAhead(
    of draft: RunDraft, by actor: Actor, at now: Timestamp
  ) throws(StoreError) -> Int64? {
    guard !draft.takenBack.isEmpty else { return draft.books.sequence }
    let decided = try decisions(draft.takenBack.sorted())
    guard isTrial, decided.count == draft.takenBack.count,
      try !isOvertaken(draft, after: draft.books.sequence)
    else { return nil }
    for one in decided {
      guard let before = try store.discrepancy(one.id) else { continue }
      try takeBack(before, because: Self.isGone, by: actor, at: now)
    }
    return store.lastSequence
  }

  /// Those of them that stand.
  private func decisions(_ ids: [DiscrepancyID]) throws(StoreError) -> [DiscrepancyRecord] {
    var decided: [DiscrepancyRecord] = []
    for id in ids {
      guard let one = try store.discrepancy(id), one.resolution == .adjudicated else { continue }
      decided.append(one)
    }
    return decided
  }

  /// What shows that nothing was to be decided; nil where it stands.
  private func refutation(
    of decided: DiscrepancyRecord, _ scope: RunScope
  ) throws(StoreError) -> String? {
    let facts = decided.facts
    let isByRule = decided.resolvedBy.flatMap(RuleID.init(actor:)) != nil
    if isByRule || facts.kind.endsWithMatch, try hasCome(facts, scope) {
      return "a later statement has it"
    }
    // A decision that left the books alone stands whatever the rows say.
    guard facts.balanceChange != 0, decided.adjudication?.verb.takesIn ?? false else { return nil }
    if facts.isAgedRow { return scope.settled.contains(decided.id.text) ? Self.isGone : nil }
    guard facts.kind.standsWithRow, try isOfCompared(facts.statement, scope),
      try wasLookedFor(facts, scope), try !isFoundStill(facts, scope),
      try !isExplained(decided, scope)
    else { return nil }
    return Self.isGone
  }

  private static let isGone = "its row agrees by now, or is gone from its statement"

  /// A run found it again, or what is left of it.
  private func isFoundStill(
    _ facts: DiscrepancyFacts, _ scope: RunScope
  ) throws(StoreError) -> Bool {
    let mark = DiscrepancyHistory.origin(of: facts.mark)
    for told in try store.discrepancies(gateway: facts.gateway, mark: mark)
    where try isFound(told, scope) {
      return true
    }
    return false
  }

  /// It is not found for a reason that the books know: what they hold is right as it is.
  private func isExplained(
    _ decided: DiscrepancyRecord, _ scope: RunScope
  ) throws(StoreError) -> Bool {
    let facts = decided.facts
    switch facts.kind {
    case .payoutSum, .payoutNotArrived, .bankRowWithoutPayout:
      // Which days of the bank count may change; only another file shows that a row is gone.
      let sides = [facts.theirs, facts.bank].compactMap { $0?.statement }
      for side in sides where try store.statement(side)?.supersededBy != nil {
        if try hasCome(facts, scope) { return true }
        return try hasComeOtherwise(facts, scope)
      }
      return true
    case .refundMissingLocally:
      // A merge does not keep the gateway's word from being booked.
      if decided.adjudication?.verb == .mergeMatch { return false }
      return try isToldByNotice(facts)
    case .unknownDispute: return try isToldOf(dispute: facts)
    case .missingAtGateway, .missingLocally, .unknownMoney, .gatewaySuccessOnly,
      .localSuccessOnly, .amountMore, .amountLess, .feeMore, .feeLess, .feeOnRefund, .currency,
      .gatewayNumber, .duplicatePayment, .duplicateRow, .refundMissingAtGateway, .refundAmount,
      .refundStatus, .carryOverAgedOut, .exchangeUnexplained, .statementUnsound,
      .deliveredNotPaid, .paidNotDelivered, .wrongMerchant:
      return false
    }
  }

  /// The gateway has told of a dispute itself: what the books hold is by its word.
  private func isToldOf(dispute facts: DiscrepancyFacts) throws(StoreError) -> Bool {
    guard case .payment(let id)? = facts.ours, let number = facts.theirs?.transaction else {
      return false
    }
    return try store.load(payment: id)?.aggregate.disputes.contains {
      $0.payment == id && $0.gatewayDispute.utf8.elementsEqual(number.utf8)
    } ?? false
  }

  // MARK: Refunds at the gateway's own desk

  /// A notice told that the money went back. While the bill's row was decided about it changed
  /// nothing, and notices do not come again.
  private func isToldByNotice(_ facts: DiscrepancyFacts) throws(StoreError) -> Bool {
    guard let (payment, _) = facts.refundAtDesk, let desk = desks[facts.gateway],
      let order = try store.load(payment: payment)
    else { return false }
    for id in try store.believedReceipts(of: payment, orderKey: order.key) {
      guard let (receipt, content) = try store.receipt(id), content.isKept else { continue }
      switch desk.gateway.readNotification(Self.raw(content), at: receipt.receivedAt) {
      case .verified(let notice), .unproven(let notice):
        if notice.statements.contains(where: { facts.isRow(of: $0) }) { return true }
      case .rejected, .probe, .irrelevant, .dispute: continue
      }
    }
    return false
  }

  /// Nothing in the books says any more that money went back: the gateway is asked.
  private func askAboutDesk(_ facts: DiscrepancyFacts, at now: Timestamp) throws(StoreError) {
    guard let (payment, _) = facts.refundAtDesk, let order = try store.load(payment: payment)
    else { return }
    try askSoon(payment, order, at: now)
  }
}

extension DiscrepancyFacts {
  /// Whether the row of a refund at the gateway's own desk is the one that has succeeded by the
  /// gateway's word.
  fileprivate func isRow(of word: GatewayStatement) -> Bool {
    switch word {
    case .refund(let number, .succeeded(_, let own, _)): isRow(own ?? number, number)
    case .outsideRefund(let outside):
      if case .succeeded = outside.sighting {
        isRow(outside.gatewayRefund, outside.gatewayRefund)
      } else {
        false
      }
    case .payment, .refund, .dispute, .somethingHappened, .disputeHappened: false
    }
  }

  /// - Parameters:
  ///   - transaction: the gateway's number of a refund.
  ///   - reference: the number that it was asked for under.
  func isRow(_ transaction: String, _ reference: String) -> Bool {
    theirs?.transaction?.utf8.elementsEqual(transaction.utf8) == true
      || theirs?.reference?.utf8.elementsEqual(reference.utf8) == true
  }
}
