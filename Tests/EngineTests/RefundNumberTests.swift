import Domain
import Engine
import Store
import Testing

/// A bill that knows refunds by the gateway's own number alone, as Airwallex' list does.
@Suite("A refund under way in a bill that names nothing of ours")
struct RefundNumberTests {
  private struct Case {
    let world: World
    let order: OrderID
    let payment: Payment
    let refund: Refund
  }

  private func begin() throws -> Case {
    let world = try World()
    // Noon in Beijing, so that no row is near an end of its day.
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    let (order, payment) = try world.paidOrder()
    world.bank.refundState = "numbered"
    _ = try world.refund(payment.id, 800)
    let refund = try #require(try world.state(order).refunds.first)
    #expect(refund.state == .processing && refund.gatewayRefund == "R\(refund.number)")
    return Case(world: world, order: order, payment: payment, refund: refund)
  }

  private func compare(
    _ one: Case, _ amount: String = "-8.00", kept: (fee: String, net: String)? = nil
  ) throws -> (RunRecord, [DiscrepancyRecord]) {
    let number = "R\(one.refund.number)"
    return try one.world.compare(movements: [
      one.world.movement(1, "PAYMENT", "att_1", "58.00", of: one.payment),
      one.world.movement(2, "REFUND", number, amount, of: one.payment, kept: kept),
    ])
  }

  @Test("it is known by the number that the gateway gave when it took it, and is filled back")
  func underWay() throws {
    let one = try begin()
    let (run, found) = try compare(one)
    #expect(found.map(\.facts.kind) == [.refundStatus])
    #expect(found.first?.resolution == .filledBack)
    #expect(found.first?.facts.ours == .refund(one.refund.id))
    #expect(run.filledBack == 1)
    #expect(try one.world.state(one.order).refunds.map(\.state) == [.succeeded])
  }

  @Test("one that failed is not told to have gone through because a bill has its first row")
  func failed() throws {
    let one = try begin()
    one.world.bank.setRefund(one.refund.number, "failed")
    try one.world.advance(by: 3_600_000)
    #expect(try one.world.state(one.order).refunds.map(\.state) == [.failed])
    let (_, found) = try compare(one)
    #expect(found.map(\.facts.kind) == [.refundMissingLocally])
    #expect(try one.world.state(one.order).refunds.map(\.state) == [.failed])
  }

  @Test("the fee of one that has another amount in the bill is booked once, before it and after")
  func feeOfOtherAmount() throws {
    let one = try begin()
    let (run, found) = try compare(one, "-8.01", kept: (fee: "0.30", net: "-8.31"))
    #expect(found.map(\.facts.kind) == [.refundAmount, .refundStatus])
    #expect(try one.world.state(one.order).refunds.map(\.state) == [.processing])
    #expect(try one.world.gatewayBooks() == [5800 - 30, 30, 0])
    one.world.bank.setRefund(one.refund.number, "ok")
    try one.world.advance(by: 3_600_000)
    #expect(try one.world.state(one.order).refunds.map(\.state) == [.succeeded])
    for _ in 0..<2 {
      #expect(try one.world.gatewayBooks() == [5800 - 800 - 30, 30, 0])
      let again = try one.world.reconcile(run.statement).run
      #expect(again.proofs.allSatisfy { $0.remainder == 0 })
    }
    try one.world.decide(try #require(found.first), .acceptGateway)
    #expect(try one.world.gatewayBooks() == [5800 - 801 - 30, 30, 0])
  }
}
