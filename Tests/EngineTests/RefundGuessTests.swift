import Domain
import Engine
import Store
import Testing

/// A refund of which every answer was lost, in a bill that knows refunds by the gateway's own
/// number and their payment alone, as Airwallex' list does.
@Suite("A refund that nobody could ask about, in a bill that names nothing of ours")
struct RefundGuessTests {
  private final class Case {
    let world: World
    let order: OrderID
    let payment: Payment
    var rowsCount = 0

    init(_ world: World, _ order: OrderID, _ payment: Payment) {
      (self.world, self.order, self.payment) = (world, order, payment)
    }

    var refunds: [Refund] {
      get throws { try world.state(order).refunds }
    }

    /// A row about what moved for the payment.
    func row(_ word: String, _ source: String, _ amount: String) -> String {
      rowsCount += 1
      return listed(rowsCount, word, source, amount)
    }

    func listed(_ number: Int, _ word: String, _ source: String, _ amount: String) -> String {
      world.movement(number, word, source, amount, of: payment)
    }
  }

  /// Refunds of these amounts were asked for; no answer comes, now or later.
  private func begin(_ minors: [Int64]) throws -> Case {
    let world = try World()
    // Noon in Beijing, so that no row is near an end of its day.
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    let (order, payment) = try world.paidOrder()
    let one = Case(world, order, payment)
    world.bank.outage = .answerLost
    for minor in minors { _ = try world.refund(payment.id, minor) }
    try world.advance(by: 60_000)
    #expect(try one.refunds.map(\.state) == minors.map { _ in .unknown })
    #expect(try one.refunds.allSatisfy { $0.gatewayRefund == nil })
    return one
  }

  private func compare(
    _ rows: [String], _ one: Case
  ) throws -> (run: RunRecord, found: [DiscrepancyRecord]) {
    try one.world.compare(movements: rows)
  }

  private func charge(_ one: Case) -> String { one.row("PAYMENT", "att_1", "58.00") }

  /// What the bill of the next day finds, in which nothing is about the refund.
  private func nextDay(_ one: Case) throws -> (run: RunRecord, found: [DiscrepancyRecord]) {
    try one.world.advance(by: 86_400_000)
    return try compare([one.row("DEPOSIT", "dep_\(one.rowsCount)", "1.00")], one)
  }

  private func stands(_ record: DiscrepancyRecord, _ one: Case) throws -> DiscrepancyRecord {
    try #require(try one.world.reader().discrepancy(record.id))
  }

  private func held(_ one: Case) throws -> Int64 {
    return try one.world.ledger().balance(.receivable(gateway: "bank"), yuan).minor
  }

  private func accept(_ record: DiscrepancyRecord, _ one: Case) throws {
    let wish = AdjudicationWish(
      discrepancy: record.id, verb: .acceptGateway, reason: "seen", until: nil, partner: nil)
    for caller in [World.finance, World.lead] {
      let found = try stands(record, one)
      guard found.state != .resolved else { return }
      let command: Command =
        found.state == .proposed ? .discrepancyConfirm(record.id) : .discrepancyPropose(wish)
      let method = found.state == .proposed ? "discrepancy.confirm" : "discrepancy.propose"
      #expect(refusal(try one.world.ask(method, command, by: caller)) == nil)
    }
  }

  @Test("it is told as ours, is asked about, and agrees once the gateway tells its number")
  func known() throws {
    let one = try begin([800])
    let refund = try #require(try one.refunds.first)
    let asked = one.world.bank.count("refund_query", refund.number)
    let (run, found) = try compare(
      [charge(one), one.row("REFUND", "R\(refund.number)", "-8.00")], one)
    #expect(found.map(\.facts.kind) == [.refundStatus])
    let told = try #require(found.first)
    #expect(told.state == .open && told.facts.ours == .refund(refund.id))
    #expect(told.facts.order == one.order && told.facts.balanceChange == 0)
    #expect(run.filledBack == 0)
    #expect(try one.refunds.map(\.state) == [.unknown])
    try one.world.advance(by: 1000)
    #expect(one.world.bank.count("refund_query", refund.number) > asked)

    one.world.bank.outage = nil
    try one.world.advance(by: 3_600_000)
    #expect(try one.refunds.map(\.state) == [.succeeded])
    #expect(try nextDay(one).found.isEmpty)
    #expect(try stands(told, one).resolution == .agrees)
    #expect(try one.world.reader().matchedRow(of: .refund(refund.id)) == told.facts.theirs?.text)
  }

  @Test("under way for days and in no bill, its absence is accepted and moves no money")
  func absent() throws {
    let one = try begin([800])
    let rows = [charge(one)]
    try one.world.advance(by: 2 * 86_400_000)
    let told = try #require(try compare(rows, one).found.first)
    #expect(told.facts.kind == .refundStatus && told.facts.theirs == nil)
    let before = try held(one)
    try accept(told, one)
    #expect(try stands(told, one).state == .resolved)
    #expect(try held(one) == before)

    one.world.bank.outage = nil
    try one.world.advance(by: 7_200_000)
    #expect(try one.refunds.map(\.state) == [.succeeded])
    #expect(try held(one) == before - 800)
  }

