import Domain
import JSON

/// Answers of a site of the 易支付 family → what they say.
///
/// Version 1 does not sign answers: what it says is worth the TLS connection it came through.
/// Version 2 signs, and what claims success without a signature is not believed; some sites leave
/// the way to pay unsigned, which a setting allows: a signed query must confirm the payment anyway.
struct EpayAnswers: Sendable {
  static let company = "The site"
  /// Sites throw unpaid orders away after a day; one more hour for their cron job and its clock.
  static let forgottenAfterMilliseconds: Int64 = 25 * 3_600_000
  /// How far a signed answer's time may lie from ours.
  static let clockDifferenceSecondsMax: Int64 = 300
  static let numberBytesMax = 64
  static let actionBytesMax = 16_384

  let settings: EpaySettings

  func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    if case .check = question {
      return .check(try EpayCheck(settings: settings).finding(answer, at: now))
    }
    try answer.requireSuccess(of: Self.company)
    let node = try answer.object(of: Self.company)
    let isSuccess = try isSuccess(node, question)
    if isSuccess || settings.version == .two { try requireSignature(node, question, at: now) }
    guard isSuccess else { return try refusal(node, question, now) }
    switch question {
    case .create(let payment): return .payment(.unpaid(action: try action(node, payment)))
    case .query(let payment): return .payment(try order(node, payment, at: now))
    case .close: return .closeAccepted
    case .refund(let payment, let refund): return .refund(try accepted(node, payment, refund))
    case .refundQuery(let payment, let refund):
      return .refund(try refundState(node, payment, refund, at: now))
    case .disputeQuery, .catchUp, .notice: throw .badReply(Self.company, "nothing was asked")
    case .check: preconditionFailure("a check was answered above")
    }
  }

  /// Version 1 says 1 for success, but 0 to a refund at most sites; version 2 says 0.
  func isSuccess(_ node: JSONObject, _ question: Question) throws(Fault) -> Bool {
    guard let code = node.scalar("code") else { throw .badReply(Self.company, "it has no code") }
    guard settings.version == .one else { return code.hasSameBytes(as: "0") }
    if case .refund = question, code.hasSameBytes(as: "0") { return true }
    return code.hasSameBytes(as: "1")
  }

  /// Members that a signature covers: texts and numbers as they came.
  static func signedMembers(_ node: JSONObject) -> SortedParameters.Pairs {
    var pairs: SortedParameters.Pairs = []
    for member in node.members {
      if let text = member.value.stringValue ?? member.value.numberLiteral {
        pairs.append((member.key, text))
      }
    }
    return pairs
  }

  private func requireSignature(
    _ node: JSONObject, _ question: Question, at now: Timestamp
  ) throws(Fault) {
    guard settings.version == .two else { return }
    guard let sign = node.scalar("sign") else {
      if case .create = question, settings.takesUnsignedCreate { return }
      guard try isSuccess(node, question) else { return }
      throw .badReply(Self.company, "it claims success without a signature")
    }
    guard EpaySigning(settings: settings).isValid(Self.signedMembers(node), sign: sign) else {
      throw .badReply(Self.company, "it is not signed with the platform's configured key")
    }
    guard let seconds = node.scalar("timestamp").flatMap({ Int64($0) }),
      (now.milliseconds / 1000).subtractingReportingOverflow(seconds).partialValue.magnitude
        <= UInt64(Self.clockDifferenceSecondsMax)
    else { throw .badReply(Self.company, "its time is missing or far from ours") }
  }
}

// MARK: Success

