import Domain
import Reconciliation
import Store

/// Holds a bill of trades against the bill of the balance of the same days, and its payouts against
/// the bank.
struct SettlementComparison {
  /// Rows of the trade bill, with those of earlier ones whose money had not been moved.
  private(set) var trades: StatementRows
  private(set) var funds: StatementRows
  private(set) var result: SettlementResult
  /// Rows of this bill of the balance that another one has.
  let copies: MovementCopies
  private let untouched: [WaitingRow]

  /// - Parameters:
  ///   - trade: rows of the bill itself, and where the comparison with our books left them.
  ///   - findCopies: what of a bill of the balance stands in another one.
  ///   - prepareBank: marks payouts that were found, and gives the bank's rows for this gateway.
  ///   - findTold: the payouts among the rows that were told of as missing before.
  init(
    _ statement: StatementRecord, _ trade: EntryTable, _ tradeBuckets: [Bucket],
    fund: StatementRecord, _ kept: KeptStatements,
    _ findCopies: (EntryTable) throws -> MovementCopies,
    _ prepareBank: (inout StatementRows) throws -> EntryTable,
    _ findTold: (StatementRows) throws -> Set<Int>, _ rules: MatchRules
  ) throws {
    let own = try kept.read(fund).table
    copies = try findCopies(own)
    let left = try kept.waiting(
      .fund, before: statement, besides: [statement.id, fund.id], and: copies.payouts)
    trades = StatementRows(trade, of: statement.id)
    funds = StatementRows(own, of: fund.id)
    for (record, lines) in left.rows {
      let rows = try kept.carried(record, lines)
      if record.content == .fund {
        funds.add(rows, of: record.id)
      } else {
        trades.add(rows, of: record.id)
      }
    }
    untouched = left.untouched
    let bank = try prepareBank(&funds)
    let carried = [Bucket](repeating: .pooled, count: trades.table.count - trade.count)
    let matcher = SettlementMatcher(
      trade: trades.table, tradeBuckets: tradeBuckets.prefix(trade.count) + carried,
      fund: funds.table, bank: bank, told: try findTold(funds),
      movesElsewhere: Set(copies.rows.keys), rules)
    result = matcher.run()
  }

  /// All that waits now for the next bill of the balance, and for the bank.
  var waiting: [WaitingRow] {
    untouched + result.unsettled.map(trades.waiting) + result.fundWaiting.map(funds.waiting)
  }

  /// Rows whose money has come, by their texts: what was said of its absence is over.
  var settled: Set<String> {
    Set(
      result.settledTrades.map { trades.reference($0).text }
        + result.endedPayouts.map { funds.rowPlace($0).text })
  }
}
