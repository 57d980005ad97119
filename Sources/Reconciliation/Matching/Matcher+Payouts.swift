import Domain

/// Payouts: what the gateway says it sent, against the rows it is made of and the bank's rows.
extension Matcher {
  func matchPayouts(_ result: inout MatchResult) {
    let payouts = distinct(.payout, &result)
    let returns = distinct(.payoutReturn, &result)
    guard !payouts.isEmpty || !returns.isEmpty || rules.comparesBank else { return }
    checkSums(payouts, &result)
    searchSums(payouts, &result)
    var awaited = payouts.filter { !input.statement.entries[$0].flags.contains(.taken) }
    takeBack(returns, of: awaited, &result)
    awaited.removeAll { result.returns[$0] != nil }
    for row in payouts
    where !awaited.contains(row) && result.statementBuckets[row] == .unassigned {
      result.statementBuckets[row] = .matched
    }
    if rules.comparesBank {
      matchBank(awaited, &result)
    } else if rules.keepsPayouts {
      for row in awaited { keep(row, &result) }
    }
  }

  /// Each once: a row that stands there twice is one payout, and the bank brings it once.
  private func distinct(_ kind: EntryKind, _ result: inout MatchResult) -> [Int] {
    guard input.statement.has(kind) else { return [] }
    let entries = input.statement.entries
    let all = entries.indices.filter {
      entries[$0].kind == kind && entries[$0].status == .succeeded
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

  /// A payout that the bank turned away is awaited there no more. One whose payout is not known
  /// yet is looked at again with the next bills.
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
      result.discrepancies.append(
        Discrepancy(
          .payoutSum, statement: row, expected: net ?? 0, actual: -entry.gross,
          currency: entry.currency, suggestions: rowsThatExplain(missing, of: entry)))
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
      let minor = change.currency == currency ? change.minor : entry.net
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

  /// Rows in no payout, or in this one, that would make up for what is missing.
  private func rowsThatExplain(_ missing: Int64, of payout: Entry) -> [[Int]] {
    func search(_ rows: [Int], _ target: Int64) -> [[Int]] {
      let changes = rows.map { (row: $0, minor: input.statement.balanceChange(ofRow: $0).minor) }
      let known = changes.filter { $0.minor.map { $0 != 0 } ?? false }
      let amounts = known.compactMap(\.minor)
      let found = GroupSearch(
        amounts, target: target, fullRows: rules.groupRows, steps: rules.groupSteps)
      return found.groups.map { group in group.map { known[$0].row } }
    }
    let candidates = input.statement.entries.indices.filter {
      let entry = input.statement.entries[$0]
      return entry.kind != .payout && entry.status == .succeeded
        && input.statement.balanceChange(ofRow: $0).currency == payout.currency
    }
    let outside = search(candidates.filter { input.statement.entries[$0].batch == 0 }, missing)
    guard outside.isEmpty, missing != Int64.min else { return outside }
    return search(
      candidates.filter { input.statement.entries[$0].batch == payout.batch }, -missing)
  }

  private func matchBank(_ payouts: [Int], _ result: inout MatchResult) {
    let texts = input.bank.entries.map { entry in
      Set(
        BankText.numbers(in: input.bank.text(entry.parent))
          + [Array(input.bank.text(entry.transaction))])
    }
    let named = payouts.map { row in
      let numbers = payoutNumbers(row)
      return input.bank.entries.indices.filter { bankRow in
        isFree(bankRow, result) && numbers.contains { texts[bankRow].contains($0) }
      }
    }
    for group in CreditGroup.all(of: payouts, named) { join(group, &result) }
    var open: [Int] = []
    for (row, named) in zip(payouts, named) where result.arrivals[row] == nil {
      let free = named.filter { isFree($0, result) }
      guard free.count == 1 else {
        open.append(row)
        continue
      }
      join(row, free[0], &result)
    }
    // Rivals are counted among all that were open, so the order of payouts decides nothing.
    for row in open { matchByAmount(row, open, &result) }
    for row in open where !isSettled(row, result) { placeUnarrived(row, &result) }
    for (bankRow, entry) in input.bank.entries.enumerated()
    where isFree(bankRow, result) && entry.gross > 0 && entry.flags.contains(.namesGateway)
      && rules.knowsPayouts(at: entry.at)
    {
      result.bankBuckets[bankRow] = .oneSided
      result.discrepancies.append(
        Discrepancy(
          .bankRowWithoutPayout, bank: bankRow, expected: 0, actual: entry.gross,
          currency: entry.currency))
    }
  }

  private func isFree(_ bankRow: Int, _ result: MatchResult) -> Bool {
    result.bankBuckets[bankRow] == .unassigned
      && !input.bank.entries[bankRow].flags.contains(.taken)
  }

  /// Whether the bank's side of a payout is known, agreed or not.
  private func isSettled(_ row: Int, _ result: MatchResult) -> Bool {
    result.statementBuckets[row] == .suggested || result.arrivals[row] != nil
  }

  private func payoutNumbers(_ row: Int) -> [[UInt8]] {
    let entry = input.statement.entries[row]
    let numbers = [
      Array(input.statement.text(entry.transaction)), Array(input.statement.text(entry.reference)),
      Array(input.statement.word(entry.batch)),
    ]
    return numbers.filter { $0.count >= 6 }
  }

  /// A payout in parts, or several in one: the rows name them, and both sides add up to the same.
  private func join(_ group: CreditGroup, _ result: inout MatchResult) {
    let (statement, bank) = (input.statement.entries, input.bank.entries)
    let all = group.payouts.map { statement[$0] } + group.credits.map { bank[$0] }
    var rest: Int64? = 0
    for entry in all {
      let (sum, overflow) = (rest ?? 0).addingReportingOverflow(entry.gross)
      rest = overflow || rest == nil ? nil : sum
    }
    guard rest == 0, Set(all.map(\.currency)).count == 1,
      group.credits.allSatisfy({ bank[$0].gross > 0 }),
      group.payouts.allSatisfy({ statement[$0].gross > -Int64.max })
    else { return }
    for bankRow in group.credits { result.bankBuckets[bankRow] = .matched }
    for row in group.payouts {
      result.arrivals[row] = group.credits
      if result.statementBuckets[row] == .unassigned { result.statementBuckets[row] = .matched }
      let last = group.credits.max { (bank[$0].at, $0) < (bank[$1].at, $1) } ?? group.credits[0]
      nameLate(row, last, &result)
    }
  }

  /// The bank's row says which payout it is.
  private func join(_ row: Int, _ bankRow: Int, _ result: inout MatchResult) {
    let payout = input.statement.entries[row]
    let credit = input.bank.entries[bankRow]
    result.arrivals[row] = [bankRow]
    let agrees = credit.gross == -payout.gross && credit.currency == payout.currency
    result.bankBuckets[bankRow] = agrees ? .matched : .differing
    if !agrees {
      result.discrepancies.append(
        Discrepancy(
          .payoutSum, statement: row, bank: bankRow, expected: -payout.gross,
          actual: credit.gross, currency: credit.currency))
      result.statementBuckets[row] = .differing
    } else if result.statementBuckets[row] == .unassigned {
      result.statementBuckets[row] = .matched
    }
    if agrees { nameLate(row, bankRow, &result) }
  }

  /// It is there, so no money is missing: only the time is named.
  private func nameLate(_ row: Int, _ bankRow: Int, _ result: inout MatchResult) {
    let payout = input.statement.entries[row]
    let isLate = input.bank.entries[bankRow].at > due(payout)
    guard isLate else { return }
    result.discrepancies.append(
      Discrepancy(
        .payoutNotArrived, statement: row, bank: bankRow, expected: -payout.gross,
        actual: -payout.gross, currency: payout.currency))
  }

  /// Amount, currency and days alone prove nothing: with the gateway's name in the text and no
  /// rival on either side it is a match, otherwise a suggestion.
  private func matchByAmount(_ row: Int, _ rivals: [Int], _ result: inout MatchResult) {
    let payout = input.statement.entries[row]
    func fits(_ bankRow: Int, _ payout: Entry) -> Bool {
      let credit = input.bank.entries[bankRow]
      let isOpen = isFree(bankRow, result) || result.bankBuckets[bankRow] == .suggested
      guard isOpen, credit.gross == -payout.gross, credit.currency == payout.currency,
        credit.at >= payout.at.adding(milliseconds: -86_400_000)
      else { return false }
      let latest = due(payout).adding(milliseconds: rules.lateKeptMilliseconds)
      return credit.at <= due(payout)
        || (credit.flags.contains(.namesGateway) && credit.at <= latest)
    }
    let found = input.bank.entries.indices.filter { fits($0, payout) }
    guard let bankRow = found.first else { return }
    let claims = rivals.count { fits(bankRow, input.statement.entries[$0]) }
    let credit = input.bank.entries[bankRow]
    // A second credit of the same amount may be this payout's as well, however late.
    if found.count == 1, claims == 1, credit.at <= due(payout),
      credit.flags.contains(.namesGateway)
    {
      join(row, bankRow, &result)
      return
    }
    result.statementBuckets[row] = .suggested
    // One that was told of before is not told of anew, so the bank's rows are.
    let isTold = input.told.contains(row)
    for bankRow in found
    where !isTold || !input.bank.entries[bankRow].flags.contains(.namesGateway) {
      result.bankBuckets[bankRow] = .suggested
    }
    result.discrepancies.append(
      Discrepancy(
        .payoutNotArrived, statement: row, expected: -payout.gross, actual: 0,
        currency: payout.currency, suggestions: found.map { [$0] }))
    keep(row, &result)
  }

  private func due(_ payout: Entry) -> Timestamp {
    rules.calendar.adding(businessDays: rules.bankDays, to: payout.at)
  }

  /// It may still come on its last day, so a file that ends before proves nothing; but nobody waits
  /// for a newer one for ever.
  private func isMissed(_ payout: Entry) -> Bool {
    guard let ends = rules.bankEnds else { return rules.asOf > due(payout) }
    let late = rules.calendar.adding(
      businessDays: rules.bankDays + rules.bankSilentDays, to: payout.at)
    return min(rules.asOf, ends) > due(payout) || rules.asOf > late
  }

  private func placeUnarrived(_ row: Int, _ result: inout MatchResult) {
    let payout = input.statement.entries[row]
    guard isMissed(payout) else {
      keep(row, &result)
      return
    }
    result.statementBuckets[row] = .oneSided
    keep(row, &result)
    result.discrepancies.append(
      Discrepancy(
        .payoutNotArrived, statement: row, expected: -payout.gross, actual: 0,
        currency: payout.currency))
  }

  /// The next statement of the bank is looked through for it as well.
  private func keep(_ row: Int, _ result: inout MatchResult) {
    let payout = input.statement.entries[row]
    guard rules.asOf.milliseconds(since: payout.at) <= rules.lateKeptMilliseconds else { return }
    if result.statementBuckets[row] == .unassigned {
      result.statementBuckets[row] = .pooled
    } else {
      result.awaited.append(row)
    }
  }
}
