// Commands that ask nobody: the version, the errors, and what a word means.

import Domain
import JSON
import Wire

let versionCommand = LocalCommand(
  spec: CommandSpec(
    local: ["version"], summary: "Version, protocol and contract of this program",
    doc: "Asks no daemon; till doctor compares both.", examples: ["till version --json"]),
  run: { (session, invocation) throws(UsageError) in
    try checkWords(invocation)
    let result = JSONObject([
      ("version", .string(ProgramVersion.text)),
      ("protocol", .integer(ProgramVersion.protocolNumber)),
      ("schema", .string(contractDigest())),
    ])
    var printer = ResultPrinter(
      console: session.console, options: session.options, command: invocation.command)
    return printer.show(result, line: JSONValue.object(result).bytes())
  })

let errorsCommand = LocalCommand(
  spec: CommandSpec(
    local: ["protocol", "errors"], summary: "Every error code with its exit code",
    doc: "From the contract this program was made from; asks no daemon.",
    positionals: [ArgumentSpec(local: "code", doc: "Only this one.")],
    columns: ["code", "class", "exit", "retry", "hint"],
    examples: ["till protocol errors", "till protocol errors order_not_found"]),
  run: { (session, invocation) throws(UsageError) in
    try checkWords(invocation)
    var codes = ErrorCode.allCases
    if let name = invocation.words.first {
      codes = codes.filter { $0.rawValue == name }
      guard !codes.isEmpty else { throw unknownErrorCode(name) }
    }
    let spec = invocation.command
    let shown = CommandSpec(
      path: spec.path, method: "", effect: "read", summary: "", doc: "", positionals: [],
      flags: [], key: .none, dryRun: false, resultMember: "errors", columns: spec.columns,
      examples: [])
    var printer = ResultPrinter(
      console: session.console, options: session.options, command: shown)
    let rows = codes.map { JSONValue.object(errorRow($0)) }
    let result = JSONObject([("errors", .array(rows))])
    return printer.show(result, line: JSONValue.object(result).bytes())
  })

let explainCommand = LocalCommand(
  spec: CommandSpec(
    local: ["explain"], summary: "What a word of the contract means",
    doc: "Offline: an error code such as order_not_found, a method such as order.create, an event"
      + " such as order.paid, a type such as pay_state or payment, a word of one such as late, how"
      + " strong evidence is such as e4, an exit code such as 12, or a topic of till help.",
    positionals: [ArgumentSpec(local: "word", required: true, doc: "What to explain.")],
    examples: [
      "till explain refund_exceeds_paid", "till explain pay_state", "till explain order.create",
      "till explain e4", "till explain 12",
    ]),
  run: { (session, invocation) throws(UsageError) in
    try checkWords(invocation)
    for line in try explanation(of: invocation.words[0], tree: session.tree) {
      session.console.print(line)
    }
    return .done
  })

private func explanation(of word: String, tree: CommandTree) throws(UsageError) -> [String] {
  if let command = tree.command(forMethod: word) { return commandHelp(command) }
  if let row = ExitCode.all.first(where: { String($0.code.number) == word }) {
    let classes = row.code.errorClasses
    return ["exit code \(word): \(row.meaning)"]
      + (classes.isEmpty ? [] : ["error classes: \(classes.joined(separator: ", "))"])
  }
  let lines = contractLines(word)
  guard lines.isEmpty else { return lines }
  if let topic = helpTopics.first(where: { $0.name == word }) { return topic.lines() }
  let meanings = valueLines(word)
  guard !meanings.isEmpty else { throw unknownErrorCode(word) }
  return meanings
}

private func errorRow(_ code: ErrorCode) -> JSONObject {
  JSONObject([
    ("code", .string(code.rawValue)), ("class", .string(code.errorClass.rawValue)),
    ("number", .integer(code.errorClass.number)),
    ("exit", .integer(Int64(code.errorClass.exitCode))), ("retry", .string(code.retry.rawValue)),
    ("hint", .string(code.hint)),
  ])
}

private func unknownErrorCode(_ word: String) -> UsageError {
  let names = ErrorCode.allCases.map(\.rawValue)
  let near = nearest(to: word, among: names).map { ["did you mean: \($0)"] } ?? []
  return UsageError(
    "nothing here is called '\(printable(word))'", hints: near + ["all codes: till protocol errors"]
  )
}
