import Domain
import Engine
import Store
import Testing

@Suite("The sums that are followed are those of the log")
struct LedgerFollowerTests {
  private func world() throws -> World {
    let world = try World()
    // Noon in Beijing, so that no row is near an end of its day.
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    return world
  }

  /// What is followed, with what was kept of it, says what the whole log does.
  private func check(_ follower: inout LedgerFollower, _ world: World) throws {
    let ledger = try world.ledger()
    let reader = try world.reader()
    let hour: Int64 = 3_600_000
    var fresh = LedgerFollower()
    #expect(ledger.isBalanced && ledger.standing.isBalanced)
    for moment in [nil, world.now.milliseconds / hour * hour, world.now.milliseconds - 1_000] {
      let moment = moment.map(Timestamp.init(milliseconds:))
      let known = try moment.map { try ledger.before($0) } ?? ledger
      let told = try follower.standing(in: reader, last: .max, before: moment)
      #expect(told == known.standing, "\(String(describing: moment))")
      #expect(try fresh.standing(in: reader, last: .max, before: moment) == known.standing)
    }
    let times = Timestamp(milliseconds: 0)..<world.now
    for balance in ledger.balances {
      let side = LedgerHour.Side(balance.account, balance.debit.currency)
      let wanted = ledger.trace(side, times)
      let found = try pages(of: side, &follower, reader, times)
      #expect(found.map(\.entry.lines) == wanted.map { ledger.entries[$0].lines })
      #expect(found.map(\.entry.event) == wanted.map { ledger.entries[$0].event })
      #expect(
        found.map { $0.corrects != nil } == wanted.map { ledger.entries[$0].corrects != nil })
    }
  }

  private func pages(
    of side: LedgerHour.Side, _ follower: inout LedgerFollower, _ reader: StoreReader,
    _ times: Range<Timestamp>
  ) throws -> [LedgerRecord] {
    var found: [LedgerRecord] = []
    while true {
      let page = try follower.trace(
        side, in: reader, last: .max, times, after: found.last?.number ?? 0, limit: 2)
      guard let page, !page.isEmpty else { return found }
      found += page
    }
  }

  private func decide(_ world: World, _ command: Command) throws {
    let result = try world.ask("discrepancy.propose", command, by: World.finance)
    guard case .success(.discrepancy) = result else { throw ShortcutFault.unexpected("\(result)") }
  }

  private func wish(_ record: DiscrepancyRecord, _ verb: AdjudicationVerb) -> Command {
    .discrepancyPropose(
      AdjudicationWish(
        discrepancy: record.id, verb: verb, reason: "checked", until: nil, partner: nil))
  }

  @Test("over payments, refunds, runs, decisions and what is taken back")
  func follows() throws {
    let world = try world()
    var follower = LedgerFollower()
    try check(&follower, world)
    let (_, payment) = try world.paidOrder(5000)
    try check(&follower, world)
    let (_, other) = try world.paidOrder(600)
    guard case .success = try world.refund(payment.id, 700) else {
      throw ShortcutFault.unexpected("no refund")
    }
    try check(&follower, world)
    try world.advance(by: 7_200_000)
    try check(&follower, world)
    func row(_ payment: Payment, _ minor: Int64, _ fee: Int64) -> BillRow {
      BillRow(
        transaction: payment.gatewayTransaction ?? "", number: payment.outTradeNumber,
        minor: minor, at: payment.paidAt ?? world.now, fee: fee)
    }
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 77, at: world.now)
    let statement = try world.imported([row(payment, 5200, 30), row(other, 600, 4), stranger])
    let run = try world.reconcile(statement.id).run
    try check(&follower, world)
    let found = try world.discrepancies(of: run.id)
    let more = try #require(found.first { $0.facts.kind == .amountMore })
    try decide(world, wish(more, .refundBuyer))
    try check(&follower, world)
    let unknown = try #require(found.first { $0.facts.kind == .unknownMoney })
    try decide(world, wish(unknown, .moveToSuspense))
    try check(&follower, world)
    try decide(world, .discrepancyUndo(unknown.id, reason: "known now"))
    try check(&follower, world)
    // Issued again: the fees that were booked are given back.
    let again = try world.imported([row(payment, 5200, 31), row(other, 600, 4)])
    try check(&follower, world)
    _ = try world.reconcile(again.id)
    try check(&follower, world)
  }

  @Test("what was kept is gone on from, says the same, and is checked against the log")
  func kept() throws {
    let world = try world()
    var follower = LedgerFollower()
    var notes: [LedgerNote] = []
    for minor in 1...12 {
      _ = try world.paidOrder(Int64(minor))
      guard minor.isMultiple(of: 4) else { continue }
      try world.advance(by: 3_600_000)
      _ = try follower.standing(in: try world.reader(), last: .max, before: nil)
      for note in follower.takeNotes(least: 20) {
        try world.run([.ledgerRead(note)])
        notes.append(note)
      }
    }
    let last = try #require(notes.last)
    #expect(notes.map(\.from) == [0] + notes.dropLast().map(\.to))
    #expect(try world.reader().ledgerKept().position == last.to)
    // What does not go on from there is left out.
    try world.run([.ledgerRead(notes[0])])
    #expect(try world.reader().ledgerKept().position == last.to)
    let (_, payment) = try world.paidOrder(5000)
    guard case .success = try world.refund(payment.id, 700) else {
      throw ShortcutFault.unexpected("no refund")
    }
    try check(&follower, world)
    #expect(try world.reader().verifyLedger().firstBad == nil)
    try world.crash()
    try world.poison("UPDATE ledger_sums SET debit=debit+1 WHERE account='sales'")
    #expect(try world.reader().verifyLedger().firstBad != nil)
  }

  @Test("every account is named so that its name can be read again")
  func names() throws {
    let accounts: [LedgerAccount] = [
      .receivable(gateway: "a"), .bank(account: "b:c"), .sales, .feeExpense(gateway: "d"),
      .couponExpense(gateway: "g"),
      .feeClaim(gateway: "e"), .refundPayable, .suspense, .shortage, .excessPayable,
      .disputeHold, .chargebackLoss, .exchange, .rounding, .writeOff,
      .splitPayable(party: "f"),
    ]
    for account in accounts { #expect(LedgerAccount(text: account.description) == account) }
    #expect(LedgerAccount(text: "receivable") == nil && LedgerAccount(text: "sales:x") == nil)
  }

  @Test("a reader of an older state than was followed is told so")
  func older() throws {
    let world = try world()
    _ = try world.paidOrder(5000)
    var follower = LedgerFollower()
    _ = try follower.standing(in: try world.reader(), last: .max, before: nil)
    let older = try follower.standing(in: try world.reader(), last: 1, before: nil)
    #expect(older == nil)
  }

  @Test("what a run counts of a payment or refund is what the log booked of it")
  func posted() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder(5000)
    _ = try world.paidOrder(600)
    _ = try world.refund(payment.id, 700)
    try world.advance(by: 7_200_000)
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 77, at: world.now)
    let statement = try world.imported([stranger])
    let day = world.day(world.now)
    let books = try world.reader().books(for: statement)
    var rows: [BookRow] = []
    try books.rows(.paid, from: day.from, to: day.to) { row, _ in rows.append(row) }
    try books.rows(.refunded, from: day.from, to: day.to) { row, _ in rows.append(row) }
    #expect(rows.count >= 2)
    let sum = rows.flatMap { [$0.posted, $0.postedFee] }.reduce(0) { $0 + ($1?.minor ?? 0) }
    #expect(try world.ledger().balance(.receivable(gateway: "bank"), yuan).minor == sum)
  }
}
