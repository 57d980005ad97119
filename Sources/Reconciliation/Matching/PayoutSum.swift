import Domain

/// What a payout is made of: rows that add up to it to the last minor unit.
package struct PayoutSum: Hashable, Sendable {
  package enum Basis: String, Hashable, Sendable {
    /// The gateway names the payout in each of its rows.
    case batch
    /// It names none; a stretch of whole days, or of all since the payout before, adds up to it.
    case days
  }

  package let basis: Basis
  /// Row numbers, ascending. Where several stretches would do, those of the latest.
  package let rows: [Int]
  /// How many stretches would do; only one is a proof.
  package let alternatives: Int

  package var isProven: Bool { alternatives == 1 }
}

/// Looks for the stretches of rows that payouts without a name paid out, in one currency.
///
/// What touches the balance is cut where a day begins and where a payout was made. Each run of
/// neighbouring pieces before a payout is tried: an amount found once is a proof, found twice it is
/// only a suggestion, and not found it says nothing, because people may draw any amount.
struct PayoutSearch {
  /// Pieces looked back over; stretches grow with the square of it.
  static let piecesMax = 62

  private struct Piece {
    var rows: [Int] = []
    var net: Int64 = 0
  }

  /// Oldest first; none is empty.
  private var pieces: [Piece] = []
  /// How many pieces lie before a payout, by its row.
  private var ends: [Int: Int] = [:]

  /// - Parameter from: where a day of the statement begins.
  init(_ table: EntryTable, in currency: Currency, from: Timestamp) {
    var open = Piece()
    var day: Int64?
    func close() {
      if !open.rows.isEmpty { pieces.append(open) }
      open = Piece()
    }
    for row in Self.rows(table, in: currency) {
      let entry = table.entries[row]
      if entry.kind == .payout {
        close()
        ends[row] = pieces.count
        continue
      }
      let today = Self.day(of: entry.at, from: from)
      if today != day { close() }
      day = today
      guard let minor = table.balanceChange(ofRow: row).minor else { continue }
      let (net, overflow) = open.net.addingReportingOverflow(minor)
      open.net = overflow ? 0 : net
      open.rows.append(row)
    }
  }

  /// What touched the balance, oldest first. Rows that waited in earlier bills are only some of
  /// those of their days.
  private static func rows(_ table: EntryTable, in currency: Currency) -> [Int] {
    let rows = table.entries.indices.filter { row in
      let entry = table.entries[row]
      return entry.status == .succeeded && !entry.flags.contains(.carried)
        && table.balanceChange(ofRow: row).currency == currency
    }
    return rows.sorted {
      (table.entries[$0].at.milliseconds, $0) < (table.entries[$1].at.milliseconds, $1)
    }
  }

  private static func day(of moment: Timestamp, from: Timestamp) -> Int64 {
    let passed = moment.milliseconds(since: from)
    return passed >= 0 ? passed / 86_400_000 : (passed - 86_399_999) / 86_400_000
  }

  /// Nil where nothing adds up to it.
  ///
  /// - Parameter minor: what was paid out, positive.
  func run(payout: Int, minor: Int64) -> PayoutSum? {
    guard minor > 0, let end = ends[payout] else { return nil }
    let before = pieces[..<end].suffix(Self.piecesMax)
    var found: [ClosedRange<Int>] = []
    for last in before.indices.reversed() {
      var sum: Int64 = 0
      for first in before[...last].indices.reversed() {
        let (next, overflow) = sum.addingReportingOverflow(before[first].net)
        guard !overflow else { break }
        sum = next
        if sum == minor { found.append(first...last) }
      }
    }
    guard let latest = found.first else { return nil }
    return PayoutSum(
      basis: .days, rows: before[latest].flatMap(\.rows).sorted(), alternatives: found.count)
  }
}
