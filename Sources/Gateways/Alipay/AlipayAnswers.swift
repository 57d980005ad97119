import Domain
import JSON

/// Answers of the gateway → what they say.
///
/// Every answer must be signed and about the number that was asked for. A refusal without a
/// signature is never a fact about a trade: it becomes a fault that says what to check.
struct AlipayAnswers: Sendable {
  /// A number, also of a transaction, as Alipay writes them.
  static let numberBytesMax = 64
  static let codeTextBytesMax = 1024

  let settings: AlipaySettings

  func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    switch question {
    case .create(let payment):
      guard AlipayGateway.method(of: payment) == .precreate else {
        throw .badReply("Alipay", "no call is made for this method")
      }
      let node = try open(answer, .precreate)
      guard node.isSuccess else { return try refusal(node, question, payment, now) }
      return .payment(.unpaid(action: try Self.code(in: node, payment, now)))
    case .query(let payment):
      let node = try open(answer, .query)
      guard node.isSuccess else { return try refusal(node, question, payment, now) }
      return .payment(try Self.trade(in: node, payment))
    case .close(let payment):
      let node = try open(answer, .close)
      guard node.isSuccess else { return try refusal(node, question, payment, now) }
      try Self.requireNumber(node, payment)
      return .closeAccepted
    case .refund(let payment, let refund):
      let node = try open(answer, .refund)
      guard node.isSuccess else { return try refusal(node, question, payment, now) }
      return .refund(try Self.refund(in: node, payment, refund))
    case .refundQuery(let payment, let refund):
      let node = try open(answer, .refundQuery)
      guard node.isSuccess else { return try refusal(node, question, payment, now) }
      return .refund(try Self.refundState(in: node, payment, refund))
    case .disputeQuery(let payment, let dispute):
      let node = try complained(answer, .complaint)
      return .dispute(try AlipayComplaints.dispute(node, payment, dispute))
    case .catchUp(let facts):
      let node = try complained(answer, .complaints)
      return .happened(try AlipayComplaints.page(node, facts, at: now))
    case .notice: throw .badReply("Alipay", "nothing was asked")
    case .check:
      return .check(try AlipayCheck(settings: settings).finding(answer, at: now))
    }
  }

  /// A successful answer about complaints; a refusal says nothing of any.
  private func complained(
    _ answer: GatewayAnswer, _ method: AlipayRequests.Method
  ) throws(Fault) -> AlipayEnvelope {
    let node = try open(answer, method)
    guard !node.isSuccess else { return node }
    let verdict = AlipayCodes.complaintVerdict(
      code: node.code, subCode: node.text("sub_code") ?? "")
    switch verdict {
    case .unknown:
      throw .outcomeUnknown(Self.reason(node, FaultCode.broken, "Alipay cannot answer now"))
    case .limited:
      throw .outcomeUnknown(Self.reason(node, FaultCode.limited, "Alipay asks for fewer calls"))
    case .configuration(let configuration):
      throw .answered(Self.reason(node, FaultCode.authentication, configuration.phrase))
    case .absent, .begunBefore, .otherState, .refused, .unlisted:
      throw .answered(
        Self.reason(node, FaultCode.rejected, "Alipay tells nothing of complaints"))
    }
  }

  private func open(
    _ answer: GatewayAnswer, _ method: AlipayRequests.Method
  ) throws(Fault) -> AlipayEnvelope {
    do throws(AlipayEnvelope.Flaw) {
      let node = try AlipayEnvelope(answer, method: method, keys: settings.keys)
      try Self.requireOurs(node, settings)
      return node
    } catch {
      throw error.fault
    }
  }

  /// The gateway seldom repeats whose application it answered; where it does, it must be ours.
  private static func requireOurs(
    _ node: AlipayEnvelope, _ settings: AlipaySettings
  ) throws(AlipayEnvelope.Flaw) {
    if let application = node.text("app_id") {
      guard application.hasSameBytes(as: settings.applicationID) else {
        throw .malformed("it is about another application")
      }
    }
    if let seller = node.text("seller_id"), let ours = settings.sellerID {
      guard seller.hasSameBytes(as: ours) else {
        throw .malformed("it is about another merchant")
      }
    }
  }
}

// MARK: Success

extension AlipayAnswers {
  /// A QR code that was made. It lives for two hours at most, whatever the payment's expiry.
  private static func code(
    in node: AlipayEnvelope, _ payment: PaymentFacts, _ now: Timestamp
  ) throws(Fault) -> PaymentAction {
    try requireNumber(node, payment)
    guard let text = node.text("qr_code"), text.utf8.count <= codeTextBytesMax,
      GatewayText.isWebAddress(text)
    else { throw .badReply("Alipay", "its qr_code is missing or no address") }
    return PaymentAction(
      kind: .qr, value: text, expiresAt: AlipayRequests.codeExpiry(of: payment, at: now))
  }

