// `till recon files BILL BOOKS`: a bill held against a shop's export, without a daemon.

import Domain
import JSON
import Reconciliation

let reconFilesCommand = LocalCommand(
  spec: CommandSpec(
    path: ["recon", "files"], method: "", effect: "read",
    summary: "Hold a bill against a shop's own export, without a daemon",
    doc: "Nothing is kept and nobody is asked: two files, read as till statement import reads them"
      + " and matched as a run does. BILL is what the gateway gives out, zipped or not, in UTF-8 or"
      + " GBK; its form is told by its heading. BOOKS is what the shop says of the same days: a"
      + " table with the columns time, reference, kind and amount (and, if there are such,"
      + " transaction, parent, status, fee, currency), a known export, or one that --layout"
      + " declares. Shown are both sides by where their rows ended, each kind of difference with"
      + " its sum, and about 20 differences, the first of each kind. Ends with 0 where nothing"
      + " differs, 13 where something does, 5 where a file does not read. --csv and --xlsx hold"
      + " every difference.",
    positionals: [
      ArgumentSpec(
        local: "bill", required: true, doc: "The gateway's bill of payments and refunds."),
      ArgumentSpec(local: "books", required: true, doc: "What the shop says of the same days."),
    ],
    flags: [
      ArgumentSpec(
        local: "layout",
        doc: "How BOOKS is read: a file that declares it, as ./shop.json; a known layout; plain."),
      ArgumentSpec(local: "bill-layout", doc: "How BILL is read, likewise."),
      ArgumentSpec(
        local: "zone",
        doc: "Clock of times in BOOKS that name no zone, as +08:00; the bill's if not given."),
      ArgumentSpec(
        local: "from-at", .time, doc: "The days of the bill begin; the day of its first row."),
      ArgumentSpec(local: "to-at", .time, doc: "And end; the day after its last row's."),
      ArgumentSpec(
        local: "cut-off", .durationMilliseconds,
        doc: "Rows so near to the days' ends may stand in the file of the day beside; 1h if not"
          + " given, 0s where the files hold the same rows."),
      ArgumentSpec(
        local: "fee-tolerance", .integer,
        doc: "Minor units that a row's fee may be off; 1 if not given."),
      ArgumentSpec(
        local: "merchant", doc: "The merchant number that the rows of BILL must carry."),
      ArgumentSpec(
        local: "as-of", .time,
        doc: "When the files were made: refunds may be under way for a day. Now if not given."),
      ArgumentSpec(local: "all", .boolean, doc: "Show every difference, not only some."),
      ArgumentSpec(local: "csv", .boolean, doc: "Print every difference as CSV."),
      ArgumentSpec(
        local: "xlsx", doc: "Write an Excel file: a summary with a chart, a sheet for each kind."),
    ], key: .none, dryRun: false, resultMember: "discrepancies",
    columns: [
      "number", "kind", "expected", "actual", "difference", "theirs.line", "ours.line",
      "theirs.reference", "ours.reference",
    ],
    examples: [
      "till recon files 20881234_20261120.csv.zip orders.csv",
      "till recon files bill.csv orders.csv --layout ./shop.json --lang zh --all",
      "till recon files bill.csv orders.csv --csv > differences.csv",
    ]),
  run: { (session, invocation) throws(UsageError) in
    let options = try PairOptions(invocation, session.inputs)
    let output = try FileRunOutput(session: session, invocation: invocation)
    let shows = session.console.isErrorTerminal && !session.options.isMachineReadable
    let pairing = FilePairing(
      options: options, scratchFolder: scratchFolder(session.inputs.environment),
      now: session.inputs.now(), language: session.options.language)
    do throws(PairStop) {
      let match = try pairing.run(progress: shows ? ComparingProgress() : nil)
      return try output.show(
        FileRun(match, bill: options.bill, books: options.books, madeAt: pairing.now))
    } catch {
      switch error {
      case .usage(let error): throw error
      case .unreadable(let text, let hints): return session.report.unreadable(text, hints: hints)
      case .failed(let text, let hints): return session.report.failed(text, hints: hints)
      }
    }
  })

/// On a disk, where nothing else is said: `/tmp` often lies in memory.
private func scratchFolder(_ environment: (String) -> String?) -> String {
  environment("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/var/tmp"
}
