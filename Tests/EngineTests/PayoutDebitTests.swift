import Domain
import Engine
import Store
import Testing

@Suite("payouts that the bank took back")
struct PayoutDebitTests {
  private static let day: Int64 = 86_400_000
  private static let text = "STRIPE po_111111"

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000 + Self.day))
    return world
  }

  /// A payout that came, and the bills of its day and of the next one.
  private func arrived(
    _ world: World
  ) throws -> (first: StatementRecord, second: StatementRecord, file: StatementRecord) {
    let first = try world.activity(
      try world.paidOrder(5800).1, [("payout", "po_111111", -5800)])
    _ = try world.compared(first, with: try world.bankFile([(100, world.now, "Miete")], "Q"))
    try world.advance(by: Self.day)
    let second = try world.activity(try world.paidOrder(300).1, [])
    let file = try world.bankFile([(5800, world.now, Self.text)], "B")
    #expect(try world.compared(second, with: file).bookings.arrivals.count == 1)
    try world.advance(by: Self.day)
    return (first, second, file)
  }

  private func held(_ world: World) throws -> [Int64] {
    let ledger = try world.ledger()
    return [LedgerAccount.receivable(gateway: "bank"), .bank(account: "account")].map {
      ledger.balance($0, yuan).minor
    }
  }

  @Test("the debit names its payout, until the gateway's list gives it back")
  func debit() throws {
    let world = try world()
    let (first, second, file) = try arrived(world)
    let debits = try world.bankFile([(-5800, world.now, Self.text)], "C")
    let run = try world.compared(second, with: debits)
    let told = try world.discrepancies(of: run.id)
    #expect(told.map(\.facts.kind) == [.payoutNotArrived], "\(told)")
    #expect(told[0].facts.expected == 5800 && told[0].facts.actual == 0)
    #expect(told[0].facts.theirs?.statement == first.id)
    #expect(told[0].facts.theirs?.transaction == "po_111111")
    #expect(told[0].facts.bank?.statement == debits.id)
    #expect(run.bankBuckets.map(\.bucket) == ["one_sided"])
    let id = told[0].id
    // Told once, and nothing ends it that says nothing of it.
    for (bill, bank) in [(second, debits), (first, file), (second, file)] {
      #expect(try world.compared(bill, with: bank).opened == 0)
      #expect(try world.reader().discrepancy(id)?.state == .open)
      #expect(try held(world) == [300, 5800])
    }
    // A decision books nothing: the gateway's own word will.
    let wish = AdjudicationWish(
      discrepancy: id, verb: .claimFromGateway, reason: "sent back", until: nil, partner: nil)
    _ = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    #expect(try held(world) == [300, 5800])
    _ = try world.ask(
      "discrepancy.undo", .discrepancyUndo(id, reason: "wait for it"), by: World.finance)
    try world.advance(by: Self.day)
    let third = try world.activity(
      try world.paidOrder(400).1, [("payout_reversal", "po_111111", 5800)])
    #expect(try world.compared(third).opened == 0)
    #expect(try world.reader().discrepancy(id)?.resolution == .agrees)
    #expect(try held(world) == [6500, 0])
    let again = try world.compared(second, with: debits)
    #expect(again.opened == 0 && again.bankBuckets.map(\.bucket) == ["matched"])
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("one that the gateway's list has given back already is what the bank says of it")
  func givenBackBefore() throws {
    let world = try world()
    let (first, _, _) = try arrived(world)
    let third = try world.activity(
      try world.paidOrder(400).1, [("payout_reversal", "po_111111", 5800)])
    _ = try world.compared(third)
    let debits = try world.bankFile([(-5800, world.now, Self.text)], "C")
    for bill in [third, first] {
      let run = try world.compared(bill, with: debits)
      #expect(run.opened == 0 && run.bankBuckets.map(\.bucket) == ["matched"])
    }
    #expect(try held(world) == [6500, 0])
  }

  @Test("where both stand in one file the payout came, and was taken back")
  func inOneFile() throws {
    let world = try world()
    let bill = try world.activity(
      try world.paidOrder(5800).1, [("payout", "po_111111", -5800)])
    try world.advance(by: Self.day)
    let file = try world.bankFile(
      [(5800, world.now, Self.text), (-5800, world.now, Self.text)], "B")
    let run = try world.compared(bill, with: file)
    #expect(run.bookings.arrivals.map(\.amount.minor) == [5800])
    let told = try world.discrepancies(of: run.id)
    #expect(told.map(\.facts.kind) == [.payoutNotArrived] && told[0].facts.actual == 0)
    #expect(told[0].facts.bank?.statement == file.id)
    #expect(try world.compared(bill, with: file).opened == 0)
    #expect(try world.reader().discrepancy(told[0].id)?.state == .open)
  }

  @Test("of another amount, or without its number, a debit is nothing of it")
  func others() throws {
    let world = try world()
    let (_, second, _) = try arrived(world)
    let debits = try world.bankFile(
      [(-5700, world.now, Self.text), (-5800, world.now, "STRIPE po_222222")], "C")
    let run = try world.compared(second, with: debits)
    #expect(run.opened == 0 && run.bankBuckets.map(\.bucket) == ["apart"])
  }
}
