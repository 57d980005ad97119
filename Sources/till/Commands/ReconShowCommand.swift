// `till recon show RUN`: a run at a glance, or all it found as CSV or an Excel file.

import Domain
import JSON

/// The command of the table with tables for people, and two more ways out.
func reconShowCommand(_ generated: CommandSpec?, list: CommandSpec?) -> LocalCommand? {
  guard let generated, let list else { return nil }
  let spec = generated.with(
    flags: generated.flags + [
      ArgumentSpec(local: "csv", .boolean, doc: "Print everything it found as CSV."),
      ArgumentSpec(
        local: "xlsx", doc: "Write an Excel file: a summary with a chart, a sheet for each kind."),
    ],
    doc: generated.doc
      + " --csv and --xlsx hold every difference that this run opened, with its amounts as numbers."
      + " What is text stays text: no cell becomes a formula.",
    examples: [
      "till recon show rec_01JD0000000000000000000001",
      "till recon show rec_01JD0000000000000000000001 --xlsx yesterday.xlsx --lang zh",
    ])
  return LocalCommand(spec: spec) { (session, invocation) throws(UsageError) in
    try checkWords(invocation)
    let isCSV = invocation.has("csv") && invocation.value("csv") != "false"
    guard !isCSV || invocation.value("xlsx") == nil else {
      throw UsageError("--csv and --xlsx are two ways out: give one")
    }
    let requests = try ParameterBuilder(
      invocation: invocation, options: session.options, inputs: session.inputs
    ).requests()
    guard let request = requests.first, requests.count == 1 else {
      throw UsageError("till recon show takes one run")
    }
    let show = ReconShow(session: session, list: list)
    if isCSV || invocation.value("xlsx") != nil {
      return try show.export(request, with: spec, to: invocation.value("xlsx"))
    }
    var command = MethodCommand(session: session, command: spec)
    let isForPeople = [.table, .wide].contains(session.options.format)
    if isForPeople, session.options.get == nil, session.options.columns.isEmpty {
      command.show = { show.glance($0) }
    }
    return try command.run([request])
  }
}

private struct ReconShow {
  let session: Session
  /// `discrepancy.list` as the contract has it.
  let list: CommandSpec

  private var language: String { session.options.language ?? "en" }

  private func report(_ result: JSONObject) -> RunReport? {
    guard let run = result["run"]?.objectValue else { return nil }
    return RunReport(run: run, kinds: result["kinds"]?.arrayValue ?? [], language: language)
  }

  // MARK: On the screen

  func glance(_ result: JSONObject) -> ExitCode {
    guard let report = report(result) else { return .protocolFault }
    let printer = ReportPrinter(session: session)
    printer.show(report.facts)
    for table in [report.kindTable, report.conversions, report.buckets] {
      printer.showTitled(table)
    }
    if report.waitingCount > 0 {
      session.note("decide: till discrepancy list --run \(report.run["id"]?.stringValue ?? "")")
    }
    return .done
  }

  // MARK: Into files

  func export(
    _ request: JSONObject, with spec: CommandSpec, to path: String?
  ) throws(UsageError) -> ExitCode {
    let found: JSONObject
    switch try ask(request, spec) {
    case .done(let result): found = result
    case .failed(let code): return code
    }
    guard var report = report(found) else { return .protocolFault }
    var page: JSONValue?
    repeat {
      var parameters = JSONObject([("limit", .integer(200))])
      parameters["run"] = request["run"]
      if let page { parameters["page"] = page }
      switch try ask(parameters, list) {
      case .done(let result):
        report.discrepancies += result["discrepancies"]?.arrayValue ?? []
        page = result["next"]
      case .failed(let code): return code
      }
    } while page != nil
    if let path {
      try writeWorkbook(report, to: path, time: session.options.time)
      session.note("written: \(printable(path))")
    } else {
      ReportPrinter(session: session).printCSV(
        report.all, showsHeader: session.options.showsHeader)
    }
    return .done
  }

  private enum Answer {
    case done(JSONObject)
    case failed(ExitCode)
  }

  private func ask(
    _ parameters: JSONObject, _ command: CommandSpec
  ) throws(UsageError) -> Answer {
    let timeout = Int(clamping: session.options.timeoutMilliseconds ?? 30_000)
    let exchange = Exchange(
      try session.connection(), method: command.method, isRead: true, isWrite: false,
      replyTimeoutMilliseconds: { _ in timeout })
    var answer = Answer.failed(.unexpected)
    exchange.run([parameters]) { _, outcome in
      switch outcome {
      case .result(let result, _): answer = .done(result)
      case .failure(let error): answer = .failed(session.report.reply(error, key: nil))
      case .fault(let fault, _):
        answer = .failed(session.report.fault(fault, mayHaveActed: false, key: nil))
      }
      return true
    }
    return answer
  }
}
