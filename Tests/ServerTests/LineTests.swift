import Foundation
import JSON
import Testing

@testable import Server

@Suite("lines and envelopes")
struct LineTests {
  /// A line, the code it is answered with, and whether the id comes back.
  struct BadLine: Sendable, CustomTestStringConvertible {
    let line: String
    let code: String
    let isAttributed: Bool

    init(_ line: String, _ code: String, isAttributed: Bool = false) {
      self.line = line
      self.code = code
      self.isAttributed = isAttributed
    }

    var testDescription: String { "\(code): \(line.prefix(60))" }
  }

  static let lines: [BadLine] = [
    BadLine(#"{"id":1"#, "bad_json"),
    BadLine(#"{"id":1,"id":2,"method":"protocol.ping"}"#, "duplicate_key"),
    BadLine(#"{"id":1,"method":"protocol.ping","params":{"echo":1.5}}"#, "non_integer_number"),
    BadLine(#"{"id":1,"method":"a","params":{"echo":9007199254740992}}"#, "number_out_of_range"),
    BadLine(#"{"id":1,"method":"protocol.ping"} {}"#, "trailing_data"),
    BadLine(#"[1]"#, "not_object"),
    BadLine(#"[{"id":1,"method":"protocol.ping"}]"#, "batch_not_supported"),
    BadLine(#"{"method":"protocol.ping"}"#, "missing_id"),
    BadLine(#"{"id":null,"method":"protocol.ping"}"#, "missing_id"),
    BadLine(#"{"id":{},"method":"protocol.ping"}"#, "bad_id"),
    BadLine(#"{"id":1,"jsonrpc":"1.0","method":"a"}"#, "bad_jsonrpc_version", isAttributed: true),
    BadLine(#"{"id":1}"#, "missing_method", isAttributed: true),
    BadLine(#"{"id":1,"method":"order.ceate"}"#, "unknown_method", isAttributed: true),
    BadLine(#"{"id":1,"method":"protocol.ping","x":1}"#, "unknown_field", isAttributed: true),
    BadLine(
      #"{"id":1,"method":"protocol.ping","params":{"eco":1}}"#, "unknown_field",
      isAttributed: true),
    BadLine(
      #"{"id":1,"method":"protocol.ping","params":[1]}"#, "wrong_type", isAttributed: true),
    BadLine(
      #"{"id":1,"method":"order.get","params":{"order":"A","timeout_ms":0}}"#, "out_of_range",
      isAttributed: true),
    BadLine(
      #"{"id":1,"method":"order.get","params":{"order":"A","idempotency_key":"12345678"}}"#,
      "key_not_allowed", isAttributed: true),
    BadLine(
      #"{"id":1,"method":"delivery.claim","params":{"order":"A1"}}"#, "key_required",
      isAttributed: true),
    BadLine(
      #"{"id":1,"method":"order.get","params":{"order":"A","dry_run":true}}"#,
      "not_dry_runnable", isAttributed: true),
  ]

  @Test("a bad line costs one answer and nothing else", arguments: lines)
  func badLine(_ bad: BadLine) throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    client.send(raw: bad.line + "\n")
    let reply = try client.line { $0["error"] != nil }
    #expect(code(reply) == bad.code)
    #expect(reply["id"] == (bad.isAttributed ? .integer(1) : .null))
    #expect(reply["error"]?["data"]?["outcome"]?.stringValue == "none")
    #expect(reply["error"]?["data"]?["ref"]?.stringValue?.isEmpty == false)
    #expect(try client.result("protocol.ping", ["echo": 2])["echo"]?.integerValue == 2)
  }

  @Test("bytes that are no UTF-8 are refused with their offset")
  func invalidUTF8() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    client.send(bytes: Array(#"{"id":""#.utf8) + [0xFF] + Array("\"}\n".utf8))
    let reply = try client.line { $0["error"] != nil }
    #expect(code(reply) == "invalid_utf8")
    #expect(reply["error"]?["data"]?["details"]?["offset"]?.integerValue == 7)
  }

  @Test("all faults of one request come together, with names near the unknown ones")
  func problemsTogether() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let reply = try client.call(
      "order.create",
      ["amount": ["currency": "cny", "minor": 0], "subjekt": "x", "order_no": "A B"])
    let details = reply["error"]?["data"]?["details"]
    let codes = details?["problems"]?.arrayValue?.compactMap { $0["code"]?.stringValue } ?? []
    #expect(codes.contains("key_required"))
    #expect(codes.contains("unknown_currency"))
    #expect(codes.contains("missing_param"))
    #expect(codes.contains("unknown_field"))
    #expect(codes.contains("bad_format"))
  }

  @Test("eight malformed lines in a row end the connection, seven do not")
  func malformedInRow() throws {
    let daemon = try TestDaemon()
    let patient = try daemon.client()
    for _ in 0..<3 {
      for _ in 0..<7 { patient.send(raw: "nonsense\n") }
      _ = try patient.result("protocol.ping")
    }
    let client = try daemon.client()
    for _ in 0..<8 { client.send(raw: "nonsense\n") }
    #expect(try client.notification("session.bye")["code"]?.stringValue == "too_many_errors")
    #expect(client.isEnded())
  }

  @Test("an id in flight is not taken twice: the connection ends, the first is not answered twice")
  func duplicateID() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    client.ask("events.wait", ["after": "now"], id: 5)
    client.ask("protocol.ping", id: 5)
    let reply = try client.line { code($0) == "duplicate_id" }
    #expect(reply["id"] == .null)
    #expect(try client.notification("session.bye")["code"]?.stringValue == "duplicate_id")
    #expect(client.isEnded())
    #expect(client.untaken.allSatisfy { $0["id"]?.integerValue != 5 })
  }

  @Test("HTTP is told so and closed")
  func http() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    client.send(raw: "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(code(try client.line { $0["error"] != nil }) == "not_http")
    #expect(try client.notification("session.bye")["code"]?.stringValue == "not_http")
    #expect(client.isEnded())
  }

  @Test("a line over the limit is thrown away and the next one counts")
  func longLine() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    client.send(bytes: [UInt8](repeating: 0x78, count: 300_000) + [10])
    #expect(code(try client.line { $0["error"] != nil }) == "line_too_long")
    #expect(try client.result("protocol.ping", ["echo": 1])["echo"]?.integerValue == 1)
  }

  @Test("more than sixteen mebibytes of one line end the connection")
  func endlessLine() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let chunk = [UInt8](repeating: 0x78, count: 1 << 20)
    for _ in 0..<18 { client.send(bytes: chunk) }
    #expect(try client.notification("session.bye")["code"]?.stringValue == "line_too_long")
    #expect(client.isEnded())
  }

  @Test("a line that is begun and not ended is answered and closed, even byte by byte")
  func slowLine() throws {
    let daemon = try TestDaemon(limits: { $0.linePartialMilliseconds = 300 })
    let client = try daemon.client()
    for _ in 0..<40 where !client.isEnded(waiting: 0.02) { client.send(raw: " ") }
    #expect(client.untaken.contains { code($0) == "line_timeout" })
    #expect(
      client.untaken.contains { $0["params"]?["code"]?.stringValue == "line_timeout" })
  }

  @Test("a line cut off by a half-close is never executed, whole as it may be")
  func truncatedLine() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let line = JSONValue.object([
      "id": 1, "method": "order.create", "params": .object(order("CUT1")),
    ])
    client.send(bytes: line.bytes())
    client.halfClose()
    #expect(code(try client.line { $0["error"] != nil }) == "truncated_line")
    #expect(client.isEnded())
    let other = try daemon.client()
    #expect(try other.failure("order.get", ["order": "CUT1"]) == "order_not_found")
  }

  @Test("a hundred thousand empty lines are nothing")
  func emptyLines() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    client.send(bytes: [UInt8](repeating: 10, count: 100_000))
    #expect(try client.result("protocol.ping", ["echo": 1])["echo"]?.integerValue == 1)
  }

  @Test("a carriage return before the line feed is dropped, and PHP's empty list is no parameter")
  func carriageReturn() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    client.send(raw: "{\"id\":\"a\",\"method\":\"protocol.ping\",\"params\":[]}\r\n")
    let reply = try client.line { $0["id"]?.stringValue == "a" }
    #expect(reply["result"]?.objectValue?.isEmpty == true)
  }

  @Test("a request cut into single bytes is one request")
  func byteByByte() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    for byte in Array("{\"id\":1,\"method\":\"protocol.ping\"}\n".utf8) {
      client.send(bytes: [byte])
    }
    #expect(try client.reply(to: 1)["result"] != nil)
  }
}
