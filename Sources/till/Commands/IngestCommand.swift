// `till notification ingest GATEWAY -`: what a gateway sent, byte for byte.

import JSON

/// The command of the table with the body as its last word and one flag a header.
func ingestCommand(_ generated: CommandSpec?) -> LocalCommand? {
  guard let generated else { return nil }
  let replaced = ["body", "body-base64", "headers", "header"]
  let body = ArgumentSpec(
    name: "body", pointer: "/body_base64", kind: .bytes, required: true, repeated: false,
    doc: "The raw body: - for standard input, or @file.")
  let header = ArgumentSpec(
    local: "header", repeated: true, doc: "A header as received, 'Name: value'.")
  let spec = generated.with(
    positionals: generated.positionals + [body],
    flags: generated.flags.filter { !replaced.contains($0.name) } + [header],
    examples: [
      "till notification ingest alipay - --header 'Content-Type: application/x-www-form-urlencoded'"
        + " --get ack.body < body",
      "till notification ingest alipay @request.bin",
    ])
  return LocalCommand(spec: spec) { (session, invocation) throws(UsageError) in
    let builder = ParameterBuilder(
      invocation: invocation, options: session.options, inputs: session.inputs)
    let headers = try headers(invocation)
    let requests = try builder.requests().map { request in
      var request = request
      if !headers.isEmpty { request["headers"] = .object(headers) }
      return request
    }
    return try MethodCommand(session: session, command: spec).run(requests)
  }
}

/// Headers in their order; a name that comes twice has its values joined as HTTP allows.
private func headers(_ invocation: Invocation) throws(UsageError) -> JSONObject {
  var headers = JSONObject()
  for flag in invocation.flags where flag.name == "header" {
    let text = flag.value ?? ""
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
      throw UsageError("--header: '\(printable(text))' is not 'Name: value'")
    }
    let name = String(text[..<colon])
    let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
    if let earlier = headers[name]?.stringValue {
      headers[name] = .string("\(earlier), \(value)")
    } else {
      headers[name] = .string(String(value))
    }
  }
  return headers
}
