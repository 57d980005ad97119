import Domain
import JSON
import Testing

@testable import Gateways

@Suite("WeChat Pay, answers")
struct WeChatAnswerTests {
  private static let payment = WeChatFixture.payment()
  private static let now = WeChatFixture.now

  private static func read(
    _ answer: GatewayAnswer, to question: Question = .query(payment), at moment: Timestamp = now
  ) throws(Fault) -> GatewayReading {
    try WeChatFixture.publicKeyMode.read(answer, to: question, at: moment)
  }

  private static func payment(
    _ body: String, to question: Question = .query(payment)
  ) throws -> PaymentSighting {
    guard case .payment(let sighting) = try read(WeChatFixture.signed(body), to: question) else {
      throw CancellationError()
    }
    return sighting
  }

  private static func fault(
    _ answer: GatewayAnswer, to question: Question = .query(payment), at moment: Timestamp = now
  ) -> Fault? {
    do throws(Fault) {
      _ = try read(answer, to: question, at: moment)
      return nil
    } catch { return error }
  }

  @Test("each product's answer becomes its action, which dies when WeChat says so")
  func created() throws {
    let native = try Self.payment(
      #"{"code_url":"weixin://wxpay/bizpayurl?pr=p4lpSuKzz"}"#, to: .create(Self.payment))
    let code = PaymentAction(
      kind: .qr, value: "weixin://wxpay/bizpayurl?pr=p4lpSuKzz", expiresAt: Self.payment.expiresAt)
    #expect(native == .unpaid(action: code))

    let h5 = WeChatFixture.payment(
      method: "h5", returnURL: "https://shop.example/back?o=1", clientIP: "203.0.113.42")
    let page = try Self.payment(
      #"{"h5_url":"https://wx.tenpay.com/checkmweb?prepay_id=wx16&package=404"}"#,
      to: .create(h5))
    let address =
      "https://wx.tenpay.com/checkmweb?prepay_id=wx16&package=404"
      + "&redirect_url=https%3A%2F%2Fshop.example%2Fback%3Fo%3D1"
    let redirect = PaymentAction(
      kind: .redirect, value: address, expiresAt: Self.now.adding(milliseconds: 300_000))
    #expect(page == .unpaid(action: redirect))
  }

  @Test("a jsapi prepayment is signed for the script in the buyer's WeChat")
  func script() throws {
    let payment = WeChatFixture.payment(method: "jsapi", payer: "oUpF8")
    let sighting = try Self.payment(
      #"{"prepay_id":"wx201410272009395522657a690389285100"}"#, to: .create(payment))
    guard case .unpaid(let action?, gatewayPayment: _) = sighting else {
      Issue.record("no action")
      return
    }
    #expect(action.kind == .clientSecret)
    let value = try JSONReader.read(Array(action.value.utf8), profile: .document)
    let text =
      ["appId", "timeStamp", "nonceStr", "package"]
      .map { (value[$0]?.stringValue ?? "") + "\n" }.joined()
    #expect(text.hasPrefix("wxd678efh567hg6787\n1795248000\n"))
    #expect(value["signType"]?.stringValue == "RSA")
    #expect(value["paySign"]?.stringValue == AlipayFixture.sign(text, with: WeChatFixture.ownKey))
  }

  @Test("a paid order is what the order took, whatever coupons paid of it")
  func paid() throws {
    let capture = Capture(
      amount: AlipayFixture.yuan(8888), gatewayTransaction: "4200000263201902167700136502",
      paidAt: AlipayFixture.moment("2026-11-21 16:01:02"))
    for state in ["SUCCESS", "REFUND"] {
      #expect(try Self.payment(WeChatFixture.transaction(state: state)) == .paid(capture))
    }
  }

  @Test("states that are no payment say no more than they say")
  func states() throws {
    #expect(
      try Self.payment(WeChatFixture.transaction(state: "NOTPAY")) == .unpaid(action: nil))
    #expect(try Self.payment(WeChatFixture.transaction(state: "CLOSED")) == .closed(nil))
    guard case .processing = try Self.payment(WeChatFixture.transaction(state: "USERPAYING"))
    else {
      Issue.record("USERPAYING is processing")
      return
    }
    for state in ["REVOKED", "PAYERROR", "SOMETHING_NEW"] {
      #expect(
        try Self.payment(WeChatFixture.transaction(state: state)) == .unrecognised(state))
    }
  }

  @Test("another currency is reported, another amount too; what is no amount is of no use")
  func amounts() throws {
    guard
      case .paid(let capture) = try Self.payment(WeChatFixture.transaction(currency: "HKD"))
    else { return }
    #expect(capture.amount.currency.code == "HKD")
    for total in ["0", "-1", "88.88", "\"8888\"", "null", "9007199254740993"] {
      let answer = WeChatFixture.signed(WeChatFixture.transaction(total: total))
      #expect(Self.fault(answer) != nil, "\(total)")
    }
  }

