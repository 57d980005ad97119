import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("99Bill")
struct Bill99Tests {
  static let account = "1001292117101"
  static let fields: [(String, JSONValue)] = [
    ("merchant_acct_id", .string(account)), ("private_key_file", .string("own")),
    ("bill99_certificate_file", .string("theirs")), ("query_key_file", .string("query")),
    ("notify_url", .string("https://shop.example/notify/99bill")),
    ("redirect_url", .string("https://shop.example/thanks")),
  ]
  static let files: [String: [UInt8]] = [
    "own": AlipayFixture.privateText(GatewayFixture.ownKey),
    "theirs": GatewayFixture.publicText(GatewayFixture.gatewayKey),
    "query": Array("D4TSSG89AX2A596A".utf8),
    "own.public": GatewayFixture.publicText(GatewayFixture.ownKey),
  ]
  static let gateway = GatewayFixture.gateway("99bill", fields, files: files)
  static let payment = GatewayFixture.payment(
    number: "PAY1", subject: "<b>\"茶\"</b>", method: "page",
    returnURL: "https://shop.example/back")
  static let now = GatewayFixture.now

  @Test("the buyer's form is signed over its fields in their written order, by SHA-1")
  func page() throws {
    guard
      case .settled(.payment(.unpaid(let action?, _))) = try Self.gateway.plan(
        .create(Self.payment), at: Self.now)
    else {
      Issue.record("a page needs no call")
      return
    }
    #expect(action.kind == .form)
    let form = action.value
    #expect(form.contains("https://www.99bill.com/gateway/recvMerchantInfoAction.htm"))
    #expect(form.contains(#"name="orderAmount" value="5800""#))
    // Nothing of a subject is markup.
    #expect(!form.contains("<b>"))
    let text =
      "inputCharset=1&pageUrl=https://shop.example/back"
      + "&bgUrl=https://shop.example/notify/99bill&version=v2.0&language=1&signType=4"
      + "&merchantAcctId=1001292117101&orderId=PAY1&orderAmount=5800&orderTime=20261121160000"
      + "&productName=\(try #require(Self.value("productName", in: form)))"
      + "&productNum=1&payType=00"
    let sign = try Base64.decode(try #require(Self.value("signMsg", in: form)))
    let key = AlipayFixture.publicKey(GatewayFixture.ownKey)
    #expect(key.isValid(sign, for: Array(text.utf8), .sha1WithRSA))
  }

  /// The value of a hidden field whose text holds nothing that is escaped.
  private static func value(_ name: String, in form: String) -> String? {
    guard let start = form.firstRange(of: "name=\"\(name)\" value=\"") else { return nil }
    return String(form[start.upperBound...].prefix { $0 != "\"" })
  }

  @Test("a form keeps every value and lets none out of its quotes")
  func form() {
    let text = HTMLForm.text(to: "https://pay.example/?a=1&b=2", [("n", "\"><i>'&")])
    #expect(text.contains(#"action="https://pay.example/?a=1&amp;b=2""#))
    #expect(text.contains(#"value="&quot;&gt;&lt;i&gt;&#39;&amp;""#))
  }

  @Test("a question is signed with the query key, empty fields left out")
  func query() throws {
    let request = try GatewayFixture.request(Self.gateway, .query(Self.payment))
    #expect(request.url == "https://www.99bill.com/gatewayapi/gatewayOrderQuery.do")
    let body = try #require(try JSONReader.read(request.body, profile: .document).objectValue)
    // Made with Python's hashlib from the text that the sources describe.
    #expect(body["signMsg"] == .string("A6FC3E2509B0529C0515E4E2B56F1D44"))
    #expect(body["startTime"] == .string(""))
  }

  private func read(_ body: String, _ question: Question = .query(payment)) throws
    -> GatewayReading
  {
    try Self.gateway.read(GatewayFixture.answer(body), to: question, at: Self.now)
  }

  private static func row(
    _ members: String = #""orderId":"PAY1","payAmount":"5800","payResult":"10""#
  ) -> String {
    """
    {"merchantAcctId":"\(account)","errCode":"","recordCount":"1","orderDetail":[\
    {"dealId":"261121001","dealTime":"20261121155900","fee":"35",\(members)}]}
    """
  }

  @Test("a row of a success is a payment, in fen, at Beijing's time")
  func paid() throws {
    let capture = Capture(
      amount: AlipayFixture.yuan(5800), gatewayTransaction: "261121001",
      paidAt: AlipayFixture.moment("2026-11-21 15:59:00"), fee: AlipayFixture.yuan(35))
    #expect(try read(Self.row()) == .payment(.paid(capture)))
    #expect(
      try read(Self.row(#""orderId":"PAY1","payAmount":"5800","payResult":"11""#))
        == .payment(.unrecognised("11")))
  }

  @Test("no word of success is no end")
  func absent() throws {
    for code in Bill99Answers.absentCodes {
      let body = #"{"merchantAcctId":"\#(Self.account)","errCode":"\#(code)"}"#
      #expect(try read(body) == .payment(.absent(provesClosed: false)))
    }
    #expect(try read(#"{"errCode":"","orderDetail":[]}"#) == .payment(.absent(provesClosed: false)))
  }

  @Test("another order, another merchant, several rows and unknown codes are not believed")
  func unbelieved() {
    let bodies = [
      Self.row(#""orderId":"PAY2","payAmount":"5800","payResult":"10""#),
      Self.row(#""orderId":"PAY1","payResult":"10""#),
      Self.row(#""orderId":"PAY1","payAmount":"58.00","payResult":"10""#),
      Self.row().replacing(Self.account, with: "1009999999901"),
      Self.row().replacing("}]}", with: #"},{"orderId":"PAY1"}]}"#),
      #"{"errCode":"20005"}"#, #"{"errCode":""}"#, "[]",
    ]
    for body in bodies {
      let fault = GatewayFixture.fault(
        Self.gateway, GatewayFixture.answer(body), .query(Self.payment))
      #expect(fault.hasPrefix("answered"), "\(body)")
    }
    let busy = GatewayFixture.answer(#"{"errCode":"30001"}"#)
    #expect(
      GatewayFixture.fault(Self.gateway, busy, .query(Self.payment))
        == "outcomeUnknown gateway_error")
  }

  private static func notice(
    _ fields: [(String, String)], with key: RSAPrivateKey = GatewayFixture.gatewayKey,
    by gateway: any Gateway = gateway, scheme: RSASignatureScheme = .sha1WithRSA
  ) throws -> NotificationReading {
    let text = fields.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    let sign = Base64.encode(try key.signature(for: Array(text.utf8), scheme))
    // 99Bill's front ends are known to leave `+` as it is.
    let query = text + "&signMsg=" + FormEncoding.encode(sign).replacing("%2B", with: "+")
    let raw = RawNotification(httpMethod: "GET", query: query, headers: [], body: [])
    return gateway.readNotification(raw, at: now)
  }

  private static let paid = [
    ("merchantAcctId", account), ("version", "v2.0"), ("signType", "4"), ("orderId", "PAY1"),
    ("dealId", "261121001"), ("payAmount", "5800"), ("payResult", "10"),
  ]

  @Test("a notice is verified in the written order and only wakes a question")
  func notices() throws {
    let found = try #require(try Self.notice(Self.paid).notice)
    #expect(found.statements == [.somethingHappened] && found.strength == .weakNotice)
    #expect(found.outTradeNumber == "PAY1")
    #expect(
      found.acknowledgement.body
        == "<result>1</result><redirecturl>https://shop.example/thanks</redirecturl>")
    #expect(found.refusal.body.hasPrefix("<result>0</result>"))
    #expect(
      try Self.notice(Self.paid, with: GatewayFixture.strangerKey).rejection == "wrong_signature")
    #expect(try Self.notice(Self.paid, scheme: .sha256WithRSA).rejection == "wrong_signature")
    let other = [("merchantAcctId", "1009999999901")] + Self.paid.dropFirst()
    #expect(try Self.notice(other).rejection == "other_merchant")
    #expect(try Self.notice(Array(Self.paid.prefix(3))).rejection == "malformed")
  }

  @Test("a contract may ask for SHA-256")
  func digest() throws {
    let fields = GatewayFixture.setting("digest", .string("sha256"), in: Self.fields)
    let gateway = GatewayFixture.gateway("99bill", fields, files: Self.files)
    let found = try Self.notice(Self.paid, by: gateway, scheme: .sha256WithRSA)
    #expect(found.notice != nil)
    #expect(try Self.notice(Self.paid, by: gateway).rejection == "wrong_signature")
  }

  @Test("there are no refunds, because nobody says in what unit")
  func capabilities() {
    let capabilities = Self.gateway.capabilities
    #expect(!capabilities.canRefund && !capabilities.canClose && capabilities.isExperimental)
  }

  @Test(
    "a wrong member is named",
    arguments: [
      ("merchant_acct_id", "10012921171"), ("bill99_certificate_file", "own.public"),
      ("digest", "md5"), ("redirect_url", "https://shop.example/<b>"), ("query_key_file", "own"),
    ])
  func settings(member: String, value: String) {
    let fields = GatewayFixture.setting(member, .string(value), in: Self.fields)
    #expect(GatewayFixture.refusal("99bill", fields, files: Self.files).hasPrefix(member))
  }
}
