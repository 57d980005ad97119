// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A row of a statement.
package struct StatementRowObject: WireObject, Equatable {
  /// Of which.
  package var statement: String
  /// Line of the file, from 1; rows that share one are counted on from it.
  package var line: Int64
  /// The gateway's number.
  package var gatewayTxnID: String?
  /// Our number, as it stands there; of a row about a dispute that has the dispute's number,
  /// perhaps the row's own.
  package var reference: String?
  /// Of a row about a dispute the number of the charge, ours or the gateway's, as it stands there.
  package var parent: String?
  /// The gateway's time.
  package var at: Int64
  /// Of a row that is nobody's: what the gateway kept of it, below zero what it gave back. A
  /// decision that takes the row in books it.
  package var fee: SignedMoneyObject?
  /// Likewise what a coupon of your own took of it.
  package var coupon: SignedMoneyObject?
  /// Likewise what it was credited as in another currency than was charged, before the fee. A
  /// decision moves it there through the account exchange.
  package var credited: SignedMoneyObject?

  package init(
    statement: String, line: Int64, gatewayTxnID: String? = nil, reference: String? = nil,
    parent: String? = nil, at: Int64, fee: SignedMoneyObject? = nil,
    coupon: SignedMoneyObject? = nil, credited: SignedMoneyObject? = nil
  ) {
    self.statement = statement
    self.line = line
    self.gatewayTxnID = gatewayTxnID
    self.reference = reference
    self.parent = parent
    self.at = at
    self.fee = fee
    self.coupon = coupon
    self.credited = credited
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("statement", statement)
    writer.member("line", line)
    writer.member("gateway_txn_id", gatewayTxnID)
    writer.member("reference", reference)
    writer.member("parent", parent)
    writer.member("at", at)
    writer.member("fee", fee)
    writer.member("coupon", coupon)
    writer.member("credited", credited)
  }
}
