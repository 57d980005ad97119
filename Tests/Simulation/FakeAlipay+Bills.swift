import Chance
import Domain
import Foundation
import Gateways

/// What the gateway keeps of its bills.
struct BillShelf {
  /// Trade bills that were ever given out, by the digest of their bytes.
  var given: [String: BillPaper] = [:]
  /// What was exported by hand, likewise.
  var exports: [String: ExportPaper] = [:]
  /// The bill of each day as it is given out now.
  var current: [String: BillPaper] = [:]
  /// Days whose bill was put right.
  var reissued: Set<String> = []
  /// What an address leads to.
  var files: [String: [UInt8]] = [:]
  var random: SeededRandom
}

/// The gateway's daily bills, made of its books, and what may be wrong with them.
extension FakeAlipay {
  static let billMethod = "alipay.data.dataservice.bill.downloadurl.query"
  private static let billHost = "dwbillcenter.alipay.com"
  private static let readyAfter: Int64 = 9 * 3_600_000
  private static let zoneMinutes: Int64 = 480

  /// Whether anybody could know of it: by an answer, a notice or a bill that was given out.
  func everSaidPaid(_ number: String) -> Bool {
    word.saysPaid(number)
      || papers.given.values.contains { paper in
        paper.rows.contains { !$0.isRefund && $0.number == number }
      }
  }

  // MARK: the address

  func billAddress(_ call: AlipayCall, at now: Int64) -> AlipaySpeech {
    guard let day = CivilDay(call.text("bill_date")) else {
      return .refusal(call.method, "INVAILID_ARGUMENTS")
    }
    let end = day.end(offsetMinutes: Self.zoneMinutes).milliseconds
    let absent = AlipaySpeech.refusal(call.method, "isp.bill_not_exist")
    guard now >= end + Self.readyAfter else { return absent }
    var trouble = temper.strike(.billRoad)
    let other = trouble == .billOfAnotherDay ? billBefore(day) : nil
    if trouble == .billOfAnotherDay, other == nil { trouble = nil }
    if let trouble { temper.note(trouble) }
    switch trouble {
    case .billLate: return absent
    case .billBroken: return .refusal(call.method, "isp.unknow-error")
    default: break
    }
    guard call.text("bill_type") == "trade" else { return fundAddress(call, day) ?? absent }
    let paper = trouble == .billOfAnotherDay ? other : tradeBill(of: day)
    guard var bytes = paper?.bytes else { return absent }
    switch trouble {
    case .billTorn: bytes = Array(bytes.prefix(bytes.count * 2 / 3))
    case .billGarbage: bytes = (0..<400).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    case .billExpired: bytes = Array("<html>The link has expired.</html>".utf8)
    default: break
    }
    let isForeign = trouble == .billForeignHost
    return address(
      call, bytes, on: isForeign ? Self.billHost + ".evil.example" : Self.billHost)
  }

  private func address(_ call: AlipayCall, _ bytes: [UInt8], on host: String) -> AlipaySpeech {
    let token = "t\(papers.files.count + 1)"
    papers.files[token] = bytes
    return .success(
      call.method,
      [("bill_download_url", "https://\(host)/downloadBillFile.resource?token=\(token)")], nil)
  }

  /// The file behind an address.
  func billFile(_ url: String) -> FakeAnswer {
    guard url.hasPrefix("https://\(Self.billHost)/"),
      let token = url.components(separatedBy: "token=").last, let bytes = papers.files[token]
    else {
      complain("a request for \(url), which is no address of ours")
      return FakeAnswer(result: .success(Self.plain(404, "")))
    }
    return FakeAnswer(
      result: .success(
        GatewayAnswer(
          status: 200, headers: [Header("Content-Type", "application/octet-stream")], body: bytes)))
  }

  // MARK: rows

  /// Payments and refunds of a day, in the order in which they happened.
  func trueRows(of day: CivilDay) -> [BillPaper.Row] {
    let from = day.start(offsetMinutes: Self.zoneMinutes).milliseconds
    let to = day.end(offsetMinutes: Self.zoneMinutes).milliseconds
    var rows: [BillPaper.Row] = []
    for number in numbers {
      guard let trade = trade(number), trade.status == .paid else { continue }
      if (from..<to).contains(trade.paidAt) {
        rows.append(
          BillPaper.Row(
            isRefund: false, transaction: trade.transaction, number: number, refundNumber: "",
            at: trade.paidAt, minor: trade.taken))
      }
      for refund in trade.refunds where (from..<to).contains(refund.madeAt) {
        rows.append(
          BillPaper.Row(
            isRefund: true, transaction: trade.transaction, number: number,
            refundNumber: refund.number, at: refund.madeAt, minor: refund.minor))
      }
    }
    return rows.sorted { ($0.at, $0.number, $0.refundNumber) < ($1.at, $1.number, $1.refundNumber) }
  }

