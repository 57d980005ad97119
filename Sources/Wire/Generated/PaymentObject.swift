// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One try to get an order paid at one gateway.
package struct PaymentObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// Its order.
  package var order: String
  /// Where.
  package var gateway: String
  /// Adapter of the gateway.
  package var kind: String
  /// How the buyer pays.
  package var method: String
  /// Where it stands.
  package var state: String
  /// What was asked.
  package var amount: MoneyObject
  /// What came.
  package var captured: MoneyObject?
  /// What the gateway kept, if known.
  package var fee: MoneyObject?
  /// What is left, if known.
  package var net: MoneyObject?
  /// What is settled in the shop's currency, if known.
  package var settlement: MoneyObject?
  /// Our number at the gateway.
  package var outTradeNo: String
  /// The gateway's number of the charge.
  package var gatewayTxnID: String?
  /// The gateway's number of the payment, where it has one before anything is charged.
  package var gatewayPaymentID: String?
  /// What the buyer must be shown.
  package var action: ActionObject?
  /// Why it failed, is unknown or closed.
  package var reason: ReasonObject?
  /// When the gateway is asked next.
  package var nextQueryAt: Int64?
  /// Times the gateway was asked.
  package var queries: Int64
  /// What is known and from whom.
  package var evidence: [EvidenceObject]
  /// Created.
  package var createdAt: Int64
  /// Paid.
  package var paidAt: Int64?
  /// Closed.
  package var closedAt: Int64?
  /// When the gateway told that it had given everything back by itself.
  package var reversedAt: Int64?
  /// Cannot be paid after, if the gateway keeps its word.
  package var expiresAt: Int64
  /// Who has spoken of it, and what each said: the gateway, our books, the bill of its day. Only in
  /// payment.get.
  package var witnesses: [WitnessObject]?
  /// Changes so far.
  package var version: Int64

  package init(
    id: String, order: String, gateway: String, kind: String, method: String, state: String,
    amount: MoneyObject, captured: MoneyObject? = nil, fee: MoneyObject? = nil,
    net: MoneyObject? = nil, settlement: MoneyObject? = nil, outTradeNo: String,
    gatewayTxnID: String? = nil, gatewayPaymentID: String? = nil, action: ActionObject? = nil,
    reason: ReasonObject? = nil, nextQueryAt: Int64? = nil, queries: Int64,
    evidence: [EvidenceObject], createdAt: Int64, paidAt: Int64? = nil, closedAt: Int64? = nil,
    reversedAt: Int64? = nil, expiresAt: Int64, witnesses: [WitnessObject]? = nil, version: Int64
  ) {
    self.id = id
    self.order = order
    self.gateway = gateway
    self.kind = kind
    self.method = method
    self.state = state
    self.amount = amount
    self.captured = captured
    self.fee = fee
    self.net = net
    self.settlement = settlement
    self.outTradeNo = outTradeNo
    self.gatewayTxnID = gatewayTxnID
    self.gatewayPaymentID = gatewayPaymentID
    self.action = action
    self.reason = reason
    self.nextQueryAt = nextQueryAt
    self.queries = queries
    self.evidence = evidence
    self.createdAt = createdAt
    self.paidAt = paidAt
    self.closedAt = closedAt
    self.reversedAt = reversedAt
    self.expiresAt = expiresAt
    self.witnesses = witnesses
    self.version = version
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("order", order)
    writer.member("gateway", gateway)
    writer.member("kind", kind)
    writer.member("method", method)
    writer.member("state", state)
    writer.member("amount", amount)
    writer.member("captured", captured)
    writer.member("fee", fee)
    writer.member("net", net)
    writer.member("settlement", settlement)
    writer.member("out_trade_no", outTradeNo)
    writer.member("gateway_txn_id", gatewayTxnID)
    writer.member("gateway_payment_id", gatewayPaymentID)
    writer.member("action", action)
    writer.member("reason", reason)
    writer.member("next_query_at", nextQueryAt)
    writer.member("queries", queries)
    writer.member("evidence", evidence)
    writer.member("created_at", createdAt)
    writer.member("paid_at", paidAt)
    writer.member("closed_at", closedAt)
    writer.member("reversed_at", reversedAt)
    writer.member("expires_at", expiresAt)
    writer.member("witnesses", witnesses)
    writer.member("version", version)
  }
}