  @Test("under way for days it is told once, and its row waits as long")
  func stillUnknown() throws {
    let one = try begin([800])
    let refund = try #require(try one.refunds.first)
    let told = try #require(
      try compare([charge(one), one.row("REFUND", "R\(refund.number)", "-8.00")], one).found.first)
    for _ in 0..<5 {
      let (run, found) = try nextDay(one)
      #expect(found.isEmpty && run.opened == 0 && run.known == 1)
    }
    one.world.bank.outage = nil
    try one.world.advance(by: 7_200_000)
    #expect(try nextDay(one).found.isEmpty)
    #expect(try stands(told, one).resolution == .agrees)
  }

  @Test("a decision books nothing: the refund's own word does")
  func decided() throws {
    let one = try begin([800])
    let refund = try #require(try one.refunds.first)
    let told = try #require(
      try compare([charge(one), one.row("REFUND", "R\(refund.number)", "-8.00")], one).found.first)
    let before = try held(one)
    try accept(told, one)
    #expect(try stands(told, one).resolution == .adjudicated)
    #expect(try held(one) == before)
    one.world.bank.outage = nil
    try one.world.advance(by: 3_600_000)
    #expect(try held(one) == before - 800)
    #expect(try nextDay(one).found.isEmpty)
    #expect(try one.world.reader().matchedRow(of: .refund(refund.id)) == told.facts.theirs?.text)
  }

  @Test("of two alike neither is taken for it before the gateway's word")
  func alike() throws {
    let one = try begin([800, 800])
    let numbers = try one.refunds.map(\.number)
    let (run, found) = try compare(
      [charge(one), one.row("REFUND", "R\(numbers[1])", "-8.00")], one)
    #expect(found.map(\.facts.kind) == [.refundStatus])
    let told = try #require(found.first)
    #expect(told.facts.ours == .payment(one.payment.id) && told.facts.order == one.order)
    #expect(run.filledBack == 0)
    #expect(try one.refunds.map(\.state) == [.unknown, .unknown])

    one.world.bank.outage = nil
    try one.world.advance(by: 3_600_000)
    let second = try #require(try one.refunds.last)
    let next = try nextDay(one)
    #expect(try stands(told, one).resolution == .agrees)
    #expect(try one.world.reader().matchedRow(of: .refund(second.id)) == told.facts.theirs?.text)
    // The other one stands in no bill.
    #expect(next.found.allSatisfy { $0.facts.ours != .refund(second.id) })
  }

  @Test("of two rows alike one is not ours, which is told once it is known")
  func rowsAlike() throws {
    let one = try begin([800])
    let refund = try #require(try one.refunds.first)
    let (_, found) = try compare(
      [
        charge(one), one.row("REFUND", "R_of_the_desk", "-8.00"),
        one.row("REFUND", "R\(refund.number)", "-8.00"),
      ], one)
    #expect(found.map(\.facts.kind) == [.refundStatus, .refundStatus])
    one.world.bank.outage = nil
    try one.world.advance(by: 3_600_000)
    let next = try nextDay(one).found
    #expect(next.map(\.facts.kind) == [.refundMissingLocally])
    #expect(next.first?.facts.theirs?.transaction == "R_of_the_desk")
    #expect(next.first?.facts.ours == .payment(one.payment.id))
    for record in found { #expect(try stands(record, one).resolution == .agrees) }
  }

  @Test("one that the gateway denies after all was somebody else's")
  func failed() throws {
    let one = try begin([800])
    let refund = try #require(try one.refunds.first)
    let told = try #require(
      try compare([charge(one), one.row("REFUND", "R\(refund.number)x", "-8.00")], one).found.first)
    one.world.bank.setRefund(refund.number, "failed")
    one.world.bank.outage = nil
    try one.world.advance(by: 3_600_000)
    #expect(try one.refunds.map(\.state) == [.failed])
    #expect(try nextDay(one).found.map(\.facts.kind) == [.refundMissingLocally])
    #expect(try stands(told, one).resolution == .agrees)
  }

  @Test("of another amount, or of no payment of ours, it is nobody's")
  func others() throws {
    let one = try begin([800])
    let refund = try #require(try one.refunds.first)
    let rows = [charge(one), one.row("REFUND", "R\(refund.number)", "-8.01")]
    let (_, found) = try compare(rows, one)
    #expect(found.map(\.facts.kind) == [.refundMissingLocally])
    #expect(found.first?.facts.ours == .payment(one.payment.id))
  }

  @Test("a copy of its row is a copy")
  func doubled() throws {
    let one = try begin([800])
    let refund = try #require(try one.refunds.first)
    let row = one.row("REFUND", "R\(refund.number)", "-8.00")
    let (_, found) = try compare([charge(one), row, row], one)
    #expect(found.map(\.facts.kind) == [.duplicateRow, .refundStatus])
  }
}
