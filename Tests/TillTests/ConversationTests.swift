import Foundation
import JSON
import Platform
import Testing

@testable import till

@Suite("talking to the daemon")
struct ConversationTests {
  @Test("no socket, a stale one and a forbidden one have three sentences and two codes")
  func unreachable() throws {
    let folder = TemporaryFolder()
    let missing = run([
      "order", "get", "x", "--socket", folder.file("a.sock"), "--connect-timeout", "0s",
    ])
    #expect(missing.code == .unreachable)
    #expect(missing.errors.contains("there is no socket at"))
    #expect(missing.errors.contains("systemctl status tilld"))

    let stalePath = folder.file("b.sock")
    do {
      let listener = try UnixSocket.listen(at: stalePath)
      try FileManager.default.moveItem(atPath: stalePath, toPath: folder.file("kept"))
      try FileManager.default.createSymbolicLink(
        atPath: stalePath, withDestinationPath: folder.file("kept"))
      _ = listener.number
    }
    let stale = run(["order", "get", "x", "--socket", stalePath, "--connect-timeout", "0s"])
    #expect(stale.code == .unreachable)
    #expect(stale.errors.contains("stale socket"))
    #expect(stale.errors.contains("tilld was stopped, or died"))

    let report = FailureReport(
      console: Console(writeOutput: { _ in }, writeError: { _ in }, readAnswer: { nil }),
      isMachineReadable: false, arguments: [])
    let (sentence, hints, code) = report.explain(.unreachable(.forbidden(path: folder.path)))
    #expect(sentence.hasPrefix("not allowed: user "))
    #expect(hints.first?.contains("group") == true)
    #expect(code == .denied)
  }

  @Test("a path too long for a socket is an error of the command line")
  func longPath() {
    let path = "/tmp/" + String(repeating: "x", count: 200)
    let result = run(["order", "get", "x", "--socket", path, "--connect-timeout", "0s"])
    #expect(result.code == .usage)
    #expect(result.errors.contains("205 bytes"))
  }

