import Synchronization

/// Compares two sides that need not lie in memory. Rows that share a key are in one part, and the
/// parts are compared one by one; what is left of all of them is compared together at the end, as
/// `Matcher` does it. The result is that of `Matcher` with all rows.
///
/// In memory are: a few parts, the bucket and the partner of each row, and the rows that are left
/// or differ. Where the statement holds payouts, also what each of its rows moved.
package struct PartedMatcher: Sendable {
  /// Parts in memory at once.
  private static let partsAtOnce = 4

  private let statement: PartedTable
  private let local: PartedTable
  private let superseded: PartedTable?
  private let bank: EntryTable
  private let checks: [StatementCheck]
  private let rules: MatchRules

  /// - Parameters:
  ///   - statement: all sides have as many parts.
  ///   - superseded: the bill that the statement was issued in place of.
  package init(
    statement: PartedRows, local: PartedRows, superseded: PartedRows? = nil,
    bank: EntryTable = EntryTable(), checks: [StatementCheck] = [], _ rules: MatchRules
  ) {
    self.statement = statement.table()
    self.local = local.table()
    self.superseded = superseded?.table()
    self.bank = bank
    self.checks = checks
    self.rules = rules
    precondition(
      self.local.parts == self.statement.parts
        && self.superseded.map { $0.parts == self.local.parts } ?? true,
      "rows with one key are in one part of all sides")
  }

  /// - Parameter told: is given how many parts are done, and of how many; at once, perhaps.
  package func run(
    forEach: ForEach = { count, work in for place in 0..<count { work(place) } },
    told: (@Sendable (_ done: Int, _ parts: Int) -> Void)? = nil
  ) throws(RowStoreFault) -> PartedResult {
    let gathered = Gathered(statement: statement.count, local: local.count, bank: bank.count)
    let parts = statement.parts
    forEach(min(Self.partsAtOnce, parts)) { _ in
      while let part = gathered.next(of: parts) {
        told?(part, parts)
        gathered.put(Result { () throws(RowStoreFault) in try findings(in: part) })
      }
    }
    var all = try gathered.all()
    return finish(&all)
  }

  private func findings(in part: Int) throws(RowStoreFault) -> PartFindings {
    let (theirs, ours) = (try statement.part(part), try local.part(part))
    let older = try superseded?.part(part)
    let input = MatchInput(
      statement: theirs.table, local: ours.table, superseded: older?.table)
    var result = MatchResult(of: input)
    let left = Matcher(input, rules).joinByKey(
      { count, work in for place in 0..<count { work(place) } }, &result)
    return PartFindings(
      theirs, ours, older: older, result, left, keepsAll: statement.has(.payout))
  }

  /// Compares what is left of all parts.
  private func finish(_ gathered: inout Gathered.State) -> PartedResult {
    let (theirs, ours) = (gathered.statementKept.sorted(), gathered.localKept.sorted())
    let rest = MatchInput(statement: theirs.table, local: ours.table, bank: bank, checks: checks)
    var result = MatchResult(of: rest)
    var left = Matcher.Left()
    left.changes = gathered.changes.sorted(by: StatementChange.isBefore)
    var open: (statement: [Int], local: [Int]) = ([], [])
    for (row, entry) in rest.statement.entries.enumerated() {
      result.statementBuckets[row] = gathered.result.statementBuckets[theirs.number(row)]
      guard result.statementBuckets[row] == .unassigned else { continue }
      open.statement.append(row)
      if RowsByKey.isCompared(entry.kind) { left.statement.append(Int32(row)) }
    }
    for (row, entry) in rest.local.entries.enumerated() {
      result.localBuckets[row] = gathered.result.localBuckets[ours.number(row)]
      guard result.localBuckets[row] == .unassigned else { continue }
      open.local.append(row)
      if RowsByKey.isCompared(entry.kind) { left.local.append(Int32(row)) }
    }
    let matcher = Matcher(rest, rules)
    matcher.finish(left, &result)
    for row in open.statement {
      gathered.statementTotals.add(rest.statement.entries[row], to: result.statementBuckets[row])
    }
    for row in open.local {
      gathered.localTotals.add(rest.local.entries[row], to: result.localBuckets[row])
    }
    gathered.result.add(result, statement: theirs, local: ours)
    matcher.placeRest(&gathered.result)
    gathered.result.discrepancies.sort(by: Matcher.isBefore)
    return PartedResult(
      result: gathered.result, statement: theirs, local: ours,
      totals: (gathered.statementTotals, gathered.localTotals))
  }
}

