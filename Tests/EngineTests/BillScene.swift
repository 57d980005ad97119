import Domain
import Engine
import Store
import Testing

@testable import Gateways

/// Bills of the tests' bank. How one is downloaded is the adapters' matter and is not used here.
struct TestBills: BillSource {
  static let schedule = BillSchedule(
    zoneOffsetMinutes: 480, readyAfterMilliseconds: 9 * 3_600_000, keptDays: 90,
    silenceMeansEmptyAfterMilliseconds: 12 * 3_600_000)

  let kinds: [BillKind]

  var offers: [BillOffer] {
    kinds.map { BillOffer(kind: $0, format: .csv, schedule: Self.schedule) }
  }

  func first(for bill: BillName, at now: Timestamp) throws(Fault) -> BillStep {
    preconditionFailure("nothing is downloaded here")
  }

  func read(
    _ answer: GatewayAnswer, to step: BillStep, of bill: BillName, at now: Timestamp
  ) throws(Fault) -> BillReading {
    preconditionFailure("nothing is downloaded here")
  }
}

extension World {
  /// A shop whose bank gives out bills.
  static func withBills() throws -> World {
    var gateway = TestGateway(name: "bank")
    gateway.givesBills = true
    return try World(gateways: [gateway, TestGateway(name: "other")])
  }

  /// What the shell makes of a task.
  func billEnd(of task: BillTask) -> BillTaskEnd {
    do {
      switch task.step {
      case .download: return .downloaded(bill(task))
      case .read(let statement, let from, let to):
        return .read(
          try StatementReading.draft(
            of: statement, for: BillTask.owner, gateway: task.gateway, layout: task.layout,
            period: (from, to), from: reader()))
      case .compare(let statement):
        return .compared(try Comparison.draft(of: statement, with: nil, from: reader(), at: now))
      }
    } catch let rejection as Rejection {
      return .refused(rejection)
    } catch { return .failed("\(error)") }
  }

  static func file(_ task: BillTask, _ bytes: [UInt8]) -> Result<BillOutcome, Fault> {
    .success(
      .file(
        BillFile(
          name: task.bill, format: .csv, fileName: "bill.csv", bytes: bytes, digest: nil,
          saysEmpty: false, pageCount: 1)))
  }

  static func reason(_ text: String) -> Reason { Reason(code: "bill_absent", text: text) }

  /// The day that it is in Beijing.
  var today: CivilDay { CivilDay(now, offsetMinutes: 480) }

  func billOf(_ day: CivilDay) throws -> Store.BillRow {
    try #require(try store.bill(BillName(kind: .trade, day: day), of: "bank"))
  }

  func downloads(of day: CivilDay) -> [Timestamp] {
    billTasks.compactMap { item in
      guard case .download = item.task.step, item.task.bill.day == day else { return nil }
      return item.at
    }
  }
}
