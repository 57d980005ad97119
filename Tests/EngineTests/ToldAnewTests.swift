import Domain
import Engine
import Store
import Testing

@Suite("differences that come back, change, or were decided too early")
struct ToldAnewTests {
  private static let qian = Caller(
    principal: "books", person: "qian", seesAll: true, refundLimit: 0)
  private static let receivable = LedgerAccount.receivable(gateway: "bank")
  private let world: World

  init() throws {
    world = try World()
    // Noon in Beijing, so that no row is near an end of its day.
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
  }

  private func row(_ payment: Payment, minor: Int64? = nil) -> BillRow {
    BillRow(
      transaction: payment.gatewayTransaction ?? "T\(payment.outTradeNumber)",
      number: payment.outTradeNumber, minor: minor ?? payment.amount.minor,
      at: payment.paidAt ?? world.now)
  }

  private func stranger(_ number: String, _ minor: Int64 = 300) -> BillRow {
    BillRow(transaction: "X\(number)", number: "N\(number)", minor: minor, at: world.now)
  }

  private func run(_ rows: [BillRow]) throws -> RunRecord {
    try world.reconcile(try world.imported(rows).id).run
  }

  private func decide(
    _ record: DiscrepancyRecord, _ verb: AdjudicationVerb
  ) throws -> DiscrepancyRecord {
    let wish = AdjudicationWish(
      discrepancy: record.id, verb: verb, reason: "checked", until: nil, partner: nil)
    let asked = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    guard case .success(.discrepancy(let proposed)) = asked else {
      throw ShortcutFault.unexpected("\(asked)")
    }
    guard proposed.state == .proposed else { return proposed }
    let second = try world.ask("discrepancy.confirm", .discrepancyConfirm(record.id), by: Self.qian)
    guard case .success(.discrepancy(let decided)) = second else {
      throw ShortcutFault.unexpected("\(second)")
    }
    return decided
  }

  private func stored(_ id: DiscrepancyID) throws -> DiscrepancyRecord {
    try #require(try world.reader().discrepancy(id))
  }

  private func found(_ run: RunRecord) throws -> [DiscrepancyRecord] {
    try world.discrepancies(of: run.id).filter { $0.facts.kind != .statementUnsound }
  }

  private func held() throws -> Int64 {
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
    return try world.ledger().balance(Self.receivable, yuan).minor
  }

  @Test("what was gone from a bill and stands in it again is told again")
  func comesBack() throws {
    let (_, payment) = try world.paidOrder()
    let first = try #require(try found(run([row(payment), stranger("1")])).first)
    #expect(first.facts.kind == .unknownMoney)
    #expect(try found(run([row(payment)])).isEmpty)
    #expect(try stored(first.id).resolution == .agrees)
    let again = try run([stranger("1"), row(payment)])
    let second = try #require(try found(again).first)
    #expect(second.id != first.id && second.state == .open && second.facts.actual == 300)
    #expect(try stored(first.id).resolution == .agrees)
    #expect(try world.reconcile(again.statement).run.known >= 1)
    #expect(try stored(second.id).state == .open)
    // It was told by the bill before the last one only.
    _ = try run([row(payment), stranger("2"), stranger("1")])
    _ = try run([stranger("2"), row(payment)])
    #expect(try stored(second.id).resolution == .agrees)
  }

  @Test("another amount than the one that was decided leaves the rest to decide")
  func decidedRest() throws {
    let (_, payment) = try world.paidOrder(90_000)
    let first = try #require(try found(run([row(payment, minor: 89_900)])).first)
    #expect(try decide(first, .writeOff).state == .resolved)
    #expect(try held() == 89_900)
    let next = try run([row(payment, minor: 10_000)])
    let rest = try #require(try found(next).first)
    #expect(rest.facts.kind == .amountLess && rest.facts.balanceChange == -79_900)
    #expect(rest.facts.level >= .twoPersons)
    #expect(try stored(first.id).isDecidedByPeople)
    #expect(try world.reconcile(next.statement).run.opened == 0)
    #expect(try decide(rest, .claimFromGateway).state == .resolved)
    #expect(try held() == 10_000)
    #expect(try world.reconcile(next.statement).run.opened == 0)
    // Back to the first amount: too much was decided, and that is told too.
    let back = try run([row(payment, minor: 89_900), stranger("1")])
    let surplus = try #require(try found(back).first { $0.facts.kind == .amountLess })
    #expect(surplus.facts.balanceChange == 79_900 && surplus.state == .open)
    #expect(surplus.facts.level == .twoPersons)
  }

