import Domain
import JSON

@testable import Gateways

/// A sandbox gateway and answers as its bank would seal them, made here by hand.
enum SandboxFixture {
  static let now = Timestamp(milliseconds: 1_795_248_000_000)
  static let gateway = SandboxGateway(name: "sandbox", secret: "0123456789abcdef0123456789abcdef")

  static func money(_ minor: Int64, _ code: String = "CNY") -> Money {
    guard let currency = Currency(code: code) else {
      preconditionFailure("a test names a currency")
    }
    return Money(minor, currency)
  }

  static let payment = PaymentFacts(
    outTradeNumber: "PAY1", amount: money(5_800), subject: "会员", method: "qr", returnURL: nil,
    clientIP: nil, createdAt: now, expiresAt: now.adding(milliseconds: 900_000),
    gatewayTransaction: nil)

  static let refund = RefundFacts(
    refundNumber: "RFD1", amount: money(1_000), captured: money(5_800), reason: nil,
    gatewayRefund: nil, submittedAt: now)

  static let questions: [Question] = [
    .create(payment), .query(payment), .close(payment), .refund(payment, refund),
    .refundQuery(payment, refund), .disputeQuery(payment, DisputeFacts(gatewayDispute: "SBD1")),
    .check,
  ]

  static let paidTrade =
    #""trade":{"trade_no":"SBX1","status":"paid","amount":{"currency":"CNY","minor":5800},"#
    + #""paid":{"currency":"CNY","minor":5800},"paid_at":1795247999000}"#

  static let succeededRefund =
    #""refund":{"refund_id":"SBR1","status":"succeeded","#
    + #""amount":{"currency":"CNY","minor":1000},"refunded_at":1795247999000}"#

  static let openDispute =
    #""dispute":{"dispute_id":"SBD1","status":"needs_response","due_at":1795852800000,"#
    + #""amount":{"currency":"CNY","minor":1000}}"#

  /// The body of a good answer: `code`, the echoes a question expects, and what else is given.
  static func body(
    _ question: Question, code: String = "ok", _ rest: String? = nil, merchant: String = "sandbox",
    number: String = "PAY1", refundNumber: String = "RFD1", disputeNumber: String = "SBD1"
  ) -> String {
    let operation = SandboxOperation(question)
    var text = #"{"code":"\#(code)","operation":"\#(operation.rawValue)","merchant":"\#(merchant)""#
    if operation != .check { text += #","out_trade_no":"\#(number)""# }
    if operation == .refund || operation == .refundQuery {
      text += #","refund_no":"\#(refundNumber)""#
    }
    if operation == .disputeQuery { text += #","dispute_id":"\#(disputeNumber)""# }
    if let rest { text += "," + rest }
    return text + "}"
  }

  /// What stands in a good answer to a question.
  static func content(_ question: Question) -> String? {
    switch question {
    case .create, .query, .close: paidTrade
    case .refund, .refundQuery: succeededRefund
    case .disputeQuery: openDispute
    case .catchUp, .notice, .check: nil
    }
  }

  static func sealed(
    _ body: String, as speech: SandboxSeal.Speech, status: Int = 200, at moment: Timestamp = now
  ) -> GatewayAnswer {
    let bytes = Array(body.utf8)
    return GatewayAnswer(
      status: status, headers: gateway.account.seal.headers(sealing: bytes, as: speech, at: moment),
      body: bytes)
  }

  static func answer(_ question: Question, _ body: String? = nil) -> GatewayAnswer {
    sealed(
      body ?? self.body(question, content(question)), as: .answer(SandboxOperation(question)))
  }

  static func read(
    _ answer: GatewayAnswer, to question: Question, at moment: Timestamp = now
  ) -> Result<GatewayReading, Fault> {
    do throws(Fault) {
      return .success(try gateway.read(answer, to: question, at: moment))
    } catch { return .failure(error) }
  }

  static func isGood(_ result: Result<GatewayReading, Fault>) -> Bool {
    if case .success = result { return true }
    return false
  }

  /// The code of a fault's reason; nil for a reading.
  static func faultCode(_ result: Result<GatewayReading, Fault>) -> String? {
    if case .failure(let fault) = result { return fault.reason.code }
    return nil
  }
}
