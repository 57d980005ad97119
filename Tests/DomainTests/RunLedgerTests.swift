import Domain
import Testing

@Suite("What runs book")
struct RunLedgerTests {
  private let bill = StatementID(high: 1, low: 1)
  private let newer = StatementID(high: 1, low: 2)
  private let later = StatementID(high: 1, low: 3)

  private func apply(_ bodies: [EventBody]) throws -> Ledger {
    var projection = LedgerProjection()
    for (place, body) in bodies.enumerated() {
      try projection.apply(
        Event(
          id: EventID(high: 2, low: UInt64(place)), at: start, actor: .system, trace: nil,
          order: nil, version: 0, body: body))
    }
    #expect(projection.ledger.isBalanced)
    return projection.ledger
  }

  private func run(
    _ statement: StatementID, fees: [Int64] = [], coupons: [Int64] = [],
    arrivals: [PayoutArrival] = []
  ) -> EventBody {
    .run(
      RunID(high: 3, low: 1),
      .finished(
        statement: statement, gateway: "bank", rows: 1, filledBack: 0, opened: 0, digest: "",
        bookings: RunBookings(
          fees: fees.map { Money($0, yuan) }, coupons: coupons.map { Money($0, yuan) },
          arrivals: arrivals)))
  }

  private func imported(
    _ id: StatementID, over older: StatementID?, of name: String = "bank",
    _ content: StatementContent = .trade
  ) -> EventBody {
    .statement(
      id,
      .imported(
        gateway: name, content: content, digest: "", rows: 9, from: start, to: start,
        isVerified: true, supersedes: older))
  }

  /// The bank's file.
  private func credited(_ id: StatementID, over older: StatementID? = nil) -> EventBody {
    imported(id, over: older, of: "icbc", .bank)
  }

  private func arrival(_ minor: Int64, at credit: StatementPlace? = nil) -> PayoutArrival {
    PayoutArrival(
      statement: bill, line: 7, account: "icbc", amount: Money(minor, yuan),
      credits: credit.map { [$0] } ?? [])
  }

  private func held(_ ledger: Ledger) -> [Int64] {
    [
      LedgerAccount.receivable(gateway: "bank"), .feeExpense(gateway: "bank"),
      .bank(account: "icbc"),
    ].map { ledger.balance($0, yuan).minor }
  }

  @Test("fees of a bill are a cost once, however often it is compared")
  func fees() throws {
    #expect(held(try apply([run(bill, fees: [35])])) == [-35, 35, 0])
    #expect(held(try apply([run(bill, fees: [35]), run(bill, fees: [35])])) == [-35, 35, 0])
    #expect(held(try apply([run(bill, fees: [35]), run(bill, fees: [30])])) == [-30, 30, 0])
    #expect(held(try apply([run(bill, fees: [35]), run(later, fees: [5])])) == [-40, 40, 0])
    #expect(held(try apply([run(bill, fees: [35]), run(bill)])) == [0, 0, 0])
  }

  @Test("what coupons of a bill took is a cost once, and is given back with the bill")
  func coupons() throws {
    func cost(_ bodies: [EventBody]) throws -> [Int64] {
      let ledger = try apply(bodies)
      return [
        ledger.balance(.receivable(gateway: "bank"), yuan).minor,
        ledger.balance(.couponExpense(gateway: "bank"), yuan).minor,
      ]
    }
    let both = run(bill, fees: [35], coupons: [2000])
    #expect(try cost([both]) == [-2035, 2000])
    #expect(try cost([both, both]) == [-2035, 2000])
    #expect(try cost([both, run(bill, coupons: [1500])]) == [-1500, 1500])
    #expect(try cost([both, run(later, coupons: [-500])]) == [-1535, 1500])
    #expect(try cost([both, imported(newer, over: bill)]) == [0, 0])
    let entries = try apply([both]).entries
    #expect(entries.map(\.cause) == [.fee, .coupon])
  }

