import Domain
import Store

/// Names under runs: two persons stand for a run and all that was decided in it.
extension PaymentEngine {
  func signRun(
    _ id: RunID, seen: String?, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    guard let run = try stored({ () throws(StoreError) in try store.run(id) }) else {
      throw .refused(
        Rejection(.runNotFound, "There is no run \(id).", path: "/params/run"))
    }
    try requireNewest(run)
    guard !runs.isTelling(id) else {
      throw .refused(
        Rejection(
          .illegalTransition, "The differences of \(id) are still being written down.",
          hint: "Ask again in a moment.", details: [.init("state", .text("closing"))]))
    }
    let (signOff, page) = try stored { () throws(StoreError) in
      (try store.signOff(of: id), try store.signOffPage(of: run))
    }
    var decision = SignOffDecision(signOff, at: now, by: request.caller.actor)
    try ruled { () throws(Rejection) in
      try decision.sign(page, digest: page.digest, seen: seen, isLead: request.caller.isLead)
    }
    let signed = decision
    try stored { () throws(StoreError) in try keep(signed, by: request.caller.actor, at: now) }
    return .done(.runSigned(run, signed.signOff))
  }

  /// Only what is in force can be signed: the newest run, over a statement not issued again.
  private func requireNewest(_ run: RunRecord) throws(CommandStop) {
    let (later, reissued) = try stored { () throws(StoreError) in
      (try store.laterRun(than: run), try store.reissued(under: run))
    }
    if let later {
      throw .refused(
        Rejection(
          .runSuperseded, "\(run.statement) was compared again, by \(later).", path: "/params/run",
          details: [.init("run", .text(later.text))]))
    }
    if let (old, new) = reissued {
      throw .refused(
        Rejection(
          .runSuperseded, "\(old) was issued again, as \(new).",
          hint: "Compare it: recon.run, then sign that run.", path: "/params/run",
          details: [.init("statement", .text(new.text))]))
    }
  }

  private func keep(
    _ decision: SignOffDecision, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    guard let event = decision.event else { return }
    try record(.run(decision.signOff.run, event), by: actor, at: now)
    try store.save(decision.signOff)
  }

  /// A difference that people stand for has changed.
  func reopenSignOffs(
    because event: DiscrepancyEvent, of id: DiscrepancyID, at now: Timestamp
  ) throws(StoreError) {
    switch event {
    case .opened, .escalated: return
    case .resolved, .proposed, .rejected, .adjudicated, .reopened: break
    }
    for signOff in try store.signOffs(binding: id) where signOff.breaks(when: id) {
      try reopen(signOff, .discrepancy(id), at: now)
    }
  }

  /// A statement is compared again, or one that was issued in its place: earlier names stand under
  /// something that is no longer in force.
  ///
  /// - Parameter older: the statement that was issued again.
  func reopenSignOffs(
    over statement: StatementID, _ older: StatementID?, for run: RunID, at now: Timestamp
  ) throws(StoreError) {
    for id in [statement, older].compactMap(\.self) {
      for signOff in try store.signOffs(over: id) { try reopen(signOff, .run(run), at: now) }
    }
  }

  /// What runs rest on was issued again: their names stand under something that is no longer in
  /// force, whether or not the new one has been compared yet.
  func reopenSignOffs(
    restingOn older: StatementID, issuedAgainAs newer: StatementID, at now: Timestamp
  ) throws(StoreError) {
    for signOff in try store.signOffs(restingOn: older) {
      try reopen(signOff, .statement(newer), at: now)
    }
  }

  private func reopen(
    _ signOff: SignOff, _ cause: SignOffBreak, at now: Timestamp
  ) throws(StoreError) {
    var decision = SignOffDecision(signOff, at: now, by: .system)
    decision.reopen(cause)
    try keep(decision, by: .system, at: now)
  }
}