  @Test("a row that people took for nobody's counts once when it turns out to be ours")
  func turnsOutOurs() throws {
    let (_, other) = try world.paidOrder(700)
    let opened = try world.openPayment(try world.makeOrder())
    world.bank.pay(opened.outTradeNumber, at: world.now)
    world.bank.setTransaction(opened.outTradeNumber, "TLATE")
    let late = BillRow(transaction: "TLATE", number: "", minor: 5800, at: world.now)
    let statement = try world.imported([row(other), late])
    let told = try #require(try found(world.reconcile(statement.id).run).first)
    #expect(told.facts.kind == .unknownMoney)
    #expect(try decide(told, .moveToSuspense).state == .resolved)
    #expect(try held() == 700 + 5800)
    try world.advance(by: 120_000)
    #expect(try world.state(opened.order).order.payState == .paid)
    #expect(try world.reconcile(statement.id).run.matched == 2)
    #expect(try held() == 700 + 5800)
    #expect(try stored(told.id).resolution == .agrees)
    #expect(world.alarms.contains { $0.hasPrefix("AL7") && $0.contains("\(told.id)") })
    #expect(try world.ledger().balance(.suspense, yuan).minor == 0)
  }

  @Test("a row that people took for nobody's and that is gone from its bill is booked no more")
  func gone() throws {
    let (_, payment) = try world.paidOrder(700)
    let told = try #require(try found(run([row(payment), stranger("1")])).first)
    _ = try decide(told, .moveToSuspense)
    #expect(try held() == 700 + 300)
    let next = try run([row(payment)])
    #expect(try held() == 700)
    #expect(try stored(told.id).resolution == .agrees)
    // Nothing is taken back twice, nor by a bill of another day.
    #expect(try world.reconcile(next.statement).run.opened == 0)
    #expect(try held() == 700)
  }

  @Test("an open one of another amount by now is told anew, at its own level")
  func openChanged() throws {
    let (_, payment) = try world.paidOrder(90_000)
    let first = try #require(try found(run([row(payment, minor: 89_900)])).first)
    let second = try #require(try found(run([row(payment, minor: 10_000)])).first)
    #expect(try stored(first.id).resolution == .agrees)
    #expect(second.state == .open && second.facts.balanceChange == -80_000)
    #expect(second.facts.level >= .twoPersons && first.facts.level < .twoPersons)
  }

  @Test("a success of another amount that the bill fills back moves its money once", arguments: [
    Int64(12_000), 4_000,
  ])
  func filledBack(minor: Int64) throws {
    let order = try world.makeOrder(10_000)
    let payment = try world.openPayment(order)
    world.bank.faults["query"] = [TestBank.Fault](repeating: .unreachable, count: 500)
    let run = try run([row(payment, minor: minor)])
    #expect(run.filledBack == 1)
    let told = try found(run)
    let other: DiscrepancyKind = minor > 10_000 ? .amountMore : .amountLess
    #expect(told.map(\.facts.kind) == [.gatewaySuccessOnly, other])
    #expect(told.allSatisfy { $0.resolution == .filledBack })
    #expect(told.reduce(0) { $0 + $1.facts.balanceChange } == minor)
    #expect(try held() == minor)
    #expect(try world.state(order).order.payState == .review)
  }

  @Test("what people decided about a payment that a later bill has is taken back, and told")
  func refuted() throws {
    let (_, late) = try world.paidOrder(600)
    let (_, other) = try world.paidOrder(700)
    let missing = try #require(try found(run([row(other)])).first)
    #expect(missing.facts.kind == .missingAtGateway)
    #expect(try decide(missing, .acceptGateway).isDecidedByPeople)
    #expect(try held() == 700)
    try world.advance(by: 86_400_000)
    var row = row(late)
    row.at = world.now
    let run = try run([row])
    #expect(run.opened == 0)
    #expect(try stored(missing.id).resolution == .agrees)
    #expect(try held() == 1_300)
    #expect(world.alarms.contains { $0.contains("\(missing.id)") && $0.contains("taken back") })
  }
}
