import Domain
import Engine
import Foundation
import Gateways
import JSON
import Testing

@testable import Server

@Suite("requests that wait for a gateway")
struct GatewayCallTests {
  private func payment(_ order: String, _ key: String = "pay-0001") -> JSONObject {
    ["order": .string(order), "gateway": "test", "idempotency_key": .string(key)]
  }

  @Test("two connections with one key make one payment: one runs, the other joins")
  func joins() throws {
    let daemon = try TestDaemon()
    let one = try daemon.client()
    let other = try daemon.client()
    _ = try one.result("order.create", order("J1"))
    let first = one.ask("payment.create", payment("J1"))
    let exchange = try #require(daemon.exchanges.first())
    let second = other.ask("payment.create", payment("J1"))
    // The second is in the engine once a later request of its connection was answered.
    _ = try other.result("protocol.ping")
    _ = try daemon.client().result("order.create", order("J2"))
    daemon.answer(exchange, "unpaid")
    let a = try one.reply(to: first)
    let b = try other.reply(to: second)
    #expect(a["result"]?["payment"]?["state"]?.stringValue == "awaiting_buyer")
    #expect(a["result"]?["payment"]?["id"] == b["result"]?["payment"]?["id"])
    #expect(daemon.exchanges.all.count { $0.request.url.hasSuffix("create") } == 1)
  }

  @Test("no answer in the caller's time is a payment in state unknown, not an error")
  func patience() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    _ = try client.result("order.create", order("P1"))
    var params = payment("P1")
    params["timeout_ms"] = 1_500
    let made = try client.result("payment.create", params)
    #expect(made["payment"]?["state"]?.stringValue == "unknown")
    #expect(made["payment"]?["next_query_at"]?.integerValue != nil)
  }

  @Test("a deadline of a write that was handed over leaves its outcome unknown, and frees its id")
  func deadline() throws {
    let daemon = try TestDaemon(isStarted: false)
    let client = try daemon.client()
    var params = order("Q1")
    params["timeout_ms"] = 1
    // Without an engine nothing is answered by the writer but the refusal to start.
    let reply = try client.call("order.create", params)
    #expect(["deadline_exceeded", "starting"].contains(code(reply) ?? ""))
  }

  @Test("a read pipelined behind a slow write waits for it, a ping and another's read do not")
  func heldRead() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    _ = try client.result("order.create", order("W1"))
    let create = client.ask("payment.create", payment("W1"))
    let read = client.ask("order.get", ["order": "W1"])
    _ = try client.result("protocol.ping")
    let other = try daemon.client()
    _ = try other.result("order.get", ["order": "W1"])
    let exchange = try #require(daemon.exchanges.first())
    #expect(client.untaken.isEmpty)
    daemon.answer(exchange, "unpaid")
    #expect(try client.reply(to: create)["result"] != nil)
    let got = try client.reply(to: read)
    #expect(got["result"]?["order"]?["pay_state"]?.stringValue == "awaiting")
  }

  @Test("cancel of a write that was handed over says finishing, and it is answered")
  func cancelWrite() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    _ = try client.result("order.create", order("C1"))
    let create = client.ask("payment.create", payment("C1"))
    let read = client.ask("order.get", ["order": "C1"])
    let exchange = try #require(daemon.exchanges.first())
    #expect(
      try client.result("session.cancel", ["target": .integer(create)])["state"]?.stringValue
        == "finishing")
    // A held read has not begun and can be taken back.
    #expect(
      try client.result("session.cancel", ["target": .integer(read)])["state"]?.stringValue
        == "cancelled")
    #expect(code(try client.reply(to: read)) == "cancelled")
    daemon.answer(exchange, "unpaid")
    #expect(try client.reply(to: create)["result"] != nil)
  }

  @Test("a held read whose time is up says that nothing happened")
  func heldDeadline() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    _ = try client.result("order.create", order("X1"))
    client.ask("payment.create", payment("X1"))
    let reply = try client.call("order.get", ["order": "X1", "timeout_ms": 50])
    #expect(code(reply) == "deadline_exceeded")
    #expect(reply["error"]?["data"]?["outcome"]?.stringValue == "none")
  }

  @Test("the main job: paid by query, claimed once, refused to the next, delivered")
  func mainJob() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    _ = try client.result("order.create", order("M1"))
    let create = client.ask("payment.create", payment("M1"))
    daemon.answer(try #require(daemon.exchanges.first()), "unpaid")
    let id = try #require(
      try client.reply(to: create)["result"]?["payment"]?["id"]?.stringValue)
    let wait = client.ask("order.wait", ["order": "M1", "until": ["paid"], "wait_ms": 30_000])
    let query = client.ask("payment.query", ["payment": .string(id)])
    let asked = try #require(
      daemon.exchanges.first { $0.request.url.hasSuffix("query") })
    daemon.answer(asked, "paid")
    #expect(try client.reply(to: query)["result"]?["payment"] != nil)
    let waited = try client.reply(to: wait)
    #expect(waited["result"]?["reached"]?.stringValue == "paid")
    #expect(waited["result"]?["timed_out"]?.boolValue == false)
    let claimed = try client.result(
      "delivery.claim", ["order": "M1", "idempotency_key": "claim-0001"])
    let claim = try #require(claimed["claim"]?.stringValue)
    let again = try client.result(
      "delivery.claim", ["order": "M1", "idempotency_key": "claim-0001"])
    #expect(again["claim"]?.stringValue == claim)
    #expect(
      try client.failure("delivery.claim", ["order": "M1", "idempotency_key": "claim-0002"])
        == "already_claimed")
    let done = try client.result(
      "delivery.complete", ["claim": .string(claim), "reference": "card-7"])
    #expect(done["delivery"]?["state"]?.stringValue == "delivered")
    let listed = try client.result("delivery.list", ["order": "M1"])
    #expect(listed["deliveries"]?.arrayValue?.first?["claim"] == nil)
  }
}
