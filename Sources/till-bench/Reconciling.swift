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
    try Directories.create(folder)
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
    func side(_ name: String, _ layout: StatementLayout) throws -> PairSide {
      PairSide(try PositionedFile("\(folder)/\(name)"), as: .table(layout))
    }
    let pair = FilePair(
      statement: try side("bill.csv", .wechatTrades),
      local: try side("books.csv", PlantedDay.booksLayout), scratchIn: options.folder)
    let rules = rules(PlantedDay(orders: 0, perKind: 0, seed: 1))
    let best = try measured {
      let match = try pair.match(pieces: pieces, forEach: share) { _, _ in rules }
      guard match.statement.isVerified else {
        throw BenchFault("the bill does not agree with its own totals")
      }
      return match.found
    }
    let found = best.found.result.discrepancies.map { ($0.kind, key($0, best.found)) }
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
    let rules = rules(day)
    let best = try measured {
      let (bill, books) = (
        try table(bill, .wechatTrades), try table(books, PlantedDay.booksLayout)
      )
      guard bill.isVerified else {
        throw BenchFault("the bill does not agree with its own totals")
      }
      let input = MatchInput(statement: bill.table, local: books.table, checks: bill.checks)
      return PartedResult(
        result: Matcher(input, rules).run(forEach: share),
        statement: bill.table, local: books.table)
    }
    let truth = day.truthOfFiles
    let accuracy = Accuracy(
      best.found.result,
      MatchInput(statement: best.found.statement.table, local: best.found.local.table), truth)
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

  /// What a difference is about: our number, or the gateway's.
  private static func key(_ item: Discrepancy, _ found: PartedResult) -> String {
    for (row, side) in [(item.statementRow, found.statement), (item.localRow, found.local)] {
      guard let row, let place = side.place(of: row) else { continue }
      return String(decoding: side.table.key(place), as: UTF8.self)
    }
    return ""
  }

  private struct Round {
    var taken: Int64
    var processorMilliseconds: Int64
    var found: PartedResult

    var rows: Int64 {
      Int64(found.result.partners.count + found.result.localBuckets.count)
    }
    var rate: Int64 { rows * 1_000_000_000 / max(1, taken) }
  }

  private static func measured(_ match: () throws -> PartedResult) throws -> Round {
    var best: (taken: Int64, processor: Int64) = (.max, .max)
    for round in 1...rounds {
      let (start, used) = (SystemClock.monotonicNanoseconds(), processorMilliseconds())
      let found = try match()
      best.taken = min(best.taken, SystemClock.monotonicNanoseconds() - start)
      best.processor = min(best.processor, processorMilliseconds() - used)
      guard !found.result.discrepancies.isEmpty else {
        throw BenchFault("nothing was found of what was planted")
      }
      guard round == rounds else { continue }
      return Round(
        taken: best.taken, processorMilliseconds: best.processor, found: found)
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
    Queues.share(count, work)
  }
}
