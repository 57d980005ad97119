import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("epay, answers")
struct EpayAnswerTests {
  typealias Fixture = EpayFixture

  static let payment = Fixture.payment
  static let refund = GatewayFixture.refund(AlipayFixture.yuan(5800))

  private func read(
    _ answer: GatewayAnswer, _ question: Question = .query(payment),
    _ gateway: any Gateway = Fixture.one, at moment: Timestamp = Fixture.now
  ) throws -> GatewayReading {
    try gateway.read(answer, to: question, at: moment)
  }

  @Test(
    "every way to pay is told by its kind",
    arguments: [
      (#""qrcode":"weixin://wxpay/bizpayurl?pr=04IPMKM""#, PaymentAction.Kind.qr,
        "weixin://wxpay/bizpayurl?pr=04IPMKM"),
      (#""payurl":"https://pay.example/pay/1/""#, .redirect, "https://pay.example/pay/1/"),
      (#""payurl":"/pay/qq/1""#, .redirect, "https://pay.example/pay/qq/1"),
      (#""payurl":"pay/qq/1""#, .redirect, "https://pay.example/epay/pay/qq/1"),
      (#""urlscheme":"weixin://dl/business/?t=1""#, .redirect, "weixin://dl/business/?t=1"),
      (#""html":"<form></form>""#, .form, "<form></form>"),
    ])
  func create(member: String, kind: PaymentAction.Kind, value: String) throws {
    let answer = GatewayFixture.answer("\u{FEFF}{\"code\":\"1\",\"trade_no\":\"20160\",\(member)}\n")
    let action = PaymentAction(kind: kind, value: value, expiresAt: Self.payment.expiresAt)
    #expect(
      try read(answer, .create(Self.payment)) == .payment(.unpaid(action: action)))
  }

  @Test(
    "a create without a way to pay that can be shown is of no use",
    arguments: [
      #"{"code":1}"#, #"{"code":1,"payurl":"javascript:alert(1)"}"#,
      #"{"code":1,"payurl":"//evil.example/"}"#, #"{"code":1,"payurl":"https://a b"}"#,
      #"{"msg":"x"}"#, "[]", "<html>success</html>",
    ])
  func uselessCreate(body: String) {
    let fault = GatewayFixture.fault(
      Fixture.one, GatewayFixture.answer(body), .create(Self.payment))
    #expect(fault == "answered gateway_bad_reply")
  }

  @Test(
    "money and status come as texts or as numbers",
    arguments: [
      #""money":"58.00","status":1"#, #""money":58,"status":"1""#, #""money":58.0,"status":"1""#,
      #""money":"58.0","status":3"#, #""money":"58.000","status":1"#,
    ])
  func paid(members: String) throws {
    let capture = Capture(
      amount: AlipayFixture.yuan(5800), gatewayTransaction: "2016080622555342651",
      paidAt: AlipayFixture.moment("2026-11-21 16:01:02"))
    #expect(try read(Fixture.order(members)) == .payment(.paid(capture)))
  }

  @Test("other states are told as they are")
  func states() throws {
    #expect(
      try read(Fixture.order(#""money":"58.00","status":0"#)) == .payment(.unpaid(action: nil)))
    #expect(
      try read(Fixture.order(#""money":"58.00","status":7"#)) == .payment(.unrecognised("7")))
    guard case .payment(.processing) = try read(Fixture.order(#""money":"58.00","status":4"#)),
      case .payment(.reversed) = try read(Fixture.order(#""money":"58.00","status":2"#))
    else {
      Issue.record("another state")
      return
    }
    let table = JSONValue.object(JSONObject([("2", .string("paid")), ("1", .string("unpaid"))]))
    let other = Fixture.with("statuses", table)
    #expect(
      try read(Fixture.order(#""money":"58.00","status":1"#), .query(Self.payment), other)
        == .payment(.unpaid(action: nil)))
  }

  @Test("unpaid or unknown for more than a day is closed, and not a minute before")
  func forgotten() throws {
    let unpaid = Fixture.order(#""money":"58.00","status":0"#)
    let absent = GatewayFixture.answer(#"{"code":-1,"msg":"订单号不存在"}"#)
    let day = Fixture.now.adding(milliseconds: 24 * 3_600_000)
    let later = Fixture.now.adding(milliseconds: 25 * 3_600_000)
    #expect(try read(unpaid, at: day) == .payment(.unpaid(action: nil)))
    #expect(try read(absent, at: day) == .payment(.absent(provesClosed: false)))
    #expect(try read(absent, at: later) == .payment(.absent(provesClosed: true)))
    guard case .payment(.closed) = try read(unpaid, at: later) else {
      Issue.record("still open")
      return
    }
  }

  @Test(
    "an answer about something else, or without its facts, is not believed",
    arguments: [
      #"{"code":1,"out_trade_no":"OTHER","trade_no":"1","money":"58.00","status":1}"#,
      #"{"code":1,"trade_no":"1","money":"58.00","status":1}"#,
      #"{"code":1,"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","money":"58.00","status":1}"#,
      #"{"code":1,"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","trade_no":"1","status":1}"#,
      #"{"code":1,"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","trade_no":"1","money":"58.001","status":1}"#,
      #"{"code":1,"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","trade_no":"1","money":"-58","status":1}"#,
      #"{"code":1,"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","trade_no":"1","money":"5.8e1","status":1}"#,
      #"{"code":1,"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","pid":"2002","trade_no":"1","money":"58","status":1}"#,
      #"{"code":1,"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","trade_no":"1","money":"58"}"#,
      #"{"code":1,"code":1}"#,
    ])
  func wrong(body: String) {
    let fault = GatewayFixture.fault(
      Fixture.one, GatewayFixture.answer(body), .query(Self.payment))
    #expect(fault == "answered gateway_bad_reply")
  }

  @Test("a server error and a torn answer leave the outcome unknown")
  func torn() {
    let cases: [(GatewayAnswer, String)] = [
      (GatewayFixture.answer("", status: 502), "outcomeUnknown gateway_error"),
      (GatewayFixture.answer("", status: 429), "outcomeUnknown gateway_rate_limited"),
      (GatewayFixture.answer("{\"code\":1,\"tra"), "outcomeUnknown gateway_bad_reply"),
      (GatewayFixture.answer(""), "outcomeUnknown gateway_bad_reply"),
      (GatewayFixture.answer("", status: 404), "answered gateway_bad_reply"),
      (GatewayFixture.answer("", status: 302), "answered gateway_bad_reply"),
    ]
    for (answer, fault) in cases {
      #expect(GatewayFixture.fault(Fixture.one, answer, .refund(Self.payment, Self.refund)) == fault)
    }
  }

  @Test("refusals of a create: somebody was faster, our key, or final")
  func refusedCreate() throws {
    let paid = GatewayFixture.answer(#"{"code":-1,"msg":"该订单(1)已完成支付"}"#)
    #expect(
      GatewayFixture.fault(Fixture.one, paid, .create(Self.payment))
        == "outcomeUnknown trade_state")
    for (words, code) in [
      ("签名校验失败，请返回重试！", FaultCode.authentication), ("通道维护", FaultCode.rejected),
      ("金额不合法", "amount_refused"),
    ] {
      let answer = GatewayFixture.answer("{\"code\":-1,\"msg\":\"\(words)\"}")
      guard case .payment(.failed(let reason)) = try read(answer, .create(Self.payment)) else {
        Issue.record("\(words) does not end the payment")
        continue
      }
      #expect(reason.code == code)
    }
  }

  @Test("a refund of version 1 is done when the answer names its money")
  func refundOne() throws {
    let question = Question.refund(Self.payment, Self.refund)
    let done = GatewayFixture.answer(#"{"code":0,"money":"58.00","msg":"退款成功！"}"#)
    #expect(
      try read(done, question)
        == .refund(.succeeded(amount: AlipayFixture.yuan(5800), gatewayRefund: nil, at: nil)))
    let bare = GatewayFixture.answer(#"{"code":1,"msg":"ok"}"#)
    guard case .refund(.processing) = try read(bare, question) else {
      Issue.record("believed without a sum")
      return
    }
    let raced = GatewayFixture.answer(#"{"code":-1,"msg":"只支持退款已支付状态的订单"}"#)
    guard case .refund(.processing) = try read(raced, question) else {
      Issue.record("a refund that may have happened was called failed")
      return
    }
    let channel = GatewayFixture.answer(#"{"code":-1,"msg":"退款失败：系统繁忙"}"#)
    guard case .refused = try read(channel, question) else {
      Issue.record("a sentence of the channel is a refusal, and no more is read of it")
      return
    }
    for (code, words) in [(-1, "商户余额不足，请先充值"), (-2, "商户未开启订单退款API接口")] {
      let answer = GatewayFixture.answer("{\"code\":\(code),\"msg\":\"\(words)\"}")
      guard case .refund(.failed) = try read(answer, question) else {
        Issue.record("\(words) is final")
        continue
      }
    }
  }

  @Test("version 1 tells of a refund by the order's status")
  func refundQueryOne() throws {
    let question = Question.refundQuery(Self.payment, Self.refund)
    #expect(
      try read(Fixture.order(#""money":"58.00","status":2"#), question)
        == .refund(.succeeded(amount: AlipayFixture.yuan(5800), gatewayRefund: nil, at: nil)))
    #expect(
      try read(Fixture.order(#""money":"58.00","status":1"#), question) == .refund(.absent))
  }

  @Test("version 2 believes signed answers of its own time only")
  func signedAnswers() throws {
    let order: EpayFixture.Pairs = [
      ("code", "0"), ("out_trade_no", Self.payment.outTradeNumber), ("trade_no", "20160"),
      ("money", "58.00"), ("status", "1"), ("pid", "1001"), ("param", ""),
    ]
    guard
      case .payment(.paid) = try read(Fixture.signed(order), .query(Self.payment), Fixture.two)
    else {
      Issue.record("not believed")
      return
    }
    let seconds = Fixture.now.milliseconds / 1000
    let bad: [GatewayAnswer] = [
      Fixture.signed(order, with: GatewayFixture.strangerKey),
      Fixture.signed(order, seconds: seconds - 301), Fixture.signed(order, seconds: seconds + 301),
      Fixture.order(#""money":"58.00","status":1"#),
      GatewayFixture.answer(
        #"{"code":0,"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","trade_no":"1","money":"58.00","status":1}"#),
    ]
    for answer in bad {
      #expect(
        GatewayFixture.fault(Fixture.two, answer, .query(Self.payment)).contains("gateway_"))
    }
  }

  @Test("version 2 signs what it says of an order that is not there, or is not given back")
  func signedRefusals() throws {
    let refund = Question.refund(Self.payment, Self.refund)
    let absent: EpayFixture.Pairs = [("code", "-1"), ("msg", "订单号不存在")]
    let channel: EpayFixture.Pairs = [("code", "-1"), ("msg", "退款失败：系统繁忙")]
    #expect(
      try read(Fixture.signed(absent), .query(Self.payment), Fixture.two)
        == .payment(.absent(provesClosed: false)))
    guard case .refused = try read(Fixture.signed(channel), refund, Fixture.two) else {
      Issue.record("a signed refusal")
      return
    }
    for (words, question) in [
      ("订单号不存在", Question.query(Self.payment)), ("退款失败：系统繁忙", refund),
    ] {
      let unsigned = GatewayFixture.answer("{\"code\":-1,\"msg\":\"\(words)\"}")
      #expect(
        GatewayFixture.fault(Fixture.two, unsigned, question) == "answered gateway_bad_reply")
    }
  }

  @Test("version 2 tells of refunds under our number")
  func refundTwo() throws {
    let refund = GatewayFixture.refund()
    let accepted = Fixture.signed([("code", "0"), ("refund_no", "R1"), ("money", "30.00")])
    #expect(
      try read(accepted, .refund(Self.payment, refund), Fixture.two) == .refund(.processing(nil)))
    let members: EpayFixture.Pairs = [
      ("code", "0"), ("refund_no", "R1"), ("out_refund_no", refund.refundNumber),
      ("money", "30.00"), ("status", "1"),
    ]
    #expect(
      try read(Fixture.signed(members), .refundQuery(Self.payment, refund), Fixture.two)
        == .refund(
          .succeeded(amount: AlipayFixture.yuan(3000), gatewayRefund: "R1", at: nil)))
    let failed = members.map { $0.name == "status" ? ("status", "0") : $0 }
    guard
      case .refund(.failed) = try read(
        Fixture.signed(failed), .refundQuery(Self.payment, refund), Fixture.two)
    else {
      Issue.record("a failed refund")
      return
    }
    let other = members.map { $0.name == "out_refund_no" ? ("out_refund_no", "X") : $0 }
    #expect(
      GatewayFixture.fault(
        Fixture.two, Fixture.signed(other), .refundQuery(Self.payment, refund))
        == "answered gateway_bad_reply")
  }

  @Test(
    "a check names what is wrong",
    arguments: [
      (#"{"code":-1,"msg":"订单号不存在"}"#, "ok"), (#"{"code":-3,"msg":"商户密钥错误"}"#, "wrong_key"),
      (#"{"code":-3,"msg":"商户ID不存在"}"#, "unknown_merchant"),
      (#"{"code":-5,"msg":"No Act!"}"#, "wrong_environment"),
      ("<html></html>", "wrong_environment"), (#"{"code":-1,"msg":"时间戳已过期"}"#, "clock_off"),
      (#"{"code":-1,"msg":"IP不在白名单"}"#, "permission"),
      (#"{"code":-9,"msg":"?"}"#, "gateway_rejected"),
    ])
  func check(body: String, code: String) throws {
    guard case .check(let finding) = try read(GatewayFixture.answer(body), .check) else {
      Issue.record("no finding")
      return
    }
    #expect(finding.code == code)
  }
}
