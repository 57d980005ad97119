import Domain
import JSON

/// Answers of PingPong's checkout → what they say.
struct PingPongAnswers: Sendable {
  static let company = PingPongEnvelope.company
  /// The documents' examples have the one for what was made and the other for what was asked.
  static let acceptedCodes = ["000000", "001000"]

  let settings: PingPongSettings

  func read(_ answer: GatewayAnswer, to question: Question) throws(Fault) -> GatewayReading {
    if case .check = question { return .check(try finding(answer)) }
    let envelope = try envelope(answer)
    guard Self.acceptedCodes.contains(where: { $0.hasSameBytes(as: envelope.code) }) else {
      return try refusal(envelope, question)
    }
    switch question {
    case .create(let payment): return .payment(try made(envelope.content, payment))
    case .query(let payment): return .payment(try sighting(envelope.content, payment))
    case .refund(let payment, let refund), .refundQuery(let payment, let refund):
      return .refund(try sighting(envelope.content, payment, refund))
    case .close, .disputeQuery, .catchUp, .notice, .check:
      throw .badReply(Self.company, "nothing was asked")
    }
  }

  private func envelope(_ answer: GatewayAnswer) throws(Fault) -> PingPongEnvelope {
    try answer.requireSuccess(of: Self.company)
    let outer = try answer.object(of: Self.company)
    do throws(PingPongEnvelope.Flaw) {
      return try PingPongEnvelope(outer, settings: settings)
    } catch {
      switch error {
      case .malformed: throw .badReply(Self.company, "it has not the form of an answer")
      case .wrongSignature: throw .badReply(Self.company, "it is not signed with the salt")
      case .otherMerchant: throw .badReply(Self.company, "it is about another store")
      }
    }
  }

  private func made(
    _ node: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> PaymentSighting {
    try requireOurs(node, payment)
    guard let url = node.scalar("paymentUrl"), GatewayText.isWebAddress(url),
      url.utf8.count <= GatewayAddress.byteCountMax
    else { throw .badReply(Self.company, "its paymentUrl is missing or no address") }
    let action = PaymentAction(kind: .redirect, value: url, expiresAt: payment.expiresAt)
    return .unpaid(action: action, gatewayPayment: try number(node, "transactionId"))
  }

  private func sighting(
    _ node: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> PaymentSighting {
    try requireOurs(node, payment)
    let status = node.scalar("status")
    switch status {
    // An order that the buyer has not paid yet has no other word.
    case "PROCESSING": return .unpaid(action: nil)
    case "SUCCESS":
      return .paid(
        Capture(
          amount: try amount(node), gatewayTransaction: try number(node, "transactionId"),
          paidAt: Self.moment(node.scalar("transactionTime"))))
    case "FAILED": return .failed(Self.reason(node, code: FaultCode.rejected))
    case "CLOSED": return .closed(Self.reason(node, code: "closed_at_gateway"))
    case let other?: return .unrecognised(other)
    case nil: throw .badReply(Self.company, "it has no status")
    }
  }

  private func sighting(
    _ node: JSONObject, _ payment: PaymentFacts, _ refund: RefundFacts
  ) throws(Fault) -> RefundSighting {
    try requireOurs(node, payment)
    // The documents' example of this answer does not repeat the refund's number.
    guard node["merchantRefundId"] == nil || node.is("merchantRefundId", refund.refundNumber) else {
      throw .badReply(Self.company, "it is about another refund")
    }
    let status = node.scalar("status")
    switch status {
    case "PROCESSING": return .processing(nil)
    case "SUCCESS":
      return .succeeded(
        amount: try amount(node), gatewayRefund: node.scalar("refundId"),
        at: Self.moment(node.scalar("refundEndingTime")))
    case "FAILED": return .failed(Self.reason(node, code: "refund_failed"))
    case let other?: return .unrecognised(other)
    case nil: throw .badReply(Self.company, "it has no status")
    }
  }

  private func requireOurs(_ node: JSONObject, _ payment: PaymentFacts) throws(Fault) {
    guard node.is("merchantTransactionId", payment.outTradeNumber) else {
      throw .badReply(Self.company, "it is about another payment")
    }
  }

  /// `200.000000` of `USD`: more decimals than the currency has, all of them zero.
  private func amount(_ node: JSONObject) throws(Fault) -> Money {
    guard let currency = node.scalar("currency").flatMap({ Currency(code: $0) }),
      let amount = node.scalar("amount").flatMap({ AmountScale.read($0, currency) }),
      amount.minor > 0
    else { throw .badReply(Self.company, "its amount is missing or malformed") }
    return amount
  }

  private func number(_ node: JSONObject, _ name: String) throws(Fault) -> String {
    guard let number = node.scalar(name), GatewayText.isName(number, bytesMax: 64) else {
      throw .badReply(Self.company, "its \(name) is missing or malformed")
    }
    return number
  }

  /// Milliseconds since 1970 UTC, as a text.
  private static func moment(_ text: String?) -> Timestamp? {
    guard let text, GatewayText.isDigits(text, count: 13...13) else { return nil }
    return Int64(text).map { Timestamp(milliseconds: $0) }
  }

  private static func reason(_ node: JSONObject, code: String) -> Reason {
    let words = GatewayText.unmarked(
      node.scalar("resultDescription") ?? "", scalarsMax: 120, otherwise: "no reason given")
    return Reason(
      code: code, gatewayCode: node.scalar("resultCode").map { String($0.prefix(64)) },
      text: "PingPong says: \(words)")
  }
}

// MARK: Refusal

extension PingPongAnswers {
  /// The table of codes was not public: the words are read for one thing, what it is that does not
  /// exist.
  private func refusal(
    _ envelope: PingPongEnvelope, _ question: Question
  ) throws(Fault) -> GatewayReading {
    let reason = reason(envelope)
    switch question {
    case .create(let payment):
      let isOurs = envelope.content.is("merchantTransactionId", payment.outTradeNumber)
      return isOurs ? .payment(.failed(reason)) : .refused(reason)
    case .query where AbsenceWords.nameOrder(envelope.description):
      return .payment(.absent(provesClosed: false))
    case .refundQuery where AbsenceWords.nameOrder(envelope.description):
      return .refund(.absent)
    // Sent again, a refund that was done may be refused as a repetition, so that even a refusal
    // that names it ends nothing before a query.
    case .refund: return .refused(reason)
    case .query, .refundQuery, .close, .disputeQuery, .catchUp, .notice, .check:
      throw .answered(reason)
    }
  }

  private func reason(_ envelope: PingPongEnvelope) -> Reason {
    let words = GatewayText.unmarked(
      envelope.description, scalarsMax: 120, otherwise: "no reason given")
    return Reason(
      code: FaultCode.rejected, gatewayCode: String(envelope.code.prefix(64)),
      text: "PingPong refused (\(words))")
  }

  /// Only who has the salt signs an answer, so any signed word shows that both sides have the same.
  private func finding(_ answer: GatewayAnswer) throws(Fault) -> CheckFinding {
    do throws(Fault) {
      _ = try envelope(answer)
      return CheckFinding(code: "ok", text: "PingPong signs with the salt of the store")
    } catch {
      guard case .answered(let reason) = error else { throw error }
      let isKey = reason.text.contains("salt")
      return CheckFinding(
        code: isKey ? "wrong_key" : "wrong_environment", text: reason.text,
        hint: isKey
          ? "Copy the salt of this very acc_id; test and production have others"
          : "url must be PingPong's host, as \(PingPongSettings.productionURL)")
    }
  }
}