  @Test("a payout moves to the bank once, whichever run found it")
  func payouts() throws {
    let found = [arrival(500)]
    #expect(held(try apply([run(later, arrivals: found)])) == [-500, 0, 500])
    let twice = [run(later, arrivals: found), run(bill, arrivals: found)]
    #expect(held(try apply(twice)) == [-500, 0, 500])
    let changed = [run(later, arrivals: found), run(bill, arrivals: [arrival(490)])]
    #expect(held(try apply(changed)) == [-490, 0, 490])
    #expect(held(try apply(twice + [run(bill)])) == [-500, 0, 500])
  }

  @Test("a bill issued again takes back what the old one booked")
  func reissued() throws {
    let old = run(bill, fees: [35], arrivals: [arrival(500)])
    #expect(held(try apply([old, imported(newer, over: bill)])) == [0, 0, 0])
    let ledger = try apply([old, imported(newer, over: bill), run(newer, fees: [30])])
    #expect(held(ledger) == [-30, 30, 0])
    #expect(ledger.entries.filter { $0.corrects != nil }.count == 2)
  }

  /// The payout at line 7 of the bill is told of as missing, and given up.
  private func givenUp(_ verb: AdjudicationVerb) -> [EventBody] {
    decided(verb, .payoutNotArrived, actual: 0, DiscrepancyID(high: 4, low: 1))
  }

  private func decided(
    _ verb: AdjudicationVerb, _ kind: DiscrepancyKind, actual: Int64, _ id: DiscrepancyID
  ) -> [EventBody] {
    let credit = StatementRowReference(
      statement: later, line: Int64(id.low), transaction: nil, reference: nil, at: start)
    let row = StatementRowReference(
      statement: bill, line: 7, transaction: "po_1", reference: nil, at: start)
    let facts = DiscrepancyFacts(
      run: RunID(high: 3, low: 1), statement: later, gateway: "bank", kind: kind,
      level: .onePerson, expected: 500, actual: actual, currency: yuan, theirs: row,
      bank: kind == .payoutSum ? credit : nil, ours: nil, order: nil, suggestions: [],
      dueAt: start, mark: "m")
    let wish = Adjudication(verb: verb, reason: "gone", by: "operator:li")
    return [
      .discrepancy(id, .opened(facts)), .discrepancy(id, .adjudicated(wish, confirmedBy: nil)),
    ]
  }

  @Test(
    "a payout that people gave up and that comes after all is booked once, as what came",
    arguments: [AdjudicationVerb.acceptGateway, .writeOff, .moveToSuspense, .claimFromGateway])
  func lost(verb: AdjudicationVerb) throws {
    func lost(_ ledger: Ledger) -> [Int64] {
      [LedgerAccount.shortage, .writeOff].map { ledger.balance($0, yuan).minor }
    }
    let gone = try apply(givenUp(verb))
    #expect(held(gone) == [-500, 0, 0] && lost(gone).reduce(0, +) == 500)
    let came = givenUp(verb) + [run(later, arrivals: [arrival(490)])]
    #expect(held(try apply(came)) == [-490, 0, 490])
    #expect(lost(try apply(came)) == [0, 0])
    // The bank's row is told of no more, and the decision stands as it was.
    let again = try apply(came + [imported(newer, over: bill)])
    #expect(held(again) == [-500, 0, 0] && lost(again).reduce(0, +) == 500)
    let before = [run(later, arrivals: [arrival(500)])] + givenUp(verb)
    #expect(held(try apply(before)) == [-500, 0, 500])
  }

  @Test("of what two files of the bank said of a payout only the newest word is booked")
  func otherwise() throws {
    func sum(_ actual: Int64, _ number: UInt64) -> [EventBody] {
      decided(.acceptGateway, .payoutSum, actual: actual, DiscrepancyID(high: 4, low: number))
    }
    let first = [run(later, arrivals: [arrival(480)])] + sum(480, 1)
    #expect(held(try apply(first)) == [-500, 0, 480])
    // The file was issued again, with another amount, the whole one, and the same as before.
    let second = first + [run(later, arrivals: [arrival(490)])]
    #expect(held(try apply(second)) == [-490, 0, 490])
    #expect(held(try apply(second + sum(490, 2))) == [-500, 0, 490])
    #expect(held(try apply(first + [run(later, arrivals: [arrival(500)])])) == [-500, 0, 500])
    #expect(held(try apply(first + sum(480, 2))) == [-500, 0, 480])
  }

