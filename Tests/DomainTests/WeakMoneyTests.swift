import Testing

@testable import Domain

@Suite("money known by a weak word alone")
struct WeakMoneyTests {
  private static let weak = evidence(.weakNotice, .notice)

  private func paidWeakly() throws -> (Desk, PaymentID) {
    var desk = try Desk()
    let id = try desk.opened()
    let effect = try desk.act(.poller) {
      $0.observe(id, .paid(capture()), Self.weak, weakWord: .pays)
    }
    #expect(effect == .applied)
    #expect(desk.order.payState == .paid && desk.order.flags.contains(.weak))
    #expect(desk.order.deliveryState == .held)
    return (desk, id)
  }

  @Test("a row of a statement over the same sum confirms it, and the goods go")
  func statement() throws {
    var (desk, id) = try paidWeakly()
    // The bank's number of it is another one than the site's.
    let row = PaymentSighting.paid(capture(100, yuan, "ICBC88120017"))
    let proof = evidence(.statement, .statement, id: "row 7")
    #expect(try desk.see(id, row, proof) == .applied)
    #expect(!desk.order.flags.contains(.weak))
    #expect(desk.order.payState == .paid && desk.order.deliveryState == .pending)
    #expect(desk.order.attention.isEmpty)
    // The same row read again, and the site's own word again, are no second charge.
    #expect(try desk.see(id, row, proof) == .nothingNew)
    #expect(try desk.see(id, .paid(capture()), Self.weak) == .nothingNew)
    #expect(desk.order.attention.isEmpty)
  }

  @Test("a row over another sum confirms nothing and calls a person")
  func otherSum() throws {
    var (desk, id) = try paidWeakly()
    try desk.see(id, .paid(capture(99)), evidence(.statement, .statement))
    #expect(desk.order.flags.contains(.weak) && desk.order.deliveryState == .held)
    #expect(desk.order.attention.contains("second_charge"))
  }

  @Test("a row of a statement bears out what two people said, and is no second charge")
  func peoplesWord() throws {
    var desk = try Desk()
    let id = try desk.opened()
    for name in ["li", "wang"] {
      _ = try desk.act(.staff(name: name)) { decision in
        try decision.resolve(id, amount: nil, proof: "bank row 7", reason: "seen")
      }
    }
    let row = PaymentSighting.paid(capture(100, yuan, "ICBC88120017"))
    let proof = evidence(.statement, .statement, id: "row 7")
    #expect(try desk.see(id, row, proof) == .applied)
    #expect(desk.order.attention.isEmpty)
    let payment = try #require(desk.aggregate.payment(id))
    #expect(payment.evidence.map(\.source) == [.operators, .statement])
    #expect(payment.gatewayTransaction == "bank row 7")
    // The row is read again, then one of another number comes.
    #expect(try desk.see(id, row, proof) == .nothingNew)
    try desk.see(id, row, evidence(.statement, .statement, id: "row 8"))
    #expect(desk.order.attention == ["second_charge"])
  }

  @Test("the call about a weak word ends when it is confirmed")
  func unconfirmed() throws {
    var (desk, id) = try paidWeakly()
    try desk.act(.timer) { $0.noteUnconfirmed(id) }
    #expect(desk.order.attention == ["weak_unconfirmed"])
    try desk.see(id, .paid(capture()), evidence(.statement, .statement))
    #expect(desk.order.attention.isEmpty)
    try desk.act(.timer) { $0.noteUnconfirmed(id) }
    #expect(desk.order.attention.isEmpty)
  }

  @Test("the same weak word once more confirms nothing")
  func again() throws {
    var (desk, id) = try paidWeakly()
    let effect = try desk.act(.poller) {
      $0.observe(id, .paid(capture()), Self.weak, weakWord: .pays)
    }
    #expect(effect == .nothingNew)
    #expect(desk.order.flags.contains(.weak) && desk.order.deliveryState == .held)
  }
}
