/// What refusals of the 易支付 family mean, as tables.
///
/// Source: `api.php`, `mapi.php` and `includes/lib/Order.php` of the server (version 3069) and the
/// documents of both versions. The codes are few and the sentences in Chinese carry the rest, so
/// a row matches where the sentence holds its fragment. The first row that matches counts.
enum EpayCodes {
  enum Verdict: Hashable, Sendable {
    /// The order does not exist (yet, or any more).
    case absent
    /// Somebody was faster; a query tells.
    case otherState
    case limited
    /// Final. Our word for it.
    case refused(String)
    /// Our own configuration: the code of a finding of `check`.
    case configuration(String)
    case unlisted

    /// The code of a reason.
    var code: String {
      switch self {
      case .absent: "trade_not_found"
      case .otherState: "trade_state"
      case .limited: FaultCode.limited
      case .refused(let word): word
      case .configuration: FaultCode.authentication
      case .unlisted: FaultCode.rejected
      }
    }
  }

  typealias Row = (fragment: String, verdict: Verdict)

  static func verdict(code: String, message: String, for question: Question) -> Verdict {
    // -3 is about the merchant's number and key whatever the sentence says.
    if code == "-3", let row = merchant.first(where: { message.contains($0.fragment) }) {
      return row.verdict
    }
    if code == "-3" { return .configuration("wrong_key") }
    let rows: [Row]
    switch question {
    case .refund: rows = refund
    case .create: rows = create
    case .query, .refundQuery, .close, .disputeQuery, .catchUp, .notice, .check: rows = query
    }
    return (rows + site).first { message.contains($0.fragment) }?.verdict ?? .unlisted
  }

  static let merchant: [Row] = [
    ("商户ID不存在", .configuration("unknown_merchant")),
    ("商户不存在", .configuration("unknown_merchant")),
    ("密钥", .configuration("wrong_key")),
  ]

  /// Sentences about the account, whatever was asked.
  static let site: [Row] = merchant + [
    ("签名", .configuration("wrong_key")),
    ("验签", .configuration("wrong_key")),
    ("时间戳", .configuration("clock_off")),
    ("timestamp", .configuration("clock_off")),
    ("过于频繁", .limited),
    ("请求频繁", .limited),
    ("商户已封禁", .configuration("permission")),
    ("商户状态", .configuration("permission")),
    ("没有权限", .configuration("permission")),
    ("白名单", .configuration("permission")),
    ("No Act", .configuration("wrong_environment")),
  ]

  static let query: [Row] = [
    ("订单号不存在", .absent),
    ("订单不存在", .absent),
    ("退款记录不存在", .absent),
    ("退款单号不存在", .absent),
  ]

  static let create: [Row] = [
    ("已完成支付", .otherState),
    ("安全验证", .refused("page_required")),
    ("金额", .refused("amount_refused")),
  ]

  /// One refund an order: after it the order is no longer "paid", so that sentence says only that
  /// its state is another. A sentence of the channel behind 退款失败 is not ours to read.
  static let refund: [Row] = [
    ("只支持退款已支付", .otherState),
    ("已退款", .otherState),
    ("余额不足", .refused("balance_low")),
    ("不能大于", .refused("refund_amount")),
    ("金额输入错误", .refused("refund_amount")),
    ("未开启", .refused("refund_not_allowed")),
    ("不支持", .refused("refund_not_allowed")),
    ("订单不存在", .refused("trade_not_found")),
    ("接口订单号不存在", .refused("trade_not_found")),
  ]
}
