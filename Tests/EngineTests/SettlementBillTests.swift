import Domain
import Engine
import Gateways
import Store
import Testing

/// What was settled on a day is of payments of other days, and no list of what moved on that day.
@Suite("Bills of settlements beside the lists of the same days")
struct SettlementBillTests {
  private static let empty = #"{"items":[],"has_more":false}\#n"#

  private func time(_ moment: Timestamp) -> String {
    let civil = CivilTime(moment, offsetMinutes: 0)
    return "\(civil.dateText)T\(civil.timeText)+0000"
  }

  private func list(_ payment: Payment, _ at: Timestamp) -> String {
    #"{"items":[{"id":"ftx_1","source_id":"att_1","source_type":"PAYMENT_ATTEMPT","#
      + #""transaction_type":"PAYMENT","currency":"CNY","amount":12.34,"fee":0.34,"net":12.00,"#
      + #""status":"PENDING","created_at":"\#(time(at))","#
      + #""funding_source_id":"\#(payment.gatewayTransaction ?? "")"}],"has_more":false}\#n"#
  }

  /// - Parameter amount: what was settled, as it is listed.
  private func settlement(_ payment: Payment, _ at: Timestamp, amount: String) -> String {
    #"{"items":[{"id":"bat_1","amount":\#(amount),"fee":0.34,"currency":"CNY","#
      + #""estimated_settled_at":"2027-01-18T09:00:00+0800","status":"SETTLED"}],"#
      + #""has_more":false}\#n"#
      + #"{"items":[{"transaction_id":"ftx_1","transaction_type":"Payment","gross_amount":12.34,"#
      + #""settlement_currency":"CNY","fees":-0.30,"taxes_on_fees":-0.04,"net_amount":12.00,"#
      + #""order_id":"\#(payment.outTradeNumber)","source_id":"att_1","#
      + #""payment_intent_id":"\#(payment.gatewayTransaction ?? "")","#
      + #""settlement_batch_id":"bat_1","created_at":"\#(time(at))"}]}\#n"#
  }

  /// The day after the payment it is settled; before, nothing is.
  private func run(amount: String) throws -> (World, paidOn: CivilDay, settledOn: CivilDay) {
    var gateway = TestGateway(name: "bank")
    gateway.givesBills = true
    gateway.givesSettlements = true
    let world = try World(gateways: [gateway, TestGateway(name: "other")])
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    let (_, payment) = try world.paidOrder(1234)
    let (day, paidAt) = (world.today, world.now)
    let next = CivilDay(paidAt.adding(milliseconds: 86_400_000), offsetMinutes: 480)
    world.bill = { task in
      let text =
        switch (task.bill.kind, task.bill.day) {
        case (.trade, day): self.list(payment, paidAt)
        case (.settlement, next): self.settlement(payment, paidAt, amount: amount)
        default: Self.empty
        }
      return World.file(task, Array(text.utf8))
    }
    try world.advance(to: TestBills.schedule.readyAt(next).adding(milliseconds: 60_000))
    return (world, day, next)
  }

  private func statement(
    _ kind: BillKind, _ day: CivilDay, _ world: World
  ) throws -> StatementRecord {
    let bill = try #require(try world.store.bill(BillName(kind: kind, day: day), of: "bank"))
    #expect(bill.state == .done, "\(kind) of \(day): \(bill.reason ?? "")")
    let id = try #require(bill.statement.flatMap { StatementID(text: $0) })
    return try #require(try world.store.statement(id))
  }

  @Test("neither takes the place of the other, and what was settled is compared with nothing")
  func apart() throws {
    let (world, day, next) = try run(amount: "12.00")
    for one in [day, next] {
      #expect(try statement(.trade, one, world).supersededBy == nil)
      #expect(try statement(.settlement, one, world).supersededBy == nil)
    }
    let settled = try statement(.settlement, next, world)
    #expect(settled.rows == 1 && settled.isVerified && settled.figures.count == 2)
    let told = try world.reader().discrepancies(DiscrepancyFilter(), before: nil, limit: 10)
    #expect(told.map(\.facts.kind) == [])
    #expect(world.alarms.allSatisfy { !$0.hasPrefix("AL17") && !$0.hasPrefix("AL18") })
  }

  @Test("a settlement that is not the sum of its records is told of")
  func unsound() throws {
    let (world, _, next) = try run(amount: "12.01")
    #expect(try !statement(.settlement, next, world).isVerified)
    #expect(world.alarms.contains { $0.hasPrefix("AL18") })
  }
}
