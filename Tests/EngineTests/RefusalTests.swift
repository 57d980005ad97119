import Crypto
import Domain
import Engine
import Gateways
import Store
import Testing

@Suite("A refusal that does not name what it refuses ends nothing by itself")
struct RefusalTests {
  private func world(isRepeatable: Bool = true) throws -> World {
    let world = try World(gateways: [TestGateway(name: "bank", createIsRepeatable: isRepeatable)])
    world.bank.hidesUnscanned = isRepeatable
    return world
  }

  private func refused(_ result: Result<Reply, Refusal>) -> ErrorCode? {
    if case .failure(let refusal) = result { return refusal.rejection.code }
    return nil
  }

  @Test("the refusal of another payment, put before this one's answer, costs a question")
  func replayed() throws {
    for isRepeatable in [true, false] {
      let world = try world(isRepeatable: isRepeatable)
      let order = try world.makeOrder()
      world.bank.faults["create"] = [.refusalReplayed]
      let payment = try world.openPayment(order)
      try world.advance(by: 5000)
      let state = try world.state(order)
      #expect(state.payments.map(\.id) == [payment.id])
      #expect(state.payments[0].state == .awaitingBuyer)
      #expect(world.bank.seen.map(\.operation).prefix(2) == ["create", "query"])
      world.bank.pay(payment.outTradeNumber, at: world.now)
      try world.advance(by: 30_000)
      #expect(try world.state(order).order.payState == .paid)
    }
  }

