// What two files came to, on the screen, as JSON, CSV and Excel.

import Domain
import Intake
import JSON
import Reconciliation

struct FileRunOutput {
  let session: Session
  private let command: CommandSpec
  private let isCSV: Bool
  private let workbook: String?
  private let isAll: Bool

  /// Differences that are listed for people where not all are asked for, more or less.
  private static let listedMax = 20
  /// What an Excel sheet holds, less its heading.
  private static let sheetRowsMax = 1_048_575
  /// Objects in memory at once, of many.
  private static let batch = 4_096

  init(session: Session, invocation: Invocation) throws(UsageError) {
    func isSet(_ name: String) -> Bool {
      invocation.has(name) && invocation.value(name) != "false"
    }
    self.session = session
    command = invocation.command
    isCSV = isSet("csv")
    isAll = isSet("all")
    workbook = invocation.value("xlsx")
    guard !isCSV || workbook == nil else {
      throw UsageError("--csv and --xlsx are two ways out: give one")
    }
  }

  private var language: String { session.options.language ?? "en" }

  private func report(_ run: FileRun, _ discrepancies: [JSONValue] = []) -> RunReport {
    RunReport(
      run: run.run, kinds: run.kinds, discrepancies: discrepancies, language: language,
      origin: .files)
  }

  func show(_ run: FileRun) throws(PairStop) -> ExitCode {
    let options = session.options
    if let workbook {
      try write(run, to: workbook)
    } else if isCSV {
      printCSV(run)
    } else if options.get == nil, options.isMachineReadable {
      printJSON(run)
    } else if options.get == nil, options.columns.isEmpty,
      [.table, .wide].contains(options.format)
    {
      showForPeople(run)
    } else {
      var result = summary(run)
      result["discrepancies"] = .array((0..<run.differenceCount).map(run.discrepancy))
      result["waiting"] = .array(run.waiting.indices.map(run.waitingRow))
      var printer = ResultPrinter(
        console: session.console, options: session.options, command: command)
      let code = printer.show(result, line: JSONValue.object(result).bytes())
      guard code == .done else { return code }
    }
    for line in FileRunNotes(run, report(run)).lines { session.note(line) }
    return run.differenceCount == 0 ? .done : .differing
  }

  private func summary(_ run: FileRun) -> JSONObject {
    JSONObject([("run", .object(run.run)), ("kinds", .array(run.kinds))])
  }

  // MARK: Ways out

  private func showForPeople(_ run: FileRun) {
    let printer = ReportPrinter(session: session)
    let all = run.differenceCount
    let places = isAll ? Array(0..<all) : run.some(Self.listedMax)
    let report = report(run)
    printer.show(report.facts)
    printer.showTitled(report.kindTable)
    printer.showTitled(report.buckets)
    let title =
      places.count == all
      ? report.word("All differences", "全部差异")
      : report.word(
        "\(places.count) of \(all) differences, of each kind the first",
        "差异示例：各类前几条，\(places.count) / \(all) 条")
    printer.showTitled(report.listed(places.map(run.discrepancy), title: title))
    if isAll { printer.showTitled(report.waiting(run.waiting.indices.map(run.waitingRow))) }
  }

  private func printCSV(_ run: FileRun) {
    let printer = ReportPrinter(session: session)
    var isFirst = session.options.showsHeader
    for batch in batches(run.differenceCount) {
      printer.printCSV(report(run, batch.map(run.discrepancy)).all, showsHeader: isFirst)
      isFirst = false
    }
    if isFirst { printer.printCSV(report(run).all, showsHeader: true) }
  }

  private func batches(_ count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: Self.batch).map { $0..<min($0 + Self.batch, count) }
  }

  /// One object on one line, written as it is made.
  private func printJSON(_ run: FileRun) {
    let console = session.console
    console.writeOutput(Array(JSONValue.object(summary(run)).bytes().dropLast()))
    for (name, count, object) in [
      ("discrepancies", run.differenceCount, run.discrepancy),
      ("waiting", run.waiting.count, run.waitingRow),
    ] {
      console.writeOutput(Array(",\"\(name)\":[".utf8))
      for batch in batches(count) {
        var bytes: [UInt8] = []
        for place in batch {
          if place > 0 { bytes.append(UInt8(ascii: ",")) }
          bytes += object(place).bytes()
        }
        console.writeOutput(bytes)
      }
      console.writeOutput([UInt8(ascii: "]")])
    }
    console.writeOutput(Array("}\n".utf8))
  }

  private func write(_ run: FileRun, to path: String) throws(PairStop) {
    guard run.differenceCount <= Self.sheetRowsMax else {
      throw .usage(
        UsageError(
          "\(run.differenceCount) differences are more than a sheet of Excel holds",
          hints: ["all of them as CSV: --csv > differences.csv"]))
    }
    let all = report(run, (0..<run.differenceCount).map(run.discrepancy))
    do throws(UsageError) {
      try writeWorkbook(all, to: path, time: session.options.time)
    } catch { throw .usage(error) }
    session.note("written: \(printable(path))")
  }
}
