import Domain
import Engine
import Store
import Testing

/// What a row of an earlier statement costs, once a later run knows what it is.
@Suite("costs of rows that a later run finds")
struct CarriedCostsTests {
  private static let day: Int64 = 86_400_000
  private static let fee: Int64 = 1500
  /// What is disputed.
  private var amount: Int64 = 5800

  /// The bill of a day with one row, as Stripe's API lists it.
  private func imported(_ world: World, _ rows: [String]) throws -> StatementRecord {
    let text = rows.joined(separator: ",")
    let bytes = Array(
      #"{"object":"list","url":"/v1/balance_transactions","data":[\#(text)]}\#n"#.utf8)
    guard case .success(.statement(let reply)) = try world.take(try world.upload(bytes)) else {
      throw ShortcutFault.unexpected("refused")
    }
    return reply.record
  }

  /// - Parameter credited: what it is in a balance of dollars; nil for one of yuan.
  private func dispute(_ number: String, at moment: Timestamp, credited: Int64? = nil) -> String {
    let (at, moved) = (moment.milliseconds / 1000, credited ?? -amount)
    let currency = credited == nil ? "cny" : "usd"
    let rate = credited == nil ? "null" : "0.142857"
    return #"{"id":"txn_1","created":\#(at),"amount":\#(moved),"fee":\#(Self.fee),"#
      + #""net":\#(moved - Self.fee),"currency":"\#(currency)","exchange_rate":\#(rate),"#
      + #""reporting_category":"dispute","source":{"object":"dispute","id":"D\#(number)","#
      + #""amount":\#(amount),"currency":"cny"}}"#
  }

  private func other(at moment: Timestamp) -> String {
    let at = moment.milliseconds / 1000
    return #"{"id":"txn_t\#(at)","created":\#(at),"amount":1,"fee":0,"net":1,"currency":"cny","#
      + #""reporting_category":"topup","source":"tu_1"}"#
  }

  /// The bill that has a dispute before the gateway told of it, and the bill of the next day.
  private func toldLate(
    _ world: World, after delay: Int64, credited: Int64? = nil
  ) throws -> (first: StatementRecord, second: StatementRecord) {
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + delay))
    let (order, payment) = try world.paidOrder(amount)
    let row = dispute(payment.outTradeNumber, at: world.now, credited: credited)
    let first = try imported(world, [other(at: world.now), row])
    try run(first, world)
    world.bank.dispute(payment.outTradeNumber, "needs_response", amount: nil)
    try world.advance(by: 3000)
    _ = try world.ask("payment.query", .paymentQuery(payment.id))
    #expect(try world.state(order).disputes.first != nil)
    try world.advance(by: Self.day)
    return (first, try imported(world, [other(at: world.now)]))
  }

  private func run(_ statement: StatementRecord, _ world: World) throws {
    let run = try world.reconcile(statement.id).run
    for proof in run.proofs { #expect(proof.remainder == 0, "\(proof)") }
  }

  @Test("they are booked once, whichever statement is compared again", arguments: [
    3_600_000 * 4, 3_600_000 * 16 - 60_000,
  ])
  func once(after delay: Int64) throws {
    let world = try World()
    let (first, second) = try toldLate(world, after: delay)
    for statement in [second, second, first, second, first] {
      try run(statement, world)
      #expect(try world.gatewayBooks() == [-Self.fee, Self.fee, 0])
    }
    // Its own statement, issued again, has it no more.
    let newer = try imported(world, [other(at: world.now.adding(milliseconds: -Self.day))])
    #expect(try world.reader().statement(first.id)?.supersededBy == newer.id)
    #expect(try world.gatewayBooks() == [0, 0, 0])
  }

  @Test("a fee may be more than what was disputed")
  func moreThanDisputed() throws {
    var scene = self
    scene.amount = 900
    try scene.once(after: 3_600_000 * 4)
  }

  @Test("and so is what was exchanged")
  func exchanged() throws {
    let world = try World()
    let (first, second) = try toldLate(world, after: 14_400_000, credited: -828)
    let dollars = try #require(Currency(code: "USD"))
    for statement in [second, second, first, second, first] {
      try run(statement, world)
      let ledger = try world.ledger()
      #expect(ledger.balance(.receivable(gateway: "bank"), dollars).minor == -828 - Self.fee)
      #expect(ledger.balance(.receivable(gateway: "bank"), yuan).minor == amount)
      #expect(ledger.balance(.exchange, dollars).minor == 828)
      #expect(try world.store.checkAgainstLog().differences.isEmpty)
    }
  }

  @Test("a conversion that Airwallex lists as two rows is booked once")
  func converted() throws {
    let world = try World()
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 14_400_000))
    let payment = try world.paidOrder(5800).1
    let (run, found) = try world.compare(movements: [
      world.movement(1, "PAYMENT", "att_1", "58.00", of: payment),
      world.movement(2, "CONVERSION_BUY", "con_1", "1.10", of: payment, in: "USD"),
      world.movement(3, "CONVERSION_SELL", "con_1", "-8.00", of: payment),
    ])
    #expect(found.isEmpty)
    let dollars = try #require(Currency(code: "USD"))
    for _ in 0..<2 {
      let ledger = try world.ledger()
      #expect(ledger.balance(.receivable(gateway: "bank"), yuan).minor == 5800 - 800)
      #expect(ledger.balance(.receivable(gateway: "bank"), dollars).minor == 110)
      #expect(ledger.balance(.exchange, yuan).minor == 800)
      #expect(ledger.balance(.exchange, dollars).minor == -110)
      #expect(try world.reconcile(run.statement).run.opened == 0)
    }
  }
}