  @Test("an answer about another merchant, application or number is of no use")
  func others() {
    for body in [
      WeChatFixture.transaction(merchant: "1900009999"),
      WeChatFixture.transaction(application: "wx0000000000000000"),
      WeChatFixture.transaction(number: "ANOTHERORDER0001"),
    ] {
      #expect(Self.fault(WeChatFixture.signed(body))?.reason.code == FaultCode.badReply)
    }
  }

  @Test("nothing unsigned, wrongly signed, late or from an unknown key is believed")
  func signatures() {
    let body = WeChatFixture.transaction()
    let good = WeChatFixture.headers(body)
    func answer(_ headers: [Header], _ text: String = body) -> GatewayAnswer {
      GatewayAnswer(status: 200, headers: headers, body: Array(text.utf8))
    }
    let probe = good.map {
      $0.name == "Wechatpay-Signature" ? Header($0.name, "WECHATPAY/SIGNTEST/abc") : $0
    }
    let cases: [(GatewayAnswer, String)] = [
      (answer([]), "is not signed"),
      (answer(good.dropLast(2) + []), "Wechatpay-Signature"),
      (answer(good + [good[0]]), "Wechatpay-Timestamp"),
      (answer(probe), "test signature"),
      (answer(good, body + " "), "is not signed with"),
      (answer(WeChatFixture.headers(body, with: WeChatFixture.strangerKey)), "is not signed with"),
      (answer(WeChatFixture.headers(body, serial: "4444AAAA")), "the key 4444AAAA"),
    ]
    for (answer, words) in cases {
      let fault = Self.fault(answer)
      #expect(fault?.reason.text.contains(words) == true, "\(words)")
    }
    for gap: Int64 in [-300_000, 300_000] {
      let moment = Self.now.adding(milliseconds: gap)
      #expect(Self.fault(answer(good), at: moment)?.reason.text.contains("300 s") == true)
      let near = Self.now.adding(milliseconds: gap / 300 * 299)
      #expect(Self.fault(answer(good), at: near) == nil)
    }
  }

  @Test("any one byte of a signed answer changed makes it worthless")
  func tampering() {
    let body = Array(WeChatFixture.transaction().utf8)
    let headers = WeChatFixture.headers(WeChatFixture.transaction())
    for index in body.indices {
      var changed = body
      changed[index] ^= 0x01
      let answer = GatewayAnswer(status: 200, headers: headers, body: changed)
      #expect(Self.fault(answer) != nil, "byte \(index)")
    }
  }

  @Test("a close is taken with 204; a paid order sends us to ask")
  func close() throws {
    let question = Question.close(Self.payment)
    #expect(try Self.read(WeChatFixture.signed("", status: 204), to: question) == .closeAccepted)
    #expect(try Self.read(WeChatFixture.refusal("ORDER_CLOSED"), to: question) == .closeAccepted)
    for code in ["ORDER_PAID", "ORDERPAID", "TRADE_ERROR", "INVALID_REQUEST"] {
      guard case .outcomeUnknown = Self.fault(WeChatFixture.refusal(code), to: question) else {
        Issue.record("\(code) decides nothing")
        continue
      }
    }
    let unsigned = GatewayAnswer(status: 204, headers: [], body: [])
    #expect(Self.fault(unsigned, to: question) != nil)
  }

  @Test("no such order, in every spelling, is absent; ten minutes after the expiry that is proof")
  func absent() throws {
    for code in ["ORDER_NOT_EXIST", "ORDERNOTEXIST", "ORDER_NOT_EXISTS"] {
      let answer = WeChatFixture.refusal(code, status: 404)
      #expect(try Self.read(answer) == .payment(.absent(provesClosed: false)))
    }
    let late = Self.payment.expiresAt.adding(milliseconds: 600_000)
    let body = "{\"code\":\"ORDER_NOT_EXIST\",\"message\":\"订单不存在\"}"
    let answer = GatewayAnswer(
      status: 404, headers: WeChatFixture.headers(body, at: late), body: Array(body.utf8))
    #expect(try Self.read(answer, at: late) == .payment(.absent(provesClosed: true)))
    let unsigned = GatewayAnswer(status: 404, headers: [], body: Array(body.utf8))
    #expect(Self.fault(unsigned, at: late)?.reason.code == FaultCode.badReply)
  }

