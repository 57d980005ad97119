import Domain
import JSON

/// An answer of the open platform: `state`, then `result` or `error`; the signature is a header.
///
/// Some refusals come without it: those are hints for people, never facts about a payment.
struct YeepayEnvelope: Sendable {
  static let company = "Yeepay"
  /// Calls of `aggpay` and of `trade` have different words for "done".
  static let successCodes = ["00000", "OPR00000"]

  /// `result`, or `error` of a refusal.
  let node: JSONObject
  let isSuccess: Bool
  let isSigned: Bool
  let code: String
  let subCode: String
  let message: String

  init(_ answer: GatewayAnswer, settings: YeepaySettings) throws(Fault) {
    // A refusal may come with a status of its own; its body says more.
    try answer.requireUsable(of: Self.company)
    let outer = try answer.object(of: Self.company)
    if let sign = answer.headers.first(where: { $0.name.lowercased() == "x-yop-sign" }) {
      guard YeepaySigning.isValid(sign.value, of: answer.body, key: settings.gatewayKey) else {
        throw .badReply(Self.company, "it is not signed with the configured key of Yeepay")
      }
      isSigned = true
    } else {
      isSigned = false
    }
    let node = outer["result"]?.objectValue ?? outer["error"]?.objectValue
    guard let node, let code = node.scalar("code") else {
      throw .badReply(Self.company, "it holds neither a result nor an error")
    }
    self.node = node
    self.code = code
    subCode = node.scalar("subCode") ?? node.scalar("sub_code") ?? ""
    message = node.scalar("message") ?? node.scalar("subMessage") ?? ""
    isSuccess =
      outer.is("state", "SUCCESS") && Self.successCodes.contains { $0.hasSameBytes(as: code) }
    guard isSigned || !isSuccess else {
      throw .badReply(Self.company, "it claims success without a signature")
    }
  }

  /// The refusal in one sentence, with Yeepay's own words behind ours.
  func reason(_ verdict: YeepayCodes.Verdict) -> Reason {
    let words = GatewayText.unmarked(message, scalarsMax: 120, otherwise: "no reason given")
    let own = subCode.isEmpty ? code : "\(code) \(subCode)"
    return Reason(
      code: verdict.code, gatewayCode: String(own.prefix(128)),
      text: "Yeepay refused (\(words))")
  }
}

/// What refusals of the open platform mean.
///
/// Source: the platform's page of common codes. Business codes (40044 and codes of a `result`) are
/// per call and were not public; their sentences are read for one thing only, what it is that does
/// not exist (`AbsenceWords`).
enum YeepayCodes {
  enum Verdict: Hashable, Sendable {
    case absent
    case unknown
    case limited
    case refused
    case configuration(String)

    /// The code of a reason.
    var code: String {
      switch self {
      case .absent: "trade_not_found"
      case .unknown: FaultCode.broken
      case .limited: FaultCode.limited
      case .refused: FaultCode.rejected
      case .configuration: FaultCode.authentication
      }
    }
  }

  private static let limits = ["rate-limit", "traffic-control", "concurrency-control"]

  static func verdict(_ answer: YeepayEnvelope) -> Verdict {
    switch answer.code {
    // Both kinds: what "not retryable" means is that it may have been done.
    case "40020": return .unknown
    case "40021": return .configuration("permission")
    case "40029":
      let isLimit = limits.contains { answer.subCode.contains($0) }
      return isLimit ? .limited : .configuration("permission")
    case "40042":
      if answer.subCode.contains("app.not-exists") { return .configuration("unknown_merchant") }
      if answer.subCode.contains("service.not-exists") || answer.subCode.contains("host-name") {
        return .configuration("wrong_environment")
      }
      return .refused
    case "40047", "40048": return .configuration("wrong_key")
    default:
      if AbsenceWords.nameOrder(answer.message) { return .absent }
      return AbsenceWords.nameOwner(answer.message)
        ? .configuration("unknown_merchant") : .refused
    }
  }
}
