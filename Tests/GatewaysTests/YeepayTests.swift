import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

/// The vectors are Yeepay's own (see the file); the keys in them are published test keys.
enum YeepayFixture {
  static let vectors = GatewayFixture.vectors("yeepay-published.json")
  static let now = GatewayFixture.now
  static let merchant = "10086032562"
  static let applicationKey = "app_10086032562"

  static func published(_ name: String) -> String { vectors[name]?.stringValue ?? "" }

  static let fields: [(String, JSONValue)] = [
    ("app_key", .string(applicationKey)), ("merchant_no", .string(merchant)),
    ("private_key_file", .string("own")), ("yeepay_public_key_file", .string("yeepay")),
    ("notify_url", .string("https://shop.example/notify/yeepay")),
  ]
  static let files: [String: [UInt8]] = [
    "own": Array(published("merchant_private").utf8),
    "yeepay": Array(published("platform_public").utf8),
  ]
  static let gateway = GatewayFixture.gateway("yeepay", fields, files: files)
  static let platformKey: RSAPrivateKey = {
    guard let key = try? RSAPrivateKey(published("platform_private")) else {
      preconditionFailure("the vectors hold a key")
    }
    return key
  }()

  static func answer(
    _ body: String, with key: RSAPrivateKey? = platformKey, status: Int = 200
  ) -> GatewayAnswer {
    guard let key else { return GatewayFixture.answer(body, status: status) }
    let text = Array(body.utf8).filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A }
    let sign = AlipayFixture.sign(text, with: key)
    let header = Header("X-Yop-Sign", "\(sign)$SHA256")
    return GatewayFixture.answer(body, status: status, headers: [header])
  }

  static func order(_ members: String, code: String = "OPR00000") -> String {
    """
    {"state": "SUCCESS", "result": {"code":"\(code)","message":"成功",
      "orderId":"\(GatewayFixture.payment().outTradeNumber)","merchantNo":"\(merchant)",
      "uniqueOrderNo":"1001202601010000000001",\(members)}}
    """
  }
}

@Suite("Yeepay, published vectors")
struct YeepayVectorTests {
  typealias Fixture = YeepayFixture

  @Test("requests are signed and sent byte for byte as Yeepay's own script does")
  func requests() throws {
    let cases = try #require(Fixture.vectors["requests"]?.arrayValue)
    #expect(cases.count == 2)
    let signing = YeepaySigning(
      applicationKey: Fixture.applicationKey,
      privateKey: try RSAPrivateKey(Fixture.published("merchant_private")))
    let now = try #require(CivilTime.read("2026-01-01 00:00:00", offsetMinutes: 0))
    for vector in cases {
      let pairs = try #require(vector["params"]?.objectValue).members.map {
        (name: $0.key, value: $0.value.stringValue ?? "")
      }.shuffled()
      let method = try #require(vector["method"]?.stringValue)
      let isGet = method == "GET"
      let canonical = YeepaySigning.canonical(pairs)
      let headers = try signing.headers(
        method: method, path: try #require(vector["path"]?.stringValue),
        query: isGet ? canonical : "", content: isGet ? "" : canonical,
        requestID: "00000000-0000-4000-8000-000000000001", at: now)
      #expect(headers[0].name == "Authorization")
      #expect(headers[0].value == vector["authorization"]?.stringValue)
      #expect(headers[2].value == vector["content_sha256"]?.stringValue)
      #expect(YeepaySigning.sent(pairs) == vector["sent"]?.stringValue)
    }
  }

  @Test("the published answer verifies, and not with one letter changed")
  func answer() throws {
    let key = try RSAPublicKey(Fixture.published("platform_public"))
    let sign = Fixture.published("answer_sign")
    var body = Array(Fixture.published("answer_body").utf8)
    #expect(YeepaySigning.isValid(sign, of: body, key: key))
    body[20] ^= 1
    #expect(!YeepaySigning.isValid(sign, of: body, key: key))
    #expect(!YeepaySigning.isValid("\(sign)x", of: body, key: key))
    #expect(!YeepaySigning.isValid("", of: body, key: key))
  }

  @Test("the published notice opens and is a payment; it names no merchant, so it is weak")
  func notice() throws {
    let body = FormEncoding.query([
      ("customerIdentification", Fixture.applicationKey),
      ("response", Fixture.published("notice")),
    ])
    let raw = RawNotification(httpMethod: "POST", query: "", headers: [], body: Array(body.utf8))
    let notice = try #require(Fixture.gateway.readNotification(raw, at: Fixture.now).notice)
    #expect(notice.outTradeNumber == "TEST_ORDER_20260101_001")
    let capture = Capture(
      amount: AlipayFixture.yuan(1), gatewayTransaction: "1001202601010000000001", paidAt: nil)
    #expect(notice.statements == [.payment(.paid(capture))])
    #expect(notice.strength == .weakNotice)
    #expect(notice.acknowledgement == .plain("SUCCESS"))
    #expect(notice.refusal.status == 400)
  }

  @Test("a notice changed anywhere, or for somebody else, is refused")
  func forgedNotices() {
    let published = Fixture.published("notice")
    func read(_ response: String, _ application: String = Fixture.applicationKey) -> String? {
      let body = FormEncoding.query([
        ("customerIdentification", application), ("response", response),
      ])
      let raw = RawNotification(
        httpMethod: "POST", query: "", headers: [], body: Array(body.utf8))
      return Fixture.gateway.readNotification(raw, at: Fixture.now).rejection
    }
    var random = SeededRandom(seed: 5)
    let text = Array(published.utf8)
    for _ in 0..<200 {
      var changed = text
      let place = Int.random(in: 0..<(text.count - 11), using: &random)
      changed[place] = changed[place] == 0x41 ? 0x42 : 0x41
      #expect(read(String(decoding: changed, as: UTF8.self)) == "wrong_signature")
    }
    #expect(read("") == "wrong_signature")
    #expect(read("$$AES$SHA256") == "wrong_signature")
    #expect(read(String(published.dropLast(6)) + "SM3") == "wrong_signature")
    #expect(read(published, "app_other") == "other_merchant")
  }
}

