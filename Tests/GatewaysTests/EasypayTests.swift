import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Easypay")
struct EasypayTests {
  static let merchant = "803100053110001"
  static let fields: [(String, JSONValue)] = [
    ("req_id", .string("530034820000001")), ("mcht_code", .string(merchant)),
    ("private_key_file", .string("own")), ("easypay_public_key_file", .string("theirs")),
    ("notify_url", .string("https://shop.example/notify/easypay")),
  ]
  static let files: [String: [UInt8]] = [
    "own": AlipayFixture.privateText(GatewayFixture.ownKey),
    "theirs": GatewayFixture.publicText(GatewayFixture.gatewayKey),
    "own.public": GatewayFixture.publicText(GatewayFixture.ownKey),
  ]
  static let gateway = GatewayFixture.gateway("easypay", fields, files: files)
  static let payment = GatewayFixture.payment(number: "PAY1", method: "wechat")
  static let now = GatewayFixture.now

  private static func object(_ text: String) -> JSONObject {
    guard let value = try? JSONReader.read(Array(text.utf8), profile: .document),
      let object = value.objectValue
    else { preconditionFailure("the test's own text is an object") }
    return object
  }

  /// Header, body and signature as Easypay sends them; `names` of an answer or of a notice.
  private static func sealed(
    _ body: String, code: String = "000000", with key: RSAPrivateKey? = GatewayFixture.gatewayKey,
    isNotice: Bool = false
  ) -> String {
    let names =
      isNotice ? ["reqHeader", "reqBody", "reqSign"] : ["rspHeader", "rspBody", "rspSign"]
    let header = object(#"{"rspInfo":"说明","rspCode":"\#(code)"}"#)
    var whole: [(String, JSONValue)] = [
      (names[0], .object(header)), (names[1], .object(object(body))),
    ]
    if let key {
      let text = EasypayEnvelope.signedBytes(header, object(body))
      whole.append((names[2], .string(AlipayFixture.sign(text, with: key))))
    }
    return String(decoding: JSONValue.object(JSONObject(whole)).bytes(), as: UTF8.self)
  }

  private static func order(
    _ state: String, _ members: String = #""orgTrace":"PAY1","transAmount":5800"#,
    code: String = "000000", words: String = "原交易不存在"
  ) -> String {
    """
    {"respStateInfo":{"respCode":"\(code)","respDesc":"\(words)","transState":"\(state)"},\
    "respOrderInfo":{"outTrace":"EP1","mchtCode":"\(merchant)",\(members)}}
    """
  }

  private func read(_ body: String, _ question: Question = .query(payment)) throws
    -> GatewayReading
  {
    try Self.gateway.read(GatewayFixture.answer(body), to: question, at: Self.now)
  }

  @Test("what is signed is the sorted header and the digest of the sorted body")
  func signedBytes() {
    let header = Self.object(
      #"{"transTime":"20261121160000","reqId":"530034820000001","reqType":"2"}"#)
    let body = Self.object(
      #"{"reqInfo":{"mchtCode":"803100053110001"},"reqOrderInfo":{"transAmount":5800,"#
        + #""orgTrace":"PAY1","orderSub":"会员 a\/b"},"list":[{"b":1,"a":"x"},2]}"#)
    // Made with Python's json (sorted keys, nothing escaped) and hashlib.
    let made =
      #"{"reqId":"530034820000001","reqType":"2","transTime":"20261121160000"}"#
      + "9E65D7E51504097190F1A50979E2E32A"
    #expect(String(decoding: EasypayEnvelope.signedBytes(header, body), as: UTF8.self) == made)
  }

  @Test("a create is signed with our key and counts in fen")
  func create() throws {
    let request = try GatewayFixture.request(Self.gateway, .create(Self.payment))
    #expect(request.url == "https://phoenix.eycard.cn/yqt/trade/native")
    let outer = try #require(try JSONReader.read(request.body, profile: .document).objectValue)
    let header = try #require(outer["reqHeader"]?.objectValue)
    let body = try #require(outer["reqBody"]?.objectValue)
    #expect(header["reqType"] == .string("2"))
    #expect(header["transTime"] == .string("20261121160000"))
    let order = try #require(body["reqOrderInfo"]?.objectValue)
    #expect(order["transAmount"] == .integer(5800) && order["orgTrace"] == .string("PAY1"))
    #expect(body["payInfo"]?["payType"] == .string("WeChatNative"))
    #expect(body["payInfo"]?["transDate"] == .string("20261121"))
    let key = AlipayFixture.publicKey(GatewayFixture.ownKey)
    #expect(EasypayEnvelope.isSigned(header, body, sign: outer.scalar("reqSign"), key: key))
  }

  @Test("a merchant that signs for itself is another type of request")
  func ownMerchant() throws {
    let fields = GatewayFixture.setting("mcht_code", nil, in: Self.fields)
    let gateway = GatewayFixture.gateway("easypay", fields, files: Self.files)
    let request = try GatewayFixture.request(gateway, .query(Self.payment))
    let text = String(decoding: request.body, as: UTF8.self)
    #expect(text.contains(#""reqType":"1""#))
    #expect(text.contains(#""mchtCode":"530034820000001""#))
  }

  @Test("no two questions have one number, and each names the day of the order")
  func questions() throws {
    let later = Self.now.adding(milliseconds: 1)
    let first = try GatewayFixture.request(Self.gateway, .query(Self.payment))
    let second = try GatewayFixture.request(Self.gateway, .query(Self.payment), at: later)
    func order(_ request: GatewayRequest) throws -> JSONValue? {
      try JSONReader.read(request.body, profile: .document)["reqBody"]?["reqOrderInfo"]
    }
    #expect(try order(first)?["orgTrace"] != order(second)?["orgTrace"])
    #expect(try order(first)?["oriOrgTrace"] == .string("PAY1"))
    #expect(try order(first)?["oriTransDate"] == .string("20261121"))
  }

  @Test("each word of a state has its meaning; those that sources differ about have none")
  func states() throws {
    let paid = PaymentSighting.paid(
      Capture(amount: AlipayFixture.yuan(5800), gatewayTransaction: "EP1", paidAt: nil))
    func said(_ state: String) throws -> GatewayReading {
      try read(Self.sealed(Self.order(state)))
    }
    #expect(try said("0") == .payment(paid))
    #expect(try said("9") == .payment(.unpaid(action: nil)))
    for word in ["1", "2", "R", "Z"] {
      #expect(try said(word) == .payment(.unrecognised(word)))
    }
    for word in ["A", "C"] {
      guard case .payment(.closed) = try said(word) else {
        Issue.record("\(word) is closed")
        return
      }
    }
    for word in ["X", "E"] {
      guard case .payment(.failed) = try said(word) else {
        Issue.record("\(word) is failed")
        return
      }
    }
  }

  @Test("the code of an answer is shown to the buyer, and Easypay's number kept")
  func created() throws {
    let members = #""orgTrace":"PAY1","qrCode":"weixin://wxpay/bizpayurl?pr=1""#
    let action = PaymentAction(
      kind: .qr, value: "weixin://wxpay/bizpayurl?pr=1", expiresAt: Self.payment.expiresAt)
    #expect(
      try read(Self.sealed(Self.order("9", members)), .create(Self.payment))
        == .payment(.unpaid(action: action, gatewayPayment: "EP1")))
  }

  @Test("what is not signed by Easypay, or about something else, is not believed")
  func unbelieved() {
    let good = Self.order("0")
    let bodies = [
      Self.sealed(good, with: GatewayFixture.strangerKey), Self.sealed(good, with: nil),
      Self.sealed(good).replacing("5800", with: "5801"),
      Self.sealed(Self.order("0", #""orgTrace":"PAY2","transAmount":5800"#)),
      Self.sealed(Self.order("0", #""orgTrace":"PAY1""#)),
      Self.sealed(good.replacing(Self.merchant, with: "other")), Self.sealed("{}"), "{}", "[]",
    ]
    for body in bodies {
      let fault = GatewayFixture.fault(
        Self.gateway, GatewayFixture.answer(body), .query(Self.payment))
      #expect(fault.hasPrefix("answered"), "\(body)")
    }
  }

  @Test("an unclear code leaves everything open; a refusal without a signature too")
  func refusals() throws {
    for code in ["QT0099", "999999", "QTC012"] {
      let answer = GatewayFixture.answer(Self.sealed("{}", code: code, with: nil))
      let fault = GatewayFixture.fault(Self.gateway, answer, .create(Self.payment))
      #expect(fault == "outcomeUnknown gateway_error")
    }
    let unsigned = GatewayFixture.answer(Self.sealed("{}", code: "QT0001", with: nil))
    #expect(
      GatewayFixture.fault(Self.gateway, unsigned, .create(Self.payment))
        == "answered gateway_bad_reply")
    guard
      case .payment(.failed) = try read(
        Self.sealed(Self.order("X", code: "QT2002")), .create(Self.payment))
    else {
      Issue.record("a signed refusal of this create is an end")
      return
    }
    guard case .refused = try read(Self.sealed("{}", code: "QT2002"), .create(Self.payment)) else {
      Issue.record("one that names nothing is none")
      return
    }
    let absent = Self.sealed(Self.order("X", code: "QT2001"))
    #expect(try read(absent) == .payment(.absent(provesClosed: false)))
  }

  @Test("only a signed word about the order itself says that there is none")
  func absence() throws {
    let refund = Question.refundQuery(Self.payment, GatewayFixture.refund())
    let absent = Self.order("X", code: "QT2001")
    #expect(try read(Self.sealed(absent), refund) == .refund(.absent))
    for question in [Question.query(Self.payment), refund] {
      // The header of an unsigned refusal, as a stranger can write it.
      let unsigned = #"{"rspHeader":{"rspCode":"QT2001","rspInfo":"原交易不存在"},"rspBody":{}}"#
      #expect(
        GatewayFixture.fault(Self.gateway, GatewayFixture.answer(unsigned), question)
          == "answered gateway_bad_reply")
      for (words, code) in [("商户不存在", "gateway_auth"), ("图片不存在", "gateway_rejected")] {
        let answer = GatewayFixture.answer(
          Self.sealed(Self.order("X", code: "QT2003", words: words)))
        #expect(GatewayFixture.fault(Self.gateway, answer, question) == "answered \(code)")
      }
    }
  }

  @Test("a refund that is turned away is asked about before anything of it is believed")
  func refusedRefund() throws {
    let question = Question.refund(Self.payment, GatewayFixture.refund())
    let refusals = [
      Self.sealed("{}", code: "QT2002"), Self.sealed(Self.order("X", code: "QT2002")),
      Self.sealed(Self.order("X", #""orgTrace":"RFD01JD8R0""#, code: "QT2002")),
    ]
    for refusal in refusals {
      guard case .refused = try read(refusal, question) else {
        Issue.record("\(refusal) is a refusal")
        continue
      }
    }
  }

  @Test("a refund is found under its own number, first or second in the answer")
  func refunds() throws {
    let refund = GatewayFixture.refund()
    let question = Question.refundQuery(Self.payment, refund)
    let done = RefundSighting.succeeded(
      amount: AlipayFixture.yuan(3000), gatewayRefund: "EP1", at: nil)
    for members in [
      #""orgTrace":"RFD01JD8R0","refundAmount":3000"#,
      #""orgTrace":"Q1","oriOrgTrace":"RFD01JD8R0","refundAmount":3000"#,
    ] {
      #expect(try read(Self.sealed(Self.order("0", members)), question) == .refund(done))
    }
    let other = Self.sealed(Self.order("0", #""orgTrace":"Q1","refundAmount":3000"#))
    #expect(
      GatewayFixture.fault(Self.gateway, GatewayFixture.answer(other), question)
        == "answered gateway_bad_reply")
  }

  private func notice(_ body: String) -> NotificationReading {
    let raw = RawNotification(httpMethod: "POST", query: "", headers: [], body: Array(body.utf8))
    return Self.gateway.readNotification(raw, at: Self.now)
  }

  @Test("a notice is verified and only wakes a question; a refund's names its payment")
  func notices() throws {
    let found = try #require(notice(Self.sealed(Self.order("0"), isNotice: true)).notice)
    #expect(found.statements == [.somethingHappened] && found.strength == .weakNotice)
    #expect(found.outTradeNumber == "PAY1")
    #expect(found.acknowledgement.body == #"{"code":"000000","msg":"Success"}"#)
    let refund = Self.order("0", #""orgTrace":"RFD1","oriOrgTrace":"PAY1","refundAmount":1"#)
    #expect(notice(Self.sealed(refund, isNotice: true)).notice?.outTradeNumber == "PAY1")
    let forged = Self.sealed(Self.order("0"), with: GatewayFixture.strangerKey, isNotice: true)
    #expect(notice(forged).rejection == "wrong_signature")
    let other = Self.order("0").replacing(Self.merchant, with: "other")
    #expect(notice(Self.sealed(other, isNotice: true)).rejection == "other_merchant")
    for body in ["", "{}", "[1]", Self.sealed(Self.order("0"))] {
      #expect(notice(body).rejection == "malformed")
    }
  }

  @Test(
    "a wrong member is named",
    arguments: [
      ("req_id", "?"), ("mcht_code", ""), ("easypay_public_key_file", "own.public"),
      ("notify_url", "https://shop.example/n?a=1"),
    ])
  func settings(member: String, value: String) {
    let fields = GatewayFixture.setting(member, .string(value), in: Self.fields)
    #expect(GatewayFixture.refusal("easypay", fields, files: Self.files).hasPrefix(member))
  }
}
