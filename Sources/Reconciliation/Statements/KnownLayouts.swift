import Domain

/// The tables whose form we know; sources are the providers' format pages and real samples.
extension StatementLayout {
  package static let known: [StatementLayout] = [
    alipayTrades, alipayFunds, wechatTrades, wechatFunds, stripeActivity, payPalActivity,
    payPalDayFirst,
  ]

  private static let beijing = TimeShape(.yearMonthDay, offsetMinutes: 480)
  private static let yuan = Currency(code: "CNY")

  /// 业务明细 of the trade bill. 订单金额 is the amount we asked for; 商家实收 is what reaches the
  /// balance, and what the totals below the rows add up.
  package static let alipayTrades: StatementLayout = {
    var layout = StatementLayout(
      name: "alipay_trade",
      columns: [
        Column(.time, "完成时间"), Column(.transaction, "支付宝交易号"),
        Column(.reference, "商户订单号"), Column(.kind, "业务类型"),
        Column(.gross, "订单金额（元）"), Column(.refundReference, "退款批次号/请求号"),
        Column(.fee, "服务费（元）"), Column(.received, "商家实收（元）"),
      ], time: beijing)
    layout.comment = UInt8(ascii: "#")
    layout.kinds = ["交易": .row(.charge), "退款": .row(.refund)]
    layout.amounts = .byKind
    layout.feeSign = .byKind
    layout.currency = yuan
    layout.trailer = .alipay
    return layout
  }()

  /// 账务明细 of the balance. A movement is named by the trade it belongs to; its own number in the
  /// account's log is kept beside that.
  package static let alipayFunds: StatementLayout = {
    var layout = StatementLayout(
      name: "alipay_fund",
      columns: [
        Column(.time, "发生时间"), Column(.movement, "账务流水号"),
        Column(.transaction, "业务流水号", required: false),
        Column(.reference, "商户订单号", required: false),
        Column(.credit, "收入金额（+元）"), Column(.debit, "支出金额（-元）"),
        Column(.kind, "业务类型"),
      ], time: beijing)
    layout.comment = UInt8(ascii: "#")
    layout.kinds = [
      "在线支付": .row(.charge), "交易付款": .row(.charge), "交易退款": .row(.refund),
      "退款": .row(.refund), "收费": .row(.fee), "服务费": .row(.fee), "提现": .row(.payout),
      "转账": .row(.transfer),
    ]
    layout.otherKind = .row(.adjustment)
    layout.amounts = .twoColumns
    layout.currency = yuan
    layout.trailer = .alipay
    return layout
  }()

  /// 订单金额 and 申请退款金额 are the amounts we asked for; 应结订单金额 and 退款金额, what of them the
  /// balance gets or gives, are less by coupons that the merchant pays for.
  package static let wechatTrades: StatementLayout = {
    var layout = StatementLayout(
      name: "wechat_trade",
      columns: [
        Column(.time, "交易时间"), Column(.merchant, "商户号"), Column(.transaction, "微信订单号"),
        Column(.reference, "商户订单号"), Column(.kind, "交易状态"),
        Column(.currency, "货币种类"), Column(.gross, "订单金额", "总金额"),
        Column(.refundTransaction, "微信退款单号", required: false),
        Column(.refundReference, "商户退款单号", required: false),
        Column(.refundGross, "申请退款金额", "退款金额", required: false),
        Column(.received, "应结订单金额", required: false),
        Column(.refundReceived, "退款金额", required: false),
        Column(.refundStatus, "退款状态", required: false), Column(.fee, "手续费"),
      ], time: beijing)
    layout.quoting = .backticks
    layout.groupMark = nil
    layout.kinds = [
      "SUCCESS": .row(.charge), "REFUND": .row(.refund), "REVOKED": .row(.refund),
    ]
    layout.statuses = [
      "SUCCESS": .status(.succeeded), "PROCESSING": .status(.pending), "FAIL": .status(.failed),
      "CHANGE": .status(.pending), "ABNORMAL": .status(.pending), "CLOSED": .status(.failed),
      // A payment that was revoked at the till has no status of a refund.
      "": .status(.succeeded),
    ]
    layout.otherStatus = nil
    layout.amounts = .byKind
    layout.feeSign = .byKind
    layout.currency = yuan
    layout.trailer = .totals(heading: "总交易单数")
    return layout
  }()

