import Crypto
import Domain
import Reconciliation
import Store

/// What a comparison found, in the words of the store.
extension Comparison {
  func draft(
    _ result: MatchResult, _ input: MatchInput, _ rules: MatchRules
  ) throws -> RunDraft {
    let proving = prove(result)
    var found = try Self.told(result).enumerated().map { index, item in
      try discrepancy(item, result, index)
    }
    if let settlement {
      let first = found.count
      found += settlement.result.discrepancies.enumerated().map { index, item in
        discrepancy(item, in: settlement, first + index)
      }
    }
    found += shortElsewhere(result, from: found.count)
    Self.tellApart(&found)
    let theirTotals = Self.buckets(input.statement, result.statementBuckets)
    let ourTotals = Self.buckets(input.local, result.localBuckets)
    let funds = settlement.map { Self.buckets($0.funds.table, $0.result.fundBuckets) } ?? []
    let bankBuckets = settlement?.result.bankBuckets ?? result.bankBuckets
    let rows = try rows(result)
    let proven = try proving.value()
    let credited = credited(result, rules)
    let banks =
      bankRows.map { Self.buckets($0.table, Array(bankBuckets.prefix($0.ownCount))) } ?? []
    return RunDraft(
      statement: statement, fund: fund, bank: bank, statementRows: Int64(input.statement.count),
      localRows: Int64(input.local.count), statementBuckets: theirTotals,
      localBuckets: ourTotals, fundBuckets: funds, bankBuckets: banks, discrepancies: found,
      fillBacks: fillBacks(result), rows: rows, books: booksMark(result, rules),
      payouts: bank == nil ? [] : Self.payouts(of: settlement?.funds ?? theirs),
      arrivals: arrivals(result),
      returns: payoutReturns(result).map { ArrivalRow(place: $0.row, payout: $0.payout.text) },
      freed: try payoutsFreed(),
      settled: try settled(result), inDoubt: try decisionsInDoubt(found),
      takenBack: takenBack, proofs: proven.proofs,
      bookings: RunBookings(
        fees: proven.fees, coupons: proven.coupons, arrivals: payoutArrivals(result),
        returns: payoutReturns(result), conversions: conversions(credited, rules),
        carried: carriedCosts(result, proven, credited), payouts: try payoutProofs(result),
        awaited: payoutsAwaited(result, rules)),
      elsewhere: (elsewhere?.statements ?? []) + copies.statements + parted.statements
        + (settlement?.copies.statements ?? []) + seen.statements,
      replaces: older?.id,
      follows: try store.latestRun(gateway: statement.gateway, content: statement.content),
      knewPart: try store.hasUnfinishedRun(of: statement.gateway),
      digest: digest(theirTotals + ourTotals + funds + banks, found))
  }

  private static func buckets(_ table: EntryTable, _ buckets: [Bucket]) -> [BucketRecord] {
    var records: [BucketRecord] = []
    for (bucket, total) in zip(Bucket.allCases, MatchResult.totals(table, buckets)) {
      for (place, sum) in total.sums.enumerated() {
        records.append(
          BucketRecord(
            bucket: bucket.word, rows: place == 0 ? Int64(total.rows) : 0,
            sum: Money(sum.minor ?? .max, sum.currency)))
      }
    }
    return records
  }

  // MARK: Discrepancies

  /// What else differs in a row of another merchant is no business of ours, and no decision about
  /// it may book that money.
  private static func told(_ result: MatchResult) -> [Discrepancy] {
    let others = Set(
      result.discrepancies.lazy.filter { $0.kind == .wrongMerchant }.compactMap(\.statementRow))
    guard !others.isEmpty else { return result.discrepancies }
    return result.discrepancies.filter { found in
      guard let row = found.statementRow, others.contains(row) else { return true }
      return found.kind == .wrongMerchant || found.kind == .statementUnsound
    }
  }

  /// Rows with one number may differ in one way twice; each is a discrepancy of its own.
  private static func tellApart(_ found: inout [DraftDiscrepancy]) {
    var counts: [String: Int] = [:]
    for place in found.indices {
      let count = counts[found[place].mark, default: 0] + 1
      counts[found[place].mark] = count
      if count > 1 { found[place].mark += "|\(count)" }
    }
  }

