import Domain
import Engine
import Store
import Testing

/// Stripe's `refund_failure`: the bank could not give the money to the buyer, and it is ours again.
@Suite("refunds that a bill gives back")
struct RefundReturnTests {
  private static let day: Int64 = 86_400_000
  private static let refunded: Int64 = 800

  private struct Scene {
    let world: World
    let order: OrderID
    let payment: Payment
    let refund: Refund

    init() throws {
      world = try World()
      try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000))
      (order, payment) = try world.paidOrder(5800)
      guard case .success(.refund(let made)) = try world.refund(payment.id, refunded) else {
        throw ShortcutFault.unexpected("no refund")
      }
      refund = try #require(try world.state(order).refund(made.refund.id))
    }

    var state: RefundState? {
      get throws { try world.state(order).refund(refund.id)?.state }
    }

    /// The gateway itself says so.
    func tell(_ word: String) throws {
      world.bank.setRefund(refund.number, word)
      let notice = world.bank.notice(payment.outTradeNumber, refund: refund.number)
      _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    }

    var charge: String {
      row(
        "charge", 5800,
        #"{"id":"ch_1","payment_intent":"\#(payment.gatewayTransaction ?? "")","metadata":"#
          + #"{"till_payment":"\#(payment.outTradeNumber)"}}"#)
    }

    func refund(_ word: String, _ minor: Int64, of number: String? = nil) -> String {
      let own = number ?? refund.gatewayRefund ?? ""
      let ours = number == nil ? refund.number : ""
      return row(
        word, minor,
        #"{"id":"\#(own)","metadata":{"till_refund":"\#(ours)","#
          + #""till_payment":"\#(payment.outTradeNumber)"}}"#)
    }

    private func row(_ word: String, _ minor: Int64, _ source: String) -> String {
      #"{"id":"txn_1","created":\#(world.now.milliseconds / 1000),"amount":\#(minor),"fee":0,"#
        + #""net":\#(minor),"currency":"cny","exchange_rate":null,"#
        + #""reporting_category":"\#(word)","source":\#(source)}"#
    }

    func run(_ rows: [String]) throws -> RunRecord {
      let text = rows.joined(separator: ",")
      let bytes = Array(
        #"{"object":"list","url":"/v1/balance_transactions","data":[\#(text)]}\#n"#.utf8)
      guard case .success(.statement(let reply)) = try world.take(try world.upload(bytes)) else {
        throw ShortcutFault.unexpected("refused")
      }
      return try world.reconcile(reply.record.id).run
    }

    func told() throws -> [DiscrepancyRecord] {
      try world.reader().discrepancies(DiscrepancyFilter(), before: nil, limit: 9)
    }

    func check(_ run: RunRecord, holds minor: Int64) throws {
      for proof in run.proofs { #expect(proof.remainder == 0, "\(proof)") }
      #expect(
        try world.ledger().balance(.receivable(gateway: "bank"), Currency(code: "CNY")!).minor
          == minor)
      #expect(world.alarms.allSatisfy { !$0.hasPrefix("I15") })
      #expect(try world.store.checkAgainstLog().differences.isEmpty)
    }
  }

  @Test("one that we hold for done is ours again, and a person is called", arguments: [true, false])
  func unheard(newestFirst: Bool) throws {
    let scene = try Scene()
    #expect(try scene.state == .succeeded)
    let back = scene.refund("refund_failure", 800)
    let rows = [scene.charge, scene.refund("refund", -800), back]
    let run = try scene.run(newestFirst ? rows.reversed() : rows)
    #expect(try scene.state == .returned)
    #expect(run.filledBack == 1 && run.proofs.first?.bill == 5800)
    #expect(try scene.world.state(scene.order).order.attention.contains("refund_returned"))
    let told = try scene.told()
    #expect(told.map(\.facts.kind) == [.refundStatus] && told.first?.resolution == .filledBack)
    #expect(told.first?.facts.ours == .refundReturn(scene.refund.id))
    try scene.check(run, holds: 5800)
    let again = try scene.world.reconcile(run.statement).run
    #expect(again.opened == 0 && again.filledBack == 0)
    try scene.check(again, holds: 5800)
  }

  @Test("the bill of a later day gives it back")
  func later() throws {
    let scene = try Scene()
    try scene.check(try scene.run([scene.charge, scene.refund("refund", -800)]), holds: 5000)
    try scene.world.advance(by: Self.day)
    let run = try scene.run([scene.refund("refund_failure", 800)])
    #expect(try scene.state == .returned)
    #expect(run.proofs.map(\.bill) == [800])
    try scene.check(run, holds: 5800)
    #expect(try scene.told().allSatisfy { $0.state == .resolved })
  }

  @Test("one that the gateway told of agrees with both of its rows")
  func heard() throws {
    let scene = try Scene()
    try scene.tell("returned")
    let run = try scene.run([
      scene.charge, scene.refund("refund", -800), scene.refund("refund_failure", 800),
    ])
    #expect(run.opened == 0 && run.filledBack == 0 && run.proofs.first?.books == 5800)
    try scene.check(run, holds: 5800)
  }

  @Test("another amount than went, or money that goes, gives nothing back", arguments: [700, -800])
  func otherAmount(minor: Int64) throws {
    let scene = try Scene()
    let run = try scene.run([
      scene.charge, scene.refund("refund", -800), scene.refund("refund_failure", minor),
    ])
    #expect(try scene.state == .succeeded)
    #expect(try scene.told().isEmpty)
    try scene.check(run, holds: 5000)
  }

  @Test("of a refund that is not ours it says nothing about one that is")
  func stranger() throws {
    let scene = try Scene()
    let run = try scene.run([
      scene.charge, scene.refund("refund", -800),
      scene.refund("refund_failure", 800, of: "re_other"),
    ])
    #expect(try scene.state == .succeeded && run.opened == 0)
    try scene.check(run, holds: 5000)
  }

  @Test("twice is once, and the second row is named")
  func twice() throws {
    let scene = try Scene()
    let back = scene.refund("refund_failure", 800)
    let run = try scene.run([scene.charge, scene.refund("refund", -800), back, back])
    #expect(try scene.state == .returned)
    #expect(try scene.told().map(\.facts.kind).sorted { $0.word < $1.word }
      == [.duplicateRow, .refundStatus])
    try scene.check(run, holds: 5800)
  }
}
