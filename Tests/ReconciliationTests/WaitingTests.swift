import Domain
import Testing

@testable import Reconciliation

@Suite("what waits and what belongs to a payout")
struct WaitingTests {
  /// 2026-11-20 00:00 in Beijing, a Friday.
  private let friday = Timestamp(milliseconds: 1_795_104_000_000)
  private let day: Int64 = 86_400_000

  private func rules(asOfDays: Int64) -> MatchRules {
    MatchRules(
      from: friday, to: friday.adding(milliseconds: day),
      asOf: friday.adding(milliseconds: asOfDays * day))
  }

  @Test("business days pass over weekends and holidays, and count worked weekends")
  func calendar() {
    var calendar = BusinessCalendar()
    #expect(calendar.adding(businessDays: 1, to: friday) == friday.adding(milliseconds: day))
    calendar.hasWeekends = true
    #expect(calendar.adding(businessDays: 1, to: friday) == friday.adding(milliseconds: 3 * day))
    let monday = calendar.day(of: friday) + 3
    calendar.holidays = [monday]
    #expect(calendar.adding(businessDays: 1, to: friday) == friday.adding(milliseconds: 4 * day))
    calendar.workedDays = [monday - 2]
    #expect(calendar.adding(businessDays: 1, to: friday) == friday.adding(milliseconds: day))
  }

  private func bucket(at hours: Int64, carried: Bool, _ rules: MatchRules) -> (Bucket, [String]) {
    var local = EntryTable()
    local.add(
      Entry(
        kind: .charge, at: friday.adding(milliseconds: hours * 3_600_000), gross: 5,
        currency: currency("CNY"), flags: carried ? .carried : [], reference: local.keep("A1")))
    let result = Matcher(MatchInput(statement: EntryTable(), local: local), rules).run()
    return (result.localBuckets[0], result.discrepancies.map(\.kind.number))
  }

  @Test("a row near midnight waits, one at noon does not, one that waited too long is named")
  func pool() {
    #expect(bucket(at: 23, carried: false, rules(asOfDays: 1)) == (.pooled, []))
    #expect(bucket(at: 12, carried: false, rules(asOfDays: 1)) == (.oneSided, ["B1"]))
    #expect(bucket(at: -20, carried: true, rules(asOfDays: 1)) == (.pooled, []))
    #expect(bucket(at: -20, carried: true, rules(asOfDays: 4)) == (.oneSided, ["B19"]))
    var late = rules(asOfDays: 1)
    late.delayDays = 1
    #expect(bucket(at: 12, carried: false, late) == (.pooled, []))
  }

  @Test("a row that names nothing of ours and stands there twice is one, and a copy")
  func copiedWithoutReference() {
    let rules = rules(asOfDays: 1)
    func row(_ table: inout EntryTable, hours: Int64, _ gross: Int64, _ reference: String) {
      table.add(
        Entry(
          kind: .charge, at: friday.adding(milliseconds: hours * 3_600_000), gross: gross,
          currency: currency("CNY"), transaction: table.keep("int_1"),
          reference: table.keep(reference)))
    }
    func kinds(_ rows: [(hours: Int64, gross: Int64)]) -> ([DiscrepancyKind], [Bucket]) {
      var (statement, local) = (EntryTable(), EntryTable())
      row(&local, hours: 12, 500, "P1")
      for one in rows { row(&statement, hours: one.hours, one.gross, "") }
      let result = Matcher(MatchInput(statement: statement, local: local), rules).run()
      return (result.discrepancies.map(\.kind), result.statementBuckets)
    }
    #expect(kinds([(12, 500), (12, 500)]) == ([.duplicateRow], [.matched, .duplicate]))
    // One that says otherwise is no copy.
    #expect(kinds([(12, 500), (12, 600)]) == ([.unknownMoney], [.matched, .oneSided]))
    #expect(kinds([(12, 500), (13, 500)]).0 == [.unknownMoney])
  }

  @Test("a payout that misses a row is named with the row that explains it")
  func payout() {
    var table = EntryTable()
    func add(_ kind: EntryKind, _ gross: Int64, _ name: String, _ batch: String) {
      table.add(
        Entry(
          kind: kind, at: friday, gross: gross, currency: currency("CNY"),
          transaction: table.keep(name), batch: table.number(of: batch.utf8)))
    }
    add(.adjustment, 100, "a1", "po_1")
    add(.adjustment, 250, "a2", "po_1")
    add(.adjustment, 77, "a3", "")
    add(.adjustment, 31, "a4", "")
    add(.payout, -427, "po_1", "po_1")
    let result = Matcher(
      MatchInput(statement: table, local: EntryTable()), rules(asOfDays: 1)
    ).run()
    #expect(result.discrepancies.map(\.kind) == [.payoutSum])
    #expect(result.discrepancies.first?.difference == 77)
    #expect(result.discrepancies.first?.suggestions == [[2]])
  }

