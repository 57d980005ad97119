/// One input about one order: what it makes true.
///
/// Every method looks at the aggregate, records events and applies them at once, so later steps of
/// the same input see them. Nothing is written anywhere: the engine commits `events` or none.
package struct OrderDecision {
  package private(set) var aggregate: OrderAggregate
  /// What became true, in order.
  package private(set) var events: [Event]
  package let now: Timestamp
  package let actor: Actor
  package let trace: String?
  let identifiers: IdentifierSource

  package init(
    _ aggregate: OrderAggregate, at now: Timestamp, by actor: Actor, trace: String? = nil,
    identifiers: IdentifierSource
  ) {
    self.aggregate = aggregate
    events = []
    self.now = max(now, aggregate.order.updatedAt)
    self.actor = actor
    self.trace = trace
    self.identifiers = identifiers
  }

  package var order: Order { aggregate.order }

  mutating func record(_ body: EventBody, by other: Actor? = nil) {
    let event = Event(
      id: identifiers.next(EventKind.self, at: now), at: now, actor: other ?? actor, trace: trace,
      order: order.id, version: order.version + 1, body: body)
    aggregate.apply(event)
    events.append(event)
  }

  private init(creating event: Event, _ aggregate: OrderAggregate, by actor: Actor, trace: String?,
    identifiers: IdentifierSource)
  {
    self.aggregate = aggregate
    events = [event]
    now = event.at
    self.actor = actor
    self.trace = trace
    self.identifiers = identifiers
  }

  /// A new order. The caller has made sure that its number is free.
  ///
  /// - Throws: `out_of_range` where the amount is not above zero or the lines do not add up.
  package static func create(
    _ draft: OrderDraft, at now: Timestamp, by actor: Actor, trace: String?,
    identifiers: IdentifierSource
  ) throws(Rejection) -> OrderDecision {
    try check(draft, at: now)
    let id = identifiers.next(OrderKind.self, at: now)
    let event = Event(
      id: identifiers.next(EventKind.self, at: now), at: now, actor: actor, trace: trace,
      order: id, version: 1, body: .order(.created(draft)))
    guard let aggregate = OrderAggregate(creating: event) else {
      preconditionFailure("an order.created event begins an order")
    }
    return OrderDecision(
      creating: event, aggregate, by: actor, trace: trace, identifiers: identifiers)
  }

  private static func check(_ draft: OrderDraft, at now: Timestamp) throws(Rejection) {
    guard draft.amount.minor > 0 else {
      throw Rejection(
        .outOfRange, "The amount must be above zero.", path: "/params/amount/minor")
    }
    guard draft.expiresAt > now else {
      throw Rejection(
        .outOfRange, "The order would expire before it exists.", path: "/params/expires_in_ms")
    }
    guard !draft.lines.isEmpty else { return }
    var sum = Money.zero(draft.amount.currency)
    for (index, line) in draft.lines.enumerated() {
      do throws(MoneyError) {
        let price = Money(line.unitPrice, sum.currency)
        sum = try sum.adding(price.multiplied(by: line.quantity))
      } catch {
        throw Rejection(
          .outOfRange, "The lines add up to more than an amount can hold.",
          path: "/params/lines/\(index)")
      }
    }
    guard sum == draft.amount else {
      throw Rejection(
        .linesMismatch, "The lines add up to \(sum), the amount is \(draft.amount).",
        path: "/params/lines",
        details: [.init("lines", .money(sum)), .init("amount", .money(draft.amount))])
    }
  }

  /// Refuses where an order no longer changes until a person has looked.
  func requireNotFrozen() throws(Rejection) {
    guard order.flags.contains(.frozen) else { return }
    throw Rejection(
      .orderFrozen, "Order \(order.number) is frozen: a check on it failed and a person must look.",
      details: [.init("order", .text(order.id.text))])
  }
}

extension OrderDecision {
  /// The shop or a person gives up the order. Open payments are closed; the order becomes
  /// cancelled once every one of them is proven closed.
  package mutating func cancel(reason: String?) throws(Rejection) {
    try requireNotFrozen()
    if order.cancelRequestedAt != nil { return }
    switch order.payState {
    case .created, .awaiting, .processing: break
    case .cancelled: return
    case .expired:
      throw Rejection(
        .orderNotPayable, "Order \(order.number) has expired; there is nothing to cancel.")
    case .review, .paid, .partiallyRefunded, .refunded, .chargedBack:
      throw Rejection(
        .alreadyPaid, "Order \(order.number) has been paid and cannot be cancelled.",
        hint: "Give the money back with refund.create.",
        details: [.init("pay_state", .text(order.payState.rawValue))])
    }
    record(.order(.cancelRequested(reason: reason)))
    closeOpenPayments(cause: .cancelled)
    settle(from: .created)
  }

  /// Takes a charge of another amount or currency as payment of the order. Two different operators
  /// must say so; the first call only proposes.
  ///
  /// - Returns: whether it took effect.
  package mutating func accept(reason: String) throws(Rejection) -> Bool {
    try requireNotFrozen()
    guard let person = actor.person else {
      throw Rejection(
        .tokenRequired, "Only an operator who has shown a token can accept a doubtful charge.")
    }
    guard order.payState == .review || order.flags.contains(.weak) else {
      throw Rejection(
        .illegalTransition,
        "Order \(order.number) is \(order.payState.rawValue); only an order in review is accepted.",
        details: [.init("pay_state", .text(order.payState.rawValue))])
    }
    guard let first = order.acceptProposedBy else {
      record(.order(.acceptProposed(by: person, reason: reason)))
      return false
    }
    try requireAnother(person, than: first)
    let before = order.payState
    record(.order(.accepted(by: person, reason: reason)))
    settle(from: before)
    return true
  }

  /// What one operator proposed another one confirms (I17).
  func requireAnother(_ person: String, than first: String) throws(Rejection) {
    guard first.utf8.elementsEqual(person.utf8) else { return }
    throw Rejection(
      .secondPersonRequired, "You proposed this; another operator must confirm it.",
      details: [.init("proposed_by", .text(first))])
  }

  /// Time has passed: expires the order where nothing is open any more, else closes what is.
  package mutating func expire() {
    guard now >= order.expiresAt, order.expiredAt == nil else { return }
    guard !order.payState.isSettled, order.payState != .review else { return }
    let before = order.payState
    closeOpenPayments(cause: .expired)
    settle(from: before)
  }

  /// Stops every further change until a person looks.
  package mutating func freeze(reason: String) {
    guard !order.flags.contains(.frozen) else { return }
    record(.order(.frozen(reason: reason)))
    record(.attention(.raised(code: "frozen", text: reason)))
  }

  package mutating func raise(_ code: String, _ text: String) {
    guard !order.attention.contains(code) else { return }
    record(.attention(.raised(code: code, text: text)), by: .system)
  }

  package mutating func clear(_ code: String) {
    guard order.attention.contains(code) else { return }
    record(.attention(.cleared(code: code)))
  }

  package mutating func notePersonalErased() { record(.order(.personalErased)) }
}
