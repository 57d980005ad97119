import Domain
import JSON
import Testing
import Wire

@Suite("the envelope of a request")
struct EnvelopeTests {
  @Test("a whole request is read, its common members apart from its own")
  func whole() throws {
    let line =
      #"{"jsonrpc":"2.0","id":"a:1","method":"order.create","params":{"amount":{"minor":5},"#
      + #""idempotency_key":"A-1.b:c_9","timeout_ms":600000,"dry_run":true,"#
      + #""trace":"cron 7","x":1}}"#
    let expected = RequestEnvelope(
      id: .string("a:1"), method: "order.create",
      params: JSONObject([
        ("amount", .object(JSONObject([("minor", .integer(5))]))), ("x", .integer(1)),
      ]),
      options: RequestOptions(
        idempotencyKey: "A-1.b:c_9", timeoutMilliseconds: 600_000, dryRun: true, trace: "cron 7"))
    #expect(try request(line) == expected)
  }

  @Test("jsonrpc and params may be left out; an empty array is an empty object")
  func shortForms() throws {
    let expected = RequestEnvelope(
      id: .integer(0), method: "m", params: JSONObject(), options: RequestOptions())
    #expect(try request(#"{"id":0,"method":"m"}"#) == expected)
    #expect(try request(#"{"method":"m","params":[],"id":0}"#) == expected)
    #expect(try request(#"{"method":"m","params":{},"jsonrpc":"2.0","id":0}"#) == expected)
  }

