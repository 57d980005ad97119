import Domain
import JSON

/// Answers of WeChat Pay → what they say.
///
/// Every answer must be signed and about the number that was asked for. A refusal without a
/// signature is never a fact about a payment: it becomes a fault that says what to check.
struct WeChatAnswers: Sendable {
  static let codeTextBytesMax = 1024
  /// How long a QR code and a prepayment live, whatever was asked for.
  static let prepaymentLifetimeMilliseconds: Int64 = 7_200_000
  /// How long the address of an h5 payment lives.
  static let pageLifetimeMilliseconds: Int64 = 300_000

  let settings: WeChatSettings
  let requests: WeChatRequests

  private var complaints: WeChatComplaints {
    WeChatComplaints(settings: settings, requests: requests)
  }

  func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    if case .check = question {
      return .check(try WeChatCheck(settings: settings).finding(answer, at: now))
    }
    let envelope: WeChatEnvelope
    do throws(WeChatEnvelope.Flaw) {
      envelope = try WeChatEnvelope(answer, keys: settings.keys, at: now)
    } catch { throw error.fault }
    guard envelope.isSuccess else { return try refusal(envelope, question, at: now) }
    let record = WeChatRecord(envelope.members)
    do throws(WeChatStatements.Flaw) {
      switch question {
      case .create(let payment): return .payment(try created(record, payment, at: now))
      case .query(let payment):
        try WeChatStatements.requireOurs(record, settings)
        try Self.require(record, "out_trade_no", payment.outTradeNumber)
        return .payment(try WeChatStatements.payment(record))
      case .close: return .closeAccepted
      case .refund(let payment, let refund), .refundQuery(let payment, let refund):
        try Self.require(record, "out_trade_no", payment.outTradeNumber)
        try Self.require(record, "out_refund_no", refund.refundNumber)
        return .refund(try WeChatStatements.refund(record, status: "status"))
      case .disputeQuery(let payment, let dispute):
        return .dispute(try complaints.dispute(record, payment, dispute))
      case .catchUp(let facts): return .happened(try complaints.page(record, facts, at: now))
      case .notice: throw .init("belongs to no question")
      case .check: preconditionFailure("the answer to a check is read by itself")
      }
    } catch { throw .badReply("WeChat", "it \(error.phrase)") }
  }

  private static func require(
    _ record: WeChatRecord, _ name: String, _ wanted: String
  ) throws(WeChatStatements.Flaw) {
    guard record.isSame(name, wanted) else { throw .init("is about another number") }
  }
}

// MARK: Created

extension WeChatAnswers {
  /// The answer to a create names no number: that it answers this request, the connection says.
  private func created(
    _ record: WeChatRecord, _ payment: PaymentFacts, at now: Timestamp
  ) throws(WeChatStatements.Flaw) -> PaymentSighting {
    switch WeChatMethod(rawValue: payment.method) {
    case .native:
      guard let text = record.text("code_url"), Self.isShort(text), text.contains("://") else {
        throw .init("has no usable code_url")
      }
      return action(.qr, text, Self.prepaymentLifetimeMilliseconds, payment, now)
    case .h5:
      guard let text = record.text("h5_url"), Self.isShort(text),
        GatewayText.isWebAddress(text)
      else { throw .init("has no usable h5_url") }
      let back = payment.returnURL.map { "&redirect_url=\(FormEncoding.encode($0))" } ?? ""
      return action(.redirect, text + back, Self.pageLifetimeMilliseconds, payment, now)
    case .jsapi:
      guard let text = record.text("prepay_id"), WeChatRecord.isNumber(text) else {
        throw .init("has no usable prepay_id")
      }
      let script: String
      do throws(Fault) {
        script = try requests.script(prepayment: text, at: now)
      } catch { throw .init("cannot be used: \(error.reason.text)") }
      return action(.clientSecret, script, Self.prepaymentLifetimeMilliseconds, payment, now)
    case nil: throw .init("answers a method that does not exist")
    }
  }

  private func action(
    _ kind: PaymentAction.Kind, _ value: String, _ lifetime: Int64, _ payment: PaymentFacts,
    _ now: Timestamp
  ) -> PaymentSighting {
    let expiry = min(payment.expiresAt, now.adding(milliseconds: lifetime))
    return .unpaid(action: PaymentAction(kind: kind, value: value, expiresAt: expiry))
  }

  private static func isShort(_ text: String) -> Bool {
    text.utf8.count <= codeTextBytesMax && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }
}

