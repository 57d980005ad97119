import Domain
import JSON

/// Answers of the v免签 class → what they say. None is signed: TLS vouches for the site, and the
/// site for no more than what a phone showed it.
struct VmqAnswers: Sendable {
  static let company = "the site"
  static let codeBytesMax = 1024

  let settings: VmqSettings

  func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    if case .check = question { return .check(try finding(answer)) }
    try answer.requireSuccess(of: Self.company)
    let node = try answer.object(of: Self.company)
    guard node.is("code", "1") else { return .payment(try refusal(node, question)) }
    guard let order = node["data"]?.objectValue else {
      throw .badReply(Self.company, "it holds no data")
    }
    switch question {
    case .create(let payment): return .payment(try created(order, payment, at: now))
    case .query(let payment): return .payment(try state(order, payment))
    case .close, .refund, .refundQuery, .disputeQuery, .catchUp, .notice, .check:
      throw .badReply(Self.company, "nothing was asked")
    }
  }

  private func created(
    _ order: JSONObject, _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> PaymentSighting {
    let sums = try sums(order, payment)
    guard let number = order.scalar("orderId"), GatewayText.isName(number) else {
      throw .badReply(Self.company, "its orderId is missing or malformed")
    }
    guard let code = order.scalar("payUrl"), code.utf8.count <= Self.codeBytesMax,
      code.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .badReply(Self.company, "its payUrl is missing or no code") }
    guard let minutes = order.scalar("timeOut").flatMap({ Int64($0) }), (1...1440).contains(minutes)
    else { throw .badReply(Self.company, "its timeOut is missing or malformed") }
    let action = PaymentAction(
      kind: .qr, value: code,
      expiresAt: min(payment.expiresAt, now.adding(milliseconds: minutes * 60_000)),
      exactAmount: sums.really == payment.amount ? nil : sums.really)
    return .unpaid(action: action, gatewayPayment: number)
  }

  private func state(
    _ order: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> PaymentSighting {
    let sums = try sums(order, payment)
    guard let state = order.scalar("state") else {
      throw .badReply(Self.company, "it has no state")
    }
    switch state {
    case "-1":
      return .closed(Reason(code: "expired_at_gateway", text: "the site has dropped the order"))
    case "0": return .unpaid(action: nil)
    // 2: paid, and the site's notice was not taken.
    case "1", "2":
      return .paid(
        Capture(
          amount: Self.counted(sums, slack: settings.slack),
          gatewayTransaction: payment.outTradeNumber, paidAt: nil))
    default: return .unrecognised(state)
    }
  }

  /// What the site asked for and what was to be paid to the cent.
  private func sums(
    _ order: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> (price: Money, really: Money) {
    guard order.is("payId", payment.outTradeNumber) else {
      throw .badReply(Self.company, "it is about another payment")
    }
    guard let price = order.scalar("price").flatMap({ Money(yuan: $0) }),
      let really = order.scalar("reallyPrice").flatMap({ Money(yuan: $0) })
    else { throw .badReply(Self.company, "its price is missing or malformed") }
    guard price == payment.amount else {
      throw .badReply(Self.company, "it is about another price")
    }
    return (price, really)
  }

  /// The exact sum is what came. Where the merchant says that some cents do not matter, the price.
  static func counted(_ sums: (price: Money, really: Money), slack: Int64) -> Money {
    let gap = sums.really.minor.subtractingReportingOverflow(sums.price.minor)
    guard !gap.overflow, gap.partialValue.magnitude <= UInt64(slack) else { return sums.really }
    return sums.price
  }

  private func refusal(
    _ node: JSONObject, _ question: Question
  ) throws(Fault) -> PaymentSighting {
    guard let code = node.scalar("code") else { throw .badReply(Self.company, "it has no code") }
    let words = node.scalar("msg") ?? ""
    let shown = GatewayText.unmarked(words, scalarsMax: 120, otherwise: "no reason given")
    let text = "the site refused (\(shown))"
    let own = String(code.prefix(16))
    if words.contains("签名") {
      throw .answered(
        Reason(code: FaultCode.authentication, gatewayCode: own, text: text))
    }
    guard case .create = question else {
      guard Self.denies(words) else { throw .badReply(Self.company, "it refuses: \(shown)") }
      return .absent(provesClosed: false)
    }
    if words.contains("已存在") {
      throw .answered(Reason(code: FaultCode.begunBefore, gatewayCode: own, text: text))
    }
    return .failed(Reason(code: FaultCode.rejected, gatewayCode: own, text: text))
  }

  /// "云端订单编号不存在" of the public scripts, and what forks make of it.
  private static func denies(_ words: String) -> Bool {
    words.contains("订单编号不存在") || AbsenceWords.nameOrder(words)
  }

  /// "No such order" shows that the site is one of this class. Its key is tried by no question.
  private func finding(_ answer: GatewayAnswer) throws(Fault) -> CheckFinding {
    let node: JSONObject
    do throws(Fault) {
      try answer.requireSuccess(of: Self.company)
      node = try answer.object(of: Self.company)
    } catch {
      guard case .answered(let reason) = error else { throw error }
      return CheckFinding(
        code: "wrong_environment", text: reason.text, hint: "url must be the root of the site")
    }
    guard node.scalar("code") != nil, node.scalar("msg").map(Self.denies) == true else {
      return CheckFinding(
        code: "wrong_environment", text: "what answers is no site of this class",
        hint: "url must be the root of the site")
    }
    return CheckFinding(
      code: "ok", text: "the site answers; key_file is tried only when a payment is made")
  }
}
