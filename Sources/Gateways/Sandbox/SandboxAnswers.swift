import Domain
import JSON

/// Answers of the sandbox → what they say.
///
/// Shape: `{code, operation, merchant, out_trade_no?, refund_no?, trade?, refund?, text?}`, signed
/// as the answer to its operation. Nothing that is not signed is a fact about a trade.
struct SandboxAnswers: Sendable {
  let account: SandboxAccount

  func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    if case .check = question { return .check(try finding(answer, at: now)) }
    try Self.requireUsable(answer)
    let body = try open(answer, .init(question), at: now)
    try requireOurs(body, question)
    let word = body.text("code") ?? ""
    guard let code = SandboxCode(rawValue: word) else {
      return try Self.unrecognised(word, question)
    }
    guard code == .ok else { return try Self.refusal(code, body, question, at: now) }
    return try Self.success(body, question)
  }

  /// Statuses that say what is known without a signature; none of them is a fact about money.
  private static func requireUsable(_ answer: GatewayAnswer) throws(Fault) {
    switch answer.status {
    case 200: return
    case 429:
      // Its own word for "did nothing"; it lives in this process, so nothing stands in between.
      throw .answered(
        Reason(code: FaultCode.limited, gatewayCode: "429", text: "the sandbox asks for patience"))
    case 401, 403:
      let code = SandboxBody(answer.body)?.text("code") ?? "\(answer.status)"
      throw .answered(
        Reason(
          code: FaultCode.authentication, gatewayCode: String(code.prefix(64)),
          text: "the sandbox does not accept our name, signature or time"))
    case 500...:
      throw .outcomeUnknown(
        Reason(
          code: FaultCode.broken, gatewayCode: "\(answer.status)",
          text: "the sandbox answered with HTTP status \(answer.status)"))
    default: throw badReply("has HTTP status \(answer.status)")
    }
  }

  private func open(
    _ answer: GatewayAnswer, _ operation: SandboxOperation, at now: Timestamp
  ) throws(Fault) -> SandboxBody {
    // What is no JSON may be the first half of an answer: the operation may have been done.
    guard let body = SandboxBody(answer.body) else {
      throw .outcomeUnknown(
        Reason(code: FaultCode.badReply, text: "the sandbox's answer is torn or no JSON"))
    }
    let sentAt: Timestamp
    do throws(SandboxSeal.Flaw) {
      sentAt = try account.seal.open(answer.body, answer.headers, as: .answer(operation))
    } catch {
      throw Self.badReply(error.phrase)
    }
    guard Self.isNear(sentAt, now) else { throw Self.badReply("is from another time") }
    return body
  }

  static func isNear(_ one: Timestamp, _ other: Timestamp) -> Bool {
    let gap = one.milliseconds(since: other)
    return (-SandboxSeal.clockGapMillisecondsMax...SandboxSeal.clockGapMillisecondsMax)
      .contains(gap)
  }

  private func requireOurs(_ body: SandboxBody, _ question: Question) throws(Fault) {
    guard body.holds(account.name, in: "merchant") else {
      throw Self.badReply("is about another merchant")
    }
    guard body.holds(SandboxOperation(question).rawValue, in: "operation") else {
      throw Self.badReply("is about another operation")
    }
    switch question {
    case .create(let payment), .query(let payment), .close(let payment):
      guard body.holds(payment.outTradeNumber, in: "out_trade_no") else {
        throw Self.badReply("is about another payment")
      }
    case .refund(let payment, let refund), .refundQuery(let payment, let refund):
      guard body.holds(payment.outTradeNumber, in: "out_trade_no"),
        body.holds(refund.refundNumber, in: "refund_no")
      else { throw Self.badReply("is about another refund") }
    case .disputeQuery(let payment, let dispute):
      guard body.holds(payment.outTradeNumber, in: "out_trade_no"),
        body.holds(dispute.gatewayDispute, in: "dispute_id")
      else { throw Self.badReply("is about another dispute") }
    case .catchUp, .notice, .check: break
    }
  }

  static func badReply(_ phrase: String) -> Fault {
    .answered(Reason(code: FaultCode.badReply, text: "the sandbox's answer \(phrase)"))
  }
}

// MARK: Success and refusal

extension SandboxAnswers {
  private static func success(
    _ body: SandboxBody, _ question: Question
  ) throws(Fault) -> GatewayReading {
    switch question {
    case .create: return .payment(try payment(body))
    case .query:
      let found = try payment(body)
      guard let dispute = body.body("trade")?.body("dispute") else { return .payment(found) }
      return .findings(found, also: [.dispute(try disputeSighting(dispute))])
    case .close:
      let sighting = try payment(body)
      if case .closed = sighting { return .closeAccepted }
      return .payment(sighting)
    case .refund, .refundQuery:
      guard let refund = body.body("refund") else { throw badReply("has no refund") }
      do throws(SandboxFindings.Flaw) {
        return .refund(try SandboxFindings.refund(refund))
      } catch { throw badReply("cannot be used: \(error.phrase)") }
    case .disputeQuery:
      guard let dispute = body.body("dispute") else { throw badReply("has no dispute") }
      return .dispute(try disputeSighting(dispute))
    case .catchUp, .notice, .check:
      preconditionFailure("the answer to a check is read by itself, and no more is asked")
    }
  }

