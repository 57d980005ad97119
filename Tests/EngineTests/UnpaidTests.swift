import Domain
import Engine
import Store
import Testing

@Suite("A payment at a gateway that cannot be asked, settled as not paid")
struct UnpaidTests {
  private let mute = TestGateway(name: "bank", canClose: false, canQuery: false)

  private func resolve(
    _ world: World, _ payment: Payment, by caller: Caller, proof: String = "bill of today"
  ) throws -> Result<Reply, Refusal> {
    try world.ask(
      "payment.resolve",
      .paymentResolveUnpaid(payment.id, proof: proof, reason: "the buyer went away"), by: caller)
  }

  private func state(_ world: World, _ payment: Payment) throws -> PaymentState? {
    try world.state(payment.order).payment(payment.id)?.state
  }

  @Test("two people end it, and the buyer can pay in another way")
  func twoPeople() throws {
    let world = try World(gateways: [mute, TestGateway(name: "other")])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    let early = try world.ask("payment.create", world.paymentWish(order, "other"))
    #expect(refusal(early) == .paymentOpen)
    #expect(refusal(try resolve(world, payment, by: World.shop)) == .tokenRequired)
    #expect(refusal(try resolve(world, payment, by: World.lead)) == nil)
    #expect(try state(world, payment)?.isOpen == true)
    #expect(refusal(try resolve(world, payment, by: World.lead)) == .secondPersonRequired)
    #expect(refusal(try resolve(world, payment, by: World.second)) == nil)
    #expect(try state(world, payment) == .closed)
    #expect(try world.store.question(.payment(payment.id))?.nextAt == nil)
    let other = try world.openPayment(order, "other")
    world.otherBank.pay(other.outTradeNumber, at: world.now)
    try world.advance(by: 10_000)
    #expect(try world.state(order).order.payState == .paid)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("another proof, or that it was paid, is a proposal of its own")
  func otherProposals() throws {
    let world = try World(gateways: [mute])
    let payment = try world.openPayment(try world.makeOrder())
    #expect(refusal(try resolve(world, payment, by: World.lead)) == nil)
    #expect(refusal(try resolve(world, payment, by: World.second, proof: "a call")) == nil)
    #expect(try state(world, payment)?.isOpen == true)
    let paid = try world.ask(
      "payment.resolve",
      .paymentResolve(payment.id, amount: nil, proof: "a call", reason: "seen"), by: World.lead)
    guard case .success(.paymentResolved(_, let isResolved)) = paid else {
      Issue.record("\(paid)")
      return
    }
    #expect(!isResolved)
    #expect(try world.state(payment.order).order.captured == 0)
  }

  @Test("money that comes all the same is not lost")
  func late() throws {
    let world = try World(gateways: [mute])
    let payment = try world.openPayment(try world.makeOrder())
    _ = try resolve(world, payment, by: World.lead)
    _ = try resolve(world, payment, by: World.second)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    _ = try world.ask(
      "notification.ingest",
      .notificationIngest(gateway: "bank", world.bank.notice(payment.outTradeNumber)))
    let after = try world.state(payment.order)
    #expect(after.order.payState == .paid)
  }

  @Test("a gateway that can be asked says so itself")
  func askable() throws {
    let world = try World()
    let payment = try world.openPayment(try world.makeOrder())
    #expect(refusal(try resolve(world, payment, by: World.lead)) == .illegalTransition)
  }
}