  /// What a query says about a trade.
  private static func trade(
    in node: AlipayEnvelope, _ payment: PaymentFacts
  ) throws(Fault) -> PaymentSighting {
    try requireNumber(node, payment)
    guard let status = node.text("trade_status") else {
      throw .badReply("Alipay", "it has no trade_status")
    }
    switch status {
    case "WAIT_BUYER_PAY": return .unpaid(action: nil)
    case "TRADE_SUCCESS", "TRADE_FINISHED": return .paid(try capture(in: node))
    case "TRADE_CLOSED":
      // Closed unpaid and paid-then-refunded-in-full share this status. Marks of a payment tell
      // them apart; that it was our own refund only the core can know.
      guard wasPaid(node) else { return .closed(nil) }
      let reason = Reason(
        code: "refunded_at_gateway", gatewayCode: status,
        text: "the payment was refunded in full at Alipay")
      return .reversed(try capture(in: node), reason)
    default: return .unrecognised(status)
    }
  }

  private static func wasPaid(_ node: AlipayEnvelope) -> Bool {
    if node.text("send_pay_date") != nil { return true }
    return ["receipt_amount", "buyer_pay_amount"].contains { name in
      node.text(name).flatMap { AlipayAmount.read($0) }.map { $0.minor > 0 } ?? false
    }
  }

  private static func capture(in node: AlipayEnvelope) throws(Fault) -> Capture {
    guard let amount = AlipayAmount.charge(node) else {
      throw .badReply("Alipay", "its total_amount is missing or malformed")
    }
    guard let number = node.text("trade_no"), isNumber(number) else {
      throw .badReply("Alipay", "its trade_no is missing or malformed")
    }
    return Capture(
      amount: amount, gatewayTransaction: number,
      paidAt: BeijingTime.read(node.text("send_pay_date")))
  }

  /// The answer to a refund. `refund_fee` is the sum of all refunds of the trade, so it can only
  /// be checked not to be less than ours.
  private static func refund(
    in node: AlipayEnvelope, _ payment: PaymentFacts, _ refund: RefundFacts
  ) throws(Fault) -> RefundSighting {
    try requireNumber(node, payment)
    guard let change = node.text("fund_change"), change.hasSameBytes(as: "Y") else {
      // Money moved earlier under this number, or not yet: the refund query tells.
      return .processing(nil)
    }
    guard let sum = AlipayAmount.positive(node, "refund_fee"), sum.minor >= refund.amount.minor
    else {
      throw .badReply("Alipay", "its refund_fee is missing, malformed or less than the refund")
    }
    return .succeeded(
      amount: refund.amount, gatewayRefund: nil, at: BeijingTime.read(node.text("gmt_refund_pay")))
  }

  /// The answer to a refund query. Without a status nothing was received or nothing came of it;
  /// a mistyped number looks the same, so absence proves nothing.
  private static func refundState(
    in node: AlipayEnvelope, _ payment: PaymentFacts, _ refund: RefundFacts
  ) throws(Fault) -> RefundSighting {
    guard let status = node.text("refund_status") else {
      try refuseOtherNumber(node, payment)
      return .absent
    }
    try requireNumber(node, payment)
    guard let number = node.text("out_request_no"), number.hasSameBytes(as: refund.refundNumber)
    else { throw .badReply("Alipay", "it is about another refund") }
    guard status.hasSameBytes(as: "REFUND_SUCCESS") else { return .unrecognised(status) }
    guard let amount = AlipayAmount.positive(node, "refund_amount") else {
      throw .badReply("Alipay", "its refund_amount is missing or malformed")
    }
    return .succeeded(
      amount: amount, gatewayRefund: nil, at: BeijingTime.read(node.text("gmt_refund_pay")))
  }
}

// MARK: Refusal

