import Domain
import JSON

/// Answers of the open platform → what they say.
struct YeepayAnswers: Sendable {
  static let numberBytesMax = 64
  static let codeTextBytesMax = 1024

  let settings: YeepaySettings

  func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    if case .check = question { return .check(try finding(answer)) }
    let envelope = try YeepayEnvelope(answer, settings: settings)
    guard envelope.isSuccess else { return try refusal(envelope, question) }
    switch question {
    case .create(let payment):
      try requireOurs(envelope.node, payment)
      return .payment(.unpaid(action: try Self.code(envelope.node, payment)))
    case .query(let payment):
      try requireOurs(envelope.node, payment)
      return .payment(try Self.sighting(envelope.node))
    case .close: return .closeAccepted
    case .refund(_, let refund), .refundQuery(_, let refund):
      return .refund(try Self.refund(envelope.node, refund))
    case .disputeQuery, .catchUp, .notice:
      throw .answered(Reason(code: FaultCode.badReply, text: "Yeepay was not asked anything"))
    case .check: preconditionFailure("a check was answered above")
    }
  }

  /// What a query or a notice says of an order: both have the same members.
  ///
  /// Words of the status: the models of the official SDK for Java, and third parties' copies of the
  /// page; both spellings of "failed" occur.
  static func sighting(_ node: JSONObject) throws(Fault) -> PaymentSighting {
    guard let status = node.scalar("status") else {
      throw .badReply(YeepayEnvelope.company, "it has no status")
    }
    switch status {
    case "PROCESSING": return .unpaid(action: nil)
    case "SUCCESS": return .paid(try capture(node))
    case "TIME_OUT", "CLOSE", "CLOSED":
      return .closed(
        Reason(code: "closed_at_gateway", gatewayCode: status, text: "closed at Yeepay"))
    case "FAIL", "FAILED":
      return .failed(
        Reason(code: FaultCode.rejected, gatewayCode: status, text: "the payment failed"))
    default: return .unrecognised(status)
    }
  }

  private static func capture(_ node: JSONObject) throws(Fault) -> Capture {
    // What the order was for; the buyer may have paid less with a coupon that Yeepay makes good.
    guard let amount = node.scalar("orderAmount").flatMap({ Money(yuan: $0) }) else {
      throw .badReply(YeepayEnvelope.company, "its orderAmount is missing or malformed")
    }
    guard let number = node.scalar("uniqueOrderNo"), isNumber(number) else {
      throw .badReply(YeepayEnvelope.company, "its uniqueOrderNo is missing or malformed")
    }
    return Capture(
      amount: amount, gatewayTransaction: number,
      paidAt: BeijingTime.read(node.scalar("paySuccessDate")),
      fee: node.scalar("merchantFee").flatMap { Money(yuan: $0) })
  }

  private static func code(
    _ node: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> PaymentAction {
    guard let text = node.scalar("prePayTn"), text.utf8.count <= codeTextBytesMax,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      throw .badReply(YeepayEnvelope.company, "its prePayTn is missing or no address")
    }
    return PaymentAction(kind: .qr, value: text, expiresAt: payment.expiresAt)
  }

  private static func refund(
    _ node: JSONObject, _ refund: RefundFacts
  ) throws(Fault) -> RefundSighting {
    guard node.is("refundRequestId", refund.refundNumber) else {
      throw .badReply(YeepayEnvelope.company, "it is about another refund")
    }
    let status = node.scalar("status")
    switch status {
    case "PROCESSING", nil: return .processing(nil)
    case "SUCCESS":
      guard let amount = node.scalar("refundAmount").flatMap({ Money(yuan: $0) }) else {
        throw .badReply(YeepayEnvelope.company, "its refundAmount is missing or malformed")
      }
      return .succeeded(
        amount: amount, gatewayRefund: node.scalar("uniqueRefundNo"),
        at: BeijingTime.read(node.scalar("refundSuccessDate")))
    case "FAILED", "FAIL", "CANCEL":
      return .failed(
        Reason(code: "refund_failed", gatewayCode: status, text: "the refund ended at Yeepay"))
    case "SUSPEND":
      let text = "Yeepay waits for another account to give it back to; name one in its console"
      return .stalled(Reason(code: "refund_suspended", gatewayCode: status, text: text))
    case let other?: return .unrecognised(other)
    }
  }

  private func requireOurs(_ node: JSONObject, _ payment: PaymentFacts) throws(Fault) {
    guard node.is("orderId", payment.outTradeNumber) else {
      throw .badReply(YeepayEnvelope.company, "it is about another payment")
    }
    if let merchant = node.scalar("merchantNo"),
      !merchant.hasSameBytes(as: settings.merchantNumber)
    {
      throw .badReply(YeepayEnvelope.company, "it is about another merchant")
    }
  }

  static func isNumber(_ text: String) -> Bool {
    GatewayText.isName(text, bytesMax: numberBytesMax)
  }
}

