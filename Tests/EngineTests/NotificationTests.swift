import Domain
import Engine
import Gateways
import Store
import Synchronization
import Testing

@Suite("Notifications")
struct NotificationTests {
  private func ingest(_ world: World, _ raw: RawNotification) throws -> NotificationReply {
    let result = try world.ask(
      "notification.ingest", .notificationIngest(gateway: "bank", raw))
    guard case .success(.notification(let reply)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return reply
  }

  private func opened(_ world: World) throws -> (OrderID, Payment) {
    let order = try world.makeOrder()
    return (order, try world.openPayment(order))
  }

  @Test("a signed notice pays the order at once, is answered, and is confirmed by one query")
  func applied() throws {
    let world = try World()
    let (order, payment) = try opened(world)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let reply = try ingest(world, world.bank.notice(payment.outTradeNumber))
    #expect(reply.verdict == .applied)
    #expect(reply.payment == payment.id)
    #expect(reply.acknowledgement.body == "success")
    #expect(try world.state(order).order.payState == .paid)
    #expect(world.bank.count("query") == 0)
    try world.advance(by: 3_600_000)
    #expect(world.bank.count("query") == 1)
    #expect(try world.state(order).order.attention.isEmpty)
  }

  @Test("the same notice again changes nothing and is answered the same way")
  func duplicate() throws {
    let world = try World()
    let (order, payment) = try opened(world)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let notice = world.bank.notice(payment.outTradeNumber)
    let first = try ingest(world, notice)
    let before = try world.state(order)
    for _ in 0..<5 {
      let again = try ingest(world, notice)
      #expect(again.verdict == .noop)
      #expect(again.acknowledgement == first.acknowledgement)
    }
    #expect(try world.state(order) == before)
  }

  @Test("a notice is marked before it is read, and no longer when it was worked on")
  func marked() throws {
    let marks = Marks()
    let world = try World(
      intake: IntakeWatch(setAside: [], begin: { marks.begin($0) }, end: { marks.end() }))
    let (_, payment) = try opened(world)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let notice = world.bank.notice(payment.outTradeNumber)
    let reply = try ingest(world, notice)
    _ = try ingest(world, notice)
    let all = marks.all
    #expect(all.count == 2 && all[0] == all[1] && marks.isClear)
    let receipt = try #require(reply.receipt)
    _ = try world.ask("notification.replay", .notificationReplay(receipt))
    #expect(marks.all.count == 3 && marks.all[2] == all[0] && marks.isClear)
  }

  @Test("a notice that the process died of is set aside and kept; everything else goes on")
  func setAside() throws {
    let marks = Marks()
    let first = try World(
      intake: IntakeWatch(setAside: [], begin: { marks.begin($0) }, end: { marks.end() }))
    let (_, same) = try opened(first)
    first.bank.pay(same.outTradeNumber, at: first.now)
    _ = try ingest(first, first.bank.notice(same.outTradeNumber))
    // The same seed and the same acts make the same notice.
    let world = try World(
      intake: IntakeWatch(setAside: Set(marks.all), begin: { _ in }, end: {}))
    let (order, payment) = try opened(world)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let notice = world.bank.notice(payment.outTradeNumber)
    let reply = try ingest(world, notice)
    #expect(reply.verdict == .parked && reply.reason == "set_aside")
    #expect(reply.acknowledgement.status == 503)
    #expect(try ingest(world, notice).receipt == nil)
    #expect(world.alarms.count { $0.contains("set aside") } == 1)
    let receipt = try #require(reply.receipt)
    #expect(try world.store.receipt(receipt)?.1.body == notice.body)
    let replay = try world.ask("notification.replay", .notificationReplay(receipt))
    guard case .failure(let refusal) = replay else { throw ShortcutFault.unexpected("\(replay)") }
    #expect(refusal.rejection.code == .illegalTransition)
    #expect(try world.state(order).order.payState != .paid)
    try world.advance(by: 3_600_000)
    #expect(try world.state(order).order.payState == .paid)
  }

  @Test("a notice after the query told it counts as late, not as lost")
  func late() throws {
    let world = try World()
    let (_, payment) = try world.paidOrder()
    let reply = try ingest(world, world.bank.notice(payment.outTradeNumber))
    #expect(reply.verdict == .noop)
    #expect(try world.store.counted("notice_late", gateway: "bank", at: world.now) == 1)
    #expect(try world.store.counted("learnt_by_query", gateway: "bank", at: world.now) == 1)
  }

  @Test("a forged notice changes nothing, is kept, and only the first ones are kept whole")
  func forged() throws {
    let world = try World()
    let (order, payment) = try opened(world)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let forged = world.bank.notice(payment.outTradeNumber, isForged: true)
    let first = try ingest(world, forged)
    #expect(first.verdict == .rejected && first.acknowledgement.body == "failure")
    #expect(try world.state(order).order.payState == .awaiting)
    for _ in 0..<Limits.rejectedReceipts + 20 { _ = try ingest(world, forged) }
    let last = try ingest(world, forged)
    #expect(last.verdict == .rejected && last.receipt == nil)
    let kept = try StoreReader(path: world.path, seal: World.seal).receipts(
      gateway: "bank", verdict: .rejected, order: nil, before: nil, limit: 1000)
    #expect(kept.count == Limits.rejectedReceipts)
    #expect(world.alarms.contains { $0.contains("AL16") })
  }

  @Test("a notice for an unknown payment is parked, and a person can take it again later")
  func parked() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.holdsExchanges = true
    let token = try world.call("payment.create", world.paymentWish(order))
    let payment = try #require(try world.state(order).payments.first)
    let stranger = TestBank(name: "bank")
    let number = "X" + payment.outTradeNumber.dropFirst()
    let form = TestForm.signed([("no", number), ("state", "waiting")])
    let unknown = RawNotification(
      httpMethod: "POST", query: "", headers: [], body: Array(form.utf8))
    let reply = try ingest(world, unknown)
    #expect(reply.verdict == .parked && reply.reason == "unknown_payment")
    let again = try world.ask(
      "notification.replay", .notificationReplay(try #require(reply.receipt)), by: World.lead)
    guard case .success(.notification(let same)) = again else {
      Issue.record("\(again)")
      return
    }
    #expect(same.verdict == .parked)
    _ = (token, stranger)
  }

  @Test("a notice that was faster than the create call's answer tells the caller, and its key ends")
  func fasterThanCreate() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.latencyMilliseconds = 5000
    let token = try world.call("payment.create", world.paymentWish(order), key: "key-00000001")
    let payment = try #require(try world.state(order).payments.first)
    try world.advance(by: 100)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    _ = try ingest(world, world.bank.notice(payment.outTradeNumber))
    guard case .success(.payment(let view, _)) = try world.answer(token) else {
      Issue.record("no answer")
      return
    }
    #expect(view.payment.state == .succeeded)
    try world.advance(by: 60_000)
    #expect(world.answerCounts[token] == 1)
    #expect(try world.state(order).order.attention.isEmpty)
    #expect(try world.store.runningKeys().isEmpty)
  }

  @Test("a question that left before the notice came contradicts nothing with its old answer")
  func outdatedAnswer() throws {
    let world = try World()
    let (order, payment) = try opened(world)
    try world.advance(by: 3000)
    _ = try world.call("payment.query", .paymentQuery(payment.id))
    world.bank.pay(payment.outTradeNumber, at: world.now)
    _ = try ingest(world, world.bank.notice(payment.outTradeNumber))
    try world.advance(by: 1000)
    #expect(try world.state(order).order.attention.isEmpty)
    #expect(try world.state(order).order.payState == .paid)
    let asked = world.bank.count("query")
    try world.advance(by: 60_000)
    #expect(world.bank.count("query") == asked + 1)
  }

  @Test("a weak notice moves no money and makes the gateway be asked at once")
  func weak() throws {
    let world = try World(gateways: [TestGateway(name: "bank", noticeStrength: .weakNotice)])
    let (order, payment) = try opened(world)
    try world.advance(by: 1000)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let reply = try ingest(world, world.bank.notice(payment.outTradeNumber))
    #expect(reply.verdict == .noop)
    #expect(try world.state(order).order.payState == .awaiting)
    try world.advance(by: 200)
    #expect(try world.state(order).order.payState == .paid)
  }

  @Test("a weak notice while the gateway is being asked makes it be asked once more")
  func weakWhileAsked() throws {
    let world = try World(gateways: [TestGateway(name: "bank", noticeStrength: .weakNotice)])
    let (order, payment) = try opened(world)
    try world.advance(by: 3000)
    world.latencyMilliseconds = 2000
    _ = try world.call("payment.query", .paymentQuery(payment.id))
    world.bank.pay(payment.outTradeNumber, at: world.now)
    _ = try ingest(world, world.bank.notice(payment.outTradeNumber))
    world.latencyMilliseconds = 40
    let runs = world.runs
    try world.advance(by: 2500)
    #expect(try world.state(order).order.payState == .paid)
    #expect(world.runs - runs < 20)
  }

  @Test("a notice of success after the end asks first, then pays late")
  func afterEnd() throws {
    let world = try World()
    let (order, payment) = try opened(world)
    try world.advance(to: payment.expiresAt.adding(milliseconds: 10_000))
    #expect(try world.state(order).order.payState == .expired)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    #expect(try ingest(world, world.bank.notice(payment.outTradeNumber)).verdict == .noop)
    try world.advance(by: 200)
    #expect(try world.state(order).order.payState == .paid)
    #expect(try world.state(order).order.flags.contains(.late))
  }

  @Test("taking an applied notice again by hand does not make it look as if it never had an effect")
  func replayKeepsVerdict() throws {
    let world = try World()
    let (_, payment) = try opened(world)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let receipt = try #require(try ingest(world, world.bank.notice(payment.outTradeNumber)).receipt)
    _ = try world.ask("notification.replay", .notificationReplay(receipt), by: World.lead)
    #expect(try world.store.receipt(receipt)?.0.verdict == .applied)
    let none = try world.ask(
      "notification.replay",
      .notificationReplay(world.identifiers.next(ReceiptKind.self, at: world.now)), by: World.lead)
    #expect(refusal(none) == .receiptNotFound)
  }

  @Test("a notice over another amount is a capture in review")
  func otherAmount() throws {
    let world = try World()
    let (order, payment) = try opened(world)
    world.bank.pay(payment.outTradeNumber, at: world.now, amount: 1)
    _ = try ingest(world, world.bank.notice(payment.outTradeNumber))
    #expect(try world.state(order).order.payState == .review)
    #expect(try world.state(order).order.flags.contains(.mismatch))
  }
}

/// What was marked, and whether a mark stands.
private final class Marks: Sendable {
  private let state = Mutex<(all: [String], current: String?)>(([], nil))

  var all: [String] { state.withLock { $0.all } }
  var isClear: Bool { state.withLock { $0.current == nil } }

  func begin(_ mark: String) {
    state.withLock { state in
      state.all.append(mark)
      state.current = mark
    }
  }

  func end() { state.withLock { $0.current = nil } }
}
