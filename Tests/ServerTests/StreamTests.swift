import Domain
import Foundation
import JSON
import Store
import Testing
import Wire

@testable import Server

@Suite("waits and streams")
struct StreamTests {
  private func sequence(_ event: JSONValue?) -> Int64 { event?["seq"]?.integerValue ?? 0 }

  @Test("a subscription gets every event once, in order, with marks, and ends with its cursor")
  func subscribes() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let writer = try daemon.client()
    for index in 0..<10 { _ = try writer.result("order.create", order("S\(index)")) }
    let id = client.ask("events.subscribe", ["after": "oldest", "types": ["order.*"], "limit": 20])
    let mark = try client.notification("events.mark")
    #expect(mark["caught_up"]?.boolValue == true)
    for index in 10..<20 { _ = try writer.result("order.create", order("S\(index)")) }
    let reply = try client.reply(to: id)
    #expect(reply["result"]?["reason"]?.stringValue == "limit")
    #expect(reply["result"]?["count"]?.integerValue == 20)
    let items = client.untaken.filter { $0["method"]?.stringValue == "events.item" }
    #expect(items.count == 20)
    let sequences = items.map { sequence($0["params"]?["event"]) }
    #expect(sequences == sequences.sorted() && Set(sequences).count == 20)
    #expect(items.allSatisfy { $0["params"]?["id"]?.integerValue == id })
    #expect(
      items.last?["params"]?["cursor"]?.stringValue == reply["result"]?["cursor"]?.stringValue)
  }

  @Test("a subscription resumed from its last cursor misses nothing and repeats nothing")
  func resumes() throws {
    let daemon = try TestDaemon()
    let writer = try daemon.client()
    var seen: [Int64] = []
    var cursor = "oldest"
    for round in 0..<5 {
      for index in 0..<7 { _ = try writer.result("order.create", order("U\(round)x\(index)")) }
      let client = try daemon.client()
      let id = client.ask(
        "events.subscribe",
        ["after": .string(cursor), "types": ["order.created"], "limit": 5])
      let reply = try client.reply(to: id)
      cursor = try #require(reply["result"]?["cursor"]?.stringValue)
      for line in client.untaken where line["method"]?.stringValue == "events.item" {
        seen.append(sequence(line["params"]?["event"]))
      }
    }
    #expect(seen.count == 25)
    #expect(seen == seen.sorted() && Set(seen).count == 25)
  }

  @Test("one order's stream holds only that order, and a shop's only its own orders")
  func filters() throws {
    let daemon = try TestDaemon(peers: [
      .init(match: .user(getuid()), principal: "shop-a", roles: [.shop])
    ])
    let shop = try daemon.client()
    _ = try shop.result("order.create", order("F1"))
    _ = try shop.result("order.create", order("F2"))
    let one = shop.ask(
      "events.subscribe", ["after": "oldest", "order": "F1", "limit": 2, "timeout_ms": 600])
    let reply = try shop.reply(to: one)
    #expect(reply["result"]?["count"]?.integerValue == 1)
    let all = try shop.result("events.read", ["after": "oldest"])
    let types = all["events"]?.arrayValue?.compactMap { $0["type"]?.stringValue } ?? []
    // Events of the daemon itself belong to no shop.
    #expect(types == ["order.created", "order.created"])
  }

  @Test("a stream of a shop goes on with what comes later")
  func ownStreamGoesOn() throws {
    let daemon = try TestDaemon(peers: [
      .init(match: .user(getuid()), principal: "shop-a", roles: [.shop])
    ])
    let shop = try daemon.client()
    let id = shop.ask("events.subscribe", ["after": "now", "limit": 3])
    _ = try shop.notification("events.mark")
    for index in 0..<3 { _ = try shop.result("order.create", order("Z\(index)")) }
    #expect(try shop.reply(to: id)["result"]?["count"]?.integerValue == 3)
  }

  @Test("now, pipelined between two writes, lies between them")
  func nowBetweenWrites() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    for round in 0..<30 {
      client.ask("order.create", order("BW\(round)a"))
      let wait = client.ask("events.wait", ["after": "now", "wait_ms": 20_000])
      client.ask("order.create", order("BW\(round)b"))
      let events = try client.reply(to: wait)["result"]?["events"]?.arrayValue ?? []
      #expect(events.first?["data"]?["order_no"]?.stringValue == "BW\(round)b")
    }
  }

  @Test("a cursor of another history, ahead of the log or of no shape is refused by name")
  func cursors() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    #expect(try client.failure("events.read", ["after": "ffffff:1"]) == "cursor_foreign")
    #expect(
      try client.failure("events.read", ["after": .string("\(TestDaemon.epoch):999")])
        == "cursor_ahead")
    for wrong in ["7f3a9c:01", "7f3a9c:", "7f3a9c", "a:b:c"] {
      #expect(try client.failure("events.read", ["after": .string(wrong)]) == "bad_format")
    }
  }

  @Test("a wait of zero answers at once, and a wait that finds nothing is timed out, not an error")
  func timesOut() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    _ = try client.result("order.create", order("V1"))
    let now = try client.result("events.wait", ["after": "now", "wait_ms": 0])
    #expect(now["timed_out"]?.boolValue == true)
    let later = try client.result("events.wait", ["after": "now", "wait_ms": 50])
    #expect(later["timed_out"]?.boolValue == true)
    let order = try client.result(
      "order.wait", ["order": "V1", "until": ["paid"], "wait_ms": 60_000, "timeout_ms": 50])
    #expect(order["timed_out"]?.boolValue == true)
    #expect(order["reached"] == nil)
    #expect(
      try client.result("order.wait", ["order": "V1", "until": ["created"], "wait_ms": 0])[
        "reached"]?.stringValue == "created")
    #expect(
      try client.failure("order.wait", ["order": "NONE", "until": ["paid"]]) == "order_not_found")
  }

  @Test("an order is awaited by many connections, and each hears of the cancel")
  func manyWait() throws {
    let daemon = try TestDaemon()
    let writer = try daemon.client()
    _ = try writer.result("order.create", order("Y1"))
    let clients = try (0..<20).map { _ in try daemon.client() }
    let ids = clients.map {
      $0.ask("order.wait", ["order": "Y1", "until": ["cancelled"], "wait_ms": 60_000])
    }
    _ = try writer.result("order.cancel", ["order": "Y1"])
    for (client, id) in zip(clients, ids) {
      #expect(try client.reply(to: id)["result"]?["reached"]?.stringValue == "cancelled")
    }
  }

  @Test("a named consumer goes on after its last ack, and never moves back")
  func consumers() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    for index in 0..<4 { _ = try client.result("order.create", order("N\(index)")) }
    let unknown: JSONObject = ["consumer": "shipper", "wait_ms": 0]
    #expect(try client.failure("events.wait", unknown) == "consumer_not_found")
    #expect(
      try client.failure(
        "events.ack", ["consumer": "shipper", "cursor": .string("\(TestDaemon.epoch):1")])
        == "consumer_not_found")
    let read: JSONObject = [
      "consumer": "shipper", "after": "oldest", "types": ["order.created"], "limit": 2,
      "wait_ms": 0,
    ]
    let first = try client.result("events.wait", read)
    #expect(first["events"]?.arrayValue?.count == 2)
    // Not acked: the same come again.
    let again = try client.result("events.wait", read)
    #expect(again["events"] == first["events"])
    let cursor = try #require(first["cursor"]?.stringValue)
    _ = try client.result("events.ack", ["consumer": "shipper", "cursor": .string(cursor)])
    let next = try client.result("events.wait", read)
    #expect(next["events"]?.arrayValue?.count == 2 && next["events"] != first["events"])
    _ = try client.result(
      "events.ack", ["consumer": "shipper", "cursor": .string("\(TestDaemon.epoch):1")])
    #expect(try client.result("events.wait", read)["events"] == next["events"])
  }

  @Test("the place of the last consumer is given once, before it is on the disk")
  func lastConsumer() throws {
    let board = ConsumerBoard()
    let last = Limits.consumers - 1
    func reserve(_ name: String, stored: Int, known: Set<String> = []) throws -> Bool {
      try board.reserve(name, of: "shop", stored: stored) { name throws(StoreError) in
        known.contains(name)
      }
    }
    #expect(try reserve("a", stored: last))
    #expect(try !reserve("b", stored: last))
    board.noteMade("a", of: "shop", at: 1)
    #expect(try !reserve("b", stored: last))
    #expect(try reserve("a", stored: last))
    // On the disk by now: it counts once.
    #expect(try !reserve("b", stored: Limits.consumers, known: ["a"]))
    #expect(try reserve("b", stored: last, known: ["a"]))
    #expect(try board.reserve("c", of: "other", stored: last) { _ in false })
  }

  @Test("one reader a consumer at a time")
  func consumerBusy() throws {
    let daemon = try TestDaemon()
    let one = try daemon.client()
    let other = try daemon.client()
    let wait: JSONObject = ["consumer": "c1", "after": "now", "wait_ms": 60_000]
    let id = one.ask("events.wait", wait)
    _ = try one.result("protocol.ping")
    #expect(
      try eventually { try other.call("events.wait", wait).isCode("consumer_busy") })
    _ = try one.result("session.cancel", ["target": .integer(id)])
    var short = wait
    short["wait_ms"] = 0
    #expect(try eventually { try other.call("events.wait", short)["result"] != nil })
  }

  @Test("cancelling a stream ends it with its cursor")
  func cancelStream() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let id = client.ask("events.subscribe", ["after": "now"])
    _ = try client.notification("events.mark")
    _ = try client.result("session.cancel", ["target": .integer(id)])
    let reply = try client.reply(to: id)
    #expect(reply["result"]?["reason"]?.stringValue == "cancelled")
    #expect(reply["result"]?["cursor"]?.stringValue != nil)
  }

  @Test("a stream after a half-close goes on until the peer is gone")
  func halfClosedStream() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let writer = try daemon.client()
    let id = client.ask("events.subscribe", ["after": "now", "types": ["order.created"]])
    client.halfClose()
    _ = try client.notification("events.mark")
    _ = try writer.result("order.create", order("HC1"))
    let item = try client.notification("events.item")
    #expect(item["id"]?.integerValue == id)
    client.disconnect()
    #expect(eventually { daemon.server.connectionCount == 1 })
  }

  @Test("marks come on an idle stream, and after many events that are not wanted")
  func marks() throws {
    let daemon = try TestDaemon(limits: { $0.eventMarkMilliseconds = 100 })
    let client = try daemon.client()
    let writer = try daemon.client()
    client.ask("events.subscribe", ["after": "now", "types": ["refund.*"]])
    let first = try client.notification("events.mark")
    for index in 0..<5 { _ = try writer.result("order.create", order("MK\(index)")) }
    let moved = try client.line { line in
      line["method"]?.stringValue == "events.mark"
        && line["params"]?["cursor"]?.stringValue != first["cursor"]?.stringValue
    }
    #expect(moved["params"]?["caught_up"]?.boolValue == true)
  }

  @Test("a subscriber that reads slowly loses nothing and grows no queue")
  func slowReader() throws {
    let daemon = try TestDaemon(limits: {
      $0.outputHighBytes = 32_768
      $0.outputLowBytes = 8_192
    })
    let writer = try daemon.client()
    let client = try LineClient(daemon.path(), receiveBuffer: 4_096)
    let id = client.ask(
      "events.subscribe", ["after": "now", "types": ["order.created"], "limit": 1500])
    _ = try client.notification("events.mark")
    for batch in 0..<30 {
      let calls = (0..<50).map { index -> JSONValue in
        let params = order("SL\(batch)x\(index)").members.filter { $0.key != "idempotency_key" }
        return ["method": "order.create", "params": .object(JSONObject(members: params))]
      }
      _ = try writer.result(
        "batch.run", ["calls": .array(calls), "idempotency_key": .string("slow-batch-\(batch)")])
    }
    let connections = try writer.result("server.connections")["connections"]?.arrayValue ?? []
    let held = connections.compactMap { $0["output_bytes"]?.integerValue }.max() ?? 0
    #expect(held < 400_000)
    let reply = try client.reply(to: id)
    #expect(reply["result"]?["count"]?.integerValue == 1_500)
    let sequences = client.untaken.filter { $0["method"]?.stringValue == "events.item" }
      .map { sequence($0["params"]?["event"]) }
    #expect(sequences.count == 1_500 && sequences == sequences.sorted())
  }
}

extension JSONObject {
  func isCode(_ text: String) -> Bool { code(self) == text }
}
