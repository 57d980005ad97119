import Domain

/// Payouts against the rows of a bank: by the numbers that its texts name, else by amount and days.
extension Matcher {
  func matchBank(_ payouts: [Int], _ result: inout MatchResult) {
    let texts = bankNumbers()
    leaveOutShownAgain(texts, &result)
    let named = payouts.map { row in
      let numbers = payoutNumbers(row)
      // What took all of it back is looked at once it is known whether it came.
      let gross = input.statement.entries[row].gross
      return input.bank.entries.indices.filter { bankRow in
        isFree(bankRow, result) && (gross >= 0 || input.bank.entries[bankRow].gross != gross)
          && numbers.contains { texts[bankRow].contains($0) }
      }
    }
    for group in CreditGroup.all(of: payouts, named) { join(group, &result) }
    var namers: [Int: Int] = [:]
    for bankRow in named.joined() { namers[bankRow, default: 0] += 1 }
    var open: [Int] = []
    for (row, named) in zip(payouts, named) where result.arrivals[row] == nil {
      let credits = parts(of: row, named.filter { isFree($0, result) }, namers)
      if !credits.isEmpty {
        join(row, credits, &result)
      } else if !isBack(row, result) {
        open.append(row)
      }
    }
    // Rivals are counted among all that were open, so the order of payouts decides nothing.
    for row in open { matchByAmount(row, open, texts, &result) }
    for (row, named) in zip(payouts, named)
    where named.count > 1 && open.contains(row) && !isSettled(row, result) {
      suggestParts(of: row, named.filter { isFree($0, result) && namers[$0] == 1 }, &result)
    }
    for row in open where !isSettled(row, result) { placeUnarrived(row, &result) }
    for (bankRow, entry) in input.bank.entries.enumerated()
    where isFree(bankRow, result) && entry.gross > 0 && entry.flags.contains(.namesGateway)
      && !entry.flags.contains(.carried) && rules.knowsPayouts(at: entry.at)
    {
      result.bankBuckets[bankRow] = .oneSided
      result.discrepancies.append(
        Discrepancy(
          .bankRowWithoutPayout, bank: bankRow, expected: 0, actual: entry.gross,
          currency: entry.currency))
    }
  }

  /// What each row of the bank names.
  private func bankNumbers() -> [Set<[UInt8]>] { input.bank.entries.map(input.bank.numbersNamed) }

  /// The bank took a payout back that it had credited. The gateway's list will give it back as
  /// well; until then somebody has to know.
  func nameDebits(_ payouts: [Int], _ result: inout MatchResult) {
    for (bankRow, debit) in input.bank.entries.enumerated()
    where debit.gross < 0 && isFree(bankRow, result) {
      let texts = input.bank.numbersNamed(by: debit)
      let named = payouts.filter { row in
        let payout = input.statement.entries[row]
        return payout.gross == debit.gross && payout.currency == debit.currency
          && debit.at >= payout.at.adding(milliseconds: -86_400_000)
          && (payout.flags.contains(.taken) || result.arrivals[row] != nil || isBack(row, result))
          && payoutNumbers(row).contains(where: texts.contains)
      }
      guard let row = named.first, named.count == 1 else { continue }
      result.bankBuckets[bankRow] = isBack(row, result) ? .matched : .oneSided
      guard !isBack(row, result) else { continue }
      result.discrepancies.append(
        Discrepancy(
          .payoutNotArrived, statement: row, bank: bankRow, expected: -debit.gross, actual: 0,
          currency: debit.currency))
    }
  }

  func isFree(_ bankRow: Int, _ result: MatchResult) -> Bool {
    result.bankBuckets[bankRow] == .unassigned
      && !input.bank.entries[bankRow].flags.contains(.taken)
  }

  /// Whether the bank's side of a payout is known, agreed or not.
  private func isSettled(_ row: Int, _ result: MatchResult) -> Bool {
    result.statementBuckets[row] == .suggested || result.arrivals[row] != nil
  }