  package static let wechatFunds: StatementLayout = {
    var layout = StatementLayout(
      name: "wechat_fund",
      columns: [
        Column(.time, "记账时间"), Column(.transaction, "微信支付业务单号"),
        Column(.movement, "资金流水单号"), Column(.reference, "业务凭证号"),
        Column(.kind, "业务类型"), Column(.mark, "收支类型"), Column(.gross, "收支金额（元）"),
      ], time: beijing)
    layout.quoting = .backticks
    layout.groupMark = nil
    layout.kinds = [
      "交易": .row(.charge), "退款": .row(.refund), "扣除交易手续费": .row(.fee),
      "提现": .row(.payout), "充值": .row(.transfer),
    ]
    layout.otherKind = .row(.adjustment)
    layout.amounts = .byMark(credit: ["收入"], debit: ["支出"])
    layout.currency = yuan
    layout.trailer = .totals(heading: "资金流水总笔数")
    return layout
  }()

  /// `balance_change_from_activity.itemized` and `payout_reconciliation.itemized`: decimals of the
  /// major unit, times in UTC in the `_utc` columns.
  package static let stripeActivity: StatementLayout = {
    var layout = StatementLayout(
      name: "stripe",
      columns: [
        Column(.time, "created_utc", "created"), Column(.transaction, "source_id"),
        Column(.reference, "payment_metadata[order_id]", "payment_intent_id", required: false),
        Column(.refundReference, "refund_metadata[refund_id]", required: false),
        Column(.parent, "charge_id", required: false), Column(.kind, "reporting_category"),
        Column(.gross, "gross"), Column(.fee, "fee", required: false),
        Column(.net, "net", required: false), Column(.currency, "currency"),
        Column(.batch, "automatic_payout_id", required: false),
      ], time: TimeShape(.yearMonthDay, offsetMinutes: 0))
    layout.kinds = [
      "charge": .row(.charge), "partial_capture_reversal": .row(.adjustment),
      "refund": .row(.refund), "refund_failure": .row(.refundReturn), "dispute": .row(.dispute),
      "dispute_reversal": .row(.dispute), "fee": .row(.fee), "payout": .row(.payout),
      "payout_reversal": .row(.payoutReturn), "transfer": .row(.transfer),
      "topup": .row(.transfer),
    ]
    layout.otherKind = .row(.adjustment)
    layout.groupMark = nil
    return layout
  }()

  /// The activity download; English headings. Dates and clocks are by the account's own zone, which
  /// each row names, and the month stands first.
  package static let payPalActivity: StatementLayout = {
    var layout = StatementLayout(
      name: "paypal",
      columns: [
        Column(.time, "Date"), Column(.clock, "Time", required: false),
        Column(.zone, "TimeZone", required: false),
        Column(.transaction, "Transaction ID"),
        Column(.reference, "Custom Number", "Invoice Number", required: false),
        Column(.parent, "Reference Txn ID", required: false), Column(.kind, "Type"),
        Column(.status, "Status"), Column(.currency, "Currency"), Column(.gross, "Gross"),
        Column(.fee, "Fee"), Column(.net, "Net"),
      ], time: TimeShape(.monthDayYear, offsetMinutes: 0))
    layout.kinds = [
      "Express Checkout Payment": .row(.charge), "Website Payment": .row(.charge),
      "General Payment": .row(.charge), "Mobile Payment": .row(.charge),
      "Payment Refund": .row(.refund), "Payment Reversal": .row(.dispute),
      "Chargeback": .row(.dispute), "Chargeback Fee": .row(.fee),
      "General Withdrawal": .row(.payout), "General Withdrawal - Bank Account": .row(.payout),
      "User Initiated Withdrawal": .row(.payout), "Authorization": .skip,
      "General Currency Conversion": .row(.conversion),
      "User Initiated Currency Conversion": .row(.conversion),
    ]
    layout.otherKind = .row(.adjustment)
    layout.statuses = [
      "Completed": .status(.succeeded), "Pending": .status(.pending), "Denied": .status(.failed),
      "Reversed": .status(.succeeded), "Refunded": .status(.succeeded),
      "Partially Refunded": .status(.succeeded), "Held": .status(.pending),
    ]
    layout.otherStatus = nil
    layout.feeSign = .negativeCosts
    return layout
  }()

  /// The same of accounts in countries that write the day before the month.
  package static let payPalDayFirst: StatementLayout = {
    var layout = payPalActivity
    layout.name = "paypal_day_first"
    layout.time.order = .dayMonthYear
    return layout
  }()
}