  /// The bill of a day as it is given out now; nil for a day without business.
  private func tradeBill(of day: CivilDay) -> BillPaper? {
    let truth = trueRows(of: day)
    guard !truth.isEmpty else { return nil }
    if let known = papers.current[day.text] {
      guard papers.reissued.contains(day.text), !known.flaws.isEmpty else { return known }
      return give(BillPaper(day: day.text, truth, flaws: []))
    }
    let (rows, flaws) = flawed(truth, day)
    return give(BillPaper(day: day.text, rows, flaws: flaws))
  }

  private func give(_ paper: BillPaper) -> BillPaper {
    papers.current[paper.day] = paper
    papers.given[paper.digest] = paper
    return paper
  }

  /// The newest bill of a day before.
  private func billBefore(_ day: CivilDay) -> BillPaper? {
    (1...3).lazy.compactMap { self.tradeBill(of: day.adding(days: -$0)) }.first
  }

  /// From now on the bill is as it should have been.
  func putRight(_ day: CivilDay) { papers.reissued.insert(day.text) }

  private func flawed(
    _ truth: [BillPaper.Row], _ day: CivilDay
  ) -> ([BillPaper.Row], [BillPaper.Flaw]) {
    var rows: [BillPaper.Row] = []
    var flaws: [BillPaper.Flaw] = []
    for row in truth {
      let lie = temper.strike(.bill)
      let shown = written(row, lie)
      if shown != [row], let lie {
        temper.note(lie)
        flaws.append(.init(lie: lie, row: row, shown: shown.first?.transaction ?? ""))
      }
      rows += shown
    }
    switch temper.strike(.bill) {
    case .billTotalsWrong:
      temper.note(.billTotalsWrong)
      flaws.append(.init(lie: .billTotalsWrong, row: nil))
    case .billEmptied:
      temper.note(.billEmptied)
      return ([], truth.map { .init(lie: .billRowMissing, row: $0) })
    case .billRowUnknown:
      temper.note(.billRowUnknown)
      let noon = day.start(offsetMinutes: Self.zoneMinutes).milliseconds + 43_200_000
      let stranger = BillPaper.Row(
        isRefund: false, transaction: "2099\(day.number)", number: "STRANGER\(day.number)",
        refundNumber: "", at: noon, minor: 777)
      rows.append(stranger)
      flaws.append(.init(lie: .billRowUnknown, row: stranger, shown: stranger.transaction))
    default: break
    }
    return (rows, flaws)
  }

  private func written(_ row: BillPaper.Row, _ lie: Behaviour?) -> [BillPaper.Row] {
    var changed = row
    switch lie {
    case .billRowMissing: return []
    case .billRowDoubled: return [row, row]
    case .billAmountMore: changed.minor += papers.random.pick([1, 100, 60_000])
    case .billAmountLess: changed.minor = max(1, row.minor - papers.random.pick([1, 100]))
    case .billNumberChanged where !row.isRefund: changed.transaction = newTransaction()
    default: break
    }
    return [changed]
  }

  // MARK: the balance

  /// Every movement of the balance; nil for a day without any. Nothing is wrong with it.
  private func fundAddress(_ call: AlipayCall, _ day: CivilDay) -> AlipaySpeech? {
    let rows = trueRows(of: day)
    guard !rows.isEmpty else { return nil }
    var lines = ["#支付宝账务明细查询", "账务流水号,业务流水号,商户订单号,发生时间,收入金额（+元）,支出金额（-元）,业务类型"]
    for (place, row) in rows.enumerated() {
      let amount = Self.yuan(row.minor)
      lines.append(
        [
          "\(day.plainText)\(place)", row.transaction, row.number, Self.time(row.at),
          row.isRefund ? "0.00" : amount, row.isRefund ? "-" + amount : "0.00",
          row.isRefund ? "交易退款" : "在线支付",
        ].joined(separator: ","))
    }
    let text = lines.map { $0 + "\r\n" }.joined()
    let bytes = StoredZip.archive(name: "fund_\(day).csv", Array(text.utf8))
    return address(call, bytes, on: Self.billHost)
  }
}
