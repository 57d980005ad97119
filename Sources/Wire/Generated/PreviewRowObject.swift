// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A row of a file as it was understood.
package struct PreviewRowObject: WireObject, Equatable {
  /// Of the file, from 1; rows that share a line are counted on from it.
  package var line: Int64
  /// charge, refund, refund_return, fee, payout, payout_return, dispute, adjustment, transfer or
  /// bank.
  package var kind: String
  /// succeeded, pending or failed.
  package var status: String
  /// When.
  package var at: Int64
  /// As the balance sees it.
  package var amount: SignedMoneyObject
  /// Positive costs.
  package var fee: SignedMoneyObject?
  /// The gateway's or bank's number.
  package var gatewayTxnID: String?
  /// Our number.
  package var reference: String?
  /// The charge that a refund belongs to; the text of a bank's row.
  package var parent: String?

  package init(
    line: Int64, kind: String, status: String, at: Int64, amount: SignedMoneyObject,
    fee: SignedMoneyObject? = nil, gatewayTxnID: String? = nil, reference: String? = nil,
    parent: String? = nil
  ) {
    self.line = line
    self.kind = kind
    self.status = status
    self.at = at
    self.amount = amount
    self.fee = fee
    self.gatewayTxnID = gatewayTxnID
    self.reference = reference
    self.parent = parent
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("line", line)
    writer.member("kind", kind)
    writer.member("status", status)
    writer.member("at", at)
    writer.member("amount", amount)
    writer.member("fee", fee)
    writer.member("gateway_txn_id", gatewayTxnID)
    writer.member("reference", reference)
    writer.member("parent", parent)
  }
}
