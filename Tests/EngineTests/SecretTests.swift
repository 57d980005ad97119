import Domain
import Foundation
import Gateways
import Testing

@testable import Engine

@Suite("keys that a gateway repeats")
struct SecretTests {
  @Test("a page that shows our key leaves no trace of it on disk, in answers or in alarms")
  func page() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.blabs]
    let payment = try world.openPayment(order)
    #expect(payment.state == .unknown)
    try world.advance(by: 60_000)
    let key = Data(TestBank.secret.utf8)
    for suffix in ["", "-wal"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: world.path + suffix))
      #expect(bytes.range(of: key) == nil)
      if suffix == "-wal" { #expect(bytes.range(of: Data("key=******".utf8)) != nil) }
    }
    #expect(!world.alarms.contains { $0.contains(TestBank.secret) })
  }

  @Test("what is too short to be a secret is struck out of nothing")
  func short() {
    let answer = GatewayAnswer(status: 200, headers: [], body: Array("a=1&key=s3cret-s3cret".utf8))
    #expect(answer.without(["a", "1", ""]) == answer)
    let clean = String(decoding: answer.without(["s3cret"]).body, as: UTF8.self)
    #expect(clean == "a=1&key=******-******")
  }

  @Test("a secret is struck out wherever it stands, whole, however its neighbours look")
  func struckOutEverywhere() {
    for (body, clean) in [
      ("s3cret", "******"), ("s3crets3cret", "************"), ("ss3crett", "s******t"),
      ("s3cres3cret", "s3cre******"), ("s3cre", "s3cre"), ("", ""), ("as3cret", "a******"),
      ("s3cret s3cre", "****** s3cre"),
    ] {
      let answer = GatewayAnswer(status: 200, headers: [], body: Array(body.utf8))
      #expect(String(decoding: answer.without(["s3cret"]).body, as: UTF8.self) == clean)
    }
  }
}
