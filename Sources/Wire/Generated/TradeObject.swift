// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One trade in the sandbox's books.
package struct TradeObject: WireObject, Equatable {
  /// Which sandbox.
  package var gateway: String
  /// Our number.
  package var outTradeNo: String
  /// Its number.
  package var gatewayTxnID: String
  /// waiting, paid, processing, failed, closed or refunded.
  package var state: String
  /// Asked.
  package var amount: MoneyObject
  /// Paid.
  package var paid: MoneyObject?
  /// Paid back.
  package var refunded: MoneyObject?
  /// When.
  package var paidAt: Int64?
  /// What became of its notification.
  package var callback: String?

  package init(
    gateway: String, outTradeNo: String, gatewayTxnID: String, state: String, amount: MoneyObject,
    paid: MoneyObject? = nil, refunded: MoneyObject? = nil, paidAt: Int64? = nil,
    callback: String? = nil
  ) {
    self.gateway = gateway
    self.outTradeNo = outTradeNo
    self.gatewayTxnID = gatewayTxnID
    self.state = state
    self.amount = amount
    self.paid = paid
    self.refunded = refunded
    self.paidAt = paidAt
    self.callback = callback
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("gateway", gateway)
    writer.member("out_trade_no", outTradeNo)
    writer.member("gateway_txn_id", gatewayTxnID)
    writer.member("state", state)
    writer.member("amount", amount)
    writer.member("paid", paid)
    writer.member("refunded", refunded)
    writer.member("paid_at", paidAt)
    writer.member("callback", callback)
  }
}
