import Domain

/// A payout that comes in parts, over several files of the bank, or less what the bank kept of it.
///
/// A row that names a payout and is less than it says nothing of why. What tells is what comes
/// afterwards, so nothing is closed by a guess:
///
/// - Rows that name one payout alone, in whatever files of the account, are parts of it while they
///   are not more than it together. Once they are it to the last unit, it has arrived, and what was
///   told of a part is over.
/// - A fee is small beside what it is taken from: where no more than a tenth is missing, that is
///   told at once. Of more than that the rest may come as long as a whole payout may; then it is
///   told with all that came. Whatever was told, the rest is looked for as long as a payout that
///   was missed.
/// - Rows that are more than the payout together explain nothing. What was found before stands, and
///   each of the others is told as nobody's, for people to say what it is. Where nothing was found
///   before, those among them that are the payout to the last unit are suggested.
extension Matcher {
  /// The rows that are a payout: one, or its parts.
  ///
  /// - Parameters:
  ///   - free: rows that name it and are no other one.
  ///   - namers: how many payouts each row of the bank names.
  func parts(of row: Int, _ free: [Int], _ namers: [Int: Int]) -> [Int] {
    guard free.count > 1 else { return free }
    let entries = input.bank.entries
    var came: Int64? = 0
    for bankRow in free {
      let credit = entries[bankRow]
      let isPart = credit.gross > 0 && namers[bankRow] == 1
        && credit.currency == entries[free[0]].currency
      let (sum, overflow) = (came ?? 0).addingReportingOverflow(credit.gross)
      came = came == nil || overflow || !isPart ? nil : sum
    }
    let isAll = came.map { isShort(row, $0, entries[free[0]].currency) } ?? false
    return isAll ? free : free.filter(isKnown)
  }

  /// Of rows that are more than a payout, those that are it to the last unit. That proves nothing:
  /// any of the others may be a part as well.
  ///
  /// - Parameter free: rows that name it alone and are no other one.
  func suggestParts(of row: Int, _ free: [Int], _ result: inout MatchResult) {
    let (payout, entries) = (input.statement.entries[row], input.bank.entries)
    let credits = free.filter {
      entries[$0].gross > 0 && entries[$0].currency == payout.currency && !isKnown($0)
    }
    guard payout.gross < 0, payout.gross > -Int64.max else { return }
    let found = GroupSearch(
      credits.map { entries[$0].gross }, target: -payout.gross, fullRows: rules.groupRows,
      steps: rules.groupSteps)
    guard !found.groups.isEmpty else { return }
    let groups = found.groups.map { $0.map { credits[$0] } }
    suggest(row, groups.sorted { $0.lexicographicallyPrecedes($1) }, &result)
  }

  /// Whether an earlier run found it in another file of the bank.
  func isKnown(_ bankRow: Int) -> Bool { input.bank.entries[bankRow].flags.contains(.carried) }

  /// Whether what came is a part of a payout.
  func isShort(_ row: Int, _ came: Int64, _ currency: Currency) -> Bool {
    let payout = input.statement.entries[row]
    return payout.gross < 0 && came > 0 && came.magnitude < payout.gross.magnitude
      && currency == payout.currency
  }

  /// Whether what is missing may come yet, and nobody need know before it is late.
  func awaitsRest(_ row: Int, _ came: Int64, _ currency: Currency) -> Bool {
    let payout = input.statement.entries[row]
    guard isShort(row, came, currency), !input.told.contains(row), !isMissed(payout) else {
      return false
    }
    return payout.gross.magnitude - came.magnitude > payout.gross.magnitude / 10
  }

  /// The last to come; the same from whichever file the others are known.
  func last(of credits: [Int]) -> Int {
    func order(_ bankRow: Int) -> (Timestamp, Int64, String) {
      let credit = input.bank.entries[bankRow]
      return (credit.at, credit.gross, input.bank.string(credit.transaction))
    }
    return credits.max { order($0) < order($1) } ?? credits[0]
  }

  /// Files of a bank may overlap. A row of a day, an amount and a number of a payout that stand in
  /// another file as well is that row again, unless the bank's own numbers tell the two apart; it
  /// counts once.
  func leaveOutShownAgain(_ texts: [Set<[UInt8]>], _ result: inout MatchResult) {
    let entries = input.bank.entries
    for known in entries.indices.filter(isKnown) {
      if !isFree(known, result) { result.bankBuckets[known] = .matched }
      let again = entries.indices.first { bankRow in
        !isKnown(bankRow) && isFree(bankRow, result) && isSame(bankRow, known)
          && !texts[bankRow].isDisjoint(with: texts[known])
      }
      if let again { result.bankBuckets[again] = .duplicate }
    }
  }

  private func isSame(_ one: Int, _ other: Int) -> Bool {
    let (one, other) = (input.bank.entries[one], input.bank.entries[other])
    let numbers = [one, other].map { input.bank.text($0.transaction) }.filter { !$0.isEmpty }
    return one.gross == other.gross && one.currency == other.currency
      && CivilDay(one.at, offsetMinutes: 0) == CivilDay(other.at, offsetMinutes: 0)
      && (numbers.count < 2 || numbers[0].elementsEqual(numbers[1]))
  }
}
