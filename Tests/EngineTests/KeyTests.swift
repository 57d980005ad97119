import Domain
import Engine
import Store
import Testing

@Suite("Keys: a wish is carried out once and answered the same way again")
struct KeyTests {
  @Test("the same key gives an equal reply, and no second order")
  func orderReplay() throws {
    let world = try World()
    let command = Command.orderCreate(world.wish(number: "A1"))
    let first = try world.ask("order.create", command, key: "key-00000001", params: "A1")
    try world.advance(by: 1000)
    let token = try world.call("order.create", command, key: "key-00000001", params: "A1")
    #expect(try world.answer(token) == first)
    #expect(world.answers[token]?.isReplayed == true)
    try world.crash()
    #expect(try world.ask("order.create", command, key: "key-00000001", params: "A1") == first)
    // What happened since does not show in the reply.
    guard case .success(.order(let view)) = first else {
      Issue.record("\(first)")
      return
    }
    _ = try world.openPayment(view.order.id)
    #expect(try world.ask("order.create", command, key: "key-00000001", params: "A1") == first)
  }

  @Test("a key with other parameters is refused, and keys of two principals are two keys")
  func reused() throws {
    let world = try World()
    _ = try world.ask("order.create", .orderCreate(world.wish()), key: "key-00000001", params: "a")
    let other = try world.ask(
      "order.create", .orderCreate(world.wish(1)), key: "key-00000001", params: "b")
    #expect(refusal(other) == .keyReused)
    let desk = try world.ask(
      "order.create", .orderCreate(world.wish(1)), by: World.lead, key: "key-00000001", params: "b")
    #expect(refusal(desk) == nil)
  }

  @Test("two callers with one key join one call and get one payment")
  func joined() throws {
    let world = try World()
    let order = try world.makeOrder()
    let one = try world.call("payment.create", world.paymentWish(order), key: "key-00000001")
    let other = try world.call("payment.create", world.paymentWish(order), key: "key-00000001")
    #expect(world.answers[one] == nil && world.answers[other] == nil)
    try world.advance(by: 1000)
    #expect(try world.answer(one) == world.answer(other))
    #expect(world.answers[one]?.isReplayed == false)
    #expect(world.answers[other]?.isReplayed == true)
    #expect(world.bank.count("create") == 1)
    let late = try world.ask("payment.create", world.paymentWish(order), key: "key-00000001")
    #expect(late == (try world.answer(one)))
  }

