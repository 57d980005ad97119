import Domain
import JSON
import Testing

@testable import Gateways

/// Reads an answer with the fixture's gateway.
func readAlipay(
  _ answer: GatewayAnswer, _ question: Question, at now: Timestamp = AlipayFixture.now
) -> Result<GatewayReading, Fault> {
  do throws(Fault) {
    return .success(try AlipayFixture.keyMode.read(answer, to: question, at: now))
  } catch {
    return .failure(error)
  }
}

extension Result where Success == GatewayReading, Failure == Fault {
  /// One word for what came of it, for tables.
  var word: String {
    switch self {
    case .success(.payment(.failed(let reason))): "failed \(reason.code)"
    case .success(.refund(.failed(let reason))): "failed \(reason.code)"
    case .success(.payment(.absent(let proves))): proves ? "absent, closed" : "absent"
    case .success(.refund(.absent)): "absent"
    case .success(.payment(.unrecognised(let text))): "unrecognised \(text)"
    case .success(.refund(.unrecognised(let text))): "unrecognised \(text)"
    case .success(.closeAccepted): "close accepted"
    case .success(.refused(let reason)): "refused \(reason.code)"
    case .success(let reading): "\(reading)"
    case .failure(.notSent(let reason)): "not sent \(reason.code)"
    case .failure(.outcomeUnknown(let reason)): "unknown \(reason.code)"
    case .failure(.answered(let reason)): "useless \(reason.code)"
    }
  }
}

@Suite("Alipay, answers that say yes")
struct AlipayAnswerTests {
  let payment = AlipayFixture.payment()

