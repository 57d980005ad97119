import Domain
import Foundation
import JSON
import Platform
import Testing
import Wire

@testable import Server

@Suite("limits, stopping, the daemon's own methods")
struct LimitTests {
  @Test("a client that floods and never reads is not read any more, then closed")
  func flood() throws {
    let daemon = try TestDaemon(limits: {
      $0.outputHighBytes = 32_768
      $0.outputLowBytes = 8_192
      $0.outputStalledMilliseconds = 400
    })
    let client = try LineClient(daemon.path(), receiveBuffer: 4_096)
    // The daemon stops reading, so the kernel's buffer fills and the send would block: do not wait.
    _ = fcntl(client.number, F_SETFL, O_NONBLOCK)
    // What does not fit is dropped here, so it goes on until the replies have nowhere to go.
    #expect(
      eventually {
        for round in 0..<100 {
          client.send(
            raw: #"{"id":\#(round),"method":"protocol.describe","#
              + #""params":{"methods":["order.create"]}}"# + "\n")
        }
        return daemon.server.connectionCount == 0
      })
  }

  @Test("when all buffers together are over their limit the largest connection goes")
  func largestGoes() throws {
    let daemon = try TestDaemon(limits: { $0.buffersBytes = 300_000 })
    let small = try daemon.client()
    let large = try (0..<3).map { _ in try daemon.client() }
    for client in large { client.send(bytes: [UInt8](repeating: 0x20, count: 150_000)) }
    #expect(eventually { daemon.server.connectionCount < 4 })
    #expect(try small.result("protocol.ping", ["echo": 1])["echo"]?.integerValue == 1)
  }

  @Test("the sockets keep to the limits of the contract")
  func sockets() {
    let listener = ListenerConfiguration(name: "main", path: "/tmp/main.sock")
    #expect(Int(listener.options.backlog) == Limits.backlog)
    #expect(UnixSocket.pathByteCountMax == Limits.socketPathBytes)
  }

  @Test("a busy connection does not keep another from being served")
  func fairness() throws {
    let daemon = try TestDaemon()
    let busy = try daemon.client()
    let calm = try daemon.client()
    let thread = Thread {
      for round in 0..<20_000 {
        busy.send(raw: "{\"id\":\(round),\"method\":\"protocol.ping\"}\n")
        if round % 50 == 0 { _ = busy.isEnded(waiting: 0.001) }
      }
    }
    thread.start()
    for _ in 0..<50 { _ = try calm.result("protocol.ping") }
    while !thread.isFinished { usleep(10_000) }
  }