  private let file = StatementID(high: 5, low: 1)
  private let nextFile = StatementID(high: 5, low: 2)
  private let strange = DiscrepancyID(high: 4, low: 9)

  /// A row of the bank that no payout explains: 500 at line 3 of the file.
  private func unexplained() -> EventBody {
    let row = StatementRowReference(
      statement: file, line: 3, transaction: nil, reference: nil, at: start)
    return .discrepancy(
      strange,
      .opened(
        DiscrepancyFacts(
          run: RunID(high: 3, low: 1), statement: later, gateway: "bank",
          kind: .bankRowWithoutPayout, level: .onePerson, expected: 0, actual: 500, currency: yuan,
          theirs: nil, bank: row, ours: nil, order: nil, suggestions: [], dueAt: start, mark: "b")))
  }

  private func decide(
    _ id: DiscrepancyID, _ verb: AdjudicationVerb, with partner: DiscrepancyID? = nil
  ) -> EventBody {
    let wish = Adjudication(verb: verb, reason: "seen", by: "operator:li", partner: partner)
    return .discrepancy(id, .adjudicated(wish, confirmedBy: nil))
  }

  @Test(
    "what came at the bank without a payout is the bank's, and once it is a payout, that alone",
    arguments: [AdjudicationVerb.acceptGateway, .writeOff, .moveToSuspense])
  func unexplainedCredit(verb: AdjudicationVerb) throws {
    func apart(_ ledger: Ledger) -> Int64 {
      [LedgerAccount.suspense, .writeOff].reduce(0) { $0 + ledger.balance($1, yuan).minor }
    }
    let row = StatementPlace(statement: file, line: 3)
    let taken = [credited(file), unexplained(), decide(strange, verb)]
    #expect(held(try apply(taken)) == [0, 0, 500])
    #expect(apart(try apply(taken)) == -500)
    let known = taken + [run(later, arrivals: [arrival(500, at: row)])]
    #expect(held(try apply(known)) == [-500, 0, 500])
    #expect(apart(try apply(known)) == 0)
    // Another row of the bank, and then the list without the payout.
    let other = StatementPlace(statement: file, line: 4)
    let moved = try apply(known + [run(later, arrivals: [arrival(500, at: other)])])
    #expect(held(moved) == [-500, 0, 1000] && apart(moved) == -500)
    let gone = try apply(known + [imported(newer, over: bill)])
    #expect(held(gone) == [0, 0, 500] && apart(gone) == -500)
    let undone = taken + [.discrepancy(strange, .reopened(reason: "no"))]
    #expect(held(try apply(undone)) == [0, 0, 0])
    let early = [run(later, arrivals: [arrival(500, at: row)])] + taken
    #expect(held(try apply(early)) == [-500, 0, 500])
  }

  @Test("a payout merged with a row of the bank has come by it, and by no other after all")
  func mergedCredit() throws {
    let lost = DiscrepancyID(high: 4, low: 1)
    let told = [credited(file), unexplained(), givenUp(.acceptLocal)[0]]
    let halves = [
      decide(lost, .mergeMatch, with: strange), decide(strange, .mergeMatch, with: lost),
    ]
    for merge in [halves, halves.reversed()] {
      let merged = told + merge
      #expect(held(try apply(merged)) == [-500, 0, 500])
      for line in [Int64(3), 8] {
        let came = arrival(500, at: StatementPlace(statement: file, line: line))
        #expect(held(try apply(merged + [run(later, arrivals: [came])])) == [-500, 0, 500])
      }
      let undone = merged + [lost, strange].map { .discrepancy($0, .reopened(reason: "no")) }
      #expect(held(try apply(undone)) == [0, 0, 0])
    }
  }

