import Domain
import Testing

@testable import Reconciliation

@Suite("Rates that the operator enters")
struct ExchangeBookTests {
  private let dollars = currency("USD")
  private let euros = currency("EUR")

  private func moment(_ text: String) throws -> Timestamp {
    try #require(CivilTime.read(text, offsetMinutes: 480))
  }

  private func book(
    _ list: String, margin: String = "0", holdsDays: Int64 = 2
  ) throws -> ExchangeBook {
    var book = ExchangeBook(
      margin: try #require(Ratio(shareText: margin)), holdsDays: holdsDays, offsetMinutes: 480)
    try book.add(Array(list.utf8))
    return book
  }

  private let list = """
    # as the bank publishes them
    day,charged,credited,rate
    2026-11-20,USD,EUR,0.95

    2026-11-18, USD, EUR, 0.94\r
    2026-11-20,EUR,USD,1.05
    2026-11-20,USD,EUR,0.95
    """

  @Test("a day has its own rate, else the last one before it, and no older than was said")
  func days() throws {
    let book = try book(list)
    func rate(_ text: String) throws -> Ratio? {
      book.rate(from: dollars, to: euros, at: try moment(text))
    }
    #expect(try rate("2026-11-20 00:00:00") == Ratio(95, 100))
    #expect(try rate("2026-11-19 23:59:59") == Ratio(94, 100))
    #expect(try rate("2026-11-22 23:59:59") == Ratio(95, 100))
    #expect(try rate("2026-11-23 00:00:00") == nil)
    #expect(try rate("2026-11-17 23:59:59") == nil)
    let back = book.rate(from: euros, to: dollars, at: try moment("2026-11-20 09:00:00"))
    #expect(back == Ratio(105, 100))
    let yen = book.rate(
      from: dollars, to: currency("JPY"), at: try moment("2026-11-20 09:00:00"))
    #expect(yen == nil)
  }

  @Test("a line that does not read is named, and so is one that contradicts another")
  func faults() {
    let bad: [(String, Int)] = [
      ("2026-11-20,USD,EUR", 1), ("\n2026-02-30,USD,EUR,1", 2), ("2026-11-20,USD,EUX,1", 1),
      ("2026-11-20,USD,USD,1", 1), ("2026-11-20,USD,EUR,0", 1), ("2026-11-20,USD,EUR,-1", 1),
      ("2026-11-20,USD,EUR,1e3", 1), ("2026-11-20,USD,EUR,1,2", 1),
      ("2026-11-20,USD,EUR,1\n2026-11-20,USD,EUR,1.1", 2), ("day,charged,credited,rat", 1),
    ]
    for (text, line) in bad {
      var book = ExchangeBook()
      do {
        try book.add(Array(text.utf8))
        Issue.record("\(text) was read")
      } catch { #expect(error.line == line, "\(text)") }
    }
  }

  @Test("a share is a plain decimal below one")
  func shares() {
    #expect(Ratio(shareText: "0.02") == Ratio(2, 100))
    #expect(Ratio(shareText: "0") == Ratio(0, 1))
    for text in ["", "1", "0.", ".02", "2%", "-0.1", "0.0.1", "1.0", "0,02", "00.1"] {
      #expect(Ratio(shareText: text) == nil, "\(text)")
    }
  }

  @Test("with a reference rate every unit between it and what was credited has a name")
  func split() throws {
    let book = try book(list, margin: "0.02")
    let rate = try #require(Ratio(rateText: "0.9217", from: dollars, to: euros))
    let settlement = Settlement(amount: Money(5345, euros), rate: rate, fee: 187)
    func parts(_ text: String) throws -> [Int64] {
      let split = try #require(
        book.split(of: Money(5800, dollars), at: try moment(text), settledAs: settlement))
      let named = [
        split.worth, split.rate, split.margin, split.fee, split.rounding, split.unexplained,
      ]
      #expect(named.reduce(0, +) == settlement.net)
      return named
    }
    // 58.00 at 0.95 are 55.10; two per cent of it are 1.102, rounded up for the gateway.
    #expect(try parts("2026-11-20 09:00:00") == [5510, -53, -111, -187, -1, 0])
    // Nobody entered a rate: the gateway's own is all that is known.
    #expect(try parts("2026-12-20 09:00:00") == [5346, 0, 0, -187, -1, 0])
  }

  private func row(
    _ table: inout EntryTable, _ minor: Int64, _ code: String, _ number: String, second: Int64 = 0
  ) {
    table.add(
      Entry(
        kind: .conversion, at: Timestamp(milliseconds: 1_795_132_800_000 + second * 1000),
        gross: minor, currency: currency(code), transaction: table.keep("T\(table.count)"),
        parent: table.keep(number), line: UInt32(table.count + 1)))
  }

  @Test("the halves of an exchange find each other by their number, and a half alone is none")
  func pairs() throws {
    var table = EntryTable()
    row(&table, 1740, "EUR", "CAP1")
    row(&table, -1911, "USD", "CAP1")
    row(&table, -500, "USD", "ALONE")
    row(&table, -100, "USD", "SAME")
    row(&table, 100, "USD", "SAME")
    row(&table, 700, "EUR", "")
    row(&table, -800, "USD", "")
    // There, and back with a refund.
    row(&table, -200, "USD", "TWICE")
    row(&table, 180, "EUR", "TWICE")
    row(&table, -90, "EUR", "TWICE", second: 60)
    row(&table, 100, "USD", "TWICE", second: 60)
    #expect(table.exchangePairs.map { [$0.given, $0.received] } == [[1, 0], [7, 8], [9, 10]])
  }

  @Test("half an exchange is told of, unless its other half may stand in the bill beside it")
  func halves() throws {
    var table = EntryTable()
    row(&table, 1740, "EUR", "CAP1")
    row(&table, -1911, "USD", "CAP1")
    row(&table, -500, "USD", "ALONE")
    row(&table, -100, "USD", "SAME")
    row(&table, 100, "USD", "SAME")
    row(&table, -300, "USD", "LATE", second: 12 * 3600 - 60)
    let noon = table.entries[0].at
    let half: Int64 = 12 * 3_600_000
    let rules = MatchRules(
      from: noon.adding(milliseconds: -half), to: noon.adding(milliseconds: half),
      asOf: noon.adding(milliseconds: half))
    let result = Matcher(MatchInput(statement: table, local: EntryTable()), rules).run()
    #expect(result.discrepancies.map(\.kind) == [.exchangeUnexplained])
    let found = try #require(result.discrepancies.first)
    #expect(found.statementRow == 2 && found.expected == 0 && found.actual == -500)
    #expect(found.currency == currency("USD"))
    #expect(result.statementBuckets == [.apart, .apart, .oneSided, .apart, .apart, .pooled])
  }
}
