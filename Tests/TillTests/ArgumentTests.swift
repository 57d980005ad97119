import Domain
import JSON
import Testing

@testable import till

private let tree = CommandTree(
  generated: sampleTable, local: localCommands(generated: sampleTable).map(\.spec))

private func parsed(_ words: [String]) throws -> Invocation {
  guard case .run(let invocation) = try ArgumentParser(tree: tree).parse(words) else {
    throw UsageError("not a command")
  }
  return invocation
}

/// The parameters of the first request, as JSON text.
private func parameters(
  _ words: [String], input: String = "", files: [String: String] = [:]
) throws -> String {
  try all(words, input: input, files: files)[0]
}

private func all(
  _ words: [String], input: String = "", files: [String: String] = [:]
) throws -> [String] {
  let invocation = try parsed(words)
  let options = try GlobalOptions(invocation.globals, environment: { _ in nil })
  let builder = ParameterBuilder(
    invocation: invocation, options: options, inputs: testInputs(input: input, files: files))
  return try builder.requests().map {
    String(decoding: JSONValue.object($0).bytes(), as: UTF8.self)
  }
}

@Suite("the command line")
struct ArgumentTests {
  @Test("flags may stand anywhere, with a blank or =")
  func flagsAnywhere() throws {
    let wanted =
      #"{"order_no":"A-1","amount":{"currency":"CNY","minor":5800},"subject":"Gift","#
      + #""idempotency_key":"till-made-here"}"#
    let lines = [
      ["order", "create", "A-1", "58.00CNY", "--subject", "Gift"],
      ["order", "--json", "create", "A-1", "--subject=Gift", "58.00CNY"],
      ["--subject", "Gift", "order", "create", "A-1", "58.00CNY"],
      ["--socket", "/x", "order", "create", "--subject", "Gift", "--", "A-1", "58.00CNY"],
    ]
    for line in lines { #expect(try parameters(line) == wanted) }
  }

  @Test("after -- a word may look like a flag")
  func endOfFlags() throws {
    #expect(try parameters(["order", "get", "--", "--yes"]) == #"{"order":"--yes"}"#)
  }

  @Test("the number of words decides which is which, not their looks")
  func optionalWords() throws {
    let one = try parameters(["order", "create", "1.00CNY", "--subject", "x"])
    #expect(one.hasPrefix(#"{"amount":{"currency":"CNY","minor":100}"#))
    let two = try parameters(["order", "create", "1.00CNY", "2.00CNY", "--subject", "x"])
    #expect(two.hasPrefix(#"{"order_no":"1.00CNY","amount":{"currency":"CNY","minor":200}"#))
  }

  @Test("an amount may come as minor units")
  func minorUnits() throws {
    let line = ["order", "create", "A-1", "--minor", "5800", "--currency", "CNY", "--subject", "x"]
    #expect(
      try parameters(line).hasPrefix(
        #"{"order_no":"A-1","subject":"x","amount":{"currency":"CNY","minor":5800}"#))
    #expect(throws: UsageError.self) {
      try parameters(["order", "create", "--minor", "5800", "--subject", "x"])
    }
  }

  @Test("nested and repeated members come from flags")
  func nested() throws {
    let line = [
      "order", "create", "1CNY", "--subject", "x", "--buyer-email", "a@b.c", "--line", #"{"q":1}"#,
      "--line", #"{"q":2}"#, "--expires-in", "15m", "--key", "shop-0001",
    ]
    #expect(
      try parameters(line)
        == #"{"amount":{"currency":"CNY","minor":100},"subject":"x","buyer":{"email":"a@b.c"},"#
        + #""lines":[{"q":1},{"q":2}],"expires_in_ms":900000,"idempotency_key":"shop-0001"}"#)
  }

  @Test("common members come from global flags")
  func commonMembers() throws {
    let line = [
      "refund", "create", "pay_1", "1CNY", "--timeout", "5s", "--trace", "t-1", "--dry-run",
    ]
    #expect(
      try parameters(line)
        == #"{"payment":"pay_1","amount":{"currency":"CNY","minor":100},"#
        + #""idempotency_key":"till-made-here","timeout_ms":5000,"trace":"t-1","dry_run":true}"#)
  }

  @Test("--param sets text with = and JSON with :=, and wins over --params")
  func freeParameters() {
    let line = [
      "call", "order.list", "--params", "p.json", "--param", "/limit:=10", "--param", "/text=10",
      "--param", "/a~1b/c=x", "--param", "/tags/-=one", "--param", "/tags/-=two",
    ]
    let daemon = FakeDaemon.answering { _, _ in #""result":{}"# }
    let files = ["p.json": #"{"limit":1,"page":"p"}"#]
    #expect(run(line + ["--socket", daemon.path], files: files).code == .done)
    let sent = daemon.received.first?["params"]
    #expect(
      sent.map { String(decoding: $0.bytes(), as: UTF8.self) }
        == #"{"limit":10,"page":"p","text":"10","a/b":{"c":"x"},"tags":["one","two"]}"#)
  }

  @Test("one word a request, and - reads them from standard input")
  func severalRequests() throws {
    #expect(try all(["order", "get", "A", "B"]) == [#"{"order":"A"}"#, #"{"order":"B"}"#])
    #expect(
      try all(["order", "get", "-"], input: "A\r\n\nB\n") == [#"{"order":"A"}"#, #"{"order":"B"}"#])
    #expect(throws: UsageError.self) {
      try all(["order", "cancel", "A", "B", "--key", "same-key-1"])
    }
  }

  @Test(
    "a wrong command line is refused with the way out",
    arguments: [
      (["ordr", "get"], "till has no command 'ordr'", "did you mean: till order"),
      (["order", "gte", "x"], "till order has no command 'gte'", "did you mean: till order get"),
      (["order"], "till order needs a further word", "one of: cancel create get list wait"),
      (
        ["order", "get", "x", "--sokcet", "y"], "till order get has no flag --sokcet",
        "did you mean: --socket"
      ),
      (
        ["order", "create", "1CNY"], "till order create needs --subject",
        "usage: till order create [ORDER-NO] AMOUNT --subject TEXT [flags]"
      ),
      (["order", "get"], "till order get needs ORDER", "usage: till order get ORDER"),
      (
        ["refund", "create", "p"], "till refund create needs AMOUNT",
        "example: till refund create EXAMPLE"
      ),
      (
        ["refund", "create", "p", "1CNY", "x"], "till refund create takes no further word 'x'",
        "usage: till refund create PAYMENT AMOUNT"
      ),
      (
        ["order", "list", "--pay-state", "payd"], "--pay-state: 'payd' is not one of the values",
        "did you mean: paid"
      ),
      (["order", "list", "--limit", "ten"], "--limit: 'ten' is not a whole number", ""),
      (["order", "list", "--limit"], "--limit needs a value", "--limit N"),
      (["order", "get", "x", "-j"], "-j is not a flag: flags have two dashes", ""),
      (
        ["order", "get", "x", "--key", "long-enough"],
        "till order get takes no --key: it is safe to repeat", ""
      ),
      (["order", "get", "x", "--dry-run"], "till order get has no --dry-run", ""),
      (
        ["call", "order.get", "--params", #"{"order":"x"}"#],
        "--params names a file, or - for standard input; this is the JSON itself",
        "one parameter at a time: --param /order=A1001; more: till help parameters"
      ),
      (
        ["order", "get", "x", "--format", "yaml"], "--format: 'yaml' is not one of the values",
        "one of: table wide json jsonl tsv csv id raw"
      ),
      (
        ["order", "create", "1CNY", "--subject", "x", "--key", "short"],
        "a key is 8 to 128 of A-Z a-z 0-9 . _ : -", "given: short"
      ),
      (
        ["order", "get", "x", "--json=maybe"],
        "--json is a switch: it takes no value, or true or false", ""
      ),
      (
        ["order", "get", "x", "--param", "order"], "--param 'order' has no =",
        "/ptr=text or /ptr:=JSON"
      ),
      (["order", "get", "x", "--timeout", "30"], "--timeout: '30' is not a duration", ""),
    ] as [([String], String, String)])
  func refused(_ words: [String], _ message: String, _ hint: String) {
    let result = run(words)
    #expect(result.code == .usage)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("error: \(message)\n"))
    if !hint.isEmpty { #expect(result.errors.contains("  \(hint)\n"), "\(result.errors)") }
  }

  @Test("an error under --json is one object on standard error")
  func errorAsObject() throws {
    let result = run(["order", "get", "--json"])
    let object = try JSONReader.read(Array(result.errors.utf8), profile: .document)
    #expect(object.value(atPath: "data.code")?.stringValue == "usage")
    #expect(result.code == .usage)
  }

  @Test("the format of the environment counts until a flag says otherwise")
  func formatOfEnvironment() throws {
    let fromEnvironment = try GlobalOptions([], environment: { $0 == "TILL_FORMAT" ? "csv" : nil })
    #expect(fromEnvironment.format == .csv)
    let json = GivenFlag(name: "json", value: nil)
    #expect(
      try GlobalOptions([json], environment: { $0 == "TILL_FORMAT" ? "csv" : nil }).format == .jsonl
    )
    #expect(throws: UsageError.self) {
      try GlobalOptions([], environment: { $0 == "TILL_FORMAT" ? "yaml" : nil })
    }
  }

  @Test("a notification goes out byte for byte, its headers as an object")
  func ingest() throws {
    let daemon = FakeDaemon.answering { _, _ in #""result":{"verdict":"applied"}"# }
    let result = run(
      [
        "notification", "ingest", "alipay", "-", "--socket", daemon.path, "--header",
        "Content-Type: text/plain", "--header", "X-A:1", "--header", "X-A: 2",
      ], input: "a=1&b=é\r\n")
    #expect(result.code == .done)
    #expect(
      daemon.received.first?["params"]
        == .object(
          JSONObject([
            ("gateway", .string("alipay")), ("body_base64", .string("YT0xJmI9w6kNCg==")),
            (
              "headers",
              .object(
                JSONObject([("Content-Type", .string("text/plain")), ("X-A", .string("1, 2"))]))
            ),
          ])))
  }

  @Test("a batch comes as JSON Lines, and a bad line is named")
  func batch() throws {
    let daemon = FakeDaemon.answering { _, _ in #""result":{"results":[]}"# }
    let input = "{\"method\":\"a.b\"}\n\n{\"method\":\"c.d\",\"params\":{}}\n"
    let good = run(["batch", "run", "-", "--socket", daemon.path], input: input)
    #expect(good.code == .done)
    #expect(daemon.received.first?.value(atPath: "params.calls")?.arrayValue?.count == 2)
    let bad = run(["batch", "run", "-"], input: "{}\n{1}\n")
    #expect(bad.code == .usage)
    #expect(bad.errors.contains("line 2"))
  }

  @Test("words that are no text are refused, never mended")
  func notText() {
    let errors = Capture()
    let daemon = FakeDaemon.answering { _, _ in #""result":{"order":{"id":"ord_1"}}"# }
    let program = Program(
      generated: sampleTable,
      console: Console(writeOutput: { _ in }, writeError: errors.append, readAnswer: { nil }),
      inputs: testInputs())
    let words = ["order", "get", "caf", "--socket", daemon.path].map { Array($0.utf8) }
    var broken = words
    broken[2].append(0xE9)
    #expect(program.run(words: broken) == .usage)
    #expect(errors.text.contains("word 3"), "\(errors.text)")
    #expect(errors.text.contains("not UTF-8"), "\(errors.text)")
    #expect(daemon.received.isEmpty)
    #expect(program.run(words: words) == .done)
  }
}
