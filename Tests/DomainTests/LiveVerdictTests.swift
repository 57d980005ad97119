import Domain
import Testing

@Suite("The gateway's present word against our books")
struct LiveVerdictTests {
  private func verdict(
    _ payment: Payment, _ sighting: PaymentSighting, reserved: Int64 = 0
  ) -> LiveVerdict? {
    LiveVerdict(payment, gatewaySays: sighting, reserved: reserved)
  }

  @Test("the same money under the same number agrees, any other money differs")
  func paid() throws {
    let (desk, id) = try Desk.paid()
    let payment = try desk.payment(id)
    #expect(verdict(payment, .paid(capture(100))) == .agrees)
    #expect(verdict(payment, .paid(capture(101))) == .differs)
    let other = Capture(amount: Money(100, yuan), gatewayTransaction: "another", paidAt: nil)
    #expect(verdict(payment, .paid(other)) == .differs)
  }

  @Test("what is paid here and denied there differs, whatever the words of the denial")
  func denied() throws {
    let (desk, id) = try Desk.paid()
    let payment = try desk.payment(id)
    let words: [PaymentSighting] = [
      .unpaid(action: nil), .processing(nil), .closed(nil), .failed(reason),
      .absent(provesClosed: false), .reversed(capture(100), nil),
    ]
    for word in words { #expect(verdict(payment, word) == .differs, "\(word)") }
    #expect(verdict(payment, .unrecognised("odd")) == nil)
  }

  @Test("a trade that we gave back in full may read as closed or reversed")
  func givenBack() throws {
    let (desk, id) = try Desk.paid()
    let payment = try desk.payment(id)
    #expect(verdict(payment, .closed(nil), reserved: 100) == .agrees)
    #expect(verdict(payment, .reversed(capture(100), nil), reserved: 100) == .agrees)
    #expect(verdict(payment, .closed(nil), reserved: 99) == .differs)
    #expect(verdict(payment, .unpaid(action: nil), reserved: 100) == .differs)
  }

  @Test("money for what is closed here is found, and an open payment is not compared")
  func ended() throws {
    var desk = try Desk()
    let id = try desk.opened()
    #expect(verdict(try desk.payment(id), .paid(capture(100))) == nil)
    try desk.act { try $0.cancel(reason: nil) }
    try desk.see(id, .closed(nil))
    let payment = try desk.payment(id)
    #expect(payment.state == .closed)
    #expect(verdict(payment, .paid(capture(100))) == .found)
    #expect(verdict(payment, .reversed(capture(100), nil)) == .found)
    #expect(verdict(payment, .closed(nil)) == .agrees)
    #expect(verdict(payment, .absent(provesClosed: false)) == .agrees)
  }
}
