import Domain
import Engine
import Gateways
import Store
import Testing

@Suite("A create that never arrived is sent again, and never blindly")
struct RepeatTests {
  private func world(hidesUnscanned: Bool = true) throws -> World {
    let world = try World(gateways: [TestGateway(name: "bank", createIsRepeatable: true)])
    world.bank.hidesUnscanned = hidesUnscanned
    return world
  }

  private func creates(_ world: World) -> [String] {
    world.exchanges.map { TestForm.read(String(decoding: $0.exchange.request.body, as: UTF8.self)) }
      .filter { $0["op"] == "create" }.map { TestForm.text($0.sorted { $0.key < $1.key }) }
  }

  @Test("after the signed “does not exist” the same create leaves again, and the buyer can pay")
  func again() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.unreachable]
    let payment = try world.openPayment(order)
    #expect(payment.state == .unknown)
    try world.advance(by: 10_000)
    let mended = try world.state(order).payments[0]
    #expect(mended.state == .awaitingBuyer)
    #expect(mended.action?.value == "qr:\(payment.outTradeNumber)")
    #expect(creates(world).count == 2)
    #expect(Set(creates(world)).count == 1)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 20_000)
    #expect(try world.state(order).order.payState == .paid)
    #expect(world.bank.numbers.count == 1)
  }

  @Test("the second create leaves only after a query that left seconds after the first")
  func neverBlindly() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.unreachable]
    world.bank.faults["query"] = Array(repeating: .forged, count: 6)
    _ = try world.openPayment(order)
    let begun = world.now
    while creates(world).count < 2 { try world.advance(by: 500) }
    let words = world.bank.seen.map(\.operation)
    #expect(words.first == "create")
    #expect(words.last == "create")
    #expect(words.count(where: { $0 == "query" }) >= 7)
    #expect(world.now.milliseconds(since: begun) > 3000)
  }

  @Test("a second click waits for the mended payment and gets its code")
  func secondClick() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.unreachable]
    let first = try world.openPayment(order, key: "key-00000001")
    #expect(first.state == .unknown)
    try world.advance(by: 2100)
    let second = try world.openPayment(order, key: "key-00000002")
    #expect(second.id == first.id)
    #expect(second.state == .awaitingBuyer)
    let replayed = try world.openPayment(order, key: "key-00000001")
    #expect(replayed.action == second.action)
    #expect(creates(world).count == 2)
  }

  @Test("a code that was made and got lost is closed, and the next click gets a new one")
  func lostCode() throws {
    let world = try world()
    world.bank.givesCodeOnce = true
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.answerLost]
    let lost = try world.openPayment(order)
    #expect(lost.state == .unknown)
    try world.advance(by: 10_000)
    let closed = try world.state(order).payments[0]
    #expect(closed.state == .closed)
    #expect(closed.reason?.code == "never_shown")
    #expect(try world.state(order).order.payState == .created)
    let next = try world.openPayment(order)
    #expect(next.id != lost.id)
    #expect(next.state == .awaitingBuyer)
    world.bank.pay(next.outTradeNumber, at: world.now)
    try world.advance(by: 20_000)
    #expect(try world.state(order).order.payState == .paid)
  }

  @Test("it is sent a limited number of times, then closed; the guards ask on")
  func countLimited() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = Array(repeating: .unreachable, count: 50)
    let payment = try world.openPayment(order)
    try world.advance(by: 120_000)
    #expect(creates(world).count == Limits.createCalls)
    let closed = try world.state(order).payments[0]
    #expect(closed.state == .closed)
    #expect(closed.reason?.code == "never_shown")
    world.bank.faults["create"] = []
    let next = try world.openPayment(order)
    #expect(next.state == .awaitingBuyer)
    // Against all reason somebody pays the number that nobody was shown.
    world.bank.force(payment.outTradeNumber, amount: 5800, at: world.now)
    try world.advance(by: 400_000)
    let after = try world.state(order)
    #expect(after.order.payState == .paid)
    #expect(after.payment(payment.id)?.isLate == true)
  }

  @Test("what the gateway knows, however it stands, is never sent again")
  func known() throws {
    let world = try world(hidesUnscanned: false)
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.answerLost]
    _ = try world.openPayment(order)
    try world.advance(by: 60_000)
    #expect(creates(world).count == 1)
    #expect(try world.state(order).payments[0].state == .awaitingBuyer)
  }

  @Test("a gateway that does not say that it may be repeated is only asked")
  func notRepeatable() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.unreachable]
    _ = try world.openPayment(order)
    try world.advance(by: 600_000)
    #expect(creates(world).count == 1)
    #expect(try world.state(order).payments[0].state == .unknown)
  }

  @Test("a paused gateway gets no create, and gets it when it is resumed")
  func paused() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.unreachable]
    _ = try world.openPayment(order)
    _ = try world.ask("gateway.pause", .gatewayPause("bank"), by: World.lead)
    try world.advance(by: 30_000)
    #expect(creates(world).count == 1)
    _ = try world.ask("gateway.resume", .gatewayResume("bank"), by: World.lead)
    try world.advance(by: 60_000)
    #expect(creates(world).count == 2)
    #expect(try world.state(order).payments[0].state == .awaitingBuyer)
  }

  @Test("an order that is cancelled meanwhile is closed, not opened again")
  func cancelled() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.unreachable]
    _ = try world.openPayment(order)
    _ = try world.ask("order.cancel", .orderCancel(.id(order), reason: nil))
    try world.advance(by: 60_000)
    #expect(creates(world).count == 1)
    #expect(try world.state(order).payments[0].state == .closing)
  }

  @Test("a crash at any point sends no second create without a new “does not exist”")
  func crashes() throws {
    for point in 0..<30 {
      let world = try world()
      let order = try world.makeOrder()
      world.bank.faults["create"] = [.unreachable]
      _ = try world.call("payment.create", world.paymentWish(order), key: "key-00000001")
      for step in 0..<60 {
        if step == point { try world.crash() }
        try world.advance(by: 150)
      }
      try world.advance(by: 120_000)
      let end = try world.state(order).payments[0]
      #expect(end.state == .awaitingBuyer, "point \(point)")
      #expect(Set(creates(world)).count == 1, "point \(point)")
      let words = world.bank.seen.map(\.operation)
      for (index, word) in words.enumerated().dropFirst() where word == "create" {
        #expect(words[index - 1] == "query", "point \(point): \(words)")
      }
      #expect(creates(world).count <= Limits.createCalls, "point \(point)")
    }
  }

  @Test("a signed “too many” on a create is an error, and nothing was begun")
  func turnedAway() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.turnedAway]
    let refused = try world.ask("payment.create", world.paymentWish(order))
    guard case .failure(let refusal) = refused else {
      Issue.record("\(refused)")
      return
    }
    #expect(refusal.rejection.code == .gatewayRateLimited)
    #expect(refusal.outcome == .none)
    #expect(try world.openPayment(order).state == .awaitingBuyer)
  }

  @Test("an unsigned “too many” proves nothing: the payment is unknown and mended")
  func limitedUnsigned() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.limited]
    #expect(try world.openPayment(order).state == .unknown)
    try world.advance(by: 15_000)
    #expect(try world.state(order).payments[0].state == .awaitingBuyer)
  }

  @Test("closing by absence is due at the moment from which on absence is the proof")
  func absenceIsDueExactly() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.unreachable]
    let payment = try world.openPayment(order)
    try world.advance(to: payment.expiresAt.adding(milliseconds: 599_999))
    #expect(try world.state(order).order.payState == .processing)
    try world.advance(by: 500)
    #expect(try world.state(order).order.payState == .expired)
  }
}
