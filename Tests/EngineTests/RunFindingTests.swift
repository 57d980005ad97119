import Domain
import Engine
import Reconciliation
import Store
import Testing

@Suite("what a run finds beside the rows")
struct RunFindingTests {
  /// Noon of a day in Beijing.
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000)

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Self.noon.adding(milliseconds: 86_400_000))
    return world
  }

  private func row(_ payment: Payment) -> BillRow {
    BillRow(
      transaction: payment.gatewayTransaction ?? "", number: payment.outTradeNumber,
      minor: payment.amount.minor, at: payment.paidAt ?? Self.noon)
  }

  private func deliver(_ world: World, _ order: OrderID) throws {
    let claim = try world.claim(order)
    _ = try world.ask("delivery.complete", .deliveryComplete(claim, reference: "card"))
  }

  @Test("an order paid and not handed out is named where goods go out through us, and ends with them")
  func owed() throws {
    let world = try world()
    let (waiting, first) = try world.paidOrder()
    let (sent, second) = try world.paidOrder()
    try world.advance(by: 1_200_000)
    let bill = try world.imported([row(first), row(second)])
    #expect(try world.reconcile(bill.id).run.opened == 0)
    try deliver(world, sent)
    let run = try world.reconcile(bill.id).run
    let found = try world.discrepancies(of: run.id)
    #expect(found.map(\.facts.kind) == [.paidNotDelivered])
    #expect(found.first?.facts.order == waiting && found.first?.facts.balanceChange == 0)
    #expect(world.alarms.contains { $0.hasPrefix("AL20 bank: 1 orders are paid") })
    try deliver(world, waiting)
    #expect(try world.reconcile(bill.id).run.opened == 0)
    #expect(try world.reader().discrepancy(found[0].id)?.resolution == .agrees)
  }

  /// As Stripe's API lists what a dispute took.
  private func taken(_ dispute: String, _ minor: Int64, at moment: Timestamp) -> [UInt8] {
    Array(
      """
      {"object":"list","url":"/v1/balance_transactions","data":[{"id":"txn_1",\
      "created":\(moment.milliseconds / 1000),"amount":-\(minor),"fee":0,"net":-\(minor),\
      "currency":"cny","reporting_category":"dispute",\
      "source":{"id":"\(dispute)","object":"dispute"}}]}

      """.utf8)
  }

  @Test("a dispute that we know of is no difference; another one, or of another amount, is", arguments: [
    ("", Int64(5800), 0), ("", 5700, 1), ("x", 5800, 1),
  ])
  func disputes(suffix: String, minor: Int64, count: Int64) throws {
    let world = try world()
    let (order, payment) = try world.paidOrder()
    world.bank.dispute(payment.outTradeNumber, "needs_response", dueAt: nil)
    _ = try world.ask(
      "notification.ingest",
      .notificationIngest(gateway: "bank", world.bank.disputeNotice(payment.outTradeNumber)))
    let dispute = try #require(try world.state(order).disputes.first)
    #expect(dispute.funds == .withdrawn)
    let id = try world.upload(taken(dispute.gatewayDispute + suffix, minor, at: world.now))
    guard case .success(.statement(let reply)) = try world.take(id) else {
      Issue.record("refused")
      return
    }
    let run = try world.reconcile(reply.record.id).run
    let found = try world.discrepancies(of: run.id).filter { $0.facts.kind == .unknownDispute }
    #expect(found.count == count)
    if suffix.isEmpty {
      let ours = found.first?.facts.ours ?? .dispute(dispute.id)
      #expect(ours == .dispute(dispute.id))
      #expect(run.localBuckets.contains { $0.bucket == (count == 0 ? "matched" : "differing") })
    }
    #expect(run.proofs.first?.remainder == 0, "\(run.proofs)")
  }

  @Test("a file whose rows are of another day than the declared one is refused with its days")
  func otherDay() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    let id = try world.upload(Bill.text([row(payment)]))
    let day = world.day(world.now)
    func draft(_ from: Timestamp, _ to: Timestamp) throws -> StatementDraft {
      try StatementReading.draft(
        of: id, for: World.finance.principal, gateway: "bank", layout: nil, period: (from, to),
        from: world.reader())
    }
    #expect(try draft(day.from, day.to).rows == 1)
    do {
      _ = try draft(day.to, day.to.adding(milliseconds: 86_400_000))
      Issue.record("the bill of another day was taken")
    } catch let rejection as Rejection {
      #expect(rejection.code == .statementUnreadable)
      #expect(rejection.hint?.contains("\(day.from)") == true)
    }
  }

  @Test("of refunds in part each brings back its share of the fee, and another share is named")
  func shares() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder(10_000)
    var rows = [row(payment)]
    rows[0].fee = 60
    for (part, fee) in [(3333, 20), (3333, 10), (3334, 20)] as [(Int64, Int64)] {
      _ = try world.refund(payment.id, part)
      try world.advance(by: 60_000)
      let refund = try #require(try world.state(payment.order).refunds.last)
      rows.append(
        BillRow(
          transaction: refund.gatewayRefund ?? "R\(refund.number)",
          number: payment.outTradeNumber, minor: part, at: refund.finishedAt ?? world.now,
          refund: refund.number, fee: fee))
    }
    let statement = try world.imported(rows)
    var book = FeeBook()
    book.add(try #require(FeeContract(rate: .millionths(6_000))))
    let fees = book
    let draft = try Comparison.draft(
      of: statement.id, with: nil, from: world.reader(), at: world.now,
      terms: { _ in GatewayTerms(fees: fees) })
    guard case .success(.reconciled(let run, _)) = try world.ask(
      "recon.run", .reconcile(draft), by: World.finance)
    else {
      Issue.record("refused")
      return
    }
    let found = try world.discrepancies(of: run.id)
    #expect(found.map(\.facts.kind) == [.feeOnRefund])
    #expect(found.first?.facts.expected == -20 && found.first?.facts.actual == -10)
    #expect(run.proofs.first?.remainder == 0, "\(run.proofs)")
  }
}