/// What came of a run, with the rows that it tells of.
package struct PartedResult: Sendable {
  package let result: MatchResult
  package let statement: NumberedRows
  package let local: NumberedRows
  /// Nil where all rows are here to be counted.
  private let totals: (statement: BucketTotals, local: BucketTotals)?

  /// - Parameters:
  ///   - statement: the whole table, and so of `local`.
  package init(result: MatchResult, statement: EntryTable, local: EntryTable) {
    self.result = result
    self.statement = NumberedRows(whole: statement)
    self.local = NumberedRows(whole: local)
    totals = nil
  }

  fileprivate init(
    result: MatchResult, statement: NumberedRows, local: NumberedRows,
    totals: (statement: BucketTotals, local: BucketTotals)
  ) {
    self.result = result
    self.statement = statement
    self.local = local
    self.totals = totals
  }

  package var statementTotals: BucketTotals {
    totals?.statement ?? MatchResult.totals(statement.table, result.statementBuckets)
  }

  package var localTotals: BucketTotals {
    totals?.local ?? MatchResult.totals(local.table, result.localBuckets)
  }
}

/// What the parts came to, so far.
private final class Gathered: Sendable {
  struct State: Sendable {
    var result: MatchResult
    var changes: [StatementChange] = []
    var statementKept = NumberedRows()
    var localKept = NumberedRows()
    var statementTotals = BucketTotals.none
    var localTotals = BucketTotals.none
    var next = 0
    var fault: RowStoreFault?
  }

  private let state: Mutex<State>

  init(statement: Int, local: Int, bank: Int) {
    state = Mutex(State(result: MatchResult(statement: statement, local: local, bank: bank)))
  }

  /// The next part to look at; nil where there is none, or no use.
  func next(of parts: Int) -> Int? {
    state.withLock { state in
      guard state.fault == nil, state.next < parts else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  func put(_ found: Result<PartFindings, RowStoreFault>) {
    state.withLock { state in
      switch found {
      case .success(let findings): state.add(findings)
      case .failure(let fault): state.fault = fault
      }
    }
  }

  func all() throws(RowStoreFault) -> State {
    let state = state.withLock { state in
      // The one copy there is.
      let all = state
      state = State(result: MatchResult(statement: 0, local: 0, bank: 0))
      return all
    }
    if let fault = state.fault { throw fault }
    return state
  }
}

extension Gathered.State {
  fileprivate mutating func add(_ findings: PartFindings) {
    for (row, number) in findings.statementNumbers.enumerated() {
      result.statementBuckets[Int(number)] = findings.statementBuckets[row]
      result.partners[Int(number)] = findings.partners[row]
    }
    for (row, number) in findings.localNumbers.enumerated() {
      result.localBuckets[Int(number)] = findings.localBuckets[row]
    }
    result.discrepancies += findings.discrepancies
    changes += findings.changes
    statementKept.append(findings.statementKept)
    localKept.append(findings.localKept)
    statementTotals.add(findings.statementTotals)
    localTotals.add(findings.localTotals)
  }
}

extension MatchResult {
  /// Adds what came of some of the rows, which no bucket had before.
  fileprivate mutating func add(
    _ rest: MatchResult, statement: NumberedRows, local: NumberedRows
  ) {
    for (row, bucket) in rest.statementBuckets.enumerated() {
      let number = statement.number(row)
      statementBuckets[number] = bucket
      if rest.partners[row] >= 0 {
        partners[number] = Int32(local.number(Int(rest.partners[row])))
      }
    }
    for (row, bucket) in rest.localBuckets.enumerated() {
      localBuckets[local.number(row)] = bucket
    }
    bankBuckets = rest.bankBuckets
    for (row, credits) in rest.arrivals { arrivals[statement.number(row)] = credits }
    for (row, back) in rest.returns { returns[statement.number(row)] = statement.number(back) }
    for (row, sum) in rest.payoutSums {
      payoutSums[statement.number(row)] = PayoutSum(
        basis: sum.basis, rows: sum.rows.map(statement.number), alternatives: sum.alternatives)
    }
    awaited = rest.awaited.map(statement.number)
    discrepancies += rest.discrepancies.map {
      $0.renumbered(statement: statement.number, local: local.number)
    }
  }
}

extension StatementChange {
  /// In the order of the new rows, then of the old.
  fileprivate static func isBefore(_ one: Self, _ other: Self) -> Bool {
    (one.newRow ?? .max, one.oldRow ?? .max) < (other.newRow ?? .max, other.oldRow ?? .max)
  }
}
