import Domain
import Engine
import Store
import Testing

@Suite("payouts, what they pay out, and files that are issued again")
struct PayoutTests {
  private static let day: Int64 = 86_400_000
  /// Noon of a day in Beijing.
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000)

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Self.noon.adding(milliseconds: Self.day))
    return world
  }

  /// What everybody else's bills bring along: the rows that do not count any more are removed.
  private func compareAnother(_ world: World) throws {
    let row = BillRow(transaction: "X1", number: "N1", minor: 9, at: world.now)
    _ = try world.compared(try world.imported([row], gateway: "other"))
  }

  @Test("what adds up to a payout in its own bill is no proof where the day before holds as much")
  func sameAmountTheDayBefore() throws {
    let alone = try world()
    let only = try alone.activity(try alone.paidOrder(5800).1, [("payout", "po_111111", -5800)])
    #expect(try alone.compared(only).bookings.payouts.map(\.alternatives) == [1])
    let world = try world()
    _ = try world.compared(try world.activity(try world.paidOrder(5800).1, []))
    try world.advance(by: Self.day)
    let next = try world.activity(try world.paidOrder(5800).1, [("payout", "po_111111", -5800)])
    let proofs = try world.compared(next).bookings.payouts
    #expect(proofs.map(\.alternatives) == [2] && proofs.map(\.isProven) == [false])
  }

  @Test("of two days' money and a payout of both, both are the proof")
  func bothDays() throws {
    let world = try world()
    _ = try world.compared(try world.activity(try world.paidOrder(5800).1, []))
    try world.advance(by: Self.day)
    let next = try world.activity(try world.paidOrder(300).1, [("payout", "po_111111", -6100)])
    let proofs = try world.compared(next).bookings.payouts
    #expect(proofs.map(\.alternatives) == [1] && proofs.map(\.rows) == [2])
  }

  @Test("what a bank's file held is looked for in the one issued again, whoever compares first")
  func bankIssuedAgain() throws {
    let world = try world()
    let first = try world.activity(try world.paidOrder(5800).1, [("payout", "po_111111", -5800)])
    _ = try world.compared(first, with: try world.bankFile([(100, world.now, "Miete")], "Q"))
    try world.advance(by: Self.day)
    let second = try world.activity(try world.paidOrder(300).1, [])
    let wrong = try world.bankFile([(5799, world.now, "STRIPE po_111111")], "A")
    #expect(try world.compared(second, with: wrong).bookings.arrivals.count == 1)
    let right = try world.bankFile([(5800, world.now, "STRIPE po_111111")], "A")
    #expect(try world.reader().statement(wrong.id)?.supersededBy == right.id)
    try compareAnother(world)
    let again = try world.compared(second, with: right)
    #expect(again.opened == 0 && again.bookings.arrivals.map(\.amount.minor) == [5800])
    let account = LedgerAccount.bank(account: right.gateway)
    #expect(try world.ledger().balance(account, yuan).minor == 5800)
    // Nothing of the old file is kept once its payout was looked for.
    #expect(try world.reader().payoutsFreed(of: "bank", .trade).isEmpty)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("a row of the bank is no stranger where it may be of a list that nobody held against one")
  func listBeforeTheBank() throws {
    let world = try world()
    let first = try world.activity(try world.paidOrder(300).1, [])
    try world.advance(by: Self.day)
    let second = try world.activity(try world.paidOrder(5800).1, [("payout", "po_111111", -5800)])
    _ = try world.compared(first)
    _ = try world.compared(second)
    // The gateway meets the bank, and the second list is passed over.
    _ = try world.compared(first, with: try world.bankFile([(100, world.now, "Miete")], "Q"))
    try world.advance(by: 2 * Self.day)
    let last = try world.activity(try world.paidOrder(400).1, [])
    let file = try world.bankFile([(5800, world.now, "STRIPE po_111111")], "A")
    #expect(try world.compared(last, with: file).opened == 0)
    // Known, it is found; and what is no payout then is told.
    let found = try world.compared(second, with: file)
    #expect(found.opened == 0 && found.bookings.arrivals.map(\.amount.minor) == [5800])
    let other = try world.bankFile([(77, world.now, "STRIPE po_222222")], "B")
    let told = try world.discrepancies(of: try world.compared(last, with: other).id)
    #expect(told.map(\.facts.kind) == [.bankRowWithoutPayout])
  }

  @Test("a payout that a bill gave back waits again when that bill is issued without it")
  func billIssuedAgain() throws {
    let world = try world()
    let first = try world.activity(try world.paidOrder(5800).1, [("payout", "po_111111", -5800)])
    _ = try world.compared(first, with: try world.bankFile([(100, world.now, "Miete")], "Q"))
    try world.advance(by: Self.day)
    let payment = try world.paidOrder(300).1
    let second = try world.activity(payment, [("payout_reversal", "po_111111", 5800)])
    #expect(try world.compared(second).opened == 0)
    let anew = try world.activity(payment, [])
    #expect(try world.reader().statement(second.id)?.supersededBy == anew.id)
    try compareAnother(world)
    // That the bill is another one now is told, and nothing of the payout.
    let changed = try world.discrepancies(of: try world.compared(anew).id).map(\.facts.kind)
    #expect(Set(changed) == [.statementUnsound])
    try compareAnother(world)
    let file = try world.bankFile([(5800, world.now, "STRIPE po_111111")], "A")
    let found = try world.compared(anew, with: file)
    #expect(found.opened == 0 && found.bookings.arrivals.map(\.amount.minor) == [5800])
    #expect(try world.reader().payoutsFreed(of: "bank", .trade).isEmpty)
  }
}
