import Domain
import JSON

/// Answers of 易企通 → what they say.
struct EasypayAnswers: Sendable {
  static let company = EasypayEnvelope.company
  static let accepted = "000000"
  static let codeBytesMax = 1024

  let settings: EasypaySettings

  /// An answer that was taken apart: its body, or why there is none.
  private enum Matter {
    case body(JSONObject, state: JSONObject)
    /// `order` is what it says of an order, where it names one.
    case refusal(code: String, words: String, isSigned: Bool, order: JSONObject?)
  }

  func read(_ answer: GatewayAnswer, to question: Question) throws(Fault) -> GatewayReading {
    if case .check = question { return .check(try finding(answer)) }
    switch try matter(answer) {
    case .refusal(let code, let words, let isSigned, let order):
      return try refusal(code, words, isSigned, order, question)
    case .body(let body, let state):
      guard let order = body["respOrderInfo"]?.objectValue else {
        throw .badReply(Self.company, "it tells of no order")
      }
      switch question {
      case .create(let payment): return .payment(try made(order, state, payment))
      case .query(let payment): return .payment(try sighting(order, state, payment))
      case .refund(let payment, let refund), .refundQuery(let payment, let refund):
        return .refund(try sighting(order, state, payment, refund))
      case .close, .disputeQuery, .catchUp, .notice, .check:
        throw .badReply(Self.company, "nothing was asked")
      }
    }
  }

  private func matter(_ answer: GatewayAnswer) throws(Fault) -> Matter {
    try answer.requireSuccess(of: Self.company)
    let outer = try answer.object(of: Self.company)
    guard let header = outer["rspHeader"]?.objectValue, let code = header.scalar("rspCode") else {
      throw .badReply(Self.company, "it has no header")
    }
    let body = outer["rspBody"]?.objectValue ?? JSONObject()
    let sign = outer.scalar("rspSign")
    let isSigned = EasypayEnvelope.isSigned(header, body, sign: sign, key: settings.gatewayKey)
    guard isSigned || sign == nil else {
      throw .badReply(Self.company, "it is not signed with the configured key of Easypay")
    }
    guard code.hasSameBytes(as: Self.accepted) else {
      return .refusal(
        code: code, words: header.scalar("rspInfo") ?? "", isSigned: isSigned,
        order: body["respOrderInfo"]?.objectValue)
    }
    guard isSigned else {
      throw .badReply(Self.company, "it claims success and is not signed")
    }
    guard let state = body["respStateInfo"]?.objectValue, let inner = state.scalar("respCode")
    else { throw .badReply(Self.company, "it tells of no state") }
    guard inner.hasSameBytes(as: Self.accepted) else {
      return .refusal(
        code: inner, words: state.scalar("respDesc") ?? "", isSigned: true,
        order: body["respOrderInfo"]?.objectValue)
    }
    return .body(body, state: state)
  }

  private func made(
    _ order: JSONObject, _ state: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> PaymentSighting {
    try requireOurs(order, payment.outTradeNumber)
    if state.is("transState", "X") { return .failed(Self.reason(state)) }
    guard let code = order.scalar("qrCode"), code.utf8.count <= Self.codeBytesMax,
      code.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .badReply(Self.company, "its qrCode is missing or no code") }
    let action = PaymentAction(kind: .qr, value: code, expiresAt: payment.expiresAt)
    return .unpaid(action: action, gatewayPayment: try Self.number(order))
  }

  /// Words of the state: code of third parties. Two of them call `2` a success and one `1`; neither
  /// is taken for one here.
  private func sighting(
    _ order: JSONObject, _ state: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> PaymentSighting {
    try requireOurs(order, payment.outTradeNumber)
    switch state.scalar("transState") {
    case "0":
      guard let amount = order.scalar("transAmount").flatMap({ Money(fen: $0) }) else {
        throw .badReply(Self.company, "its transAmount is missing or malformed")
      }
      return .paid(
        Capture(amount: amount, gatewayTransaction: try Self.number(order), paidAt: nil))
    case "9": return .unpaid(action: nil)
    case "A", "C":
      return .closed(Reason(code: "closed_at_gateway", text: "Easypay calls the order closed"))
    case "X", "E": return .failed(Self.reason(state))
    case let other?: return .unrecognised(other)
    case nil: throw .badReply(Self.company, "it has no transState")
    }
  }

  private func sighting(
    _ order: JSONObject, _ state: JSONObject, _ payment: PaymentFacts, _ refund: RefundFacts
  ) throws(Fault) -> RefundSighting {
    try requireOurs(order, refund.refundNumber)
    switch state.scalar("transState") {
    case "0":
      guard let amount = order.scalar("refundAmount").flatMap({ Money(fen: $0) }) else {
        throw .badReply(Self.company, "its refundAmount is missing or malformed")
      }
      return .succeeded(amount: amount, gatewayRefund: try Self.number(order), at: nil)
    case "9": return .processing(nil)
    case "X", "E":
      let reason = Self.reason(state)
      return .failed(
        Reason(code: "refund_failed", gatewayCode: reason.gatewayCode, text: reason.text))
    case let other?: return .unrecognised(other)
    case nil: throw .badReply(Self.company, "it has no transState")
    }
  }

  /// An answer names the order that it is about in one of two members: the number that was asked
  /// for may be the "original" one beside the question's own.
  private func requireOurs(_ order: JSONObject, _ number: String) throws(Fault) {
    guard order.is("orgTrace", number) || order.is("oriOrgTrace", number) else {
      throw .badReply(Self.company, "it is about another order")
    }
    if let merchant = order.scalar("mchtCode"), !merchant.hasSameBytes(as: settings.merchantCode) {
      throw .badReply(Self.company, "it is about another merchant")
    }
  }

  private static func number(_ order: JSONObject) throws(Fault) -> String {
    guard let number = order.scalar("outTrace"), GatewayText.isName(number, bytesMax: 64) else {
      throw .badReply(Self.company, "its outTrace is missing or malformed")
    }
    return number
  }

  private static func reason(_ state: JSONObject) -> Reason {
    let words = state.scalar("appendRetMsg") ?? state.scalar("transStatusDesc") ?? ""
    let shown = GatewayText.unmarked(words, scalarsMax: 120, otherwise: "no reason given")
    return Reason(
      code: FaultCode.rejected,
      gatewayCode: state.scalar("appendRetCode").map { String($0.prefix(64)) },
      text: "Easypay says: \(shown)")
  }
}

// MARK: Refusal

extension EasypayAnswers {
  /// Codes of which one merchant's code says that nobody knows whether it was done.
  private static func isUnclear(_ code: String) -> Bool {
    code.hasSameBytes(as: "QT0099") || code.hasSameBytes(as: "999999") || code.hasPrefix("QTC0")
  }

