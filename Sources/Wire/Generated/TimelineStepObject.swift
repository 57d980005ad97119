// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One step in the life of an order.
package struct TimelineStepObject: WireObject, Equatable {
  /// When.
  package var at: Int64
  /// Event type, or receipt, query, call.
  package var type: String
  /// In words.
  package var text: PhraseObject
  /// Who.
  package var actor: String
  /// Payment.
  package var payment: String?
  /// Refund.
  package var refund: String?
  /// Event.
  package var event: String?
  /// What proves it.
  package var evidence: EvidenceObject?
  /// By the gateway's clock.
  package var gatewayAt: Int64?

  package init(
    at: Int64, type: String, text: PhraseObject, actor: String, payment: String? = nil,
    refund: String? = nil, event: String? = nil, evidence: EvidenceObject? = nil,
    gatewayAt: Int64? = nil
  ) {
    self.at = at
    self.type = type
    self.text = text
    self.actor = actor
    self.payment = payment
    self.refund = refund
    self.event = event
    self.evidence = evidence
    self.gatewayAt = gatewayAt
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("at", at)
    writer.member("type", type)
    writer.member("text", text)
    writer.member("actor", actor)
    writer.member("payment", payment)
    writer.member("refund", refund)
    writer.member("event", event)
    writer.member("evidence", evidence)
    writer.member("gateway_at", gatewayAt)
  }
}