  private func payoutNumbers(_ row: Int) -> [[UInt8]] {
    input.statement.numbers(ofPayout: input.statement.entries[row])
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
      nameLate(row, last(of: group.credits), &result)
    }
  }

  /// The bank's rows say which payout they are.
  private func join(_ row: Int, _ credits: [Int], _ result: inout MatchResult) {
    let payout = input.statement.entries[row]
    let last = last(of: credits)
    let currency = input.bank.entries[last].currency
    let came = credits.reduce(0) { $0 + input.bank.entries[$1].gross }
    result.arrivals[row] = credits
    let agrees = came == -payout.gross && currency == payout.currency
    let isOver = isBack(row, result) && credits.allSatisfy(isKnown)
    let waits = !agrees && !isOver && awaitsRest(row, came, currency)
    for bankRow in credits {
      result.bankBuckets[bankRow] = agrees || isOver ? .matched : waits ? .grouped : .differing
    }
    if !agrees, !isOver, !waits {
      result.discrepancies.append(
        Discrepancy(
          .payoutSum, statement: row, bank: last, expected: -payout.gross, actual: came,
          currency: currency))
      result.statementBuckets[row] = .differing
    }
    if !isBack(row, result), isShort(row, came, currency) { keep(row, &result) }
    if result.statementBuckets[row] == .unassigned { result.statementBuckets[row] = .matched }
    if agrees { nameLate(row, last, &result) }
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
  private func matchByAmount(
    _ row: Int, _ rivals: [Int], _ texts: [Set<[UInt8]>], _ result: inout MatchResult
  ) {
    /// Numbers of other payouts, as it seems.
    func others(_ bankRow: Int, _ row: Int) -> [[UInt8]] {
      let numbers = payoutNumbers(row)
      return texts[bankRow].filter { text in
        numbers.contains { BankText.areAlike(text, $0) }
      }
    }
    func fits(_ bankRow: Int, _ row: Int) -> Bool {
      let (payout, credit) = (input.statement.entries[row], input.bank.entries[bankRow])
      // Digits alone may be the bank's own number; `po_1002` is no `po_1003`.
      guard !others(bankRow, row).contains(where: BankText.hasJoints) else { return false }
      let isOpen = isFree(bankRow, result) || result.bankBuckets[bankRow] == .suggested
      guard isOpen, !isKnown(bankRow), credit.gross == -payout.gross,
        credit.currency == payout.currency,
        credit.at >= payout.at.adding(milliseconds: -86_400_000)
      else { return false }
      let latest = due(payout).adding(milliseconds: rules.lateKeptMilliseconds)
      return credit.at <= due(payout)
        || (credit.flags.contains(.namesGateway) && credit.at <= latest)
    }
    let payout = input.statement.entries[row]
    let found = input.bank.entries.indices.filter { fits($0, row) }
    guard let bankRow = found.first else { return }
    let claims = rivals.count { fits(bankRow, $0) }
    let credit = input.bank.entries[bankRow]
    // A second credit of the same amount may be this payout's as well, however late.
    if found.count == 1, claims == 1, credit.at <= due(payout),
      credit.flags.contains(.namesGateway), others(bankRow, row).isEmpty
    {
      join(row, [bankRow], &result)
      return
    }
    suggest(row, found.map { [$0] }, &result)
  }

  /// - Parameter groups: of the bank's rows, of which each may be the payout.
  func suggest(_ row: Int, _ groups: [[Int]], _ result: inout MatchResult) {
    let payout = input.statement.entries[row]
    result.statementBuckets[row] = .suggested
    // One that was told of before is not told of anew, so the bank's rows are.
    let isTold = input.told.contains(row)
    for bankRow in groups.joined()
    where !isTold || !input.bank.entries[bankRow].flags.contains(.namesGateway) {
      result.bankBuckets[bankRow] = .suggested
    }
    result.discrepancies.append(
      Discrepancy(
        .payoutNotArrived, statement: row, expected: -payout.gross, actual: 0,
        currency: payout.currency, suggestions: groups))
    keep(row, &result)
  }

  private func due(_ payout: Entry) -> Timestamp {
    rules.calendar.adding(businessDays: rules.bankDays, to: payout.at)
  }

  /// It may still come on its last day, so a file that ends before proves nothing; but nobody waits
  /// for a newer one for ever.
  func isMissed(_ payout: Entry) -> Bool {
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
  func keep(_ row: Int, _ result: inout MatchResult) {
    let payout = input.statement.entries[row]
    guard rules.asOf.milliseconds(since: payout.at) <= rules.lateKeptMilliseconds else { return }
    if result.statementBuckets[row] == .unassigned {
      result.statementBuckets[row] = .pooled
    } else {
      result.awaited.append(row)
    }
  }
}
