import Domain
import Store

/// Decisions of people about discrepancies, and the clock that reminds them.
extension PaymentEngine {
  /// Decides at once where one person may, else waits for the second.
  func propose(
    _ wish: AdjudicationWish, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let record = try discrepancy(wish.discrepancy, "discrepancy")
    var partner: DiscrepancyRecord?
    if let id = wish.partner { partner = try discrepancy(id, "partner") }
    let feeKnown = try stored { () throws(StoreError) in try feeTold(of: partner) }
    return try decide(record, request, at: now) { decision throws(Rejection) in
      try decision.propose(
        wish.verb, reason: wish.reason, until: wish.until, partner: partner, feeKnown: feeKnown)
    }
  }

  func confirm(
    _ id: DiscrepancyID, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let record = try discrepancy(id, "discrepancy")
    var partner: DiscrepancyRecord?
    if let other = record.adjudication?.partner { partner = try discrepancy(other, "discrepancy") }
    return try decide(record, request, at: now) { decision throws(Rejection) in
      try decision.confirm(partner: partner)
    }
  }

  func rejectProposal(
    _ id: DiscrepancyID, reason: String, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    try decide(try discrepancy(id, "discrepancy"), request, at: now) {
      decision throws(Rejection) in try decision.reject(reason: reason)
    }
  }

  func undoDecision(
    _ id: DiscrepancyID, reason: String, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    try decide(try discrepancy(id, "discrepancy"), request, at: now) {
      decision throws(Rejection) in try decision.undo(reason: reason)
    }
  }

  private func discrepancy(
    _ id: DiscrepancyID, _ parameter: String
  ) throws(CommandStop) -> DiscrepancyRecord {
    guard let record = try stored({ () throws(StoreError) in try store.discrepancy(id) }) else {
      throw .refused(
        Rejection(
          .discrepancyNotFound, "There is no discrepancy \(id).", path: "/params/\(parameter)"))
    }
    return record
  }

  private func decide(
    _ record: DiscrepancyRecord, _ request: Request, at now: Timestamp,
    _ body: (inout DiscrepancyDecision) throws(Rejection) -> Void
  ) throws(CommandStop) -> CommandOutcome {
    var decision = DiscrepancyDecision(record, at: now, by: request.caller.actor)
    try ruled { () throws(Rejection) in try body(&decision) }
    if isRefund(decision) { try askForRefund(decision.record, request, at: now) }
    let done = decision
    return try stored { () throws(StoreError) in
      try keep(done, by: request.caller.actor, at: now)
      try keepPartner(of: record, done.record, by: request.caller.actor, at: now)
      try endRules(
        contradictedBy: done.record, before: record, by: request.caller.actor, at: now)
      return .done(.discrepancy(done.record))
    }
  }

  /// Writes the events of a decision and the row that they lead to.
  func keep(
    _ decision: DiscrepancyDecision, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    guard !decision.events.isEmpty else { return }
    for event in decision.events {
      try noteDiscrepancy(decision.record, event, by: actor, at: now)
    }
    try store.update(decision.record)
    setTimer(try store.nextDiscrepancyDue())
  }

  /// The other half of a merge is decided, or taken back, with the first.
  func keepPartner(
    of before: DiscrepancyRecord, _ after: DiscrepancyRecord, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    guard let wish = after.adjudication ?? before.adjudication, let id = wish.partner,
      before.isDecidedByPeople != after.isDecidedByPeople,
      let partner = try store.discrepancy(id)
    else { return }
    var decision = DiscrepancyDecision(partner, at: now, by: actor)
    if after.isDecidedByPeople {
      decision.follow(after, feeKnown: try feeTold(of: before))
    } else {
      decision.followBack(from: after)
    }
    try keep(decision, by: actor, at: now)
  }

  /// What the gateway has told of the fee of the payment that half of a merge is about.
  private func feeTold(of half: DiscrepancyRecord?) throws(StoreError) -> Money? {
    guard case .payment(let id)? = half?.facts.ours, half?.facts.theirs == nil else { return nil }
    return try store.load(payment: id)?.aggregate.payment(id)?.fee
  }

  // MARK: refunds

  private func isRefund(_ decision: DiscrepancyDecision) -> Bool {
    decision.events.contains { event in
      if case .adjudicated(let wish, _) = event { return wish.verb == .refundBuyer }
      return false
    }
  }

  /// What came too much goes back by the ordinary way of refunds, with its own approvals.
  private func askForRefund(
    _ record: DiscrepancyRecord, _ request: Request, at now: Timestamp
  ) throws(CommandStop) {
    guard let id = record.facts.refundable else { return }
    let order = try stored { () throws(StoreError) in try store.load(payment: id) }
    guard let order else { return }
    let amount = Money(record.facts.balanceChange, record.facts.currency)
    var refund = decide(order, request, at: now)
    try ruled { () throws(Rejection) in
      // Whoever may decide a difference need not be the one who may give money back.
      _ = try refund.requestRefund(
        of: id, amount, note: "discrepancy \(record.id)", approvalLimit: 0)
    }
    _ = try commit(refund, over: order, at: now)
  }

  // MARK: the clock

  /// Escalates what nobody decided in time and opens again what waited for its day.
  func remindOfDiscrepancies(at now: Timestamp) throws(StoreError) {
    guard let next = try store.nextDiscrepancyDue() else { return }
    guard next <= now else { return setTimer(next) }
    for record in try store.dueDiscrepancies(at: now, limit: Self.remindedAtOnce) {
      var decision = DiscrepancyDecision(record, at: now, by: .timer)
      decision.wake()
      decision.escalate()
      try keep(decision, by: .timer, at: now)
      // What is in a case that somebody has to work on alarms with it, once.
      if record.escalatedAt == nil, decision.record.escalatedAt != nil,
        try store.liveCases(about: .discrepancy(record.id)).isEmpty
      {
        effects.append(
          .alarm("AL8 \(record.facts.gateway): nobody decided \(record.id) in time."))
      }
    }
    setTimer(try store.nextDiscrepancyDue())
  }

  private static let remindedAtOnce: Int64 = 100
}
