import Domain
import Engine
import Store
import Testing

/// A row of a bill that stood near the end of its day, was in nobody's books for days and was told.
@Suite("decisions about a row of a bill that waited in vain")
struct AgedRowTests {
  private let world: World
  private let payment: Payment
  private let early: BillRow
  private let row: BillRow
  private let first: StatementID

  /// The row names a payment of which every answer was lost, by the gateway's number alone.
  init() throws {
    world = try World()
    // Noon in Beijing.
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    payment = try world.openPayment(try world.makeOrder(1234))
    world.bank.faults["query"] = [TestBank.Fault](repeating: .unreachable, count: 500)
    early = BillRow(
      transaction: "X9", number: "N9", minor: 5, at: world.now.adding(milliseconds: -3_600_000))
    row = BillRow(
      transaction: "T\(payment.outTradeNumber)", number: "", minor: 1234,
      at: world.day(world.now).to.adding(milliseconds: -1_000), fee: 4)
    first = try world.imported([early, row]).id
  }

  private func told() throws -> DiscrepancyRecord {
    #expect(try world.discrepancies(of: world.reconcile(first).run.id).count == 1)
    try world.advance(to: world.day(world.now).to.adding(milliseconds: 43_200_000))
    for (place, number) in ["X10", "X11"].enumerated() {
      if place == 1 { try world.advance(by: 4 * 86_400_000) }
      let other = BillRow(transaction: number, number: "", minor: 7, at: world.now)
      let run = try world.reconcile(try world.imported([other]).id).run
      let aged = try world.discrepancies(of: run.id).filter { $0.facts.kind == .carryOverAgedOut }
      #expect(aged.count == place)
      if let only = aged.first { return only }
    }
    throw ShortcutFault.unexpected("nothing was told")
  }

  private func pay() throws {
    try world.payWithNotice(payment, at: row.at, transaction: row.transaction)
    try world.advance(by: 1_000)
  }

  @Test("it is taken back where the row turns out to be a payment of ours")
  func agrees() throws {
    let aged = try told()
    #expect(aged.facts.ours == nil && aged.facts.theirs?.transaction == row.transaction)
    let before = try world.gatewayBooks()
    try world.decide(aged, .moveToSuspense)
    #expect(try world.gatewayBooks() == zip(before, [1230, 4, 0]).map(+))
    // Compared again it waits as before.
    _ = try world.reconcile(first)
    #expect(try world.stored(aged).isDecidedByPeople)
    try pay()
    let run = try world.reconcile(first).run
    #expect(run.matched == 1 && run.opened == 0)
    #expect(try world.stored(aged).resolution == .agrees)
    #expect(world.alarms.contains { $0.hasPrefix("AL7") && $0.contains("\(aged.id)") })
    #expect(try world.gatewayBooks() == zip(before, [1230, 4, 0]).map(+))
    #expect(try world.ledger().balance(.suspense, yuan).minor == 0)
  }

  @Test("or is gone from the bill as it was issued again, and stands while it is there")
  func gone() throws {
    let aged = try told()
    let before = try world.gatewayBooks()
    try world.decide(aged, .writeOff)
    _ = try world.reconcile(try world.imported([row, early]).id)
    #expect(try world.stored(aged).isDecidedByPeople)
    let last = try world.reconcile(try world.imported([early]).id).run
    #expect(try world.stored(aged).resolution == .agrees)
    #expect(try world.gatewayBooks() == before)
    for proof in last.proofs { #expect(proof.remainder == 0) }
  }

  @Test("one that nobody decided about ends the same way")
  func open() throws {
    let aged = try told()
    try pay()
    _ = try world.reconcile(first)
    #expect(try world.stored(aged).resolution == .agrees)
  }
}