  @Test("who waits for the create gets the way to pay that the second one brings")
  func waits() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.refusalReplayed]
    let payment = try world.openPayment(order, key: "key-00000001")
    #expect(payment.state == .awaitingBuyer)
    #expect(payment.action?.value == "qr:\(payment.outTradeNumber)")
    #expect(world.bank.seen.map(\.operation) == ["create", "query", "create"])
  }

  @Test("turned away twice and denied twice it has failed, and the caller hears why in one answer")
  func trulyRefused() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.refusedUnnamed, .refusedUnnamed, .refusedUnnamed]
    let before = world.now
    let result = try world.ask("payment.create", world.paymentWish(order))
    #expect(refused(result) == .gatewayRejected)
    #expect(world.now.milliseconds(since: before) < 1500)
    #expect(world.bank.seen.map(\.operation) == ["create", "query", "create", "query"])
    let payment = try world.state(order).payments[0]
    #expect(payment.state == .failed)
    #expect(payment.reason?.text == "The bank refused.")
    #expect(payment.evidence.last?.source == .query)
    world.bank.faults["create"] = []
    #expect(try world.openPayment(order).state == .awaitingBuyer)
  }

  @Test("where a create cannot be sent again, a refusal and a denial are two words")
  func notRepeatable() throws {
    let world = try world(isRepeatable: false)
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.refusedUnnamed]
    #expect(refused(try world.ask("payment.create", world.paymentWish(order))) == .gatewayRejected)
    #expect(world.bank.seen.map(\.operation) == ["create", "query"])
    #expect(try world.state(order).payments[0].state == .failed)
  }

  @Test("a key that is taken for no question either ends the payment as such")
  func keyRefused() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.outage = .keyRefused
    #expect(refused(try world.ask("payment.create", world.paymentWish(order))) == .gatewayAuth)
    #expect(world.bank.seen.map(\.operation) == ["create", "query", "create", "query"])
    #expect(try world.state(order).payments[0].state == .failed)
  }

  @Test("who was turned away has the answer that did it as the evidence", arguments: [
    (TestBank.Fault.keyRefused, "KEY", EvidenceSource.query), (.turnedAway, "LIMITED", .create),
  ])
  func turnedAway(fault: TestBank.Fault, code: String, source: EvidenceSource) throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.outage = fault
    _ = try world.ask("payment.create", world.paymentWish(order))
    let payment = try world.state(order).payments[0]
    let fields = [("code", code)] + (code == "KEY" ? [] : [("no", payment.outTradeNumber)])
    #expect(payment.state == .failed)
    #expect(payment.evidence.map(\.source) == [source])
    #expect(
      payment.evidence.map(\.digest) == [SHA256.hash(Array(TestForm.signed(fields).utf8)).hex])
  }

  @Test("while the gateway cannot be asked, nothing is believed and the caller is told “unknown”")
  func cannotBeAsked() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.refusalReplayed]
    world.bank.faults["query"] = Array(repeating: .brokenAfter, count: 6)
    #expect(try world.openPayment(order).state == .unknown)
    try world.advance(by: 600_000)
    #expect(try world.state(order).payments[0].state == .awaitingBuyer)
  }

  @Test("a crash between a refusal and the question about it forgets neither")
  func crashes() throws {
    for point in 0..<12 {
      let world = try world()
      let order = try world.makeOrder()
      world.bank.faults["create"] = Array(repeating: .refusedUnnamed, count: 3)
      _ = try world.call("payment.create", world.paymentWish(order), key: "key-00000001")
      for step in 0..<24 {
        if step == point { try world.crash() }
        try world.advance(by: 20)
      }
      try world.advance(by: 60_000)
      let end = try world.state(order).payments[0]
      #expect([.failed, .closed].contains(end.state), "point \(point): \(end.state)")
      #expect(world.bank.count("create") <= Limits.createCalls, "point \(point)")
      let words = world.bank.seen.map(\.operation)
      for (index, word) in words.enumerated().dropFirst() where word == "create" {
        #expect(words[index - 1] == "query", "point \(point): \(words)")
      }
    }
  }

  @Test("“does not exist” to a close is no proof before a question says the same")
  func deniedClose() throws {
    let world = try World(gateways: [TestGateway(name: "bank", closesUnseenPayments: true)])
    world.bank.hidesUnscanned = true
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    try world.advance(to: payment.expiresAt.adding(milliseconds: 700_000))
    let closed = try world.state(order).payments[0]
    #expect(closed.state == .closed)
    #expect(closed.evidence.last?.source == .query)
  }

  @Test("the refusal of another refund, put before this one's answer, gives nothing free")
  func refundReplayed() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.faults["refund"] = [.refusalReplayed]
    let result = try world.refund(payment.id, 5800)
    guard case .success(.refund(let view)) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(view.refund.state == .succeeded)
    #expect(world.bank.count("refund") == 1)
    #expect(try world.state(order).order.payState == .refunded)
  }

  @Test("a refund turned away twice and denied twice has failed, and may be ordered once more")
  func refundRefused() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.faults["refund"] = [.refusedUnnamed, .refusedUnnamed]
    #expect(refused(try world.refund(payment.id, 5800)) == .gatewayRejected)
    let failed = try #require(try world.state(order).refunds.first)
    #expect(failed.state == .failed)
    #expect(world.bank.count("refund") == 2)
    world.bank.faults["refund"] = [.refusedUnnamed]
    let again = try world.ask("refund.approve", .refundApprove(failed.id), by: World.second)
    guard case .success(.refund(let view)) = again else {
      Issue.record("\(again)")
      return
    }
    #expect(view.refund.state == .succeeded)
    #expect(world.bank.count("refund") == 4)
  }

  @Test("a refund that was on its way, and is denied and turned away since, does not stay so")
  func refundLost() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.refundState = "processing"
    _ = try world.refund(payment.id, 5800)
    let begun = try #require(try world.state(order).refunds.first)
    #expect(begun.state == .processing)
    world.bank.forget(refund: begun.number)
    world.bank.faults["refund"] = [TestBank.Fault](repeating: .refusedUnnamed, count: 9)
    try world.advance(by: 6_000_000)
    #expect(try world.state(order).refunds.map(\.state) == [.failed])
    #expect(world.bank.count("refund") == 3)
  }
}