  @Test("payouts that share the bank's rows are booked each, and go with any of the files")
  func groups() throws {
    let rows = [StatementPlace(statement: file, line: 3), StatementPlace(statement: file, line: 4)]
    let pair = [Int64(7), 8].map {
      PayoutArrival(
        statement: bill, line: $0, account: "icbc", amount: Money(300, yuan), credits: rows)
    }
    let found = [credited(file), unexplained(), decide(strange, .acceptGateway)]
      + [run(later, arrivals: pair)]
    #expect(held(try apply(found)) == [-600, 0, 600])
    #expect(held(try apply(found + [credited(nextFile, over: file)])) == [0, 0, 500])
    let single = PayoutArrival(
      statement: bill, line: 7, account: "icbc", amount: Money(300, yuan), credits: [rows[1]])
    #expect(held(try apply(found + [run(later, arrivals: [single])])) == [-600, 0, 600])
    #expect(held(try apply(found + [imported(newer, over: bill)])) == [0, 0, 500])
  }

  @Test("a rest that came by itself is merged with the payout that came short")
  func mergedRest() throws {
    let short = DiscrepancyID(high: 4, low: 1)
    let first = arrival(0, at: StatementPlace(statement: file, line: 2))
    let told =
      [credited(file), run(later, arrivals: [first])]
      + [decided(.acceptLocal, .payoutSum, actual: 0, short)[0], unexplained()]
      + [decide(short, .mergeMatch, with: strange), decide(strange, .mergeMatch, with: short)]
    #expect(held(try apply(told)) == [-500, 0, 500])
    let whole = arrival(500, at: StatementPlace(statement: nextFile, line: 1))
    let again = told + [credited(nextFile, over: file), run(later, arrivals: [whole])]
    #expect(held(try apply(again)) == [-500, 0, 500])
  }

  @Test("a bank's file issued again takes back what was found in the old one")
  func reissuedFile() throws {
    let found = arrival(500, at: StatementPlace(statement: file, line: 3))
    let old = givenUp(.writeOff) + [credited(file), run(later, arrivals: [found])]
    #expect(held(try apply(old)) == [-500, 0, 500])
    let waiting = old + [credited(nextFile, over: file)]
    let ledger = try apply(waiting)
    #expect(held(ledger) == [-500, 0, 0] && ledger.balance(.writeOff, yuan).minor == 500)
    let again = arrival(500, at: StatementPlace(statement: nextFile, line: 1))
    #expect(held(try apply(waiting + [run(later, arrivals: [again])])) == [-500, 0, 500])
    #expect(held(try apply(waiting + [run(later)])) == [-500, 0, 0])
    // What was told before rows were named stays.
    let unnamed = [credited(file), run(later, arrivals: [arrival(500)])]
    #expect(held(try apply(unnamed + [credited(nextFile, over: file)])) == [-500, 0, 500])
  }

