import Dispatch
import Domain
import Intake
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
    if let folder = options.filesFolder { try write(day, to: folder) }
    let plain = day.bill
    return [
      accuracy(day, command), try speed(day, plain, "UTF-8", command),
      try speed(day, try GBKText.encoded(plain), "GBK", command),
    ]
  }

  private static func accuracy(_ day: PlantedDay, _ command: String) -> Row {
    let input = day.input
    let accuracy = Accuracy(Matcher(input, day.rules).run(), input, day.truth)
    for item in (accuracy.missed + accuracy.falseAlarms).prefix(20) {
      Report.note("wrong: \(item.kind.number) \(item.kind.word) \(item.key)")
    }
    for kind in DiscrepancyKind.allCases where accuracy.planted[Int(kind.rawValue)] > 0 {
      let number = Int(kind.rawValue)
      let need = PlantedDay.need(of: kind).map { " (with \($0))" } ?? ""
      Report.note(
        "\(kind.number) \(kind.word): \(accuracy.found[number]) of "
          + "\(accuracy.planted[number])\(need)")
    }
    let found = day.truth.count - accuracy.missed.count
    return Row(
      measured: "reconcile: planted faults found and rightly named",
      command: command,
      figure: "\(found) of \(day.truth.count), \(accuracy.falseAlarms.count) false alarms",
      limit: "–")
  }

  /// The bill in both character sets and our books, for other programs to do the same with.
  private static func write(_ day: PlantedDay, to folder: String) throws {
    let bill = day.bill
    for (name, bytes) in [
      ("bill.csv", bill), ("bill-gbk.csv", try GBKText.encoded(bill)), ("books.csv", day.books),
    ] {
      try Files.writeAtomically(bytes, to: "\(folder)/\(name)", mode: 0o644)
    }
    let (statement, local) = try read(bill, day.books)
    let input = MatchInput(statement: statement.table, local: local.table)
    var found = "kind,key\n"
    for item in Matcher(input, rules(day)).run().discrepancies {
      found += "\(item.kind.word),\(Accuracy.key(item, input))\n"
    }
    try Files.writeAtomically(Array(found.utf8), to: "\(folder)/found.csv", mode: 0o644)
  }

  /// For what stands in the files.
  private static func rules(_ day: PlantedDay) -> MatchRules {
    var rules = day.rules
    rules.comparesBank = false
    return rules
  }

  /// The files alone, as other programs have them: with what they take of memory.
  static func runFiles(_ options: BenchOptions) throws -> Row {
    guard let folder = options.filesFolder else {
      throw BenchFault("reconcile-files needs --files, a folder that reconcile filled")
    }
    func file(_ name: String) throws -> [UInt8] {
      try Files.read("\(folder)/\(name)", byteCountMax: StatementFile.textBytesMax)
    }
    let best = try measured(rules(PlantedDay(orders: 0, perKind: 0, seed: 1))) {
      (try file("bill.csv"), try file("books.csv"))
    }
    let peak = ProcessFigures.line("VmHWM:", of: "/proc/self/status")
      .flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int64($0) } ?? 0
    return Row(
      measured: "reconcile: \(Report.grouped(Int64(best.rows))) rows of files",
      command: "reconcile-files --files \(folder)",
      figure: "\(Report.grouped(best.rate)) rows/s, best of \(rounds), "
        + "\(peak / 1_024) MiB at most",
      limit: "processor")
  }

  private static func speed(
    _ day: PlantedDay, _ bill: [UInt8], _ charset: String, _ command: String
  ) throws -> Row {
    let books = day.books
    let best = try measured(rules(day)) { (bill, books) }
    return Row(
      measured:
        "reconcile: read, match and name \(Report.grouped(Int64(best.rows))) rows, bill in "
        + charset,
      command: command,
      figure: "\(Report.grouped(best.rate)) rows/s, best of \(rounds)",
      limit: "processor")
  }

  private static func measured(
    _ rules: MatchRules, _ files: () throws -> (bill: [UInt8], books: [UInt8])
  ) throws -> (rate: Int64, rows: Int) {
    var best: (rate: Int64, rows: Int) = (0, 0)
    for _ in 0..<rounds {
      let start = SystemClock.monotonicNanoseconds()
      let (bill, books) = try files()
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
    return best
  }

  private static func read(_ bill: [UInt8], _ books: [UInt8]) throws -> (Statement, Statement) {
    let pieces = 4
    let share = { (count: Int, work: @Sendable (Int) -> Void) in
      DispatchQueue.concurrentPerform(iterations: count, execute: work)
    }
    let theirs = try StatementFile.open(
      bill, as: .table(.wechatTrades), pieces: pieces, forEach: share
    ).statement
    let ours = try TableStatementReader.read(
      books, as: PlantedDay.booksLayout, pieces: pieces, forEach: share)
    return (theirs, ours)
  }
}
