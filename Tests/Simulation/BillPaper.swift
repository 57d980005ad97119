import Crypto

/// A bill as the gateway gives it out: rows, the text made of them and the archive around it.
struct BillPaper {
  struct Row: Hashable {
    let isRefund: Bool
    var transaction: String
    /// Our number of the payment.
    let number: String
    let refundNumber: String
    let at: Int64
    /// What moved, without a sign.
    var minor: Int64
    /// Of the text, from 1; 0 before it was written.
    var line = 0

    var signed: Int64 { isRefund ? -minor : minor }
    /// Ours: of the payment, or of the refund.
    var reference: String { isRefund ? refundNumber : number }
  }

  /// Something in it that is not so.
  struct Flaw: Hashable {
    let lie: Behaviour
    /// The row as it should be; nil where the whole file is meant.
    let row: Row?
    /// The transaction number that the bill shows instead.
    var shown = ""
  }

  let day: String
  private(set) var rows: [Row]
  let flaws: [Flaw]
  let bytes: [UInt8]
  /// SHA-256 of the bytes, as a statement has it.
  let digest: String

  /// What moved, each row once.
  var net: Int64 {
    var once: Set<Row> = []
    for var row in rows {
      row.line = 0
      once.insert(row)
    }
    return once.reduce(0) { $0 + $1.signed }
  }

  private static let head = [
    "#支付宝业务明细查询", "#账号：[20880012345678900156]", "#业务明细列表",
    "支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）",
  ]

  init(day: String, _ rows: [Row], flaws: [Flaw]) {
    self.day = day
    self.flaws = flaws
    var lines = Self.head
    var numbered: [Row] = []
    for var row in rows {
      lines.append(Self.text(row))
      row.line = lines.count
      numbered.append(row)
    }
    self.rows = numbered
    lines += Self.totals(rows, areWrong: flaws.contains { $0.lie == .billTotalsWrong })
    let text = lines.map { $0 + "\r\n" }.joined()
    bytes = StoredZip.archive(name: "20880012345678900156_\(day).csv", Array(text.utf8))
    digest = SHA256.hash(bytes).hex
  }

  private static func yuan(_ signed: Int64) -> String {
    signed < 0 ? "-" + FakeAlipay.yuan(-signed) : FakeAlipay.yuan(signed)
  }

  private static func text(_ row: Row) -> String {
    let amount = yuan(row.signed)
    return [
      row.transaction + "\t", row.number + "\t", row.isRefund ? "退款" : "交易",
      FakeAlipay.time(row.at), amount, amount, row.refundNumber + "\t", "0.00",
    ].joined(separator: ",")
  }

  private static func totals(_ rows: [Row], areWrong: Bool) -> [String] {
    let paid = rows.filter { !$0.isRefund }
    let back = rows.filter(\.isRefund)
    let sum = paid.reduce(0) { $0 + $1.minor } + (areWrong ? 1 : 0)
    let given = back.reduce(0) { $0 + $1.minor }
    return [
      "#业务明细列表结束",
      "#交易合计：\(paid.count)笔，商家实收共\(yuan(sum))元，商家优惠共0.00元",
      "#退款合计：\(back.count)笔，商家实收退款共\(yuan(-given))元，商家优惠退款共0.00元",
    ]
  }
}

/// Zip archives of one file that is not squeezed.
enum StoredZip {
  static func archive(name: String, _ content: [UInt8]) -> [UInt8] {
    let name = Array(name.utf8)
    let facts =
      half(0) + half(0) + half(0x21) + word(checksum(content)) + word(UInt32(content.count))
      + word(UInt32(content.count)) + half(UInt16(name.count)) + half(0)
    let entry = word(0x0403_4B50) + half(20) + half(0) + facts + name + content
    let directory =
      word(0x0201_4B50) + half(20) + half(20) + half(0) + facts + half(0) + half(0) + half(0)
      + word(0) + word(0) + name
    let end =
      word(0x0605_4B50) + half(0) + half(0) + half(1) + half(1) + word(UInt32(directory.count))
      + word(UInt32(entry.count)) + half(0)
    return entry + directory + end
  }

  private static func half(_ value: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }

  private static func word(_ value: UInt32) -> [UInt8] {
    half(UInt16(truncatingIfNeeded: value)) + half(UInt16(truncatingIfNeeded: value >> 16))
  }

  /// CRC-32 as zip files have it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
