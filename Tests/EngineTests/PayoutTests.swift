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
}