extension EpayAnswers {
  private func action(
    _ node: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> PaymentAction {
    let found: (kind: PaymentAction.Kind, value: String)?
    switch settings.version {
    case .one:
      let ways: [(String, PaymentAction.Kind)] = [
        ("qrcode", .qr), ("payurl", .redirect), ("urlscheme", .redirect), ("html", .form),
      ]
      found = ways.lazy.compactMap { name, kind in node.scalar(name).map { (kind, $0) } }.first
    case .two:
      let kinds: [String: PaymentAction.Kind] = [
        "qrcode": .qr, "jump": .redirect, "urlscheme": .redirect, "html": .form,
      ]
      let kind = node.scalar("pay_type").flatMap { kinds[$0] }
      found = kind.flatMap { kind in node.scalar("pay_info").map { (kind, $0) } }
    }
    guard let found, found.value.utf8.count <= Self.actionBytesMax else {
      throw .badReply(Self.company, "it gives no way to pay that can be shown")
    }
    let value = found.kind == .redirect ? try absolute(found.value) : found.value
    return PaymentAction(kind: found.kind, value: value, expiresAt: payment.expiresAt)
  }

  /// Some forks answer with a path of their own.
  private func absolute(_ text: String) throws(Fault) -> String {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.hasPrefix("//"),
      !text.lowercased().hasPrefix("javascript:"), !text.lowercased().hasPrefix("data:")
    else { throw .badReply(Self.company, "its address to pay at is malformed") }
    if text.contains("://") { return text }
    let path = text.hasPrefix("/") ? text : "/\(text)"
    guard text.hasPrefix("/") else { return settings.address.text + path }
    let port = settings.address.port.map { ":\($0)" } ?? ""
    let isIPv6 = settings.address.host.utf8.contains(0x3A)
    let host = isIPv6 ? "[\(settings.address.host)]" : settings.address.host
    return "\(settings.address.scheme)://\(host)\(port)\(path)"
  }

  /// What a query says about an order.
  private func order(
    _ node: JSONObject, _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> PaymentSighting {
    try requireOurs(node, payment)
    guard let word = node.scalar("status") else {
      throw .badReply(Self.company, "it has no status")
    }
    switch settings.statuses[word] {
    case .unpaid: return isForgotten(payment, now) ? .closed(Self.forgotten) : .unpaid(action: nil)
    case .paid: return .paid(try capture(node))
    case .processing:
      return .processing(
        Reason(code: "authorised", gatewayCode: word, text: "authorised and not yet taken"))
    case .refunded: return try refunded(node, word)
    case nil: return .unrecognised(word)
    }
  }

  /// Given back, in whole or in part. Version 1 does not say how much; version 2 may.
  private func refunded(_ node: JSONObject, _ word: String) throws(Fault) -> PaymentSighting {
    let capture = try capture(node)
    if let back = node.scalar("refundmoney").flatMap({ Money(yuan: $0) }),
      back.minor < capture.amount.minor
    {
      return .paid(capture)
    }
    let reason = Reason(
      code: "refunded_at_gateway", gatewayCode: word,
      text: "the site has given the payment back")
    return .reversed(capture, reason)
  }

  private func capture(_ node: JSONObject) throws(Fault) -> Capture {
    guard let amount = node.scalar("money").flatMap({ Money(yuan: $0) }) else {
      throw .badReply(Self.company, "its money is missing or malformed")
    }
    guard let number = node.scalar("trade_no"), Self.isNumber(number) else {
      throw .badReply(Self.company, "its trade_no is missing or malformed")
    }
    return Capture(
      amount: amount, gatewayTransaction: number,
      paidAt: BeijingTime.read(node.scalar("endtime")))
  }

  /// The answer to a refund call. Only the query tells of its end at version 2; version 1 has done
  /// it when it names the money.
  private func accepted(
    _ node: JSONObject, _ payment: PaymentFacts, _ refund: RefundFacts
  ) throws(Fault) -> RefundSighting {
    guard settings.version == .one else { return .processing(nil) }
    guard let amount = node.scalar("money").flatMap({ Money(yuan: $0) }) else {
      return .processing(Reason(code: "accepted", text: "the site names no sum; a query tells"))
    }
    return .succeeded(amount: amount, gatewayRefund: nil, at: nil)
  }

  private func refundState(
    _ node: JSONObject, _ payment: PaymentFacts, _ refund: RefundFacts, at now: Timestamp
  ) throws(Fault) -> RefundSighting {
    guard settings.version == .two else {
      switch try order(node, payment, at: now) {
      // One refund an order, and only whole ones are asked for: the order's status is the answer.
      case .reversed(let capture, _):
        return .succeeded(amount: capture.amount, gatewayRefund: nil, at: nil)
      case .paid: return .absent
      default: return .unrecognised(node.scalar("status") ?? "")
      }
    }
    guard node.is("out_refund_no", refund.refundNumber) else {
      throw .badReply(Self.company, "it is about another refund")
    }
    switch node.scalar("status") {
    case "1":
      guard let amount = node.scalar("money").flatMap({ Money(yuan: $0) }) else {
        throw .badReply(Self.company, "its money is missing or malformed")
      }
      return .succeeded(
        amount: amount, gatewayRefund: node.scalar("refund_no"),
        at: BeijingTime.read(node.scalar("addtime")))
    case "0":
      return .failed(Reason(code: "refund_failed", gatewayCode: "0", text: "the refund failed"))
    case let other: return .unrecognised(other ?? "no status")
    }
  }

  private func requireOurs(_ node: JSONObject, _ payment: PaymentFacts) throws(Fault) {
    guard node.is("out_trade_no", payment.outTradeNumber) else {
      throw .badReply(Self.company, "it is about another payment")
    }
    if let pid = node.scalar("pid"), !pid.hasSameBytes(as: settings.pid) {
      throw .badReply(Self.company, "it is about another merchant")
    }
  }

  private func isForgotten(_ payment: PaymentFacts, _ now: Timestamp) -> Bool {
    now >= payment.expiresAt
      && now >= payment.createdAt.adding(milliseconds: Self.forgottenAfterMilliseconds)
  }

  private static let forgotten = Reason(
    code: "unpaid_for_a_day", text: "nobody has paid it for a day; the site throws it away")

  static func isNumber(_ text: String) -> Bool {
    GatewayText.isWord(text, bytesMax: numberBytesMax, alsoAllowed: "-_.|")
  }
}

// MARK: Refusal

extension EpayAnswers {
  private func refusal(
    _ node: JSONObject, _ question: Question, _ now: Timestamp
  ) throws(Fault) -> GatewayReading {
    let code = node.scalar("code") ?? ""
    let words = node.scalar("msg") ?? ""
    let verdict = EpayCodes.verdict(code: code, message: words, for: question)
    let reason = Self.reason(verdict, code, words)
    switch (verdict, question) {
    case (.absent, _) where settings.version == .two && node.scalar("sign") == nil:
      throw .badReply(Self.company, "it denies the order without a signature")
    case (.absent, .query(let payment)):
      return .payment(.absent(provesClosed: isForgotten(payment, now)))
    case (.absent, .refundQuery): return .refund(.absent)
    case (.otherState, .refund): return .refund(.processing(reason))
    case (.otherState, _):
      throw .outcomeUnknown(
        Reason(code: "trade_state", gatewayCode: reason.gatewayCode, text: reason.text))
    case (.limited, _):
      throw .outcomeUnknown(
        Reason(code: FaultCode.limited, gatewayCode: reason.gatewayCode, text: reason.text))
    case (.configuration, .create(let payment)), (.refused, .create(let payment)),
      (.unlisted, .create(let payment)):
      // No way to pay was given out, so nobody can pay it.
      let isOurs = isBound(node, "out_trade_no", payment.outTradeNumber)
      return isOurs ? .payment(.failed(reason)) : .refused(reason)
    case (.refused, .refund(_, let refund)), (.configuration, .refund(_, let refund)):
      let isOurs = isBound(node, "out_refund_no", refund.refundNumber)
      return isOurs ? .refund(.failed(reason)) : .refused(reason)
    // A sentence of the channel: what it means is not known, that it is a refusal is.
    case (.unlisted, .refund) where settings.version == .one || node.scalar("sign") != nil:
      return .refused(reason)
    case (.unlisted, .refund):
      throw .badReply(Self.company, "it refuses without a signature: \(reason.text)")
    case (.configuration, _): throw .answered(reason)
    default:
      throw .answered(
        Reason(
          code: FaultCode.rejected, gatewayCode: reason.gatewayCode, text: reason.text))
    }
  }

  /// Whether a refusal proves that it is about the number: version 1 signs nothing, and what came
  /// through the connection answers what was asked there; version 2 signs, and must name it.
  private func isBound(_ node: JSONObject, _ name: String, _ number: String) -> Bool {
    settings.version == .one || (node.scalar("sign") != nil && node.is(name, number))
  }

  private static func reason(
    _ verdict: EpayCodes.Verdict, _ code: String, _ words: String
  ) -> Reason {
    let shown = GatewayText.unmarked(words, scalarsMax: 120, otherwise: "no reason given")
    return Reason(
      code: verdict.code, gatewayCode: String(code.prefix(32)),
      text: "the site refused (\(shown))")
  }
}
