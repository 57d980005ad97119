// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A notification as it arrived. Kept as evidence.
package struct ReceiptObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// Where it says it is from.
  package var gateway: String
  /// When.
  package var receivedAt: Int64
  /// What became of it.
  package var verdict: String
  /// The payment it is about.
  package var payment: String?
  /// Its order.
  package var order: String?
  /// Digest of the body.
  package var sha256: String
  /// Size of the body.
  package var bytes: Int64
  /// What its signature proves; absent if it proves nothing.
  package var strength: String?
  /// Why rejected or parked.
  package var reason: String?

  package init(
    id: String, gateway: String, receivedAt: Int64, verdict: String, payment: String? = nil,
    order: String? = nil, sha256: String, bytes: Int64, strength: String? = nil,
    reason: String? = nil
  ) {
    self.id = id
    self.gateway = gateway
    self.receivedAt = receivedAt
    self.verdict = verdict
    self.payment = payment
    self.order = order
    self.sha256 = sha256
    self.bytes = bytes
    self.strength = strength
    self.reason = reason
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("gateway", gateway)
    writer.member("received_at", receivedAt)
    writer.member("verdict", verdict)
    writer.member("payment", payment)
    writer.member("order", order)
    writer.member("sha256", sha256)
    writer.member("bytes", bytes)
    writer.member("strength", strength)
    writer.member("reason", reason)
  }
}
