import Crypto
import Domain
import Gateways
import JSON

/// A gateway with keys of its own, and the hand of the company behind it that signs anything.
struct GatewayBench: Sendable {
  let gateway: any Gateway
  /// The bytes as a notice that the gateway sent and signed.
  let notice: @Sendable ([UInt8]) -> RawNotification
  /// The bytes as an answer that the gateway gave and signed.
  let answer: @Sendable ([UInt8], Question) -> GatewayAnswer
  /// False where TLS alone vouches for an answer: then bare bytes may be one.
  var signsAnswers = true

  static let now = Timestamp(milliseconds: 1_795_248_000_000)

  /// By kind. A new adapter adds one line; until then its kind is in `kindsWithout`.
  static let all = [
    "alipay": alipay, "wechat": wechat, "epay": epay, "yeepay": yeepay, "stripe": stripe,
    "paypal": paypal, "airwallex": airwallex, "99bill": bill99, "easypay": easypay,
    "pingpong": pingpong, "vmq": vmq, "transfer": transfer, "sandbox": sandbox,
  ]

  static let payment = PaymentFacts(
    outTradeNumber: "PAY1", amount: yuan(5_800), subject: "会员", method: "precreate",
    returnURL: nil, clientIP: nil, createdAt: now, expiresAt: now.adding(milliseconds: 900_000),
    gatewayTransaction: nil)

  static let questions: [Question] = [
    .create(payment), .query(payment), .close(payment), .refund(payment, refund),
    .refundQuery(payment, refund),
  ]

  private static let refund = RefundFacts(
    refundNumber: "RFD1", amount: yuan(1_000), captured: yuan(5_800), reason: nil,
    gatewayRefund: nil, submittedAt: now)

  private static func yuan(_ minor: Int64) -> Money {
    guard let currency = Currency(code: "CNY") else { preconditionFailure("CNY exists") }
    return Money(minor, currency)
  }

  static func make(
    _ kind: String, _ fields: [(String, String)], _ files: [String: [UInt8]],
    more: [(String, JSONValue)] = []
  ) -> any Gateway {
    let members = JSONObject(fields.map { ($0.0, .string($0.1)) } + more)
    let settings = GatewaySettings(name: kind, kind: kind, fields: members) {
      path throws(GatewaySettingsError) in
      guard let bytes = files[path] else {
        throw GatewaySettingsError(member: nil, text: "\(path) cannot be opened")
      }
      return bytes
    }
    do throws(GatewaySettingsError) {
      return try GatewayRegistry.make(settings)
    } catch {
      preconditionFailure("the bench's settings are refused: \(error.text)")
    }
  }
}

extension FuzzTarget {
  /// Adapters whose notices and answers nothing here can sign yet.
  package static let kindsWithout = GatewayRegistry.kinds.filter { GatewayBench.all[$0] == nil }

  private static let benches = GatewayRegistry.kinds.compactMap { GatewayBench.all[$0] }

  /// Bytes as they come are never taken for the gateway's word; signed ones may say anything.
  static let noticeTargets = benches.map { bench in
    FuzzTarget("notice-\(bench.gateway.kind)") { bytes in
      let signed = bench.notice(bytes)
      _ = bench.gateway.readNotification(signed, at: GatewayBench.now)
      let bare = RawNotification(
        httpMethod: "POST", query: "", headers: signed.headers.filter { $0.name == "Content-Type" },
        body: bytes)
      if case .verified = bench.gateway.readNotification(bare, at: GatewayBench.now) {
        preconditionFailure("a notice without a signature was taken for true")
      }
    }
  }

  static let answerTargets = benches.map { bench in
    FuzzTarget("answer-\(bench.gateway.kind)") { bytes in
      // The first byte says what was asked: a digit in the seeds.
      let asked = Int((bytes.first ?? 0) &- 0x30) % GatewayBench.questions.count
      let question = GatewayBench.questions[asked]
      let body = Array(bytes.dropFirst())
      // try?: an answer that cannot be trusted is a fault, which is right.
      _ = try? bench.gateway.read(bench.answer(body, question), to: question, at: GatewayBench.now)
      guard bench.signsAnswers else { return }
      let bare = GatewayAnswer(status: 200, headers: [], body: body)
      guard (try? bench.gateway.read(bare, to: question, at: GatewayBench.now)) == nil else {
        preconditionFailure("an answer without a signature was taken for true")
      }
    }
  }
}
