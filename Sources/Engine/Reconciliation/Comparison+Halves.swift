import Domain
import Reconciliation
import Store

/// Exchanges within a balance that midnight parts, so that each half stands in a statement of its
/// own. One belongs to that of the two which was first compared last, whichever is compared again.
struct PartedExchanges {
  /// Halves in other statements whose exchange belongs to this one.
  fileprivate(set) var joined: [StatementPlace] = []
  /// Rows of the statement itself whose exchange belongs to another one.
  fileprivate(set) var left: Set<Int> = []
  /// Where the other halves stand.
  fileprivate(set) var statements: [StatementID] = []
}

extension Comparison {
  /// Both halves are of one moment, which two statements may cut differently.
  private static let dayMilliseconds: Int64 = 86_400_000

  /// - Parameter own: the rows of the statement itself.
  func findHalves(
    in own: EntryTable, besides copies: MovementCopies
  ) throws -> PartedExchanges {
    var parted = PartedExchanges()
    var alone = own.halvesAlone.filter { copies.rows[$0] == nil }
    guard !alone.isEmpty else { return parted }
    let booked = try halvesTold().filter { $0.resolution == .adjudicated }
    let decided = Set(booked.compactMap { $0.facts.theirs?.text })
    let first = try firstRun(over: statement)
    for other in try neighbours() where !alone.isEmpty {
      guard let began = try firstRun(over: other) else { continue }
      let isOurs = first.map { began < $0 } ?? true
      let table = try kept.read(other).table
      let halves = table.halvesAlone
      alone.removeAll { row in
        guard let half = halves.first(where: { own.isExchange(row, with: $0, of: table) }) else {
          return false
        }
        let line = Int64(table.entries[half].line)
        let place = StatementPlace(statement: other.id, line: line)
        // What people have taken into the books alone is there already.
        guard !decided.contains(place.text) else { return false }
        if isOurs {
          parted.joined.append(place)
        } else {
          parted.left.insert(row)
        }
        parted.statements.append(other.id)
        return true
      }
    }
    return parted
  }

  /// Statements in force whose days may hold the other half, in the order of their identifiers.
  private func neighbours() throws -> [StatementRecord] {
    let found = try store.statements(
      gateway: statement.gateway, content: statement.content,
      from: statement.from.adding(milliseconds: -Self.dayMilliseconds),
      to: statement.to.adding(milliseconds: Self.dayMilliseconds), before: nil,
      limit: Self.overlapsMax)
    return found.reversed().filter { $0.id != statement.id && $0.supersededBy == nil }
  }

  /// Those that wait were added with all that waits.
  mutating func addHalves() throws {
    let known = Set((theirs.ownCount..<theirs.table.count).map { theirs.rowPlace($0) })
    var lines: [StatementID: Set<UInt32>] = [:]
    for place in parted.joined where !known.contains(place) {
      lines[place.statement, default: []].insert(UInt32(clamping: place.line))
    }
    for id in lines.keys.sorted() {
      guard let record = try store.statement(id), let lines = lines[id] else { continue }
      theirs.add(try kept.carried(record, lines), of: id)
    }
  }

  /// Differences about halves that are alone no more.
  func halvesNoMore() throws -> [String] {
    guard !parted.joined.isEmpty else { return [] }
    let joined = Set(parted.joined.map(\.text))
    return try halvesTold().filter { told in
      told.facts.theirs.map { joined.contains($0.text) } == true
    }.map(\.id.text)
  }

  /// Differences about halves that stood alone, whatever became of them.
  private func halvesTold() throws -> [DiscrepancyRecord] {
    var found: [DiscrepancyRecord] = []
    for kind in [DiscrepancyKind.exchangeUnexplained, .carryOverAgedOut] {
      var filter = DiscrepancyFilter()
      (filter.gateway, filter.kind) = (statement.gateway, kind)
      var last: DiscrepancyRecord?
      repeat {
        let page = try store.discrepancies(filter, before: last?.id, limit: Limits.listMax)
        found += page.filter { $0.facts.ours == nil }
        last = page.count == Limits.listMax ? page.last : nil
      } while last != nil
    }
    return found
  }
}
