import Domain

/// Payouts: what the gateway says it sent, against the rows it is made of and the bank's rows.
extension Matcher {
  func matchPayouts(_ result: inout MatchResult) {
    let payouts = own(distinct(.payout, &result), &result)
    let returns = own(distinct(.payoutReturn, &result), &result)
    guard !payouts.isEmpty || !returns.isEmpty || rules.comparesBank else { return }
    checkSums(payouts, &result)
    searchSums(payouts, &result)
    let entries = input.statement.entries
    let awaited = payouts.filter { !entries[$0].flags.contains(.taken) }
    let found = payouts.filter { entries[$0].flags.contains(.taken) }
    takeBack(returns, of: awaited + found, &result)
    for row in found + awaited.filter({ isBack($0, result) })
    where result.statementBuckets[row] == .unassigned {
      result.statementBuckets[row] = .matched
    }
    if rules.comparesBank {
      matchBank(awaited, &result)
      nameDebits(payouts, &result)
    } else if rules.keepsPayouts {
      for row in awaited where !isBack(row, result) { keep(row, &result) }
    }
  }

  /// The bank turned it away: it need not be there, and may have been.
  func isBack(_ row: Int, _ result: MatchResult) -> Bool {
    result.returns[row] != nil || input.statement.entries[row].flags.contains(.returned)
  }

  /// What another merchant was paid is nothing that our bank waits for.
  private func own(_ rows: [Int], _ result: inout MatchResult) -> [Int] {
    let comparison = PairComparison(input: input, rules: rules)
    for row in rows where comparison.isOfAnother(row) {
      result.statementBuckets[row] = .oneSided
      tell(.wrongMerchant, ofTheirs: row, &result)
    }
    return rows.filter { !comparison.isOfAnother($0) }
  }

  /// Each once: a row that stands there twice is one payout, and the bank brings it once.
  private func distinct(_ kind: EntryKind, _ result: inout MatchResult) -> [Int] {
    guard input.statement.has(kind) else { return [] }
    let entries = input.statement.entries
    let all = entries.indices.filter {
      entries[$0].kind == kind && entries[$0].status == .succeeded && !input.copies.contains($0)
    }
    var copies = RowCopies(input.statement)
    var distinct: [Int] = []
    // What an earlier statement told of is no copy of what this one tells.
    let earlier = all.filter { entries[$0].flags.contains(.carried) }
    for row in earlier + all.filter({ !entries[$0].flags.contains(.carried) }) {
      guard copies.isCopy(entries[row]) else {
        distinct.append(row)
        continue
      }
      result.statementBuckets[row] = .duplicate
      result.discrepancies.append(
        Discrepancy(
          .duplicateRow, statement: row, expected: 0, actual: entries[row].gross,
          currency: entries[row].currency))
    }
    return distinct.sorted()
  }

  /// A payout that the bank turned away is awaited there no more, and one that had come is there no
  /// more. A row whose payout is not known yet is looked at again with the next bills.
  ///
  /// - Parameter payouts: those that are awaited first.
  private func takeBack(_ returns: [Int], of payouts: [Int], _ result: inout MatchResult) {
    let entries = input.statement.entries
    for row in returns {
      let back = entries[row]
      guard !back.flags.contains(.taken) else {
        result.statementBuckets[row] = .matched
        continue
      }
      let own = payouts.filter {
        result.returns[$0] == nil && back.gross > 0 && entries[$0].gross == -back.gross
          && entries[$0].currency == back.currency && !back.transaction.isEmpty
          && EntryTable.same(
            input.statement, entries[$0].transaction, input.statement, back.transaction)
      }
      if let payout = own.first {
        result.returns[payout] = row
        result.statementBuckets[row] = .matched
      } else if rules.comparesBank || rules.keepsPayouts {
        keep(row, &result)
      }
    }
  }

  private func checkSums(_ payouts: [Int], _ result: inout MatchResult) {
    let held = holdings(of: payouts)
    var free: [Currency: Changes] = [:]
    for row in payouts {
      let entry = input.statement.entries[row]
      guard entry.batch > 0, let holding = held[entry.batch] else { continue }
      result.statementBuckets[row] = .matched
      let net = holding.net
      let (missing, overflow) = (-entry.gross).subtractingReportingOverflow(net ?? 0)
      guard net == nil || overflow || missing != 0 else {
        result.payoutSums[row] = PayoutSum(basis: .batch, rows: holding.rows, alternatives: 1)
        continue
      }
      result.statementBuckets[row] = .differing
      let outside = free[entry.currency] ?? changesOutside(in: entry.currency)
      free[entry.currency] = outside
      result.discrepancies.append(
        Discrepancy(
          .payoutSum, statement: row, expected: net ?? 0, actual: -entry.gross,
          currency: entry.currency,
          suggestions: rowsThatExplain(missing, outside) {
            changes(of: holding.rows, in: entry.currency)
          }))
    }
  }

