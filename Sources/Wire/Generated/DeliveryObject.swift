// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// The handing out of one line of an order.
package struct DeliveryObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// Its order.
  package var order: String
  /// Number of the line, from 1; 0 for an order without lines.
  package var line: Int64
  /// Where it stands.
  package var state: String
  /// The live claim; shown to who made it only.
  package var claim: String?
  /// Who holds the claim or held it last.
  package var claimedBy: String?
  /// End of the claim.
  package var leaseUntil: Int64?
  /// What the worker noted.
  package var reference: String?
  /// Why held, failed or revoked.
  package var reason: String?
  /// Handed out.
  package var deliveredAt: Int64?
  /// Changes so far.
  package var version: Int64

  package init(
    id: String, order: String, line: Int64, state: String, claim: String? = nil,
    claimedBy: String? = nil, leaseUntil: Int64? = nil, reference: String? = nil,
    reason: String? = nil, deliveredAt: Int64? = nil, version: Int64
  ) {
    self.id = id
    self.order = order
    self.line = line
    self.state = state
    self.claim = claim
    self.claimedBy = claimedBy
    self.leaseUntil = leaseUntil
    self.reference = reference
    self.reason = reason
    self.deliveredAt = deliveredAt
    self.version = version
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("order", order)
    writer.member("line", line)
    writer.member("state", state)
    writer.member("claim", claim)
    writer.member("claimed_by", claimedBy)
    writer.member("lease_until", leaseUntil)
    writer.member("reference", reference)
    writer.member("reason", reason)
    writer.member("delivered_at", deliveredAt)
    writer.member("version", version)
  }
}