  private func discrepancy(
    _ found: Discrepancy, _ result: MatchResult, _ index: Int
  ) throws -> DraftDiscrepancy {
    let ours = found.localRow.map { books.rows[$0] }
    if found.localRow == nil, let row = found.statementRow, found.kind == .duplicateRow,
      let twin = elsewhere?.twins[row]
    {
      return draft(found, index, theirs.reference(row), twin)
    }
    if found.kind == .duplicateRow, let row = found.statementRow, let other = copies.rows[row] {
      return draft(
        found, index, theirs: theirs.reference(row), beside: other, nil, nil,
        suggestionsIn: nil)
    }
    let named = isNamed(found) ? found.statementRow.flatMap { elsewhere?.named[$0] } : nil
    let item = draft(
      found, index, theirs: found.statementRow.map { reference(found.kind, $0, result) },
      beside: found.bankRow.flatMap { row in bankRows.map { $0.reference(row) } },
      ours?.subject ?? named?.subject,
      try ours.flatMap { row in try row.order ?? store.order(ofPayment: row.key) } ?? named?.order,
      suggestionsIn: found.kind == .payoutNotArrived ? bankRows : theirs)
    guard let row = found.statementRow, found.localRow == nil || item.kind == .refundMissingLocally
    else { return item }
    let entry = theirs.table.entries[row]
    let order: (payment: PaymentID, id: OrderID)?
    switch item.kind {
    case .refundMissingLocally: order = try self.order(ofRefund: entry)
    case .unknownDispute: order = try self.order(ofDispute: entry)
    case .refundStatus:
      if let only = result.guesses[row], only.count == 1, let order = books.rows[only[0]].order {
        return item.about(books.rows[only[0]].subject, of: order)
      }
      order = try self.order(ofRefund: entry)
    default: return item
    }
    return order.map { item.about(.payment($0.payment), of: $0.id) } ?? item
  }

  /// Whether it is about what its row names, though that is matched with another row.
  private func isNamed(_ found: Discrepancy) -> Bool {
    found.localRow == nil
      && (found.kind == .duplicatePayment || found.kind == .refundMissingLocally)
  }

  /// A row that another statement has. Where it says nothing new, nobody has to look, and no order
  /// has to tell of it.
  private func draft(
    _ found: Discrepancy, _ index: Int, _ row: StatementRowReference,
    _ twin: Elsewhere.Twin
  ) -> DraftDiscrepancy {
    draft(
      found, index, theirs: row, beside: twin.row, twin.subject,
      twin.says.isSame ? nil : twin.order, suggestionsIn: nil)
  }

  /// The payment that a refund in the bill belongs to, whichever day it was made.
  func order(ofRefund entry: Entry) throws -> (payment: PaymentID, id: OrderID)? {
    for span in [entry.parent, entry.reference] where !span.isEmpty {
      let number = theirs.table.string(span)
      let ours = try store.payment(outTradeNumber: number)
      let known = try ours ?? store.payment(transaction: number, gateway: statement.gateway)
      guard let id = known, let order = try store.aggregate(payment: id)?.aggregate,
        let gateway = order.payment(id)?.gateway,
        gateway.utf8.elementsEqual(statement.gateway.utf8)
      else { continue }
      return (id, order.order.id)
    }
    return nil
  }

  /// The row of the balance's bill stands for the trade where it belongs to none.
  private func discrepancy(
    _ found: Discrepancy, in settlement: SettlementComparison, _ index: Int
  ) -> DraftDiscrepancy {
    let trade = found.statementRow.map(settlement.trades.reference)
    let moved = found.fundRow.map(settlement.funds.reference)
    if found.kind == .duplicateRow, let row = found.fundRow,
      let other = settlement.copies.rows[row]
    {
      return draft(
        found, index, theirs: moved, beside: other, nil, nil, suggestionsIn: nil)
    }
    let credit = found.bankRow.flatMap { row in bankRows.map { $0.reference(row) } }
    return draft(
      found, index, theirs: trade ?? moved, beside: credit ?? (trade == nil ? nil : moved),
      nil, nil, suggestionsIn: found.kind == .payoutNotArrived ? bankRows : settlement.funds)
  }

  func draft(
    _ found: Discrepancy, _ index: Int, theirs: StatementRowReference?,
    beside: StatementRowReference?, _ ours: LocalSubject?, _ order: OrderID?,
    suggestionsIn rows: StatementRows?
  ) -> DraftDiscrepancy {
    DraftDiscrepancy(
      kind: found.kind, level: found.level, expected: found.expected, actual: found.actual,
      currency: found.currency, expectedCurrency: found.expectedCurrency, theirs: theirs,
      bank: beside, ours: ours, order: order,
      suggestions: rows.map { rows in
        found.suggestions.map { $0.map { Int64(rows.table.entries[$0].line) } }
      } ?? [],
      mark: mark(found, theirs, beside, ours, index))
  }

