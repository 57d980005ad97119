import Foundation
import JSON
import Platform
import Testing
import Wire

@testable import Server

@Suite("greeting and admission")
struct GreetingTests {
  @Test("the greeting names the caller, the state, the epoch and every limit")
  func greets() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    #expect(client.first["method"]?.stringValue == "session.greeting")
    let params = try #require(client.first["params"]?.objectValue)
    #expect(params["epoch"]?.stringValue == TestDaemon.epoch)
    #expect(params["schema"]?.stringValue?.count == 64)
    #expect(params["peer"]?["uid"]?.integerValue == Int64(getuid()))
    #expect(
      params["peer"]?["roles"]?.arrayValue?.compactMap(\.stringValue) == RoleSet.unconfigured.names)
    #expect(params["limits"]?["in_flight"]?.integerValue == 32)
    #expect(params["limits"]?["line_in_bytes"]?.integerValue == 262_144)
  }

  @Test("the greeting is no gate: a request in the same packet as the connect is answered")
  func isNoGate() throws {
    let daemon = try TestDaemon()
    let client = try daemon.client()
    #expect(try client.result("protocol.ping", ["echo": "hi"])["echo"]?.stringValue == "hi")
  }

  @Test("clients that leave before they are greeted do no harm")
  func leaveAtOnce() throws {
    let daemon = try TestDaemon()
    // Closed before the daemon gets to greet: its first bytes find nobody.
    for _ in 0..<300 { _ = try UnixSocket.connect(to: daemon.path()) }
    let client = try daemon.client()
    #expect(try client.result("protocol.ping", ["echo": "hi"])["echo"]?.stringValue == "hi")
    #expect(eventually { daemon.server.connectionCount == 1 })
  }

  @Test("without peers another user is turned away with its number and what to configure")
  func strangerWithoutPeers() throws {
    let daemon = try TestDaemon(ownUserID: getuid() + 1)
    let client = try daemon.client()
    #expect(client.first["method"]?.stringValue == "session.bye")
    let params = client.first["params"]
    #expect(params?["code"]?.stringValue == "denied")
    let message = params?["message"]?.stringValue ?? ""
    #expect(message.contains("\(getuid())") && message.contains("peers"))
    #expect(client.isEnded())
  }

  @Test("with peers the first rule that fits counts, and a group fits too")
  func peersByGroup() throws {
    let daemon = try TestDaemon(peers: [
      PeerRule(match: .user(getuid() + 1), principal: "other", roles: .admin),
      PeerRule(match: .group(getgid()), principal: "shop-a", roles: [.shop]),
      PeerRule(match: .user(getuid()), principal: "late", roles: .admin),
    ])
    let client = try daemon.client()
    let peer = client.first["params"]?["peer"]
    #expect(peer?["principal"]?.stringValue == "shop-a")
    #expect(peer?["roles"]?.arrayValue?.compactMap(\.stringValue) == ["shop"])
  }

  @Test("a listener takes roles away, and one that leaves none turns the caller away")
  func listenerNarrows() throws {
    let daemon = try TestDaemon(listeners: [
      ("main", .everything), ("wall", [.viewer, .auditor]), ("risk", [.risk]),
    ])
    let wall = try daemon.client("wall")
    let roles = wall.first["params"]?["peer"]?["roles"]?.arrayValue?.compactMap(\.stringValue)
    #expect(roles == ["auditor"])
    #expect(try wall.failure("order.create", order("A1")) == "role_too_low")
    let risk = try daemon.client("risk")
    #expect(risk.first["params"]?["code"]?.stringValue == "denied")
  }

  @Test("connections over the limit get a bye, and admin has its own reserve")
  func connectionLimits() throws {
    let daemon = try TestDaemon(
      listeners: [("main", [.shop]), ("admin", [.admin])],
      limits: {
        $0.connections = 4
        $0.connectionsReserved = 2
      })
    let first = try daemon.client()
    let second = try daemon.client()
    let third = try daemon.client()
    #expect(first.first["method"]?.stringValue == "session.greeting")
    #expect(second.first["method"]?.stringValue == "session.greeting")
    #expect(third.first["params"]?["code"]?.stringValue == "too_many_connections")
    let admin = try daemon.client("admin")
    #expect(admin.first["method"]?.stringValue == "session.greeting")
    second.disconnect()
    #expect(
      try eventually {
        try daemon.client().first["method"]?.stringValue == "session.greeting"
      })
  }

  @Test("one user has its own limit of connections")
  func connectionsPerUser() throws {
    let daemon = try TestDaemon(limits: { $0.connectionsPerUser = 2 })
    let open = [try daemon.client(), try daemon.client()]
    let refused = try daemon.client()
    #expect(open.allSatisfy { $0.first["method"]?.stringValue == "session.greeting" })
    #expect(refused.first["params"]?["code"]?.stringValue == "too_many_connections")
    #expect(refused.first["params"]?["retry_after_ms"]?.integerValue != nil)
  }

  @Test("a thousand connections are greeted and served, each by itself")
  func thousandConnections() throws {
    _ = try Resources.setDescriptorLimit(8_192)
    let daemon = try TestDaemon(limits: { $0.connectionsPerUser = 2_000 })
    let clients = try (0..<1_000).map { _ in try daemon.client() }
    for client in clients { client.ask("protocol.ping", ["echo": 1], id: 7) }
    for client in clients {
      #expect(try client.reply(to: 7)["result"]?["echo"]?.integerValue == 1)
    }
    #expect(daemon.server.connectionCount == 1_000)
    for client in clients { client.disconnect() }
    #expect(eventually { daemon.server.connectionCount == 0 })
  }
}