// MARK: Refusal

extension YeepayAnswers {
  private func refusal(
    _ envelope: YeepayEnvelope, _ question: Question
  ) throws(Fault) -> GatewayReading {
    let verdict = YeepayCodes.verdict(envelope)
    let reason = envelope.reason(verdict)
    switch (verdict, question) {
    case (.unknown, _), (.limited, _): throw .outcomeUnknown(reason)
    case (.absent, .query) where envelope.isSigned:
      return .payment(.absent(provesClosed: false))
    case (.absent, .refundQuery) where envelope.isSigned: return .refund(.absent)
    case (.absent, .query), (.absent, .refundQuery):
      throw .badReply(YeepayEnvelope.company, "it denies the order without a signature")
    case (.refused, .create(let payment)) where envelope.isSigned:
      let isOurs = envelope.node.is("orderId", payment.outTradeNumber)
      return isOurs ? .payment(.failed(reason)) : .refused(reason)
    case (.refused, .refund) where envelope.isSigned, (.absent, .refund) where envelope.isSigned:
      // Sent again, a refund that was done may be refused as a repetition, so that even a refusal
      // that names it ends nothing before a query.
      return .refused(reason)
    case (.refused, .create), (.refused, .refund), (.absent, .refund):
      throw .badReply(YeepayEnvelope.company, "it refuses without a signature")
    case (.configuration, _): throw .answered(reason)
    default:
      throw .answered(
        Reason(
          code: FaultCode.rejected, gatewayCode: reason.gatewayCode, text: reason.text))
    }
  }

  /// What the answer to a query about a number that nobody has says about our configuration.
  private func finding(_ answer: GatewayAnswer) throws(Fault) -> CheckFinding {
    let envelope: YeepayEnvelope
    do throws(Fault) {
      envelope = try YeepayEnvelope(answer, settings: settings)
    } catch {
      guard case .answered(let reason) = error else { throw error }
      let isKey = reason.text.contains("not signed")
      return CheckFinding(
        code: isKey ? "wrong_key" : "wrong_environment", text: reason.text,
        hint: isKey
          ? "Put Yeepay's public key of this very environment into yeepay_public_key_file"
          : "url must be the platform itself, as \(YeepaySettings.productionURL)")
    }
    let verdict = YeepayCodes.verdict(envelope)
    switch verdict {
    case .unknown, .limited: throw .outcomeUnknown(envelope.reason(verdict))
    case .configuration(let code):
      return CheckFinding(
        code: code, text: envelope.reason(verdict).text, hint: Self.hint(code))
    case .absent, .refused:
      // Keys are looked at before the business is: any word about the order means they are right.
      return CheckFinding(
        code: "ok",
        text: "Yeepay knows the application and takes our signature"
          + (envelope.isSigned ? "; its own is right" : ""))
    }
  }

  private static func hint(_ code: String) -> String {
    switch code {
    case "wrong_key": "The console must hold the public half of private_key_file for this app_key"
    case "unknown_merchant":
      "Copy app_key and merchant_no from the console; test and production have others"
    case "permission": "Open the product, or this machine's address, in the console"
    default: "url must be the platform itself, as \(YeepaySettings.productionURL)"
    }
  }
}