  private static func disputeSighting(
    _ dispute: SandboxBody
  ) throws(Fault) -> DisputeSighting {
    do throws(SandboxFindings.Flaw) {
      return try SandboxFindings.dispute(dispute)
    } catch { throw badReply("cannot be used: \(error.phrase)") }
  }

  private static func payment(_ body: SandboxBody) throws(Fault) -> PaymentSighting {
    guard let trade = body.body("trade") else { throw badReply("has no trade") }
    do throws(SandboxFindings.Flaw) {
      return try SandboxFindings.payment(trade)
    } catch { throw badReply("cannot be used: \(error.phrase)") }
  }

  private static func refusal(
    _ code: SandboxCode, _ body: SandboxBody, _ question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    switch SandboxRefusals.verdict(code, for: SandboxOperation(question)) {
    case .absent: return absent(question, at: now)
    case .standing: return .payment(try payment(body))
    case .processing:
      return .payment(
        .processing(
          Reason(
            code: "bank_working", gatewayCode: code.rawValue,
            text: "the buyer has paid and the bank is at work")))
    case .trouble(let word):
      throw .outcomeUnknown(
        Reason(code: word, gatewayCode: code.rawValue, text: "the sandbox cannot answer now"))
    case .final(let phrase):
      return failed(
        Reason(code: code.rawValue, gatewayCode: code.rawValue, text: phrase), question)
    case .contradiction(let phrase):
      throw .answered(
        Reason(code: FaultCode.rejected, gatewayCode: code.rawValue, text: phrase))
    case .unlisted: return try unrecognised(code.rawValue, question)
    }
  }

  private static func absent(_ question: Question, at now: Timestamp) -> GatewayReading {
    switch question {
    case .create(let payment), .query(let payment), .close(let payment):
      let isProof = SandboxGateway.absenceProvesClosed(payment, at: now)
      return .payment(.absent(provesClosed: isProof))
    case .refund, .refundQuery, .disputeQuery, .catchUp, .notice, .check: return .refund(.absent)
    }
  }

  private static func failed(_ reason: Reason, _ question: Question) -> GatewayReading {
    if case .refund = question { return .refund(.failed(reason)) }
    return .payment(.failed(reason))
  }

  private static func unrecognised(
    _ word: String, _ question: Question
  ) throws(Fault) -> GatewayReading {
    let shown = String(word.prefix(64))
    switch question {
    case .refund, .refundQuery: return .refund(.unrecognised(shown))
    // It is no word for how a dispute stands.
    case .disputeQuery:
      throw .answered(
        Reason(
          code: FaultCode.rejected, gatewayCode: shown,
          text: "the sandbox does not tell of this dispute"))
    case .create, .query, .close, .catchUp, .notice, .check: return .payment(.unrecognised(shown))
    }
  }
}

// MARK: Check

extension SandboxAnswers {
  /// The answer to `check`: whether name, secret and clock are right.
  private func finding(_ answer: GatewayAnswer, at now: Timestamp) throws(Fault) -> CheckFinding {
    if answer.status == 401 || answer.status == 403 {
      return Self.refusedFinding(SandboxBody(answer.body)?.text("code") ?? "")
    }
    try Self.requireUsable(answer)
    let sentAt: Timestamp
    do throws(SandboxSeal.Flaw) {
      sentAt = try account.seal.open(answer.body, answer.headers, as: .answer(.check))
    } catch {
      throw Self.badReply(error.phrase)
    }
    guard let body = SandboxBody(answer.body) else { throw Self.badReply("is no JSON") }
    try requireOurs(body, .check)
    guard Self.isNear(sentAt, now) else { return Self.refusedFinding("clock_off") }
    return CheckFinding(code: "ok", text: "The sandbox knows us and answers.")
  }

  private static func refusedFinding(_ code: String) -> CheckFinding {
    switch SandboxCode(rawValue: code) {
    case .unknownMerchant:
      CheckFinding(
        code: "unknown_merchant", text: "The sandbox has no account of this name.",
        hint: "The daemon opens an account for every configured sandbox when it starts.")
    case .clockOff:
      CheckFinding(code: "clock_off", text: "The two clocks are too far apart.")
    default:
      CheckFinding(
        code: "wrong_key", text: "The sandbox does not accept the signature.",
        hint: "Both sides must use the secret of the same file.")
    }
  }
}
