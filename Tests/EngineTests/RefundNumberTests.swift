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

  private func compare(_ one: Case) throws -> (RunRecord, [DiscrepancyRecord]) {
    let at = CivilTime(one.world.now, offsetMinutes: 0)
    func row(_ number: Int, _ word: String, _ source: String, _ amount: String) -> String {
      #"{"id":"ftx_\#(number)","source_id":"\#(source)","source_type":"\#(word)","#
        + #""transaction_type":"\#(word)","currency":"CNY","amount":\#(amount),"fee":0,"#
        + #""net":\#(amount),"status":"PENDING","#
        + #""created_at":"\#(at.dateText)T\#(at.timeText)+0000","#
        + #""funding_source_id":"\#(one.payment.gatewayTransaction ?? "")"}"#
    }
    let rows = [
      row(1, "PAYMENT", "att_1", "58.00"), row(2, "REFUND", "R\(one.refund.number)", "-8.00"),
    ]
    let text = #"{"items":[\#(rows.joined(separator: ","))],"has_more":false}\#n"#
    guard
      case .success(.statement(let reply)) = try one.world.take(try one.world.upload(
        Array(text.utf8)))
    else { throw ShortcutFault.unexpected("refused") }
    let run = try one.world.reconcile(reply.record.id).run
    #expect(run.proofs.allSatisfy { $0.remainder == 0 })
    return (run, try one.world.discrepancies(of: run.id))
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
}
