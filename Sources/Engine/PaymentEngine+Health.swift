import Domain
import Gateways
import Store

/// What is counted about gateways: how well they answer, and how many callbacks get lost.
extension PaymentEngine {
  /// Keeps the budget's failures and says when a gateway goes bad or comes back.
  ///
  /// - Parameter isAnswered: bytes came back, whatever they were worth: only then is the time they
  ///   took a latency.
  func noteHealth(
    _ reading: Result<GatewayReading, Fault>, isAnswered: Bool, _ flight: Flight,
    at now: Timestamp
  ) throws(StoreError) {
    let name = flight.gateway
    try store.count("calls", gateway: name, at: now)
    if isAnswered, let sentAt = flight.sentAt {
      let latency = LatencyClass(milliseconds: now.milliseconds(since: sentAt))
      try store.count(latency.counter, gateway: name, at: now)
    }
    switch reading {
    case .success:
      desks[name]?.noteSuccess()
      try store.noteAnswered(gateway: name, at: now)
      guard desks[name]?.isDegraded == true else { return }
      desks[name]?.isDegraded = false
      try store.setGateway(name, isPaused: desks[name]?.isPaused ?? false, degraded: nil)
      try record(.gateway(name: name, .recovered), by: .system, at: now)
    case .failure(let fault):
      // What the gateway says about one payment says nothing about the gateway.
      guard FaultCode.isAboutGateway(fault.reason.code) else { return }
      try store.count("faults", gateway: name, at: now)
      try store.noteFailed(gateway: name, fault.reason.code, at: now)
      let isLimited = fault.reason.code.utf8.elementsEqual(FaultCode.limited.utf8)
      desks[name]?.noteFailure(isLimited: isLimited, at: now)
      guard let desk = desks[name], !desk.isDegraded,
        desk.failures >= GatewayDesk.degradedAfter
      else { return }
      desks[name]?.isDegraded = true
      try store.setGateway(name, isPaused: desk.isPaused, degraded: fault.reason.text)
      try record(
        .gateway(name: name, .degraded(reason: fault.reason.text)), by: .system, at: now)
    }
  }

  /// Counts how a success was learnt: a callback that had to be asked for counts as lost until it
  /// comes after all.
  func noteLearnt(
    _ sighting: PaymentSighting, _ before: LoadedOrder, _ after: LoadedOrder, _ id: PaymentID,
    byNotice: Bool, at now: Timestamp
  ) throws(StoreError) {
    guard case .paid = sighting, let payment = after.aggregate.payment(id),
      before.aggregate.payment(id)?.state != .succeeded, payment.state == .succeeded
    else { return }
    let name = byNotice ? "learnt_by_notice" : "learnt_by_query"
    try store.count(name, gateway: payment.gateway, at: now)
  }

  /// A notice of what a query had told before: the callback was late, not lost.
  func noteRepeated(
    _ sighting: PaymentSighting, _ order: LoadedOrder, _ id: PaymentID, at now: Timestamp
  ) throws(StoreError) {
    guard case .paid = sighting, let payment = order.aggregate.payment(id),
      payment.state == .succeeded, payment.evidence.first?.source != .notice
    else { return }
    try store.count("notice_late", gateway: payment.gateway, at: now)
  }

  func pause(_ name: String, _ isPaused: Bool) throws(CommandStop) -> CommandOutcome {
    _ = try desk(name)
    if !isTrial { desks[name]?.isPaused = isPaused }
    return try stored { () throws(StoreError) in
      try store.setGateway(
        name, isPaused: isPaused, degraded: try store.gateway(name)?.degraded)
      return .done(.gatewayPaused(name: name, isPaused: isPaused))
    }
  }

  /// One harmless signed call.
  func check(
    _ name: String, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let desk = try desk(name)
    guard !isTrial else {
      throw .refused(
        Rejection(.notDryRunnable, "A check asks the gateway; it cannot be tried out."))
    }
    let plan: GatewayPlan
    do throws(Fault) {
      plan = try desk.gateway.plan(.check, at: now)
    } catch { throw .refused(Self.rejection(error, gateway: name)) }
    switch plan {
    case .settled(.check(let finding)): return .done(.gatewayChecked(name: name, finding))
    case .settled: preconditionFailure("an adapter answered another question")
    case .exchange(let bytes):
      let id = identifiers.next(CallKind.self, at: now)
      flights[id] = Flight(
        question: .check, gateway: name, subject: nil, orderKey: nil, startedAt: now, call: nil)
      leave(GatewayExchange(id: id, gateway: name, request: bytes), hasTurn: false, at: now)
      try stored { () throws(StoreError) in
        try wait(request, .check(id), isReused: false, at: now)
      }
      return .waits
    }
  }

  func finishCheck(
    _ id: CallID, _ flight: Flight, _ reading: Result<GatewayReading, Fault>,
    _ result: Result<GatewayAnswer, Fault>, at now: Timestamp
  ) throws(StoreError) {
    var finding: CheckFinding
    switch reading {
    case .success(.check(let found)): finding = found
    case .success: preconditionFailure("an adapter answered another question")
    case .failure(let fault):
      finding = CheckFinding(fault.reason)
    }
    // Servers tell the time in every answer, whatever the gateway's own words hold.
    if finding.code == "ok", case .success(let answer) = result,
      let clock = answer.clockFinding(flight.gateway, at: now)
    {
      finding = clock
    }
    if finding.code == "ok", let missing = try missingNotices(flight.gateway, at: now) {
      finding = missing
    }
    for waiter in waiters.removeValue(forKey: .check(id)) ?? [] {
      answer(waiter.token, .success(.gatewayChecked(name: flight.gateway, finding)))
    }
  }

  /// What no call can show: payments were found by asking for a day, and no notice ever came.
  private func missingNotices(
    _ name: String, at now: Timestamp
  ) throws(StoreError) -> CheckFinding? {
    var found: Int64 = 0
    for hour in 0..<Self.noticeHours {
      let moment = now.adding(milliseconds: -hour * 3_600_000)
      guard try store.counted("receipts", gateway: name, at: moment) == 0 else { return nil }
      found += try store.counted("learnt_by_query", gateway: name, at: moment)
    }
    guard found >= Self.paymentsWithoutNoticeMin else { return nil }
    return CheckFinding(
      code: "callback_never_reached",
      text: "keys and clock are right, but \(found) payments of the last 24 hours had to be found "
        + "by asking and not one notification came",
      hint: "Look whether the gateway reaches notify_url from outside, and whether the web front "
        + "end hands what comes there to notification.ingest")
  }

  private static let noticeHours: Int64 = 24
  /// Fewer lost callbacks than this may be chance.
  private static let paymentsWithoutNoticeMin: Int64 = 5
}
