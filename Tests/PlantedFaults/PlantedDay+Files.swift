import Domain
package import Reconciliation

/// The same day as files: a trade bill as WeChat writes it, and our side as a plain table.
extension PlantedDay {
  package var bill: [UInt8] {
    var text: [UInt8] = [0xEF, 0xBB, 0xBF]
    text += Self.billHeading.utf8
    var rows: Int64 = 0
    var gross: Int64 = 0
    var refunded: Int64 = 0
    var fees: Int64 = 0
    for row in statement where Self.standsInBill(row) {
      let isRefund = row.kind == .refund
      rows += 1
      fees += row.fee
      if isRefund { refunded -= row.gross } else { gross += row.gross }
      let amount = Self.yuan(isRefund ? -row.gross : row.gross)
      let charge = isRefund ? row.parent : row.reference
      let own = isRefund ? "`\(row.transaction),`\(row.reference)" : "`0,`0"
      let time = CivilTime(row.at, offsetMinutes: 480)
      text +=
        """
        `\(time.dateText) \(time.timeText),`wxab8acd895ab1638a,`\(row.merchant),`0,`,\
        `\(row.transaction),`\(charge),`oUpF8uMuAJO_M2pxb1Q9,`NATIVE,\
        `\(isRefund ? "REFUND" : "SUCCESS"),`OTHERS,`\(row.currency.code),\
        `\(isRefund ? "0.00" : amount),`0.00,\(own),`\(isRefund ? amount : "0.00"),`0.00,\
        `\(isRefund ? "ORIGINAL" : ""),`\(isRefund ? Self.word(row.status) : ""),`月卡, 一件,`,\
        `\(Self.yuan(row.fee))000,`0.60%,`\(isRefund ? "0.00" : amount),\
        `\(isRefund ? amount : "0.00"),`\r\n
        """.utf8
    }
    text += Self.totalsHeading.utf8
    text +=
      """
      `\(rows).0,`\(Self.yuan(gross)),`\(Self.yuan(refunded)),`0.0,`\(Self.yuan(fees)),\
      `\(Self.yuan(gross)),`\(Self.yuan(refunded))\r\n
      """.utf8
    return text
  }

  package var books: [UInt8] {
    var text = Array("at,reference,transaction,kind,status,gross,fee,currency\n".utf8)
    for row in local where row.kind == .charge || row.kind == .refund {
      let time = CivilTime(row.at, offsetMinutes: 0)
      let status =
        switch row.status {
        case .succeeded: "succeeded"
        case .pending: "pending"
        case .failed: "failed"
        }
      text +=
        """
        \(time.dateText) \(time.timeText),\(row.reference),\(row.transaction),\
        \(row.kind == .refund ? "refund" : "charge"),\(status),\(row.gross),\(row.fee),\
        \(row.currency.code)\n
        """.utf8
    }
    return text
  }

  /// How `books` is read.
  package static let booksLayout: StatementLayout = {
    var layout = StatementLayout(
      name: "books",
      columns: [
        Column(.time, "at"), Column(.reference, "reference"), Column(.transaction, "transaction"),
        Column(.kind, "kind"), Column(.status, "status"), Column(.gross, "gross"),
        Column(.fee, "fee"), Column(.currency, "currency"),
      ], time: TimeShape(.yearMonthDay, offsetMinutes: 0))
    layout.quoting = .none
    layout.countsMinorUnits = true
    layout.kinds = ["charge": .row(.charge), "refund": .row(.refund)]
    layout.statuses = [
      "succeeded": .status(.succeeded), "pending": .status(.pending), "failed": .status(.failed),
    ]
    layout.otherStatus = nil
    return layout
  }()

  /// Charges that failed stand in no bill of WeChat.
  private static func standsInBill(_ row: PlantedRow) -> Bool {
    row.kind == .refund || (row.kind == .charge && row.status == .succeeded)
  }

  private static func word(_ status: EntryStatus) -> String {
    switch status {
    case .succeeded: "SUCCESS"
    case .pending: "PROCESSING"
    case .failed: "FAIL"
    }
  }

  /// What the two files alone show of the planted faults: some kinds need more, and some look like
  /// another kind without it.
  package var truthOfFiles: Set<PlantedTruth> {
    Set(
      truth.compactMap { item in
        Self.kindInFiles(item.kind).map { PlantedTruth(item.key, $0) }
      })
  }

  private static func kindInFiles(_ kind: DiscrepancyKind) -> DiscrepancyKind? {
    switch kind {
    // The order without a payment is in no file.
    case .missingLocally: .unknownMoney
    // The bill leaves out the charge that failed there.
    case .localSuccessOnly: .missingAtGateway
    default: need(of: kind) == nil ? kind : nil
    }
  }

  private static func yuan(_ minor: Int64) -> String {
    let digits = CivilTime.padded(abs(minor), 3)
    return (minor < 0 ? "-" : "") + digits.dropLast(2) + "." + digits.suffix(2)
  }

  private static let billHeading =
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,"
    + "商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n"
  private static let totalsHeading =
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n"
}
