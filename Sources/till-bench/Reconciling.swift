import Dispatch
import Domain
import Platform
import PlantedFaults
import Reconciliation

/// Reads a bill and our books from memory, matches them, and holds what was found against what was
/// planted.
enum Reconciling {
  private static let rounds = 5

  static func run(_ options: BenchOptions) throws -> [Row] {
    let orders = options.orders > 0 ? Int(options.orders) : 200_000
    let perKind = min(100, max(1, orders / 100))
    let day = PlantedDay(orders: orders, perKind: perKind, seed: options.seed)
    let command = "reconcile --orders \(orders) --seed \(options.seed)"
    return [accuracy(day, command), try speed(day, command)]
  }

  private static func accuracy(_ day: PlantedDay, _ command: String) -> Row {
    let input = day.input
    let accuracy = Accuracy(Matcher(input, day.rules).run(), input, day.truth)
    for item in (accuracy.missed + accuracy.falseAlarms).prefix(20) {
      Report.note("wrong: \(item.kind.number) \(item.kind.word) \(item.key)")
    }
    for kind in DiscrepancyKind.allCases where accuracy.planted[Int(kind.rawValue)] > 0 {
      let number = Int(kind.rawValue)
      Report.note(
        "\(kind.number) \(kind.word): \(accuracy.found[number]) of \(accuracy.planted[number])")
    }
    let found = day.truth.count - accuracy.missed.count
    return Row(
      measured: "reconcile: planted faults found and rightly named",
      command: command,
      figure: "\(found) of \(day.truth.count), \(accuracy.falseAlarms.count) false alarms",
      limit: "–")
  }

  private static func speed(_ day: PlantedDay, _ command: String) throws -> Row {
    let bill = day.bill
    let books = day.books
    var best: (rate: Int64, rows: Int) = (0, 0)
    var rules = day.rules
    rules.comparesBank = false
    for _ in 0..<rounds {
      let start = SystemClock.monotonicNanoseconds()
      let (statement, local) = try read(bill, books)
      let input = MatchInput(
        statement: statement.table, local: local.table, checks: statement.checks)
      let result = Matcher(input, rules).run { count, work in
        DispatchQueue.concurrentPerform(iterations: count, execute: work)
      }
      let taken = max(1, SystemClock.monotonicNanoseconds() - start)
      guard statement.isVerified, !result.discrepancies.isEmpty else {
        throw BenchFault("the bill does not agree with its own totals")
      }
      let rows = statement.table.count + local.table.count
      let rate = Int64(rows) * 1_000_000_000 / taken
      if rate > best.rate { best = (rate, rows) }
    }
    return Row(
      measured: "reconcile: read, match and name \(Report.grouped(Int64(best.rows))) rows",
      command: command,
      figure: "\(Report.grouped(best.rate)) rows/s, best of \(rounds)",
      limit: "processor")
  }

  private static func read(_ bill: [UInt8], _ books: [UInt8]) throws -> (Statement, Statement) {
    let pieces = 4
    let share = { (count: Int, work: @Sendable (Int) -> Void) in
      DispatchQueue.concurrentPerform(iterations: count, execute: work)
    }
    let theirs = try TableStatementReader.read(
      bill, as: .wechatTrades, pieces: pieces, forEach: share)
    let ours = try TableStatementReader.read(
      books, as: PlantedDay.booksLayout, pieces: pieces, forEach: share)
    return (theirs, ours)
  }
}