  /// Of a row that may be a refund of ours; the same once it is known which.
  static func guessMark(_ theirs: StatementRowReference) -> String {
    "\(DiscrepancyKind.refundStatus.word)|\(theirs.transaction ?? theirs.text)"
  }

  private func mark(
    _ found: Discrepancy, _ theirs: StatementRowReference?, _ beside: StatementRowReference?,
    _ ours: LocalSubject?, _ index: Int
  ) -> String {
    let kind = found.kind
    var parts = [kind.word]
    if kind == .duplicateRow, let theirs, let ours, beside != nil {
      // Where it says something else than the row beside it, that is one difference in all exports.
      guard found.level != .machine else {
        return (parts + [theirs.text, ours.text]).joined(separator: "|")
      }
      parts += [theirs.transaction ?? theirs.text, ours.text]
      parts += ["\(found.expected)", "\(found.actual)", found.currency.code]
      return parts.joined(separator: "|")
    }
    if let theirs {
      // A copy of a row has all the numbers of the first one.
      let isNamed = kind != .duplicateRow && theirs.transaction != nil
      parts.append(isNamed ? theirs.transaction ?? "" : theirs.text)
      // A dispute has one number for all that it moves, and what it is of ours may come later.
      if kind == .unknownDispute {
        return (parts + ["\(theirs.at.milliseconds)", "\(found.actual)"]).joined(separator: "|")
      }
      // Several refunds of one charge may have its number.
      if kind == .refundMissingLocally, let number = theirs.reference { parts.append(number) }
    }
    if let beside { parts.append(beside.text) }
    if let ours { parts.append(ours.text) }
    if parts.count == 1 { parts.append("\(statement.id)#\(index)") }
    return parts.joined(separator: "|")
  }

  /// I15, by what the ledger holds of each payment, refund and dispute.
  private func prove(_ result: MatchResult) -> Meanwhile<RunProving.Findings> {
    let (theirs, ownCount, books) = (theirs.table, theirs.ownCount, books)
    return Meanwhile(threads) {
      var proving = RunProving(result, theirs, ownCount: ownCount, books)
      return proving.run()
    }
  }

  // MARK: Pairs

  func fillBacks(_ result: MatchResult) -> [FillBack] {
    var all: [FillBack] = []
    var begun: Set<LocalSubject> = []
    for (place, partner) in result.partners.enumerated() where partner >= 0 {
      guard books.rows[Int(partner)].standing != .succeeded || books.rows[Int(partner)].isWeak
      else { continue }
      let ours = books.rows[Int(partner)]
      let entry = theirs.table.entries[place]
      guard entry.status == .succeeded else { continue }
      let fee = entry.flags.contains(.hasFee) ? Money(abs(entry.fee), entry.currency) : nil
      let isFirst = begun.insert(ours.subject).inserted
      let changes = isFirst && ours.standing != .succeeded
      all.append(
        FillBack(
          subject: ours.subject, row: theirs.reference(place),
          amount: Money(abs(entry.gross), entry.currency), fee: fee,
          posts: changes ? RunProving.filled(ours, entry) : nil))
    }
    // What came back went first, in whatever order a bill lists the two.
    return all.filter { !$0.isReturn } + all.filter(\.isReturn)
  }

  /// - Throws: `statement_not_comparable` where more rows are about one of ours than is counted.
  private func matches(_ result: MatchResult) throws -> [MatchRow] {
    var parts = [Int32](repeating: 0, count: books.rows.count)
    var all: [MatchRow] = []
    all.reserveCapacity(result.partners.count)
    for (place, partner) in result.partners.enumerated() where partner >= 0 {
      let partner = Int(partner)
      let row = theirs.place(of: place)
      let subject = books.rows[partner].subject
      guard parts[partner] <= subject.partMost else {
        throw Rejection(
          .statementNotComparable,
          "More than \(subject.partMost) rows are about \(subject.text).",
          path: "/params/statement")
      }
      all.append(
        MatchRow(
          statement: row.statement, line: row.line, subject: subject,
          key: books.rows[partner].key, part: Int64(parts[partner])))
      parts[partner] += 1
    }
    return all
  }

