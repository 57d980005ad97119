import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("vmq")
struct VmqTests {
  static let key = "5d41402abc4b2a76b9719d911017c592"
  static let fields: [(String, JSONValue)] = [
    ("url", .string("https://pay.example/")), ("key_file", .string("key")),
    ("notify_url", .string("https://shop.example/notify/vmq")),
  ]
  static let files: [String: [UInt8]] = ["key": Array("\(key)\n".utf8)]
  static let gateway = GatewayFixture.gateway("vmq", fields, files: files)
  static let payment = GatewayFixture.payment(number: "PAY1", method: "alipay")
  static let now = GatewayFixture.now

  private func read(
    _ body: String, _ question: Question = .create(payment), by gateway: any Gateway = gateway
  ) throws -> GatewayReading {
    try gateway.read(GatewayFixture.answer(body), to: question, at: Self.now)
  }

  private static func order(
    _ state: String = "0", price: String = "58.0", really: String = "58.0",
    number: String = "PAY1"
  ) -> String {
    """
    {"code":1,"msg":"成功","data":{"payId":"\(number)","orderId":"20261121160000123",\
    "payType":2,"price":\(price),"reallyPrice":\(really),\
    "payUrl":"https://qr.alipay.com/fkx1","isAuto":1,"state":\(state),"timeOut":5}}
    """
  }

  @Test(
    "an amount is written as Java writes it",
    arguments: [(5800, "58.0"), (5850, "58.5"), (5825, "58.25"), (1, "0.01"), (10, "0.1")])
  func price(minor: Int64, text: String) {
    #expect(VmqRequests.price(AlipayFixture.yuan(minor)) == text)
  }

  @Test("a create signs the texts one behind the other")
  func create() throws {
    let request = try GatewayFixture.request(Self.gateway, .create(Self.payment))
    #expect(request.method == "GET")
    #expect(request.url.hasPrefix("https://pay.example/createOrder?"))
    let pairs = try GatewayFixture.pairs(request)
    #expect(pairs["price"] == "58.0")
    // md5 of PAY1 till 2 58.0 and the key, made with coreutils.
    #expect(pairs["sign"] == "c02e6d726aef7a65745b05d606c3a003")
    #expect(pairs["payId"] == "PAY1" && pairs["isHtml"] == "0")
  }

  @Test("the action tells the exact sum where it is not the price, and ends when the site says")
  func created() throws {
    let lives = Self.now.adding(milliseconds: 300_000)
    for (really, exact) in [("58.0", nil), ("58.01", AlipayFixture.yuan(5801))] {
      let action = PaymentAction(
        kind: .qr, value: "https://qr.alipay.com/fkx1", expiresAt: lives, exactAmount: exact)
      #expect(
        try read(Self.order(really: really))
          == .payment(.unpaid(action: action, gatewayPayment: "20261121160000123")))
    }
  }

  @Test("each state of the site has its meaning")
  func states() throws {
    let paid = PaymentSighting.paid(
      Capture(amount: AlipayFixture.yuan(5801), gatewayTransaction: "PAY1", paidAt: nil))
    let question = Question.query(Self.payment)
    #expect(try read(Self.order("0"), question) == .payment(.unpaid(action: nil)))
    #expect(try read(Self.order("1", really: "58.01"), question) == .payment(paid))
    #expect(try read(Self.order("2", really: "58.01"), question) == .payment(paid))
    #expect(try read(Self.order("7"), question) == .payment(.unrecognised("7")))
    guard case .payment(.closed) = try read(Self.order("-1"), question) else {
      Issue.record("-1 is an order that the site has dropped")
      return
    }
  }

  @Test("cents within the slack count as the price, no more")
  func slack() throws {
    let fields = GatewayFixture.setting("slack", .integer(1), in: Self.fields)
    let lax = GatewayFixture.gateway("vmq", fields, files: Self.files)
    for (really, counted) in [("58.01", 5800), ("57.99", 5800), ("58.02", 5802)] {
      let said = try read(Self.order("1", really: really), .query(Self.payment), by: lax)
      let capture = Capture(
        amount: AlipayFixture.yuan(Int64(counted)), gatewayTransaction: "PAY1", paidAt: nil)
      #expect(said == .payment(.paid(capture)))
    }
  }

  @Test("another payment, another price and what is no answer are not believed")
  func unbelieved() {
    for body in [
      Self.order(number: "PAY2"), Self.order(price: "57.0"), "[]", #"{"code":1}"#, "{}",
      #"{"code":-1,"msg":"签名错误"}"#,
    ] {
      let fault = GatewayFixture.fault(
        Self.gateway, GatewayFixture.answer(body), .query(Self.payment))
      #expect(fault.hasPrefix("answered"), "\(body)")
    }
    let torn = GatewayFixture.answer(#"{"code":1,"#)
    #expect(
      GatewayFixture.fault(Self.gateway, torn, .query(Self.payment)).hasPrefix("outcomeUnknown"))
  }

  @Test("a payment whose number at the site was lost is answered without a call")
  func lostNumber() throws {
    guard case .settled(let reading) = try Self.gateway.plan(.query(Self.payment), at: Self.now)
    else {
      Issue.record("there is no number to ask by")
      return
    }
    #expect(reading == .payment(.absent(provesClosed: false)))
  }

  private func notice(_ query: String, method: String = "GET") -> NotificationReading {
    Self.gateway.readNotification(
      RawNotification(httpMethod: method, query: query, headers: [], body: []), at: Self.now)
  }

  @Test("a notice is weak, and says the exact sum")
  func notices() throws {
    // md5 of PAY1 till 2 58.0 58.01 and the key, made with coreutils.
    let query =
      "payId=PAY1&param=till&type=2&price=58.0&reallyPrice=58.01&sign=a198bd5942947129b5873cffa3998fc9"
    let found = try #require(notice(query).notice)
    #expect(found.strength == .weakNotice)
    let capture = Capture(
      amount: AlipayFixture.yuan(5801), gatewayTransaction: "PAY1", paidAt: nil)
    #expect(found.statements == [.payment(.paid(capture))])
    #expect(found.acknowledgement.body == "success")
    let whole = "price=58.0&reallyPrice=58.01"
    let shifted = query.replacing(whole, with: "price=58.05&reallyPrice=8.01")
    #expect(notice(shifted).rejection == "malformed")
    let moved = query.replacing("payId=PAY1&param=till", with: "payId=PAY1till&param=")
    #expect(notice(moved).rejection == "malformed")
    #expect(notice(query.replacing("58.01", with: "58.02")).rejection == "wrong_signature")
    #expect(notice("payId=PAY1").rejection == "malformed")
  }

  @Test("the class says of itself that its word is weak")
  func capabilities() {
    let capabilities = Self.gateway.capabilities
    #expect(capabilities.weakWord == .pays && capabilities.isExperimental)
    #expect(!capabilities.canClose && !capabilities.canRefund)
  }

  @Test("no such order shows that the site is one of the class")
  func check() throws {
    #expect(
      try read(#"{"code":-1,"msg":"云端订单编号不存在","data":null}"#, .check)
        == .check(
          CheckFinding(
            code: "ok",
            text: "the site answers; key_file is tried only when a payment is made")))
    guard case .check(let finding) = try read("<html>", .check) else { return }
    #expect(finding.code == "wrong_environment")
  }
}
