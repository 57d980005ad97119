import Foundation
import JSON
import Platform
import Testing

@testable import till

private func item(_ number: Int, id: Int64 = 1) -> String {
  #"{"jsonrpc":"2.0","method":"events.item","params":{"id":\#(id),"cursor":"e:\#(number)","event":{"#
    + #""id":"evt_\#(number)","seq":\#(number),"type":"order.paid","at":1795226400000,"#
    + #""order":"ord_\#(number)","data":{}}}}"#
}

private func mark(_ number: Int) -> String {
  #"{"jsonrpc":"2.0","method":"events.mark","params":{"id":1,"cursor":"e:\#(number)","caught_up":true}}"#
}

private func end(_ reason: String) -> String {
  #"{"jsonrpc":"2.0","id":1,"result":{"reason":"\#(reason)","count":1,"cursor":"e:9"}}"#
}

/// A daemon that answers each subscription with the lines of its turn.
private func stream(_ turns: [[String]]) -> FakeDaemon {
  FakeDaemon(connections: turns.count) { log, connection, number in
    connection.send(FakeDaemon.greeting)
    guard let line = connection.readLine() else { return }
    log.add((try? JSONReader.read(line, profile: .document)) ?? .null)
    for line in turns[number] { connection.send(line) }
  }
}

private func positions(_ daemon: FakeDaemon) -> [String?] {
  daemon.received.map { $0.value(atPath: "params.after")?.stringValue }
}

@Suite("the stream of events")
struct TailTests {
  @Test("events are lines, and the limit ends the stream")
  func lines() {
    let daemon = stream([[mark(1), item(2), item(3), end("limit")]])
    let result = run([
      "events", "tail", "--after", "oldest", "--limit", "2", "--type", "order.*", "--type",
      "payment.*", "--order", "A-1", "--socket", daemon.path, "--time", "utc",
    ])
    #expect(result.code == .done)
    #expect(
      result.output == """
        2026-11-21T02:00:00Z  order.paid                  ord_2
        2026-11-21T02:00:00Z  order.paid                  ord_3

        """)
    let sent = daemon.received.first?["params"]
    #expect(
      sent.map { String(decoding: $0.bytes(), as: UTF8.self) }
        == #"{"after":"oldest","types":["order.*","payment.*"],"order":"A-1","limit":2}"#)
  }

  @Test("once ends where there are no more events, with the position behind them")
  func once() throws {
    let folder = TemporaryFolder()
    let save = folder.file("position")
    // The stream stays open: it is the mark that ends the run, and not a mark on the way.
    let onTheWay = mark(2).replacingOccurrences(of: "true", with: "false")
    let daemon = FakeDaemon(connections: 1) { _, connection, _ in
      connection.send(FakeDaemon.greeting)
      _ = connection.readLine()
      for line in [onTheWay, item(3), mark(7)] { connection.send(line) }
      _ = connection.readLine()
    }
    let result = run([
      "events", "tail", "--once", "--save", save, "--format", "id", "--socket", daemon.path,
    ])
    #expect(result.code == .done)
    #expect(result.output == "evt_3\n")
    #expect(try String(contentsOfFile: save, encoding: .utf8) == "e:7\n")
  }

  @Test("a lost connection goes on after the last event, and none is repeated")
  func resumes() {
    let daemon = stream([
      [item(2), item(3)],
      [item(4), #"{"jsonrpc":"2.0","method":"session.bye","params":{"code":"draining"}}"#],
      [item(5), end("limit")],
    ])
    let result = run(
      ["events", "tail", "--after", "e:1", "--json", "--limit", "4", "--socket", daemon.path])
    #expect(result.code == .done)
    #expect(result.output.split(separator: "\n").count == 4)
    #expect(positions(daemon) == ["e:1", "e:3", "e:4"])
    let limits = daemon.received.map { $0.value(atPath: "params.limit")?.integerValue }
    #expect(limits == [4, 2, 1])
  }

  @Test("the position is saved after the command succeeded, and read again by the next run")
  func saves() {
    let folder = TemporaryFolder()
    let save = folder.file("position")
    let out = folder.file("out")
    let script =
      "cat >> \(out); test \"$TILL_EVENT_TYPE $TILL_ORDER $TILL_CURSOR\" = 'order.paid ord_2 e:2'"
    let first = stream([[item(2), item(3), end("complete")]])
    let words = ["events", "tail", "--save", save, "--retries", "0", "--socket"]
    let command = ["--exec", "/bin/sh", "-c", script]
    let failed = run(words + [first.path] + command)
    #expect(failed.code == .unexpected)
    #expect(positions(first) == ["oldest"])
    #expect(folder.text("position") == "e:2\n")
    #expect(folder.text("out")?.split(separator: "\n").count == 2)
    #expect(failed.errors.contains("ended with 1 at e:3"))

    let second = stream([[item(3), mark(7), end("complete")]])
    let again = run(words + [second.path] + ["--exec", "/bin/true"])
    #expect(again.code == .done)
    #expect(positions(second) == ["e:2"])
    #expect(folder.text("position") == "e:7\n")
  }

  @Test("a command that fails once is run again")
  func retries() {
    let folder = TemporaryFolder()
    let flag = folder.file("flag")
    let daemon = stream([[item(2), end("complete")]])
    let script = "test -e \(flag) || { touch \(flag); exit 1; }"
    let result = run(
      ["events", "tail", "--after", "now", "--socket", daemon.path, "--exec", "sh", "-c", script],
      environment: ["PATH": "/usr/bin:/bin"])
    #expect(result.code == .done)
    #expect(folder.text("flag") == "")
  }

  @Test("an error that repeating cannot mend ends the stream")
  func refused() {
    let daemon = FakeDaemon.answering { _, _ in
      errorReply("cursor_expired", class: "conflict", number: -32003, retry: "refresh")
    }
    let result = run(["events", "tail", "--after", "e:1", "--socket", daemon.path])
    #expect(result.code == .conflict)
  }

  @Test("a daemon that was never there is an error, not a wait without end")
  func neverThere() {
    let folder = TemporaryFolder()
    let result = run(
      ["events", "tail", "--connect-timeout", "0s", "--socket", folder.file("no.sock")])
    #expect(result.code == .unreachable)
  }
}

