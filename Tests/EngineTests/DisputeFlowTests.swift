import Domain
import Engine
import Gateways
import Store
import Testing

@Suite("Disputes through the engine")
struct DisputeFlowTests {
  private static let hour: Int64 = 3_600_000

  private func ingest(_ world: World, _ notice: RawNotification) throws -> NotificationReply {
    let result = try world.ask(
      "notification.ingest", .notificationIngest(gateway: "bank", notice))
    guard case .success(.notification(let reply)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return reply
  }

  private func disputed(_ world: World) throws -> (OrderID, Payment, Dispute) {
    let (order, payment) = try world.paidOrder()
    world.bank.dispute(
      payment.outTradeNumber, "needs_response",
      dueAt: world.now.adding(milliseconds: 100 * Self.hour))
    #expect(
      try ingest(world, world.bank.disputeNotice(payment.outTradeNumber)).verdict == .applied)
    return (order, payment, try #require(try world.state(order).disputes.first))
  }

  @Test("a notice opens a dispute, one question confirms it, and its outcome moves the money")
  func byNotice() throws {
    let world = try World()
    let (order, payment, dispute) = try disputed(world)
    #expect(dispute.state == .needsResponse && dispute.funds == .withdrawn)
    #expect(world.bank.count("dispute_query") == 0)
    try world.advance(by: 31_000)
    #expect(world.bank.count("dispute_query") == 1)
    world.bank.dispute(payment.outTradeNumber, "lost")
    #expect(
      try ingest(world, world.bank.disputeNotice(payment.outTradeNumber)).verdict == .applied)
    #expect(try world.state(order).order.payState == .chargedBack)
    #expect(
      try ingest(world, world.bank.disputeNotice(payment.outTradeNumber)).verdict == .noop)
    world.bank.dispute(payment.outTradeNumber, "won")
    // An appeal that no notice tells of: the guards find it.
    try world.advance(by: 8 * 24 * Self.hour)
    let after = try world.state(order)
    #expect(after.order.payState == .paid && after.order.disputeState == .won)
    #expect(after.disputes[0].funds == .reinstated)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("a notice that names a dispute alone calls for a question, and is believed in nothing")
  func byHint() throws {
    let world = try World()
    let (order, payment, _) = try disputed(world)
    try world.advance(by: 31_000)
    world.bank.dispute(payment.outTradeNumber, "lost")
    let asked = world.bank.count("dispute_query")
    let reply = try ingest(world, world.bank.disputeHint(payment.outTradeNumber))
    #expect(reply.verdict == .noop)
    #expect(reply.payment == payment.id)
    #expect(try world.state(order).order.payState == .paid)
    try world.advance(by: 1000)
    #expect(world.bank.count("dispute_query") == asked + 1)
    #expect(try world.state(order).order.payState == .chargedBack)
    // Of one that nobody knows, at a gateway without a list, nothing can be asked.
    #expect(try ingest(world, world.bank.disputeHint("PAYOTHER")).verdict == .noop)
  }

