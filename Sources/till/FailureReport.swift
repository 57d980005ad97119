// What went wrong, and what to do next, in words or as one JSON object on standard error.

import Domain
import JSON
import Platform

struct FailureReport {
  let console: Console
  let isMachineReadable: Bool
  /// The words after `till`, to be repeated.
  let arguments: [String]

  /// The command line is wrong.
  func usage(_ error: UsageError) -> ExitCode {
    say("usage", error.message, error.hints)
    return .usage
  }

  /// A file does not read: the same code and status as where the daemon says so.
  func unreadable(_ message: String, hints: [String]) -> ExitCode {
    let code = ErrorCode.statementUnreadable
    say(code.rawValue, message, hints)
    return .of(errorClass: code.errorClass.rawValue)
  }

  /// This machine did not let it be done.
  func failed(_ message: String, hints: [String]) -> ExitCode {
    say("failed", message, hints)
    return .unexpected
  }

  /// What was to be printed could not be; a request that changed something did so all the same.
  func outputLost(_ cause: String, _ answered: OutputLoss.Answered?) -> ExitCode {
    let message = "standard output: \(cause)"
    let isUnknown = answered?.isOutcomeUnknown == true
    let code = isUnknown ? ExitCode.outcomeUnknown : .outputLost
    guard !isMachineReadable else {
      let outcome = isUnknown ? "unknown" : answered == nil ? "none" : "applied"
      sayObject(
        code: "output_lost", message: message, hint: answered.map(nextStep), outcome: outcome,
        key: answered?.key)
      return code
    }
    console.say("\(label) \(message)")
    guard let answered else { return code }
    if isUnknown {
      sayUnknownOutcome()
    } else {
      console.say("  the daemon has carried it out; only its answer is lost")
    }
    console.say("  next: \(nextStep(answered))")
    return code
  }

  private func nextStep(_ answered: OutputLoss.Answered) -> String {
    guard let key = answered.key else { return "read what is there now before sending it again" }
    return "\(repeatedCommand(arguments, key: key)) (the same key never acts twice)"
  }

  private func say(_ code: String, _ message: String, _ hints: [String]) {
    guard !isMachineReadable else {
      return sayObject(code: code, message: message, hint: hints.first, outcome: "none")
    }
    console.say("\(label) \(message)")
    for hint in hints { console.say("  \(hint)") }
  }

  /// The daemon answered an error.
  func reply(_ error: ErrorReply, key: String?) -> ExitCode {
    guard !isMachineReadable else {
      console.say(compact(.object(error.whole)))
      return error.exitCode
    }
    console.say("\(label) \(printable(error.message))")
    console.say("  code: \(printable(error.code))")
    if let path = error.path { console.say("  at: \(printable(path))") }
    for problem in error.details["problems"]?.arrayValue ?? [] where !isTold(problem, error) {
      sayProblem(problem)
    }
    if let names = error.details["did_you_mean"]?.arrayValue, !names.isEmpty {
      let text = names.compactMap(\.stringValue).map(printable).joined(separator: ", ")
      console.say("  did you mean: \(text)")
    }
    if let hint = error.hint { console.say("  hint: \(printable(hint))") }
    if error.outcome == "unknown" { sayUnknownOutcome() }
    if error.outcome == "applied" { console.say("  it happened; only the answer failed") }
    if let next = nextStep(error, key: key) { console.say("  next: \(next)") }
    if let reference = error.reference { console.say("  ref: \(printable(reference))") }
    return error.exitCode
  }

  /// The only problem is the error itself.
  private func isTold(_ problem: JSONValue, _ error: ErrorReply) -> Bool {
    problem["message"]?.stringValue == error.message && problem["path"]?.stringValue == error.path
  }

  private func sayProblem(_ problem: JSONValue) {
    let path = problem["path"]?.stringValue ?? ""
    let message = problem["message"]?.stringValue ?? problem["code"]?.stringValue ?? ""
    console.say("  \(printable(path)): \(printable(message))")
  }

  private func sayUnknownOutcome() {
    console.say("  OUTCOME UNKNOWN: the money may have moved")
  }

  private func nextStep(_ error: ErrorReply, key: String?) -> String? {
    let again = repeatedCommand(arguments, key: key)
    switch error.retry {
    case "same": return "send it again, it cannot act twice: \(again)"
    case "later":
      guard let milliseconds = error.retryAfterMilliseconds else {
        return "try again later: \(again)"
      }
      return "try again in \(durationText(milliseconds: milliseconds)): \(again)"
    case "refresh": return "read what is there now, then decide again"
    case "lookup":
      guard let key else { return "read what is there now before anything else" }
      return "ask what became of it: till key lookup \(key)"
    default: return nil
    }
  }

