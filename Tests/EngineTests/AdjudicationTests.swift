import Domain
import Engine
import Store
import Testing

@Suite("people decide about discrepancies")
struct DiscrepancyDeskTests {
  private static let qian = Caller(principal: "books", person: "qian", seesAll: true, refundLimit: 0)

  private func world() throws -> World {
    let world = try World()
    // Noon in Beijing, so that no row is near an end of its day.
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    return world
  }

  private func bill(_ world: World, _ rows: [BillRow]) throws -> [DiscrepancyRecord] {
    let run = try world.reconcile(try world.imported(rows).id).run
    return try world.discrepancies(of: run.id)
  }

  private func row(_ payment: Payment, _ world: World, minor: Int64) -> BillRow {
    BillRow(
      transaction: payment.gatewayTransaction ?? "T\(payment.outTradeNumber)",
      number: payment.outTradeNumber, minor: minor, at: payment.paidAt ?? world.now)
  }

  private func decide(
    _ world: World, _ command: Command, by caller: Caller = World.finance
  ) throws -> DiscrepancyRecord {
    let result = try world.ask("discrepancy.propose", command, by: caller)
    guard case .success(.discrepancy(let record)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return record
  }

  private func wish(
    _ record: DiscrepancyRecord, _ verb: AdjudicationVerb, until: Timestamp? = nil,
    with partner: DiscrepancyID? = nil
  ) -> Command {
    .discrepancyPropose(
      AdjudicationWish(
        discrepancy: record.id, verb: verb, reason: "checked", until: until, partner: partner))
  }

  private func stored(_ world: World, _ id: DiscrepancyID) throws -> DiscrepancyRecord {
    try #require(try world.reader().discrepancy(id))
  }

  @Test("what too much came is asked back as a refund that another operator approves")
  func refundBuyer() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder(5000)
    let found = try bill(world, [row(payment, world, minor: 5200)])
    #expect(found.map(\.facts.kind) == [.amountMore])
    let decided = try decide(world, wish(found[0], .refundBuyer))
    #expect(decided.state == .resolved)
    let refunds = try world.state(order).refunds
    #expect(refunds.map(\.state) == [.requested])
    #expect(refunds[0].amount.minor == 200)
    #expect(throws: (any Error).self) {
      try decide(world, .discrepancyUndo(found[0].id, reason: "no"))
    }
  }

  @Test("two halves of one movement close together and open together")
  func merged() throws {
    let world = try world()
    let (_, missing) = try world.paidOrder(600)
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 600, at: world.now)
    let found = try bill(world, [stranger])
    #expect(found.map(\.facts.kind) == [.missingAtGateway, .unknownMoney])
    #expect(found[0].facts.ours == .payment(missing.id))
    _ = try decide(world, wish(found[1], .mergeMatch, with: found[0].id))
    for one in found {
      let now = try stored(world, one.id)
      #expect(now.state == .resolved && now.resolution == .adjudicated)
    }
    _ = try decide(world, .discrepancyUndo(found[0].id, reason: "not the same buyer"))
    for one in found { #expect(try stored(world, one.id).state == .open) }
  }

  @Test("a large one takes two, survives a crash between them, and a forgotten one is escalated")
  func twoPersonsAndClock() throws {
    let world = try world()
    let rows = [
      BillRow(transaction: "X1", number: "N1", minor: 90_000, at: world.now),
      BillRow(transaction: "X2", number: "N2", minor: 80_000, at: world.now),
    ]
    let found = try bill(world, rows)
    #expect(try decide(world, wish(found[0], .moveToSuspense)).state == .proposed)
    try world.crash()
    #expect(throws: (any Error).self) { try decide(world, .discrepancyConfirm(found[0].id)) }
    let decided = try decide(world, .discrepancyConfirm(found[0].id), by: Self.qian)
    #expect(decided.state == .resolved && decided.resolvedBy == "operator:qian")
    try world.advance(by: 7_200_000 + 60_000)
    #expect(try stored(world, found[0].id).escalatedAt == nil)
    #expect(try stored(world, found[1].id).escalatedAt != nil)
    // Its case alarms for it.
    #expect(world.alarms.count { $0.hasPrefix("AL8 case") } == 1)
    #expect(world.alarms.count { $0.hasPrefix("AL8 bank: ") } == 0)
    try world.crash()
    try world.advance(by: 7_200_000)
    #expect(world.alarms.count { $0.hasPrefix("AL8") } == 1)
  }

  @Test("what waits for a day is open again on it, and a run that finds agreement ends it before")
  func waiting() throws {
    let world = try world()
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 600, at: world.now)
    let found = try bill(world, [stranger])
    let day = world.now.adding(milliseconds: 3_600_000)
    #expect(try decide(world, wish(found[0], .waitUntil, until: day)).state == .waiting)
    try world.advance(by: 3_590_000)
    #expect(try stored(world, found[0].id).state == .waiting)
    try world.advance(by: 60_000)
    #expect(try stored(world, found[0].id).state == .open)
  }

  @Test("the log holds every step, so the books are made again from it")
  func books() throws {
    let world = try world()
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 600, at: world.now)
    let found = try bill(world, [stranger])
    _ = try decide(world, wish(found[0], .moveToSuspense))
    _ = try decide(world, .discrepancyUndo(found[0].id, reason: "found"))
    _ = try decide(world, wish(found[0], .writeOff))
    let ledger = try world.ledger()
    let yuan = found[0].facts.currency
    #expect(ledger.balance(.suspense, yuan).minor == 0)
    #expect(ledger.balance(.writeOff, yuan).minor == -600)
    #expect(ledger.balance(.receivable(gateway: "bank"), yuan).minor == 600)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }
}