  @Test("a dispute that a notice hints at is found, however late the gateway shows it")
  func behindTheList() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    try world.advance(by: 40 * 24 * Self.hour)
    let asked = world.bank.count("query")
    world.bank.dispute(payment.outTradeNumber, "needs_response")
    world.bank.hidesDisputes = true
    #expect(try ingest(world, world.bank.disputeWake(payment.outTradeNumber)).verdict == .noop)
    try world.advance(by: Self.hour)
    #expect(try world.state(order).disputes.isEmpty)
    // The third of the looks brings no answer; nor does a restart end them.
    world.bank.outage = .unreachable
    try world.advance(by: 2 * Self.hour)
    try world.crash()
    world.bank.outage = nil
    world.bank.hidesDisputes = false
    try world.advance(by: 6 * Self.hour)
    #expect(try world.state(order).disputes.map(\.state) == [.needsResponse])
    try world.advance(by: 30 * 24 * Self.hour)
    let looks = world.bank.count("query") - asked
    #expect(looks >= 6 && looks < 20, "\(looks)")
    #expect(try world.store.question(.payment(payment.id))?.nextAt == nil)
  }

  @Test("a hint about what has ended is kept until the gateway answers")
  func hintDuringOutage() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    try world.advance(by: 40 * 24 * Self.hour)
    world.bank.dispute(payment.outTradeNumber, "needs_response")
    world.bank.outage = .unreachable
    _ = try ingest(world, world.bank.disputeWake(payment.outTradeNumber))
    try world.advance(by: 2 * 24 * Self.hour)
    #expect(try world.state(order).disputes.isEmpty)
    world.bank.outage = nil
    try world.advance(by: 7 * Self.hour)
    #expect(try world.state(order).disputes.map(\.state) == [.needsResponse])
  }

  @Test("an open dispute is asked about until it ends, with every notice lost")
  func byPolling() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.dispute(payment.outTradeNumber, "warning")
    _ = try world.ask("payment.query", .paymentQuery(payment.id))
    #expect(try world.state(order).disputes.map(\.state) == [.warning])
    world.bank.dispute(payment.outTradeNumber, "needs_response")
    try world.advance(by: 6 * Self.hour)
    #expect(try world.state(order).disputes.map(\.state) == [.needsResponse])
    try world.advance(by: 10 * 24 * Self.hour)
    let asked = world.bank.count("dispute_query")
    #expect(asked > 30 && asked < 60, "\(asked)")
    world.bank.dispute(payment.outTradeNumber, "lost")
    try world.advance(by: 6 * Self.hour + 1)
    #expect(try world.state(order).order.payState == .chargedBack)
  }

  @Test("alerts come at 72, 24 and 4 hours, once each, also over restarts")
  func alerts() throws {
    let world = try World()
    let (order, _, dispute) = try disputed(world)
    let due = try #require(dispute.terms.dueAt)
    func told() -> [String] { world.alarms.filter { $0.hasPrefix("AL19") } }
    try world.advance(to: due.adding(milliseconds: -72 * Self.hour - 1000))
    #expect(told().isEmpty)
    try world.advance(to: due.adding(milliseconds: -72 * Self.hour + 1000))
    #expect(told().count == 1)
    try world.crash()
    try world.advance(to: due.adding(milliseconds: -24 * Self.hour - 1000))
    #expect(told().count == 1)
    try world.advance(to: due.adding(milliseconds: -24 * Self.hour + 1000))
    #expect(told().count == 2)
    // Down over the third one: it comes at the start, and only it.
    world.now = due.adding(milliseconds: -Self.hour)
    try world.crash()
    try world.advance(by: 60_000)
    #expect(told().count == 3)
    #expect(told()[2].contains("within 4 hours"))
    try world.crash()
    try world.advance(to: due.adding(milliseconds: 3 * Self.hour))
    #expect(told().count == 4)
    #expect(told()[3].contains("has passed"))
    let events = try world.reader().events(of: .id(order)).map(\.event.body.type)
    #expect(events.filter { $0 == "dispute.due" }.count == 4)
    #expect(try world.state(order).order.attention.contains("dispute_due"))
  }

  @Test("a frozen order is left alone, and the clock does not spin over it")
  func frozen() throws {
    let world = try World()
    let (order, _, dispute) = try disputed(world)
    try world.advance(by: 31_000)
    try world.poison("UPDATE orders SET flags=flags|64")
    let due = try #require(dispute.terms.dueAt)
    try world.advance(to: due.adding(milliseconds: Self.hour))
    #expect(!world.alarms.contains { $0.hasPrefix("AL19") })
    #expect(try world.state(order).disputes[0].alertedHours == nil)
  }

  @Test("an answer in time ends the alerts")
  func answered() throws {
    let world = try World()
    let (order, payment, _) = try disputed(world)
    world.bank.dispute(payment.outTradeNumber, "under_review")
    try world.advance(by: 200 * Self.hour)
    #expect(!world.alarms.contains { $0.hasPrefix("AL19") })
    #expect(try world.state(order).order.disputeState == .open)
  }

  @Test("a forged notice about a dispute changes nothing")
  func forged() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.dispute(payment.outTradeNumber, "lost")
    let before = try world.state(order)
    let reply = try ingest(
      world, world.bank.disputeNotice(payment.outTradeNumber, isForged: true))
    #expect(reply.verdict == .rejected)
    #expect(try world.state(order) == before)
  }

  @Test("a weak notice wakes a question, and the answer opens the dispute")
  func weak() throws {
    let world = try World(gateways: [TestGateway(name: "bank", noticeStrength: .weakNotice)])
    let (order, payment) = try world.paidOrder()
    world.bank.dispute(payment.outTradeNumber, "needs_response")
    #expect(try ingest(world, world.bank.disputeNotice(payment.outTradeNumber)).verdict == .noop)
    #expect(try world.state(order).disputes.isEmpty)
    try world.advance(by: 1000)
    #expect(try world.state(order).disputes.map(\.state) == [.needsResponse])
  }

  @Test("an old notice does not take a dispute back; the gateway is asked at once")
  func old() throws {
    let world = try World()
    let (order, payment, _) = try disputed(world)
    let first = world.bank.disputeNotice(payment.outTradeNumber)
    world.bank.dispute(payment.outTradeNumber, "lost")
    _ = try ingest(world, world.bank.disputeNotice(payment.outTradeNumber))
    let asked = world.bank.count("dispute_query")
    #expect(try ingest(world, first).verdict == .noop)
    #expect(try world.state(order).order.payState == .chargedBack)
    try world.advance(by: 500)
    #expect(world.bank.count("dispute_query") == asked + 1)
    #expect(try world.state(order).order.payState == .chargedBack)
  }

  @Test("a notice about a payment whose success nobody told of brings out both")
  func beforeTheSuccess() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    world.bank.dispute(payment.outTradeNumber, "needs_response")
    _ = try ingest(world, world.bank.disputeNotice(payment.outTradeNumber))
    try world.advance(by: 1000)
    let after = try world.state(order)
    #expect(after.order.payState == .paid && after.order.disputeState == .open)
  }

  @Test("a number that another payment's dispute has is refused and shown")
  func foreign() throws {
    let world = try World()
    let (_, payment, _) = try disputed(world)
    let (other, second) = try world.paidOrder()
    world.bank.dispute(second.outTradeNumber, "lost")
    world.bank.disputes[second.outTradeNumber]?.number = "D\(payment.outTradeNumber)"
    _ = try ingest(world, world.bank.disputeNotice(second.outTradeNumber))
    let after = try world.state(other)
    #expect(after.disputes.isEmpty && after.order.payState == .paid)
    #expect(after.order.attention == ["foreign_dispute"])
  }

  @Test("dispute.query asks now, and answers what the gateway says or that it does not")
  func query() throws {
    let world = try World()
    let (_, payment, dispute) = try disputed(world)
    world.bank.dispute(payment.outTradeNumber, "lost")
    let asked = try world.ask("dispute.query", .disputeQuery(dispute.id), by: World.lead)
    guard case .success(.dispute(let view, let isAsked)) = asked else {
      throw ShortcutFault.unexpected("\(asked)")
    }
    #expect(isAsked && view.dispute.state == .lost && view.gateway == "bank")
    world.bank.faults["dispute_query"] = [.unreachable]
    try world.advance(by: 3000)
    #expect(
      refusal(try world.ask("dispute.query", .disputeQuery(dispute.id), by: World.lead))
        == .gatewayUnreachable)
    #expect(
      refusal(
        try world.ask("dispute.query", .disputeQuery(DisputeID(high: 1, low: 1)), by: World.lead))
        == .disputeNotFound)
  }

  @Test("a gateway that cannot be asked about disputes is not; its notices still count")
  func unaskable() throws {
    let world = try World(gateways: [TestGateway(name: "bank", canQueryDisputes: false)])
    let (order, payment, dispute) = try disputed(world)
    try world.advance(by: 48 * Self.hour)
    #expect(world.bank.count("dispute_query") == 0)
    #expect(
      refusal(try world.ask("dispute.query", .disputeQuery(dispute.id), by: World.lead))
        == .gatewayNotSupported)
    world.bank.dispute(payment.outTradeNumber, "lost")
    _ = try ingest(world, world.bank.disputeNotice(payment.outTradeNumber))
    #expect(try world.state(order).order.payState == .chargedBack)
  }

  @Test("an attachment is kept sealed beside the log, once, and under a key for ever the same")
  func attachments() throws {
    let world = try World()
    let (order, _, dispute) = try disputed(world)
    let wish = AttachmentWish(
      kind: .deliveryProof, mediaType: "text/plain",
      content: AttachmentContent(name: "tracking", bytes: Array("signed by Zhang".utf8)))
    func attach(_ key: String?) throws -> (DisputeView, AttachmentID, Bool) {
      let result = try world.ask(
        "dispute.attach", .disputeAttach(dispute.id, wish), by: World.lead, key: key)
      guard case .success(.attached(let view, let id, let isKnown)) = result else {
        throw ShortcutFault.unexpected("\(result)")
      }
      return (view, id, isKnown)
    }
    let first = try attach("key-attach-1")
    #expect(!first.2 && first.0.dispute.attachments.count == 1)
    let again = try attach("key-attach-1")
    #expect(again.1 == first.1 && !again.2)
    let other = try attach(nil)
    #expect(other.1 == first.1 && other.2)
    #expect(try world.reader().content(of: first.1) == wish.content)
    let lines = try world.reader().events(of: .id(order)).filter {
      $0.event.body.type == "dispute.attached"
    }
    #expect(lines.count == 1)
    #expect(
      refusal(
        try world.ask(
          "dispute.attach", .disputeAttach(dispute.id, wish),
          by: Caller(principal: "other", person: nil, seesAll: false, refundLimit: 0)))
        == .disputeNotFound)
  }

  @Test("a dry run attaches nothing")
  func dryRun() throws {
    let world = try World()
    let (order, _, dispute) = try disputed(world)
    let wish = AttachmentWish(
      kind: .other, mediaType: "text/plain", content: AttachmentContent(name: nil, bytes: [1]))
    _ = try world.ask(
      "dispute.attach", .disputeAttach(dispute.id, wish), by: World.lead, isDryRun: true)
    #expect(try world.state(order).disputes[0].attachments.isEmpty)
  }

  @Test("a crash between a notice and its confirmation loses nothing")
  func crashed() throws {
    let world = try World()
    let (order, payment, _) = try disputed(world)
    world.holdsExchanges = true
    try world.advance(by: 31_000)
    try world.crash()
    world.holdsExchanges = false
    world.bank.dispute(payment.outTradeNumber, "lost")
    try world.advance(by: 60_000)
    #expect(try world.state(order).order.payState == .chargedBack)
  }
}
