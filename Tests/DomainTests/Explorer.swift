import Domain
import Testing

/// Walks every order of inputs from a few beginnings and checks what must always hold.
enum Explorer {
  /// A state and the way that led to it.
  struct Node {
    let aggregate: OrderAggregate
    let now: Timestamp
    let events: [Event]
    let path: [String]
  }

  /// What tells one situation from another: all that a rule can look at, and nothing of how it came
  /// about (identifiers, versions, times, which evidence).
  struct Situation: Hashable {
    let words: [String]

    init(_ node: Node) {
      let (order, whole) = (node.aggregate.order, node.aggregate)
      var words = [
        order.payState.rawValue, order.riskState.rawValue, "\(order.flags.rawValue)",
        order.attention.joined(separator: ","), order.acceptProposedBy ?? "",
        "\(order.cancelRequestedAt != nil) \(order.expiredAt != nil)", "\(node.now)",
      ]
      for payment in whole.payments {
        words.append(
          "\(payment.gateway) \(payment.state) \(payment.captured?.minor ?? -1) "
            + "\(payment.isMismatched) \(payment.isAccepted) \(payment.isLate) "
            + "\(payment.action != nil) \(payment.gatewayTransaction ?? "") "
            + "\(payment.evidence.map(\.strength).max()?.text ?? "")")
      }
      for refund in whole.refunds {
        let about = whole.payments.firstIndex { $0.id == refund.payment } ?? -1
        words.append(
          "\(about) \(refund.amount.minor) \(refund.state) \(refund.requestedBy) "
            + "\(refund.approvedBy ?? "")")
      }
      for delivery in whole.deliveries {
        let holder = whole.deliveries.firstIndex { $0.claim == delivery.claim } ?? -1
        words.append(
          "\(delivery.line) \(delivery.state) \(delivery.claim == nil) \(holder) "
            + "\(delivery.leaseUntil != nil) \(delivery.reason ?? "")")
      }
      self.words = words
    }
  }

  struct Report {
    var steps = 0
    var situations = 0
    var payStates: Set<PayState> = []
    var paymentStates: Set<PaymentState> = []
    var refundStates: Set<RefundState> = []
    var faults: [String] = []

    mutating func note(_ aggregate: OrderAggregate) {
      payStates.insert(aggregate.order.payState)
      paymentStates.formUnion(aggregate.payments.map(\.state))
      refundStates.formUnion(aggregate.refunds.map(\.state))
    }
  }

  // MARK: roots

  static func node(_ desk: Desk) -> Node {
    Node(aggregate: desk.aggregate, now: desk.now, events: desk.events, path: [])
  }

  static func fresh() throws -> Node { node(try Desk()) }

  static func twoOpen() throws -> Node {
    var desk = try Desk()
    let first = try desk.opened("bank")
    _ = try desk.open("other")
    try desk.see(first, .closed(nil))
    _ = try desk.opened("other")
    return node(desk)
  }

  static func paid() throws -> Node { node(try Desk.paid().0) }

  // MARK: the search

  static func explore(
    from roots: [Node], _ inputs: [ExplorerInput], depth: Int, situationsMax: Int = .max
  ) -> Report {
    var report = Report()
    var known: Set<Situation> = []
    var level = roots
    for root in roots { report.note(root.aggregate) }
    for _ in 0..<depth where report.faults.count < 3 {
      var next: [Node] = []
      for node in level {
        for input in inputs {
          guard let child = step(node, input, &report) else { continue }
          report.note(child.aggregate)
          guard known.count < situationsMax else { continue }
          if known.insert(Situation(child)).inserted { next.append(child) }
        }
      }
      level = next
    }
    report.situations = known.count
    return report
  }

  /// Nil where nothing happened.
  private static func step(_ node: Node, _ input: ExplorerInput, _ report: inout Report) -> Node? {
    report.steps += 1
    let now = input.name == "expire" ? max(node.now, expiry) : node.now
    let later = input.name == "lease end" ? now.adding(milliseconds: 3_600_000) : now
    // Identifiers follow from the version, so that equal situations are seen to be equal.
    let seed = UInt64(node.aggregate.order.version) + 1
    var decision = OrderDecision(
      node.aggregate, at: later, by: input.actor,
      identifiers: IdentifierSource(seed: (seed, 7, 7, 7)))
    do { try input.act(&decision) } catch { return nil }
    guard !decision.events.isEmpty else { return nil }
    let child = Node(
      aggregate: decision.aggregate, now: later, events: node.events + decision.events,
      path: node.path + [input.name])
    for fault in faults(from: node, to: child, decision.events, report.steps) {
      report.faults.append("\(child.path): \(fault)")
    }
    return child
  }

  // MARK: what must hold

  private static func faults(
    from node: Node, to child: Node, _ events: [Event], _ step: Int
  ) -> [String] {
    var faults: [String] = []
    if let violation = child.aggregate.violation { faults.append("\(violation)") }
    var again = node.aggregate
    for (offset, event) in events.enumerated() {
      if event.version != node.aggregate.order.version + Int64(offset) + 1 {
        faults.append("a gap before version \(event.version)")
      }
      again.apply(event)
      if case .payment(_, .failed(_, let proof)) = event.body, proof.strength < .signedNotice {
        faults.append("failed without the gateway's word")
      }
    }
    if again != child.aggregate { faults.append("events say something else than the decision") }
    if step % 64 == 0, folded(child.events) != child.aggregate {
      faults.append("a rebuild differs")
    }
    faults += moneyFaults(node.aggregate, child.aggregate, events)
    faults += deliveryFaults(node.aggregate, child.aggregate, events)
    return faults
  }

  private static func moneyFaults(
    _ before: OrderAggregate, _ after: OrderAggregate, _ events: [Event]
  ) -> [String] {
    var faults: [String] = []
    let isReversed = events.contains {
      if case .payment(_, .reversed) = $0.body { return true }
      return false
    }
    if after.order.captured < before.order.captured, !isReversed {
      faults.append("captured fell from \(before.order.captured) to \(after.order.captured)")
    }
    let isReturned = events.contains {
      if case .refund(_, .returned) = $0.body { return true }
      return false
    }
    if after.order.refunded < before.order.refunded, !isReversed, !isReturned {
      faults.append("refunded fell")
    }
    let given = after.refunds.filter { $0.state == .succeeded }.reduce(0) { $0 + $1.amount.minor }
    let taken = after.payments.compactMap(\.captured?.minor).reduce(0, +)
    if given > taken { faults.append("gave back \(given) of \(taken)") }
    return faults
  }

  private static func deliveryFaults(
    _ before: OrderAggregate, _ after: OrderAggregate, _ events: [Event]
  ) -> [String] {
    var faults: [String] = []
    for old in before.deliveries {
      guard let new = after.deliveries.first(where: { $0.id == old.id }) else {
        faults.append("a delivery vanished")
        continue
      }
      if old.state == .delivered, new.state != .delivered, new.state != .revoked {
        faults.append("delivered goods became \(new.state)")
      }
      if old.state == .revoked, new.state != .revoked { faults.append("revoked goods came back") }
    }
    for event in events {
      guard case .delivery(_, .reserved) = event.body else { continue }
      if before.order.riskState.blocksDelivery { faults.append("held goods were claimed") }
      let left = before.payments.reduce(0) { $0 + before.unreserved(of: $1.id) }
      if left == 0 { faults.append("goods were claimed while all the money goes back") }
      if !before.order.payState.isSettled { faults.append("unpaid goods were claimed") }
    }
    return faults
  }
}
