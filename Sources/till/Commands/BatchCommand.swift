// `till batch run -`: JSON Lines of calls, all or none.

import JSON

/// The command of the table, with the calls read from a file as well.
func batchCommand(_ generated: CommandSpec?) -> LocalCommand? {
  guard let generated else { return nil }
  let file = ArgumentSpec(
    local: "file", doc: "One {\"method\":…,\"params\":{…}} a line; - for standard input.")
  // The calls may come from the file, so the flag is not required here.
  let flags = generated.flags.map { flag in
    ArgumentSpec(
      name: flag.name, pointer: flag.pointer, kind: flag.kind, required: false,
      repeated: flag.repeated, doc: flag.doc)
  }
  let spec = generated.with(
    positionals: [file], flags: flags,
    examples: ["till batch run calls.jsonl --key batch-0001"] + generated.examples)
  return LocalCommand(spec: spec) { (session, invocation) throws(UsageError) in
    try checkWords(invocation)
    let calls = try calls(in: invocation.words.first, inputs: session.inputs)
    let builder = ParameterBuilder(
      invocation: invocation.withoutWords, options: session.options, inputs: session.inputs)
    let requests = try builder.requests().map { request in
      var request = request
      let given = request["calls"]?.arrayValue ?? []
      request["calls"] = .array(given + calls)
      return request
    }
    return try MethodCommand(session: session, command: spec).run(requests)
  }
}

/// The calls of a file, one a line; none without a file.
private func calls(in file: String?, inputs: Inputs) throws(UsageError) -> [JSONValue] {
  guard let file else { return [] }
  var calls: [JSONValue] = []
  for (index, line) in try inputs.lines(file).enumerated() {
    do throws(UsageError) {
      calls.append(try jsonValue(Array(line.utf8)))
    } catch {
      throw error.about("line \(index + 1)")
    }
  }
  return calls
}

extension Invocation {
  /// The same line when its words were taken already.
  var withoutWords: Invocation {
    Invocation(command: command, words: [], flags: flags, globals: globals, rest: rest)
  }
}