  private func rows(_ result: MatchResult) throws -> RunRows {
    var left = [(content: statement.content, rows: waiting(result))]
    let short = shortPayouts(result).map((settlement?.funds ?? theirs).waiting)
    if let settlement {
      left.append((.fund, settlement.waiting + short))
    } else {
      left[0].rows += short
    }
    return RunRows(
      of: statement, matches: try matches(result), standing: try store.matches(of: statement.id),
      waiting: left)
  }

  private func booksMark(_ result: MatchResult, _ rules: MatchRules) -> BooksMark {
    let from = statement.from.adding(milliseconds: -rules.cutOffMilliseconds)
    return BooksMark(
      books, matched: result.partners, days: from..<max(from, min(statement.to, now)),
      sequence: sequence)
  }

  private func waiting(_ result: MatchResult) -> [WaitingRow] {
    var all = untouched
    for (place, bucket) in result.statementBuckets.enumerated() where bucket == .pooled {
      all.append(theirs.waiting(place))
    }
    all += result.awaited.map(theirs.waiting)
    for (place, bucket) in result.localBuckets.enumerated()
    where bucket == .pooled && books.rows[place].at < statement.to {
      all.append(
        WaitingRow(
          statement: statement.id, line: nil, subject: books.rows[place].subject.text))
    }
    return all
  }

  // MARK: Payouts

  private func arrivals(_ result: MatchResult) -> [ArrivalRow] {
    guard let bankRows else { return [] }
    let rows = settlement?.funds ?? theirs
    let found = settlement?.result.arrivals ?? result.arrivals
    var ends: [ArrivalRow] = []
    for (payout, credits) in found.sorted(by: { $0.key < $1.key }) {
      let text = rows.rowPlace(payout).text
      for credit in credits {
        ends.append(ArrivalRow(place: bankRows.rowPlace(credit), payout: text))
      }
    }
    return ends
  }

  private func payoutReturns(_ result: MatchResult) -> [PayoutReturn] {
    let rows = settlement?.funds ?? theirs
    let found = settlement?.result.returns ?? result.returns
    return found.sorted { $0.key < $1.key }.map { payout, back in
      PayoutReturn(payout: rows.rowPlace(payout), row: rows.rowPlace(back))
    }
  }

  /// For the books: what the bank credited.
  private func payoutArrivals(_ result: MatchResult) -> [PayoutArrival] {
    guard let bank, let bankRows else { return [] }
    let rows = settlement?.funds ?? theirs
    let found = settlement?.result.arrivals ?? result.arrivals
    var sharers: [Int: Int] = [:]
    for credit in found.values.joined() { sharers[credit, default: 0] += 1 }
    let entries = bankRows.table.entries
    var arrivals: [PayoutArrival] = []
    for (payout, credits) in found.sorted(by: { $0.key < $1.key }) {
      let place = rows.rowPlace(payout)
      // Where payouts share rows both sides are the same, so each payout came whole.
      let isAlone = credits.allSatisfy { sharers[$0] == 1 }
      let minor =
        isAlone
        ? credits.reduce(0) { $0 + entries[$1].gross } : -rows.table.entries[payout].gross
      // A credit beyond any amount is a misread file; the difference says so, the books stay whole.
      guard minor <= Int64(Limits.amountMinor) else { continue }
      arrivals.append(
        PayoutArrival(
          statement: place.statement, line: place.line, account: bank.gateway,
          amount: Money(minor, entries[credits[0]].currency),
          credits: credits.map { bankRows.rowPlace($0) }))
    }
    return arrivals
  }

  private func settled(_ result: MatchResult) throws -> Set<String> {
    let settled =
      settlement?.settled ?? Set(result.endedPayouts.map { theirs.rowPlace($0).text })
    return settled.union(try shortNoMore() + agedNoMore(result) + halvesNoMore())
  }

  /// Two runs with one digest found the same in the same bytes.
  private func digest(_ buckets: [BucketRecord], _ found: [DraftDiscrepancy]) -> String {
    var text = statement.digest + "\n"
    for beside in [fund, bank] { text += (beside?.digest ?? "") + "\n" }
    for bucket in buckets {
      text += "\(bucket.bucket) \(bucket.rows) \(bucket.sum.minor) \(bucket.sum.currency.code)\n"
    }
    for item in found {
      let ours = item.expectedCurrency == item.currency ? "" : " \(item.expectedCurrency.code)"
      text += "\(item.mark) \(item.expected) \(item.actual) \(item.currency.code)\(ours)\n"
    }
    return SHA256.hash(utf8: text).hex
  }
}
