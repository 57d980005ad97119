import Domain
import JSON

/// Answers of 99Bill's query → what they say.
///
/// The query tells of successful payments alone, so nothing that is absent has an end. The answer's
/// own signature covers counts and no row; TLS vouches for the rows.
struct Bill99Answers: Sendable {
  static let company = "99Bill"
  /// No such order; not paid; nothing paid in the range. Source: one merchant's table.
  static let absentCodes = ["31002", "31003", "31005"]
  static let busyCodes = ["30001", "30002"]

  let settings: Bill99Settings

  func read(_ answer: GatewayAnswer, to question: Question) throws(Fault) -> GatewayReading {
    switch question {
    case .check: return .check(try finding(answer))
    case .query(let payment):
      let outer = try outer(answer)
      if let code = outer.scalar("errCode") {
        guard Self.has(code, Self.absentCodes) else { throw Self.fault(code) }
        return .payment(.absent(provesClosed: false))
      }
      return .payment(try sighting(outer, payment))
    case .create, .close, .refund, .refundQuery, .disputeQuery, .catchUp, .notice:
      throw .badReply(Self.company, "nothing was asked")
    }
  }

  private func outer(_ answer: GatewayAnswer) throws(Fault) -> JSONObject {
    try answer.requireSuccess(of: Self.company)
    let outer = try answer.object(of: Self.company)
    if let account = outer.scalar("merchantAcctId"), !account.hasSameBytes(as: settings.account) {
      throw .badReply(Self.company, "it is about another merchant")
    }
    return outer
  }

  private func sighting(
    _ outer: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> PaymentSighting {
    guard let rows = outer["orderDetail"]?.arrayValue else {
      throw .badReply(Self.company, "it holds neither orders nor a code")
    }
    guard !rows.isEmpty else { return .absent(provesClosed: false) }
    guard rows.count == 1, let row = rows[0].objectValue, row.is("orderId", payment.outTradeNumber)
    else { throw .badReply(Self.company, "it is about another payment") }
    return try Self.sighting(row)
  }

  /// A row has the members that a notice has.
  private static func sighting(_ row: JSONObject) throws(Fault) -> PaymentSighting {
    guard let result = row.scalar("payResult") else {
      throw .badReply(Self.company, "it has no payResult")
    }
    guard result.hasSameBytes(as: "10") else { return .unrecognised(result) }
    guard let amount = row.scalar("payAmount").flatMap({ Money(fen: $0) }) else {
      throw .badReply(Self.company, "its payAmount is missing or malformed")
    }
    guard let number = row.scalar("dealId"), GatewayText.isName(number, bytesMax: 64) else {
      throw .badReply(Self.company, "its dealId is missing or malformed")
    }
    return .paid(
      Capture(
        amount: amount, gatewayTransaction: number,
        paidAt: BeijingTime.read(digits: row.scalar("dealTime")),
        fee: row.scalar("fee").flatMap { Money(fen: $0) }))
  }

  private static func has(_ code: String, _ codes: [String]) -> Bool {
    codes.contains { $0.hasSameBytes(as: code) }
  }

  private static func fault(_ code: String) -> Fault {
    let own = String(code.prefix(64))
    guard !has(code, busyCodes) else {
      return .outcomeUnknown(
        Reason(code: FaultCode.broken, gatewayCode: own, text: "99Bill is busy (\(own))"))
    }
    return .answered(
      Reason(code: FaultCode.rejected, gatewayCode: own, text: "99Bill refused (\(own))"))
  }

  /// "No such order" to a question about no order: account and query key are right. Which code says
  /// that they are wrong was not public.
  private func finding(_ answer: GatewayAnswer) throws(Fault) -> CheckFinding {
    let outer: JSONObject
    do throws(Fault) {
      outer = try self.outer(answer)
    } catch {
      guard case .answered(let reason) = error else { throw error }
      return CheckFinding(
        code: "wrong_environment", text: reason.text,
        hint: "url must be the host, as \(Bill99Settings.productionURL)")
    }
    let code = outer.scalar("errCode") ?? ""
    if Self.has(code, Self.busyCodes) { throw Self.fault(code) }
    guard Self.has(code, Self.absentCodes) else {
      return CheckFinding(
        code: "wrong_key", text: "99Bill refuses the question (\(code.prefix(64)))",
        hint: "Compare merchant_acct_id and query_key_file with the console")
    }
    return CheckFinding(
      code: "ok", text: "99Bill takes the query key; the RSA keys are tried by a payment alone")
  }
}
