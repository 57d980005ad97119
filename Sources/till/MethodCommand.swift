// A command of the table: arguments → requests → answers on the screen.

import JSON
import Platform

struct MethodCommand {
  let session: Session
  let command: CommandSpec
  /// Shows a result; nil prints it as the options ask.
  var show: ((JSONObject) -> ExitCode)?

  /// Without a timeout of its own a request is waited for this long.
  var replyTimeoutMilliseconds: Int64 = 30_000
  /// The daemon's own answer that time ran out should come before ours.
  private static let graceMilliseconds: Int64 = 1_000

  /// Sends the requests and prints the answers; the worst exit code wins, an unknown outcome first.
  func run(_ requests: [JSONObject]) throws(UsageError) -> ExitCode {
    try confirm(requests.count)
    let settings = try session.connection()
    let exchange = Exchange(
      settings, method: command.method, isRead: command.isRead, isWrite: command.isWrite,
      replyTimeoutMilliseconds: replyTimeout)
    let interrupts = InterruptGuard()
    if command.isWrite {
      interrupts.start()
      exchange.willSend = { arm(interrupts, with: $0, settings) }
    }
    var printer = ResultPrinter(
      console: session.console, options: session.options, command: command)
    var code = ExitCode.done
    var concluded = 0
    exchange.run(requests) { parameters, outcome in
      interrupts.setAction(nil)
      concluded += 1
      let next = conclude(outcome, of: parameters, settings, &printer)
      if code == .done || next == .outcomeUnknown { code = next }
      // One gateway that fails its check says nothing of the next one.
      return !next.endsTheRun || outcome.isFailedCheck
    }
    if concluded < requests.count {
      session.note("the \(requests.count - concluded) requests after it were left undone")
    }
    return code
  }

  private func replyTimeout(_ parameters: JSONObject) -> Int {
    let wait = parameters["wait_ms"]?.integerValue ?? 0
    if let timeout = session.options.timeoutMilliseconds {
      return Int(clamping: timeout + Self.graceMilliseconds)
    }
    return Int(
      clamping: max(0, min(wait, requestTimeoutMillisecondsMax)) + replyTimeoutMilliseconds)
  }

  private func conclude(
    _ outcome: RequestOutcome, of parameters: JSONObject, _ settings: ConnectionSettings,
    _ printer: inout ResultPrinter
  ) -> ExitCode {
    let key = parameters["idempotency_key"]?.stringValue
    switch outcome {
    case .result(let result, let line):
      if !command.isRead, result["dry_run"]?.boolValue != true {
        session.console.outputLoss.answered = .init(
          key: key, isOutcomeUnknown: isOutcomeUnknown(result))
      }
      let shown = show.map { $0(result) } ?? printer.show(result, line: line)
      session.console.outputLoss.answered = nil
      sayNotes(result)
      return shown == .done ? verdict(of: result) : shown
    case .failure(let error):
      let code = session.report.reply(error, key: key)
      if code == .outcomeUnknown { remember(parameters, settings) }
      return code
    case .fault(let fault, let mayHaveActed):
      if mayHaveActed { remember(parameters, settings) }
      return session.report.fault(fault, mayHaveActed: mayHaveActed, key: key)
    }
  }

  /// A wait that ended without its condition, a check that found something, a file that would be
  /// refused, or money whose way is not known, is no success.
  private func verdict(of result: JSONObject) -> ExitCode {
    if result["timed_out"]?.boolValue == true { return .timeRanOut }
    if result.isFailedCheck {
      session.note("the check failed")
      return .timeRanOut
    }
    if let count = result["preview"]?["refused_rows"]?.integerValue, count > 0 {
      let rows = count == 1 ? "1 row does not read" : "\(count) rows do not read"
      session.note("\(rows): the file would be refused")
      return .conflict
    }
    guard isOutcomeUnknown(result), let member = command.resultMember else { return .done }
    session.note("OUTCOME UNKNOWN: the gateway has not said yet; the money may have moved")
    if let due = result[member]?["next_query_at"]?.integerValue {
      session.note(
        "the daemon asks again at \(timeText(milliseconds: due, style: session.options.time))")
    }
    if let id = result[member]?["id"]?.stringValue, let noun = command.path.first {
      session.note("look later: till \(noun) get \(printable(id))")
    }
    return .outcomeUnknown
  }

