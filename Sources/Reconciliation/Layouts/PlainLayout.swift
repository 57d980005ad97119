package import Domain

/// A shop's own books under headings of ours, as a query of its database can name them.
extension StatementLayout {
  package static let plainName = "plain"

  /// The fields, by the names that their headings have; the first is the one to tell people.
  private static let plainColumns: [Column] = [
    Column(.time, "time", "paid_at", "支付时间"),
    Column(.reference, "reference", "order_no", "out_trade_no", "商户订单号"),
    Column(.kind, "kind", "类型"), Column(.gross, "amount", "金额"),
    Column(.transaction, "transaction", "gateway_txn_id", "交易流水号", required: false),
    Column(.parent, "parent", "原订单号", required: false),
    Column(.fee, "fee", "手续费", required: false),
    Column(.currency, "currency", "币种", required: false),
  ]

  /// What its headings must be and may be besides, for people.
  package static let plainHeadings = (
    needed: ["time", "reference", "kind", "amount"],
    besides: ["transaction", "parent", "status", "fee", "currency"]
  )

  private static let plainKinds: [String: RowMeaning] = [
    "charge": .row(.charge), "refund": .row(.refund), "fee": .row(.fee),
    "payout": .row(.payout), "payout_return": .row(.payoutReturn),
    "refund_return": .row(.refundReturn),
    "dispute": .row(.dispute), "adjustment": .row(.adjustment),
    "transfer": .row(.transfer), "收款": .row(.charge), "退款": .row(.refund),
  ]

  private static let plainStatuses: [String: RowMeaning] = [
    "succeeded": .status(.succeeded), "pending": .status(.pending), "failed": .status(.failed),
    "成功": .status(.succeeded), "处理中": .status(.pending), "失败": .status(.failed),
  ]

  /// With a column of the status, and without: what fits a file is the first that does.
  ///
  /// - Parameters:
  ///   - offsetMinutes: of the clock of times that name no zone.
  ///   - currency: of rows that name none.
  package static func plain(offsetMinutes: Int64, currency: Currency?) -> [StatementLayout] {
    let status = Column(.status, "status", "状态")
    return [plainColumns + [status], plainColumns].map { columns in
      var layout = StatementLayout(
        name: plainName, columns: columns,
        time: TimeShape(.yearMonthDay, offsetMinutes: offsetMinutes))
      layout.kinds = plainKinds
      layout.amounts = .byKind
      layout.feeSign = .byKind
      layout.currency = currency
      if columns.count > plainColumns.count {
        layout.statuses = plainStatuses
        layout.otherStatus = nil
      }
      return layout
    }
  }
}
