import Domain

/// What came of holding a bill of trades against the bill of the balance they were paid into.
package struct SettlementResult: Sendable {
  /// By row of the balance's bill, and of the bank's statement.
  package internal(set) var fundBuckets: [Bucket]
  package internal(set) var bankBuckets: [Bucket]
  /// Rows of the trade bill whose money has not reached the balance: they are looked for again.
  package internal(set) var unsettled: [Int] = []
  /// Rows of the balance's bill that are looked for again.
  package internal(set) var fundWaiting: [Int] = []
  /// Rows that waited, or were named, in an earlier run and are settled now.
  package internal(set) var settledTrades: [Int] = []
  /// The bank rows that payouts were found in, by the payout's row in the balance's bill.
  package internal(set) var arrivals: [Int: [Int]] = [:]
  /// The rows that gave payouts back, by the payout's row; both in the balance's bill.
  package internal(set) var returns: [Int: Int] = [:]
  /// Payouts that are awaited no more.
  package var endedPayouts: [Int] { Array(arrivals.keys) + Array(returns.keys) }
  /// What payouts were found to be made of, by the payout's row in the balance's bill.
  package internal(set) var payoutSums: [Int: PayoutSum] = [:]
  package internal(set) var discrepancies: [Discrepancy] = []
}

/// Compares what a bill of trades says was earned with what the balance's bill says was moved,
/// trade by trade, and the payouts of the balance with the bank.
///
/// A trade and its refunds share numbers in both files, but not always the same ones, so rows that
/// share any number are one group, and groups are compared by what they add up to: of the trades,
/// what the balance gets of them, without coupons that the merchant pays for. Pure.
package struct SettlementMatcher: Sendable {
  let trade: EntryTable
  let fund: EntryTable
  let bank: EntryTable
  let rules: MatchRules
  /// Rows of the trade bill that were counted apart as copies of others.
  let copies: Set<Int>
  /// Payouts that were told of as missing by another file of the bank.
  let told: Set<Int>
  /// Rows of the balance's bill that another one has told of.
  let movesElsewhere: Set<Int>

  /// - Parameter tradeBuckets: as the comparison with our books left them.
  package init(
    trade: EntryTable, tradeBuckets: [Bucket], fund: EntryTable, bank: EntryTable,
    told: Set<Int> = [], movesElsewhere: Set<Int> = [], _ rules: MatchRules
  ) {
    self.told = told
    self.movesElsewhere = movesElsewhere
    self.trade = trade
    self.fund = fund
    self.bank = bank
    self.rules = rules
    copies = Set(tradeBuckets.indices.filter { tradeBuckets[$0] == .duplicate })
  }

  package func run() -> SettlementResult {
    var input = MatchInput(statement: fund, local: EntryTable(), bank: bank)
    input.told = told
    input.copies = movesElsewhere.filter { !fund.entries[$0].kind.isOfTrades }
    let money = Matcher(input, rules)
    var payouts = MatchResult(of: input)
    money.leaveOutCopies(&payouts)
    money.matchPayouts(&payouts)
    money.placeRest(&payouts)
    var result = SettlementResult(
      fundBuckets: payouts.statementBuckets, bankBuckets: payouts.bankBuckets)
    result.arrivals = payouts.arrivals
    result.returns = payouts.returns
    result.payoutSums = payouts.payoutSums
    result.fundWaiting =
      payouts.awaited + payouts.statementBuckets.indices.filter {
        payouts.statementBuckets[$0] == .pooled
      }
    result.discrepancies = payouts.discrepancies.map { $0.movedToFund }
    let groups = SettlementGroups(trade, fund, leavingOut: copies, &result)
    let verdict = SettlementVerdict(
      trade: trade, fund: fund, movesElsewhere: movesElsewhere, rules: rules, groups: groups)
    verdict.place(into: &result)
    result.fundWaiting.sort()
    result.discrepancies.sort(by: Matcher.isBefore)
    return result
  }
}

extension EntryKind {
  /// Whether a movement of the balance belongs to a trade.
  package var isOfTrades: Bool {
    switch self {
    case .charge, .refund, .refundReturn, .fee, .adjustment, .dispute: true
    case .payout, .payoutReturn, .transfer, .bank, .order, .conversion: false
    }
  }
}

/// Rows of one trade, in one currency.
struct SettlementGroup {
  /// Money of one direction on both sides; minor units. Nil where a sum does not fit.
  struct Part {
    var tradeRows: [Int] = []
    var fundRows: [Int] = []
    var traded: Int64? = 0
    var moved: Int64? = 0
  }

  let currency: Currency
  var charges = Part()
  var refunds = Part()
  /// Fees: those that the trades name, as what they take; and all other movements.
  var fees = Part()
  /// Refunds that were not over when the trade bill was cut.
  var pending: Int64 = 0

  var hasTrades: Bool { !charges.tradeRows.isEmpty || !refunds.tradeRows.isEmpty }
}

