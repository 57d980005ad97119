import Domain
import Engine
import Gateways
import Store
import Testing

@Suite("Gateways that prove little, or late")
struct WeakGatewayTests {
  private static let day: Int64 = 86_400_000

  @Test("a gateway that cannot close is asked hourly for its day, and nobody is alarmed meanwhile")
  func lateProof() throws {
    let bank = TestGateway(
      name: "bank", canClose: false, absenceProvesClosedAfter: 25 * 3_600_000)
    let world = try World(gateways: [bank])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    // Past the order's expiry and the dense questions after it.
    try world.advance(by: 3 * 3_600_000)
    #expect(try world.state(order).payment(payment.id)?.state == .closing)
    let before = world.bank.count("query")
    try world.advance(by: 20 * 3_600_000)
    let asked = world.bank.count("query") - before
    #expect((19...21).contains(asked))
    let state = try world.state(order)
    #expect(state.payment(payment.id)?.state == .closing)
    #expect(state.order.attention.isEmpty)
    world.bank.hidesUnscanned = true
    try world.advance(by: 6 * 3_600_000)
    #expect(try world.state(order).payment(payment.id)?.state == .closed)
    #expect(try world.state(order).order.payState == .expired)
  }

  @Test("what waited for its buyer for hours is not called stale in the moment of its expiry")
  func closingBegins() throws {
    let world = try World()
    let wish = OrderOrder(
      number: nil, amount: Money(5800, yuan), subject: "tea", lines: [], source: nil,
      expiresInMilliseconds: 3 * 3_600_000, buyer: Buyer(), metadata: nil)
    guard case .success(.order(let view)) = try world.ask("order.create", .orderCreate(wish)) else {
      Issue.record("the order is made")
      return
    }
    _ = try world.openPayment(view.order.id)
    try world.advance(by: 4 * 3_600_000)
    #expect(try world.state(view.order.id).order.payState == .expired)
    let told = try world.reader().recorded(after: 0, limit: 1000).filter { _, event in
      if case .attention = event.body { true } else { false }
    }
    #expect(told.isEmpty)
  }

