import JSON
import Testing
import Wire

private func text(_ object: some WireObject) -> String {
  var writer = JSONWriter()
  object.write(to: &writer)
  return String(decoding: writer.bytes, as: UTF8.self)
}

private let buyer = BuyerObject(
  userID: "user-48213", email: "anna@mail.example.com", phone: "+86 138 0000 1234",
  ip: "203.0.113.7", country: "CN", userAgent: "Mozilla", device: "d1")

@Suite("Results")
struct MessageTests {
  @Test("members are written in the order of the contract, absent ones left out")
  func order() {
    let delivery = DeliveryObject(
      id: "dlv_1", order: "ord_1", line: 1, state: "pending", version: 1)
    #expect(
      text(delivery)
        == #"{"id":"dlv_1","order":"ord_1","line":1,"state":"pending","version":1}"#)
  }

  @Test("rendered values are spliced as they are")
  func spliced() {
    let result = BatchRunResult(results: [RawJSON(text: #"{"a":1}"#), RawJSON(.null)])
    #expect(text(result) == #"{"results":[{"a":1},null]}"#)
  }

  @Test("a header that came twice is written once, its values joined")
  func headers() {
    let ack = AckObject(
      status: 200,
      headers: TextMap([.init(name: "A", value: "1"), .init(name: "A", value: "2")]),
      body: "success")
    #expect(text(ack) == #"{"status":200,"headers":{"A":"1, 2"},"body":"success"}"#)
  }

  @Test("masking keeps what recognises and hides what reaches")
  func masking() {
    #expect(
      text(buyer.masked())
        == #"{"user_id":"***13","email":"a***@m***.com","phone":"***1234","#
        + #""ip":"203.0.*.*","country":"CN"}"#)
  }

  @Test("masking reaches the buyer within an order within a list")
  func maskingWithin() {
    let zero = MoneyObject(currency: "CNY", minor: 0)
    let order = OrderObject(
      id: "ord_1", orderNo: "A1", payState: "created", deliveryState: "none", riskState: "clear",
      disputeState: "none", amount: zero, captured: zero, refunded: zero, excess: zero,
      subject: "x", lines: [], buyer: buyer, metadata: RawJSON(text: "{}"), flags: [],
      createdAt: 1, expiresAt: 2, version: 1, payments: [])
    let masked = OrderListResult(orders: [order]).masked()
    #expect(masked.orders[0].buyer == buyer.masked())
    #expect(masked.orders[0].metadata == nil)
  }

  @Test(
    "odd personal data is masked too",
    arguments: [
      (Masking.email("no-at-sign"), "***gn"), (Masking.email("@"), "***@***"),
      (Masking.email("a@localhost"), "a***@l***"), (Masking.phone("110"), "***"),
      (Masking.ip("2001:db8:1::1"), "2001:db8:*"), (Masking.ip("::1"), "::*"),
      (Masking.ip("x"), "*"), (Masking.tail("12345"), "***"), (Masking.tail(""), "***"),
    ])
  func odd(masked: String, expected: String) {
    #expect(masked == expected)
  }
}

@Suite("Roles")
struct RoleTests {
  @Test("every method has a role, and every role a method")
  func covered() {
    for method in Method.allCases { #expect(!method.roles.isEmpty, "\(method.rawValue)") }
    for role in Role.allCases {
      #expect(Method.allCases.contains { $0.roles.contains(RoleSet(role)) }, "\(role.rawValue)")
    }
  }

  @Test("a shop sees its own whole and another's not at all")
  func shop() {
    #expect(RoleSet.shop.view(of: .orderGet, isOwner: true) == .full)
    #expect(RoleSet.shop.view(of: .orderGet, isOwner: false) == .hidden)
    #expect(RoleSet.shop.seesOwnOnly(in: .orderList))
    #expect(!RoleSet.shop.seesOwnOnly(in: .serverHealth))
  }

  @Test("a viewer sees all, masked; support all, whole")
  func viewer() {
    #expect(RoleSet.viewer.view(of: .orderGet, isOwner: false) == .masked)
    #expect(RoleSet.support.view(of: .orderGet, isOwner: false) == .full)
    let both: RoleSet = [.viewer, .shop]
    #expect(both.view(of: .orderGet, isOwner: true) == .full)
    #expect(both.view(of: .orderGet, isOwner: false) == .masked)
    #expect(!both.seesOwnOnly(in: .orderList))
  }

  @Test("a role shows nothing in a method it does not have")
  func without() {
    #expect(RoleSet.metrics.view(of: .orderGet, isOwner: true) == .hidden)
    #expect(RoleSet.support.view(of: .orderCreate, isOwner: true) == .hidden)
  }

  @Test("admin does not decide about money, and no single role can do both steps of a refund")
  func money() {
    for method in [Method.orderAccept, .paymentResolve, .refundCreate, .refundApprove] {
      #expect(!method.roles.contains(.admin))
      #expect(method.keyRule == .required)
    }
  }

  @Test("roles are read by name; an unknown name is none")
  func names() {
    #expect(RoleSet(names: ["shop", "finance_lead"]) == [.shop, .financeLead])
    #expect(RoleSet(names: ["boss"]) == nil)
    #expect(RoleSet([.financeLead, .shop]).names == ["shop", "finance_lead"])
  }
}