// MARK: Refusal

extension WeChatAnswers {
  private func refusal(
    _ envelope: WeChatEnvelope, _ question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    guard envelope.status >= 400 else {
      // 202 says "taken, not done"; a redirect is not followed. Neither is a fact about money.
      let text = "WeChat answered with HTTP status \(envelope.status)"
      throw .outcomeUnknown(Reason(code: FaultCode.broken, text: text))
    }
    let verdict = WeChatCodes.verdict(
      envelope.code, number: envelope.requestCode, status: envelope.status,
      for: Self.operation(question))
    switch verdict {
    case .unknown:
      throw .outcomeUnknown(
        Self.reason(envelope, FaultCode.broken, "WeChat does not know the result"))
    case .limited:
      throw .outcomeUnknown(
        Self.reason(envelope, FaultCode.limited, "WeChat asks for fewer calls"))
    case .otherState:
      throw .outcomeUnknown(
        Self.reason(envelope, "trade_state", "the payment is in another state; a query tells"))
    case .configuration(let configuration):
      return try refused(
        envelope, question,
        Self.reason(envelope, FaultCode.authentication, configuration.phrase))
    case .absent, .closed, .refused, .unlisted:
      guard envelope.isSigned else {
        throw .badReply("WeChat", "it refuses without a signature (\(Self.gatewayCode(envelope)))")
      }
    }
    if question.isAboutComplaints { throw Self.unanswered(envelope) }
    switch verdict {
    case .closed: return .closeAccepted
    case .absent: return Self.absent(question, at: now)
    case .refused(let refusal):
      return try refused(
        envelope, question, Self.reason(envelope, refusal.rawValue, refusal.phrase))
    default: return Self.unlisted(Self.gatewayCode(envelope), question)
    }
  }

  /// Nothing is known of complaints then; they are asked for again.
  private static func unanswered(_ envelope: WeChatEnvelope) -> Fault {
    .answered(reason(envelope, FaultCode.rejected, "WeChat tells nothing of complaints"))
  }

  private static func operation(_ question: Question) -> WeChatCodes.Operation {
    switch question {
    case .create: .create
    case .query, .disputeQuery, .catchUp, .notice, .check: .query
    case .close: .close
    case .refund: .refund
    case .refundQuery: .refundQuery
    }
  }

  private static func absent(_ question: Question, at now: Timestamp) -> GatewayReading {
    switch question {
    case .create(let payment), .query(let payment), .close(let payment):
      .payment(.absent(provesClosed: WeChatGateway.absenceProvesClosed(payment, at: now)))
    case .refund, .refundQuery, .disputeQuery, .catchUp, .notice, .check: .refund(.absent)
    }
  }

  private static func unlisted(_ code: String, _ question: Question) -> GatewayReading {
    switch question {
    case .create, .query, .close, .disputeQuery, .catchUp, .notice, .check:
      .payment(.unrecognised(code))
    case .refund, .refundQuery: .refund(.unrecognised(code))
    }
  }

  /// What refuses is `code`, `message` and at most the place of a wrong parameter: signed with a
  /// time, but never with a number of ours.
  private func refused(
    _ envelope: WeChatEnvelope, _ question: Question, _ reason: Reason
  ) throws(Fault) -> GatewayReading {
    switch question {
    case .create where envelope.isSigned, .refund where envelope.isSigned: return .refused(reason)
    default:
      let isOurs = reason.code.hasSameBytes(as: FaultCode.authentication)
      throw .answered(
        Reason(
          code: isOurs ? FaultCode.authentication : FaultCode.rejected,
          gatewayCode: reason.gatewayCode, text: reason.text))
    }
  }

  /// The code, with the number that says more where WeChat gives one.
  static func gatewayCode(_ envelope: WeChatEnvelope) -> String {
    let code = String(envelope.code.prefix(64))
    return envelope.requestCode.map { "\(code)-\($0)" } ?? code
  }

  /// Our phrase, and WeChat's own words behind it.
  static func reason(_ envelope: WeChatEnvelope, _ code: String, _ phrase: String) -> Reason {
    let words = GatewayText.shown(
      envelope.text("message") ?? "", scalarsMax: 120, otherwise: "")
    let text = words.isEmpty ? phrase : "\(phrase) (WeChat: \(words))"
    return Reason(code: code, gatewayCode: gatewayCode(envelope), text: text)
  }
}
