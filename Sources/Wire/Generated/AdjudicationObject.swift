// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A decision about a discrepancy.
package struct AdjudicationObject: WireObject, Equatable {
  /// What to do.
  package var verb: String
  /// Why.
  package var reason: String
  /// Who proposed it.
  package var proposedBy: String
  /// When it is looked at again.
  package var until: Int64?
  /// The other half of a merge.
  package var partner: String?
  /// It takes effect when another operator agrees.
  package var secondPerson: Bool

  package init(
    verb: String, reason: String, proposedBy: String, until: Int64? = nil, partner: String? = nil,
    secondPerson: Bool
  ) {
    self.verb = verb
    self.reason = reason
    self.proposedBy = proposedBy
    self.until = until
    self.partner = partner
    self.secondPerson = secondPerson
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("verb", verb)
    writer.member("reason", reason)
    writer.member("proposed_by", proposedBy)
    writer.member("until", until)
    writer.member("partner", partner)
    writer.member("second_person", secondPerson)
  }
}