  /// What a payout should hold.
  private struct Holding {
    /// Nil where the sum does not fit.
    var net: Int64? = 0
    var rows: [Int] = []
  }

  /// By number of the batch. A row whose amount is told in two currencies counts in that of its
  /// payout.
  private func holdings(of payouts: [Int]) -> [UInt32: Holding] {
    var currencies: [UInt32: Currency] = [:]
    for row in payouts {
      let payout = input.statement.entries[row]
      currencies[payout.batch] = payout.currency
    }
    var holdings: [UInt32: Holding] = [:]
    for (row, entry) in input.statement.entries.enumerated()
    where entry.batch > 0 && entry.kind != .payout && entry.status == .succeeded {
      guard let currency = currencies[entry.batch] else { continue }
      let change = input.statement.balanceChange(ofRow: row)
      let minor = change.currency == currency ? change.minor : input.statement.net(ofRow: row)
      var holding = holdings.removeValue(forKey: entry.batch) ?? Holding()
      holding.rows.append(row)
      if let net = holding.net, let minor {
        let (sum, overflow) = net.addingReportingOverflow(minor)
        holding.net = overflow ? nil : sum
      } else {
        holding.net = nil
      }
      holdings[entry.batch] = holding
    }
    return holdings
  }

  /// Payouts of which the gateway names no rows. One row is paid out once, so two payouts that
  /// would take the same rows prove nothing of each other.
  private func searchSums(_ payouts: [Int], _ result: inout MatchResult) {
    let open = payouts.filter {
      result.statementBuckets[$0] == .unassigned && input.statement.entries[$0].gross != .min
        && !input.statement.entries[$0].flags.contains(.carried)
    }
    let currencies = Set(open.map { input.statement.entries[$0].currency }).sorted()
    var found: [(row: Int, sum: PayoutSum)] = []
    for currency in currencies {
      let search = PayoutSearch(input.statement, in: currency, from: rules.from)
      for row in open where input.statement.entries[row].currency == currency {
        let minor = -input.statement.entries[row].gross
        if let finding = search.run(payout: row, minor: minor) {
          let sum = PayoutSum(
            basis: .days, rows: finding.places, alternatives: finding.alternatives)
          found.append((row, sum))
        }
      }
    }
    var owners: [Int: Int] = [:]
    for (_, sum) in found { for row in sum.rows { owners[row, default: 0] += 1 } }
    for (row, sum) in found {
      let rivals = sum.rows.map { owners[$0] ?? 0 }.max() ?? 0
      result.payoutSums[row] = PayoutSum(
        basis: .days, rows: sum.rows, alternatives: max(sum.alternatives, rivals))
    }
  }

  /// Rows, and what each of them changed the balance by, in one currency.
  private struct Changes {
    var rows: [Int] = []
    var amounts: [Int64] = []
  }

  private func changes(of rows: some Sequence<Int>, in currency: Currency) -> Changes {
    var changes = Changes()
    for row in rows {
      let change = input.statement.balanceChange(ofRow: row)
      guard change.currency == currency, let minor = change.minor, minor != 0 else { continue }
      changes.rows.append(row)
      changes.amounts.append(minor)
    }
    return changes
  }

  /// Of rows in no payout.
  private func changesOutside(in currency: Currency) -> Changes {
    let entries = input.statement.entries
    return changes(
      of: entries.indices.lazy.filter {
        entries[$0].batch == 0 && entries[$0].kind != .payout && entries[$0].status == .succeeded
      }, in: currency)
  }

  /// Rows in no payout, or in this one, that would make up for what is missing.
  private func rowsThatExplain(
    _ missing: Int64, _ outside: Changes, _ inside: () -> Changes
  ) -> [[Int]] {
    func search(_ changes: Changes, _ target: Int64) -> [[Int]] {
      let found = GroupSearch(
        changes.amounts, target: target, fullRows: rules.groupRows, steps: rules.groupSteps)
      return found.groups.map { group in group.map { changes.rows[$0] } }
    }
    let found = search(outside, missing)
    guard found.isEmpty, missing != Int64.min else { return found }
    return search(inside(), -missing)
  }
}
