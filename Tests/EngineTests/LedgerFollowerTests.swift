import Domain
import Engine
import Store
import Testing

@Suite("The sums that are followed are those of the log")
struct LedgerFollowerTests {
  private func world() throws -> World {
    let world = try World()
    // Noon in Beijing, so that no row is near an end of its day.
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    return world
  }

  private func ledger(_ world: World) throws -> Ledger {
    var projection = LedgerProjection()
    for (_, event) in try world.reader().recorded(after: 0, limit: .max) {
      try projection.apply(event)
    }
    return projection.ledger
  }

  private func check(_ follower: inout LedgerFollower, _ world: World) throws {
    let ledger = try ledger(world)
    let reader = try world.reader()
    let hour: Int64 = 3_600_000
    let moment = Timestamp(milliseconds: world.now.milliseconds / hour * hour)
    let before = try ledger.before(moment).standing
    var fresh = LedgerFollower()
    let told = [
      try follower.standing(in: reader, last: .max, before: nil),
      try fresh.standing(in: reader, last: .max, before: nil),
    ]
    #expect(told == [ledger.standing, ledger.standing])
    let earlier = [
      try follower.standing(in: reader, last: .max, before: moment),
      try fresh.standing(in: reader, last: .max, before: moment),
    ]
    #expect(earlier == [before, before])
    #expect(ledger.isBalanced && ledger.standing.isBalanced)
  }

  private func decide(_ world: World, _ command: Command) throws {
    let result = try world.ask("discrepancy.propose", command, by: World.finance)
    guard case .success(.discrepancy) = result else { throw ShortcutFault.unexpected("\(result)") }
  }

  private func wish(_ record: DiscrepancyRecord, _ verb: AdjudicationVerb) -> Command {
    .discrepancyPropose(
      AdjudicationWish(
        discrepancy: record.id, verb: verb, reason: "checked", until: nil, partner: nil))
  }

  @Test("over payments, refunds, runs, decisions and what is taken back")
  func follows() throws {
    let world = try world()
    var follower = LedgerFollower()
    try check(&follower, world)
    let (_, payment) = try world.paidOrder(5000)
    try check(&follower, world)
    let (_, other) = try world.paidOrder(600)
    guard case .success = try world.refund(payment.id, 700) else {
      throw ShortcutFault.unexpected("no refund")
    }
    try check(&follower, world)
    try world.advance(by: 7_200_000)
    try check(&follower, world)
    func row(_ payment: Payment, _ minor: Int64, _ fee: Int64) -> BillRow {
      BillRow(
        transaction: payment.gatewayTransaction ?? "", number: payment.outTradeNumber,
        minor: minor, at: payment.paidAt ?? world.now, fee: fee)
    }
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 77, at: world.now)
    let statement = try world.imported([row(payment, 5200, 30), row(other, 600, 4), stranger])
    let run = try world.reconcile(statement.id).run
    try check(&follower, world)
    let found = try world.discrepancies(of: run.id)
    let more = try #require(found.first { $0.facts.kind == .amountMore })
    try decide(world, wish(more, .refundBuyer))
    try check(&follower, world)
    let unknown = try #require(found.first { $0.facts.kind == .unknownMoney })
    try decide(world, wish(unknown, .moveToSuspense))
    try check(&follower, world)
    try decide(world, .discrepancyUndo(unknown.id, reason: "known now"))
    try check(&follower, world)
    // Issued again: the fees that were booked are given back.
    let again = try world.imported([row(payment, 5200, 31), row(other, 600, 4)])
    try check(&follower, world)
    _ = try world.reconcile(again.id)
    try check(&follower, world)
  }

  @Test("a reader of an older state than was followed is told so")
  func older() throws {
    let world = try world()
    _ = try world.paidOrder(5000)
    var follower = LedgerFollower()
    _ = try follower.standing(in: try world.reader(), last: .max, before: nil)
    let older = try follower.standing(in: try world.reader(), last: 1, before: nil)
    #expect(older == nil)
  }

  @Test("what a run counts of a payment or refund is what the log booked of it")
  func posted() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder(5000)
    _ = try world.paidOrder(600)
    _ = try world.refund(payment.id, 700)
    try world.advance(by: 7_200_000)
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 77, at: world.now)
    let statement = try world.imported([stranger])
    let day = world.day(world.now)
    let books = try world.reader().books(for: statement)
    let rows =
      try books.paid(from: day.from, to: day.to) + books.refunded(from: day.from, to: day.to)
    #expect(rows.count >= 2)
    let sum = rows.flatMap(\.posted).reduce(0) { $0 + $1.minor }
    #expect(try ledger(world).balance(.receivable(gateway: "bank"), yuan).minor == sum)
  }
}
