import Store
import Chance
import Domain
import Engine

/// What people do with an order while it lives, at random times.
extension Story {
  private typealias Act = (World) -> Void

  func plan(_ world: World) {
    guard let order else { return }
    func sometimes(_ permille: Int64, within: Int64, _ act: @escaping Act) {
      guard world.random.chance(permille: permille) else { return }
      world.after(world.random.next(in: 10...within)) { act($0) }
    }
    sometimes(300, within: 60_000) { self.openPayment($0, tries: 4) }
    sometimes(200, within: 300_000) { self.openPayment($0, tries: 4) }
    sometimes(120, within: 600_000) { world in
      world.call(
        "order.cancel", .orderCancel(.id(order), reason: "changed my mind"), by: People.shop,
        key: self.key())
    }
    sometimes(300, within: 60_000) { world in
      world.watch(order, true)
      world.after(world.random.next(in: 5000...400_000)) { $0.watch(order, false) }
    }
    for _ in 0..<3 {
      sometimes(250, within: 900_000) { self.ask($0) }
      sometimes(500, within: 1_500_000) { self.claim($0) }
      sometimes(500, within: 3_000_000) { self.giveBack($0) }
      sometimes(300, within: 4_000_000) { self.decideRefund($0) }
      sometimes(100, within: 4_000_000) { self.adjudicate($0) }
      sometimes(80, within: 3_000_000) { self.moveGoods($0) }
    }
    world.after(world.bystander.next(in: 60_000...4_000_000)) { world in
      world.tendDispute(of: order, key: self.key())
    }
    sometimes(80, within: 900_000) { self.closePayment($0) }
    sometimes(60, within: 2_000_000) { world in
      world.call("poll.run", .pollRun(.id(order)), by: People.li)
    }
    sometimes(40, within: 2_000_000) { world in
      world.call(
        "order.erase_personal", .orderErasePersonal(.id(order)), by: People.li, key: self.key())
    }
  }

  private func any(_ world: World) -> PaymentID? {
    payments.isEmpty ? nil : world.random.pick(payments).payment.id
  }

  private func ask(_ world: World) {
    guard let payment = any(world) else { return }
    world.call("payment.query", .paymentQuery(payment), by: People.shop)
  }

  private func closePayment(_ world: World) {
    guard let payment = any(world) else { return }
    world.call("payment.close", .paymentClose(payment), by: People.shop, key: key())
  }

  // MARK: goods

  /// Two workers want the same line, each under a key of its own; the first one's answer may be
  /// lost, and then it asks again under its key.
  private func claim(_ world: World) {
    guard let order else { return }
    for _ in 0..<2 {
      let line = lines.isEmpty ? nil : world.random.pick([nil, 1, Int64(lines.count)])
      let lease = world.random.pick([nil, 5000, 60_000] as [Int64?])
      world.insist(
        "delivery.claim", .deliveryClaim(.id(order), line: line, leaseMilliseconds: lease),
        by: People.shop, key: key(), params: "\(order) \(line ?? -1) \(lease ?? -1)"
      ) { world, result in
        guard case .success(.deliveries(let reply)) = result, let claim = reply.claim else { return }
        self.claims.append(claim)
        self.handOut(claim, world)
      }
    }
  }

  private func handOut(_ claim: ClaimID, _ world: World) {
    world.after(world.random.next(in: 10...20_000)) { world in
      switch world.random.next(below: 10) {
      case 0..<6:
        world.insist(
          "delivery.complete", .deliveryComplete(claim, reference: "card"), by: People.shop,
          key: self.key(), params: claim.text
        ) { _, _ in }
      case 6:
        world.call(
          "delivery.fail", .deliveryFail(claim, reason: "no stock"), by: People.shop,
          key: self.key())
      case 7:
        world.call("delivery.release", .deliveryRelease(claim), by: People.shop, key: self.key())
      default: break
      }
    }
  }

  private func moveGoods(_ world: World) {
    guard let order else { return }
    let moves: [(String, Command)] = [
      ("delivery.hold", .deliveryHold(.id(order), reason: "looks odd")),
      ("delivery.unhold", .deliveryUnhold(.id(order))),
      ("delivery.retry", .deliveryRetry(.id(order), reason: "checked")),
      ("delivery.revoke", .deliveryRevoke(.id(order), reason: "wrong goods")),
    ]
    let (method, command) = world.random.pick(moves)
    world.call(method, command, by: People.li, key: key())
  }

  // MARK: money back

  private func giveBack(_ world: World) {
    guard let payment = any(world) else { return }
    let minor = world.random.pick([amount, amount, max(1, amount / 2), max(1, amount / 3), 1])
    let staff = world.random.pick([People.li, People.wang])
    // Several at once: only what was captured may go back.
    for _ in 0..<world.random.pick([1, 1, 2, 3]) {
      world.insist(
        "refund.create", .refundCreate(payment, amount: money(minor), reason: "asked"),
        by: staff, key: key(), params: "\(payment) \(minor)"
      ) { _, result in
        if case .success(.refund(let view)) = result { self.refunds.append(view.refund.id) }
      }
    }
  }

  private func decideRefund(_ world: World) {
    guard !refunds.isEmpty else { return }
    let refund = world.random.pick(refunds)
    let staff = world.random.pick([People.li, People.wang])
    switch world.random.next(below: 6) {
    case 0..<4:
      world.insist(
        "refund.approve", .refundApprove(refund), by: staff, key: key(), params: refund.text
      ) { _, _ in }
    case 4:
      world.call(
        "refund.reject", .refundReject(refund, reason: "no"), by: staff, key: key())
    default: world.call("refund.query", .refundQuery(refund), by: staff)
    }
  }

  // MARK: two people

  private func adjudicate(_ world: World) {
    guard let order else { return }
    if world.random.chance(permille: 800) {
      // One alone tries twice, which must not count for two.
      for person in [People.li, People.li, People.wang] {
        world.call(
          "order.accept", .orderAccept(.id(order), reason: "agreed"), by: person, key: key())
      }
    } else if let payment = any(world) {
      for person in [People.li, People.wang] {
        world.call(
          "payment.resolve",
          .paymentResolve(payment, amount: nil, proof: "statement\(index)", reason: "seen"),
          by: person, key: key())
      }
    }
  }
}
