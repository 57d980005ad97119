import Domain
import Gateways
import Store

/// What a start makes of what a stop or a crash cut off.
extension PaymentEngine {
  func recover(at now: Timestamp) throws(StoreError) {
    // All open questions are read for it, so only where the log is ahead of the clock.
    if let newest = try store.newestEventAt(), newest > now { try store.pullIn(at: now) }
    for name in gatewayNames {
      if let row = try store.gateway(name) {
        desks[name]?.isPaused = row.isPaused
        desks[name]?.isDegraded = row.degraded != nil
      }
      if try store.unprovenReceipt(gateway: name) != nil { desks[name]?.proofs.dueAt = now }
    }
    try doubtRestoredGoods(at: now)
    for row in try store.runningKeys() {
      guard let (subject, isReused) = try ReplyMemo.subject(row) else { continue }
      runningKeys.add(RunningKey(row: row, subject: subject, isReused: isReused))
    }
    try endFrozenKeys()
    for call in try store.runningCalls() { try recover(call, at: now) }
    // Hooks that were under way may not have arrived; those that waited may go now.
    try store.releaseOutbox(at: now)
    if try store.isCatchingUp(gateways: askableGateways) { state = .recovering }
    try record(.server(.started(version: settings.version)), by: .system, at: now)
    try noteMissingGateways(at: now)
    try recoverBills(at: now)
    try recoverClosings(at: now)
    try writeQuestions()
  }

  /// What is open at a gateway that is not configured any more cannot be asked about: it is told at
  /// every start, and `recovering` does not wait for it.
  private func noteMissingGateways(at now: Timestamp) throws(StoreError) {
    for name in try store.openGateways() where desks[name] == nil {
      let count = try store.openQuestions(gateway: name)
      guard count > 0 else { continue }
      try record(.gateway(name: name, .missing(open: count)), by: .system, at: now)
      effects.append(
        .alarm(
          "The gateway \(name) is not configured any more, and \(count) payments and refunds there"
            + " cannot be asked about. Put it back into the configuration until they are settled;"
            + " poll.due tells which they are."))
    }
  }

  /// Keys of orders that froze before their outcome was known.
  private func endFrozenKeys() throws(StoreError) {
    for subject in runningKeys.subjects.sorted(by: { $0.text < $1.text }) {
      let order: LoadedOrder?
      switch subject {
      case .payment(let id): order = try store.load(payment: id)
      case .refund(let id): order = try store.load(refund: id)
      case .dispute(let id): order = try store.load(dispute: id)
      }
      if let order, order.aggregate.order.flags.contains(.frozen) { try endOutcomes(of: order) }
    }
  }

  /// A request that had left, or was about to: nobody knows what came of it, so it is asked about.
  /// It is never sent again blindly.
  private func recover(_ call: CallRow, at now: Timestamp) throws(StoreError) {
    var call = call
    call.state = .failed
    call.endedAt = now
    call.fault = "The daemon stopped before an answer came."
    try store.save(call)
    guard let key = call.orderKey, let order = try store.load(key: key) else { return }
    let reason = Reason(
      code: "daemon_stopped", text: "The daemon stopped before the gateway's answer came.")
    var decision = decide(order, by: .recovery, at: now)
    if let refund = call.refund {
      decision.noteRefundUnanswered(refund, reason)
    } else if let payment = call.payment, call.operation == "create" {
      decision.noteUnanswered(payment, reason)
    }
    let after = try record(decision, over: order, at: now)
    try makeDue(call, after, at: now)
  }

  private func makeDue(
    _ call: CallRow, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    if let id = call.refund, let refund = order.aggregate.refund(id), refund.state.isInFlight {
      var question = try question(of: refund, order, at: now)
      // It may have been this refund's second sending, or a close that came too late.
      question.step = .query
      question.nextAt = now
      question.rank = Schedule.Rank.closing
      keep(question)
    } else if let id = call.payment, let payment = order.aggregate.payment(id),
      payment.state.isOpen
    {
      var question = try question(of: payment, order, at: now)
      question.step = .query
      question.nextAt = now
      question.rank = Schedule.Rank.closing
      keep(question)
    }
  }
}
