package import Domain

/// The contract between Till and a company that moves money.
///
/// An adapter is pure: it turns a question into the bytes of a request and the bytes of an answer
/// into what they say. It does no I/O, keeps no state, retries nothing and decides nothing about
/// orders. There are no default implementations: a forgotten duty must not compile.
package protocol Gateway: Sendable {
  /// The configured name; two accounts of one kind are two names.
  var name: String { get }
  /// The adapter, as `alipay`.
  var kind: String { get }
  var capabilities: GatewayCapabilities { get }

  /// How to get the access token that its requests carry; nil where each request proves itself.
  var login: (any GatewayLogin)? { get }

  /// Its bills, where they can be downloaded; nil where they come as files only, or there are none.
  var bills: (any BillSource)? { get }

  /// Makes the first request for a question, or answers it without one: a signed page URL needs no
  /// call, and a gateway without a network answers every question so.
  ///
  /// - Throws: `Fault.notSent` when no request can be made: a key is missing, an amount is over the
  ///   gateway's limit. Nothing has happened then.
  func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan

  /// Says what an answer means, or what has to be sent next before the question is answered. Any
  /// HTTP status arrives here. `answer.step` names the exchange it ends: nil for the one of `plan`.
  ///
  /// The adapter checks the signature, and that merchant, number and kind of the answer are those
  /// of the question. Amounts are reported as the gateway gave them; comparing them is the core's.
  ///
  /// Where a gateway signs its answers, only the signed part says what they are about: a refusal of
  /// a create or a refund that names our number there is `failed`, one that names nothing is
  /// `GatewayReading.refused`, for the same bytes answer every payment. Where a gateway signs
  /// nothing, the connection is the proof of every word alike, and a refusal is as good as a
  /// success. "Does not exist" is a proof only as the answer to a `query`.
  /// - Throws: `Fault.outcomeUnknown` for 5xx and torn answers, `Fault.answered` for an answer that
  ///   cannot be trusted or is about something else. The reason codes are those of `FaultCode`.
  ///   `answered` with `FaultCode.limited` says that the gateway turned the call away and did
  ///   nothing; where that is not sure it is `outcomeUnknown`.
  func read(_ answer: GatewayAnswer, to question: Question, at now: Timestamp)
    throws(Fault) -> GatewayReading

  /// Verifies and reads a notification as it arrived at the merchant's web front end.
  func readNotification(_ notification: RawNotification, at now: Timestamp) -> NotificationReading

  /// Keys that are text. Where an answer repeats one, as debugging pages of some sites do, it is
  /// struck out before anything is read, kept or shown of that answer.
  var secrets: [String] { get }
}

/// Words of `Fault` reasons that the scheduler acts on.
package enum FaultCode {
  package static let unreachable = "gateway_unreachable"
  package static let timeout = "gateway_timeout"
  /// Back off: HTTP 429 or the gateway's own code for it.
  package static let limited = "gateway_rate_limited"
  /// HTTP 5xx or the gateway's "system error".
  package static let broken = "gateway_error"
  /// Unreadable, unsigned, wrongly signed, or about something else.
  package static let badReply = "gateway_bad_reply"
  /// Our own configuration: key, merchant, permission.
  package static let authentication = "gateway_auth"
  /// The answer to a create whose number the gateway has begun before, and whose way to pay it gave
  /// out then and does not give again.
  package static let begunBefore = "payment_begun_before"
  /// A definite refusal of the request.
  package static let rejected = "gateway_rejected"

  /// Whether a fault tells something about the gateway as a whole, rather than about one payment.
  package static func isAboutGateway(_ code: String) -> Bool {
    [unreachable, timeout, limited, broken, badReply, authentication].contains { word in
      word.utf8.elementsEqual(code.utf8)
    }
  }
}