extension AlipayAnswers {
  private func refusal(
    _ node: AlipayEnvelope, _ question: Question, _ payment: PaymentFacts, _ now: Timestamp
  ) throws(Fault) -> GatewayReading {
    let verdict = AlipayCodes.verdict(
      code: node.code, subCode: node.text("sub_code") ?? "", for: question)
    switch verdict {
    case .unknown:
      throw .outcomeUnknown(Self.reason(node, FaultCode.broken, "Alipay does not know the result"))
    case .limited:
      let reason = Self.reason(node, FaultCode.limited, "Alipay asks for fewer calls")
      if node.isSigned, Self.names(node, question) { throw .answered(reason) }
      throw .outcomeUnknown(reason)
    case .configuration(let configuration):
      let reason = Self.reason(node, FaultCode.authentication, configuration.phrase)
      return try refused(node, question, reason)
    case .absent, .begunBefore, .otherState, .refused, .unlisted:
      guard node.isSigned else {
        throw .badReply("Alipay", "it refuses without a signature (\(node.gatewayCode.prefix(64)))")
      }
    }
    try Self.refuseOtherNumber(node, payment)
    switch verdict {
    case .absent:
      if case .refundQuery = question { return .refund(.absent) }
      return .payment(.absent(provesClosed: AlipayGateway.absenceProvesClosed(payment, at: now)))
    case .refused(let refusal):
      return try refused(node, question, Self.reason(node, refusal.rawValue, refusal.phrase))
    case .begunBefore:
      let reason = Self.reason(
        node, FaultCode.begunBefore, "Alipay gives the code of a payment out once")
      guard Self.names(node, question) else { return .refused(reason) }
      throw .answered(reason)
    case .otherState:
      throw .outcomeUnknown(
        Self.reason(node, "trade_state", "the payment is in another state; a query tells"))
    default:
      if case .refund = question { return .refund(.unrecognised(node.gatewayCode)) }
      if case .refundQuery = question { return .refund(.unrecognised(node.gatewayCode)) }
      return .payment(.unrecognised(node.gatewayCode))
    }
  }

  /// A call that begins something ends it by being refused; a question that is refused stays open.
  /// Alipay's refusals seldom name what they refuse.
  private func refused(
    _ node: AlipayEnvelope, _ question: Question, _ reason: Reason
  ) throws(Fault) -> GatewayReading {
    switch question {
    case .create where node.isSigned:
      return Self.names(node, question) ? .payment(.failed(reason)) : .refused(reason)
    case .refund where node.isSigned:
      return Self.names(node, question) ? .refund(.failed(reason)) : .refused(reason)
    default:
      let isOurs = reason.code.hasSameBytes(as: FaultCode.authentication)
      throw .answered(
        Reason(
          code: isOurs ? FaultCode.authentication : FaultCode.rejected,
          gatewayCode: reason.gatewayCode, text: reason.text))
    }
  }

  /// Our phrase, and Alipay's own words behind it.
  static func reason(_ node: AlipayEnvelope, _ code: String, _ phrase: String) -> Reason {
    let words = GatewayText.unmarked(
      node.text("sub_msg") ?? node.text("msg") ?? "", scalarsMax: 120, otherwise: "")
    let text = words.isEmpty ? phrase : "\(phrase) (Alipay: \(words))"
    return Reason(code: code, gatewayCode: String(node.gatewayCode.prefix(128)), text: text)
  }
}

// MARK: Whose answer

extension AlipayAnswers {
  private static func requireNumber(
    _ node: AlipayEnvelope, _ payment: PaymentFacts
  ) throws(Fault) {
    guard let number = node.text("out_trade_no"), number.hasSameBytes(as: payment.outTradeNumber)
    else { throw .badReply("Alipay", "it is about another payment") }
  }

  /// Whether the signed part says that it is about the very payment, or refund, of a question.
  private static func names(_ node: AlipayEnvelope, _ question: Question) -> Bool {
    switch question {
    case .create(let payment), .query(let payment), .close(let payment):
      node.text("out_trade_no").hasSameBytes(as: payment.outTradeNumber)
    case .refund(_, let refund), .refundQuery(_, let refund):
      node.text("out_request_no").hasSameBytes(as: refund.refundNumber)
    case .disputeQuery, .catchUp, .notice, .check: false
    }
  }

  /// Refusals do not always name the payment; where they do, it must be the one that was asked for.
  private static func refuseOtherNumber(
    _ node: AlipayEnvelope, _ payment: PaymentFacts
  ) throws(Fault) {
    guard node.members["out_trade_no"] != nil else { return }
    try requireNumber(node, payment)
  }

  static func isNumber(_ text: String) -> Bool {
    GatewayText.isWord(text, bytesMax: numberBytesMax)
  }
}

/// Yuan with at most two decimals → fen. Never rounded; no sign, blank or exponent.
enum AlipayAmount {
  ///
  /// - Parameter currency: what `trans_currency` says where an answer names one; another currency
  ///   than yuan is reported as it is, so that the core sees the difference.
  static func read(_ text: String, currency: String? = nil) -> Money? {
    guard let currency = Currency(code: currency ?? "CNY"), text.utf8.first != UInt8(ascii: "-")
    else { return nil }
    return Money(decimalText: text, currency: currency)
  }

  /// What a trade took: `total_amount` in `trans_currency`.
  static func charge(_ node: AlipayEnvelope) -> Money? {
    guard let text = node.text("total_amount"),
      let money = read(text, currency: node.text("trans_currency")), money.minor > 0
    else { return nil }
    return money
  }

  /// An amount over zero in a member; nil where it is anything else.
  static func positive(_ node: AlipayEnvelope, _ name: String) -> Money? {
    guard let money = node.text(name).flatMap({ read($0) }), money.minor > 0 else { return nil }
    return money
  }
}
