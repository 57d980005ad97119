// `till key pending` and `till key resolve`: requests whose outcome nobody knew.

import JSON
import Platform

let pendingCommand = LocalCommand(
  spec: CommandSpec(
    local: ["key", "pending"], summary: "Requests whose outcome is not known",
    doc: "When an answer did not come, the request is kept with its key in"
      + " $XDG_STATE_HOME/till/pending.jsonl (~/.local/state/till). Asks no daemon.",
    columns: ["at", "method", "key", "command"], examples: ["till key pending"]),
  run: showPending)

let resolveCommand = LocalCommand(
  spec: CommandSpec(
    local: ["key", "resolve"], summary: "Learn what became of requests without an answer",
    doc: "Asks the daemon for the key of each pending request. Done: its stored answer is shown and"
      + " the request is forgotten. Running: it is kept, ask again. Absent: nothing happened under"
      + " this key; --repeat sends the request again with the same key, --forget drops it.",
    positionals: [
      ArgumentSpec(local: "key", doc: "Only this one; all of them without it.")
    ],
    flags: [
      ArgumentSpec(local: "repeat", .boolean, doc: "send absent requests again, with their key"),
      ArgumentSpec(local: "forget", .boolean, doc: "drop absent requests"),
    ], columns: ["key", "method", "state", "action"],
    examples: ["till key resolve", "till key resolve --repeat --yes"]),
  run: resolvePending)

/// The file of pending requests and what is in it.
private func pendingRequests(
  _ session: Session
) throws(UsageError) -> (store: PendingKeys, requests: [PendingRequest]) {
  guard let store = PendingKeys(environment: session.inputs.environment) else {
    throw UsageError("neither XDG_STATE_HOME nor HOME says where pending requests are")
  }
  do throws(PendingFault) {
    return (store, try store.all())
  } catch {
    throw UsageError("the pending requests cannot be read: \(error.text)")
  }
}

private func showPending(
  _ session: Session, _ invocation: Invocation
) throws(UsageError) -> ExitCode {
  try checkWords(invocation)
  let rows = try pendingRequests(session).requests.map { JSONValue.object($0.json) }
  return show(rows, named: "pending", as: invocation.command, on: session)
}

private func show(
  _ rows: [JSONValue], named name: String, as command: CommandSpec, on session: Session
) -> ExitCode {
  let shown = CommandSpec(
    path: command.path, method: "", effect: "read", summary: "", doc: "", positionals: [],
    flags: [], key: .none, dryRun: false, resultMember: name, columns: command.columns,
    examples: [])
  var printer = ResultPrinter(console: session.console, options: session.options, command: shown)
  let result = JSONObject([(name, .array(rows))])
  return printer.show(result, line: JSONValue.object(result).bytes())
}

private func resolvePending(
  _ session: Session, _ invocation: Invocation
) throws(UsageError) -> ExitCode {
  try checkWords(invocation)
  let (store, all) = try pendingRequests(session)
  let wanted = invocation.words.first.map { key in all.filter { $0.key == key } } ?? all
  if let key = invocation.words.first, wanted.isEmpty {
    session.note("error: no pending request has the key \(printable(key))")
    return .notFound
  }
  var rows: [JSONValue] = []
  var code = ExitCode.done
  for request in wanted {
    let resolution = try resolve(request, session, invocation, in: store)
    rows.append(.object(resolution.row))
    if code == .done || resolution.code == .outcomeUnknown { code = resolution.code }
  }
  let shown = show(rows, named: "resolved", as: invocation.command, on: session)
  if rows.contains(where: { $0["action"]?.stringValue == "kept" && isAbsent($0) }) {
    session.note("absent: nothing happened under the key; --repeat sends it, --forget drops it")
  }
  return code == .done ? shown : code
}

private func isAbsent(_ row: JSONValue) -> Bool { row["state"]?.stringValue == "absent" }

/// What became of one pending request.
private struct Resolution {
  let row: JSONObject
  let code: ExitCode
}

private func resolve(
  _ request: PendingRequest, _ session: Session, _ invocation: Invocation, in store: PendingKeys
) throws(UsageError) -> Resolution {
  var settings = try session.connection()
  if session.options.socket == nil, !request.socket.isEmpty { settings.path = request.socket }
  let exchange = Exchange(
    settings, method: "key.lookup", isRead: true, isWrite: false,
    replyTimeoutMilliseconds: { _ in lookupTimeoutMilliseconds })
  var found: RequestOutcome?
  exchange.run([JSONObject([("key", .string(request.key))])]) { _, outcome in
    found = outcome
    return true
  }
  var row = JSONObject([("key", .string(request.key)), ("method", .string(request.method))])
  switch found {
  case .result(let result, _):
    let state = result["state"]?.stringValue ?? "unknown"
    row["state"] = .string(state)
    if let reply = result["reply"] { row["reply"] = reply }
    let (action, code) = try settle(request, state: state, session, invocation, in: store)
    row["action"] = .string(action)
    return Resolution(row: row, code: code)
  case .failure(let error):
    row["state"] = .string("unknown")
    row["action"] = .string("kept")
    return Resolution(row: row, code: session.report.reply(error, key: request.key))
  case .fault(let fault, _):
    row["state"] = .string("unknown")
    row["action"] = .string("kept")
    let code = session.report.fault(fault, mayHaveActed: false, key: request.key)
    return Resolution(row: row, code: code)
  case nil: preconditionFailure("an exchange reports every request")
  }
}

private func settle(
  _ request: PendingRequest, state: String, _ session: Session, _ invocation: Invocation,
  in store: PendingKeys
) throws(UsageError) -> (action: String, code: ExitCode) {
  switch state {
  case "done":
    return (forget(request, in: store, session), .done)
  case "absent" where invocation.has("repeat"):
    guard let command = session.tree.command(forMethod: request.method) else {
      throw UsageError("\(printable(request.method)) is not a method this program knows")
    }
    let code = try MethodCommand(session: session, command: command).run([request.parameters])
    let isOpen = [.unreachable, .outcomeUnknown, .busy, .timeRanOut].contains(code)
    return isOpen ? ("kept", code) : (forget(request, in: store, session), code)
  case "absent" where invocation.has("forget"):
    return (forget(request, in: store, session), .done)
  case "absent": return ("kept", .done)
  default: return ("kept", .outcomeUnknown)
  }
}

private func forget(
  _ request: PendingRequest, in store: PendingKeys, _ session: Session
) -> String {
  do throws(PendingFault) {
    try store.remove(key: request.key)
    return "forgotten"
  } catch {
    session.note("warning: \(error.text)")
    return "kept"
  }
}

private let lookupTimeoutMilliseconds = 30_000
