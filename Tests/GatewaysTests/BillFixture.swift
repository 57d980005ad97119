import Domain
import JSON
import Testing

@testable import Gateways

/// Drives a download with answers that a test has prepared.
enum BillFixture {
  static let now = AlipayFixture.moment("2026-11-21 16:00:00")
  static let day = CivilDay(now, offsetMinutes: 480).adding(days: -1)

  static func name(_ kind: BillKind) -> BillName { BillName(kind: kind, day: day) }

  static func download(_ gateway: any Gateway, _ kind: BillKind) throws -> BillDownload {
    try BillDownload(name(kind), from: #require(gateway.bills), at: now)
  }

  static func answer(_ body: [UInt8], status: Int = 200) -> GatewayAnswer {
    GatewayAnswer(status: status, headers: [], body: body)
  }

  /// How taking an answer failed: the kind of fault and the reason's code; else what came of it.
  static func fault(_ download: inout BillDownload, _ answer: GatewayAnswer) -> String {
    do throws(Fault) {
      return "taken \(String(describing: try download.take(answer, at: now)))"
    } catch {
      switch error {
      case .notSent(let reason): return "notSent \(reason.code)"
      case .outcomeUnknown(let reason): return "outcomeUnknown \(reason.code)"
      case .answered(let reason): return "answered \(reason.code)"
      }
    }
  }

  /// A zip archive with one stored file, by hand.
  static func zip(_ content: [UInt8], comment: [UInt8] = []) -> [UInt8] {
    let name = Array("bill.csv".utf8)
    let size = little(content.count, 4)
    let common: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0] + little(0, 4) + size + size
    let entry: [UInt8] = [0x50, 0x4B, 3, 4, 20, 0] + common + little(name.count, 2) + [0, 0]
    let body = entry + name + content
    let directory: [UInt8] =
      [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + common + little(name.count, 2)
      + [UInt8](repeating: 0, count: 16) + name
    let end: [UInt8] =
      [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0] + little(directory.count, 4)
      + little(body.count, 4) + little(comment.count, 2)
    return body + directory + end + comment
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