  @Test("a payout that came back is not lost, whatever people said of it, until its row is gone")
  func cameBack() throws {
    let place = StatementPlace(statement: bill, line: 7)
    func returned(_ statement: StatementID) -> EventBody {
      .run(
        RunID(high: 3, low: 2),
        .finished(
          statement: statement, gateway: "bank", rows: 1, filledBack: 0, opened: 0, digest: "",
          bookings: RunBookings(returns: [
            PayoutReturn(payout: place, row: StatementPlace(statement: statement, line: 2))
          ])))
    }
    let lost = givenUp(.writeOff)
    #expect(held(try apply(lost)) == [-500, 0, 0])
    #expect(held(try apply(lost + [returned(later)])) == [0, 0, 0])
    #expect(held(try apply([returned(later)] + lost)) == [0, 0, 0])
    #expect(held(try apply(lost + [returned(later), returned(later)])) == [0, 0, 0])
    for old in [later, bill] {
      let again = lost + [returned(later), imported(newer, over: old)]
      #expect(held(try apply(again)) == [-500, 0, 0])
    }
    // It had come before, or is found at the bank only then.
    let row = StatementPlace(statement: file, line: 3)
    let came = [credited(file), run(later, arrivals: [arrival(500, at: row)])]
    for order in [came + [returned(later)], [returned(later)] + came] {
      #expect(held(try apply(order)) == [0, 0, 0])
      #expect(held(try apply(order + [returned(later)] + came)) == [0, 0, 0])
      #expect(held(try apply(order + [credited(nextFile, over: file)])) == [0, 0, 0])
      #expect(held(try apply(order + [imported(newer, over: later)])) == [-500, 0, 500])
      #expect(held(try apply(order + [imported(newer, over: bill)])) == [0, 0, 0])
    }
    let short = came + decided(.writeOff, .payoutSum, actual: 400, DiscrepancyID(high: 4, low: 7))
    #expect(held(try apply(short + [returned(later)])) == [0, 0, 0])
  }

  private func conversion(_ charged: Int64, _ credited: Int64, fee: Int64) throws -> EventBody {
    let dollars = try #require(Currency(code: "USD"))
    let conversion = CurrencyConversion(
      rows: 1, charged: Money(charged, yuan), credited: Money(credited, dollars), fee: fee,
      rate: 0, margin: 0, rounding: 0, unexplained: 0)
    return .run(
      RunID(high: 3, low: 1),
      .finished(
        statement: bill, gateway: "bank", rows: 1, filledBack: 0, opened: 0, digest: "",
        bookings: RunBookings(conversions: [conversion])))
  }

  @Test("a conversion moves money between currencies, each of which adds up by itself")
  func conversions() throws {
    let dollars = try #require(Currency(code: "USD"))
    let receivable = LedgerAccount.receivable(gateway: "bank")
    func held(_ ledger: Ledger) -> [Int64] {
      [
        ledger.balance(receivable, yuan).minor, ledger.balance(.exchange, yuan).minor,
        ledger.balance(receivable, dollars).minor, ledger.balance(.exchange, dollars).minor,
        ledger.balance(.feeExpense(gateway: "bank"), dollars).minor,
      ]
    }
    let once = try conversion(7000, 1000, fee: 30)
    #expect(held(try apply([once])) == [-7000, 7000, 970, -1000, 30])
    #expect(held(try apply([once, once])) == [-7000, 7000, 970, -1000, 30])
    let other = try conversion(7000, 990, fee: 30)
    #expect(held(try apply([once, other])) == [-7000, 7000, 960, -990, 30])
    #expect(held(try apply([once, imported(newer, over: bill)])) == [0, 0, 0, 0, 0])
    let back = try conversion(-7000, -1000, fee: 0)
    #expect(held(try apply([back])) == [7000, -7000, -1000, 1000, 0])
    #expect(throws: LedgerError.self) { try apply([conversion(.min, 1, fee: 0)]) }
  }

  @Test("conversions of one pair add up, and a sum that does not fit is none")
  func sums() throws {
    let dollars = try #require(Currency(code: "USD"))
    let one = CurrencyConversion(
      rows: 1, charged: Money(7000, yuan), credited: Money(1000, dollars), fee: 30, rate: 1,
      margin: -2, rounding: 1, unexplained: -4)
    let sum = try #require(one.adding(one))
    #expect([sum.rows, sum.charged.minor, sum.credited.minor, sum.fee] == [2, 14_000, 2000, 60])
    #expect([sum.rate, sum.margin, sum.rounding, sum.unexplained] == [2, -4, 2, -8])
    let huge = CurrencyConversion(
      rows: 1, charged: Money(.max, yuan), credited: Money(1, dollars), fee: 0, rate: 0,
      margin: 0, rounding: 0, unexplained: 0)
    #expect(one.adding(huge) == nil)
  }
}
