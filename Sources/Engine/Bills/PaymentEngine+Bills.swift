import Domain
import Gateways
import Store

/// Bills: which ones there should be by now, downloading them, and what to do where none comes.
extension PaymentEngine {
  /// Bills that a tick takes up.
  private static let billShare = 16

  /// At a start: tasks that a stop cut off begin anew.
  func recoverBills(at now: Timestamp) throws(StoreError) {
    try store.removeUnfinishedUploads(of: BillTask.owner)
    for name in gatewayNames { bills.firstDays[name] = try store.firstBillDay(of: name) }
    bills.look(at: now)
  }

  /// A gateway has a payment of ours: from this day on its bills are of interest.
  func beginBills(of gateway: String, at now: Timestamp) throws(StoreError) {
    guard bills.firstDays[gateway] == nil, let offer = desks[gateway]?.billOffers.first else {
      return
    }
    let day = CivilDay(now, offsetMinutes: offer.schedule.zoneOffsetMinutes)
    bills.firstDays[gateway] = day
    try store.setFirstBillDay(day, of: gateway)
    bills.look(at: now)
    setTimer(now)
  }

  /// Takes up what is due about bills.
  func tendBills(at now: Timestamp) throws(StoreError) {
    guard let lookAt = bills.lookAt, lookAt <= now else {
      setTimer(bills.lookAt)
      return
    }
    bills.lookAt = nil
    for gateway in gatewayNames { try listBills(of: gateway, at: now) }
    let due = try store.dueBills(at: now, limit: Self.billShare)
    for row in due where !bills.isBusy(row.gateway) { try begin(row, at: now) }
    // What is due and was left waits for the end of a task, which looks again.
    bills.look(at: try store.nextBill(after: now))
    setTimer(bills.lookAt)
  }

  /// Makes the rows of bills that should be there by now.
  private func listBills(of gateway: String, at now: Timestamp) throws(StoreError) {
    guard let first = bills.firstDays[gateway], let desk = desks[gateway] else { return }
    for offer in desk.billOffers {
      let series = BillDesk.Series(gateway: gateway, kind: offer.kind)
      // The first look goes over all days: one that was asked for by hand says nothing of others.
      let wanted = bills.newestDays[series].map { max(first, $0.adding(days: 1)) } ?? first
      for day in offer.schedule.readyDays(from: wanted, at: now) {
        let name = BillName(kind: offer.kind, day: day)
        if try store.bill(name, of: gateway) == nil {
          try store.save(BillRow(gateway: gateway, name: name, nextAt: now))
        }
      }
      let newest = offer.schedule.newestReadyDay(at: now)
      bills.newestDays[series] = max(newest, first.adding(days: -1))
      bills.look(at: offer.schedule.readyAt(max(newest.adding(days: 1), first)))
    }
  }

  /// Makes bills due now; what they bring follows.
  ///
  /// - Parameter kind: nil for all that the gateway gives out.
  /// - Parameter day: nil for the last one whose bill should be there.
  func fetchBills(
    of gateway: String, _ kind: BillKind?, _ day: CivilDay?, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let desk = try desk(gateway)
    let offers = desk.billOffers.filter { kind == nil || $0.kind == kind }
    func refused(_ text: String) -> CommandStop {
      .refused(
        Rejection(.gatewayNotSupported, text, details: [.init("gateway", .text(gateway))]))
    }
    guard !offers.isEmpty else {
      throw refused("\(gateway) gives out no \(kind.map { "\($0.rawValue) " } ?? "")bills.")
    }
    var rows: [BillRow] = []
    for offer in offers {
      let day = day ?? offer.schedule.newestReadyDay(at: now)
      guard day.end(offsetMinutes: offer.schedule.zoneOffsetMinutes) <= now else {
        throw refused("There can be no bill of \(day) yet: the day is not over.")
      }
      let name = BillName(kind: offer.kind, day: day)
      rows.append(
        try stored { () throws(StoreError) in try makeDue(name, of: gateway, at: now) })
    }
    return .done(.bills(rows))
  }

  private func makeDue(
    _ name: BillName, of gateway: String, at now: Timestamp
  ) throws(StoreError) -> BillRow {
    let known = try store.bill(name, of: gateway)
    var row = known ?? BillRow(gateway: gateway, name: name, nextAt: now)
    let key = BillDesk.Key(gateway: gateway, name: name)
    guard !bills.running.values.contains(key) else { return row }
    row.state = .waiting
    row.tries = nil
    row.nextAt = now
    try store.save(row)
    bills.look(at: now)
    setTimer(now)
    return row
  }

  private func begin(_ row: BillRow, at now: Timestamp) throws(StoreError) {
    guard let desk = desks[row.gateway], desk.billOffer(row.name.kind) != nil else {
      // Configured no more, or configured otherwise: nobody can be asked.
      var row = row
      row.nextAt = nil
      try store.save(row)
      return
    }
    guard let step = try step(of: row) else { return }
    let id = identifiers.next(CallKind.self, at: now)
    bills.running[id] = BillDesk.Key(gateway: row.gateway, name: row.name)
    effects.append(
      .bill(BillTask(id: id, gateway: row.gateway, bill: row.name, step: step)))
  }

