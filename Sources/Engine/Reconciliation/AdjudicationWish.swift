package import Domain

/// What `discrepancy.propose` asks for.
package struct AdjudicationWish: Hashable, Sendable {
  package let discrepancy: DiscrepancyID
  package let verb: AdjudicationVerb
  package let reason: String
  package let until: Timestamp?
  package let partner: DiscrepancyID?

  package init(
    discrepancy: DiscrepancyID, verb: AdjudicationVerb, reason: String, until: Timestamp?,
    partner: DiscrepancyID?
  ) {
    self.discrepancy = discrepancy
    self.verb = verb
    self.reason = reason
    self.until = until
    self.partner = partner
  }
}
