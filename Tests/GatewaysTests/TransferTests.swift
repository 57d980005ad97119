import Domain
import JSON
import Testing

@testable import Gateways

@Suite("transfer")
struct TransferTests {
  static let fields: [(String, JSONValue)] = [
    ("account_name", .string("示例科技有限公司")), ("account_number", .string("6222 0202 0000 0001")),
    ("bank_name", .string("示例银行北京分行")), ("bank_code", .string("102100000001")),
  ]
  static let gateway = GatewayFixture.gateway("transfer", fields, files: [:])
  static let payment = GatewayFixture.payment(number: "PAY1", method: "transfer")
  static let now = GatewayFixture.now

  @Test("a create needs no call and tells account, amount and reference")
  func create() throws {
    guard
      case .settled(.payment(.unpaid(let action?, _))) = try Self.gateway.plan(
        .create(Self.payment), at: Self.now)
    else {
      Issue.record("a transfer has an action")
      return
    }
    #expect(action.kind == .transfer)
    for part in ["6222 0202 0000 0001", "示例科技有限公司", "102100000001", "CNY 58.00", "PAY1"] {
      #expect(action.value.contains(part))
    }
  }

  @Test("a reference is open while it is wanted, and withdrawn when it is not")
  func states() throws {
    func asked(_ isWanted: Bool) throws -> GatewayReading? {
      let facts = PaymentFacts(
        outTradeNumber: "PAY1", amount: AlipayFixture.yuan(5800), subject: "tea",
        method: "transfer", returnURL: nil, clientIP: nil, createdAt: Self.now,
        expiresAt: Self.now, gatewayTransaction: nil, isWanted: isWanted)
      guard case .settled(let reading) = try Self.gateway.plan(.query(facts), at: Self.now) else {
        return nil
      }
      return reading
    }
    #expect(try asked(true) == .payment(.unpaid(action: nil)))
    guard case .payment(.closed) = try asked(false) else {
      Issue.record("a reference that is not wanted is withdrawn")
      return
    }
  }

  @Test("another currency is refused, and no notice is ever taken")
  func refused() {
    let dollars = GatewayFixture.payment(
      amount: GatewayFixture.money("USD", 100), method: "transfer")
    #expect(throws: Fault.self) { try Self.gateway.plan(.create(dollars), at: Self.now) }
    let raw = RawNotification(httpMethod: "POST", query: "", headers: [], body: [])
    #expect(Self.gateway.readNotification(raw, at: Self.now).rejection == "not_a_notice")
  }

  @Test(
    "a wrong member is named",
    arguments: [
      ("account_name", "two\nlines"), ("account_number", "1"), ("bank_name", ""),
      ("currency", "XYZ"), ("bank_code", "?"),
    ])
  func settings(member: String, value: String) {
    let fields = GatewayFixture.setting(member, .string(value), in: Self.fields)
    #expect(GatewayFixture.refusal("transfer", fields, files: [:]).hasPrefix(member))
  }
}
