import Domain
import Reconciliation
import Store

/// The bank's side of a comparison.
extension Comparison {
  /// Rows of the bank's statement, with those set apart that are payouts of other runs. Behind them
  /// stand the rows of its other files that are payouts compared now.
  func bankStatement(
    _ bank: StatementRecord, beside payouts: StatementRows, _ seen: SeenAtBank
  ) throws -> StatementRows {
    let known = Set(Self.payouts(of: payouts))
    let taken = try store.arrivals(at: bank.id).filter { !known.contains($0.payout) }
    var rows = StatementRows(try kept.read(bank).table, of: bank.id)
    let kind = try StatementReading.layout(of: statement).gatewayKind ?? statement.gateway
    rows.prepareBankRows(
      gatewayKind: kind, taken: Set(taken.map { UInt32(clamping: $0.place.line) }))
    for file in seen.files { rows.add(file.rows, of: file.statement) }
    return rows
  }

  /// What was found in another statement of the bank is there, whatever this one holds; what a
  /// later bill gave back is not awaited. Nor is what came together with payouts of other bills, or
  /// gave one of them back: it is looked for with them, or not at all. Of one that came short the
  /// rest may come in any file of that account.
  func markArrived(_ rows: inout StatementRows, _ rules: MatchRules) throws -> SeenAtBank {
    var (found, back): ([Int], [Int]) = ([], [])
    var seen = SeenAtBank()
    let known = Set(Self.payouts(of: rows))
    let together = try payoutsTogether(with: known)
    for row in rows.awaitedPayouts {
      let text = rows.reference(row).text
      let ends = try store.ends(ofPayout: text)
      let credits = ends.filter(\.isAtBank)
      // What gave it back in the same bill is found again.
      let isElsewhere = credits.contains { $0.statement != bank?.id }
      let isOver = !credits.isEmpty && credits.count < ends.count
      if isOver || together.contains(text) {
        found.append(row)
      } else if isElsewhere {
        let places = try store.credits(ofPayout: text)
        let isAwaited = try seen.add(row, of: rows, at: places, beside: bank, kept, rules)
        if !isAwaited { found.append(row) }
      } else if ends.contains(where: { !$0.isAtBank && $0.statement != rows.ownStatement }) {
        back.append(row)
      }
    }
    let ends = try store.arrivals(at: rows.ownStatement).filter { !known.contains($0.payout) }
    rows.mark(found + rows.returns(onLines: Set(ends.map(\.place.line))), .taken)
    rows.mark(back, .returned)
    let debited = try bank.map { try kept.read($0).table.numbersDebited } ?? []
    try addPayouts(
      rows.payoutsGivenBack.union(debited.subtracting(rows.payoutNames)), to: &rows)
    rows.mark(
      try rows.payouts(named: debited).filter { row in
        try store.ends(ofPayout: rows.rowPlace(row).text).contains { !$0.isAtBank }
      }, .returned)
    return seen
  }

  /// What had come to the bank waits no more, and may yet be given back, or taken back by the bank.
  private func addPayouts(_ names: Set<[UInt8]>, to rows: inout StatementRows) throws {
    guard !names.isEmpty, let own = try store.statement(rows.ownStatement) else { return }
    let first = own.from.adding(milliseconds: -Self.returnedWithin)
    var lines: [StatementID: Set<UInt32>] = [:]
    for place in try store.payoutsArrived(of: own.gateway, own.content, first..<own.from) {
      lines[place.statement, default: []].insert(UInt32(clamping: place.line))
    }
    for id in lines.keys.sorted() {
      guard let record = try store.statement(id), let wanted = lines[id] else { continue }
      rows.addFound(try kept.payouts(names, of: record, wanted), of: id)
    }
  }

  /// Those of these that share a row of the bank with payouts of other bills.
  private func payoutsTogether(with known: Set<String>) throws -> Set<String> {
    guard let bank else { return [] }
    let ends = try store.arrivals(at: bank.id)
    var others = Set(ends.map(\.payout)).subtracting(known)
    while true {
      let places = Set(ends.filter { others.contains($0.payout) }.map(\.place))
      let all = others.union(ends.filter { places.contains($0.place) }.map(\.payout))
      guard all.count > others.count else { return others.intersection(known) }
      others = all
    }
  }

  static func payouts(of rows: StatementRows) -> [String] {
    rows.awaitedPayouts.map { rows.reference($0).text }
  }

  /// Which of the bank's days can only hold payouts that are known.
  func boundBank(_ rules: inout MatchRules) throws {
    let awaited = try store.payoutsAwaited(of: statement.gateway)
    rules.keepsPayouts = bank != nil || awaited != nil
    var first = min(awaited ?? statement.from, statement.from)
    if let unwatched = try store.payoutsUnwatched(beside: statement) {
      first = max(first, unwatched)
    }
    // Until then payouts of the time before may come, which nobody here knows.
    let last = rules.calendar.adding(
      businessDays: rules.bankDays, to: first.adding(milliseconds: -1))
    rules.bankFrom = max(statement.from, last.adding(milliseconds: 1))
    rules.bankTo = statement.to
    rules.bankEnds = bank?.to
  }
}
