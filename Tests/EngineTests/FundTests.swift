import Domain
import Engine
import Reconciliation
import Store
import Testing

/// A movement of the balance, as Alipay writes it.
struct FundRow {
  var word: String
  var minor: Int64
  var transaction: String
  var number = ""
  var at: Timestamp
  /// Its own number in the account's log; nil takes one by its place in the file.
  var movement: String?

  func line(_ place: Int) -> String {
    func yuan(_ minor: Int64) -> String { "\(minor / 100).\(minor % 100 < 10 ? "0" : "")\(minor % 100)" }
    let civil = CivilTime(at, offsetMinutes: 480)
    return [
      "\(movement ?? "9000\(place)")\t", "\(transaction)\t", "\(number)\t", "\(civil.dateText) \(civil.timeText)",
      minor > 0 ? yuan(minor) : "0.00", minor < 0 ? "-\(yuan(-minor))" : "0.00", word,
    ].joined(separator: ",")
  }

  static func bill(_ rows: [FundRow]) -> [UInt8] {
    let heading = [
      "#支付宝账务明细查询", "账务流水号,业务流水号,商户订单号,发生时间,收入金额（+元）,支出金额（-元）,业务类型",
    ]
    let lines = rows.enumerated().map { $1.line($0) }
    return Array((heading + lines + [""]).joined(separator: "\n").utf8)
  }
}

