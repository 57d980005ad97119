// `till call METHOD`: any method, also one this program does not know.

import JSON

let callCommand = LocalCommand(
  spec: CommandSpec(
    path: ["call"], method: "", effect: "write", summary: "Call any method by its name",
    doc: "Parameters come from --params FILE or -, and from --param /pointer=text or"
      + " --param /pointer:=JSON. A method that this program does not know is sent all the same;"
      + " it is then treated as a write.",
    positionals: [
      ArgumentSpec(local: "method", required: true, doc: "The method, for example order.get.")
    ],
    flags: [], key: .allowed, dryRun: true, resultMember: nil, columns: [],
    examples: [
      "till call order.get --param /order=A1001",
      "till call order.create --params order.json --key order-A1001",
      "till call events.read --param /after=oldest --param /limit:=10 --json",
    ]),
  run: callMethod)

private func callMethod(_ session: Session, _ invocation: Invocation) throws(UsageError) -> ExitCode
{
  try checkWords(invocation)
  let method = invocation.words[0]
  let known = session.tree.commands.first { $0.method == method }
  if known == nil {
    let methods = session.tree.commands.map(\.method).filter { !$0.isEmpty }
    let near = nearest(to: method, among: methods).map { "; did you mean \($0)?" } ?? ""
    session.note("note: \(printable(method)) is not a method this program knows\(near)")
  }
  let command = CommandSpec(
    path: ["call"], method: method, effect: known?.effect ?? "write", summary: "", doc: "",
    positionals: [], flags: [], key: known?.key ?? .allowed, dryRun: known?.dryRun ?? true,
    resultMember: nil, columns: [], examples: [])
  try checkColumns(session.options.columns, of: command)
  guard command.effect != "stream" else {
    throw UsageError("\(method) is a stream", hints: ["use: till events tail"])
  }
  let builder = ParameterBuilder(
    invocation: Invocation(
      command: command, words: [], flags: [], globals: invocation.globals, rest: []),
    options: session.options, inputs: session.inputs)
  return try MethodCommand(session: session, command: command).run(try builder.requests())
}
