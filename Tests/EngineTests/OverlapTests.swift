import Domain
import Engine
import Store
import Testing

/// Statements in force whose rows are partly the same: an export of several days beside the bills
/// of each of them, or a row that the next day's bill repeats. Money is counted once.
@Suite("The same rows in several statements")
struct OverlapTests {
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000)

  private func world(_ settings: EngineSettings? = nil) throws -> World {
    let world = try settings.map { try World(settings: $0) } ?? World()
    try world.advance(to: Self.noon.adding(milliseconds: 86_400_000))
    return world
  }

  private func charge(_ payment: Payment, minor: Int64? = nil) throws -> BillRow {
    BillRow(
      transaction: try #require(payment.gatewayTransaction), number: payment.outTradeNumber,
      minor: minor ?? payment.amount.minor, at: try #require(payment.paidAt))
  }

  private func stranger(_ name: String, at moment: Timestamp) -> BillRow {
    BillRow(transaction: "X\(name)", number: "N\(name)", minor: 77, at: moment)
  }

  private func held(_ world: World) throws -> Int64 {
    try world.ledger().balance(.receivable(gateway: "bank"), yuan).minor
  }

  /// The run of a bill, which must close, and what it opened.
  private func run(
    _ statement: StatementID, in world: World
  ) throws -> (run: RunRecord, found: [DiscrepancyRecord]) {
    let run = try world.reconcile(statement).run
    for proof in run.proofs { #expect(proof.remainder == 0, "\(proof)") }
    #expect(run.statementBuckets.reduce(0) { $0 + $1.rows } == run.statementRows)
    #expect(run.localBuckets.reduce(0) { $0 + $1.rows } == run.localRows)
    #expect(world.alarms.allSatisfy { !$0.hasPrefix("I15") })
    return (run, try world.discrepancies(of: run.id))
  }

  private func stands(_ record: DiscrepancyRecord, in world: World) throws -> DiscrepancyRecord {
    try #require(try world.reader().discrepancy(record.id))
  }

  private func open(_ world: World) throws -> [DiscrepancyRecord] {
    var filter = DiscrepancyFilter()
    filter.state = .open
    return try world.reader().discrepancies(filter, before: nil, limit: 200)
  }

  /// A payment and a refund of it on one day, a payment on the next, each day with its bill.
  private struct Days {
    let first: StatementRecord
    let second: StatementRecord
    var rows: [BillRow]
    let payment: Payment
    let refund: RefundID
    let later: Payment
  }

  private func days(_ world: World) throws -> Days {
    let (order, payment) = try world.paidOrder()
    _ = try world.refund(payment.id, 800)
    try world.advance(by: 60_000)
    let refund = try #require(try world.state(order).refunds.first)
    var back = try charge(payment, minor: 800)
    back.refund = refund.number
    back.transaction = try #require(refund.gatewayRefund)
    back.at = try #require(refund.finishedAt)
    let first = try world.imported([try charge(payment), back])
    #expect(try run(first.id, in: world).found.isEmpty)
    try world.advance(by: 86_400_000)
    let (_, later) = try world.paidOrder(1234)
    let second = try world.imported([try charge(later)])
    #expect(try run(second.id, in: world).found.isEmpty)
    return Days(
      first: first, second: second, rows: [try charge(payment), back, try charge(later)],
      payment: payment, refund: refund.id, later: later)
  }

  @Test("an export of days that were compared is left out row by row, each naming where it stands")
  func export() throws {
    let world = try world()
    let days = try days(world)
    let before = try held(world)
    let export = try world.imported(days.rows + [stranger("1", at: world.now)])
    #expect(export.from == days.first.from && export.to == days.second.to)
    let (done, found) = try run(export.id, in: world)
    #expect(found.map(\.facts.kind) == [.unknownMoney] + Array(repeating: .duplicateRow, count: 3))
    let copies = found.filter { $0.facts.kind == .duplicateRow }
      .sorted { $0.facts.theirs?.line ?? 0 < $1.facts.theirs?.line ?? 0 }
    #expect(copies.allSatisfy { $0.state == .resolved && $0.resolution == .leftOut })
    #expect(copies.allSatisfy { $0.facts.level == .machine && $0.facts.balanceChange == 0 })
    #expect(
      copies.map(\.facts.ours)
        == [.payment(days.payment.id), .refund(days.refund), .payment(days.later.id)])
    #expect(
      copies.map(\.facts.bank?.text)
        == ["\(days.first.id):3", "\(days.first.id):4", "\(days.second.id):3"])
    #expect(copies[0].facts.likelyCause.hasPrefix("\(days.first.id):3 "))
    #expect(done.statementBuckets.contains { $0.bucket == "duplicate" && $0.rows == 3 })
    #expect(try open(world).map(\.facts.kind) == [.unknownMoney])
    #expect(try held(world) == before)
    let again = try run(export.id, in: world)
    #expect(again.run.opened == 0 && again.run.known == 4)
    let check = try world.store.checkAgainstLog()
    #expect(check.differences.isEmpty, "\(check.differences)")
  }

  @Test("where the export was compared first, the rows of the days are those that are left out")
  func exportFirst() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    try world.advance(by: 86_400_000)
    let (_, later) = try world.paidOrder(1234)
    let export = try world.imported([try charge(payment), try charge(later)])
    #expect(try run(export.id, in: world).found.isEmpty)
    for one in [payment, later] {
      let (done, found) = try run(try world.imported([try charge(one)]).id, in: world)
      #expect(found.map(\.facts.kind) == [.duplicateRow] && done.matched == 0)
      #expect(found.first?.resolution == .leftOut)
      #expect(found.first?.facts.bank?.statement == export.id)
    }
  }

  @Test("the next day's bill repeats a row: the copy is known, and a row twice in one file too")
  func repeated() throws {
    let world = try world()
    let days = try days(world)
    try world.advance(by: 86_400_000)
    let (_, next) = try world.paidOrder(99)
    let rows = [try charge(next), days.rows[2], days.rows[2]]
    let (_, found) = try run(try world.imported(rows).id, in: world)
    #expect(found.map(\.facts.kind) == [.duplicateRow, .duplicateRow])
    #expect(found.allSatisfy { $0.facts.bank?.text == "\(days.second.id):3" })
    #expect(try open(world).isEmpty)
  }

  @Test("listed with another amount it is told with both, and no decision about it moves money")
  func otherAmount() throws {
    let world = try world()
    let days = try days(world)
    let before = try held(world)
    var rows = days.rows
    rows[0].minor = 5900
    let export = try world.imported(rows)
    let (_, found) = try run(export.id, in: world)
    let told = try #require(try open(world).first)
    #expect(found.count == 3)
    #expect(try open(world).count == 1)
    #expect(told.facts.kind == .duplicateRow && told.facts.level == .onePerson)
    #expect(told.facts.expected == 5800 && told.facts.actual == 5900)
    #expect(told.facts.bank?.text == "\(days.first.id):3")
    #expect(
      told.facts.likelyCause
        == "\(days.first.id):3 has it already, as 58.00 CNY; here it is 59.00 CNY")
    #expect(
      DiscrepancyDecision.fitting(told) == [.acceptGateway, .acceptLocal, .waitUntil])
    // Another export with the same words is the same difference.
    var more = rows
    more.append(stranger("2", at: world.now.adding(milliseconds: -172_800_000)))
    let wider = try run(try world.imported(more).id, in: world)
    #expect(wider.run.known == 1)
    let wish = AdjudicationWish(
      discrepancy: told.id, verb: .acceptGateway, reason: "seen", until: nil, partner: nil)
    _ = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    #expect(try stands(told, in: world).state == .resolved)
    #expect(try held(world) == before)
  }

  @Test("once the day is issued again, comparing the export finds the pair, and what differed ends")
  func reissued() throws {
    let world = try world()
    let days = try days(world)
    var rows = days.rows
    rows[0].minor = 5900
    let export = try world.imported(rows)
    _ = try run(export.id, in: world)
    let told = try #require(try open(world).first)
    let newer = try world.imported([rows[0], rows[1]])
    #expect(try world.reader().statement(days.first.id)?.supersededBy == newer.id)
    let (again, found) = try run(export.id, in: world)
    // 59.00 for 58.00 is what the present bill says of our payment.
    #expect(found.map(\.facts.kind) == [.amountMore])
    #expect(found.first?.facts.ours == .payment(days.payment.id) && again.matched == 1)
    #expect(try stands(told, in: world).resolution == .agrees)
    // The bill of the day holds nothing else by now.
    let day = try run(newer.id, in: world)
    let copies = day.found.filter { $0.facts.kind == .duplicateRow }
    #expect(copies.count == 2 && copies.allSatisfy { $0.resolution == .leftOut })
    #expect(copies.allSatisfy { $0.facts.bank?.statement == export.id })
  }

  @Test("an equal amount of another time may be another part of it: a person looks")
  func otherTime() throws {
    let world = try world()
    let days = try days(world)
    var part = days.rows[2]
    part.at = part.at.adding(milliseconds: 86_400_000)
    try world.advance(by: 86_400_000)
    let (_, found) = try run(try world.imported([part]).id, in: world)
    #expect(found.map(\.facts.kind) == [.duplicateRow] && found.map(\.state) == [.open])
    #expect(found.first?.facts.likelyCause.hasSuffix("another fee, time or state") == true)
  }

  @Test("a second charge for an order of another bill was paid twice, in every export once")
  func paidTwice() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    #expect(try run(try world.imported([try charge(payment)]).id, in: world).found.isEmpty)
    try world.advance(by: 86_400_000)
    var second = try charge(payment)
    second.transaction = "TWICE"
    second.at = world.now
    let (_, found) = try run(try world.imported([second]).id, in: world)
    #expect(found.map(\.facts.kind) == [.duplicatePayment])
    #expect(found.first?.facts.ours == .payment(payment.id))
    #expect(found.first?.facts.balanceChange == 5800)
    let export = try run(try world.imported([try charge(payment), second]).id, in: world)
    #expect(export.found.map(\.facts.kind) == [.duplicateRow] && export.run.known == 1)
    #expect(try open(world).count == 1)
  }

  @Test("what the gateway gave back at its desk is known again, and more of it is not hidden")
  func desk() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    world.bank.set(payment.outTradeNumber, .refunded)
    _ = try world.ask("payment.query", .paymentQuery(payment.id))
    func back(_ minor: Int64, _ number: String) -> BillRow {
      BillRow(
        transaction: "T\(number)", number: payment.outTradeNumber, minor: minor, at: world.now,
        refund: number)
    }
    let rows = [try charge(payment), back(5800, "DESK1")]
    #expect(try run(try world.imported(rows).id, in: world).found.isEmpty)
    let more = rows + [
      back(5800, "DESK2"), stranger("0", at: world.now.adding(milliseconds: -86_400_000)),
    ]
    let (_, found) = try run(try world.imported(more).id, in: world)
    #expect(
      found.map(\.facts.kind)
        == [.unknownMoney, .duplicateRow, .duplicateRow, .refundMissingLocally])
    #expect(found.last?.facts.theirs?.transaction == "TDESK2")
    #expect(try open(world).count == 2)
  }

  @Test("so is what came and went back before anybody saw it, under a number of the desk's")
  func deskAtOnce() throws {
    let world = try world()
    let opened = try world.openPayment(try world.makeOrder())
    world.bank.pay(opened.outTradeNumber, at: world.now)
    world.bank.set(opened.outTradeNumber, .refunded)
    try world.advance(by: 60_000)
    let order = try #require(try world.store.load(payment: opened.id)).aggregate
    let payment = try #require(order.payment(opened.id))
    let refund = try #require(order.refunds.first)
    let back = BillRow(
      transaction: "TDESK1", number: payment.outTradeNumber, minor: 5800, at: world.now,
      refund: "DESK1")
    var other = back
    (other.transaction, other.refund) = ("TDESK2", "DESK2")
    let day = try world.imported([try charge(payment), back])
    #expect(try run(day.id, in: world).found.isEmpty)
    let before = stranger("0", at: world.now.adding(milliseconds: -86_400_000))
    let export = try world.imported([try charge(payment), back, other, before])
    let (_, found) = try run(export.id, in: world)
    #expect(
      found.map(\.facts.kind)
        == [.unknownMoney, .duplicateRow, .duplicateRow, .refundMissingLocally])
    let copy = found.first { $0.facts.bank?.text == "\(day.id):4" }
    #expect(copy?.facts.ours == .refund(refund.id) && copy?.resolution == .leftOut)
    #expect(found.last?.facts.theirs?.transaction == "TDESK2")
  }

  @Test("an export of a whole month opens nothing for anybody, in pieces as well")
  func month() throws {
    let world = try world(EngineSettings(differencesOfPiece: 7))
    var rows: [BillRow] = []
    for _ in 0..<4 {
      let day = try (0..<9).map { try charge(try world.paidOrder(100 + Int64($0)).1) }
      #expect(try run(try world.imported(day).id, in: world).found.isEmpty)
      rows += day
      try world.advance(by: 86_400_000)
    }
    let before = try held(world)
    let export = try world.imported(rows)
    let draft = try Comparison.draft(
      of: export.id, with: nil, from: world.reader(), at: world.now)
    _ = try world.ask("recon.run", .reconcile(draft), by: World.finance)
    try world.advance(by: 1_000)
    let run = try #require(
      try world.reader().runs(gateway: nil, statement: export.id, before: nil, limit: 1).first)
    #expect(run.opened == 36 && run.matched == 0)
    let found = try world.discrepancies(of: run.id)
    #expect(found.count == 36 && found.allSatisfy { $0.resolution == .leftOut })
    #expect(Set(found.compactMap(\.facts.bank)).count == 36)
    #expect(try open(world).isEmpty)
    #expect(try held(world) == before)
  }

  @Test("a draft that names a statement which was issued again meanwhile is compared anew")
  func overtaken() throws {
    let world = try world()
    let days = try days(world)
    let export = try world.imported(days.rows)
    let draft = try Comparison.draft(
      of: export.id, with: nil, from: world.reader(), at: world.now)
    _ = try world.imported([days.rows[0], days.rows[1], stranger("3", at: days.rows[0].at)])
    let late = try world.ask("recon.run", .reconcile(draft), by: World.finance)
    #expect(refusal(late) == .versionMismatch)
  }

  // MARK: rows about nothing of ours

  /// A row of PayPal's list, one of a day.
  private func listed(
    _ code: String, _ value: String, _ currency: String = "CNY", number: String,
    of reference: String = "", on day: String, touched: String? = nil, custom: String = ""
  ) -> String {
    let updated = touched.map { #""transaction_updated_date":"\#($0)T12:00:00+0000","# } ?? ""
    return #"{"transaction_info":{"transaction_id":"\#(number)","#
      + #""transaction_event_code":"\#(code)","transaction_status":"S","#
      + #""transaction_initiation_date":"\#(day)T10:00:00+0000",\#(updated)"#
      + #""paypal_reference_id":"\#(reference)","custom_field":"\#(custom)","#
      + #""transaction_amount":{"currency_code":"\#(currency)","value":"\#(value)"}}}"#
  }

  private func list(_ rows: [String], _ world: World, of day: String? = nil) throws
    -> StatementRecord
  {
    let window = day.map {
      #""start_date":"\#($0)T00:00:00Z","end_date":"\#($0)T23:59:59Z","#
    } ?? ""
    let text =
      #"{"transaction_details":[\#(rows.joined(separator: ","))],\#(window)"page":1}\#n"#
    guard case .success(.statement(let reply)) = try world.take(try world.upload(Array(text.utf8)))
    else { throw ShortcutFault.unexpected("refused") }
    return reply.record
  }

  @Test("an exchange that stands in two lists is booked by the one that was compared first")
  func exchangeTwice() throws {
    let world = try world()
    let rows = [
      listed("T0200", "-10.00", "USD", number: "C1", of: "E1", on: "2027-01-14"),
      listed("T0201", "9.00", "EUR", number: "C2", of: "E1", on: "2027-01-14"),
    ]
    let later = [
      listed("T0200", "-5.00", "USD", number: "C3", of: "E2", on: "2027-01-15"),
      listed("T0201", "4.50", "EUR", number: "C4", of: "E2", on: "2027-01-15"),
    ]
    func held() throws -> [Int64] {
      let ledger = try world.ledger()
      return try ["USD", "EUR"].map {
        ledger.balance(.receivable(gateway: "bank"), try #require(Currency(code: $0))).minor
      }
    }
    let first = try list(rows, world)
    #expect(try run(first.id, in: world).found.isEmpty)
    #expect(try held() == [-1000, 900])
    let both = try list(rows + later, world)
    for isFirst in [true, false] {
      try world.advance(by: 1000)
      let (done, found) = try run(both.id, in: world)
      #expect(found.map(\.facts.kind) == (isFirst ? [.duplicateRow, .duplicateRow] : []))
      #expect(done.known == (isFirst ? 0 : 2))
      #expect(found.allSatisfy { $0.resolution == .leftOut && $0.facts.level == .machine })
      #expect(found.allSatisfy { $0.facts.bank?.statement == first.id })
      #expect(done.statementBuckets.contains { $0.bucket == "duplicate" && $0.rows == 2 })
      #expect(try held() == [-1500, 1350])
    }
    #expect(try run(first.id, in: world).found.isEmpty)
    #expect(try held() == [-1500, 1350])
    // Issued again, the first one keeps what it had.
    try world.advance(by: 1000)
    let again = try list(rows.reversed(), world)
    #expect(again.from == first.from && again.to == first.to)
    #expect(try run(again.id, in: world).found.isEmpty)
    #expect(try held() == [-1500, 1350])
  }

  @Test("what PayPal held back over midnight stands in the list of the day on which it came")
  func heldBack() throws {
    let world = try world()
    let order = try world.makeOrder(1234)
    let payment = try world.openPayment(order)
    let (_, known) = try world.paidOrder(5800)
    func own(_ payment: Payment, touched: String? = nil) -> String {
      listed(
        "T0006", payment.amount.minor == 1234 ? "12.34" : "58.00",
        number: "P\(payment.amount.minor)", on: "2027-01-14", touched: touched, custom: payment.outTradeNumber)
    }
    let first = try list([own(known)], world, of: "2027-01-14")
    _ = try run(first.id, in: world)
    #expect(try world.state(order).order.payState != .paid)
    let stranger = listed(
      "T0006", "3.00", number: "P3", on: "2027-01-11", touched: "2027-01-15", custom: "X3")
    let second = try list(
      [own(payment, touched: "2027-01-15"), own(known, touched: "2027-01-15"), stranger], world,
      of: "2027-01-15")
    let (done, found) = try run(second.id, in: world)
    #expect(try world.state(order).order.payState == .paid)
    #expect(done.filledBack == 1)
    #expect(found.allSatisfy { $0.resolution == .filledBack }, "\(found)")
    #expect(done.statementBuckets.contains { $0.bucket == "apart" && $0.rows == 2 })
  }
}
