package import Domain

/// Looks for the stretches of rows that payouts without a name paid out, in one currency.
///
/// What touches the balance is cut where a day begins and where a payout was made. Each run of
/// neighbouring pieces before a payout is tried: an amount found once is a proof, found twice it is
/// only a suggestion, and not found it says nothing, because people may draw any amount.
struct PayoutSearch {
  /// Pieces looked back over; stretches grow with the square of it.
  static let piecesMax = 62

  /// What touched the balance.
  private struct Move {
    let at: Int64
    /// Nil where the amount does not fit.
    let minor: Int64?
    let isPayout: Bool
    /// The row of the statement; of the statements before it, counted down from -1.
    let place: Int
  }

  private struct Piece {
    var places: [Int] = []
    var net: Int64 = 0
  }

  /// What adds up to a payout.
  struct Finding {
    /// Places of the latest stretch that would do, ascending.
    let places: [Int]
    let alternatives: Int
  }

  /// Oldest first; none is empty.
  private var pieces: [Piece] = []
  /// How many pieces lie before a payout, by its place, and what it was.
  private var ends: [Int: Int] = [:]
  private(set) var payouts: [(place: Int, minor: Int64)] = []
  /// Milliseconds, by place counted from -1 downwards.
  private var earlierTimes: [Int64] = []

  /// - Parameters:
  ///   - from: where a day of the statement begins.
  ///   - earlier: the statements before it.
  init(
    _ table: EntryTable, in currency: Currency, from: Timestamp, after earlier: [EntryTable] = []
  ) {
    var moves: [Move] = []
    for table in earlier {
      for row in Self.rows(table, in: currency) {
        earlierTimes.append(table.entries[row].at.milliseconds)
        moves.append(Self.move(table, row, place: -earlierTimes.count))
      }
    }
    moves += Self.rows(table, in: currency).map { Self.move(table, $0, place: $0) }
    cut(moves.sorted(by: Self.isBefore), from)
  }

  /// Rows that waited in earlier statements are only some of those of their days.
  private static func rows(_ table: EntryTable, in currency: Currency) -> [Int] {
    table.entries.indices.filter { row in
      let entry = table.entries[row]
      return entry.status == .succeeded && !entry.flags.contains(.carried)
        && table.balanceChange(ofRow: row).currency == currency
    }
  }

  private static func move(_ table: EntryTable, _ row: Int, place: Int) -> Move {
    let entry = table.entries[row]
    return Move(
      at: entry.at.milliseconds, minor: table.balanceChange(ofRow: row).minor,
      isPayout: entry.kind == .payout, place: place)
  }

  /// Of one moment, those of the statements before come first.
  private static func isBefore(_ one: Move, _ other: Move) -> Bool {
    (one.at, one.place < 0 ? 0 : 1, abs(one.place))
      < (other.at, other.place < 0 ? 0 : 1, abs(other.place))
  }

  private mutating func cut(_ moves: [Move], _ from: Timestamp) {
    var open = Piece()
    var day: Int64?
    for move in moves {
      let today = Self.day(of: move.at, from: from)
      if move.isPayout || today != day, !open.places.isEmpty {
        pieces.append(open)
        open = Piece()
      }
      guard !move.isPayout else {
        ends[move.place] = pieces.count
        if let minor = move.minor, minor < 0, minor != .min {
          payouts.append((move.place, -minor))
        }
        continue
      }
      day = today
      guard let minor = move.minor else { continue }
      let (net, overflow) = open.net.addingReportingOverflow(minor)
      open.net = overflow ? 0 : net
      open.places.append(move.place)
    }
  }

  private static func day(of moment: Int64, from: Timestamp) -> Int64 {
    let passed = moment - from.milliseconds
    return passed >= 0 ? passed / 86_400_000 : (passed - 86_399_999) / 86_400_000
  }

  /// Nil where nothing adds up to it.
  ///
  /// - Parameter minor: what was paid out, positive.
  func run(payout: Int, minor: Int64) -> Finding? {
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
    return Finding(
      places: before[latest].flatMap(\.places).sorted(), alternatives: found.count)
  }

  /// When a move of a statement before was made.
  func earlierTime(_ place: Int) -> Timestamp {
    Timestamp(milliseconds: earlierTimes[-place - 1])
  }
}

extension EntryTable {
  /// What pays out in one of these rows, looked for over the statements before this one as well.
  /// One row is paid out once: what another payout of any of them would take proves nothing.
  ///
  /// - Parameters:
  ///   - wanted: payouts that no row of this table names.
  ///   - earlier: the statements of the days before it.
  ///   - from: where a day begins.
  package func payoutStretches(
    for wanted: [Int], after earlier: [EntryTable], from: Timestamp
  ) -> [Int: PayoutStretch] {
    var stretches: [Int: PayoutStretch] = [:]
    for currency in Set(wanted.map { entries[$0].currency }).sorted() {
      let search = PayoutSearch(self, in: currency, from: from, after: earlier)
      var owners: [Int: Int] = [:]
      var found: [(row: Int, finding: PayoutSearch.Finding)] = []
      for (place, minor) in search.payouts {
        guard let finding = search.run(payout: place, minor: minor) else { continue }
        for part in finding.places { owners[part, default: 0] += 1 }
        if wanted.contains(place) { found.append((place, finding)) }
      }
      for (row, finding) in found {
        let times = finding.places.map { $0 < 0 ? search.earlierTime($0) : entries[$0].at }
        guard let first = times.min(), let last = times.max() else { continue }
        let rivals = finding.places.map { owners[$0] ?? 0 }.max() ?? 0
        stretches[row] = PayoutStretch(
          rows: finding.places.count, from: first, to: last,
          alternatives: max(finding.alternatives, rivals))
      }
    }
    return stretches
  }
}