  /// No answer came.
  ///
  /// - Parameter mayHaveActed: true when a write may have reached the daemon.
  func fault(_ fault: ConversationFault, mayHaveActed: Bool, key: String?) -> ExitCode {
    if case .tokenRefused(let error) = fault { return reply(error, key: nil) }
    let (message, hints, code) = explain(fault)
    let outcome = mayHaveActed ? "unknown" : "none"
    let exitCode = mayHaveActed ? ExitCode.outcomeUnknown : code
    guard !isMachineReadable else {
      sayObject(code: fault.name, message: message, hint: hints.first, outcome: outcome, key: key)
      return exitCode
    }
    console.say("\(label) \(message)")
    for hint in hints { console.say("  \(hint)") }
    guard mayHaveActed else { return exitCode }
    sayUnknownOutcome()
    if let key {
      console.say("  key: \(key)")
      console.say("  next: \(repeatedCommand(arguments, key: key))")
      console.say("        the same key never acts twice; or: till key resolve")
    } else {
      console.say("  next: read what is there now before sending it again")
    }
    return exitCode
  }

  /// A sentence, what to do, and the code, for a fault that happened before anything was sent.
  func explain(_ fault: ConversationFault) -> (String, [String], ExitCode) {
    switch fault {
    case .unreachable(let error): return explainUnreachable(error)
    case .lost(let farewell):
      var hints = ["look at its log: journalctl -u tilld, or the terminal it runs in"]
      if let farewell { hints.insert("its last words: \(printable(farewell.message))", at: 0) }
      return ("the connection was lost before the answer came", hints, .unreachable)
    case .timedOut(let milliseconds):
      let text = durationText(milliseconds: Int64(milliseconds))
      return ("no answer within \(text)", ["a longer time: --timeout"], .timeRanOut)
    case .garbled(let what):
      return (
        "this is not the protocol: \(printable(what))",
        ["compare: till --version and tilld --version"], .protocolFault
      )
    case .turnedAway(let farewell):
      let errorClass = ErrorCode(rawValue: farewell.code)?.errorClass
      return (
        "the daemon refused the connection: \(printable(farewell.message))",
        ["code: \(printable(farewell.code))"],
        errorClass.map { ExitCode.of(errorClass: $0.rawValue) } ?? .unreachable
      )
    case .tokenRefused(let error): return (error.message, [], error.exitCode)
    }
  }

  private func explainUnreachable(_ fault: ConnectFault) -> (String, [String], ExitCode) {
    switch fault {
    case .missing(let path):
      return (
        "no daemon: there is no socket at \(printable(path))",
        [
          "is tilld running? systemctl status tilld, or: tilld --socket \(shellWord(path))",
          "another place: --socket PATH or TILL_SOCKET",
        ], .unreachable
      )
    case .notListening(let path):
      return (
        "stale socket: \(printable(path)) is there, but nobody listens on it",
        ["tilld was stopped, or died; starting it again replaces the socket"], .unreachable
      )
    case .forbidden(let path):
      return (
        "not allowed: user \(CurrentProcess.userID) may not connect to \(printable(path))",
        [ownership(of: path), "check all of it: till doctor"], .denied
      )
    case .notASocket(let path):
      return ("\(printable(path)) is not a socket", ["--socket or TILL_SOCKET is wrong"], .usage)
    case .pathTooLong: return ("\(fault)", ["choose a shorter path"], .usage)
    case .busy(let path, _):
      return (
        "the daemon at \(printable(path)) is busy: its queue of connections stayed full",
        ["try again, or wait longer: --connect-timeout 30s"], .busy
      )
    case .system: return ("\(fault)", [], .unreachable)
    }
  }

  private var label: String { console.styled("error:", .red) }

  private func sayObject(
    code: String, message: String, hint: String?, outcome: String, key: String? = nil
  ) {
    var data = JSONObject([("code", .string(code)), ("outcome", .string(outcome))])
    if let hint { data["hint"] = .string(hint) }
    if let key { data["idempotency_key"] = .string(key) }
    let object = JSONObject([("message", .string(message)), ("data", .object(data))])
    console.say(compact(.object(object)))
  }

  private func compact(_ value: JSONValue) -> String {
    String(decoding: value.bytes(), as: UTF8.self)
  }
}

extension ConversationFault {
  /// The code under `--json`, for faults that have no reply.
  var name: String {
    switch self {
    case .unreachable(.missing): "socket_missing"
    case .unreachable(.notListening): "socket_stale"
    case .unreachable(.forbidden): "socket_forbidden"
    case .unreachable: "unreachable"
    case .lost: "connection_lost"
    case .timedOut: "timed_out"
    case .garbled: "not_the_protocol"
    case .turnedAway: "turned_away"
    case .tokenRefused: "token_refused"
    }
  }
}