  @Test("drain: bye to all, draining for new work, streams end with their cursor, then it is done")
  func drain() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let idle = try daemon.client()
    _ = try client.result("order.create", order("DR1"))
    let stream = client.ask("events.subscribe", ["after": "now"])
    _ = try client.notification("events.mark")
    let create = client.ask(
      "payment.create",
      ["order": "DR1", "gateway": "test", "idempotency_key": "drain-pay-1"])
    let exchange = try #require(daemon.exchanges.first())
    let done = Collected<Bool>()
    daemon.server.drain { done.append(true) }
    #expect(try client.notification("session.bye")["code"]?.stringValue == "draining")
    let ended = try client.reply(to: stream)
    #expect(ended["result"]?["reason"]?.stringValue == "draining")
    #expect(ended["result"]?["cursor"]?.stringValue != nil)
    #expect(try client.failure("order.get", ["order": "DR1"]) == "draining")
    #expect(try client.result("server.health")["state"]?.stringValue == "draining")
    #expect(idle.isEnded())
    #expect(done.all.isEmpty)
    daemon.answer(exchange, "unpaid")
    #expect(try client.reply(to: create)["result"] != nil)
    #expect(client.isEnded())
    #expect(done.first() == true)
    #expect(throws: (any Error).self) { try daemon.client() }
  }

  @Test("a stop does not wait for ever for a gateway")
  func drainEnds() throws {
    let daemon = try TestDaemon(limits: { $0.drainMilliseconds = 200 })
    let client = try daemon.client()
    _ = try client.result("order.create", order("DR2"))
    client.ask(
      "payment.create", ["order": "DR2", "gateway": "test", "idempotency_key": "drain-pay-2"])
    _ = try #require(daemon.exchanges.first())
    let done = Collected<Bool>()
    daemon.server.drain { done.append(true) }
    #expect(done.first() == true)
  }

  @Test("connections are listed with what they hold, and one can be ended")
  func connections() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let other = try daemon.client()
    _ = try other.result("session.hello", ["client": "wall"])
    other.ask("events.subscribe", ["after": "now"])
    _ = try other.notification("events.mark")
    let rows = try client.result("server.connections")["connections"]?.arrayValue ?? []
    let row = try #require(rows.first { $0["client"]?.stringValue == "wall" })
    #expect(row["subscriptions"]?.integerValue == 1 && row["in_flight"]?.integerValue == 1)
    let number = try #require(row["id"])
    _ = try client.result("server.disconnect", ["connection": number, "reason": "Go home."])
    #expect(try other.notification("session.bye")["message"]?.stringValue == "Go home.")
    #expect(other.isEnded())
    #expect(
      try client.failure("server.disconnect", ["connection": 9_999]) == "connection_not_found")
  }

  @Test("the contract is returned whole or in parts, with the digest of the greeting")
  func describes() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let all = try client.result("protocol.describe")
    #expect(all["schema"] == client.first["params"]?["schema"])
    let paths = all["files"]?.arrayValue?.compactMap { $0["path"]?.stringValue } ?? []
    #expect(paths.contains("methods/order.create.json") && paths.contains("errors.json"))
    let part = try client.result("protocol.describe", ["methods": ["order.get"]])
    #expect(part["files"]?.arrayValue?.count == 1)
    #expect(try client.failure("protocol.describe", ["methods": ["order.gt"]]) == "unknown_method")
  }

  @Test("status, metrics, gateways, the schedule and the chain answer")
  func desk() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    _ = try client.result("order.create", order("ST1"))
    let status = try client.result("server.status")
    #expect(status["orders"]?.integerValue == 1 && status["state"]?.stringValue == "ready")
    let metrics = try client.result("server.metrics")["metrics"]?.arrayValue ?? []
    #expect(metrics.contains { $0["name"]?.stringValue == "till_requests_total" })
    let gateways = try client.result("gateway.list")["gateways"]?.arrayValue ?? []
    #expect(gateways.first?["state"]?.stringValue == "ready")
    let paused = try client.result("gateway.pause", ["gateway": "test"])
    #expect(paused["gateway"]?["state"]?.stringValue == "paused")
    #expect(
      try client.failure(
        "payment.create", ["order": "ST1", "gateway": "test", "idempotency_key": "paused-0001"])
        == "gateway_paused")
    _ = try client.result("gateway.resume", ["gateway": "test"])
    _ = try client.result("gateway.health")
    _ = try client.result("poll.status")
    _ = try client.result("poll.due")
    _ = try client.result("hook.list")
    let audit = try client.result("audit.verify")
    #expect(audit["ok"]?.boolValue == true)
    #expect(try client.failure("server.backup", ["name": "x.db"]) == "backup_not_configured")
    let refused = try client.result(
      "notification.ingest", ["gateway": "test", "body": "amount=1"])
    #expect(refused["verdict"]?.stringValue == "rejected")
    let receipts = try client.result("notification.list")["receipts"]?.arrayValue ?? []
    #expect(receipts.count == 1)
    let receipt = try #require(receipts.first?["id"])
    let got = try client.result("notification.get", ["receipt": receipt])
    #expect(got["body"]?["body_base64"]?.stringValue == "YW1vdW50PTE=")
  }

  @Test("timeline, why and tell answer from the order's evidence, in the language asked for")
  func explains() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    let id = try client.result("order.create", order("EX1"))["order"]?["id"]
    let timeline = try client.result("order.timeline", ["order": "EX1"])
    #expect(timeline["order"] == id)
    #expect(
      timeline["steps"]?.arrayValue?.first?["type"]?.stringValue == "order.created")
    let why = try client.result("order.why", ["order": "EX1"])["why"]
    #expect(why?["pay_state"]?.stringValue == "created" && why?["rule"]?.integerValue == 9)
    let english = try client.result("order.tell", ["order": "EX1", "lang": "en"])["tell"]
    let chinese = try client.result("order.tell", ["order": "EX1"])["tell"]
    #expect(english?["buyer"]?.stringValue?.isEmpty == false)
    #expect(english?["buyer"] != chinese?["buyer"])
  }

  @Test("lists go on where the page before ended, without a gap or a double")
  func pages() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    for index in 0..<11 { _ = try client.result("order.create", order("PG\(index)")) }
    var numbers: [String] = []
    var page: JSONValue?
    repeat {
      var params: JSONObject = ["limit": 4]
      if let page { params["page"] = page }
      let result = try client.result("order.list", params)
      numbers += result["orders"]?.arrayValue?.compactMap { $0["order_no"]?.stringValue } ?? []
      page = result["next"]
    } while page != nil
    #expect(numbers == (0..<11).reversed().map { "PG\($0)" })
    #expect(try client.failure("order.list", ["page": "p.7"]) == "bad_format")
  }
}