  private func isOutcomeUnknown(_ result: JSONObject) -> Bool {
    guard command.key == .required, let member = command.resultMember else { return false }
    return result[member]?["state"]?.stringValue == "unknown"
  }

  private func sayNotes(_ result: JSONObject) {
    if result["replayed"]?.boolValue == true {
      session.note("this key was used before: shown is the answer stored then")
    }
    if result["dry_run"]?.boolValue == true { session.note("dry run: nothing was changed") }
    for warning in result["warnings"]?.arrayValue ?? [] {
      session.note("warning: \(printable(warning.stringValue ?? ""))")
    }
    if let page = result["next"]?.stringValue { session.sayMore(nextPageCommand(page)) }
  }

  private func nextPageCommand(_ page: String) -> String {
    var words: [String] = []
    var isValue = false
    for word in session.arguments {
      if isValue {
        isValue = false
      } else if word == "--page" {
        isValue = true
      } else if !word.hasPrefix("--page=") {
        words.append(word)
      }
    }
    return (["till"] + words + ["--page", page]).map(shellWord).joined(separator: " ")
  }

  private func confirm(_ count: Int) throws(UsageError) {
    let options = session.options
    guard command.isDestructive, !options.isConfirmed, !options.isDryRun else { return }
    let console = session.console
    guard console.isInputTerminal, console.isErrorTerminal else {
      throw UsageError(
        "till \(command.name) asks before it acts, and nobody is here to answer",
        hints: ["say it with --yes, or try it with --dry-run first"])
    }
    let times = count > 1 ? " \(count) times" : ""
    console.writeError(Array("till \(command.name)\(times): is that meant? yes: ".utf8))
    guard console.readAnswer() == "yes" else { throw UsageError("not confirmed, nothing was sent") }
  }

  /// A signal from now on leaves the outcome of this request unknown.
  private func arm(
    _ interrupts: InterruptGuard, with parameters: JSONObject, _ settings: ConnectionSettings
  ) {
    let pending = pending(parameters, settings)
    let store = PendingKeys(environment: session.inputs.environment)
    interrupts.setAction {
      var text = "\nOUTCOME UNKNOWN: interrupted; the money may have moved\n"
      if let pending {
        text += "  key: \(pending.key)\n"
        text +=
          keep(pending, in: store) ? "  next: till key resolve\n" : "  next: \(pending.command)\n"
      }
      _ = Terminal.write(Array(text.utf8), to: Terminal.standardError)
    }
  }

  private func pending(
    _ parameters: JSONObject, _ settings: ConnectionSettings
  ) -> PendingRequest? {
    guard let key = parameters["idempotency_key"]?.stringValue else { return nil }
    return PendingRequest(
      at: session.inputs.now(), key: key, method: command.method, parameters: parameters,
      socket: settings.path, command: repeatedCommand(session.arguments, key: key))
  }

  private func remember(_ parameters: JSONObject, _ settings: ConnectionSettings) {
    guard let pending = pending(parameters, settings) else { return }
    let store = PendingKeys(environment: session.inputs.environment)
    if !keep(pending, in: store) {
      session.note("warning: the key could not be stored; write it down")
    }
  }
}

/// Stores a pending request; false when there is no place for it or the disk refused.
private func keep(_ pending: PendingRequest, in store: PendingKeys?) -> Bool {
  guard let store else { return false }
  do throws(PendingFault) {
    try store.add(pending)
    return true
  } catch {
    return false
  }
}

extension ExitCode {
  /// True when the requests after this one would fare no better.
  var endsTheRun: Bool {
    [.unreachable, .denied, .outcomeUnknown, .protocolFault, .timeRanOut, .busy].contains(self)
  }
}

extension JSONObject {
  /// True for what `audit.verify` and `gateway.check` answer when not all is well.
  fileprivate var isFailedCheck: Bool { self["ok"]?.boolValue == false }
}

extension RequestOutcome {
  fileprivate var isFailedCheck: Bool {
    guard case .result(let result, _) = self else { return false }
    return result.isFailedCheck
  }
}
