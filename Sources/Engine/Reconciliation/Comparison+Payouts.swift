import Domain
import Reconciliation
import Store

/// What payouts were found to be made of.
extension Comparison {
  /// How far statements before this one are looked over for what a payout without a name paid out.
  private static let payoutDaysMax: Int64 = 7
  private static let payoutRowsMax: Int64 = 200_000
  /// Banks turn a payout away within days; a gateway may tell of it later. Milliseconds.
  static let returnedWithin: Int64 = 35 * 86_400_000

  /// Payouts that were told of as missing when they were looked for in another file of the bank,
  /// and have not come since: what this one holds is no news of that difference. And those that
  /// came short, where that was told.
  func payoutsToldBefore(_ rows: StatementRows, _ seen: SeenAtBank) throws -> Set<Int> {
    guard let bank else { return [] }
    var known: Set<Int> = []
    for (row, places) in seen.parts {
      let payout = rows.reference(row)
      for place in places {
        let mark = Self.shortMark(payout, place)
        let told = try store.discrepancies(gateway: statement.gateway, mark: mark)
        if let newest = told.last, newest.resolution != .agrees { known.insert(row) }
      }
    }
    for row in rows.awaitedPayouts {
      let reference = rows.reference(row)
      let mark = Self.missingMark(reference)
      let told = try store.discrepancies(gateway: statement.gateway, mark: mark)
      guard let newest = told.last, newest.resolution != .agrees,
        try store.run(newest.facts.run)?.bank != bank.id
      else { continue }
      known.insert(row)
    }
    return known
  }

  /// Of a payout that the bank lacks; the same in every run.
  static func missingMark(_ payout: StatementRowReference) -> String {
    "\(DiscrepancyKind.payoutNotArrived.word)|\(payout.transaction ?? payout.text)"
  }

  /// Of a payout that came short, with the newest row of the bank that is a part of it.
  private static func shortMark(
    _ payout: StatementRowReference, _ credit: StatementPlace
  ) -> String {
    "\(DiscrepancyKind.payoutSum.word)|\(payout.transaction ?? payout.text)|\(credit.text)"
  }

  /// Those that this comparison took up again.
  func payoutsFreed() throws -> [String] {
    let contents = settlement == nil ? [statement.content] : [statement.content, .fund]
    return try contents.flatMap {
      try store.payoutsFreed(of: statement.gateway, $0).map(\.subject)
    }
  }

  /// In the order of their rows.
  func payoutProofs(_ result: MatchResult) throws -> [PayoutProof] {
    let rows = settlement?.funds ?? theirs
    let found = settlement?.result.payoutSums ?? result.payoutSums
    var proofs: [Int: PayoutProof] = [:]
    for (payout, sum) in found {
      let times = sum.rows.map { rows.table.entries[$0].at }
      guard let first = times.min(), let last = times.max() else { continue }
      proofs[payout] = proof(
        payout, rows, sum.basis == .batch ? .batch : .days, sum.rows.count, first, last,
        sum.alternatives)
    }
    let named = Set(found.filter { $0.value.basis == .batch }.keys)
    for (payout, stretch) in try stretchesOfDaysBefore(result, rows, named) {
      proofs[payout] = proof(
        payout, rows, .days, stretch.rows, stretch.from, stretch.to, stretch.alternatives)
    }
    return proofs.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Payouts that are looked for at the bank again.
  func payoutsAwaited(_ result: MatchResult, _ rules: MatchRules) -> [PayoutAwaited] {
    let rows = settlement?.funds ?? theirs
    let waiting =
      settlement?.result.fundWaiting
      ?? result.awaited + result.statementBuckets.indices.filter {
        result.statementBuckets[$0] == .pooled
      }
    let payouts = waiting.filter { rows.table.entries[$0].kind == .payout }
    return (payouts + shortPayouts(result)).sorted().map { row in
      let sentAt = rows.table.entries[row].at
      return PayoutAwaited(
        place: rows.rowPlace(row), sentAt: sentAt,
        dueAt: rules.calendar.adding(businessDays: rules.bankDays, to: sentAt))
    }
  }

  /// What was told of payouts that came short and of which something else has come by now: people
  /// may have opened it again since.
  func shortNoMore() throws -> [String] {
    var filter = DiscrepancyFilter()
    (filter.gateway, filter.kind, filter.state) = (statement.gateway, .payoutSum, .open)
    var seen = seen
    return try store.discrepancies(filter, before: nil, limit: Limits.listMax).filter { told in
      guard told.facts.bank != nil, let payout = told.facts.theirs?.text else { return false }
      let places = try store.credits(ofPayout: payout)
      guard places.count > 1 else { return false }
      let came = try seen.sum(at: places, told.facts.currency, kept)
      return came != nil && came != told.facts.actual
    }.map(\.id.text)
  }

  /// Those that came short, are not looked for in this run, and were not given back.
  func shortPayouts(_ result: MatchResult) -> [Int] {
    let returns = settlement?.result.returns ?? result.returns
    return seen.short.filter { returns[$0] == nil }
  }

  private func proof(
    _ payout: Int, _ rows: StatementRows, _ basis: PayoutProof.Basis, _ count: Int,
    _ from: Timestamp, _ to: Timestamp, _ alternatives: Int
  ) -> PayoutProof {
    let row = rows.reference(payout)
    let entry = rows.table.entries[payout]
    return PayoutProof(
      statement: row.statement, line: row.line, amount: Money(entry.gross, entry.currency),
      basis: basis, rows: Int64(count), from: from, to: to, alternatives: Int64(alternatives))
  }

  /// A day's money often goes out with the next day's bill. What adds up to a payout within its own
  /// bill proves nothing where the days before hold as much.
  ///
  /// - Parameter known: payouts that their rows name.
  private func stretchesOfDaysBefore(
    _ result: MatchResult, _ rows: StatementRows, _ known: Set<Int>
  ) throws -> [Int: PayoutStretch] {
    let differing = settlement?.result.discrepancies ?? result.discrepancies
    let named = Set(
      differing.filter { $0.kind == .payoutSum }.compactMap {
        settlement == nil ? $0.statementRow : $0.fundRow
      })
    let copied = (settlement?.copies ?? copies).rows
    let open = rows.table.entries.indices.filter { row in
      let entry = rows.table.entries[row]
      return entry.kind == .payout && entry.status == .succeeded && copied[row] == nil
        && !entry.flags.contains(.carried) && !known.contains(row) && !named.contains(row)
    }
    guard !open.isEmpty else { return [:] }
    let earlier = try daysBefore()
    guard !earlier.isEmpty else { return [:] }
    return rows.table.payoutStretches(for: open, after: earlier, from: statement.from)
  }

  /// The statements of the days before this one without a gap, oldest first: as many as are within
  /// the bounds.
  private func daysBefore() throws -> [EntryTable] {
    let own = fund ?? statement
    let oldest = own.from.adding(milliseconds: -Self.payoutDaysMax * 86_400_000)
    var tables: [EntryTable] = []
    var (end, rowsLeft) = (own.from, Self.payoutRowsMax)
    while end > oldest,
      let record = try store.statementInForce(own.content, of: own.gateway, endingAt: end),
      record.rows <= rowsLeft, record.from < end
    {
      tables.append(try kept.read(record).table)
      rowsLeft -= record.rows
      end = record.from
    }
    return tables.reversed()
  }
}
