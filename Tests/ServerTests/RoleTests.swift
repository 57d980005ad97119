import Crypto
import Foundation
import JSON
import Testing
import Wire

@testable import Server

@Suite("roles")
struct RoleTests {
  @Test("every pair of role and method is allowed or refused as the contract says")
  func everyPair() throws {
    let daemon = try TestDaemon(
      listeners: Role.allCases.map { ($0.rawValue, RoleSet($0)) },
      peers: [PeerRule(match: .user(getuid()), principal: "p", roles: .everything)])
    for role in Role.allCases {
      let client = try daemon.client(role.rawValue)
      for method in Method.allCases where method != .serverDrain {
        // Parameters that no method has: whoever may call it hears of that first.
        let reply = try client.call(method.rawValue, ["no_such_member": 1])
        let isAllowed = method.roles.contains(RoleSet(role))
        let refused = code(reply) == "role_too_low"
        #expect(refused == !isAllowed, "\(role.rawValue) × \(method.rawValue): \(text(reply))")
        if refused {
          let names = reply["error"]?["data"]?["details"]?["roles"]?.arrayValue
          #expect(names?.compactMap(\.stringValue) == method.roles.names)
        }
      }
    }
  }

  private static let token = "tok-0123456789abcdef"

  private func operators() -> [OperatorRule] {
    [
      OperatorRule(
        name: "li", roles: [.finance, .support], tokenDigest: SHA256.hash(utf8: Self.token),
        refundLimit: 10_000)
    ]
  }

  @Test("a token makes the connection that operator, with what peers, listener and token allow")
  func token() throws {
    let daemon = try TestDaemon(
      peers: [PeerRule(match: .user(getuid()), principal: "office", roles: [.finance, .shop])],
      operators: operators())
    let client = try daemon.client()
    let wrong: JSONObject = ["token": "tok-wrong-0123456789"]
    #expect(try client.failure("session.hello", wrong) == "token_invalid")
    let hello = try client.result(
      "session.hello", ["token": .string(Self.token), "client": "desk"])
    #expect(hello["peer"]?["operator"]?.stringValue == "li")
    #expect(hello["peer"]?["roles"]?.arrayValue?.compactMap(\.stringValue) == ["finance"])
    #expect(try client.failure("order.create", order("T1")) == "role_too_low")
    let wrongFeature: JSONObject = ["require": ["time-travel"]]
    #expect(try client.failure("session.hello", wrongFeature) == "bad_format")
  }

  @Test("the log names the operator, never the token")
  func tokenIsNotLogged() throws {
    let daemon = try TestDaemon(operators: operators())
    let client = try daemon.client()
    _ = try client.result("session.hello", ["token": .string(Self.token)])
    _ = try client.result("protocol.ping")
    let record = try #require(daemon.log.first { $0.method == .protocolPing })
    #expect(record.person == "li")
    for record in daemon.log.all {
      var writer = JSONWriter()
      record.write(to: &writer)
      #expect(!String(decoding: writer.bytes, as: UTF8.self).contains(Self.token))
    }
  }

  @Test("a shop finds nothing of another shop's, by any name")
  func ownOnly() throws {
    let daemon = try TestDaemon(
      listeners: [("main", .everything)],
      peers: [PeerRule(match: .user(getuid()), principal: "a", roles: .everything)])
    let all = try daemon.client()
    let id = try #require(
      try all.result("order.create", order("OWN1"))["order"]?["id"]?.stringValue)
    daemon.server.setAuthorization(
      Authorization(
        peers: [PeerRule(match: .user(getuid()), principal: "b", roles: [.shop])],
        operators: [], ownUserID: getuid()))
    let shop = try daemon.client()
    for name in ["OWN1", id] {
      #expect(try shop.failure("order.get", ["order": .string(name)]) == "order_not_found")
      #expect(try shop.failure("order.find", ["number": .string(name)]) == "order_not_found")
      #expect(
        try shop.failure("order.wait", ["order": .string(name), "until": ["paid"]])
          == "order_not_found")
      #expect(
        try shop.failure("order.cancel", ["order": .string(name)]) == "order_not_found")
    }
    // A batch is no way round it.
    let batch: JSONObject = [
      "calls": [["method": "order.cancel", "params": ["order": "OWN1"]]],
      "idempotency_key": "batch-other-1",
    ]
    #expect(try shop.failure("batch.run", batch) == "batch_failed")
    #expect(try shop.result("order.list")["orders"]?.arrayValue?.isEmpty == true)
    #expect(
      try shop.result("events.read", ["after": "oldest"])["events"]?.arrayValue?.isEmpty == true)
    // The number is taken all the same, and no more than that is told.
    let taken = try shop.call("order.create", order("OWN1", key: "other-shop-1"))
    #expect(code(taken) == "already_exists")
    #expect(taken["error"]?["data"]?["details"]?["order"] == nil)
    // Whoever was connected before has the roles of now, too.
    #expect(try all.failure("order.get", ["order": "OWN1"]) == "order_not_found")
    daemon.server.setAuthorization(
      Authorization(
        peers: [PeerRule(match: .user(getuid()), principal: "a", roles: .everything)],
        operators: [], ownUserID: getuid()))
    #expect(
      try all.result("order.get", ["order": "OWN1"])["order"]?["version"]?.integerValue == 1)
  }

  @Test("a viewer sees the buyer masked, support whole")
  func masks() throws {
    let daemon = try TestDaemon(
      listeners: [("main", .everything), ("wall", [.viewer]), ("desk", [.support])],
      peers: [PeerRule(match: .user(getuid()), principal: "p", roles: .everything)])
    let main = try daemon.client()
    var params = order("MASK1")
    params["buyer"] = ["email": "anna@example.com", "phone": "+86 138 0000 1234"]
    params["metadata"] = ["cart": 7]
    _ = try main.result("order.create", params)
    let wall = try daemon.client("wall").result("order.get", ["order": "MASK1"])
    #expect(wall["order"]?["buyer"]?["email"]?.stringValue == "a***@e***.com")
    #expect(wall["order"]?["metadata"] == nil)
    let desk = try daemon.client("desk").result("order.get", ["order": "MASK1"])
    #expect(desk["order"]?["buyer"]?["email"]?.stringValue == "anna@example.com")
    #expect(desk["order"]?["metadata"]?["cart"]?.integerValue == 7)
  }
}
