import Dispatch
import Domain
import Intake
import Platform
import PlantedFaults
import Reconciliation

/// Reads a bill and our books from memory, matches them, and holds what was found against what was
/// planted.
enum Reconciling {
  private static let rounds = 3

  static func run(_ options: BenchOptions) throws -> [Row] {
    let orders = options.orders > 0 ? Int(options.orders) : 200_000
    let perKind = min(100, max(1, orders / 100))
    let day = PlantedDay(orders: orders, perKind: perKind, seed: options.seed)
    let command = "reconcile --orders \(orders) --seed \(options.seed)"
    if let folder = options.filesFolder { try write(day, to: folder) }
    let (plain, books) = (day.bill, day.books)
    return [
      accuracy(day, command), try speed(day, plain, books, "UTF-8", command),
      try speed(day, try GBKText.encoded(plain), books, "GBK", command),
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

  /// The bill in both character sets, our books and the faults that stand in them, for other
  /// programs to do the same with.
  private static func write(_ day: PlantedDay, to folder: String) throws {
    let bill = day.bill
    for (name, bytes) in [
      ("bill.csv", bill), ("bill-gbk.csv", try GBKText.encoded(bill)), ("books.csv", day.books),
      ("truth.csv", list(day.truthOfFiles.map { ($0.kind, $0.key) })),
    ] {
      try Files.writeAtomically(bytes, to: "\(folder)/\(name)", mode: 0o644)
    }
  }

  private static func list(_ items: [(DiscrepancyKind, String)]) -> [UInt8] {
    let lines = items.map { "\($0.word),\($1)\n" }.sorted()
    return Array("kind,key\n".utf8) + lines.flatMap(\.utf8)
  }

  /// For what stands in the files.
  private static func rules(_ day: PlantedDay) -> MatchRules {
    var rules = day.rules
    rules.comparesBank = false
    return rules
  }

  /// The files alone, as other programs have them: with what they take of memory. What is found
  /// is left beside them.
  static func runFiles(_ options: BenchOptions) throws -> Row {
    guard let folder = options.filesFolder else {
      throw BenchFault("reconcile-files needs --files, a folder that reconcile filled")
    }
    func table(_ name: String, _ layout: StatementLayout) throws -> Statement {
      try StatementFile.open(
        PositionedFile("\(folder)/\(name)"), as: .table(layout), pieces: pieces, forEach: share
      ).statement
    }
    let best = try measured(
      rules(PlantedDay(orders: 0, perKind: 0, seed: 1)),
      bill: { try table("bill.csv", .wechatTrades) },
      books: { try table("books.csv", PlantedDay.booksLayout) })
    let found = best.result.discrepancies.map { ($0.kind, Accuracy.key($0, best.input)) }
    try Files.writeAtomically(list(found), to: "\(folder)/found.csv", mode: 0o644)
    let peak = ProcessFigures.line("VmHWM:", of: "/proc/self/status")
      .flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int64($0) } ?? 0
    return Row(
      measured: "reconcile: \(Report.grouped(best.rows)) rows of files",
      command: "reconcile-files --files \(folder)",
      figure: "\(Report.grouped(best.rate)) rows/s, best of \(rounds), "
        + "\(best.processorMilliseconds) ms of processors, \(peak / 1_024) MiB at most",
      limit: "processor")
  }

  private static func speed(
    _ day: PlantedDay, _ bill: [UInt8], _ books: [UInt8], _ charset: String, _ command: String
  ) throws -> Row {
    func table(_ bytes: [UInt8], _ layout: StatementLayout) throws -> Statement {
      try StatementFile.open(bytes, as: .table(layout), pieces: pieces, forEach: share).statement
    }
    let best = try measured(
      rules(day), bill: { try table(bill, .wechatTrades) },
      books: { try table(books, PlantedDay.booksLayout) })
    let truth = day.truthOfFiles
    let accuracy = Accuracy(best.result, best.input, truth)
    return Row(
      measured:
        "reconcile: read, match and name \(Report.grouped(best.rows)) rows, bill in "
        + charset,
      command: command,
      figure: "\(Report.grouped(best.rate)) rows/s, best of \(rounds), "
        + "\(best.processorMilliseconds) ms of processors; "
        + "\(truth.count - accuracy.missed.count) of \(truth.count), "
        + "\(accuracy.falseAlarms.count) false alarms",
      limit: "processor")
  }

  private struct Round {
    var taken: Int64
    var processorMilliseconds: Int64
    var input: MatchInput
    var result: MatchResult

    var rows: Int64 { Int64(input.statement.count + input.local.count) }
    var rate: Int64 { rows * 1_000_000_000 / max(1, taken) }
  }

  private static func measured(
    _ rules: MatchRules, bill: () throws -> Statement, books: () throws -> Statement
  ) throws -> Round {
    var best: (taken: Int64, processor: Int64) = (.max, .max)
    for round in 1...rounds {
      let (start, used) = (SystemClock.monotonicNanoseconds(), processorMilliseconds())
      let (statement, local) = (try bill(), try books())
      let input = MatchInput(
        statement: statement.table, local: local.table, checks: statement.checks)
      let result = Matcher(input, rules).run(forEach: share)
      best.taken = min(best.taken, SystemClock.monotonicNanoseconds() - start)
      best.processor = min(best.processor, processorMilliseconds() - used)
      guard statement.isVerified, !result.discrepancies.isEmpty else {
        throw BenchFault("the bill does not agree with its own totals")
      }
      guard round == rounds else { continue }
      return Round(
        taken: best.taken, processorMilliseconds: best.processor, input: input, result: result)
    }
    throw BenchFault("no round was made")
  }

  /// What this process used so far.
  private static func processorMilliseconds() -> Int64 {
    ProcessFigures.processorMilliseconds(CurrentProcess.processID) ?? 0
  }

  /// More than processors, so that what one piece takes is small beside the whole.
  private static let pieces = 8

  private static func share(_ count: Int, _ work: @Sendable (Int) -> Void) {
    DispatchQueue.concurrentPerform(iterations: count, execute: work)
  }
}
