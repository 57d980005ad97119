// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One fact that led to the state.
package struct BecauseObject: WireObject, Equatable {
  /// Code of the fact.
  package var fact: String
  /// In words.
  package var text: PhraseObject
  /// Since when.
  package var at: Int64?
  /// Payment.
  package var payment: String?
  /// Refund.
  package var refund: String?
  /// Event.
  package var event: String?
  /// What proves it.
  package var evidence: [EvidenceObject]

  package init(
    fact: String, text: PhraseObject, at: Int64? = nil, payment: String? = nil,
    refund: String? = nil, event: String? = nil, evidence: [EvidenceObject]
  ) {
    self.fact = fact
    self.text = text
    self.at = at
    self.payment = payment
    self.refund = refund
    self.event = event
    self.evidence = evidence
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("fact", fact)
    writer.member("text", text)
    writer.member("at", at)
    writer.member("payment", payment)
    writer.member("refund", refund)
    writer.member("event", event)
    writer.member("evidence", evidence)
  }
}
