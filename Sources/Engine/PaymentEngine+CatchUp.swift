import Domain
import Gateways
import Store

/// Asking gateways what happened that nobody told us: after a start, and now and then.
extension PaymentEngine {
  /// How far the very first look goes back. Milliseconds.
  private static let firstLook: Int64 = 3_600_000
  /// When to try again after a look that brought nothing. Milliseconds.
  private static let catchUpRetry: Int64 = 60_000

  /// Asks every gateway whose time has come, one page at a time.
  func catchUp(at now: Timestamp) throws(StoreError) {
    for name in gatewayNames {
      guard let desk = desks[name], let due = desk.catchUpAt else { continue }
      guard due <= now else {
        setTimer(due)
        continue
      }
      guard desks[name]?.takeTurn(at: now) == true else {
        setTimer(desk.nextTurn(at: now))
        continue
      }
      let facts = CatchUpFacts(
        cursor: try store.catchUpCursor(of: name),
        since: now.adding(milliseconds: -Self.firstLook))
      try catchUp(facts, desk.gateway, at: now)
    }
  }

  private func catchUp(
    _ facts: CatchUpFacts, _ gateway: any Gateway, at now: Timestamp
  ) throws(StoreError) {
    let question = Question.catchUp(facts)
    let plan: GatewayPlan
    do throws(Fault) {
      plan = try gateway.plan(question, at: now)
    } catch {
      desks[gateway.name]?.giveBack()
      effects.append(.alarm("\(gateway.name) cannot be asked: \(error.reason.text)"))
      lookAgain(gateway.name, at: now.adding(milliseconds: Self.catchUpRetry))
      return
    }
    // Not due again before this page has been read.
    desks[gateway.name]?.catchUpAt = nil
    let id = identifiers.next(CallKind.self, at: now)
    let flight = Flight(
      question: question, gateway: gateway.name, subject: nil, orderKey: nil, startedAt: now,
      call: nil)
    switch plan {
    case .exchange(let bytes):
      flights[id] = flight
      leave(
        GatewayExchange(id: id, gateway: gateway.name, request: bytes), hasTurn: true, at: now)
    case .settled(let reading):
      desks[gateway.name]?.giveBack()
      try takeHappened(
        .success(reading), facts, flight, id, .success(Self.noAnswer), at: now)
    }
  }

  func lookAgain(_ name: String, at moment: Timestamp) {
    desks[name]?.catchUpAt = moment
    setTimer(moment)
  }

  /// One page of what happened. The cursor moves with the same commit that takes the page.
  func takeHappened(
    _ reading: Result<GatewayReading, Fault>, _ facts: CatchUpFacts, _ flight: Flight,
    _ id: CallID, _ result: Result<GatewayAnswer, Fault>, at now: Timestamp
  ) throws(StoreError) {
    let name = flight.gateway
    guard case .success(.happened(let page)) = reading else {
      if case .success = reading {
        preconditionFailure("an adapter answered another question")
      }
      lookAgain(name, at: now.adding(milliseconds: settings.scaled(Self.catchUpRetry)))
      return
    }
    let evidence = Evidence(
      id: id.text, source: .query, strength: .answer, at: now, digest: Self.digest(result))
    for item in page.items { try take(item, evidence, flight, result, at: now) }
    if let cursor = page.cursor { try store.setCatchUpCursor(cursor, of: name) }
    if !page.hasMore, desks[name]?.gateway.capabilities.listsPayments == true {
      try store.setComparedAt(now, of: name)
    }
    let gap = listGap(name, at: now)
    lookAgain(name, at: page.hasMore ? now : now.adding(milliseconds: settings.scaled(gap)))
  }

  /// What is about no payment of ours is passed over: other programs may use the same account.
  private func take(
    _ item: CatchUpPage.Item, _ evidence: Evidence, _ flight: Flight,
    _ result: Result<GatewayAnswer, Fault>, at now: Timestamp
  ) throws(StoreError) {
    guard let payment = try payment(item.payment, at: flight.gateway),
      let order = try store.load(payment: payment)
    else { return try noteUnknown(item, flight.gateway, at: now) }
    try noteListed(item, of: payment, order, at: now)
    try takeAlso(item.statements, payment, order.key, evidence, flight, result, at: now)
  }
}
