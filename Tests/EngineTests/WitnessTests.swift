import Domain
import Engine
import Store
import Testing

@Suite("who has spoken of a payment")
struct WitnessTests {
  /// Noon of a day in Beijing.
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000)

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Self.noon.adding(milliseconds: 86_400_000))
    return world
  }

  private func voices(_ world: World, _ order: OrderID) throws -> [Witness] {
    try Witness.all(of: try world.state(order).payments[0], from: world.reader())
  }

  private func row(_ payment: Payment, _ world: World, minor: Int64? = nil) -> BillRow {
    BillRow(
      transaction: payment.gatewayTransaction ?? "T\(payment.outTradeNumber)",
      number: payment.outTradeNumber, minor: minor ?? payment.amount.minor,
      at: payment.paidAt ?? world.now)
  }

  @Test("the gateway and our books say paid; the bill joins them, with its row")
  func agree() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder(5800)
    let before = try voices(world, order)
    #expect(before.map(\.voice) == [.gateway, .books, .bill])
    #expect(before.map(\.says) == ["paid", "paid", nil])
    let statement = try world.imported([row(payment, world)])
    _ = try world.reconcile(statement.id)
    let after = try voices(world, order)
    #expect(after.map(\.says) == ["paid", "paid", "paid"])
    #expect(after.map { $0.amount?.minor } == [5800, 5800, 5800])
    #expect(after[2].row == "\(statement.id):3" && after[2].discrepancies.isEmpty)
  }

  @Test("a create that never left is our own record, and no word of the gateway")
  func neverLeft() throws {
    let world = try world()
    let order = try world.makeOrder(1234)
    world.bank.faults["create"] = [.notSent]
    _ = try world.ask("payment.create", world.paymentWish(order))
    let aggregate = try world.state(order)
    #expect(aggregate.payments.map(\.state) == [.failed])
    #expect(aggregate.payments[0].evidence.map(\.source.rawValue) == ["record"])
    #expect(try voices(world, order).map(\.says) == [nil, "failed", nil])
    let told = { (language: ExplanationLanguage) in
      Explanation.tell(aggregate, checks: [], now: world.now, language: language).support
    }
    #expect(told(.en).contains("our own record: the call never left"))
    #expect(!told(.en).contains("answer to the create call"))
    #expect(told(.zh).contains("我方记录：请求没有发出"))
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("a payment that only the bill tells of: the gateway has not spoken")
  func billAlone() throws {
    let world = try world()
    let order = try world.makeOrder(1234)
    let payment = try world.openPayment(order)
    world.bank.faults["query"] = [TestBank.Fault](repeating: .unreachable, count: 500)
    #expect(try voices(world, order).map(\.says) == [nil, "awaiting_buyer", nil])
    let statement = try world.imported([row(payment, world)])
    _ = try world.reconcile(statement.id)
    let after = try voices(world, order)
    #expect(after.map(\.says) == [nil, "paid", "paid"])
    #expect(after[2].discrepancies.isEmpty)
  }

  @Test("a bill of another amount says its own, one without the payment says that it is missing")
  func contradicts() throws {
    let world = try world()
    let (first, short) = try world.paidOrder(5000)
    let (second, _) = try world.paidOrder(600)
    let statement = try world.imported([row(short, world, minor: 4900)])
    let run = try world.reconcile(statement.id).run
    let found = try world.discrepancies(of: run.id)
    let told = try voices(world, first)[2]
    #expect(told.says == "paid" && told.amount?.minor == 4900)
    #expect(told.discrepancies == found.filter { $0.facts.kind == .amountLess }.map(\.id))
    let missing = try voices(world, second)[2]
    #expect(missing.says == "missing" && missing.row == nil && missing.discrepancies.count == 1)
  }
}