/// Puts rows of both files that share a number into groups.
struct SettlementGroups {
  private(set) var all: [SettlementGroup] = []
  /// Movements that belong to no trade of the bill, and say so: fees taken in a lump.
  private var parents: [Int32] = []
  private var numbers: [ArraySlice<UInt8>: Int32] = [:]

  private struct Key: Hashable {
    let root: Int32
    let currency: Currency
  }

  init(
    _ trade: EntryTable, _ fund: EntryTable, leavingOut copies: Set<Int>,
    _ result: inout SettlementResult
  ) {
    numbers.reserveCapacity(trade.count * 2)
    var places: [Key: Int] = [:]
    let trades = trade.entries.indices.filter { row in
      let entry = trade.entries[row]
      return (entry.kind == .charge || entry.kind == .refund) && entry.status != .failed
        && !copies.contains(row) && trade.received(ofRow: row) != 0
    }
    let tradeRoots = trades.map { row in
      let entry = trade.entries[row]
      return join([entry.transaction, entry.reference, entry.parent].map(trade.text))
    }
    let moves = Self.distinct(fund, &result)
    let moveRoots = moves.map { row in
      let entry = fund.entries[row]
      return join([entry.transaction, entry.reference].map(fund.text))
    }
    func place(_ root: Int32, _ currency: Currency) -> Int {
      let key = Key(root: self.root(root), currency: currency)
      if let known = places[key] { return known }
      places[key] = all.count
      all.append(SettlementGroup(currency: currency))
      return all.count - 1
    }
    for (row, root) in zip(trades, tradeRoots) {
      let entry = trade.entries[row]
      all[place(root, entry.currency)].add(
        trade: entry, received: trade.received(ofRow: row), row)
    }
    for (row, root) in zip(moves, moveRoots) {
      let entry = fund.entries[row]
      all[place(root, entry.currency)].add(move: entry, row)
    }
  }

  /// Movements of trades, each once: a copy has the number of the first one.
  private static func distinct(
    _ fund: EntryTable, _ result: inout SettlementResult
  ) -> [Int] {
    var seen: [ArraySlice<UInt8>: Int] = [:]
    var moves: [Int] = []
    for (row, entry) in fund.entries.enumerated()
    where entry.status != .failed && entry.kind.isOfTrades {
      let number = fund.text(entry.parent)
      if !number.isEmpty, let first = seen[number], fund.entries[first].gross == entry.gross {
        result.fundBuckets[row] = .duplicate
        result.discrepancies.append(
          Discrepancy(
            .duplicateRow, fund: row, expected: 0, actual: entry.gross, currency: entry.currency))
        continue
      }
      if !number.isEmpty { seen[number] = row }
      moves.append(row)
    }
    return moves
  }

  /// The group that all these numbers name; one of its own where there are none.
  private mutating func join(_ texts: [ArraySlice<UInt8>]) -> Int32 {
    var found: Int32 = -1
    for text in texts where !text.isEmpty {
      if let known = numbers[text] {
        let other = root(known)
        if found >= 0, found != other { parents[Int(other)] = found } else { found = other }
      } else {
        if found < 0 { found = add() }
        numbers[text] = found
      }
    }
    return found >= 0 ? found : add()
  }

  private mutating func add() -> Int32 {
    parents.append(Int32(parents.count))
    return Int32(parents.count - 1)
  }

  private func root(_ place: Int32) -> Int32 {
    var place = place
    while parents[Int(place)] != place { place = parents[Int(place)] }
    return place
  }
}

extension SettlementGroup {
  mutating func add(trade entry: Entry, received: Int64, _ row: Int) {
    guard entry.status == .succeeded else {
      pending = pending.addingReportingOverflow(received).partialValue
      return
    }
    if entry.kind == .charge {
      charges.tradeRows.append(row)
      charges.traded = Self.sum(charges.traded, received)
    } else {
      refunds.tradeRows.append(row)
      refunds.traded = Self.sum(refunds.traded, received)
    }
    if entry.flags.contains(.hasFee), entry.fee != 0 {
      fees.tradeRows.append(row)
      fees.traded = Self.sum(fees.traded, -entry.fee)
    }
  }

  mutating func add(move entry: Entry, _ row: Int) {
    switch entry.kind {
    case .charge:
      charges.fundRows.append(row)
      charges.moved = Self.sum(charges.moved, entry.gross)
    case .refund:
      refunds.fundRows.append(row)
      refunds.moved = Self.sum(refunds.moved, entry.gross)
    default:
      fees.fundRows.append(row)
      fees.moved = Self.sum(fees.moved, entry.gross)
    }
  }

  private static func sum(_ sum: Int64?, _ value: Int64) -> Int64? {
    guard let (next, overflow) = sum?.addingReportingOverflow(value), !overflow else { return nil }
    return next
  }
}
