import Domain
import Engine
import Reconciliation
import Store

/// Somebody exports several days at Alipay's desk in one file, beside the bills of each of them.
extension World {
  private static let zoneMinutes: Int64 = 480
  private static let exportDays: Int64 = 3
  /// Until it was taken in and compared.
  static let exportMilliseconds: Int64 = 3_600_000

  /// Once everything else has come to rest, so that each row has its place already.
  ///
  /// - Returns: whether there is anything.
  func planExport() -> Bool {
    guard Behaviour.exports.contains(where: alipay.temper.has) else { return false }
    after(1) { $0.exportDays() }
    return true
  }

  private func exportDays() {
    let first = CivilDay(Timestamp(milliseconds: World.start), offsetMinutes: World.zoneMinutes)
    let days = (0..<World.exportDays).map { first.adding(days: $0) }
    let own = days.flatMap(alipay.trueRows).map { (row: $0, merchant: FakeAlipay.sellerID) }
    guard !own.isEmpty else { return }
    var others: [(row: BillPaper.Row, merchant: String)] = []
    if alipay.temper.has(.exportOfAnother) {
      alipay.temper.note(.exportOfAnother)
      others = rowsOfAnother(days[0]).map { ($0, FakeAlipay.otherSellerID) }
      take(ExportPaper(others), days, isOurs: false)
    }
    if alipay.temper.has(.exportBesideDays) { alipay.temper.note(.exportBesideDays) }
    let export = ExportPaper(own + others)
    alipay.papers.exports[export.digest] = export
    take(export, days, isOurs: true)
  }

  /// Somebody else's money, and money by a number of ours that nobody paid.
  private func rowsOfAnother(_ day: CivilDay) -> [BillPaper.Row] {
    let noon = day.start(offsetMinutes: World.zoneMinutes).milliseconds + 43_200_000
    let unpaid = alipay.numbers.first { alipay.trade($0)?.status != .paid }
    return [unpaid, "OTHER1"].compactMap(\.self).enumerated().map { place, number in
      BillPaper.Row(
        isRefund: false, transaction: "2097\(day.number)\(place)", number: number,
        refundNumber: "", at: noon, minor: alipay.trade(number)?.asked ?? 999)
    }
  }

  /// - Parameter isOurs: some of it is; a file that is all of another merchant must be refused.
  private func take(_ export: ExportPaper, _ days: [CivilDay], isOurs: Bool) {
    let count = Int64(export.bytes.count)
    call(
      "statement.begin", .statementBegin(name: nil, byteCount: count, digest: export.digest),
      by: People.wang
    ) { world, result in
      guard case .success(.received(let id, _)) = result else { throw world.refused(result) }
      world.call(
        "statement.append", .statementAppend(id, place: 0, export.bytes), by: People.wang
      ) { world, result in
        guard case .success = result else { throw world.refused(result) }
        try world.take(id, days, isOurs: isOurs)
      }
    }
  }

  private func take(_ upload: StatementID, _ days: [CivilDay], isOurs: Bool) throws {
    guard let layout = DeclaredLayout.read(kept: ExportPaper.layout) else {
      preconditionFailure("the layout reads")
    }
    let draft = try StatementReading.draft(
      of: upload, for: People.wang.principal, gateway: "alipay", layout: .declared(layout),
      period: (
        from: days[0].start(offsetMinutes: World.zoneMinutes),
        to: days[days.count - 1].end(offsetMinutes: World.zoneMinutes)
      ), from: StoreReader(path: store.path))
    call("statement.import", .statementImport(draft), by: People.wang) { world, result in
      if isOurs {
        guard case .success(.statement(let reply)) = result else { throw world.refused(result) }
        return world.compareByHand(reply.record.id, by: People.wang)
      }
      guard case .failure(let refusal) = result,
        refusal.rejection.code == .statementUnreadable
      else { throw Violation(rule: "B28", text: "a file of another merchant was taken in") }
    }
  }

  private func refused(_ result: Result<Reply, Refusal>?) -> Violation {
    Violation(rule: "export", text: "an export was refused: \(String(describing: result))")
  }
}
