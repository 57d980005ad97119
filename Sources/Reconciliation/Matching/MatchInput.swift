/// All that one run compares. The tables hold one gateway account; rows of other accounts are
/// discrepancies.
package struct MatchInput: Sendable {
  package var statement: EntryTable
  /// Our payments, refunds and disputes, and the orders they may belong to.
  package var local: EntryTable
  package var bank: EntryTable
  /// What the statement states about itself.
  package var checks: [StatementCheck]
  /// The bill that this one was issued in place of.
  package var superseded: EntryTable?
  /// By rows of the statement without a number that is known: those of ours that each may be.
  package var candidates: [Int: [Int]] = [:]
  /// By rows of the statement: what another one in force says of the same, where it is matched.
  package var elsewhere: [Int: RowElsewhere] = [:]
  /// Rows that name a payment of ours, and another statement has the row of that payment.
  package var rivals: Set<Int> = []
  /// Rows of earlier statements that were told of already: what they are not waits no longer. And
  /// payouts that were told of as missing by another file of the bank.
  package var told: Set<Int> = []
  /// Rows of refunds that people have taken into the books: none is what a gateway gave back beside
  /// them.
  package var decided: Set<Int> = []
  /// Rows of money that was asked for before the bill's time. Only one of a payment of ours that no
  /// other statement has tells anything new.
  package var touched: Set<Int> = []
  /// Payouts and halves of exchanges that another statement has told of.
  package var copies: Set<Int> = []
  /// Halves of exchanges that belong to other statements, where the other halves stand.
  package var exchangedElsewhere: Set<Int> = []

  package init(
    statement: EntryTable, local: EntryTable, bank: EntryTable = EntryTable(),
    checks: [StatementCheck] = [], superseded: EntryTable? = nil
  ) {
    self.statement = statement
    self.local = local
    self.bank = bank
    self.checks = checks
    self.superseded = superseded
  }
}

/// Runs `work(0) … work(count - 1)`, at once where the caller has threads to spare.
package typealias ForEach = (_ count: Int, _ work: @Sendable (Int) -> Void) -> Void
