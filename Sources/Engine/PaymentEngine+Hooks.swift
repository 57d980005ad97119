import Domain
import Store

/// Telling shops that have no resident process, and consumers that have.
extension PaymentEngine {
  private static let gaps: [Int64] = [
    0, 2000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000,
    14_400_000, 28_800_000,
  ]
  /// After this long an outgoing hook is given up; a person can send it again.
  private static let hookLife: Int64 = 72 * 3_600_000
  /// So long a message that was handed out is not looked at again. It is sent again only where it
  /// is not under way any more: its turn may come late, where many wait for a slow receiver.
  private static let hookGrace: Int64 = 600_000
  private static let hookShare = 16

  func sendHooks(at now: Timestamp) throws(StoreError) {
    for var row in try store.dueOutbox(at: now, limit: PaymentEngine.hookShare) {
      if hooksUnderWay.contains(row.id) {
        row.nextAt = now.adding(milliseconds: PaymentEngine.hookGrace)
        try store.save(row)
        continue
      }
      guard settings.hooks.contains(where: { $0.name.utf8.elementsEqual(row.hook.utf8) }),
        let line = try store.line(at: row.sequence)
      else {
        row.state = .dead
        row.nextAt = nil
        row.endedAt = now
        row.lastError = "The hook is not configured any more."
        try store.save(row)
        continue
      }
      row.tries += 1
      row.nextAt = now.adding(milliseconds: PaymentEngine.hookGrace)
      try store.save(row)
      hooksUnderWay.insert(row.id)
      effects.append(
        .deliverHook(
          HookCall(id: row.id, hook: row.hook, event: line, attempt: row.tries)))
    }
  }

  /// At least once: a hook counts as done only when the receiver said so.
  func endHook(
    _ id: HookDeliveryID, failure: String?, at now: Timestamp
  ) throws(StoreError) {
    hooksUnderWay.remove(id)
    guard var row = try store.outboxRow(id), row.state == .ready else { return }
    if let failure {
      row.lastError = String(failure.prefix(500))
      if now.milliseconds(since: row.createdAt) > PaymentEngine.hookLife {
        row.state = .dead
        row.nextAt = nil
        row.endedAt = now
        effects.append(.alarm("The hook \(row.hook) never took event \(row.sequence): \(failure)"))
      } else {
        let index = Int(min(row.tries, Int64(PaymentEngine.gaps.count - 1)))
        row.nextAt = now.adding(milliseconds: settings.scaled(PaymentEngine.gaps[index]))
      }
    } else {
      row.state = .done
      row.nextAt = nil
      row.endedAt = now
      row.lastError = nil
    }
    try store.save(row)
    setTimer(row.nextAt)
  }

  func retryHook(_ id: HookDeliveryID, at now: Timestamp) throws(CommandStop) -> CommandOutcome {
    let found = try stored { () throws(StoreError) in try store.outboxRow(id) }
    guard var row = found else {
      throw .refused(
        Rejection(.hookNotFound, "There is no hook delivery \(id).", path: "/params/hook"))
    }
    row.state = .ready
    row.nextAt = now
    row.endedAt = nil
    row.createdAt = now
    return try stored { () throws(StoreError) in
      try store.save(row)
      setTimer(now)
      return .done(.hookQueued(id))
    }
  }

  private func requireRoomForConsumer(_ caller: Caller) throws(CommandStop) {
    let count = try stored { () throws(StoreError) in
      try store.consumersCount(of: caller.principal)
    }
    guard count >= Limits.consumers else { return }
    throw .refused(
      Rejection(
        .tooManyConsumers, "There are \(count) named consumers already.",
        hint: "Use names again instead of making a new one for every run.",
        path: "/params/consumer", details: [.init("limit", .integer(Int64(Limits.consumers)))]))
  }

  /// A named consumer has worked up to here. Its position never moves back.
  func acknowledge(
    _ name: String, _ epoch: String, _ sequence: Int64, _ caller: Caller, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    guard epoch.utf8.elementsEqual(store.epoch.utf8) else {
      throw .refused(
        Rejection(
          .cursorForeign, "The cursor belongs to another history.", path: "/params/cursor"))
    }
    guard sequence <= store.lastSequence else {
      throw .refused(
        Rejection(
          .cursorAhead, "The log has not come to this cursor yet.", path: "/params/cursor"))
    }
    let known = try stored { () throws(StoreError) in
      try store.consumer(principal: caller.principal, name: name)
    }
    if known == nil { try requireRoomForConsumer(caller) }
    return try stored { () throws(StoreError) in
      let place = max(known ?? 0, sequence)
      try store.setConsumer(
        principal: caller.principal, name: name, sequence: place, at: now)
      return .done(.acknowledged(consumer: name, sequence: place))
    }
  }
}
