import Domain
import Engine
import Store
import Testing

/// A row about a dispute of which neither the dispute nor its payment was known when its bill came.
@Suite("A dispute's money that its bill told of before anybody knew the payment")
struct DisputeStrangerTests {
  /// What a row says of the dispute that it is about.
  enum Naming: CaseIterable {
    /// The gateway's number of the dispute.
    case dispute
    /// The gateway's number of a payment that nobody has told of yet.
    case payment
  }

  /// The books as they are followed, from the first event on.
  private final class Followed {
    var follower = LedgerFollower()
  }

  private struct Case {
    let world: World
    let payment: Payment
    let naming: Naming
    let followed = Followed()
    var rowsCount = 0

    var number: String { payment.outTradeNumber }
  }

  private static let day: Int64 = 86_400_000
  /// Noon in London, far from the ends of Stripe's days.
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 + 14_400_000)
  private static let amount: Int64 = 5800
  private static let qian = Caller(
    principal: "books", person: "qian", seesAll: true, refundLimit: 0, isLead: true)

  private let taken = -DisputeStrangerTests.amount
  private let back = DisputeStrangerTests.amount

  /// The payment is open; nobody has paid it yet by our books.
  private func begin(_ naming: Naming) throws -> Case {
    let world = try World()
    try world.advance(to: Self.noon)
    let payment = try world.openPayment(try world.makeOrder(Self.amount))
    return Case(world: world, payment: payment, naming: naming)
  }

  /// The bank tells that it was paid, and how the dispute stands.
  private func say(_ status: String, amount: Int64? = nil, _ one: Case) throws {
    if one.world.bank.trades[one.number]?.state != .paid {
      one.world.bank.pay(one.number, at: one.world.now)
      #expect(one.world.bank.trades[one.number]?.transaction == "Tbank1")
      try one.world.advance(by: 10_000)
    }
    one.world.bank.dispute(one.number, status, amount: amount)
    try one.world.advance(by: 3000)
    if let dispute = try one.world.state(one.payment.order).disputes.first {
      _ = try one.world.ask("dispute.query", .disputeQuery(dispute.id), by: World.lead)
    } else {
      _ = try one.world.ask("payment.query", .paymentQuery(one.payment.id))
    }
    #expect(try one.world.state(one.payment.order).disputes.first?.state.rawValue == status)
  }

  private func row(_ minor: Int64, _ one: inout Case) -> String {
    one.rowsCount += 1
    let at = one.world.now.milliseconds / 1000 + Int64(one.rowsCount)
    let source =
      one.naming == .dispute
      ? #""id":"D\#(one.number)""# : #""id":"dp_\#(one.number)","payment_intent":"Tbank1""#
    return #"{"id":"txn_\#(one.rowsCount)","created":\#(at),"amount":\#(minor),"fee":0,"#
      + #""net":\#(minor),"currency":"cny","#
      + #""reporting_category":"\#(minor < 0 ? "dispute" : "dispute_reversal")","#
      + #""source":{"object":"dispute",\#(source)}}"#
  }

  /// As Stripe's API lists what disputes moved.
  private func bill(_ minors: [Int64], _ one: inout Case) -> [UInt8] {
    var rows: [String] = []
    for minor in minors { rows.append(row(minor, &one)) }
    return bill(rows, one)
  }

  private func bill(_ rows: [String], _ one: Case) -> [UInt8] {
    // A bill is never empty: something that is compared with nothing.
    let at = one.world.now.milliseconds / 1000
    let other =
      #"{"id":"txn_t\#(at)","created":\#(at),"amount":1,"fee":0,"net":1,"currency":"cny","#
      + #""reporting_category":"topup","source":"tu_1"}"#
    let text = (rows + [other]).joined(separator: ",")
    return Array(#"{"object":"list","url":"/v1/balance_transactions","data":[\#(text)]}\#n"#.utf8)
  }

  private func imported(_ bytes: [UInt8], _ one: Case) throws -> StatementRecord {
    guard case .success(.statement(let reply)) = try one.world.take(try one.world.upload(bytes))
    else { throw ShortcutFault.unexpected("refused") }
    return reply.record
  }

  /// The run of a bill, which must close.
  private func run(_ statement: StatementRecord, _ one: Case) throws -> RunRecord {
    let run = try one.world.reconcile(statement.id).run
    for proof in run.proofs { #expect(proof.remainder == 0, "\(proof)") }
    #expect(one.world.alarms.allSatisfy { !$0.hasPrefix("I15") })
    return run
  }

  private func told(_ run: RunRecord, _ one: Case) throws -> [DiscrepancyRecord] {
    try one.world.discrepancies(of: run.id).filter { $0.facts.kind == .unknownDispute }
  }

  /// What a bill tells of first, of nobody's dispute.
  private func compare(_ minors: [Int64], _ one: inout Case) throws -> [DiscrepancyRecord] {
    let found = try told(run(imported(bill(minors, &one), one), one), one)
    #expect(found.count == minors.count)
    #expect(found.allSatisfy { $0.facts.ours == nil && $0.facts.order == nil })
    return found
  }

  private func decide(
    _ record: DiscrepancyRecord, _ one: Case, _ verb: AdjudicationVerb = .acceptGateway
  ) throws {
    let wish = AdjudicationWish(
      discrepancy: record.id, verb: verb, reason: "seen", until: nil, partner: nil)
    let result = try one.world.ask(
      "discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    #expect(refusal(result) == nil)
  }

  private func undo(_ record: DiscrepancyRecord, _ one: Case) throws {
    let result = try one.world.ask(
      "discrepancy.undo", .discrepancyUndo(record.id, reason: "no"), by: World.finance)
    #expect(refusal(result) == nil)
  }

  /// What the gateway holds for us beside the payment itself: by the whole log, by the sums that
  /// are followed, by a reader that begins anew, and by one that goes on from what was kept.
  private func held(_ one: Case) throws -> Int64 {
    let yuan = try #require(Currency(code: "CNY"))
    let reader = try one.world.reader()
    let ledger = try one.world.ledger()
    let standing = ledger.standing
    var fresh = LedgerFollower()
    #expect(try fresh.standing(in: reader, last: .max, before: nil) == standing)
    let followed = try one.followed.follower.standing(in: reader, last: .max, before: nil)
    #expect(followed == standing)
    for note in one.followed.follower.takeNotes(least: 1) {
      try one.world.run([.ledgerRead(note)])
    }
    #expect(try reader.verifyLedger().firstBad == nil)
    let receivable = ledger.balance(.receivable(gateway: "bank"), yuan).minor
    let isPaid = one.world.bank.trades[one.number]?.state == .paid
    return receivable - (isPaid ? Self.amount : 0)
  }

  @Test("decided before the gateway's word or after it, undone and decided again: booked once",
    arguments: Naming.allCases, [true, false])
  func once(_ naming: Naming, isDecidedFirst: Bool) throws {
    var one = try begin(naming)
    let told = try #require(try compare([taken], &one).first)
    #expect(try held(one) == 0)
    if isDecidedFirst {
      try decide(told, one)
      #expect(try held(one) == taken)
    }
    try say("needs_response", one)
    #expect(try held(one) == taken)
    if !isDecidedFirst { try decide(told, one) }
    #expect(try held(one) == taken)
    try undo(told, one)
    #expect(try held(one) == taken)
    try decide(told, one, .writeOff)
    #expect(try held(one) == taken)
    try say("won", one)
    #expect(try held(one) == 0)
    try undo(told, one)
    #expect(try held(one) == 0)
  }

  @Test("decided and undone before the word", arguments: Naming.allCases)
  func undoneBefore(_ naming: Naming) throws {
    var one = try begin(naming)
    let told = try #require(try compare([taken], &one).first)
    try decide(told, one)
    try undo(told, one)
    #expect(try held(one) == 0)
    try say("lost", one)
    #expect(try held(one) == taken)
    try one.world.advance(by: Self.day)
    _ = try run(try imported(bill([String](), one), one), one)
    #expect(try one.world.reader().discrepancy(told.id)?.resolution == .agrees)
    #expect(try held(one) == taken)
  }

  @Test("taken and given back in bills, both accepted, then told one after the other",
    arguments: Naming.allCases)
  func thereAndBack(_ naming: Naming) throws {
    var one = try begin(naming)
    for told in try compare([taken, back], &one) { try decide(told, one) }
    #expect(try held(one) == 0)
    try say("lost", one)
    // The word wins: it has not told of the second yet, the decision has.
    #expect(try held(one) == 0)
    try say("won", one)
    #expect(try held(one) == 0)
    try say("lost", one)
    #expect(try held(one) == taken)
  }

  @Test("of another amount than the word says, only the difference is the decision's",
    arguments: Naming.allCases)
  func otherAmount(_ naming: Naming) throws {
    var one = try begin(naming)
    let told = try #require(try compare([-5700], &one).first)
    try decide(told, one)
    #expect(try held(one) == -5700)
    try say("lost", one)
    #expect(try held(one) == -5700)
    try say("lost", amount: 5700, one)
    #expect(try held(one) == -5700)
    try undo(told, one)
    #expect(try held(one) == -5700)
  }

  @Test("after the run was signed, and when its bill comes again", arguments: Naming.allCases)
  func signed(_ naming: Naming) throws {
    var one = try begin(naming)
    let rows = [row(taken, &one)]
    let statement = try imported(bill(rows, one), one)
    let run = try run(statement, one)
    let found = try #require(try told(run, one).first)
    try decide(found, one)
    for caller in [World.finance, Self.qian] {
      let result = try one.world.ask("recon.sign", .runSign(run.id, seen: nil), by: caller)
      #expect(refusal(result) == nil)
    }
    try say("lost", one)
    #expect(try one.world.reader().signOff(of: run.id).state == .signed)
    #expect(try held(one) == taken)
    _ = try self.run(statement, one)
    #expect(try held(one) == taken)
    try one.world.advance(by: 60_000)
    let again = try self.run(try imported(bill(rows + [row(back, &one)], one), one), one)
    // What was given back is new; the taking is matched.
    #expect(try told(again, one).map(\.facts.actual) == [back])
    #expect(try held(one) == taken)
    try say("won", one)
    #expect(try held(one) == 0)
  }

  @Test("the word of the dispute comes before that of the money", arguments: Naming.allCases)
  func disputeFirst(_ naming: Naming) throws {
    var one = try begin(naming)
    let told = try #require(try compare([taken], &one).first)
    try decide(told, one)
    try one.world.advance(by: 3000)
    one.world.bank.set(one.number, .paying)
    one.world.bank.dispute(one.number, "lost", amount: Self.amount)
    _ = try one.world.ask("payment.query", .paymentQuery(one.payment.id))
    #expect(try one.world.state(one.payment.order).disputes.map(\.state) == [.lost])
    one.world.bank.pay(one.number, at: one.world.now)
    try one.world.advance(by: 600_000)
    #expect(try one.world.state(one.payment.order).payments[0].captured != nil)
    #expect(try held(one) == taken)
    try undo(told, one)
    #expect(try held(one) == taken)
  }

  @Test("a decision made years of log before the word, and a dispute of somebody else between")
  func others() throws {
    var one = try begin(.dispute)
    let told = try #require(try compare([taken], &one).first)
    try decide(told, one)
    let (_, other) = try one.world.paidOrder(300)
    one.world.bank.dispute(other.outTradeNumber, "lost")
    _ = try one.world.ask("payment.query", .paymentQuery(other.id))
    try one.world.advance(by: 3000)
    #expect(try held(one) == taken)
  }
}