@Suite("requests without an answer")
struct PendingTests {
  private func add(_ key: String, to folder: TemporaryFolder, socket: String) throws {
    try PendingKeys(path: folder.file("till/pending.jsonl")).add(
      PendingRequest(
        at: 1, key: key, method: "order.create",
        parameters: JSONObject([("idempotency_key", .string(key))]), socket: socket,
        command: "till order create --key \(key)"))
  }

  @Test("pending requests are listed and a torn line does not hide the others")
  func lists() throws {
    let folder = TemporaryFolder()
    let environment = ["XDG_STATE_HOME": folder.path]
    #expect(run(["key", "pending", "--json"], environment: environment).output == "")
    try add("key-00001", to: folder, socket: "/x")
    try add("key-00002", to: folder, socket: "/x")
    try add("key-00001", to: folder, socket: "/y")
    let path = folder.file("till/pending.jsonl")
    let bytes = try Files.read(path, byteCountMax: 10_000)
    try Files.writeAtomically(Array("{\"at\":1,\"ke\n".utf8) + bytes, to: path)
    let result = run(["key", "pending", "--get", "pending.1.key"], environment: environment)
    #expect(result.output == "key-00001\n")
    #expect(run(["key", "pending"], environment: environment).output.contains("key-00002"))
  }

  @Test("resolving asks for each key: done is forgotten, running and absent are kept")
  func resolves() throws {
    let folder = TemporaryFolder()
    let environment = ["XDG_STATE_HOME": folder.path]
    let daemon = FakeDaemon.answering(connections: 3) { _, parameters in
      switch parameters["key"]?.stringValue {
      case "key-00001": #""result":{"state":"done","reply":{"result":{}}}"#
      case "key-00002": #""result":{"state":"running"}"#
      default: #""result":{"state":"absent"}"#
      }
    }
    for key in ["key-00001", "key-00002", "key-00003"] {
      try add(key, to: folder, socket: daemon.path)
    }
    let result = run(["key", "resolve"], environment: environment)
    #expect(result.code == .outcomeUnknown)
    #expect(
      result.output == """
        key        method        state    action
        key-00001  order.create  done     forgotten
        key-00002  order.create  running  kept
        key-00003  order.create  absent   kept

        """)
    let left = run(
      ["key", "pending", "--format", "tsv", "--columns", "key", "--no-header"],
      environment: environment)
    #expect(left.output == "key-00002\nkey-00003\n")
  }

  @Test("an absent request is sent again with its key, or dropped, when asked")
  func repeats() throws {
    let folder = TemporaryFolder()
    let environment = ["XDG_STATE_HOME": folder.path]
    let daemon = FakeDaemon.answering(connections: 3) { method, _ in
      method == "key.lookup"
        ? #""result":{"state":"absent"}"# : #""result":{"order":{"id":"ord_1"}}"#
    }
    try add("key-00001", to: folder, socket: daemon.path)
    try add("key-00002", to: folder, socket: daemon.path)
    let words = ["key", "resolve", "--socket", daemon.path]
    let sent = run(words + ["key-00001", "--repeat", "--json"], environment: environment)
    #expect(sent.code == .done)
    #expect(
      daemon.received.last?.value(atPath: "params.idempotency_key")?.stringValue == "key-00001")
    #expect(run(words + ["key-00002", "--forget"], environment: environment).code == .done)
    #expect(run(["key", "pending", "--json"], environment: environment).output == "")
    #expect(run(words + ["key-00002"], environment: environment).code == .notFound)
  }

  @Test("doctor names what is wrong, a line each")
  func doctor() {
    let folder = TemporaryFolder()
    let environment = ["XDG_STATE_HOME": folder.path]
    let daemon = FakeDaemon.answering { _, _ in
      #""result":{"state":"ready","ready":true,"version":"1.0.0"}"#
    }
    let good = run(["doctor", "--socket", daemon.path], environment: environment)
    #expect(good.code == .done)
    for check in ["socket", "folder", "connect", "version", "clock", "roles", "state", "disk"] {
      #expect(good.output.contains("  \(check) "), "\(check)")
    }
    let bad = run(["doctor", "--socket", folder.file("none"), "--json"], environment: environment)
    #expect(bad.code == .unreachable)
    #expect(
      bad.output.split(separator: "\n").first?.hasPrefix(#"{"result":"fail","check":"socket""#)
        == true)
  }
}
