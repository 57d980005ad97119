import Domain
import Engine
import Store
import Testing

@Suite("Payments through the engine")
struct PaymentFlowTests {
  @Test("an unpaid order expires by query, close and proof, and the guards ask on")
  func expiry() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    try world.advance(to: payment.expiresAt.adding(milliseconds: 5000))
    let aggregate = try world.state(order)
    #expect(aggregate.order.payState == .expired)
    #expect(aggregate.payments[0].state == .closed)
    #expect(aggregate.payments[0].closingCause == .expired)
    #expect(world.bank.count("close") == 1)
    let queries = world.bank.count("query")
    try world.advance(by: 90_000_000)
    #expect(world.bank.count("query") == queries + 6)
    #expect(world.engine.nextWake == nil || world.engine.nextWake ?? world.now > world.now)
  }

  @Test("a payment that the buyer never saw is closed by absence after the gateway's time")
  func neverSeen() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.unreachable]
    let payment = try world.openPayment(order)
    #expect(payment.state == .unknown)
    try world.advance(to: payment.expiresAt.adding(milliseconds: 550_000))
    #expect(try world.state(order).order.payState == .processing)
    try world.advance(by: 600_000)
    #expect(try world.state(order).order.payState == .expired)
    #expect(world.bank.count("close") == 0)
  }

  @Test("money that comes after the close is found by a guard, paid and late")
  func late() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    try world.advance(to: payment.expiresAt.adding(milliseconds: 5000))
    #expect(try world.state(order).order.payState == .expired)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 70_000)
    let late = try world.state(order).order
    #expect(late.payState == .paid)
    #expect(late.flags.contains(.late))
  }

  @Test("a close that is answered with paid is a payment")
  func paidOnClose() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.holdsExchanges = true
    let token = try world.call("payment.close", .paymentClose(payment.id))
    guard case .success(.paymentClosing(_, let isClosing)) = try world.answer(token) else {
      Issue.record("not closing")
      return
    }
    #expect(isClosing)
    try world.advance(by: 10)
    world.sendHeld()
    try world.advance(by: 100)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    world.holdsExchanges = false
    world.sendHeld()
    try world.advance(by: 5000)
    #expect(try world.state(order).order.payState == .paid)
    #expect(world.bank.count("close") <= 1)
  }

  @Test("a gateway that takes closes and does not close is asked ever more slowly")
  func stubbornClose() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.ignoresClose = true
    _ = try world.ask("payment.close", .paymentClose(payment.id))
    try world.advance(by: 600_000)
    #expect(world.bank.count("close") < 12)
    #expect(try world.state(order).payments[0].state == .closing)
    try world.advance(by: 3 * 3_600_000)
    #expect(try world.state(order).order.attention.contains("payment_stale"))
  }

  @Test("a gateway without a close is only asked until it proves the end")
  func withoutClose() throws {
    let world = try World(gateways: [TestGateway(name: "bank", canClose: false)])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    try world.advance(to: payment.expiresAt.adding(milliseconds: 60_000))
    #expect(world.bank.count("close") == 0)
    #expect(try world.state(order).payments[0].state == .closing)
    world.bank.set(payment.outTradeNumber, .closed)
    try world.advance(by: 400_000)
    #expect(try world.state(order).order.payState == .expired)
    #expect(world.alarms.isEmpty)
  }

  @Test("where the gateway can close what it has not seen, an absent payment is closed")
  func closesUnseen() throws {
    let world = try World(gateways: [TestGateway(name: "bank", closesUnseenPayments: true)])
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.unreachable]
    let payment = try world.openPayment(order)
    _ = try world.ask("payment.close", .paymentClose(payment.id))
    try world.advance(by: 10_000)
    #expect(world.bank.count("close") > 0)
  }

  @Test("a payment made without a call is asked about from the start")
  func local() throws {
    let world = try World(gateways: [TestGateway(name: "bank", isLocal: true)])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    #expect(payment.state == .awaitingBuyer)
    #expect(payment.action?.kind == .form)
    try world.advance(by: 6000)
    #expect(world.bank.count("query") == 1)
    #expect(world.bank.count("create") == 0)
  }

  @Test("the schedule asks dense at first and thins out, and never misses the expiry")
  func schedule() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    let opened = world.now
    try world.advance(to: payment.expiresAt.adding(milliseconds: -1))
    let times = world.exchanges.dropFirst().map { $0.at.milliseconds(since: opened) / 1000 }
    #expect(times.prefix(8) == [5, 10, 15, 20, 30, 40, 50, 60])
    #expect(world.bank.count("query") < 30)
    #expect(world.bank.count("query") > 20)
  }

  @Test("somebody who waits makes the gateway be asked more often")
  func watched() throws {
    let world = try World()
    let order = try world.makeOrder()
    _ = try world.openPayment(order)
    try world.advance(by: 61_000)
    let before = world.bank.count("query")
    try world.run([.watched(order, true)])
    try world.advance(by: 60_000)
    let watched = world.bank.count("query") - before
    #expect((5...7).contains(watched))
    try world.run([.watched(order, false)])
    try world.advance(by: 60_000)
    #expect(world.bank.count("query") - before - watched < 5)
    try world.advance(by: 3_600_000)
  }

  @Test("a watched payment in its first minute is asked every three seconds")
  func watchedEarly() throws {
    let world = try World()
    let order = try world.makeOrder()
    try world.run([.watched(order, true)])
    _ = try world.openPayment(order)
    try world.advance(by: 31_000)
    #expect((9...11).contains(world.bank.count("query")))
  }

  @Test("payment.query asks now, joins the question under way, and not twice in two seconds")
  func query() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    try world.advance(by: 3000)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let one = try world.call("payment.query", .paymentQuery(payment.id))
    let other = try world.call("payment.query", .paymentQuery(payment.id))
    try world.advance(by: 100)
    for token in [one, other] {
      guard case .success(.payment(let view, _)) = try world.answer(token) else {
        Issue.record("no answer")
        return
      }
      #expect(view.payment.state == .succeeded)
    }
    #expect(world.bank.count("query") == 1)
    let soon = try world.call("payment.query", .paymentQuery(payment.id))
    #expect(refusal(try world.answer(soon)) == nil)
    #expect(world.bank.count("query") == 1)
  }

  @Test("poll.run makes one order's questions due, or all of them")
  func pollRun() throws {
    let world = try World()
    var payments: [Payment] = []
    for _ in 0..<3 { payments.append(try world.openPayment(try world.makeOrder())) }
    try world.advance(by: 100_000)
    let before = world.bank.count("query")
    let one = try world.ask("poll.run", .pollRun(.id(payments[0].order)), by: World.lead)
    #expect(one == .success(.polled(count: 1)))
    try world.advance(by: 100)
    #expect(world.bank.count("query") == before + 1)
    let all = try world.ask("poll.run", .pollRun(nil), by: World.lead)
    #expect(all == .success(.polled(count: 3)))
    try world.advance(by: 100)
    #expect(world.bank.count("query") == before + 4)
  }

  @Test("a transaction that pays one order already does not pay a second one")
  func foreignTransaction() throws {
    let world = try World()
    let (_, paid) = try world.paidOrder()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    world.bank.setTransaction(payment.outTradeNumber, try #require(paid.gatewayTransaction))
    try world.advance(by: 6000)
    let aggregate = try world.state(order)
    #expect(aggregate.order.payState != .paid)
    #expect(aggregate.order.attention.contains("foreign_transaction"))
  }

  @Test("forged and broken answers change nothing, and the truth is found after them")
  func badAnswers() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    world.bank.faults["query"] = [.forged, .brokenAfter, .answerLost, .limited]
    try world.advance(by: 7000)
    #expect(try world.state(order).order.payState == .awaiting)
    try world.advance(by: 300_000)
    #expect(try world.state(order).order.payState == .paid)
  }

  @Test("a processing payment without an end is called stale, shown, and found when it ends")
  func stale() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.set(payment.outTradeNumber, .paying)
    try world.advance(by: 4 * 3_600_000)
    #expect(try world.state(order).order.attention.contains("payment_stale"))
    #expect(try world.state(order).order.payState == .processing)
    try world.advance(by: 2 * 86_400_000)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 2 * 3_600_000)
    #expect(try world.state(order).order.payState == .paid)
    #expect(try world.state(order).order.attention.contains("payment_stale") == false)
  }

  @Test("the call about a stale payment ends with the payment, whatever its end")
  func staleEnds() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.set(payment.outTradeNumber, .paying)
    try world.advance(by: 4 * 3_600_000)
    #expect(try world.state(order).order.attention == ["payment_stale"])
    world.bank.set(payment.outTradeNumber, .closed)
    try world.advance(by: 2 * 3_600_000)
    #expect(try world.state(order).payment(payment.id)?.state == .closed)
    #expect(try world.state(order).order.attention.isEmpty)
  }

  @Test("three days without a final answer are an alarm, once, and end with the answer")
  func openForDays() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.set(payment.outTradeNumber, .paying)
    try world.advance(by: 3 * 86_400_000 - 60_000)
    #expect(!(try world.state(order).order.attention.contains("payment_open_for_days")))
    try world.advance(by: 2 * 86_400_000)
    #expect(try world.state(order).order.attention.contains("payment_open_for_days"))
    #expect(world.alarms.count { $0.hasPrefix("AL2 ") } == 1)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 8 * 3_600_000)
    #expect(try world.state(order).order.payState == .paid)
    #expect(!(try world.state(order).order.attention.contains("payment_open_for_days")))
  }
}
