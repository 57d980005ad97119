import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

/// The vectors are examples of PingPong's own documents (see the file).
enum PingPongFixture {
  static let vectors = GatewayFixture.vectors("pingpong-published.json")
  static let salt = vectors["salt"]?.stringValue ?? ""
  static let now = GatewayFixture.now
  static let fields: [(String, JSONValue)] = [
    ("client_id", .string("2018092714313010016")), ("acc_id", .string("2018092714313010016291")),
    ("salt_file", .string("salt")), ("notify_url", .string("https://shop.example/notify/pp")),
    ("return_url", .string("https://shop.example/back")),
  ]
  static let files: [String: [UInt8]] = ["salt": Array("\(salt)\n".utf8)]
  static let gateway = GatewayFixture.gateway("pingpong", fields, files: files)
  static let payment = GatewayFixture.payment(
    amount: GatewayFixture.money("USD", 20_000), method: "checkout")

  static func published(_ name: String) -> JSONObject { vectors[name]?.objectValue ?? JSONObject() }

  static func body(_ object: JSONObject) -> String {
    String(decoding: JSONValue.object(object).bytes(), as: UTF8.self)
  }

  /// An envelope around a content, signed with a salt.
  static func envelope(
    _ content: String, code: String = "001000", description: String = "Successful request",
    salt: String = salt, account: String = "2018092714313010016291"
  ) -> String {
    let pairs: SortedParameters.Pairs = [
      ("accId", account), ("bizContent", content), ("clientId", "2018092714313010016"),
      ("code", code), ("description", description), ("signType", "SHA256"),
    ]
    let signed = pairs + [("sign", PingPongEnvelope.sign(pairs, salt: salt))]
    return body(JSONObject(signed.map { ($0.name, .string($0.value)) }))
  }

  static func content(
    _ status: String, _ members: String = #""amount":"200.000000","currency":"USD""#
  ) -> String {
    """
    {"status":"\(status)","transactionId":"2023082950003030","transactionTime":"1693290395000",\
    "merchantTransactionId":"\(payment.outTradeNumber)",\(members)}
    """
  }

  static func read(_ body: String, _ question: Question = .query(payment)) throws
    -> GatewayReading
  {
    try gateway.read(GatewayFixture.answer(body), to: question, at: now)
  }

  static func notice(_ body: String) -> NotificationReading {
    let raw = RawNotification(httpMethod: "POST", query: "", headers: [], body: Array(body.utf8))
    return gateway.readNotification(raw, at: now)
  }
}

@Suite("PingPong, published examples")
struct PingPongVectorTests {
  typealias Fixture = PingPongFixture

  @Test("the request of the documents has the signature of the documents")
  func request() throws {
    let request = Fixture.published("request")
    let pairs = request.members.filter { $0.key != "sign" }
      .map { (name: $0.key, value: $0.value.stringValue ?? "") }
    #expect(
      PingPongEnvelope.sign(pairs.shuffled(), salt: Fixture.salt) == request["sign"]?.stringValue)
  }

  @Test("the answer of the documents verifies, and covers its code")
  func answer() throws {
    let settings = try PingPongSettings(
      GatewayFixture.settings("pingpong", Fixture.fields, files: Fixture.files))
    let published = Fixture.published("answer")
    let envelope = try PingPongEnvelope(published, settings: settings)
    #expect(envelope.code == "000000")
    #expect(envelope.content["transactionId"]?.stringValue == "2023092050004591")
    for name in ["code", "description", "bizContent", "accId", "clientId"] {
      var changed = published
      changed[name] = .string((published[name]?.stringValue ?? "") + "1")
      #expect(throws: PingPongEnvelope.Flaw.wrongSignature) {
        try PingPongEnvelope(changed, settings: settings)
      }
    }
    var more = published
    more["zoo"] = .string("x")
    #expect(throws: PingPongEnvelope.Flaw.malformed) {
      try PingPongEnvelope(more, settings: settings)
    }
  }

  @Test("the content of the documents' query is a payment of 200.00 USD")
  func content() throws {
    let text = try #require(Fixture.vectors["query_answer_content"]?.stringValue)
    let payment = GatewayFixture.payment(
      number: "PMT-QNS10ZZ7O91693290394921", amount: GatewayFixture.money("USD", 20_000),
      method: "checkout")
    let capture = Capture(
      amount: GatewayFixture.money("USD", 20_000), gatewayTransaction: "2023082950003030",
      paidAt: Timestamp(milliseconds: 1_693_290_395_000))
    #expect(
      try Fixture.read(Fixture.envelope(text), .query(payment)) == .payment(.paid(capture)))
  }
}

@Suite("PingPong")
struct PingPongTests {
  typealias Fixture = PingPongFixture

