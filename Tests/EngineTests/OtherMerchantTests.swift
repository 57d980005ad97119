import Domain
import Engine
import Gateways
import Reconciliation
import Store
import Testing

@Suite("statements of another merchant")
struct OtherMerchantTests {
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000)
  private let own = "1921000401"
  private let other = "1900000109"

  private func world() throws -> World {
    let world = try World()
    let named = GatewayAccount(gateway: TestGateway(name: "bank"), merchant: own)
    let second = GatewayAccount(gateway: TestGateway(name: "other"), merchant: other)
    try world.run([.gateways([named, second])])
    try world.advance(to: Self.noon.adding(milliseconds: 86_400_000))
    return world
  }

  /// One row of a payment, of a merchant.
  private func line(_ payment: Payment, _ merchant: String, _ world: World) -> String {
    let civil = CivilTime(payment.paidAt ?? world.now, offsetMinutes: 480)
    let minor = payment.amount.minor
    return [
      "\(civil.dateText) \(civil.timeText)",
      payment.gatewayTransaction ?? "T\(payment.outTradeNumber)", payment.outTradeNumber, "SUCCESS",
      "\(minor / 100).\(minor % 100 < 10 ? "0" : "")\(minor % 100)", merchant,
    ].joined(separator: ",")
  }

  private func layout() throws -> StatementFormat {
    let text = """
      {"name": "shop", "currency": "CNY", "amounts": "by_kind", "kinds": {"SUCCESS": "charge"},
       "columns": {"time": "time", "transaction": "trade", "reference": "number", "kind": "kind",
                   "amount": "amount", "merchant": "merchant"},
       "time": {"order": "ymd", "zone": "+08:00"}}
      """
    return .declared(try #require(DeclaredLayout.read(kept: text)))
  }

  private func taken(
    _ lines: [String], _ world: World, isDryRun: Bool = false
  ) throws -> Result<Reply, Refusal> {
    let text = (["time,trade,number,kind,amount,merchant"] + lines + [""]).joined(separator: "\n")
    let id = try world.upload(Array(text.utf8))
    let draft = try StatementReading.draft(
      of: id, for: World.finance.principal, gateway: "bank", layout: layout(), period: (nil, nil),
      from: world.reader())
    return try world.ask(
      "statement.import", .statementImport(draft), by: World.finance, isDryRun: isDryRun)
  }

  /// A payment whose every callback and answer was lost.
  private func lost(_ world: World) throws -> (OrderID, Payment) {
    let order = try world.makeOrder(1234)
    let payment = try world.openPayment(order)
    world.bank.faults["query"] = [TestBank.Fault](repeating: .unreachable, count: 500)
    return (order, payment)
  }

  @Test("a file whose rows are all of another merchant is refused, and takes no bill's place")
  func refused() throws {
    let world = try world()
    let (_, paid) = try world.paidOrder()
    guard case .success(.statement(let kept)) = try taken([line(paid, own, world)], world) else {
      Issue.record("refused")
      return
    }
    for isDryRun in [true, false] {
      let result = try taken([line(paid, other, world)], world, isDryRun: isDryRun)
      guard case .failure(let refusal) = result else {
        Issue.record("\(result)")
        return
      }
      let rejection = refusal.rejection
      #expect(rejection.code == .statementUnreadable)
      for word in [own, other, "bank"] { #expect(rejection.message.contains(word)) }
      #expect(rejection.hint?.contains("other") ?? false)
      #expect(rejection.details.contains(.init("reason", .text("other_merchant"))))
    }
    #expect(try world.reader().statement(kept.record.id)?.supersededBy == nil)
    // Where a row names nobody the file may be ours, and one of two is.
    let mixed = try taken([line(paid, other, world), line(paid, "", world)], world)
    guard case .success = mixed else {
      Issue.record("\(mixed)")
      return
    }
  }

  @Test("a row of another merchant pays nothing, is told as such alone, and leaves the books whole")
  func told() throws {
    let world = try world()
    let (_, paid) = try world.paidOrder(600)
    let (_, known) = try world.paidOrder(5000)
    let (order, pending) = try lost(world)
    let result = try taken(
      [line(paid, own, world), line(known, other, world), line(pending, other, world)], world)
    guard case .success(.statement(let reply)) = result else {
      Issue.record("\(result)")
      return
    }
    let terms = GatewayTerms(merchant: own)
    let draft = try Comparison.draft(
      of: reply.record.id, with: nil, from: world.reader(), at: world.now,
      terms: { _ in terms })
    guard case .success(.reconciled(let run, _)) = try world.ask(
      "recon.run", .reconcile(draft), by: World.finance)
    else {
      Issue.record("refused")
      return
    }
    let found = try world.discrepancies(of: run.id)
    #expect(found.map(\.facts.kind) == [.wrongMerchant, .wrongMerchant])
    #expect(found.allSatisfy { $0.state == .open })
    #expect(Set(found.map(\.facts.ours)) == [.payment(known.id), .payment(pending.id)])
    #expect(run.filledBack == 0)
    #expect(try world.state(order).order.payState != .paid)
    #expect(run.proofs.map(\.remainder) == [0], "\(run.proofs)")
    let isMatched = try world.store.isMatched(.payment(known.id), in: .trade)
    #expect(!isMatched)
    // Without our number they are rows as all others.
    let lax = try world.reconcile(reply.record.id).run
    #expect(lax.filledBack == 1)
    #expect(try world.state(order).order.payState == .paid)
  }
}