  @Test("what is final, what is unknown and what is ours, for every question")
  func refusals() throws {
    let rows: [(String, Int, String)] = [
      ("SYSTEM_ERROR", 500, FaultCode.broken), ("SYSTEMERROR", 500, FaultCode.broken),
      ("BANK_ERROR", 500, FaultCode.broken), ("SERVICE_UNAVAILABLE", 503, FaultCode.broken),
      ("NEVER_HEARD_OF", 500, FaultCode.broken), ("FREQUENCY_LIMITED", 429, FaultCode.limited),
      ("RATELIMIT_EXCEEDED", 429, FaultCode.limited),
    ]
    for question in WeChatFixture.questions() {
      for (code, status, wanted) in rows {
        let fault = Self.fault(WeChatFixture.refusal(code, status: status), to: question)
        guard case .outcomeUnknown(let reason) = fault else {
          Issue.record("\(code) to \(question.operation) is \(String(describing: fault))")
          continue
        }
        #expect(reason.code == wanted)
      }
    }
    let html = GatewayAnswer(status: 502, headers: [], body: Array("<html>".utf8))
    #expect(Self.fault(html)?.reason.code == FaultCode.broken)
    let limited = GatewayAnswer(status: 429, headers: [], body: [])
    #expect(Self.fault(limited)?.reason.code == FaultCode.limited)
  }

  @Test("a refused create has to be asked about, also where the number says somebody was faster")
  func refusedCreate() throws {
    let create = Question.create(Self.payment)
    let refused = try Self.read(
      WeChatFixture.refusal("INVALID_REQUEST", requestCode: "268435461"), to: create)
    guard case .refused(let reason) = refused else {
      Issue.record("a refusal names no payment")
      return
    }
    #expect(reason.code == "gateway_rejected")
    #expect(reason.gatewayCode == "INVALID_REQUEST-268435461")
    #expect(reason.text.contains("原因"))
    for code in ["268498688", "268449538", "268498689"] {
      let answer = WeChatFixture.refusal("INVALID_REQUEST", requestCode: code)
      #expect(Self.fault(answer, to: create)?.reason.code == "trade_state")
    }
    let auth = try Self.read(WeChatFixture.refusal("SIGN_ERROR", status: 401), to: create)
    guard case .refused(let ours) = auth else {
      Issue.record("so does one of our key")
      return
    }
    #expect(ours.code == FaultCode.authentication)
    #expect(ours.text.contains("merchant_serial"))
  }

  @Test("refunds: under way, done, closed, stuck, unknown, refused")
  func refunds() throws {
    let question = Question.refund(Self.payment, WeChatFixture.refund)
    func sighting(_ status: String) throws -> RefundSighting {
      let answer = WeChatFixture.signed(WeChatFixture.refundBody(status: status))
      guard case .refund(let found) = try Self.read(answer, to: question) else {
        throw CancellationError()
      }
      return found
    }
    #expect(try sighting("PROCESSING") == .processing(nil))
    #expect(
      try sighting("SUCCESS")
        == .succeeded(
          amount: AlipayFixture.yuan(3000), gatewayRefund: "50000000382019052709732678859",
          at: AlipayFixture.moment("2026-11-21 16:05:00")))
    guard case .failed = try sighting("CLOSED"), case .stalled = try sighting("ABNORMAL") else {
      Issue.record("CLOSED is final, ABNORMAL waits for a person")
      return
    }
    #expect(try sighting("NEW_ONE") == .unrecognised("NEW_ONE"))
    let missing = WeChatFixture.refusal("RESOURCE_NOT_EXISTS", status: 404)
    let asked = Question.refundQuery(Self.payment, WeChatFixture.refund)
    #expect(try Self.read(missing, to: asked) == .refund(.absent))
    for (code, word) in [
      ("NOT_ENOUGH", "balance_low"), ("NOTENOUGH", "balance_low"),
      ("RESOURCE_NOT_EXISTS", "trade_not_found"), ("USER_ACCOUNT_ABNORMAL", "buyer_refused"),
    ] {
      let answer = WeChatFixture.refusal(code, status: 403)
      guard case .refused(let reason) = try Self.read(answer, to: question) else {
        Issue.record("\(code) names no refund")
        continue
      }
      #expect(reason.code == word)
    }
  }

  @Test("during a change of keys either key signs; a third one is named")
  func rotation() throws {
    let gateway = WeChatFixture.gateway(WeChatFixture.certificateFields)
    let body = WeChatFixture.transaction()
    let signers = [
      (WeChatFixture.platformKey, "45F5"), (WeChatFixture.nextPlatformKey, "5701"),
    ]
    for (key, serial) in signers {
      let answer = GatewayAnswer(
        status: 200, headers: WeChatFixture.headers(body, with: key, serial: serial),
        body: Array(body.utf8))
      #expect(throws: Never.self) {
        try gateway.read(answer, to: .query(Self.payment), at: Self.now)
      }
    }
    // One key under the other's number is no signature of WeChat's.
    let crossed = GatewayAnswer(
      status: 200, headers: WeChatFixture.headers(body, with: signers[0].0, serial: "5701"),
      body: Array(body.utf8))
    #expect(throws: Fault.self) {
      try gateway.read(crossed, to: .query(Self.payment), at: Self.now)
    }
  }
}