@Suite("Yeepay")
struct YeepayTests {
  typealias Fixture = YeepayFixture

  static let payment = GatewayFixture.payment(method: "wechat")
  static let refund = GatewayFixture.refund()

  private func read(
    _ answer: GatewayAnswer, _ question: Question = .query(payment)
  ) throws -> GatewayReading {
    try Fixture.gateway.read(answer, to: question, at: Fixture.now)
  }

  @Test("requests name merchant and order, and leave at the platform's path")
  func requests() throws {
    let questions: [(Question, String, String)] = [
      (.create(Self.payment), "POST", "/rest/v1.0/aggpay/pre-pay"),
      (.query(Self.payment), "GET", "/rest/v1.0/trade/order/query"),
      (.close(Self.payment), "POST", "/rest/v1.0/trade/order/close"),
      (.refund(Self.payment, Self.refund), "POST", "/rest/v1.0/trade/refund"),
      (.refundQuery(Self.payment, Self.refund), "GET", "/rest/v1.0/trade/refund/query"),
    ]
    var identifiers: Set<String> = []
    for (question, method, path) in questions {
      let request = try GatewayFixture.request(Fixture.gateway, question)
      #expect(request.method == method)
      let address = try GatewayAddress(request.url)
      #expect(address.path == "/yop-center" + path)
      let pairs = try GatewayFixture.pairs(request)
      #expect(pairs["merchantNo"] == Fixture.merchant)
      #expect(pairs["parentMerchantNo"] == Fixture.merchant)
      #expect(pairs["orderId"] == Self.payment.outTradeNumber)
      let id = try #require(request.headers.first { $0.name == "x-yop-request-id" }?.value)
      #expect(id.utf8.count == 36)
      identifiers.insert(id)
    }
    #expect(identifiers.count == questions.count)
    let create = try GatewayFixture.pairs(
      GatewayFixture.request(Fixture.gateway, .create(Self.payment)))
    #expect(create["orderAmount"] == "58.00")
    #expect(create["channel"] == "WECHAT")
    #expect(create["expiredTime"] == "2026-11-21%2B16%253A15%253A00".removingPercentOnce())
    let other = GatewayFixture.payment(method: "cash")
    #expect(throws: Fault.self) { try Fixture.gateway.plan(.create(other), at: Fixture.now) }
  }

