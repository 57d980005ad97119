/// What Alipay's refusals mean, as tables.
///
/// Source: the enumerations in the official SDK's models and the gateway's code page. A row matches
/// where the business code contains its fragment, upper case and with `_` for `-`: the enumerations
/// hold misspellings (`AQC.SYSTEM_ERROR`, `isp.unknow-error`) and twins with and without `ACQ.`.
/// The first row that matches counts.
enum AlipayCodes {
  enum Verdict: Hashable, Sendable {
    /// The trade does not exist (yet).
    case absent
    /// Alipay itself does not know what became of the call.
    case unknown
    /// Too many calls: turned away by the gateway's own checks of application and signature, before
    /// any business is looked at, as its neighbours 40001 to 40003 are. Signed, that is definite.
    case limited
    /// A code was made for this number before; it is given out once.
    case begunBefore
    /// The trade is in a state that forbids the call: somebody was faster. A query tells.
    case otherState
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
    case merchantLimit = "merchant_limit"
    case buyer = "buyer_refused"
    case buyerLimit = "buyer_limit"
    case subject = "subject_refused"
    case tradeMissing = "trade_not_found"
    case tradeState = "trade_state"
    case refundAmount = "refund_amount"
    case refundNumber = "refund_number_conflict"
    case refundForbidden = "refund_not_allowed"
    case balance = "balance_low"
  }

  /// The raw value is the code of a finding of `check`.
  enum Configuration: String, Sendable, CaseIterable {
    case key = "wrong_key"
    case merchant = "unknown_merchant"
    case clock = "clock_off"
    case permission = "permission"
  }

  typealias Row = (fragment: String, verdict: Verdict)

  /// - Parameter code: the gateway's, as `40004`.
  /// - Parameter subCode: the business code verbatim, empty where there is none.
  static func verdict(code: String, subCode: String, for operation: Question) -> Verdict {
    verdict(code: code, subCode: subCode, rows: rows(for: operation))
  }

  /// The same for the address of a bill.
  static func billVerdict(code: String, subCode: String) -> Verdict {
    verdict(code: code, subCode: subCode, rows: bill)
  }

  /// The same for calls about complaints, of which only the gateway's own codes are read.
  static func complaintVerdict(code: String, subCode: String) -> Verdict {
    verdict(code: code, subCode: subCode, rows: [])
  }

  private static func verdict(code: String, subCode: String, rows: [Row]) -> Verdict {
    switch code {
    case "20000": return .unknown
    case "40005": return .limited
    case "40004":
      return match(subCode, rows) ?? match(subCode, gateway) ?? .unlisted
    case "20001", "40003", "40006":
      return match(subCode, gateway) ?? .configuration(.permission)
    case "40001", "40002":
      return match(subCode, gateway) ?? .refused(.request)
    default: return .unlisted
    }
  }

  private static func match(_ subCode: String, _ rows: [Row]) -> Verdict? {
    let normal = String(subCode.uppercased().map { $0 == "-" ? "_" : $0 })
    return rows.first { normal.contains($0.fragment) }?.verdict
  }

  private static func rows(for operation: Question) -> [Row] {
    switch operation {
    case .create: create
    case .query, .disputeQuery, .catchUp, .notice, .check: query
    case .close: close
    case .refund: refund
    case .refundQuery: refundQuery
    }
  }

  /// Codes of the gateway itself, before any business is looked at.
  static let gateway: [Row] = [
    ("SYSTEM_ERROR", .unknown),
    ("UNKNOW", .unknown),
    ("CALL_LIMITED", .limited),
    ("RATE_LIMIT", .limited),
    ("INVALID_SIGNATURE", .configuration(.key)),
    ("MISSING_SIGNATURE", .configuration(.key)),
    ("CERT_SN", .configuration(.key)),
    ("APP_CERT", .configuration(.key)),
    ("ALIPAY_CERT", .configuration(.key)),
    ("INVALID_APP_ID", .configuration(.merchant)),
    ("MISSING_APP_ID", .configuration(.merchant)),
    ("TIMESTAMP", .configuration(.clock)),
    ("NOT_ONLINE_APP", .configuration(.permission)),
    ("INVALID_APP_STATE", .configuration(.permission)),
    ("INSUFFICIENT", .configuration(.permission)),
    ("FORBIDDEN_API", .configuration(.permission)),
    ("INVOKE_FORBIDDEN", .configuration(.permission)),
    ("IP_FORBIDDEN", .configuration(.permission)),
    ("NOT_SUPPORT_APP_AUTH", .configuration(.permission)),
    ("AUTH_RELATIONS", .configuration(.permission)),
    ("AUTH_TOKEN", .configuration(.permission)),
    ("INVALID_TOKEN", .configuration(.permission)),
    ("NO_PRODUCT_REG", .configuration(.permission)),
  ]

  static let query: [Row] = [
    ("SYSTEM_ERROR", .unknown),
    ("TRADE_NOT_EXIST", .absent),
    ("INVALID_PARAMETER", .refused(.request)),
    ("ENTERPRISE_PAY_BIZ_ERROR", .unknown),
  ]

  static let close: [Row] = [
    ("SYSTEM_ERROR", .unknown),
    ("TRADE_NOT_EXIST", .absent),
    ("TRADE_STATUS_ERROR", .otherState),
    ("REASON_TRADE_STATUS_INVALID", .otherState),
    ("REASON_ILLEGAL_STATUS", .otherState),
    ("TRADE_HAS_", .otherState),
    ("INVALID_PARAMETER", .refused(.request)),
  ]

  static let refundQuery: [Row] = [
    ("SYSTEM_ERROR", .unknown),
    ("TRADE_NOT_EXIST", .absent),
    ("INVALID_PARAMETER", .refused(.request)),
    ("ENTERPRISE_PAY_BIZ_ERROR", .unknown),
  ]

  /// One and the same code for a day without business and for a bill that is not made yet. The
  /// misspelling is Alipay's.
  static let bill: [Row] = [
    ("SYSTEM_ERROR", .unknown),
    ("UNKNOWN_ERROR", .unknown),
    ("BILL_NOT_EXIST", .absent),
    ("NO_BILL_DATA", .absent),
    ("BILL_DATE_BEFORE_REGISTRATION", .absent),
    ("INVAILID_ARGUMENTS", .refused(.request)),
    ("INVALID_ARGUMENTS", .refused(.request)),
    ("TYPE_NOT_SUPPORTED", .refused(.request)),
  ]
}
