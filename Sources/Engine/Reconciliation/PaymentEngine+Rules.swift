import Domain
import Store

/// Rules learned from decisions: put in force by a person, ended by the first word against them.
extension PaymentEngine {
  /// One that is in force in the other mode ends with it.
  ///
  /// - Parameter study: made beside the writer, which only reads on from there.
  /// - Throws: `token_required`, `rule_not_supported`, `rule_active`.
  func activateRule(
    _ study: PatternStudy, _ mode: RuleMode, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let actor = request.caller.actor
    guard actor.person != nil else {
      throw .refused(
        Rejection(
          .tokenRequired, "Only an operator who has shown a token can put a rule in force."))
    }
    let pattern = study.pattern
    let (active, later) = try stored { () throws(StoreError) in
      (try store.activeRules(), try store.decided(after: study.sequence))
    }
    let former = active.first { $0.pattern == pattern }
    if let same = former, same.terms.mode == mode {
      throw .refused(
        Rejection(
          .ruleActive, "\(same.id) is in force for \(pattern.text).", path: "/params/pattern",
          details: [.init("rule", .text(same.id.text))]))
    }
    var history = study.history
    for (id, event, actor) in later { history.follow(event, of: id, by: actor) }
    let evidence = history.evidence(of: pattern)
    guard let evidence, evidence.supports(mode) else {
      throw .refused(
        Rejection(
          .ruleNotSupported, "History does not bear \(pattern.text) out.",
          path: "/params/pattern",
          details: [
            .init("support", .integer(evidence?.support ?? 0)),
            .init("counter_examples", .integer(evidence?.counterExamples ?? 0)),
            .init("needed", .integer(mode == .close ? Int64(Limits.ruleSupport) : 1)),
          ]))
    }
    let rule = RuleRecord(
      id: identifiers.next(RuleIdentity.self, at: now), terms: RuleTerms(evidence, mode),
      activatedAt: now, activatedBy: actor.text)
    return try stored { () throws(StoreError) in
      if let former {
        _ = try end(former, "put in force to \(mode.rawValue)", nil, by: actor, at: now)
      }
      try record(.rule(rule.id, .activated(rule.terms)), by: actor, at: now)
      try store.save(rule)
      return .done(.rule(rule))
    }
  }

  func deactivateRule(
    _ id: RuleID, reason: String, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    guard let rule = try stored({ () throws(StoreError) in try store.rule(id) }) else {
      throw .refused(Rejection(.ruleNotFound, "There is no rule \(id).", path: "/params/rule"))
    }
    guard rule.isActive else {
      throw .refused(
        Rejection(
          .illegalTransition, "Rule \(id) is not in force.",
          details: [.init("state", .text("inactive"))]))
    }
    return try stored { () throws(StoreError) in
      .done(.rule(try end(rule, reason, nil, by: request.caller.actor, at: now)))
    }
  }

  private func end(
    _ rule: RuleRecord, _ reason: String, _ counterExample: DiscrepancyID?, by actor: Actor,
    at now: Timestamp
  ) throws(StoreError) -> RuleRecord {
    var ended = rule
    ended.deactivate(by: actor.text, at: now, because: counterExample)
    let event = RuleEvent.deactivated(reason: reason, counterExample: counterExample)
    try record(.rule(rule.id, event), by: actor, at: now)
    try store.save(ended)
    return ended
  }

  /// Decides what a run has just opened and a rule fits, or proposes it where the rule only
  /// suggests. Never one that takes two persons.
  ///
  /// - Returns: the differences as they are then.
  func applyRules(
    to opened: [DiscrepancyRecord], at now: Timestamp
  ) throws(StoreError) -> [DiscrepancyRecord] {
    // One that decides goes before one that only suggests otherwise.
    let active = try store.activeRules()
    let rules =
      active.filter { $0.terms.mode == .close } + active.filter { $0.terms.mode == .suggest }
    guard !rules.isEmpty else { return opened }
    var result: [DiscrepancyRecord] = []
    for record in opened {
      let rule = record.state == .open ? rules.first { $0.fits(record.facts) } : nil
      let decided = try rule.flatMap { rule throws(StoreError) in
        try apply(rule, to: record, at: now)
      }
      result.append(decided ?? record)
    }
    return result
  }

  private func apply(
    _ rule: RuleRecord, to record: DiscrepancyRecord, at now: Timestamp
  ) throws(StoreError) -> DiscrepancyRecord? {
    let actor = Actor.rule(rule.id)
    var decision = DiscrepancyDecision(record, at: now, by: actor)
    do throws(Rejection) {
      let reason = "as people decided \(rule.terms.support) times"
      switch rule.terms.mode {
      case .close:
        try decision.propose(rule.pattern.verb, reason: reason, until: nil, partner: nil)
      case .suggest: try decision.suggest(rule.pattern.verb, reason: reason)
      }
    } catch {
      // What does not fit any more is left to people.
      return nil
    }
    try keep(decision, by: actor, at: now)
    return decision.record
  }

  /// A person or a later statement took back what a rule had decided, or a person decided otherwise
  /// where it would have: the rule has its first counter-example. One that only suggests goes on:
  /// history keeps what speaks against it, and with that it never comes to decide.
  func endRules(
    contradictedBy after: DiscrepancyRecord, before: DiscrepancyRecord, by actor: Actor,
    at now: Timestamp
  ) throws(StoreError) {
    for rule in try store.activeRules() where rule.terms.mode == .close {
      let isUndone =
        before.adjudication.flatMap { RuleID(actor: $0.by) } == rule.id
        && !after.isDecidedByPeople
      let isOtherwise =
        after.isDecidedByPeople && rule.fits(after.facts)
        && after.adjudication.map { $0.verb != rule.pattern.verb } ?? false
      guard isUndone || isOtherwise else { continue }
      let reason =
        after.resolution == .agrees
        ? "a later statement showed that nothing was to be decided" : "a person decided otherwise"
      _ = try end(rule, reason, after.id, by: actor, at: now)
      effects.append(
        .alarm(
          "Rule \(rule.id) (\(rule.pattern.text)) is out of force: \(after.id) contradicts it."))
    }
  }
}