  @Test(
    "row 27: without an id that counts the line is not attributed",
    arguments: [
      (#"{"method":"m"}"#, "null missing_id"),
      (#"{"id":null,"method":"m"}"#, "null missing_id"),
      (#"{"id":1.5,"method":"m"}"#, "null non_integer_number@6"),
      (#"{"id":{},"method":"m"}"#, "null bad_id"),
      (#"{"id":true,"method":"m"}"#, "null bad_id"),
      (#"{"id":-1,"method":"m"}"#, "null bad_id"),
      (#"{"id":"","method":"m"}"#, "null bad_id"),
      (#"{"id":"a b","method":"m"}"#, "null bad_id"),
      (#"{"id":"é","method":"m"}"#, "null bad_id"),
      (#"{"id":"a\u007f","method":"m"}"#, "null bad_id"),
    ])
  func badIDs(line: String, expected: String) {
    #expect(verdict(line) == expected)
  }

  @Test("an id has 1 to 64 bytes of its alphabet, or is an integer up to 2^53-1")
  func ids() throws {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/#-"
    for character in alphabet {
      #expect(
        try request(#"{"id":"\#(character)","method":"m"}"#).id == .string(String(character)))
    }
    let full = String(repeating: "x", count: 64)
    #expect(try request(#"{"id":"\#(full)","method":"m"}"#).id == .string(full))
    #expect(verdict(#"{"id":"\#(full)x","method":"m"}"#) == "null bad_id")
    #expect(
      try request(#"{"id":9007199254740991,"method":"m"}"#).id == .integer(9_007_199_254_740_991))
    #expect(RequestID.string("1") != RequestID.integer(1))
    for value in UInt8(0)..<128 {
      let text = String(UnicodeScalar(value))
      let isMember = alphabet.utf8.contains(value)
      #expect((RequestID(.string(text)) != nil) == isMember, "byte \(value)")
    }
  }

  @Test(
    "with an id the refusal is attributed",
    arguments: [
      (#"{"id":7}"#, "7 missing_method"),
      (#"{"id":7,"method":5}"#, "7 missing_method"),
      (#"{"id":7,"method":null}"#, "7 missing_method"),
      (#"{"jsonrpc":"1.0","id":7,"method":"m"}"#, "7 bad_jsonrpc_version"),
      (#"{"jsonrpc":2.0,"id":7,"method":"m"}"#, "null non_integer_number@11"),
      (#"{"jsonrpc":2,"id":7,"method":"m"}"#, "7 bad_jsonrpc_version"),
      (#"{"jsonrpc":null,"id":"x","method":"m"}"#, "x bad_jsonrpc_version"),
      (#"{"id":7,"method":"m","params":null}"#, "7 wrong_type"),
      (#"{"id":7,"method":"m","params":[1,2]}"#, "7 wrong_type"),
      (#"{"id":7,"method":"m","params":"x"}"#, "7 wrong_type"),
      (#"{"id":7,"method":"m","extra":1}"#, "7 unknown_field"),
    ])
  func attributed(line: String, expected: String) {
    #expect(verdict(line) == expected)
  }

  @Test("a misspelt member of the envelope is named")
  func misspelt() throws {
    let missing = try #require(refusal(#"{"ID":7,"method":"m"}"#)).error
    #expect(missing.code == .missingID && missing.hint == #"Rename "ID" to "id"."#)
    let method = try #require(refusal(#"{"id":7,"metod":"m"}"#)).error
    #expect(method.code == .missingMethod && method.hint == #"Rename "metod" to "method"."#)
    let params = try #require(refusal(#"{"id":7,"method":"m","parms":{}}"#)).error
    #expect(params.code == .unknownField && params.path == "/parms")
    #expect(params.details?["did_you_mean"] == .array([.string("params")]))
    let key = try #require(refusal(#"{"id":7,"method":"m","idempotency_key":"12345678"}"#)).error
    #expect(key.hint == #"Move "idempotency_key" into params."#)
  }

  @Test("all faults of an envelope are told together, at most twenty")
  func together() throws {
    let line =
      #"{"id":7,"method":"m","a/b~":1,"params":{"timeout_ms":0,"dry_run":"no","trace":7,"#
      + #""idempotency_key":"short"}}"#
    let error = try #require(refusal(line)).error
    #expect(error.code == .unknownField && error.path == "/a~1b~0")
    let problems = error.details?["problems"]?.arrayValue ?? []
    #expect(
      problems.map { $0["code"]?.stringValue } == [
        "unknown_field", "out_of_range", "wrong_type", "wrong_type", "bad_key",
      ])
    #expect(
      problems.map { $0["path"]?.stringValue } == [
        "/a~1b~0", "/params/timeout_ms", "/params/dry_run", "/params/trace",
        "/params/idempotency_key",
      ])
    let many = (0..<50).map { "\"x\($0)\":1" }.joined(separator: ",")
    let refused = try #require(refusal("{\"id\":7,\"method\":\"m\",\(many)}"))
    #expect(refused.error.details?["problems"]?.arrayValue?.count == 20)
  }

  @Test(
    "an idempotency_key has 8 to 128 characters of its alphabet",
    arguments: [
      ("12345678", true), ("1234567", false), (String(repeating: "k", count: 128), true),
      (String(repeating: "k", count: 129), false), ("with space", false), ("slash/12", false),
      ("ABCxyz09._:-", true), ("eight ch", false), ("éééé", false),
    ])
  func keys(key: String, isRight: Bool) throws {
    let refused = refusal(#"{"id":1,"method":"m","params":{"idempotency_key":"\#(key)"}}"#)
    #expect(refused?.error.code == (isRight ? nil : .badKey))
  }

  @Test(
    "timeout_ms is 1 to 600000",
    arguments: [
      ("1", true), ("600000", true), ("0", false), ("-1", false), ("600001", false),
      ("1000000000000", false),
    ])
  func timeouts(value: String, isRight: Bool) {
    let refused = refusal(#"{"id":1,"method":"m","params":{"timeout_ms":\#(value)}}"#)
    #expect(refused?.error.code == (isRight ? nil : .outOfRange))
    if let details = refused?.error.details {
      #expect(details["min"] == .integer(1) && details["max"] == .integer(600_000))
    }
  }

  @Test("trace is at most 128 printable ASCII characters")
  func traces() throws {
    func code(_ trace: String) -> ErrorCode? {
      refusal(#"{"id":1,"method":"m","params":{"trace":"\#(trace)"}}"#)?.error.code
    }
    #expect(code(String(repeating: "~", count: 128)) == nil)
    #expect(code(String(repeating: "~", count: 129)) == .tooLong)
    #expect(code("é") == .badFormat)
    #expect(code(#"\u001b[31m"#) == .badFormat)
    #expect(code("\u{7F}") == .badFormat)
  }

  @Test("row 29: an unknown method gets suggestions and a name cut to 64 bytes")
  func unknownMethod() throws {
    let known = ["order.create", "order.get", "order.list", "payment.create", "protocol.ping"]
    let upper = WireError.unknownMethod("Order.Create", known: known)
    #expect(upper.code == .unknownMethod && upper.code.errorClass.number == -32601)
    #expect(upper.details?["did_you_mean"] == .array([.string("order.create")]))
    let long = WireError.unknownMethod(String(repeating: "年", count: 4_000), known: known)
    #expect(long.details == nil)
    #expect(long.message == "There is no method \"\(String(repeating: "年", count: 21))…\".")
    let control = WireError.unknownMethod("\u{1B}[2J\n", known: known)
    let line = ReplyLines.error(control, id: .integer(1), ref: "r")
    #expect(line.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
  }

  @Test("a method is found by its bytes only")
  func methodNames() throws {
    for method in Method.allCases { #expect(try Method.named(method.rawValue) == method) }
    for name in ["", "Order.create", "order.create ", "order", "order.\u{63}reate\u{301}"] {
      #expect(throws: WireError.self) { try Method.named(name) }
    }
    do {
      _ = try Method.named("order.creat")
    } catch {
      #expect(error.details?["did_you_mean"]?.arrayValue?.first == .string("order.create"))
    }
  }

  @Test("row 33: a key is required, allowed or refused by the method; so is a dry run")
  func methodRules() {
    let key = RequestOptions(idempotencyKey: "12345678")
    for method in Method.allCases {
      let without = method.problems(with: RequestOptions()).map(\.code)
      let with = method.problems(with: key).map(\.code)
      #expect(without == (method.keyRule == .required ? [.keyRequired] : []))
      #expect(with == (method.keyRule == .never ? [.keyNotAllowed] : []))
      let dry = method.problems(with: RequestOptions(dryRun: true)).map(\.code)
      #expect(dry.contains(.notDryRunnable) == !method.allowsDryRun)
    }
    #expect(Method.orderCreate.problems(with: key).isEmpty)
    #expect(Method.orderGet.problems(with: key).map(\.path) == ["/params/idempotency_key"])
  }
}
