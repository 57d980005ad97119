import Crypto
import Domain
import Engine
import Store
import Testing

/// A row of the bill that the bank of these tests gives out.
struct BillRow {
  var transaction: String
  var number: String
  var minor: Int64
  var at: Timestamp
  var refund: String?
  var fee: Int64 = 0
  /// What a coupon of the merchant's own took of it.
  var coupon: Int64 = 0

  var received: Int64 { minor - coupon }

  /// As Alipay writes it; times are those of Beijing.
  var line: String {
    let sign = refund == nil ? "" : "-"
    func yuan(_ minor: Int64) -> String {
      "\(sign)\(minor / 100).\(minor % 100 < 10 ? "0" : "")\(minor % 100)"
    }
    let cost = "-0.\(fee < 10 ? "0" : "")\(fee)"
    return [
      "\(transaction)\t", "\(number)\t", refund == nil ? "交易" : "退款", clock, yuan(minor),
      yuan(received), refund.map { "\($0)\t" } ?? "", cost,
    ].joined(separator: ",")
  }

  private var clock: String {
    let civil = CivilTime(at, offsetMinutes: 480)
    return "\(civil.dateText) \(civil.timeText)"
  }
}

enum Bill {
  /// A trade bill with totals that agree.
  static func text(_ rows: [BillRow]) -> [UInt8] {
    let charges = rows.filter { $0.refund == nil }
    let refunds = rows.filter { $0.refund != nil }
    let (paid, back) = (Self.received(charges), Self.received(refunds))
    func yuan(_ minor: Int64) -> String {
      "\(minor / 100).\(minor % 100 < 10 ? "0" : "")\(minor % 100)"
    }
    let heading = [
      "#支付宝业务明细查询",
      "支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）",
    ]
    let lines =
      heading + rows.map(\.line) + [
        "#交易合计：\(charges.count)笔，商家实收共\(yuan(paid))元",
        "#退款合计：\(refunds.count)笔，商家实收退款共-\(yuan(back))元",
        "",
      ]
    return Array(lines.joined(separator: "\n").utf8)
  }

  private static func received(_ rows: [BillRow]) -> Int64 { rows.reduce(0) { $0 + $1.received } }
}

extension World {
  static let finance = Caller(
    principal: "books", person: "zhao", seesAll: true, refundLimit: 0)

  /// The day of a moment in Beijing.
  func day(_ moment: Timestamp) -> (from: Timestamp, to: Timestamp) {
    let offset: Int64 = 480 * 60_000
    let day = (moment.milliseconds + offset) / 86_400_000
    return (
      Timestamp(milliseconds: day * 86_400_000 - offset),
      Timestamp(milliseconds: (day + 1) * 86_400_000 - offset)
    )
  }

  func upload(_ bytes: [UInt8], piece: Int = 200, by caller: Caller = World.finance) throws
    -> StatementID
  {
    let begun = try ask(
      "statement.begin",
      .statementBegin(
        name: "bill.csv", byteCount: Int64(bytes.count), digest: SHA256.hash(bytes).hex),
      by: caller)
    guard case .success(.received(let id, let start)) = begun else {
      throw ShortcutFault.unexpected("\(begun)")
    }
    for place in stride(from: Int(start), to: bytes.count, by: piece) {
      let part = Array(bytes[place..<min(place + piece, bytes.count)])
      let sent = try ask(
        "statement.append", .statementAppend(id, place: Int64(place), part), by: caller)
      guard case .success(.received) = sent else { throw ShortcutFault.unexpected("\(sent)") }
    }
    return id
  }

  func reader() throws -> StoreReader { try StoreReader(path: path, seal: World.seal) }

  func take(
    _ id: StatementID, gateway: String = "bank", isDryRun: Bool = false,
    by caller: Caller = World.finance
  ) throws -> Result<Reply, Refusal> {
    let draft = try StatementReading.draft(
      of: id, for: caller.principal, gateway: gateway, layout: nil, period: (nil, nil),
      from: reader())
    return try ask("statement.import", .statementImport(draft), by: caller, isDryRun: isDryRun)
  }

  func imported(_ rows: [BillRow], gateway: String = "bank") throws -> StatementRecord {
    let result = try take(try upload(Bill.text(rows)), gateway: gateway)
    guard case .success(.statement(let reply)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return reply.record
  }

  /// Compared anew where it was overtaken, as the server does.
  func reconcile(
    _ statement: StatementID, isDryRun: Bool = false
  ) throws -> (run: RunRecord, kinds: [DiscrepancyCount]) {
    func once(_ takenBack: Set<DiscrepancyID> = []) throws -> Result<Reply, Refusal> {
      let draft = try Comparison.draft(
        of: statement, with: nil, from: reader(), at: now, takingBack: takenBack)
      return try ask("recon.run", .reconcile(draft), by: World.finance, isDryRun: isDryRun)
    }
    var result = try once()
    if case .failure(let refusal) = result, refusal.rejection.code == .versionMismatch {
      result = try once(refusal.takenBack)
    }
    guard case .success(.reconciled(let run, let kinds)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return (run, kinds)
  }

  func discrepancies(of run: RunID) throws -> [DiscrepancyRecord] {
    var filter = DiscrepancyFilter()
    filter.run = run
    return try reader().discrepancies(filter, before: nil, limit: 200)
      .sorted { $0.facts.kind.rawValue < $1.facts.kind.rawValue }
  }
}
