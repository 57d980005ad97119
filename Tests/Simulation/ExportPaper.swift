import Crypto

/// What somebody exports by hand at the gateway's desk: rows of several days, in a form that the
/// shop declared, each with the number of the merchant that it is of.
struct ExportPaper {
  struct Row {
    let row: BillPaper.Row
    let merchant: String
    /// Of the text, from 1.
    let line: Int
  }

  static let layout = """
    {"name": "desk", "currency": "CNY", "amounts": "by_kind",
     "kinds": {"paid": "charge", "back": "refund"},
     "columns": {"time": "time", "transaction": "trade", "reference": "number", "kind": "kind",
                 "amount": "amount", "refund_reference": "refund", "merchant": "merchant"},
     "time": {"order": "ymd", "zone": "+08:00"}}
    """

  let rows: [Row]
  let bytes: [UInt8]
  /// SHA-256 of the bytes, as a statement has it.
  let digest: String

  init(_ rows: [(row: BillPaper.Row, merchant: String)]) {
    var lines = ["time,trade,number,kind,amount,refund,merchant"]
    var numbered: [Row] = []
    for (row, merchant) in rows {
      lines.append(
        [
          FakeAlipay.time(row.at), row.transaction, row.number, row.isRefund ? "back" : "paid",
          FakeAlipay.yuan(row.minor), row.refundNumber, merchant,
        ].joined(separator: ","))
      numbered.append(Row(row: row, merchant: merchant, line: lines.count))
    }
    self.rows = numbered
    bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    digest = SHA256.hash(bytes).hex
  }
}
