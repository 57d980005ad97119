import Domain
import Foundation
import JSON
import Testing
import Wire

@testable import Server

/// `key.lookup` while the writer stands still: `absent` must mean that nothing happens any more.
@Suite("what became of a key")
struct KeyLookupTests {
  /// Where the writer stands until it is let through.
  private final class Door: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func wait() { semaphore.wait() }
    func open() { for _ in 0..<100 { semaphore.signal() } }
  }

  /// A daemon whose writer stands still, and connections: so many that no thread of a socket writes
  /// for a lone one.
  private func still(
    _ door: Door, connections: Int = 4
  ) throws -> (daemon: TestDaemon, clients: [LineClient]) {
    let daemon = try TestDaemon(whileExchanging: { door.wait() })
    let clients = try (0..<connections).map { _ in try daemon.client() }
    _ = try clients[0].result("order.create", order("P1"))
    clients[0].ask(
      "payment.create",
      ["order": "P1", "gateway": "test", "method": "qr", "idempotency_key": "pay-P1-0001"])
    #expect(daemon.exchanges.first() != nil)
    return (daemon, clients)
  }

  private func lookUp(_ key: String, _ client: LineClient) throws -> JSONObject {
    try client.result("key.lookup", ["key": .string(key)])
  }

  private func state(_ key: String, _ client: LineClient) throws -> String? {
    try lookUp(key, client)["state"]?.stringValue
  }

  @Test("a write that waits for the writer is running, and done afterwards")
  func queued() throws {
    let door = Door()
    defer { door.open() }
    let (daemon, clients) = try still(door)
    let write = clients[1].ask("order.create", order("Q1"))
    #expect(try eventually { try state("key-Q1-0001", clients[2]) == "running" })
    let found = try lookUp("key-Q1-0001", clients[2])
    #expect(found["method"]?.stringValue == "order.create")
    #expect(found["created_at"]?.integerValue != nil)
    #expect(found["reply"] == nil)
    #expect(try state("key-Q2-0001", clients[2]) == "absent")
    door.open()
    #expect(try clients[1].reply(to: write)["result"] != nil)
    #expect(try state("key-Q1-0001", clients[2]) == "done")
    withExtendedLifetime(daemon) {}
  }

  @Test("it stays running when its caller gave up or is gone")
  func abandoned() throws {
    let door = Door()
    defer { door.open() }
    let (daemon, clients) = try still(door)
    var late = order("L1")
    late["timeout_ms"] = 100
    #expect(try clients[1].failure("order.create", late) == "deadline_exceeded")
    #expect(try state("key-L1-0001", clients[1]) == "running")
    clients[2].ask("order.create", order("G1"))
    #expect(try eventually { try state("key-G1-0001", clients[3]) == "running" })
    clients[2].disconnect()
    #expect(try state("key-L1-0001", clients[3]) == "running")
    #expect(try state("key-G1-0001", clients[3]) == "running")
    door.open()
    for key in ["key-L1-0001", "key-G1-0001"] {
      #expect(try eventually { try state(key, clients[3]) == "done" })
    }
    withExtendedLifetime(daemon) {}
  }

  @Test("a line that lies unread, because the thread of its connection writes, is not absent")
  func unread() throws {
    let door = Door()
    defer { door.open() }
    let (daemon, clients) = try still(door, connections: 2)
    clients[0].ask("order.create", order("U1"))
    #expect(try eventually { try state("key-U1-0001", clients[1]) == "running" })
    door.open()
    #expect(try eventually { try state("key-U1-0001", clients[1]) == "done" })
    withExtendedLifetime(daemon) {}
  }

  @Test("another principal's write says nothing about a key")
  func ofAnother() throws {
    let keys = KeysInFlight()
    let use = KeysInFlight.Use(method: .orderCreate, at: .init(milliseconds: 1))
    keys.enter("key-0001", of: "shop", use)
    keys.enter("key-0001", of: "shop", use)
    #expect(keys["key-0001", of: "books"] == nil)
    keys.leave("key-0001", of: "shop")
    #expect(keys["key-0001", of: "shop"]?.method == .orderCreate)
    keys.leave("key-0001", of: "shop")
    #expect(keys["key-0001", of: "shop"] == nil)
  }

  @Test("what was refused without a trace, or tried out, is absent")
  func traceless() throws {
    let starting = try TestDaemon(isStarted: false)
    let early = try starting.client()
    #expect(try early.failure("order.create", order("S1")) == "starting")
    #expect(try state("key-S1-0001", early) == "absent")
    let daemon = try TestDaemon()
    let client = try daemon.client()
    var dry = order("D1")
    dry["dry_run"] = true
    _ = try client.result("order.create", dry)
    var wrong = order("D2")
    wrong["subject"] = 7
    #expect(try client.failure("order.create", wrong) == "wrong_type")
    for key in ["key-D1-0001", "key-D2-0001"] { #expect(try state(key, client) == "absent") }
  }
}