  /// The bank's row of the day after, which names the gateway.
  private func credit(_ remark: String) -> EntryTable {
    var bank = EntryTable()
    bank.add(
      Entry(
        kind: .bank, at: friday.adding(milliseconds: day), gross: 500, currency: currency("CNY"),
        flags: .namesGateway, parent: bank.keep(remark)))
    return bank
  }

  @Test("a row of the bank that names another payout is not taken for one of the same amount")
  func namesAnother() {
    func result(_ name: String, _ remark: String) -> MatchResult {
      var table = EntryTable()
      table.add(
        Entry(
          kind: .payout, at: friday, gross: -500, currency: currency("CNY"),
          transaction: table.keep(name)))
      var rules = rules(asOfDays: 9)
      rules.comparesBank = true
      let input = MatchInput(statement: table, local: EntryTable(), bank: credit(remark))
      return Matcher(input, rules).run()
    }
    let other = result("po_111111", "STRIPE PAYOUT po_222222")
    #expect(other.arrivals.isEmpty && other.statementBuckets == [.oneSided])
    #expect(other.discrepancies.map(\.kind) == [.payoutNotArrived, .bankRowWithoutPayout])
    #expect(other.discrepancies.map(\.suggestions) == [[], []])
    let uuid = result("5d7e0c1a-0f3b-4c55", "AIRWALLEX 6e8f1d2b-1a4c-5d66")
    #expect(uuid.arrivals.isEmpty && uuid.statementBuckets == [.oneSided])
    // What may be the bank's own number is suggested.
    let digits = result("2088777001", "ALIPAY 2088777002")
    #expect(digits.arrivals.isEmpty && digits.statementBuckets == [.suggested])
    #expect(digits.discrepancies.map(\.suggestions) == [[[0]]])
    for remark in ["STRIPE", "STRIPE ch_222222", "STRIPE po_2222", "STRIPE 12345678", "po-222222"] {
      #expect(result("po_111111", remark).arrivals == [0: [0]], "\(remark)")
    }
  }

  @Test("two payouts of one amount and one bank row are suggested, never joined")
  func ambiguous() {
    var table = EntryTable()
    for name in ["po_111111", "po_222222"] {
      table.add(
        Entry(
          kind: .payout, at: friday, gross: -500, currency: currency("CNY"),
          transaction: table.keep(name)))
    }
    let bank = credit("TENPAY")
    var rules = rules(asOfDays: 9)
    rules.comparesBank = true
    var input = MatchInput(statement: table, local: EntryTable(), bank: bank)
    let result = Matcher(input, rules).run()
    #expect(result.statementBuckets == [.suggested, .suggested])
    #expect(result.bankBuckets == [.suggested] && result.arrivals.isEmpty)
    // Both were told of as missing before this file came: nobody would hear of its row.
    input.told = [0, 1]
    let again = Matcher(input, rules).run()
    #expect(again.statementBuckets == [.suggested, .suggested] && again.arrivals.isEmpty)
    #expect(again.bankBuckets == [.oneSided])
    #expect(again.discrepancies.last?.kind == .bankRowWithoutPayout)
  }

  /// Payouts by their numbers, what gave one back first or last, and what came of them.
  private func turnedAway(
    _ back: (name: String, minor: Int64), isCarried: Bool = false, flags: EntryFlags = [],
    isTaken: Bool = false,
    comparesBank: Bool = true, bank: EntryTable = EntryTable()
  ) -> MatchResult {
    var table = EntryTable()
    for name in ["po_111111", "po_222222"] {
      table.add(
        Entry(
          kind: .payout, at: friday, gross: -500, currency: currency("CNY"),
          flags: isCarried ? flags.union(.carried) : flags, transaction: table.keep(name)))
    }
    table.add(
      Entry(
        kind: .payoutReturn, at: friday.adding(milliseconds: day), gross: back.minor,
        currency: currency("CNY"), flags: isTaken ? .taken : [],
        transaction: table.keep(back.name)))
    var rules = rules(asOfDays: 9)
    rules.comparesBank = comparesBank
    return Matcher(
      MatchInput(statement: table, local: EntryTable(), bank: bank), rules
    ).run()
  }

  @Test("a payout that the bank turned away is awaited no more", arguments: [true, false])
  func turnedAway(isCarried: Bool) {
    let result = turnedAway(("po_222222", 500), isCarried: isCarried)
    #expect(result.returns == [1: 2] && result.awaited == [0])
    #expect(result.statementBuckets == [.oneSided, .matched, .matched])
    #expect(result.discrepancies.map(\.kind) == [.payoutNotArrived])
    #expect(result.discrepancies.map(\.statementRow) == [0])
    // The bank's row of the same amount is the other one's.
    let came = turnedAway(("po_222222", 500), isCarried: isCarried, bank: credit("TENPAY"))
    #expect(came.returns == [1: 2] && came.arrivals == [0: [0]])
    #expect(came.discrepancies.isEmpty && came.awaited.isEmpty)
  }