  private func refusal(
    _ code: String, _ words: String, _ isSigned: Bool, _ order: JSONObject?, _ question: Question
  ) throws(Fault) -> GatewayReading {
    let reason = Self.refused(code, words)
    if Self.isUnclear(code) {
      throw .outcomeUnknown(
        Reason(code: FaultCode.broken, gatewayCode: reason.gatewayCode, text: reason.text))
    }
    switch question {
    case .query where isSigned && AbsenceWords.nameOrder(words):
      return .payment(.absent(provesClosed: false))
    case .refundQuery where isSigned && AbsenceWords.nameOrder(words): return .refund(.absent)
    case .query where !isSigned, .refundQuery where !isSigned:
      throw .badReply(Self.company, "it refuses without a signature: \(reason.text)")
    case .create(let payment) where isSigned:
      let isOurs = order?.is("orgTrace", payment.outTradeNumber) == true
      return isOurs ? .payment(.failed(reason)) : .refused(reason)
    // Sent again, a refund that was done may be refused as a repetition, so that even a refusal
    // that names it ends nothing before a query.
    case .refund where isSigned: return .refused(reason)
    case .create, .refund:
      throw .badReply(Self.company, "it refuses without a signature: \(reason.text)")
    case .query, .refundQuery, .close, .disputeQuery, .catchUp, .notice, .check:
      throw .answered(reason)
    }
  }

  private static func refused(_ code: String, _ words: String) -> Reason {
    let shown = GatewayText.unmarked(words, scalarsMax: 120, otherwise: "no reason given")
    let isOurs = AbsenceWords.nameOwner(words)
    return Reason(
      code: isOurs ? FaultCode.authentication : FaultCode.rejected,
      gatewayCode: String(code.prefix(64)),
      text: "Easypay refused (\(shown))")
  }

  private static func finding(_ code: String, _ words: String, _ isSigned: Bool) -> CheckFinding {
    let text =
      refused(code, words).text + (isSigned ? "; its own signature is right" : "; it did not sign")
    if words.contains("签") {
      return CheckFinding(
        code: "wrong_key", text: text,
        hint: "Easypay must hold the public half of private_key_file")
    }
    if AbsenceWords.nameOwner(words) {
      return CheckFinding(
        code: "unknown_merchant", text: text, hint: "Compare req_id and mcht_code with the console")
    }
    return CheckFinding(
      code: AbsenceWords.nameOrder(words) ? "ok" : FaultCode.rejected, text: text)
  }

  /// Only Easypay's key can have signed; whether ours was taken is told by the words alone.
  private func finding(_ answer: GatewayAnswer) throws(Fault) -> CheckFinding {
    do throws(Fault) {
      switch try matter(answer) {
      case .body:
        return CheckFinding(code: "ok", text: "Easypay answers and signs with the configured key")
      case .refusal(let code, let words, let isSigned, _):
        if Self.isUnclear(code) { throw .outcomeUnknown(Self.refused(code, words)) }
        return Self.finding(code, words, isSigned)
      }
    } catch {
      guard case .answered(let reason) = error else { throw error }
      let isKey = reason.text.contains("not signed with")
      return CheckFinding(
        code: isKey ? "wrong_key" : "wrong_environment", text: reason.text,
        hint: isKey
          ? "Put Easypay's public key of this very environment into easypay_public_key_file"
          : "url must be the root, as \(EasypaySettings.productionURL)")
    }
  }
}