  @Test("precreate gives a code that lives until the expiry, two hours at most")
  func code() {
    let text = """
      {"code":"10000","msg":"Success","out_trade_no":"\(payment.outTradeNumber)",\
      "qr_code":"https:\\/\\/qr.alipay.com\\/bavh4wjlxf12tper3a"}
      """
    for (lifetime, expected) in [
      (900_000, 900_000), (7_200_000, 7_200_000), (9_000_000, 7_200_000),
    ] {
      let payment = AlipayFixture.payment(
        expiresAt: AlipayFixture.now.adding(milliseconds: Int64(lifetime)))
      let action = PaymentAction(
        kind: .qr, value: "https://qr.alipay.com/bavh4wjlxf12tper3a",
        expiresAt: AlipayFixture.now.adding(milliseconds: Int64(expected)))
      let question = Question.create(payment)
      #expect(
        readAlipay(AlipayFixture.signed(question, text), question)
          == .success(.payment(.unpaid(action: action))))
    }
  }

  @Test(
    "precreate without a code that is an address is of no use",
    arguments: [
      "", #","qr_code":"""#, #","qr_code":null"#, #","qr_code":"weixin://x""#,
      #","qr_code":["https://qr.alipay.com/a"]"#,
    ])
  func noCode(member: String) {
    let text =
      #"{"code":"10000","msg":"Success","out_trade_no":"\#(payment.outTradeNumber)"\#(member)}"#
    let question = Question.create(payment)
    let word = readAlipay(AlipayFixture.signed(question, text), question).word
    #expect(word == "useless gateway_bad_reply")
  }

  @Test("success and finished are paid, with amount, number and Alipay's time")
  func paid() {
    let capture = Capture(
      amount: AlipayFixture.yuan(8888), gatewayTransaction: "2026112122001499160501589436",
      paidAt: AlipayFixture.moment("2026-11-21 16:01:02"))
    for status in ["TRADE_SUCCESS", "TRADE_FINISHED"] {
      let answer = AlipayFixture.signed(
        .query(payment), AlipayFixture.paidNode(status: status))
      #expect(readAlipay(answer, .query(payment)) == .success(.payment(.paid(capture))))
    }
  }

  @Test(
    "an amount is exact or the answer is of no use",
    arguments: [
      ("\"58\"", 5800), ("\"58.0\"", 5800), ("\"58.00\"", 5800), ("\"0.01\"", 1),
      ("\"0058.10\"", 5810), ("\"92233720368547758.07\"", Int64.max),
    ])
  func exactAmounts(text: String, minor: Int64) {
    let answer = AlipayFixture.signed(.query(payment), AlipayFixture.paidNode(amount: text))
    guard case .success(.payment(.paid(let capture))) = readAlipay(answer, .query(payment)) else {
      Issue.record("\(text) was not taken")
      return
    }
    #expect(capture.amount == AlipayFixture.yuan(minor))
  }

  @Test(
    "an amount in another shape is never read as another amount",
    arguments: [
      "\"\"", "null", "58.00", "58", "5800", "true", "[\"58.00\"]", "{}", "\"58.001\"",
      "\"58.000\"",
      "\"58.\"", "\".58\"", "\"+58.00\"", "\"-58.00\"", "\"5,800.00\"", "\"5.8e1\"", "\" 58.00\"",
      "\"58.00 \"", "\"¥58.00\"", "\"５８.00\"", "\"0x58\"", "\"0\"", "\"0.00\"", "\"58.0.0\"",
      "\"92233720368547758.08\"", "\"99999999999999999999\"", "\"NaN\"",
    ])
  func wrongAmounts(text: String) {
    let answer = AlipayFixture.signed(.query(payment), AlipayFixture.paidNode(amount: text))
    #expect(readAlipay(answer, .query(payment)).word == "useless gateway_bad_reply")
  }

  @Test("an unpaid trade is unpaid, an unknown status is named, none is of no use")
  func otherStatuses() {
    func word(_ member: String) -> String {
      let text =
        #"{"code":"10000","out_trade_no":"\#(payment.outTradeNumber)","trade_no":"1"\#(member)}"#
      return readAlipay(AlipayFixture.signed(.query(payment), text), .query(payment)).word
    }
    #expect(word(#","trade_status":"WAIT_BUYER_PAY""#).contains("unpaid(action: nil, gatewayPayment: nil)"))
    #expect(word(#","trade_status":"TRADE_PENDING""#) == "unrecognised TRADE_PENDING")
    #expect(word(#","trade_status":"trade_success""#) == "unrecognised trade_success")
    #expect(word(#","trade_status":"TRADE_SUCCESS ""#) == "unrecognised TRADE_SUCCESS ")
    #expect(word(#","trade_status":"""#) == "useless gateway_bad_reply")
    #expect(word(#","trade_status":10000"#) == "useless gateway_bad_reply")
    #expect(word("") == "useless gateway_bad_reply")
  }

  @Test("a closed trade is closed unless it bears marks of a payment, then it was given back")
  func closed() {
    let head = #"{"code":"10000","out_trade_no":"\#(payment.outTradeNumber)","trade_no":"77","#
    let tail = #""total_amount":"88.88","trade_status":"TRADE_CLOSED"}"#
    for middle in [
      "", #""receipt_amount":"0.00","buyer_pay_amount":"0.00","#, #""send_pay_date":"","#,
      #""receipt_amount":"rubbish","#,
    ] {
      let answer = AlipayFixture.signed(.query(payment), head + middle + tail)
      #expect(readAlipay(answer, .query(payment)) == .success(.payment(.closed(nil))))
    }
    for middle in [
      #""send_pay_date":"2026-11-21 16:01:02","#, #""receipt_amount":"88.88","#,
      #""receipt_amount":"0.00","buyer_pay_amount":"88.88","#,
    ] {
      let answer = AlipayFixture.signed(.query(payment), head + middle + tail)
      guard
        case .success(.payment(.reversed(let capture, let reason?))) =
          readAlipay(answer, .query(payment))
      else {
        Issue.record("\(middle) was not seen")
        continue
      }
      #expect(capture.amount == AlipayFixture.yuan(8888))
      #expect(capture.gatewayTransaction == "77")
      #expect(reason.code == "refunded_at_gateway")
    }
  }

  @Test("a close is taken only for the payment that was asked for")
  func close() {
    let good = #"{"code":"10000","msg":"Success","out_trade_no":"\#(payment.outTradeNumber)"}"#
    #expect(
      readAlipay(AlipayFixture.signed(.close(payment), good), .close(payment))
        == .success(.closeAccepted))
    let bare = #"{"code":"10000","msg":"Success"}"#
    let word = readAlipay(AlipayFixture.signed(.close(payment), bare), .close(payment)).word
    #expect(word == "useless gateway_bad_reply")
  }

  @Test("a missing or odd time of payment is no time, and no reason to lose the payment")
  func paidAt() {
    for text in ["", "yesterday", "2026-02-30 10:00:00", "2026-11-21T16:01:02Z"] {
      let node = AlipayFixture.paidNode().replacing("2026-11-21 16:01:02", with: text)
      guard
        case .success(.payment(.paid(let capture))) =
          readAlipay(AlipayFixture.signed(.query(payment), node), .query(payment))
      else {
        Issue.record("\(text) lost the payment")
        continue
      }
      #expect(capture.paidAt == nil)
    }
  }
}