  @Test("a payout that was turned away may have come: its row of the bank names it")
  func turnedAwayAfterwards() {
    let came = turnedAway(("po_222222", 500), bank: credit("STRIPE po_222222"))
    #expect(came.returns == [1: 2] && came.arrivals == [1: [0]])
    #expect(came.statementBuckets == [.oneSided, .matched, .matched])
    #expect(came.bankBuckets == [.matched])
    // One that was found in another file of the bank is given back as well.
    let found = turnedAway(("po_222222", 500), flags: .taken)
    #expect(found.returns == [1: 2] && found.discrepancies.isEmpty && found.awaited.isEmpty)
    // What another bill gave back is not missed, and found where the bank has it.
    let back = turnedAway(("po_333333", 500), flags: .returned)
    #expect(back.discrepancies.isEmpty && back.awaited.isEmpty)
    #expect(back.statementBuckets == [.matched, .matched, .pooled])
    let both = turnedAway(
      ("po_333333", 500), flags: .returned, bank: credit("STRIPE po_111111"))
    #expect(both.arrivals == [0: [0]] && both.discrepancies.isEmpty)
    // An amount alone names nobody.
    let strange = turnedAway(("po_333333", 500), flags: .returned, bank: credit("TENPAY"))
    #expect(strange.arrivals.isEmpty)
  }

  @Test("what gives no known payout back waits for one, and only where a bank is looked through")
  func strangeReturn() {
    for back in [("po_333333", Int64(500)), ("po_222222", 499), ("", 500), ("po_222222", -500)] {
      let result = turnedAway(back)
      #expect(result.returns.isEmpty && result.statementBuckets[2] == .pooled, "\(back)")
      #expect(result.discrepancies.count == 2)
    }
    let taken = turnedAway(("po_333333", 500), isTaken: true)
    #expect(taken.returns.isEmpty && taken.statementBuckets[2] == .matched)
    let apart = turnedAway(("po_333333", 500), comparesBank: false)
    #expect(apart.statementBuckets[2] == .apart && apart.discrepancies.isEmpty)
    let alone = turnedAway(("po_222222", 500), comparesBank: false)
    #expect(alone.returns == [1: 2] && alone.statementBuckets[1...] == [.matched, .matched])
  }

  @Test("a payout is missed once the bank's file covers its last day, or nobody gives a newer one")
  func missed() {
    var table = EntryTable()
    table.add(
      Entry(
        kind: .payout, at: friday, gross: -500, currency: currency("CNY"),
        transaction: table.keep("po_111111")))
    func missed(asOf: Int64, ends: Int64?) -> Bool {
      var rules = rules(asOfDays: asOf)
      rules.comparesBank = true
      rules.bankEnds = ends.map { friday.adding(milliseconds: $0 * day) }
      let result = Matcher(
        MatchInput(statement: table, local: EntryTable()), rules
      ).run()
      return result.discrepancies.map(\.kind) == [.payoutNotArrived]
    }
    #expect(!missed(asOf: 3, ends: nil) && missed(asOf: 4, ends: nil))
    #expect(!missed(asOf: 4, ends: 3) && missed(asOf: 4, ends: 4))
    #expect(!missed(asOf: 5, ends: 3) && missed(asOf: 6, ends: 3))
    #expect(!missed(asOf: 3, ends: 9))
  }

  @Test("a payout of Friday is due on Wednesday, by the gateway's zone")
  func businessDays() {
    func missed(hours: Int64, asOf: Int64, ends: Int64, offset: Int64 = 480) -> Bool {
      var table = EntryTable()
      table.add(
        Entry(
          kind: .payout, at: friday.adding(milliseconds: hours * 3_600_000), gross: -500,
          currency: currency("CNY"), transaction: table.keep("po_111111")))
      var rules = rules(asOfDays: asOf)
      rules.comparesBank = true
      rules.calendar = .weekdays
      rules.calendar.offsetMinutes = offset
      rules.bankEnds = friday.adding(milliseconds: ends * day)
      let result = Matcher(MatchInput(statement: table, local: EntryTable()), rules).run()
      return result.discrepancies.map(\.kind) == [.payoutNotArrived]
    }
    // Its file ends with Tuesday, with Wednesday.
    #expect(!missed(hours: 12, asOf: 6, ends: 5) && missed(hours: 12, asOf: 6, ends: 6))
    // Without a newer file it is missed on Friday.
    #expect(!missed(hours: 12, asOf: 7, ends: 5) && missed(hours: 12, asOf: 8, ends: 5))
    // An hour into Saturday there, and still Friday in London.
    #expect(!missed(hours: 25, asOf: 6, ends: 5, offset: 480))
    #expect(missed(hours: 25, asOf: 6, ends: 6, offset: 480))
    #expect(!missed(hours: 25, asOf: 6, ends: 6, offset: 0))
  }