  private func step(of row: BillRow) throws(StoreError) -> BillTask.Step? {
    let statement = row.statement.flatMap { StatementID(text: $0) }
    switch row.state {
    // A day that was taken for empty is asked about once more.
    case .waiting, .empty: return .download
    case .kept:
      guard let statement, let days = days(of: row) else { return nil }
      return .read(statement, from: days.from, to: days.to)
    case .imported: return try tradeStatement(beside: row).map { .compare($0) }
    case .done, .gone, .unusable: return nil
    }
  }

  /// The time that a bill is about.
  func days(of row: BillRow) -> (from: Timestamp, to: Timestamp)? {
    guard let schedule = desks[row.gateway]?.billOffer(row.name.kind)?.schedule else { return nil }
    let offset = schedule.zoneOffsetMinutes
    return (
      row.name.day.start(offsetMinutes: offset), row.name.day.end(offsetMinutes: offset)
    )
  }

  /// The end of a task.
  func endBillTask(_ id: CallID, _ end: BillTaskEnd, at now: Timestamp) throws(StoreError) {
    if case .compared(let draft) = end, try !isReady(draft) {
      enqueue(draft, .billTaskEnded(id, end), at: now)
      return
    }
    if case .downloaded(.success(.file(let file))) = end, let key = bills.running[id],
      file.bytes.count > settings.bytesOfPiece
    {
      try beginKeeping(file, id, key, at: now)
      return
    }
    guard let key = bills.running.removeValue(forKey: id),
      var row = try store.bill(key.name, of: key.gateway)
    else { return }
    bills.look(at: now)
    setTimer(now)
    switch end {
    case .downloaded(.success(.file(let file))): try keep(file, &row, at: now)
    case .downloaded(.success(let outcome)): try takeAbsence(outcome, &row, at: now)
    case .downloaded(.failure) where row.state == .empty: lookAgain(&row, at: now)
    case .downloaded(.failure(let fault)): tryAgain(&row, fault.reason.text, at: now)
    case .read(let draft): try take(draft, &row, at: now)
    case .compared(let draft): try take(draft, &row, at: now)
    case .refused(let rejection): takeRefusal(rejection, &row, at: now)
    case .failed(let text): tryAgain(&row, text, at: now)
    }
    try store.save(row)
  }

  /// There is no bill. Only what our own books confirm is a day without business.
  private func takeAbsence(
    _ outcome: BillOutcome, _ row: inout BillRow, at now: Timestamp
  ) throws(StoreError) {
    guard let days = days(of: row), let desk = desks[row.gateway],
      let schedule = desk.billOffer(row.name.kind)?.schedule
    else { return }
    let isEmpty = try !store.hasBusiness(of: row.gateway, from: days.from, to: days.to)
    switch outcome {
    case .noBusiness(let reason):
      guard isEmpty else {
        row.state = .waiting
        tryAgain(&row, "\(reason.text), and our books have business on that day", at: now)
        return
      }
      finish(&row, .empty, reason.text)
    case .silent(let reason):
      guard schedule.silenceMeansEmpty(row.name.day, ownDayIsEmpty: isEmpty, at: now) else {
        row.state = .waiting
        tryAgain(&row, reason.text, at: now)
        return
      }
      finish(&row, .empty, reason.text)
      lookAgain(&row, at: now)
    case .notYet(let reason):
      row.state = .waiting
      tryAgain(&row, reason.text, at: now)
    case .file: preconditionFailure("a file that came is kept")
    }
  }

  private func lookAgain(_ row: inout BillRow, at now: Timestamp) {
    guard let schedule = desks[row.gateway]?.billOffer(row.name.kind)?.schedule else { return }
    row.nextAt = schedule.nextLook(
      at: row.name.day, after: now,
      gapMilliseconds: settings.scaled(BillSchedule.dailyGapMilliseconds))
  }

  func finish(_ row: inout BillRow, _ state: BillRow.State, _ reason: String? = nil) {
    row.state = state
    row.nextAt = nil
    row.reason = reason
  }

  /// Later again, as the schedule says; and said aloud once it is late.
  func tryAgain(_ row: inout BillRow, _ reason: String, at now: Timestamp) {
    guard let schedule = desks[row.gateway]?.billOffer(row.name.kind)?.schedule else { return }
    let tries = row.tries?.adding(at: now)
      ?? BillSchedule.Tries(count: 1, firstAt: now, lastAt: now)
    row.tries = tries
    row.reason = reason
    let alarmAt = schedule.alarmAt(row.name.day)
    guard let next = schedule.nextTry(for: row.name.day, after: tries) else {
      say("AL17 ", row, "is missing: \(reason).")
      finish(&row, .gone, reason)
      return
    }
    let gap = settings.scaled(next.milliseconds(since: now))
    row.nextAt = now.adding(milliseconds: gap)
    guard !row.isAlarmed else { return }
    if now >= alarmAt {
      say("AL17 ", row, "is missing: \(reason).")
      row.isAlarmed = true
    } else if let nextAt = row.nextAt, nextAt > alarmAt {
      row.nextAt = alarmAt
    }
  }
}