@Suite("Alipay, refunds")
struct AlipayRefundTests {
  let payment = AlipayFixture.payment()
  let refund = AlipayFixture.refund()

  private func sent(_ members: String) -> Result<GatewayReading, Fault> {
    let question = Question.refund(payment, refund)
    let text = #"{"code":"10000","out_trade_no":"\#(payment.outTradeNumber)"\#(members)}"#
    return readAlipay(AlipayFixture.signed(question, text), question)
  }

  private func asked(_ members: String) -> Result<GatewayReading, Fault> {
    let question = Question.refundQuery(payment, refund)
    let text = #"{"code":"10000","msg":"Success"\#(members)}"#
    return readAlipay(AlipayFixture.signed(question, text), question)
  }

  @Test("money that moved now is a success of our amount, not of the sum that Alipay reports")
  func moved() {
    let done = RefundSighting.succeeded(
      amount: AlipayFixture.yuan(3000), gatewayRefund: nil,
      at: AlipayFixture.moment("2026-11-21 16:05:00"))
    for sum in ["30.00", "58.00", "88.88"] {
      let members =
        #","fund_change":"Y","refund_fee":"\#(sum)","gmt_refund_pay":"2026-11-21 16:05:00""#
      #expect(sent(members) == .success(.refund(done)))
    }
  }

  @Test(
    "a sum that is less than the refund, or none, is of no use",
    arguments: ["", #","refund_fee":"29.99""#, #","refund_fee":"x""#, #","refund_fee":30.00"#])
  func wrongSum(member: String) {
    #expect(sent(#","fund_change":"Y"\#(member)"#).word == "useless gateway_bad_reply")
  }

  @Test(
    "without money moving now the refund is still under way",
    arguments: [
      "", #","fund_change":"N""#, #","fund_change":"""#, #","fund_change":"y""#,
      #","fund_change":"N","refund_fee":"30.00""#,
    ])
  func notMoved(members: String) {
    #expect(sent(members) == .success(.refund(.processing(nil))))
  }

  @Test("a refund query tells of success with this refund's own amount")
  func found() {
    let members =
      #","out_trade_no":"\#(payment.outTradeNumber)","out_request_no":"RFD01JD8R0","#
      + #""refund_status":"REFUND_SUCCESS","refund_amount":"30.00","total_amount":"88.88","#
      + #""gmt_refund_pay":"2026-11-21 16:05:00.123""#
    let done = RefundSighting.succeeded(
      amount: AlipayFixture.yuan(3000), gatewayRefund: nil,
      at: AlipayFixture.moment("2026-11-21 16:05:00"))
    #expect(asked(members) == .success(.refund(done)))
    let other = members.replacing("REFUND_SUCCESS", with: "REFUND_PROCESSING")
    #expect(asked(other) == .success(.refund(.unrecognised("REFUND_PROCESSING"))))
    let odd = members.replacing("\"30.00\"", with: "\"30.001\"")
    #expect(asked(odd).word == "useless gateway_bad_reply")
    let stranger = members.replacing("RFD01JD8R0", with: "RFD01JD8R1")
    #expect(asked(stranger).word == "useless gateway_bad_reply")
    let elsewhere = members.replacing(payment.outTradeNumber, with: "PAYOTHER")
    #expect(asked(elsewhere).word == "useless gateway_bad_reply")
  }

  @Test("an empty success of a refund query means that Alipay does not know the refund")
  func empty() {
    #expect(asked("") == .success(.refund(.absent)))
    #expect(asked(#","out_trade_no":"\#(payment.outTradeNumber)""#) == .success(.refund(.absent)))
    #expect(asked(#","out_trade_no":"PAYOTHER""#).word == "useless gateway_bad_reply")
    #expect(asked(#","refund_status":"""#) == .success(.refund(.absent)))
  }
}