  @Test("bills come every day: the pool and what waits in it count no business days")
  func poolOnWeekends() {
    var weekend = rules(asOfDays: 1)
    weekend.calendar = .weekdays
    #expect(bucket(at: 23, carried: false, weekend) == (.pooled, []))
    #expect(bucket(at: 12, carried: false, weekend) == (.oneSided, ["B1"]))
    weekend.asOf = friday.adding(milliseconds: 4 * day)
    #expect(bucket(at: -20, carried: true, weekend) == (.oneSided, ["B19"]))
  }

  /// Payouts of these amounts, and rows of the bank that name some of them.
  private func grouped(
    _ payouts: [Int64], _ credits: [(minor: Int64, names: [Int])]
  ) -> MatchResult {
    var (table, bank) = (EntryTable(), EntryTable())
    for (place, minor) in payouts.enumerated() {
      table.add(
        Entry(
          kind: .payout, at: friday, gross: -minor, currency: currency("CNY"),
          transaction: table.keep("po_11111\(place)")))
    }
    for credit in credits {
      let names = credit.names.map { "po_11111\($0)" }.joined(separator: " ")
      bank.add(
        Entry(
          kind: .bank, at: friday.adding(milliseconds: day), gross: credit.minor,
          currency: currency("CNY"), flags: .namesGateway, parent: bank.keep("TENPAY \(names)")))
    }
    var rules = rules(asOfDays: 9)
    rules.comparesBank = true
    return Matcher(
      MatchInput(statement: table, local: EntryTable(), bank: bank), rules
    ).run()
  }

  @Test("a payout in parts, and several in one row, are found where they add up")
  func groups() {
    let parts = grouped([500], [(200, [0]), (300, [0])])
    #expect(parts.arrivals == [0: [0, 1]] && parts.discrepancies.isEmpty)
    #expect(parts.bankBuckets == [.matched, .matched] && parts.statementBuckets == [.matched])
    let together = grouped([500, 70, 9], [(570, [0, 1]), (9, [2])])
    #expect(together.arrivals == [0: [0], 1: [0], 2: [1]] && together.discrepancies.isEmpty)
    let crossed = grouped([500, 70], [(300, [0]), (270, [0, 1])])
    #expect(crossed.arrivals == [0: [0, 1], 1: [0, 1]] && crossed.discrepancies.isEmpty)
  }

  @Test("what does not add up is no group, whichever way it is off")
  func noGroups() {
    let short = grouped([500], [(200, [0]), (299, [0])])
    #expect(short.arrivals == [0: [0, 1]] && short.bankBuckets == [.differing, .differing])
    #expect(short.discrepancies.map(\.kind) == [.payoutSum])
    #expect(short.discrepancies.map(\.actual) == [499] && short.awaited == [0])
    for rows in [[(200, [0]), (301, [0])], [(600, [0]), (-100, [0])]] {
      let result = grouped([500], rows.map { (Int64($0.0), $0.1) })
      #expect(result.arrivals.isEmpty && !result.discrepancies.isEmpty, "\(rows)")
    }
    let more = grouped([500, 70], [(571, [0, 1])])
    #expect(more.arrivals == [0: [0]])
    #expect(more.discrepancies.map(\.kind) == [.payoutSum, .payoutNotArrived])
    let huge = grouped([.max, 1], [(.max, [0, 1])])
    #expect(!huge.discrepancies.isEmpty)
  }

  @Test(
    "a payout that stands there twice is one, which the bank brings once",
    arguments: [true, false])
  func copiedPayout(isCarried: Bool) {
    var table = EntryTable()
    for place in 0..<2 {
      table.add(
        Entry(
          kind: .payout, at: friday, gross: -500, currency: currency("CNY"),
          flags: isCarried && place == 1 ? .carried : [], transaction: table.keep("po_111111")))
    }
    let bank = credit("STRIPE po_111111")
    var rules = rules(asOfDays: 9)
    rules.comparesBank = true
    let result = Matcher(
      MatchInput(statement: table, local: EntryTable(), bank: bank), rules
    ).run()
    let first = isCarried ? 1 : 0
    #expect(result.arrivals == [first: [0]])
    #expect(result.discrepancies.map(\.kind) == [.duplicateRow])
    #expect(result.discrepancies.map(\.statementRow) == [1 - first])
    #expect(result.awaited.isEmpty)
  }
}
