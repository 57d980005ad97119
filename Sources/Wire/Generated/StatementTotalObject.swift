// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Rows of one kind and currency.
package struct StatementTotalObject: WireObject, Equatable {
  /// What the rows are: charge, refund, refund_return, fee, payout, payout_return, dispute,
  /// adjustment, transfer, conversion, bank.
  package var kind: String
  /// How many.
  package var rows: Int64
  /// Their sum, as the balance sees it.
  package var sum: SignedMoneyObject

  package init(kind: String, rows: Int64, sum: SignedMoneyObject) {
    self.kind = kind
    self.rows = rows
    self.sum = sum
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("kind", kind)
    writer.member("rows", rows)
    writer.member("sum", sum)
  }
}
