import Domain
import Engine
import Store
import Testing

/// What a dispute takes, gives back and takes again: known by the gateway's word, by its bills, and
/// by what people decide about these, in any order, and booked once.
@Suite("The movements of a dispute's money")
struct DisputeMovementTests {
  private static let day: Int64 = 86_400_000
  /// Noon in London, far from the ends of Stripe's days.
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 + 14_400_000)
  private static let amount: Int64 = 5800

  private struct Case {
    let world: World
    let payment: Payment
    /// A row of the balance is known by its own number.
    var rowsCount = 0

    var number: String { "D\(payment.outTradeNumber)" }
  }

  private func begin() throws -> Case {
    let world = try World()
    try world.advance(to: DisputeMovementTests.noon)
    return Case(world: world, payment: try world.paidOrder().1)
  }

  /// The bank decides, and is asked.
  private func say(_ status: String, _ one: Case) throws {
    one.world.bank.dispute(one.payment.outTradeNumber, status)
    try one.world.advance(by: 3000)
    let order = try one.world.state(one.payment.order)
    if let dispute = order.disputes.first {
      _ = try one.world.ask("dispute.query", .disputeQuery(dispute.id), by: World.lead)
    } else {
      _ = try one.world.ask("payment.query", .paymentQuery(one.payment.id))
    }
    #expect(try one.world.state(one.payment.order).disputes.first?.state.rawValue == status)
  }

  /// As Stripe's API lists what disputes moved.
  ///
  /// - Parameter isAtOnce: within one second.
  private func bill(
    _ minors: [Int64], _ one: inout Case, isAtOnce: Bool = false
  ) -> [UInt8] {
    var rows: [String] = []
    for minor in minors {
      one.rowsCount += 1
      let at = one.world.now.milliseconds / 1000 + (isAtOnce ? 0 : Int64(one.rowsCount))
      rows.append(
        #"{"id":"txn_\#(one.rowsCount)","created":\#(at),"amount":\#(minor),"fee":0,"#
          + #""net":\#(minor),"currency":"cny","#
          + #""reporting_category":"\#(minor < 0 ? "dispute" : "dispute_reversal")","#
          + #""source":{"id":"\#(one.number)","object":"dispute","#
          + #""payment_intent":"\#(one.payment.gatewayTransaction ?? "")"}}"#)
    }
    // A bill is never empty: something that is compared with nothing.
    let at = one.world.now.milliseconds / 1000
    rows.append(
      #"{"id":"txn_t\#(at)","created":\#(at),"amount":1,"fee":0,"net":1,"currency":"cny","#
        + #""reporting_category":"topup","source":"tu_1"}"#)
    let text =
      #"{"object":"list","url":"/v1/balance_transactions","data":["#
      + rows.joined(separator: ",") + "]}\n"
    return Array(text.utf8)
  }

  private func imported(_ bytes: [UInt8], in world: World) throws -> StatementRecord {
    guard case .success(.statement(let reply)) = try world.take(try world.upload(bytes)) else {
      throw ShortcutFault.unexpected("refused")
    }
    return reply.record
  }

  /// The run of a bill, which must close, and what it found of disputes.
  private func run(_ statement: StatementRecord, _ one: Case) throws -> [DiscrepancyRecord] {
    let run = try one.world.reconcile(statement.id).run
    for proof in run.proofs { #expect(proof.remainder == 0, "\(proof)") }
    #expect(one.world.alarms.allSatisfy { !$0.hasPrefix("I15") })
    return try one.world.discrepancies(of: run.id).filter { $0.facts.kind == .unknownDispute }
  }

  private func compare(_ minors: [Int64], _ one: inout Case) throws -> [DiscrepancyRecord] {
    try run(try imported(bill(minors, &one), in: one.world), one)
  }

  /// What the gateway holds for us beside the payment itself.
  private func held(_ one: Case) throws -> Int64 {
    let yuan = try #require(Currency(code: "CNY"))
    return try one.world.ledger().balance(.receivable(gateway: "bank"), yuan).minor
      - DisputeMovementTests.amount
  }

  private func decide(
    _ record: DiscrepancyRecord, _ verb: AdjudicationVerb = .acceptGateway, _ one: Case
  ) throws {
    let wish = AdjudicationWish(
      discrepancy: record.id, verb: verb, reason: "seen", until: nil, partner: nil)
    let result = try one.world.ask(
      "discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    guard case .success(.discrepancy(let decided)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    #expect(decided.state == .resolved)
  }

  private func undo(_ record: DiscrepancyRecord, _ one: Case) throws {
    let result = try one.world.ask(
      "discrepancy.undo", .discrepancyUndo(record.id, reason: "no"), by: World.finance)
    #expect(refusal(result) == nil)
  }

  private func stands(
    _ record: DiscrepancyRecord, _ one: Case
  ) throws -> DiscrepancyResolution? {
    try #require(try one.world.reader().discrepancy(record.id)).resolution
  }

  private let taken = -DisputeMovementTests.amount
  private let back = DisputeMovementTests.amount

  // MARK: The word first

  @Test("taken, given back and taken again in one bill: each movement has its row")
  func oneBill() throws {
    var one = try begin()
    for word in ["needs_response", "won", "lost"] { try say(word, one) }
    let statement = try imported(bill([taken, back, taken], &one), in: one.world)
    #expect(try run(statement, one).isEmpty)
    #expect(try run(statement, one).isEmpty)
    #expect(try held(one) == taken)
  }

  @Test("the same over three bills, each movement told before its bill")
  func threeBills() throws {
    var one = try begin()
    for (word, minor) in [("needs_response", taken), ("won", back), ("lost", taken)] {
      try say(word, one)
      #expect(try compare([minor], &one).isEmpty)
      try one.world.advance(by: Self.day)
    }
    #expect(try held(one) == taken)
  }

  @Test("all three told before the first of three bills")
  func allToldBefore() throws {
    var one = try begin()
    for word in ["needs_response", "won", "lost"] { try say(word, one) }
    for minor in [taken, back, taken] {
      #expect(try compare([minor], &one).isEmpty)
      try one.world.advance(by: Self.day)
    }
    // A fourth is none of what the gateway told.
    #expect(try compare([back], &one).count == 1)
    #expect(try held(one) == taken)
  }

  @Test("what the gateway took and gave back between two questions is in its bill all the same")
  func missed() throws {
    var one = try begin()
    try say("needs_response", one)
    #expect(try compare([taken, back, taken], &one).isEmpty)
    #expect(try held(one) == taken)
  }

  @Test("what was taken, given back and taken again within one second is three movements")
  func atOnce() throws {
    var one = try begin()
    for word in ["needs_response", "won", "lost"] { try say(word, one) }
    let statement = try imported(bill([taken, back, taken], &one, isAtOnce: true), in: one.world)
    let run = try one.world.reconcile(statement.id).run
    let kinds = try one.world.discrepancies(of: run.id).map(\.facts.kind)
    #expect(!kinds.contains(.unknownDispute) && !kinds.contains(.duplicateRow))
    #expect(run.proofs.allSatisfy { $0.remainder == 0 })
    #expect(try held(one) == taken)
  }

  /// One list of the rows of several.
  private func joined(_ bills: [[UInt8]]) throws -> [UInt8] {
    let rows = try bills.map { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let parts = text.split(separator: #""data":["#)
      return try #require(parts.last).dropLast("]}\n".count)
    }
    let list = #"{"object":"list","url":"/v1/balance_transactions","data":["#
    return Array((list + rows.joined(separator: ",") + "]}\n").utf8)
  }

  @Test("an export of three days beside the bills of two: each movement is of one row")
  func overlapping() throws {
    var one = try begin()
    var bills: [[UInt8]] = []
    for (word, minor) in [("needs_response", taken), ("won", back), ("lost", taken)] {
      try say(word, one)
      bills.append(bill([minor], &one))
      if bills.count < 3 {
        #expect(try run(try imported(bills[bills.count - 1], in: one.world), one).isEmpty)
        try one.world.advance(by: Self.day)
      }
    }
    let export = try imported(try joined(bills), in: one.world)
    #expect(try run(export, one).isEmpty)
    let run = try #require(
      try one.world.reader().runs(gateway: nil, statement: export.id, before: nil, limit: 1).first)
    let found = try one.world.discrepancies(of: run.id)
    #expect(found.map(\.facts.kind) == [.duplicateRow, .duplicateRow])
    #expect(found.allSatisfy { $0.resolution == .leftOut } && run.matched == 1)
    #expect(try held(one) == taken)
  }

  // MARK: The bill first

  @Test("what a bill told first is closed by the gateway's word, and booked once")
  func billFirst() throws {
    var one = try begin()
    let found = try compare([taken], &one)
    #expect(found.count == 1)
    #expect(found.first?.facts.ours == .payment(one.payment.id))
    #expect(found.first?.facts.order == one.payment.order)
    try say("lost", one)
    try one.world.advance(by: Self.day)
    #expect(try compare([], &one).isEmpty)
    #expect(try stands(found[0], one) == .agrees)
    #expect(try held(one) == taken)
  }

  @Test("a second taking that its bill tells before the gateway does")
  func secondTakingFirst() throws {
    var one = try begin()
    try say("lost", one)
    #expect(try compare([taken], &one).isEmpty)
    try one.world.advance(by: Self.day)
    let came = try compare([back], &one)
    #expect(came.map(\.facts.balanceChange) == [back])
    try one.world.advance(by: Self.day)
    let went = try compare([taken], &one)
    #expect(went.map(\.facts.balanceChange) == [taken])
    try say("won", one)
    try say("lost", one)
    try one.world.advance(by: Self.day)
    #expect(try compare([], &one).isEmpty)
    #expect(try stands(came[0], one) == .agrees && stands(went[0], one) == .agrees)
    #expect(try held(one) == taken)
  }

  @Test("all three rows before the gateway's word, which then tells of the last state alone")
  func onlyTheEnd() throws {
    var one = try begin()
    let statement = try imported(bill([taken, back, taken], &one), in: one.world)
    let found = try run(statement, one)
    #expect(found.count == 3)
    try say("lost", one)
    #expect(try run(statement, one).isEmpty)
    for record in found { #expect(try stands(record, one) == .agrees) }
    #expect(try held(one) == taken)
  }

  @Test("a row of the same dispute in each of two bills is two differences")
  func twice() throws {
    var one = try begin()
    let first = try compare([taken], &one)
    try one.world.advance(by: Self.day)
    let second = try compare([taken], &one)
    #expect(first.count == 1 && second.count == 1 && first[0].id != second[0].id)
  }

  // MARK: Decisions

  @Test(
    "what people decide, before the gateway's word or after it, is not booked twice",
    arguments: [AdjudicationVerb.acceptGateway, .writeOff, .moveToSuspense, .claimFromGateway],
    [true, false])
  func decidedOnce(_ verb: AdjudicationVerb, isDecidedFirst: Bool) throws {
    var one = try begin()
    try say("lost", one)
    try say("won", one)
    #expect(try compare([taken, back], &one).isEmpty)
    try one.world.advance(by: Self.day)
    let told = try #require(try compare([taken], &one).first)
    #expect(try held(one) == 0)
    if isDecidedFirst {
      try decide(told, verb, one)
      #expect(try held(one) == taken)
    }
    try say("lost", one)
    #expect(try held(one) == taken)
    if !isDecidedFirst { try decide(told, verb, one) }
    #expect(try held(one) == taken)
    try undo(told, one)
    #expect(try held(one) == taken)
    try decide(told, verb, one)
    #expect(try held(one) == taken)
    try one.world.advance(by: Self.day)
    #expect(try compare([], &one).isEmpty)
    #expect(try held(one) == taken)
    // Its row is the one of that movement: another taking is none of it.
    try one.world.advance(by: Self.day)
    #expect(try compare([taken], &one).count == 1)
  }

  @Test(
    "a dispute that nobody knew of, accepted from its bill, is a loss once",
    arguments: [true, false])
  func unknownOnce(isDecidedFirst: Bool) throws {
    var one = try begin()
    let told = try #require(try compare([taken], &one).first)
    if isDecidedFirst { try decide(told, .acceptGateway, one) }
    try say("needs_response", one)
    if !isDecidedFirst { try decide(told, .acceptGateway, one) }
    #expect(try held(one) == taken)
    try say("won", one)
    #expect(try held(one) == 0)
    try undo(told, one)
    #expect(try held(one) == 0)
  }

  @Test("of another amount than was told, the difference is booked until the gateway tells it too")
  func otherAmount() throws {
    var one = try begin()
    try say("lost", one)
    let told = try #require(try compare([-5700], &one).first)
    #expect(told.facts.balanceChange == 100)
    try decide(told, .acceptGateway, one)
    #expect(try held(one) == -5700)
    one.world.bank.dispute(one.payment.outTradeNumber, "lost", amount: 5700)
    try say("lost", one)
    #expect(try held(one) == -5700)
    try undo(told, one)
    #expect(try held(one) == -5700)
  }

  @Test("one person's money back from a bill asks for no refund to the buyer")
  func noRefund() throws {
    var one = try begin()
    try say("lost", one)
    let found = try compare([taken, back], &one)
    let told = try #require(found.first)
    #expect(!DiscrepancyDecision.fitting(told).contains(.refundBuyer))
  }
}
