import Domain
import Engine
import Reconciliation
import Store
import Testing

@Suite("Days of a bank that no file covers")
struct MissingBankDaysTests {
  private static let day: Int64 = 86_400_000

  /// Noon of a Saturday in Beijing: the 16th.
  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000 + Self.day))
    return world
  }

  private func missing(
    _ world: World, _ calendar: BusinessCalendar = BusinessCalendar()
  ) throws -> MissingBankDays? {
    try MissingBankDays.find(
      of: "bank", in: world.reader(), GatewayTerms(calendar: calendar), at: world.now)
  }

  private func quiet(_ world: World, _ ats: [Timestamp], _ name: String) throws {
    _ = try world.bankFile(ats.map { (100, $0, "Miete") }, name)
  }

  /// A payout of the 16th that waits, with the bank's file of that day.
  private func waiting(_ world: World) throws -> StatementRecord {
    let payment = try world.paidOrder(5800).1
    let bill = try world.activity(payment, [("payout", "po_111111", -5800)])
    _ = try world.compared(
      bill, with: try world.bankFile([(100, world.now, "Miete")], "Q"))
    return bill
  }

  @Test("they are named while a payout waits that may have come on them, business days alone")
  func named() throws {
    let world = try world()
    let start = world.now
    let bill = try waiting(world)
    #expect(try missing(world) == nil)
    try world.advance(by: 3 * Self.day)
    #expect(
      try missing(world)?.text
        == "No file of account covers 2027-01-17 to 2027-01-18: 1 payout of bank may have come "
        + "then and waits. Take the bank's file of those days in, and compare the newest bill of "
        + "bank with it.")
    // The 17th is a Sunday.
    let monday = try #require(CivilDay("2027-01-18"))
    #expect(try missing(world, .weekdays)?.days == [monday...monday])
    try quiet(world, [start.adding(milliseconds: 2 * Self.day)], "R")
    #expect(try missing(world, .weekdays) == nil)
    let sunday = try #require(CivilDay("2027-01-17"))
    #expect(try missing(world)?.days == [sunday...sunday])
    // A file of more days, also where others lie within it.
    try quiet(world, [start, start.adding(milliseconds: 2 * Self.day)], "S")
    #expect(try missing(world) == nil)
    // Nothing comes any more on days after the last one, though it is told of as missing.
    try world.advance(by: 10 * Self.day)
    let last = try #require(CivilDay("2027-01-19"))
    #expect(try missing(world)?.days == [last...last])
    _ = try world.compared(bill)
    #expect(try missing(world)?.days == [last...last])
  }

  @Test("nothing is missed where no payout waits, or the gateway has never met a bank")
  func nothing() throws {
    let world = try world()
    let bill = try world.activity(
      try world.paidOrder(5800).1, [("payout", "po_111111", -5800)])
    _ = try world.compared(bill)
    try world.advance(by: 3 * Self.day)
    #expect(try missing(world) == nil)
    let file = try world.bankFile([(5800, world.now, "STRIPE po_111111")], "B")
    _ = try world.compared(bill, with: file)
    try world.advance(by: Self.day)
    #expect(try missing(world) == nil)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("a bill that is compared again without the bank still waits, and tells of it once")
  func comparedAgain() throws {
    let world = try world()
    let bill = try waiting(world)
    for _ in 0..<2 {
      _ = try world.compared(bill)
      try world.advance(by: Self.day)
    }
    #expect(try missing(world)?.payouts == 1)
    #expect(world.alarms.isEmpty)
  }
}