@Suite("the balance and the bank beside the bill of trades")
struct FundTests {
  private static let hour: Int64 = 3_600_000
  private static let day: Int64 = 24 * hour
  /// Noon of a day in Beijing.
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000)

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Self.noon.adding(milliseconds: Self.day))
    return world
  }

  private func trade(_ payment: Payment, fee: Int64 = 0) -> BillRow {
    BillRow(
      transaction: payment.gatewayTransaction ?? "", number: payment.outTradeNumber,
      minor: payment.amount.minor, at: payment.paidAt ?? Self.noon, refund: nil, fee: fee)
  }

  /// What was moved for a trade: its money, and the fee.
  private func moved(_ row: BillRow, minor: Int64? = nil, fee: Int64? = nil) -> [FundRow] {
    let money = FundRow(
      word: "在线支付", minor: minor ?? row.minor, transaction: row.transaction,
      number: row.number, at: row.at)
    let cost = FundRow(
      word: "收费", minor: -(fee ?? row.fee), transaction: row.transaction, number: row.number,
      at: row.at)
    return cost.minor == 0 ? [money] : [money, cost]
  }

  private func payout(_ minor: Int64, _ number: String, at: Timestamp) -> FundRow {
    FundRow(word: "提现", minor: -minor, transaction: number, at: at)
  }

  private func take(_ world: World, _ bytes: [UInt8], gateway: String = "bank") throws
    -> StatementRecord
  {
    try world.takenIn(bytes, gateway: gateway)
  }

  private func bank(
    _ world: World, _ rows: [(minor: Int64, at: Timestamp, text: String)], _ name: String = "A"
  ) throws -> StatementRecord {
    try world.bankFile(rows, name)
  }

  private func run(
    _ world: World, _ statement: StatementRecord, bank: StatementRecord? = nil,
    terms: GatewayTerms = GatewayTerms()
  ) throws -> RunRecord {
    try world.compared(statement, with: bank, terms: terms)
  }

  @Test("the bill of the balance of the same days is compared by itself, trade by trade")
  func balance() throws {
    let world = try world()
    let first = trade(try world.paidOrder(5800).1, fee: 35)
    let second = trade(try world.paidOrder(1000).1, fee: 6)
    let bill = try world.imported([first, second])
    let fund = try take(
      world, FundRow.bill(moved(first) + moved(second, minor: 990)))
    #expect(fund.content == .fund && fund.format == "alipay_fund")
    #expect(fund.from == bill.from && fund.to == bill.to)
    let result = try run(world, bill)
    #expect(result.fund == fund.id && result.bank == nil)
    #expect(result.fundBuckets.map(\.bucket) == ["matched", "differing"])
    let found = try world.discrepancies(of: result.id)
    #expect(found.map(\.facts.kind) == [.payoutSum])
    #expect(found[0].facts.expected == 1000 && found[0].facts.actual == 990)
    #expect(found[0].facts.theirs?.statement == bill.id)
    #expect(found[0].facts.bank?.statement == fund.id)
    // Put right by the gateway: the bill of the balance is issued again.
    _ = try take(world, FundRow.bill(moved(first) + moved(second)))
    let again = try run(world, bill)
    #expect(again.opened == 0 && again.fundBuckets.map(\.bucket) == ["matched"])
    #expect(try world.reader().discrepancy(found[0].id)?.resolution == .agrees)
  }

  @Test("a bill of the balance of other days or of another gateway is refused")
  func otherDays() throws {
    let world = try world()
    let row = trade(try world.paidOrder(5800).1)
    let bill = try world.imported([row])
    var late = row
    late.at = row.at.adding(milliseconds: Self.day)
    let other = try take(world, FundRow.bill(moved(late)))
    for (fund, bank) in [(other.id, nil), (bill.id, nil), (nil, other.id)] {
      #expect(throws: Rejection.self) {
        try Comparison.draft(
          of: bill.id, with: bank, fund: fund, from: world.reader(), at: world.now)
      }
    }
    #expect(try run(world, bill).fund == nil)
  }

  @Test("money that is late is named, looked for in later bills, and the difference ends with it")
  func lateMoney() throws {
    let world = try world()
    let row = trade(try world.paidOrder(5800).1, fee: 35)
    let other = trade(try world.paidOrder(100).1)
    let bill = try world.imported([row, other])
    _ = try take(world, FundRow.bill(moved(other)))
    let first = try run(world, bill)
    let late = try #require(try world.discrepancies(of: first.id).first)
    #expect(late.facts.kind == .payoutNotArrived && late.facts.difference == -5800)
    try world.advance(by: Self.day)
    let next = trade(try world.paidOrder(200).1)
    let second = try world.imported([next])
    var came = row
    came.at = next.at
    _ = try take(world, FundRow.bill(moved(next) + moved(came)))
    let found = try run(world, second)
    #expect(found.opened == 0)
    #expect(try world.reader().discrepancy(late.id)?.resolution == .agrees)
  }

  @Test("a payout waits for the bank, is found there once, and is nobody else's any more")
  func payouts() throws {
    let world = try world()
    let row = trade(try world.paidOrder(5800).1)
    let bill = try world.imported([row])
    let sentAt = row.at
    _ = try take(world, FundRow.bill(moved(row) + [payout(5800, "2088777001", at: sentAt)]))
    // Payouts wait for the bank once it takes part.
    let quiet = try bank(world, [(100, sentAt, "Miete")], "Q")
    let first = try run(world, bill, bank: quiet)
    #expect(first.fundBuckets.map(\.bucket) == ["matched", "pooled"])
    #expect(first.bankBuckets.map(\.bucket) == ["apart"])
    #expect(first.opened == 0)
    try world.advance(by: Self.day)
    let next = trade(try world.paidOrder(300).1)
    let second = try world.imported([next])
    _ = try take(world, FundRow.bill(moved(next) + [payout(5800, "2088777002", at: next.at)]))
    let account = try bank(world, [(5800, world.now, "支付宝 提现 2088777001")])
    let found = try run(world, second, bank: account)
    #expect(found.bank == account.id && found.opened == 0)
    #expect(found.bankBuckets.map(\.bucket) == ["matched"])
    // The first day again, without the bank: its payout has arrived and waits no more.
    #expect(try run(world, bill).fundBuckets.map(\.bucket) == ["matched"])
    // The second payout is of the same amount: the row is the first one's and stays so.
    try world.advance(by: 5 * Self.day)
    let again = try run(world, second, bank: account)
    #expect(again.bankBuckets.map(\.bucket) == ["apart"])
    let missing = try world.discrepancies(of: again.id)
    #expect(missing.map(\.facts.kind) == [.payoutNotArrived])
    #expect(missing[0].facts.theirs?.transaction == "2088777002")
    // Without the bank nothing was looked for there, and nothing ends.
    _ = try run(world, second)
    #expect(try world.reader().discrepancy(missing[0].id)?.state == .open)
    // It comes five days late.
    let rest = try bank(world, [(5800, world.now, "支付宝 2088777002")], "B")
    let last = try run(world, second, bank: rest)
    #expect(try world.reader().discrepancy(missing[0].id)?.resolution == .agrees)
    let late = try world.discrepancies(of: last.id)
    #expect(late.map(\.facts.kind) == [.payoutNotArrived] && late[0].facts.difference == 0)
    #expect(late[0].facts.bank?.statement == rest.id)
  }

  @Test("a payout that stands in two lists of payments leaves the gateway once")
  func payoutTwice() throws {
    let world = try world()
    func listed(_ number: String, _ value: String) -> String {
      let at = CivilTime(world.now, offsetMinutes: 0)
      return #"{"transaction_info":{"transaction_id":"\#(number)","transaction_status":"S","#
        + #""transaction_event_code":"T0400","#
        + #""transaction_initiation_date":"\#(at.dateText)T\#(at.timeText)+0000","#
        + #""transaction_amount":{"currency_code":"CNY","value":"\#(value)"}}}"#
    }
    func list(_ rows: [String]) throws -> StatementRecord {
      let text = #"{"transaction_details":[\#(rows.joined(separator: ","))],"page":1}\#n"#
      return try take(world, Array(text.utf8))
    }
    let first = listed("PO1", "-58.00")
    let one = try list([first])
    try world.advance(by: Self.day)
    let account = try bank(world, [(5800, world.now, "PAYPAL PO1")])
    let arrived = try run(world, one, bank: account)
    #expect(arrived.opened == 0 && arrived.bankBuckets.map(\.bucket) == ["matched"])
    let two = try list([first, listed("PO2", "-3.00")])
    try world.advance(by: 5 * Self.day)
    let rest = try bank(world, [(300, world.now, "PAYPAL PO2")], "B")
    for isFirst in [true, false] {
      try world.advance(by: 1000)
      let told = try world.discrepancies(of: try run(world, two, bank: rest).id)
        .filter { $0.facts.theirs?.transaction == "PO1" }
      #expect(told.map(\.facts.kind) == (isFirst ? [.duplicateRow] : []), "\(told)")
      #expect(told.allSatisfy { $0.resolution == .leftOut })
      #expect(told.allSatisfy { $0.facts.bank?.statement == one.id })
      #expect(try world.ledger().balance(.bank(account: "account"), yuan).minor == 5800)
    }
    #expect(try run(world, one, bank: account).opened == 0)
    #expect(try world.ledger().balance(.bank(account: "account"), yuan).minor == 5800)
  }

  /// Bills of trades and of the balance of two days, and both for the two days together.
  private struct Overlap {
    let first: StatementRecord
    let all: StatementRecord
  }

  /// - Parameter payouts: of the first day and of the second.
  private func overlap(
    _ world: World, _ payouts: [(minor: Int64, number: String)]
  ) throws -> Overlap {
    let one = trade(try world.paidOrder(5800).1, fee: 35)
    try world.advance(by: Self.day)
    let two = trade(try world.paidOrder(300).1, fee: 2)
    func own(_ row: BillRow, _ place: Int) -> [FundRow] {
      var rows = moved(row)
      if place < payouts.count {
        rows.append(payout(payouts[place].minor, payouts[place].number, at: row.at))
      }
      for index in rows.indices { rows[index].movement = "7\(place)\(index)" }
      return rows
    }
    let first = try world.imported([one])
    _ = try take(world, FundRow.bill(own(one, 0)))
    let all = try world.imported([one, two])
    _ = try take(world, FundRow.bill(own(one, 0) + own(two, 1)))
    return Overlap(first: first, all: all)
  }

  @Test("a payout that stands in two bills of the balance leaves the gateway once")
  func payoutInTwoFunds() throws {
    let world = try world()
    let bills = try overlap(world, [(5000, "2088777001"), (300, "2088777002")])
    let account = try bank(
      world, [(5000, world.now, "支付宝 2088777001"), (300, world.now, "支付宝 2088777002")])
    func held() throws -> Int64 {
      try world.ledger().balance(.bank(account: "account"), yuan).minor
    }
    #expect(try run(world, bills.first, bank: account).bookings.arrivals.count == 1)
    #expect(try held() == 5000)
    for isFirst in [true, false] {
      try world.advance(by: 1000)
      let done = try run(world, bills.all, bank: account)
      let told = try world.discrepancies(of: done.id)
        .filter { $0.facts.theirs?.statement == done.fund }
      #expect(Set(told.map(\.facts.kind)) == (isFirst ? [.duplicateRow] : []), "\(told)")
      #expect(told.count == (isFirst ? 3 : 0))
      #expect(told.allSatisfy { $0.resolution == .leftOut && $0.facts.level == .machine })
      #expect(done.bookings.arrivals.map(\.amount.minor) == [300])
      #expect(try held() == 5300)
    }
    #expect(try run(world, bills.first, bank: account).opened == 0)
    #expect(try held() == 5300)
    // Nobody misses it either, once it must have come.
    try world.advance(by: 5 * Self.day)
    let rest = try bank(world, [(100, world.now, "Miete")], "B")
    let last = try run(world, bills.all, bank: rest)
    #expect(last.opened == 0 && last.proofs.allSatisfy { $0.remainder == 0 })
  }

  @Test("what two bills of the balance have of one trade is a difference of neither")
  func tradesInTwoFunds() throws {
    let world = try world()
    let bills = try overlap(world, [])
    #expect(try run(world, bills.first).opened == 0)
    let done = try run(world, bills.all)
    let told = try world.discrepancies(of: done.id)
    #expect(Set(told.map(\.facts.kind)) == [.duplicateRow], "\(told.map(\.facts.kind))")
    #expect(told.allSatisfy { $0.resolution == .leftOut })
    #expect(done.fundBuckets.reduce(0) { $0 + $1.rows } == 4)
    #expect(done.fundBuckets.contains { $0.bucket == "duplicate" && $0.rows == 2 })
    #expect(done.fundBuckets.contains { $0.bucket == "matched" && $0.rows == 2 })
  }

  @Test("a payout that waits in one bill of the balance is found by a run over the other")
  func waitsInOther() throws {
    let world = try world()
    let bills = try overlap(world, [(5000, "2088777001")])
    let quiet = try bank(world, [(100, world.now, "Miete")], "Q")
    #expect(try run(world, bills.first, bank: quiet).opened == 0)
    let account = try bank(world, [(5000, world.now, "支付宝 2088777001")])
    let done = try run(world, bills.all, bank: account)
    let told = try world.discrepancies(of: done.id)
    #expect(Set(told.map(\.facts.kind)) == [.duplicateRow], "\(told.map(\.facts.kind))")
    let first = try world.reader().run(try #require(try world.reader().firstRun(over: bills.first)))
    #expect(done.bookings.arrivals.map(\.statement) == [try #require(first?.fund)])
    #expect(try world.ledger().balance(.bank(account: "account"), yuan).minor == 5000)
    #expect(try run(world, bills.first, bank: account).opened == 0)
    #expect(try world.ledger().balance(.bank(account: "account"), yuan).minor == 5000)
  }

  /// A payout of 58.00 that a bill tells of, and that the bank's file of five days later lacks.
  private func missedPayout(
    _ world: World
  ) throws -> (bill: StatementRecord, missing: DiscrepancyRecord) {
    let row = trade(try world.paidOrder(5800).1)
    let bill = try world.imported([row])
    _ = try take(world, FundRow.bill(moved(row) + [payout(5800, "2088777001", at: row.at)]))
    let quiet = try bank(world, [(100, row.at, "Miete")], "Q")
    try world.advance(by: 5 * Self.day)
    let missing = try world.discrepancies(of: try run(world, bill, bank: quiet).id)
    #expect(missing.map(\.facts.kind) == [.payoutNotArrived])
    return (bill, try #require(missing.first))
  }

  @Test("a payout that came while it was given up is missed no more when that is taken back")
  func takenBack() throws {
    let world = try world()
    let (bill, missing) = try missedPayout(world)
    let wish = AdjudicationWish(
      discrepancy: missing.id, verb: .writeOff, reason: "gone", until: nil, partner: nil)
    _ = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    #expect(try world.reader().discrepancy(missing.id)?.resolution == .adjudicated)
    let rest = try bank(world, [(5800, world.now, "支付宝 2088777001")], "B")
    _ = try run(world, bill, bank: rest)
    // What people decided is theirs until they take it back.
    #expect(try world.reader().discrepancy(missing.id)?.resolution == .adjudicated)
    _ = try world.ask(
      "discrepancy.undo", .discrepancyUndo(missing.id, reason: "it came"), by: World.finance)
    #expect(try world.reader().discrepancy(missing.id)?.state == .open)
    _ = try run(world, bill)
    #expect(try world.reader().discrepancy(missing.id)?.resolution == .agrees)
  }

  @Test(
    "what a bank's file said otherwise of a payout ends when the file is issued again",
    arguments: [false, true])
  func issuedAgain(isDecided: Bool) throws {
    let world = try world()
    let row = trade(try world.paidOrder(5800).1)
    let bill = try world.imported([row])
    _ = try take(world, FundRow.bill(moved(row) + [payout(5800, "2088777001", at: row.at)]))
    _ = try run(world, bill, bank: try bank(world, [(100, row.at, "Miete")], "Q"))
    try world.advance(by: Self.day)
    let next = trade(try world.paidOrder(300).1)
    let second = try world.imported([next])
    _ = try take(world, FundRow.bill(moved(next)))
    let wrong = try bank(world, [(5799, world.now, "支付宝 2088777001")])
    let other = try world.discrepancies(of: try run(world, second, bank: wrong).id)
    #expect(other.map(\.facts.kind) == [.payoutSum])
    // People had given that difference up, and take it back later.
    let id = other[0].id
    let wish = AdjudicationWish(
      discrepancy: id, verb: .writeOff, reason: "a fee", until: nil, partner: nil)
    if isDecided {
      _ = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    }
    let right = try bank(world, [(5800, world.now, "支付宝 2088777001")])
    let last = try run(world, second, bank: right)
    if isDecided {
      let undo = Command.discrepancyUndo(id, reason: "it came whole")
      _ = try world.ask("discrepancy.undo", undo, by: World.finance)
      _ = try run(world, second)
    }
    #expect(last.bankBuckets.map(\.bucket) == ["matched"])
    #expect(try world.discrepancies(of: last.id).map(\.facts.kind) == [])
    #expect(try world.reader().discrepancy(id)?.resolution == .agrees)
  }

  @Test("payouts count business days: one of Saturday is due on Wednesday")
  func businessDays() throws {
    let world = try world()
    let row = trade(try world.paidOrder(5800).1)
    let bill = try world.imported([row])
    _ = try take(world, FundRow.bill(moved(row) + [payout(5800, "2088777001", at: row.at)]))
    let quiet = try bank(world, [(100, row.at, "Miete")], "Q")
    // Thursday; nobody has given a newer file.
    try world.advance(by: 5 * Self.day)
    let weekdays = GatewayTerms(calendar: .weekdays)
    #expect(try run(world, bill, bank: quiet, terms: weekdays).opened == 0)
    try world.advance(by: 2 * Self.day)
    let missed = try run(world, bill, bank: quiet, terms: weekdays)
    #expect(try world.discrepancies(of: missed.id).map(\.facts.kind) == [.payoutNotArrived])
  }

  @Test("money at the bank is nobody's only once payouts of the days before must have come")
  func unknownBusinessDays() throws {
    for (calendar, opened) in [(BusinessCalendar(), Int64(1)), (.weekdays, 0)] {
      let terms = GatewayTerms(calendar: calendar)
      let world = try world()
      let bill = try world.imported([trade(try world.paidOrder(5800).1)])
      let quiet = try bank(world, [(100, world.now, "Miete")], "Q")
      _ = try run(world, bill, bank: quiet, terms: terms)
      // Tuesday: what was paid out on Friday may come until tomorrow.
      try world.advance(by: 3 * Self.day)
      let next = try world.imported([trade(try world.paidOrder(300).1)])
      let file = try bank(world, [(7000, world.now, "支付宝 2088777002")], "B")
      #expect(try run(world, next, bank: file, terms: terms).opened == opened)
    }
  }

  @Test("what may be a payout that was told of as missing is told of by itself, once")
  func newsOfMissing() throws {
    let world = try world()
    let (_, missing) = try missedPayout(world)
    let next = trade(try world.paidOrder(300).1)
    let second = try world.imported([next])
    _ = try take(world, FundRow.bill(moved(next)))
    let rest = try bank(world, [(5800, world.now, "支付宝"), (5800, world.now, "支付宝")], "B")
    let told = try world.discrepancies(of: try run(world, second, bank: rest).id)
    #expect(told.map(\.facts.kind) == [.bankRowWithoutPayout, .bankRowWithoutPayout])
    #expect(try run(world, second, bank: rest).opened == 0)
    #expect(try world.reader().discrepancy(missing.id)?.state == .open)
  }

  @Test(
    "a row of the bank that nobody knew is a payout once a later bill tells of it",
    arguments: [nil, AdjudicationVerb.moveToSuspense])
  func toldLate(verb: AdjudicationVerb?) throws {
    let world = try world()
    _ = try missedPayout(world)
    let next = trade(try world.paidOrder(300).1)
    let second = try world.imported([next])
    _ = try take(world, FundRow.bill(moved(next)))
    let file = try bank(world, [(7000, world.now, "支付宝 2088777002")], "B")
    let strange = try world.discrepancies(of: try run(world, second, bank: file).id)
    #expect(strange.map(\.facts.kind) == [.bankRowWithoutPayout])
    let id = strange[0].id
    func held(_ account: LedgerAccount) throws -> Int64 {
      try world.ledger().balance(account, yuan).minor
    }
    if let verb {
      let wish = AdjudicationWish(
        discrepancy: id, verb: verb, reason: "whose?", until: nil, partner: nil)
      _ = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
      #expect(try held(.bank(account: file.gateway)) == 7000 && held(.suspense) == -7000)
    }
    try world.advance(by: Self.day)
    let last = trade(try world.paidOrder(400).1)
    let third = try world.imported([last])
    _ = try take(world, FundRow.bill(moved(last) + [payout(7000, "2088777002", at: last.at)]))
    let found = try run(world, third, bank: file).bookings.arrivals
    #expect(found.map { $0.credits.map(\.statement) } == [[file.id]])
    #expect(try held(.bank(account: file.gateway)) == 7000 && held(.suspense) == 0)
    let ended: DiscrepancyResolution = verb == nil ? .agrees : .adjudicated
    #expect(try world.reader().discrepancy(id)?.resolution == ended)
  }

  @Test("payouts of two bills that came in one row stay found, whichever bill is compared again")
  func together() throws {
    let world = try world()
    let row = trade(try world.paidOrder(5800).1)
    let bill = try world.imported([row])
    _ = try take(world, FundRow.bill(moved(row) + [payout(5800, "2088777001", at: row.at)]))
    let quiet = try bank(world, [(100, row.at, "Miete")], "Q")
    _ = try run(world, bill, bank: quiet)
    try world.advance(by: Self.day)
    let next = trade(try world.paidOrder(300).1)
    let second = try world.imported([next])
    _ = try take(world, FundRow.bill(moved(next) + [payout(300, "2088777002", at: next.at)]))
    let file = try bank(world, [(6100, world.now, "支付宝 2088777001 2088777002")], "B")
    let first = try run(world, second, bank: file)
    let came = first.bookings.arrivals.map(\.amount.minor)
    #expect(first.opened == 0 && came == [300, 5800])
    let account = LedgerAccount.bank(account: file.gateway)
    for again in [second, bill, second] {
      #expect(try run(world, again, bank: file).opened == 0)
      #expect(try world.ledger().balance(account, yuan).minor == 6100)
    }
    #expect(try world.reader().arrivals(at: file.id).count == 2)
    // One of the bills is issued again: both are looked for together.
    let anew = [payout(300, "2088777002", at: next.at)] + moved(next)
    _ = try take(world, FundRow.bill(anew))
    #expect(try run(world, second, bank: file).opened == 0)
    #expect(try world.ledger().balance(account, yuan).minor == 6100)
  }

  private func activity(
    _ world: World, _ payment: Payment, _ rows: [(word: String, id: String, minor: Int64)]
  ) throws -> StatementRecord {
    try world.activity(payment, rows)
  }

  @Test("a payout that had come and was turned away afterwards has left the bank")
  func turnedAwayLate() throws {
    let world = try world()
    let first = try activity(world, try world.paidOrder(5800).1, [("payout", "po_111111", -5800)])
    _ = try run(world, first, bank: try bank(world, [(100, world.now, "Miete")], "Q"))
    try world.advance(by: Self.day)
    let second = try activity(world, try world.paidOrder(300).1, [])
    let file = try bank(world, [(5800, world.now, "STRIPE po_111111")], "B")
    let account = LedgerAccount.bank(account: file.gateway)
    func held() throws -> [Int64] {
      let ledger = try world.ledger()
      return [
        ledger.balance(.receivable(gateway: "bank"), yuan).minor, ledger.balance(account, yuan).minor,
      ]
    }
    #expect(try run(world, second, bank: file).bookings.arrivals.count == 1)
    #expect(try held() == [300, 5800])
    try world.advance(by: 3 * Self.day)
    let payment = try world.paidOrder(400).1
    let third = try activity(world, payment, [("payout_reversal", "po_111111", 5800)])
    for again in [third, third] {
      let run = try run(world, again)
      #expect(run.opened == 0 && run.statementBuckets.map(\.bucket) == ["matched"])
      #expect(try held() == [6500, 0])
    }
    // What was known of the bank stays known, in whichever order the days are compared again.
    for again in [first, second] {
      #expect(try run(world, again, bank: file).opened == 0)
      #expect(try held() == [6500, 0])
    }
    #expect(try world.reader().arrivals(at: file.id).count == 1)
    let newer = try bank(
      world, [(5800, world.now.adding(milliseconds: -3 * Self.day), "STRIPE PAYOUT po_111111")], "B")
    #expect(try world.reader().statement(file.id)?.supersededBy == newer.id)
    #expect(try held() == [6500, 0])
    #expect(try run(world, second, bank: newer).opened == 0)
    #expect(try held() == [6500, 0])
    #expect(try world.reader().arrivals(at: newer.id).count == 1)
    // The bill that gave it back is issued again without that row.
    let rest = try activity(world, payment, [("payout", "po_222222", -400)])
    #expect(try world.reader().statement(third.id)?.supersededBy == rest.id)
    #expect(try held() == [700, 5800])
    _ = try run(world, rest)
    #expect(try held() == [700, 5800])
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("of two runs made beside each other only one may have a row of the bank")
  func rivals() throws {
    let world = try world()
    let row = trade(try world.paidOrder(5800).1)
    let bill = try world.imported([row])
    _ = try take(world, FundRow.bill(moved(row) + [payout(5800, "2088777001", at: row.at)]))
    let other = try world.imported(
      [BillRow(transaction: "X1", number: "N1", minor: 9, at: row.at)], gateway: "other")
    _ = try take(
      world,
      FundRow.bill([payout(5800, "2088777009", at: row.at)]), gateway: "other")
    let account = try bank(world, [(5800, world.now, "支付宝")])
    let drafts = try [bill, other].map {
      try Comparison.draft(of: $0.id, with: account.id, from: world.reader(), at: world.now)
    }
    let results = try drafts.map { try world.ask("recon.run", .reconcile($0), by: World.finance) }
    #expect(refusal(results[0]) == nil)
    #expect(refusal(results[1]) == .versionMismatch)
  }
}