  @Test("a created payment gives its code")
  func create() throws {
    let body = """
      {"state":"SUCCESS","result":{"code":"00000","orderId":"\(Self.payment.outTradeNumber)",
      "prePayTn":"https://qr.yeepay.com/oc/1"}}
      """
    let action = PaymentAction(
      kind: .qr, value: "https://qr.yeepay.com/oc/1", expiresAt: Self.payment.expiresAt)
    #expect(
      try read(Fixture.answer(body), .create(Self.payment)) == .payment(.unpaid(action: action)))
  }

  @Test("states are told as they are")
  func states() throws {
    func state(_ word: String) throws -> GatewayReading {
      try read(
        Fixture.answer(
          Fixture.order(
            "\"status\":\"\(word)\",\"orderAmount\":58.00,\"merchantFee\":0.35,"
              + "\"paySuccessDate\":\"2026-11-21 16:01:02\"")))
    }
    let capture = Capture(
      amount: AlipayFixture.yuan(5800), gatewayTransaction: "1001202601010000000001",
      paidAt: AlipayFixture.moment("2026-11-21 16:01:02"), fee: AlipayFixture.yuan(35))
    #expect(try state("SUCCESS") == .payment(.paid(capture)))
    #expect(try state("PROCESSING") == .payment(.unpaid(action: nil)))
    #expect(try state("REVERSAL") == .payment(.unrecognised("REVERSAL")))
    for word in ["TIME_OUT", "CLOSE"] {
      guard case .payment(.closed) = try state(word) else {
        Issue.record("\(word) closes")
        continue
      }
    }
    for word in ["FAIL", "FAILED"] {
      guard case .payment(.failed) = try state(word) else {
        Issue.record("\(word) fails")
        continue
      }
    }
  }

  @Test("what is unsigned, wrongly signed or about something else is not believed")
  func unbelieved() {
    let good = Fixture.order(#""status":"SUCCESS","orderAmount":"58.00""#)
    func fault(_ answer: GatewayAnswer) -> String {
      GatewayFixture.fault(Fixture.gateway, answer, .query(Self.payment))
    }
    #expect(fault(Fixture.answer(good, with: nil)) == "answered gateway_bad_reply")
    #expect(
      fault(Fixture.answer(good, with: GatewayFixture.strangerKey)) == "answered gateway_bad_reply")
    for (from, to) in [
      (Self.payment.outTradeNumber, "OTHER"), (Fixture.merchant, "10000000000"),
      ("58.00", "58.001"), ("1001202601010000000001", "../"),
    ] {
      let body = good.split(separator: from, omittingEmptySubsequences: false).joined(separator: to)
      #expect(fault(Fixture.answer(body)) == "answered gateway_bad_reply")
    }
    #expect(fault(Fixture.answer("{}", status: 500)) == "outcomeUnknown gateway_error")
    #expect(fault(Fixture.answer("{\"sta", with: nil)) == "outcomeUnknown gateway_bad_reply")
  }

  @Test(
    "refusals by their codes",
    arguments: [
      ("40020", "sys.service.retryable", "outcomeUnknown gateway_error"),
      ("40020", "sys.service.unavailable", "outcomeUnknown gateway_error"),
      ("40029", "sys.limit.rate-limit", "outcomeUnknown gateway_rate_limited"),
      ("40029", "sys.limit.ip-white-list.app", "answered gateway_auth"),
      ("40047", "isv.authentication.digest.verify-failure", "answered gateway_auth"),
      ("40042", "isv.check.request-param.miss", "answered gateway_rejected"),
    ])
  func refusals(code: String, subCode: String, fault: String) {
    let body = """
      {"state":"FAILURE","error":{"code":"\(code)","subCode":"\(subCode)","message":"x"}}
      """
    for status in [200, 400, 401] {
      let answer = Fixture.answer(body, with: nil, status: status)
      #expect(GatewayFixture.fault(Fixture.gateway, answer, .query(Self.payment)) == fault)
    }
  }

  @Test("a refused create ends the payment only when the refusal is signed and names it")
  func refusedCreate() throws {
    let body = #"{"state":"SUCCESS","result":{"code":"00001","message":"商户未开通产品"}}"#
    guard case .refused = try read(Fixture.answer(body), .create(Self.payment)) else {
      Issue.record("a signed refusal of whatever it was ends nothing")
      return
    }
    let named = """
      {"state":"SUCCESS","result":{"code":"00001","message":"x",\
      "orderId":"\(Self.payment.outTradeNumber)"}}
      """
    guard case .payment(.failed) = try read(Fixture.answer(named), .create(Self.payment)) else {
      Issue.record("a signed refusal of this payment ends it")
      return
    }
    #expect(
      GatewayFixture.fault(
        Fixture.gateway, Fixture.answer(body, with: nil), .create(Self.payment))
        == "answered gateway_bad_reply")
  }

  @Test("only Yeepay's signed word about the order itself says that there is none")
  func absence() throws {
    func body(_ words: String) -> String {
      "{\"state\":\"FAILURE\",\"error\":{\"code\":\"OPR1\",\"message\":\"\(words)\"}}"
    }
    let refund = Question.refundQuery(Self.payment, Self.refund)
    for words in ["订单不存在", "原交易不存在", "商户订单号不存在"] {
      let signed = try read(Fixture.answer(body(words)), .query(Self.payment))
      #expect(signed == .payment(.absent(provesClosed: false)))
      #expect(try read(Fixture.answer(body(words)), refund) == .refund(.absent))
      for question in [Question.query(Self.payment), refund] {
        let unsigned = Fixture.answer(body(words), with: nil)
        let fault = GatewayFixture.fault(Fixture.gateway, unsigned, question)
        #expect(fault == "answered gateway_bad_reply", "\(words)")
      }
    }
    for (words, code) in [
      ("商户不存在", "gateway_auth"), ("应用不存在", "gateway_auth"),
      ("机构信息不存在", "gateway_auth"), ("优惠券不存在", "gateway_rejected"),
    ] {
      for key in [Fixture.platformKey, nil] {
        let fault = GatewayFixture.fault(
          Fixture.gateway, Fixture.answer(body(words), with: key), .query(Self.payment))
        #expect(fault == "answered \(code)", "\(words)")
      }
    }
  }

  @Test("a refund that is turned away is asked about before anything of it is believed")
  func refusedRefund() throws {
    let question = Question.refund(Self.payment, Self.refund)
    for (words, more) in [
      ("订单已超过可退款期限", ""), ("订单不存在", ""),
      ("x", ",\"refundRequestId\":\"\(Self.refund.refundNumber)\""),
    ] {
      let body = "{\"state\":\"SUCCESS\",\"result\":{\"code\":\"OPR2\",\"message\":\"\(words)\"\(more)}}"
      guard case .refused = try read(Fixture.answer(body), question) else {
        Issue.record("\(words) is a refusal")
        continue
      }
      let unsigned = Fixture.answer(body, with: nil)
      #expect(
        GatewayFixture.fault(Fixture.gateway, unsigned, question)
          == "answered gateway_bad_reply")
    }
  }

  @Test("refunds by their states")
  func refunds() throws {
    func state(_ word: String) throws -> GatewayReading {
      try read(
        Fixture.answer(
          Fixture.order(
            "\"refundRequestId\":\"\(Self.refund.refundNumber)\",\"status\":\"\(word)\","
              + "\"refundAmount\":\"30.00\",\"uniqueRefundNo\":\"R1\"")),
        .refundQuery(Self.payment, Self.refund))
    }
    #expect(
      try state("SUCCESS")
        == .refund(.succeeded(amount: AlipayFixture.yuan(3000), gatewayRefund: "R1", at: nil)))
    #expect(try state("PROCESSING") == .refund(.processing(nil)))
    #expect(try state("DREAMING") == .refund(.unrecognised("DREAMING")))
    guard case .refund(.stalled) = try state("SUSPEND") else {
      Issue.record("SUSPEND waits for a person")
      return
    }
    guard case .refund(.failed) = try state("FAILED") else {
      Issue.record("failed")
      return
    }
    let absent = #"{"state":"SUCCESS","result":{"code":"OPR1","message":"退款订单不存在"}}"#
    #expect(
      try read(Fixture.answer(absent), .refundQuery(Self.payment, Self.refund))
        == .refund(.absent))
  }

  @Test("a check names what is wrong")
  func check() throws {
    func code(_ answer: GatewayAnswer) throws -> String {
      guard case .check(let finding) = try read(answer, .check) else { return "" }
      return finding.code
    }
    let absent = #"{"state":"SUCCESS","result":{"code":"OPR1","message":"订单不存在"}}"#
    #expect(try code(Fixture.answer(absent)) == "ok")
    #expect(try code(Fixture.answer(absent, with: GatewayFixture.strangerKey)) == "wrong_key")
    #expect(try code(GatewayFixture.answer("<html>")) == "wrong_environment")
    let other = #"{"state":"SUCCESS","result":{"code":"OPR9","message":"商户不存在"}}"#
    #expect(try code(Fixture.answer(other)) == "unknown_merchant")
    let key = #"{"state":"FAILURE","error":{"code":"40047","subCode":"x","message":"验签失败"}}"#
    #expect(try code(Fixture.answer(key, with: nil)) == "wrong_key")
  }

  @Test("a wrong member is named")
  func settings() {
    func refusal(_ member: String, _ value: JSONValue?) -> String {
      GatewayFixture.refusal(
        "yeepay", GatewayFixture.setting(member, value, in: Fixture.fields), files: Fixture.files)
    }
    #expect(refusal("app_key", nil) == "app_key is missing")
    #expect(refusal("merchant_no", .string("a b")).hasPrefix("merchant_no must be"))
    #expect(refusal("scene", .string("HERE")).hasPrefix("scene must be one of ONLINE, OFFLINE"))
    #expect(
      refusal("yeepay_public_key_file", .string("own")).hasPrefix("yeepay_public_key_file cannot"))
    #expect(refusal("extra", .string("x")).hasPrefix("extra is no member"))
  }
}

extension String {
  /// One decoding, as the wire's first reader does it.
  fileprivate func removingPercentOnce() -> String {
    guard let field = try? FormEncoding.decode(Array("a=\(self)".utf8), fieldsMax: 1).first else {
      return ""
    }
    return String(decoding: field.value, as: UTF8.self)
  }
}