  @Test("a daemon that starts late is waited for")
  func lateDaemon() {
    let folder = TemporaryFolder()
    let path = folder.file("late.sock")
    Thread {
      SystemClock.sleep(milliseconds: 150)
      guard let listener = try? UnixSocket.listen(at: path) else { return }
      var entries = [Readiness.reading(listener.number)]
      _ = try? Readiness.wait(&entries, until: Deadline(afterMilliseconds: 10_000))
      guard case .accepted(let descriptor) = listener.accept() else { return }
      let connection = FakeConnection(descriptor)
      _ = connection.readLine()
      connection.send(#"{"id":1,"result":{"order":{"id":"ord_1"}}}"#)
    }.start()
    let result = run(["order", "get", "x", "--socket", path, "--format", "id"])
    #expect(result.code == .done)
    #expect(result.output == "ord_1\n")
    withExtendedLifetime(folder) {}
  }

  @Test("unknown members, unknown notifications and foreign ids are ignored")
  func ignored() {
    let daemon = FakeDaemon { _, connection, _ in
      connection.send(FakeDaemon.greeting)
      guard connection.readLine() != nil else { return }
      connection.send("")
      connection.send(#"{"jsonrpc":"2.0","method":"later.thing","params":{"id":1}}"#)
      connection.send(#"{"jsonrpc":"2.0","id":99,"result":{"order":{"id":"ord_wrong"}}}"#)
      connection.send(
        #"{"jsonrpc":"2.0","id":1,"extra":{},"result":{"order":{"id":"ord_1"}}}"# + "\r")
    }
    let result = run(["order", "get", "x", "--socket", daemon.path, "--format", "id"])
    #expect(result.code == .done)
    #expect(result.output == "ord_1\n")
  }

  @Test("answers out of order are printed in the order asked")
  func outOfOrder() {
    let daemon = FakeDaemon { _, connection, _ in
      connection.send(FakeDaemon.greeting)
      for _ in 0..<3 { _ = connection.readLine() }
      for id in [3, 1, 2] {
        connection.send(#"{"jsonrpc":"2.0","id":\#(id),"result":{"order":{"id":"ord_\#(id)"}}}"#)
      }
      _ = connection.readLine()
    }
    let result = run(["order", "get", "A", "B", "C", "--socket", daemon.path, "--format", "id"])
    #expect(result.output == "ord_1\nord_2\nord_3\n")
  }

  @Test("an answer that comes byte by byte is one answer")
  func torn() {
    let daemon = FakeDaemon { _, connection, _ in
      guard connection.readLine() != nil else { return }
      let text = #"{"jsonrpc":"2.0","id":1,"result":{"order":{"id":"ord_1"}}}"# + "\n"
      for byte in text.utf8 { connection.sendRaw(String(UnicodeScalar(byte))) }
      _ = connection.readLine()
    }
    let result = run(["order", "get", "x", "--socket", daemon.path, "--format", "id"])
    #expect(result.output == "ord_1\n")
  }

  @Test("the end before the line feed is a lost connection, and a read is sent once more")
  func lostRead() {
    let daemon = FakeDaemon(connections: 2) { log, connection, number in
      connection.send(FakeDaemon.greeting)
      guard let line = connection.readLine() else { return }
      log.add((try? JSONReader.read(line, profile: .document)) ?? .null)
      if number == 0 {
        connection.sendRaw(#"{"jsonrpc":"2.0","id":1,"result":{"order":{"id":"ord_torn"}}}"#)
      } else {
        connection.send(#"{"jsonrpc":"2.0","id":1,"result":{"order":{"id":"ord_1"}}}"#)
      }
    }
    let result = run(["order", "get", "x", "--socket", daemon.path, "--format", "id"])
    #expect(result.code == .done)
    #expect(result.output == "ord_1\n")
    #expect(daemon.received.count == 2)
  }

  @Test("a write is sent again with the same key, and the second answer counts")
  func lostWrite() {
    let daemon = FakeDaemon(connections: 2) { log, connection, number in
      connection.send(FakeDaemon.greeting)
      guard let line = connection.readLine() else { return }
      log.add((try? JSONReader.read(line, profile: .document)) ?? .null)
      if number == 1 {
        connection.send(
          #"{"jsonrpc":"2.0","id":1,"result":{"order":{"id":"ord_1"},"replayed":true}}"#)
      }
    }
    let result = run(
      ["order", "create", "1CNY", "--subject", "x", "--socket", daemon.path, "--format", "id"],
      environment: ["XDG_STATE_HOME": "/nonexistent-till"])
    #expect(result.code == .done)
    #expect(result.output == "ord_1\n")
    let keys = daemon.received.map { $0.value(atPath: "params.idempotency_key")?.stringValue }
    #expect(keys == ["till-made-here", "till-made-here"])
    #expect(result.errors.contains("this key was used before"))
  }

  @Test("a write without an answer is 12, with its key, the command to repeat, and kept")
  func unknownWrite() {
    let folder = TemporaryFolder()
    let daemon = FakeDaemon.answering(connections: 2) { _, _ in nil }
    let words = ["order", "create", "1CNY", "--subject", "two words", "--socket", daemon.path]
    let result = run(
      words + ["--connect-timeout", "0s"], environment: ["XDG_STATE_HOME": folder.path])
    #expect(result.code == .outcomeUnknown)
    #expect(result.output == "")
    #expect(result.errors.contains("OUTCOME UNKNOWN: the money may have moved"))
    #expect(result.errors.contains("key: till-made-here"))
    #expect(result.errors.contains("--subject 'two words'"))
    #expect(result.errors.contains("--key till-made-here"))
    #expect(
      folder.text("till/pending.jsonl")?.contains(
        #""key":"till-made-here","method":"order.create""#) == true)
    #expect((try? FileIdentity.ofPath(folder.file("till/pending.jsonl")))??.mode == 0o600)

    let asObject = run(words + ["--json", "--connect-timeout", "0s"])
    #expect(asObject.code == .unreachable)
  }

  @Test("a write that is not safe to repeat is sent once")
  func unkeyedWrite() {
    let daemon = FakeDaemon.answering(connections: 2) { _, _ in nil }
    let result = run(["order", "cancel", "A", "--yes", "--socket", daemon.path])
    #expect(result.code == .outcomeUnknown)
    #expect(daemon.received.count == 1)
    #expect(result.errors.contains("read what is there now before sending it again"))
  }

  @Test(
    "the exit code follows the class of the error",
    arguments: [
      ("order_not_found", "not_found", -32002, 3), ("role_too_low", "denied", -32001, 4),
      ("already_exists", "conflict", -32003, 5), ("out_of_range", "invalid", -32602, 6),
      ("unknown_method", "method", -32601, 6), ("deadline_exceeded", "deadline", -32007, 8),
      ("gateway_rejected", "upstream", -32006, 9), ("draining", "unavailable", -32005, 10),
      ("too_many_in_flight", "busy", -32004, 10), ("bad_json", "parse", -32700, 11),
      ("missing_id", "request", -32600, 11), ("internal", "internal", -32603, 1),
      ("new_code", "new_class", -32099, 1),
    ] as [(String, String, Int, Int32)])
  func classes(_ code: String, _ errorClass: String, _ number: Int, _ exit: Int32) {
    let daemon = FakeDaemon.answering { _, _ in errorReply(code, class: errorClass, number: number)
    }
    let result = run(["order", "get", "x", "--socket", daemon.path])
    #expect(result.code.number == exit)
    #expect(result.output == "")
    #expect(result.errors.contains("error: it is so\n  code: \(code)\n"))
  }

  @Test("an unknown outcome is 12 whatever the class, and kept")
  func unknownReply() {
    let folder = TemporaryFolder()
    let daemon = FakeDaemon.answering { _, _ in
      errorReply(
        "gateway_timeout", class: "upstream", number: -32006, retry: "lookup", outcome: "unknown")
    }
    let result = run(
      [
        "refund", "create", "pay_1", "1CNY", "--yes", "--key", "refund-0001", "--socket",
        daemon.path,
      ],
      environment: ["XDG_STATE_HOME": folder.path])
    #expect(result.code == .outcomeUnknown)
    #expect(result.errors.contains("next: ask what became of it: till key lookup refund-0001"))
    #expect(folder.text("till/pending.jsonl")?.contains("refund-0001") == true)
  }

  @Test("a result whose money is on its way unseen is 12")
  func unknownState() {
    let daemon = FakeDaemon.answering { _, _ in
      #""result":{"payment":{"id":"pay_1","state":"unknown","next_query_at":1795000005000}}"#
    }
    let result = run(["payment", "create", "A", "alipay", "--socket", daemon.path])
    #expect(result.code == .outcomeUnknown)
    #expect(result.output.contains("pay_1"))
    #expect(result.errors.contains("till payment get pay_1"))
  }

  @Test("a wait that ended without its condition is 8")
  func timedOut() {
    let daemon = FakeDaemon.answering { _, _ in
      #""result":{"order":{"id":"ord_1"},"timed_out":true}"#
    }
    let result = run(
      ["order", "wait", "A", "--until", "paid", "--wait", "1s", "--socket", daemon.path])
    #expect(result.code == .timeRanOut)
  }

  @Test("a wait longer than one request goes on in slices and prints once")
  func longWait() {
    let daemon = FakeDaemon(connections: 2) { log, connection, number in
      guard let line = connection.readLine() else { return }
      log.add((try? JSONReader.read(line, profile: .document)) ?? .null)
      connection.send(
        #"{"id":1,"result":{"order":{"id":"ord_1"},"timed_out":\#(number == 0)}}"#)
    }
    let result = run([
      "order", "wait", "A", "--until", "paid", "--wait", "2m", "--socket", daemon.path,
      "--format", "id",
    ])
    #expect(result.output == "ord_1\n")
    let waits = daemon.received.map { $0.value(atPath: "params.wait_ms")?.integerValue }
    #expect(waits == [60_000, 60_000])
  }

  @Test("no answer in time is 8 for a read and 12 for a write")
  func silence() {
    let quiet: @Sendable (RequestLog, FakeConnection, Int) -> Void = { _, connection, _ in
      connection.send(FakeDaemon.greeting)
      while connection.readLine() != nil {}
    }
    let first = FakeDaemon(serve: quiet)
    let read = run(["order", "get", "x", "--timeout", "1ms", "--socket", first.path])
    #expect(read.code == .timeRanOut)
    let second = FakeDaemon(serve: quiet)
    let write = run(
      ["order", "create", "1CNY", "--subject", "x", "--timeout", "1ms", "--socket", second.path])
    #expect(write.code == .outcomeUnknown)
  }

  @Test("a connection that was not admitted did nothing")
  func turnedAway() {
    let daemon = FakeDaemon(connections: 2) { _, connection, _ in
      connection.send(
        #"{"jsonrpc":"2.0","method":"session.bye","params":{"code":"denied","message":"no role"}}"#)
    }
    let result = run(["order", "create", "1CNY", "--subject", "x", "--socket", daemon.path])
    #expect(result.code == .denied)
    #expect(result.errors.contains("the daemon refused the connection: no role"))
    #expect(!result.errors.contains("UNKNOWN"))
  }

  @Test("a second connection that is refused does not undo what the first may have done")
  func lostThenTurnedAway() {
    let daemon = FakeDaemon(connections: 2) { _, connection, number in
      if number == 0 {
        connection.send(FakeDaemon.greeting)
        _ = connection.readLine()
      } else {
        connection.send(
          #"{"method":"session.bye","params":{"code":"too_many_connections","message":"full"}}"#)
      }
    }
    let result = run(["order", "create", "1CNY", "--subject", "x", "--socket", daemon.path])
    #expect(result.code == .outcomeUnknown)
    #expect(result.errors.contains("key: till-made-here"))
  }

  @Test("a dry run without an answer moved nothing, and neither did an administrator's request")
  func harmless() {
    let quiet: @Sendable (String, JSONValue) -> String? = { _, _ in nil }
    let first = FakeDaemon.answering(connections: 2, quiet)
    let dryRun = run([
      "order", "create", "1CNY", "--subject", "x", "--dry-run", "--socket", first.path,
    ])
    #expect(dryRun.code == .unreachable)
    let second = FakeDaemon.answering(connections: 2, quiet)
    let drain = run(["server", "drain", "--yes", "--socket", second.path])
    #expect(drain.code == .unreachable)
    #expect(second.received.count == 1)
  }

  @Test("what comes after a lost daemon is left undone and said so")
  func leftUndone() {
    let daemon = FakeDaemon.answering(connections: 1) { _, _ in nil }
    let result = run(
      [
        "order", "cancel", "A", "B", "C", "--yes", "--connect-timeout", "0s", "--socket",
        daemon.path,
      ])
    #expect(result.code == .outcomeUnknown)
    #expect(daemon.received.count == 1)
    #expect(result.errors.contains("the 2 requests after it were left undone"))
  }

  @Test("another protocol is 11")
  func otherProtocol() {
    let daemon = FakeDaemon { _, connection, _ in
      connection.send(
        #"{"jsonrpc":"2.0","method":"session.greeting","params":{"protocol":{"min":2,"max":3}}}"#)
      _ = connection.readLine()
    }
    let other = run(["order", "get", "x", "--socket", daemon.path])
    #expect(other.code == .protocolFault)
    let http = FakeDaemon { _, connection, _ in
      connection.send("HTTP/1.1 400 Bad Request")
      _ = connection.readLine()
    }
    #expect(run(["order", "get", "x", "--socket", http.path]).code == .protocolFault)
  }

  @Test("a token is presented before anything else, and nothing is sent when it is refused")
  func token() throws {
    let folder = TemporaryFolder()
    try Files.writeAtomically(Array("secret-token-0001\n".utf8), to: folder.file("token"))
    let words = ["gateway", "list", "--wire", "--token-file", folder.file("token"), "--socket"]
    let good = FakeDaemon.answering { method, _ in
      method == "session.hello" ? #""result":{"peer":{}}"# : #""result":{"gateways":[]}"#
    }
    let accepted = run(words + [good.path])
    #expect(accepted.code == .done)
    #expect(!accepted.errors.contains("secret-token-0001"))
    #expect(good.received.map { $0["method"]?.stringValue } == ["session.hello", "gateway.list"])
    #expect(good.received.first?.value(atPath: "params.token")?.stringValue == "secret-token-0001")

    let bad = FakeDaemon.answering { _, _ in
      errorReply("token_invalid", class: "denied", number: -32001)
    }
    let refused = run(words + [bad.path])
    #expect(refused.code == .denied)
    #expect(bad.received.count == 1)

    let missing = run(["gateway", "list", "--token-file", folder.file("none"), "--socket", "/x"])
    #expect(missing.code == .usage)
    #expect(missing.errors.contains("till token new"))
    #expect(!missing.errors.contains("chmod"))

    try Files.setMode(folder.file("token"), mode: 0o644)
    #expect(run(words + [bad.path]).code == .usage)
  }

  @Test("what takes away or stops asks a person, and needs --yes where there is none")
  func confirmation() {
    let words = ["order", "cancel", "A", "--socket"]
    #expect(run(words + ["/nowhere"]).code == .usage)
    #expect(run(words + ["/nowhere"]).errors.contains("--yes"))
    #expect(run(words + ["/nowhere"], answer: "no").errors.contains("not confirmed"))
    let daemon = FakeDaemon.answering { _, _ in #""result":{"order":{"id":"ord_1"}}"# }
    #expect(run(words + [daemon.path], answer: "yes").code == .done)
  }

  @Test("--wire shows both directions on standard error")
  func wire() {
    let daemon = FakeDaemon.answering { _, _ in #""result":{"order":{"id":"ord_1"}}"# }
    let result = run(["order", "get", "x", "--socket", daemon.path, "--wire", "--format", "id"])
    #expect(result.errors.contains(#"--> {"jsonrpc":"2.0","id":1,"method":"order.get""#))
    #expect(result.errors.contains(#"<-- {"jsonrpc":"2.0","id":1,"result""#))
    #expect(result.output == "ord_1\n")
  }

  @Test("what to do next stands below an error")
  func nextStep() {
    let daemon = FakeDaemon.answering { _, _ in
      errorReply(
        "payment_open", class: "conflict", number: -32003, retry: "later",
        more: #","retry_after_ms":2000,"path":"/params/order","hint":"wait","details":{"problems":"#
          + #"[{"path":"/params/x","message":"bad x"}],"did_you_mean":["y"]}"#)
    }
    let one = FakeDaemon.answering { _, _ in
      errorReply(
        "out_of_range", class: "invalid", number: -32602,
        more: #","path":"/params/x","details":{"problems":["#
          + #"{"path":"/params/x","message":"it is so"}]}"#)
    }
    let single = run(["order", "get", "A", "--socket", one.path]).errors
    #expect(single.components(separatedBy: "it is so").count == 2, "a fault is told once")
    let result = run(["payment", "create", "A", "alipay", "--socket", daemon.path])
    let again = "till payment create A alipay --socket \(daemon.path) --key till-made-here"
    #expect(
      result.errors == """
        error: it is so
          code: payment_open
          at: /params/order
          /params/x: bad x
          did you mean: y
          hint: wait
          next: try again in 2s: \(again)
          ref: r-1

        """)
  }

  @Test("an error under --json is the daemon's own object")
  func errorObject() throws {
    let daemon = FakeDaemon.answering { _, _ in
      errorReply("order_not_found", class: "not_found", number: -32002)
    }
    let result = run(["order", "get", "x", "--json", "--socket", daemon.path])
    let object = try JSONReader.read(Array(result.errors.utf8), profile: .document)
    #expect(object["code"]?.integerValue == -32002)
    #expect(object.value(atPath: "data.code")?.stringValue == "order_not_found")
  }
}