  @Test("a call without answer is unknown when patience ends, and its key finishes by query")
  func unanswered() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.answerLost]
    world.latencyMilliseconds = 30_000
    let wish = world.paymentWish(order)
    let first = try world.ask("payment.create", wish, key: "key-00000001")
    guard case .success(.payment(let view, _)) = first else {
      Issue.record("\(first)")
      return
    }
    #expect(view.payment.state == .unknown)
    #expect(view.nextQueryAt != nil)
    world.latencyMilliseconds = 40
    try world.advance(by: 120_000)
    let second = try world.ask("payment.create", wish, key: "key-00000001")
    guard case .success(.payment(let now, _)) = second else {
      Issue.record("\(second)")
      return
    }
    #expect(now.payment.id == view.payment.id)
    #expect(now.payment.state == .awaitingBuyer)
    #expect(world.bank.count("create") == 1)
    #expect(try world.store.runningKeys().isEmpty)
  }

  @Test("after a lost answer a new click replaces the payment that nobody can pay")
  func replaced() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.answerLost]
    let first = try world.openPayment(order)
    #expect(first.state == .unknown)
    try world.advance(by: 3000)
    #expect(refusal(try world.ask("payment.create", world.paymentWish(order))) == .paymentOpen)
    try world.advance(by: 2000)
    let second = try world.openPayment(order)
    #expect(second.action != nil)
    #expect(try world.state(order).payments.map(\.state) == [.closed, .awaitingBuyer])
  }

  @Test("an answer that is lost at once is told at once as unknown")
  func lostAtOnce() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.unreachable]
    let before = world.now
    let result = try world.ask("payment.create", world.paymentWish(order), key: "key-00000001")
    guard case .success(.payment(let view, _)) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(view.payment.state == .unknown)
    #expect(world.now.milliseconds(since: before) < 1000)
  }

  @Test("a definite refusal is an error, and the key keeps it")
  func refused() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.refused]
    let first = try world.ask("payment.create", world.paymentWish(order), key: "key-00000001")
    #expect(refusal(first) == .gatewayRejected)
    let again = try world.ask("payment.create", world.paymentWish(order), key: "key-00000001")
    #expect(again == first)
    #expect(world.bank.count("create") == 1)
    let fresh = try world.ask("payment.create", world.paymentWish(order), key: "key-00000002")
    #expect(refusal(fresh) == nil)
  }

  @Test("a second click that waited is told so again by its key")
  func secondClick() throws {
    let world = try World()
    let order = try world.makeOrder()
    let wish = world.paymentWish(order)
    let one = try world.call("payment.create", wish, key: "key-00000001")
    let other = try world.call("payment.create", wish, key: "key-00000002")
    try world.advance(by: 1000)
    guard case .success(.payment(_, let isFirstReused)) = try world.answer(one),
      case .success(.payment(_, let isSecondReused)) = try world.answer(other)
    else {
      Issue.record("no payments")
      return
    }
    #expect(!isFirstReused && isSecondReused)
    #expect(try world.ask("payment.create", wish, key: "key-00000001") == world.answer(one))
    #expect(try world.ask("payment.create", wish, key: "key-00000002") == world.answer(other))
  }

  @Test("replies of every keyed kind are told again equal")
  func everyKind() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    let spare = try world.makeOrder()
    let closing = try world.openPayment(spare)
    let gone = try world.makeOrder()
    let item = BatchedCommand(method: "order.create", command: .orderCreate(world.wish(77)))
    let commands: [(String, Command, Caller)] = [
      (
        "refund.create", .refundCreate(payment.id, amount: Money(100, yuan), reason: nil),
        World.lead
      ),
      ("delivery.hold", .deliveryHold(.id(order), reason: "risk"), World.lead),
      ("delivery.unhold", .deliveryUnhold(.id(order)), World.lead),
      ("delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil), World.shop),
      ("payment.close", .paymentClose(closing.id), World.shop),
      ("order.cancel", .orderCancel(.id(gone), reason: nil), World.shop),
      ("order.accept", .orderAccept(.id(order), reason: "x"), World.lead),
      (
        "payment.resolve",
        .paymentResolve(closing.id, amount: nil, proof: "row 1", reason: "seen"), World.lead
      ),
      ("gateway.pause", .gatewayPause("other"), World.lead),
      ("poll.run", .pollRun(.id(order)), World.lead),
      ("order.erase_personal", .orderErasePersonal(.id(order)), World.lead),
      ("batch.run", .batch([item, item]), World.shop),
      (
        "notification.ingest",
        .notificationIngest(gateway: "bank", world.bank.notice(payment.outTradeNumber)), World.shop
      ),
    ]
    for (index, (method, command, caller)) in commands.enumerated() {
      let key = "key-1000\(100 + index)"
      let first = try world.ask(method, command, by: caller, key: key)
      try world.advance(by: 50)
      let again = try world.call(method, command, by: caller, key: key)
      #expect(try world.answer(again) == first, "\(method)")
      if case .success = first { #expect(world.answers[again]?.isReplayed == true, "\(method)") }
    }
  }

  @Test("a request that was refused for a passing reason may be tried again under its key")
  func passingRefusal() throws {
    let world = try World()
    let order = try world.makeOrder()
    _ = try world.openPayment(order, "bank")
    let blocked = try world.ask(
      "payment.create", world.paymentWish(order, "other"), key: "key-00000001")
    #expect(refusal(blocked) == .paymentOpen)
    try world.advance(by: 5000)
    let opened = try world.ask(
      "payment.create", world.paymentWish(order, "other"), key: "key-00000001")
    #expect(refusal(opened) == nil)
    #expect(try world.state(order).payments.map(\.state) == [.closed, .awaitingBuyer])
  }

  @Test("a caller that leaves is not answered, and its command goes on")
  func abandoned() throws {
    let world = try World()
    let order = try world.makeOrder()
    let token = try world.call("payment.create", world.paymentWish(order), key: "key-00000001")
    try world.run([.abandoned(token)])
    try world.advance(by: 20_000)
    #expect(world.answers[token] == nil)
    #expect(try world.state(order).order.payState == .awaiting)
    let again = try world.ask("payment.create", world.paymentWish(order), key: "key-00000001")
    #expect(refusal(again) == nil)
    #expect(world.bank.count("create") == 1)
  }
}
