import Domain
import PlantedFaults
import Testing

@testable import Reconciliation

@Suite("matching")
struct MatchingAccuracyTests {
  @Test("every planted fault is found and rightly named, and nothing else is", arguments: [
    UInt64(1), 2, 3, 77,
  ])
  func accuracy(seed: UInt64) {
    let day = PlantedDay(orders: 3000, perKind: 12, seed: seed)
    let input = day.input
    let result = Matcher(input, day.rules).run()
    let accuracy = Accuracy(result, input, day.truth)
    #expect(accuracy.missed.prefix(10).isEmpty, "\(accuracy.missed.prefix(10))")
    #expect(accuracy.falseAlarms.isEmpty, "\(accuracy.falseAlarms.prefix(10))")
    for kind in DiscrepancyKind.allCases {
      #expect(accuracy.planted[Int(kind.rawValue)] >= 12, "\(kind) is not planted")
    }
  }

  @Test("every row is in exactly one bucket, and the buckets add up to the file")
  func buckets() throws {
    let day = PlantedDay(orders: 500, perKind: 5, seed: 9)
    let input = day.input
    let result = Matcher(input, day.rules).run()
    for (table, buckets) in [
      (input.statement, result.statementBuckets), (input.local, result.localBuckets),
      (input.bank, result.bankBuckets),
    ] {
      #expect(buckets.count == table.count && !buckets.contains(.unassigned))
      let totals = MatchResult.totals(table, buckets)
      #expect(totals.reduce(0) { $0 + $1.rows } == table.count)
      for code in ["CNY", "USD"] {
        let all = table.entries.filter { $0.currency.code == code }.reduce(0) { $0 + $1.gross }
        let sum = totals.flatMap(\.sums).filter { $0.currency.code == code }
          .reduce(0) { $0 + ($1.minor ?? 0) }
        #expect(all == sum)
      }
    }
  }

  @Test("a bill and our books, read from their files, show all that two files can show")
  func files() throws {
    let day = PlantedDay(orders: 6000, perKind: 12, seed: 8)
    let inTurn = { (count: Int, work: @Sendable (Int) -> Void) in
      for place in (0..<count).reversed() { work(place) }
    }
    let theirs = try TableStatementReader.read(
      day.bill, as: .wechatTrades, pieces: 2, forEach: inTurn)
    let ours = try TableStatementReader.read(
      day.books, as: PlantedDay.booksLayout, pieces: 2, forEach: inTurn)
    #expect(theirs.isVerified)
    var rules = day.rules
    rules.comparesBank = false
    let input = MatchInput(statement: theirs.table, local: ours.table, checks: theirs.checks)
    let accuracy = Accuracy(
      Matcher(input, rules).run(forEach: inTurn), input, day.truthOfFiles)
    #expect(accuracy.missed.prefix(10).isEmpty, "\(accuracy.missed.prefix(10))")
    #expect(accuracy.falseAlarms.isEmpty, "\(accuracy.falseAlarms.prefix(10))")
    // Seventeen kinds can be told from two files.
    #expect(accuracy.planted.count { $0 > 0 } == 17)
  }

  @Test("the order of rows changes nothing")
  func order() {
    let day = PlantedDay(orders: 300, perKind: 4, seed: 5)
    let input = day.input
    var turned = input
    turned.statement = EntryTable()
    turned.local = EntryTable()
    for row in day.statement.reversed() { row.add(to: &turned.statement) }
    for row in day.local.reversed() { row.add(to: &turned.local) }
    let accuracy = Accuracy(Matcher(turned, day.rules).run(), turned, day.truth)
    #expect(accuracy.isPerfect)
  }

  @Test("a bill issued again shows each change, and a trailer that disagrees is one")
  func reissued() {
    let day = PlantedDay(orders: 50, perKind: 0, seed: 4)
    var input = day.input
    var before = EntryTable()
    for (place, row) in day.statement.enumerated() where place != 3 {
      var row = row
      if place == 5 { row.gross += 1 }
      row.add(to: &before)
    }
    input.superseded = before
    input.checks = [StatementCheck(.rows, stated: 50, found: 50)]
    input.checks.append(StatementCheck(.gross, stated: 1, found: 2))
    let found = Matcher(input, day.rules).run().discrepancies
    #expect(found.filter { $0.kind == .statementUnsound }.count == 3)
    #expect(found.count == 3)
  }
}
