import Foundation
import JSON
import Testing
import Wire

@testable import Server

@Suite("requests of one connection")
struct RequestTests {
  @Test("an order is created, read by number and by id, and found by either")
  func createAndGet() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let created = try client.result("order.create", order("A1001"))
    let id = try #require(created["order"]?["id"]?.stringValue)
    #expect(created["order"]?["pay_state"]?.stringValue == "created")
    #expect(created["cursor"]?.stringValue?.hasPrefix(TestDaemon.epoch + ":") == true)
    for name in ["A1001", id] {
      let got = try client.result("order.get", ["order": .string(name)])
      #expect(got["order"] == created["order"])
    }
    let found = try client.result("order.find", ["number": "A1001"])
    #expect(found["matches"]?.arrayValue?.first?["found_by"]?.stringValue == "order_no")
    let listed = try client.result("order.list")
    #expect(listed["orders"]?.arrayValue?.count == 1)
  }

  @Test(
    "a read pipelined after a write of its connection sees it, on a quick and on a slow store",
    arguments: [4, -1])
  func readAfterWrite(quickReadMilliseconds: Int64) throws {
    let daemon = try TestDaemon(limits: { $0.quickReadMilliseconds = quickReadMilliseconds })
    let client = try daemon.client()
    for round in 0..<100 {
      let write = client.ask("order.create", order("R\(round)"))
      let read = client.ask("order.get", ["order": .string("R\(round)")])
      #expect(try client.reply(to: write)["result"] != nil)
      let got = try client.reply(to: read)["result"]?["order"]
      #expect(got?["order_no"]?.stringValue == "R\(round)")
    }
  }

  @Test(
    "a read after the reply to a write sees it on another connection, whoever reads",
    arguments: [4, -1])
  func readElsewhere(quickReadMilliseconds: Int64) throws {
    let daemon = try TestDaemon(limits: { $0.quickReadMilliseconds = quickReadMilliseconds })
    let writer = try daemon.client()
    let reader = try daemon.client()
    for round in 0..<100 {
      _ = try writer.result("order.create", order("E\(round)"))
      _ = try reader.result("order.get", ["order": .string("E\(round)")])
    }
  }

  @Test("a wait holds nothing up: later requests are answered before it")
  func outOfOrder() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    for round in 0..<50 {
      let wait = client.ask(
        "events.wait", ["after": "now", "types": ["order.*"], "wait_ms": 60_000])
      _ = try client.result("protocol.ping")
      _ = try client.result("order.create", order("O\(round)"))
      let reply = try client.reply(to: wait, waiting: 20)
      let first = reply["result"]?["events"]?.arrayValue?.first
      #expect(first?["data"]?["order_no"]?.stringValue == "O\(round)", "\(daemon.notes.all)")
    }
  }

  @Test("the thirty-third request in flight is refused; ping, health and cancel do not count")
  func inFlight() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let waits = (0..<32).map { _ in
      client.ask("events.wait", ["after": "now", "wait_ms": 60_000])
    }
    #expect(try client.failure("order.get", ["order": "A"]) == "too_many_in_flight")
    _ = try client.result("protocol.ping")
    _ = try client.result("server.health")
    let cancelled = try client.result("session.cancel", ["target": .integer(waits[0])])
    #expect(cancelled["state"]?.stringValue == "cancelled")
    #expect(code(try client.reply(to: waits[0])) == "cancelled")
    #expect(try client.failure("order.get", ["order": "A"]) == "order_not_found")
  }

  @Test("cancel of an id that is unknown, or its own, says unknown")
  func cancelUnknown() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    #expect(try client.result("session.cancel", ["target": "x"])["state"]?.stringValue == "unknown")
    let id = client.ask("session.cancel", ["target": 77], id: 77)
    #expect(try client.reply(to: id)["result"]?["state"]?.stringValue == "unknown")
  }

  @Test("the same key answers again with replayed, on any connection, to the byte")
  func replay() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let other = try daemon.client()
    let first = try client.result("order.create", order("K1"))
    let second = try other.result("order.create", order("K1"))
    #expect(second["replayed"]?.boolValue == true)
    #expect(first["order"] == second["order"])
    #expect(first["replayed"] == nil)
  }

  @Test("the same key for something else is refused, also where that is wrong in its form")
  func keyReused() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    _ = try client.result("order.create", order("K2"))
    #expect(
      try client.failure("order.create", order("K3", key: "key-K2-0001")) == "key_reused")
    var wrong = order("K2")
    wrong["subject"] = .integer(7)
    #expect(try client.failure("order.create", wrong) == "key_reused")
    wrong["idempotency_key"] = "key-fresh-0001"
    #expect(try client.failure("order.create", wrong) == "wrong_type")
  }

  @Test("a number that is taken is refused with the order that has it")
  func alreadyExists() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let first = try client.result("order.create", order("T1"))
    let reply = try client.call("order.create", order("T1", key: "key-other-0001"))
    #expect(code(reply) == "already_exists")
    #expect(reply["error"]?["data"]?["details"]?["order"] == first["order"])
  }

  @Test("key.lookup tells absent, and done with the stored reply")
  func keyLookup() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    #expect(
      try client.result("key.lookup", ["key": "key-L1-0001"])["state"]?.stringValue == "absent")
    let first = try client.result("order.create", order("L1"))
    let found = try client.result("key.lookup", ["key": "key-L1-0001"])
    #expect(found["state"]?.stringValue == "done")
    #expect(found["method"]?.stringValue == "order.create")
    #expect(found["reply"]?["result"]?["order"] == first["order"])
    let events = try client.result("events.read", ["after": "oldest"])
    let count = events["events"]?.arrayValue?.count { $0["type"]?.stringValue == "order.created" }
    #expect(count == 1)
  }

  @Test("a dry run answers as in earnest and leaves nothing")
  func dryRun() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    var params = order("D1")
    params["dry_run"] = true
    let tried = try client.result("order.create", params)
    #expect(tried["dry_run"]?.boolValue == true)
    #expect(try client.failure("order.get", ["order": "D1"]) == "order_not_found")
  }

  @Test("a batch does all or nothing, and says which call failed")
  func batch() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    func calls(_ numbers: [String]) -> JSONValue {
      .array(
        numbers.map { number in
          var params = order(number).members
          params.removeAll { $0.key == "idempotency_key" }
          return ["method": "order.create", "params": .object(JSONObject(members: params))]
        })
    }
    let done = try client.result(
      "batch.run", ["calls": calls(["B1", "B2"]), "idempotency_key": "batch-0001"])
    let results = try #require(done["results"]?.arrayValue)
    #expect(results.compactMap { $0["order"]?["order_no"]?.stringValue } == ["B1", "B2"])
    let reply = try client.call(
      "batch.run", ["calls": calls(["B3", "B1"]), "idempotency_key": "batch-0002"])
    #expect(code(reply) == "batch_failed")
    #expect(reply["error"]?["data"]?["details"]?["index"]?.integerValue == 1)
    #expect(try client.failure("order.get", ["order": "B3"]) == "order_not_found")
    let wrong: JSONObject = [
      "calls": [["method": "order.get", "params": ["order": "B1"]]],
      "idempotency_key": "batch-0003",
    ]
    #expect(try client.failure("batch.run", wrong) == "not_batchable")
    let misspelt: JSONObject = [
      "calls": [["method": "order.cancel", "params": ["ordr": "B1"]]],
      "idempotency_key": "batch-0004",
    ]
    let refused = try client.call("batch.run", misspelt)
    #expect(refused["error"]?["data"]?["path"]?.stringValue?.hasPrefix("/params/calls/0/") == true)
  }

  @Test("after a half-close everything in flight is answered, then the connection ends")
  func halfClose() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let ids = (0..<20).map { client.ask("order.create", order("H\($0)")) }
    let read = client.ask("order.get", ["order": "H19"])
    client.halfClose()
    for id in ids { #expect(try client.reply(to: id)["result"] != nil) }
    #expect(try client.reply(to: read)["result"] != nil)
    #expect(client.isEnded())
  }

  @Test("a client that leaves with answers unread harms nobody, and what it asked for is done")
  func leavesEarly() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    for index in 0..<20 { client.ask("order.create", order("G\(index)")) }
    client.disconnect()
    #expect(eventually { daemon.server.connectionCount == 0 })
    // What had begun is done, in order; lines that nobody had read yet are not.
    let other = try daemon.client()
    _ = try other.result("order.create", order("LAST"))
    let done = try (0..<20).map { try other.call("order.get", ["order": .string("G\($0)")]) }
    let count = done.count { $0["result"] != nil }
    #expect(done[..<count].allSatisfy { $0["result"] != nil })
  }

  @Test("every request leaves one line in the log, without its parameters")
  func requestLog() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    var params = order("LOG1")
    params["trace"] = "web-7"
    params["buyer"] = ["email": "anna@example.com"]
    _ = try client.result("order.create", params)
    let record = try #require(daemon.log.first { $0.method == .orderCreate })
    var writer = JSONWriter()
    record.write(to: &writer)
    let line = String(decoding: writer.bytes, as: UTF8.self)
    #expect(line.contains("\"outcome\":\"ok\"") && line.contains("\"trace\":\"web-7\""))
    #expect(!line.contains("anna"))
    let reply = try client.call("order.get", ["order": "NONE"])
    let reference = reply["error"]?["data"]?["ref"]?.stringValue
    #expect(daemon.log.first { $0.outcome == "order_not_found" }?.reference == reference)
  }

  @Test("a daemon that has not started yet says so, and reads work")
  func starting() throws {
    let daemon = try TestDaemon(isStarted: false)
    let client = try daemon.client()
    #expect(client.first["params"]?["state"]?.stringValue == "starting")
    let health = try client.result("server.health")
    #expect(health["ready"]?.boolValue == false)
    #expect(try client.failure("order.get", ["order": "X"]) == "order_not_found")
  }
}