  @Test("a create sends one signed envelope with a plain text inside")
  func create() throws {
    let request = try GatewayFixture.request(Fixture.gateway, .create(Fixture.payment))
    #expect(request.url == "https://acquirer-payment.pingpongx.com/v4/payment/prePay")
    let outer = try #require(try JSONReader.read(request.body, profile: .document).objectValue)
    #expect(outer.keys == ["accId", "bizContent", "clientId", "signType", "version", "sign"])
    let text = try #require(outer["bizContent"]?.stringValue)
    #expect(text.contains(#""amount":"200.00","currency":"USD""#))
    #expect(text.contains(#""payResultUrl":"https://shop.example/back""#))
    let pairs = outer.members.filter { $0.key != "sign" }
      .map { (name: $0.key, value: $0.value.stringValue ?? "") }
    #expect(outer["sign"]?.stringValue == PingPongEnvelope.sign(pairs, salt: Fixture.salt))
  }

  @Test("the buyer is sent to the page that the answer names")
  func created() throws {
    let content = """
      {"merchantTransactionId":"\(Fixture.payment.outTradeNumber)","transactionId":"2023",\
      "paymentUrl":"https://pay.pingpongx.com/v3/checkout?token=EU:a-b_c"}
      """
    let action = PaymentAction(
      kind: .redirect, value: "https://pay.pingpongx.com/v3/checkout?token=EU:a-b_c",
      expiresAt: Fixture.payment.expiresAt)
    let body = Fixture.envelope(content, code: "000000")
    #expect(
      try Fixture.read(body, .create(Fixture.payment))
        == .payment(.unpaid(action: action, gatewayPayment: "2023")))
  }

  @Test("each word of a status has its meaning")
  func states() throws {
    func said(_ status: String) throws -> GatewayReading {
      try Fixture.read(Fixture.envelope(Fixture.content(status)))
    }
    #expect(try said("PROCESSING") == .payment(.unpaid(action: nil)))
    #expect(try said("FROZEN") == .payment(.unrecognised("FROZEN")))
    guard case .payment(.closed) = try said("CLOSED"), case .payment(.failed) = try said("FAILED")
    else {
      Issue.record("CLOSED and FAILED are ends")
      return
    }
  }

  @Test("amounts have more decimals than the currency, and no cent is rounded")
  func amounts() throws {
    for (text, currency, minor) in [
      ("200.000000", "USD", 20_000), ("1000", "JPY", 1000), ("1000.000", "JPY", 1000),
      ("0.010000", "USD", 1),
    ] {
      let content = Fixture.content("SUCCESS", #""amount":"\#(text)","currency":"\#(currency)""#)
      guard case .payment(.paid(let capture)) = try Fixture.read(Fixture.envelope(content)) else {
        Issue.record("\(text) is an amount")
        return
      }
      #expect(capture.amount == GatewayFixture.money(currency, Int64(minor)))
    }
    for members in [
      #""amount":"0.001","currency":"USD""#, #""amount":"-1","currency":"USD""#,
      #""currency":"USD""#, #""amount":"1","currency":"XX""#,
    ] {
      let answer = GatewayFixture.answer(Fixture.envelope(Fixture.content("SUCCESS", members)))
      let fault = GatewayFixture.fault(Fixture.gateway, answer, .query(Fixture.payment))
      #expect(fault == "answered gateway_bad_reply", "\(members)")
    }
  }

  @Test("what is not signed, by another salt, or about something else is not believed")
  func unbelieved() {
    let good = Fixture.content("SUCCESS")
    let bodies = [
      Fixture.envelope(good, salt: "0123456789abcdef"), Fixture.envelope(good, account: "999999"),
      Fixture.envelope("[]"), Fixture.envelope(#"{"status":"SUCCESS"}"#), "{}", "[]",
      Fixture.envelope(good).replacing("SHA256", with: "MD5"),
      Fixture.envelope(good).replacing("001000", with: "000000"),
    ]
    for body in bodies {
      let fault = GatewayFixture.fault(
        Fixture.gateway, GatewayFixture.answer(body), .query(Fixture.payment))
      #expect(fault.hasPrefix("answered"), "\(body)")
    }
    let torn = GatewayFixture.answer(#"{"accId":"#)
    #expect(
      GatewayFixture.fault(Fixture.gateway, torn, .query(Fixture.payment))
        .hasPrefix("outcomeUnknown"))
  }

  @Test("a refusal ends a create, never a refund; 'not exist' is no end of a payment")
  func refusals() throws {
    let body = Fixture.envelope("{}", code: "301099", description: "declined")
    guard case .refused(let reason) = try Fixture.read(body, .create(Fixture.payment)) else {
      Issue.record("a signed refusal that names nothing is no end")
      return
    }
    let named = Fixture.envelope(
      #"{"merchantTransactionId":"\#(Fixture.payment.outTradeNumber)"}"#, code: "301099",
      description: "declined")
    guard case .payment(.failed) = try Fixture.read(named, .create(Fixture.payment)) else {
      Issue.record("a signed refusal of this create is an end")
      return
    }
    #expect(reason.gatewayCode == "301099")
    let refund = GatewayFixture.refund(GatewayFixture.money("USD", 500))
    guard case .refused = try Fixture.read(body, .refund(Fixture.payment, refund)) else {
      Issue.record("a refused refund may be one that was done, so it is asked about")
      return
    }
    let absent = Fixture.envelope("{}", code: "404001", description: "order does not exist")
    #expect(try Fixture.read(absent) == .payment(.absent(provesClosed: false)))
    #expect(
      try Fixture.read(absent, .refundQuery(Fixture.payment, refund)) == .refund(.absent))
    for words in ["merchant does not exist", "store not found", "商户不存在"] {
      let other = GatewayFixture.answer(
        Fixture.envelope("{}", code: "404002", description: words))
      let fault = GatewayFixture.fault(Fixture.gateway, other, .query(Fixture.payment))
      #expect(fault == "answered gateway_rejected", "\(words)")
    }
  }

  @Test("a refund is what PingPong says, under our number")
  func refunds() throws {
    let refund = GatewayFixture.refund(GatewayFixture.money("USD", 500))
    let question = Question.refundQuery(Fixture.payment, refund)
    let members = #""amount":"5.000000","currency":"USD","refundId":"R1""#
    let body = Fixture.envelope(Fixture.content("SUCCESS", members))
    let done = RefundSighting.succeeded(
      amount: GatewayFixture.money("USD", 500), gatewayRefund: "R1", at: nil)
    #expect(try Fixture.read(body, question) == .refund(done))
    let other = Fixture.envelope(
      Fixture.content("SUCCESS", members + #","merchantRefundId":"other""#))
    #expect(
      GatewayFixture.fault(Fixture.gateway, GatewayFixture.answer(other), question)
        == "answered gateway_bad_reply")
  }

  @Test("a notice is verified and only wakes a question")
  func notices() throws {
    let body = Fixture.envelope(Fixture.content("SUCCESS"), code: "000000")
    let found = try #require(Fixture.notice(body).notice)
    #expect(found.statements == [.somethingHappened] && found.strength == .weakNotice)
    #expect(found.outTradeNumber == Fixture.payment.outTradeNumber)
    #expect(found.acknowledgement.body == "OK")
    #expect(Fixture.notice(body.replacing("200.0", with: "100.0")).rejection == "wrong_signature")
    let stranger = Fixture.envelope(Fixture.content("SUCCESS"), account: "999999")
    #expect(Fixture.notice(stranger).rejection == "other_merchant")
    for body in ["", "{}", "[1]", #"{"sign":"x"}"#] {
      #expect(Fixture.notice(body).rejection == "malformed")
    }
  }

  @Test("a hash that was continued by somebody without the salt is no signature")
  func continuedHash() {
    // Whoever has SHA-256(salt + text) knows SHA-256(salt + text + padding + more) for any more:
    // what is continued must not have a form that is read.
    let pairs: SortedParameters.Pairs = [
      ("accId", "2018092714313010016291"), ("bizContent", "{}"),
      ("clientId", "2018092714313010016"), ("signType", "SHA256\u{80}"),
    ]
    let sign = PingPongEnvelope.sign(pairs, salt: Fixture.salt)
    let signed = pairs + [("sign", sign)]
    let body = Fixture.body(JSONObject(signed.map { ($0.name, .string($0.value)) }))
    #expect(Fixture.notice(body).rejection == "malformed")
  }

  @Test("the check tells the salt from the address")
  func check() throws {
    let signed = Fixture.envelope("{}", code: "404001", description: "order does not exist")
    guard case .check(let good) = try Fixture.read(signed, .check),
      case .check(let wrong) = try Fixture.read(
        Fixture.envelope("{}", salt: "0123456789abcdef"), .check),
      case .check(let place) = try Fixture.read("[]", .check)
    else {
      Issue.record("a check has a finding")
      return
    }
    #expect((good.code, wrong.code, place.code) == ("ok", "wrong_key", "wrong_environment"))
  }

  @Test(
    "a wrong member is named",
    arguments: [
      ("client_id", "?"), ("acc_id", ""), ("salt_file", "nowhere"), ("notify_url", "ftp://x"),
      ("return_url", "shop"), ("url", "http://pay.example"),
    ])
  func settings(member: String, value: String) {
    let fields = GatewayFixture.setting(member, .string(value), in: Fixture.fields)
    let refusal = GatewayFixture.refusal("pingpong", fields, files: Fixture.files)
    #expect(refusal.hasPrefix(member) || refusal.hasPrefix("nowhere"), "\(refusal)")
  }
}
