/// What WeChat's refusals mean, as tables.
///
/// Source: the error tables of each call. The spelling of a code drifts (`ORDER_NOT_EXIST`,
/// `ORDERNOTEXIST`, `ORDER_NOT_EXISTS`), so codes are compared without underscores, by their
/// beginning; the first row that matches counts.
enum WeChatCodes {
  enum Verdict: Hashable, Sendable {
    /// WeChat knows no such number.
    case absent
    /// WeChat itself does not know what became of the call.
    case unknown
    /// Too many calls; documented as "not carried out".
    case limited
    /// The payment is in a state that forbids the call: somebody was faster. A query tells.
    case otherState
    /// It is closed already.
    case closed
    /// Final. Our word for it.
    case refused(Refusal)
    /// Our own configuration.
    case configuration(Configuration)
    /// No row holds it.
    case unlisted
  }

  /// Our words for a final refusal; the raw value is the reason's code.
  enum Refusal: String, Sendable, CaseIterable {
    case request = "gateway_rejected"
    case merchant = "merchant_not_permitted"
    case buyer = "buyer_refused"
    case tradeMissing = "trade_not_found"
    case tradeState = "trade_state"
    case balance = "balance_low"
  }

  /// The raw value is the code of a finding of `check`.
  enum Configuration: String, Sendable, CaseIterable {
    case key = "wrong_key"
    case merchant = "unknown_merchant"
    case permission = "permission"
  }

  typealias Row = (beginning: String, verdict: Verdict)

  /// - Parameter number: the code behind `Request-ID`. It is not signed, so it can only make an
  ///   answer less final.
  static func verdict(
    _ code: String, number: String?, status: Int, for operation: Operation
  ) -> Verdict {
    let plain = String(code.uppercased().filter { $0 != "_" })
    let rows = rows(for: operation) + anywhere
    guard let verdict = rows.first(where: { plain.hasPrefix($0.beginning) })?.verdict else {
      return status >= 500 ? .unknown : .unlisted
    }
    if let number, otherStateNumbers.contains(number), verdict == .refused(.request) {
      return .otherState
    }
    return verdict
  }

  enum Operation: Sendable {
    case create
    case query
    case close
    case refund
    case refundQuery
    case bill
  }

  /// Behind `INVALID_REQUEST`: paid already (two), and the number came back with other parameters.
  static let otherStateNumbers = ["268449538", "268498689", "268498688"]

  private static func rows(for operation: Operation) -> [Row] {
    switch operation {
    case .create: create
    case .query, .refundQuery: query
    case .close: close
    case .refund: refund
    case .bill: bill
    }
  }

  /// Codes that every call may bring.
  static let anywhere: [Row] = [
    ("SYSTEMERROR", .unknown),
    ("BANKERROR", .unknown),
    ("SERVICEUNAVAILABLE", .unknown),
    ("FREQUENCYLIMIT", .limited),
    ("RATELIMIT", .limited),
    ("SIGNERROR", .configuration(.key)),
    ("APPIDMCHIDNOTMATCH", .configuration(.merchant)),
    ("MCHNOTEXIST", .configuration(.merchant)),
    ("NOAUTH", .configuration(.permission)),
    ("REQUESTBLOCKED", .configuration(.permission)),
    ("ACCOUNTERROR", .configuration(.permission)),
    ("PARAMERROR", .refused(.request)),
    ("INVALIDREQUEST", .refused(.request)),
  ]

  static let create: [Row] = [
    // The number is known at WeChat already, from an exchange whose answer was lost.
    ("OUTTRADENOUSED", .otherState),
    ("ORDERPAID", .otherState),
    ("ORDERCLOSED", .otherState),
    ("TRADEERROR", .otherState),
    ("RULELIMIT", .refused(.merchant)),
    ("OPENIDMISMATCH", .refused(.buyer)),
    ("USERACCOUNTABNORMAL", .refused(.buyer)),
  ]

  static let query: [Row] = [
    ("ORDERNOTEXIST", .absent),
    ("RESOURCENOTEXIST", .absent),
    ("TRADEERROR", .unknown),
    ("RULELIMIT", .unknown),
  ]

  static let close: [Row] = [
    ("ORDERNOTEXIST", .absent),
    ("RESOURCENOTEXIST", .absent),
    ("ORDERCLOSED", .closed),
    ("ORDERPAID", .otherState),
    ("TRADEERROR", .otherState),
    ("RULELIMIT", .otherState),
    ("INVALIDREQUEST", .otherState),
  ]

  /// A repetition with the same number and amount is answered like the first time, so a refusal
  /// speaks of this refund and not of an earlier try of it.
  static let refund: [Row] = [
    ("NOTENOUGH", .refused(.balance)),
    ("USERACCOUNTABNORMAL", .refused(.buyer)),
    ("RESOURCENOTEXIST", .refused(.tradeMissing)),
    ("ORDERNOTEXIST", .refused(.tradeMissing)),
    ("TRADEERROR", .refused(.tradeState)),
    ("RULELIMIT", .refused(.merchant)),
  ]

  /// Nothing happened on that day; and: it is being made.
  static let bill: [Row] = [
    ("NOSTATEMENTEXIST", .absent),
    ("NOBILLEXIST", .absent),
    ("STATEMENTCREATING", .otherState),
  ]
}

extension WeChatCodes.Refusal {
  /// A sentence without its full stop, for the reason's text.
  var phrase: String {
    switch self {
    case .request: "WeChat refused a parameter of the request"
    case .merchant: "WeChat's rules for this merchant do not allow it"
    case .buyer: "WeChat refuses this buyer's account"
    case .tradeMissing: "WeChat knows no such payment, or it is not paid"
    case .tradeState: "the payment's state at WeChat does not allow it"
    case .balance: "the merchant's balance at WeChat is too low; top it up and try again"
    }
  }
}

extension WeChatCodes.Configuration {
  /// What to look at, as a sentence without its full stop.
  var phrase: String {
    switch self {
    case .key:
      "WeChat does not accept our signature: check merchant_private_key_file, merchant_serial "
        + "and mchid"
    case .merchant: "WeChat does not know this pair of mchid and appid"
    case .permission: "the merchant may not do this: check its products, permissions and account"
    }
  }
}
