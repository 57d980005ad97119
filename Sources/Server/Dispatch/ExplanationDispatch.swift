import Domain
import Engine
import Store
import Wire

/// What the engine says about an order from its evidence.
enum ExplanationDispatch {
  static func timeline(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(OrderTimelineRequest.self)
    return .read(.heavy) { scope in
      let facts = try OrderFacts(request.order, scope)
      let steps = Explanation.timeline(
        events: facts.events,
        receipts: try scope.store.receipts(
          gateway: nil, verdict: nil, order: facts.reference, before: nil,
          limit: receiptsMax),
        calls: try scope.store.calls(of: facts.reference), payments: facts.payments,
        facts.aggregate, zoneOffsetMinutes: scope.context.services.zoneOffsetMinutes)
      return OrderTimelineResult(order: facts.id.text, steps: steps.map(Render.step))
    }
  }

  static func why(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(OrderWhyRequest.self)
    return .read { scope in
      let facts = try OrderFacts(request.order, scope)
      let report = Explanation.why(
        facts.aggregate, events: facts.events, checks: facts.checks,
        now: scope.context.services.clock(),
        zoneOffsetMinutes: scope.context.services.zoneOffsetMinutes)
      return OrderWhyResult(order: facts.id.text, why: Render.why(report))
    }
  }

  static func tell(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(OrderTellRequest.self)
    let language = ExplanationLanguage(rawValue: request.lang.rawValue) ?? .zh
    return .read { scope in
      let facts = try OrderFacts(request.order, scope)
      let report = Explanation.tell(
        facts.aggregate, events: facts.events, checks: facts.checks,
        now: scope.context.services.clock(), language: language,
        isMasked: facts.role != .full,
        zoneOffsetMinutes: scope.context.services.zoneOffsetMinutes)
      return OrderTellResult(order: facts.id.text, tell: Render.tell(report))
    }
  }

  /// Receipts of one order that a timeline shows, newest kept.
  private static let receiptsMax = 1_000
}

/// All that explanations need of an order, from one state of the store.
private struct OrderFacts {
  let aggregate: OrderAggregate
  let events: [LoggedEvent]
  let payments: [PaymentView]
  let checks: [Explanation.PlannedCheck]
  let role: RoleView

  init(_ name: String, _ scope: ReadScope) throws {
    let (view, role) = try scope.visibleOrder(name)
    self.role = role
    let reference = OrderReference.id(view.order.id)
    guard let loaded = try scope.store.aggregate(reference) else {
      throw ReadScope.orderNotFound(name)
    }
    aggregate = loaded.aggregate
    events = try scope.store.events(of: reference)
    payments = try scope.store.payments(
      of: reference, state: nil, gateway: nil, owner: nil, after: nil,
      limit: Limits.paymentsPerOrder
    ).map(\.view)
    let refunds = try scope.store.refunds(
      of: reference, payment: nil, state: nil, owner: nil, after: nil,
      limit: Limits.refundsPerOrder
    ).map(\.view)
    let disputes = try scope.store.disputes(
      of: reference, payment: nil, gateway: nil, state: nil, isOpen: nil, dueBefore: nil,
      owner: nil, after: nil, limit: Limits.disputesPerOrder
    ).map(\.view)
    let configured = scope.context.services.gateways().map(\.name)
    checks = Explanation.checks(payments: payments, refunds: refunds, disputes: disputes) {
      name in
      configured.contains { $0.utf8.elementsEqual(name.utf8) }
    }
  }

  var id: OrderID { aggregate.order.id }
  var reference: OrderReference { .id(id) }
}