  @Test("money that such a gateway tells of while its day lasts is a payment")
  func moneyWhileClosing() throws {
    let bank = TestGateway(
      name: "bank", canClose: false, absenceProvesClosedAfter: 25 * 3_600_000)
    let world = try World(gateways: [bank])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    try world.advance(by: 5 * 3_600_000)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 2 * 3_600_000)
    #expect(try world.state(order).order.payState == .paid)
  }

  @Test("what is still unproven two hours after its time is shown to a person")
  func neverProven() throws {
    let bank = TestGateway(name: "bank", canClose: false)
    let world = try World(gateways: [bank])
    let order = try world.makeOrder()
    _ = try world.openPayment(order)
    try world.advance(by: Self.day / 4)
    #expect(try world.state(order).order.attention.contains("payment_stale"))
  }

  @Test("a closing at a gateway that can be neither asked nor told ends with a person")
  func neverAsked() throws {
    let bank = TestGateway(name: "bank", canClose: false, canQuery: false)
    let world = try World(gateways: [bank])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    try world.advance(by: 3_600_000)
    #expect(try world.state(order).payment(payment.id)?.state == .closing)
    #expect(try world.state(order).order.attention.isEmpty)
    try world.advance(by: Self.day / 4)
    #expect(world.bank.count("query") == 0)
    #expect(try world.state(order).payment(payment.id)?.state == .stale)
    #expect(try world.state(order).order.attention.contains("payment_stale"))
    try world.advance(by: 3 * Self.day)
    #expect(try world.state(order).order.attention.contains("payment_open_for_days"))
  }

  @Test("a weak success pays where nothing better is to be had, and is marked until two accept it")
  func weakSuccess() throws {
    let world = try World(
      gateways: [TestGateway(name: "bank", noticeStrength: .weakNotice, weakWord: .pays)])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let notice = world.bank.notice(payment.outTradeNumber)
    _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    var state = try world.state(order)
    #expect(state.order.payState == .paid)
    #expect(state.order.flags.contains(.weak))
    #expect(state.payment(payment.id)?.evidence.map(\.strength) == [.weakNotice])
    // A query of such a gateway is no better word.
    try world.advance(by: 3_600_000)
    #expect(try world.state(order).order.flags.contains(.weak))
    let wish = Command.orderAccept(.id(order), reason: "seen in the bank's list")
    _ = try world.ask("order.accept", wish, by: World.lead, params: "1")
    #expect(try world.state(order).order.flags.contains(.weak))
    _ = try world.ask("order.accept", wish, by: World.second, params: "2")
    state = try world.state(order)
    #expect(!state.order.flags.contains(.weak))
    #expect(state.order.payState == .paid)
  }

  /// An order paid by a notice of a gateway that has no better word.
  private func paidWeakly(_ word: WeakWord) throws -> (World, OrderID) {
    let world = try World(
      gateways: [TestGateway(name: "bank", noticeStrength: .weakNotice, weakWord: word)])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let notice = world.bank.notice(payment.outTradeNumber)
    _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    return (world, order)
  }

  private func accept(_ world: World, _ order: OrderID) throws {
    let wish = Command.orderAccept(.id(order), reason: "seen in the bank's list")
    _ = try world.ask("order.accept", wish, by: World.lead, params: "1")
    _ = try world.ask("order.accept", wish, by: World.second, params: "2")
  }

  @Test("a weak word that nothing confirms for a day calls a person, until two have confirmed it")
  func unconfirmedForADay() throws {
    let (world, order) = try paidWeakly(.pays)
    try world.advance(by: Self.day - 60_000)
    #expect(try world.state(order).order.attention.isEmpty)
    try world.advance(by: 120_000)
    #expect(try world.state(order).order.attention == ["weak_unconfirmed"])
    try world.advance(by: 3 * Self.day)
    try accept(world, order)
    #expect(try world.state(order).order.attention.isEmpty)
  }

  private func deliveryState(_ world: World, _ order: OrderID) throws -> DeliveryState {
    try world.state(order).order.deliveryState
  }

  @Test("goods stay here on a weak word, whatever one person says, until two have confirmed it")
  func weakGoods() throws {
    let (world, order) = try paidWeakly(.pays)
    #expect(try deliveryState(world, order) == .held)
    let wanted = Command.deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil)
    #expect(refusal(try world.ask("delivery.claim", wanted)) == .deliveryHeld)
    let unhold = Command.deliveryUnhold(.id(order))
    let refused = try world.ask("delivery.unhold", unhold, by: World.lead)
    #expect(refusal(refused) == .illegalTransition)
    let hold = Command.deliveryHold(.id(order), reason: "odd address")
    _ = try world.ask("delivery.hold", hold, by: World.lead)
    _ = try world.ask("delivery.unhold", unhold, by: World.lead)
    #expect(try deliveryState(world, order) == .held)
    try accept(world, order)
    #expect(try deliveryState(world, order) == .pending)
    _ = try world.claim(order)
  }

  @Test("money that comes late by a weak word is as weak: the proof of the end proves no money")
  func weakAndLate() throws {
    let world = try World(
      gateways: [TestGateway(name: "bank", noticeStrength: .weakNotice, weakWord: .pays)])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    _ = try world.ask("order.cancel", .orderCancel(.id(order), reason: nil))
    try world.advance(by: 60_000)
    #expect(try world.state(order).payment(payment.id)?.state == .closed)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let notice = world.bank.notice(payment.outTradeNumber)
    _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    #expect(try world.state(order).order.payState == .paid)
    #expect(try world.state(order).order.flags.contains(.weak))
    #expect(try deliveryState(world, order) == .held)
  }

  @Test("goods that a risk holds too wait for both")
  func weakAndRisky() throws {
    let (world, order) = try paidWeakly(.pays)
    let hold = Command.deliveryHold(.id(order), reason: "odd address")
    _ = try world.ask("delivery.hold", hold, by: World.lead)
    try accept(world, order)
    #expect(try deliveryState(world, order) == .held)
    _ = try world.ask("delivery.unhold", .deliveryUnhold(.id(order)), by: World.lead)
    #expect(try deliveryState(world, order) == .pending)
  }

  @Test("goods go out on a weak word where the merchant wants it")
  func weakGoodsWanted() throws {
    let (world, order) = try paidWeakly(.delivers)
    #expect(try world.state(order).order.flags.contains(.weak))
    _ = try world.claim(order)
  }

  @Test("a weak success learnt by a question alone is as weak")
  func weakQuery() throws {
    let world = try World(
      gateways: [TestGateway(name: "bank", noticeStrength: .weakNotice, weakWord: .pays)])
    let (order, payment) = try world.paidOrder()
    #expect(payment.evidence.map(\.strength) == [.weakNotice])
    #expect(try world.state(order).order.flags.contains(.weak))
  }
}
