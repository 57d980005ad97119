// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A pattern of decisions that a person has put in force.
package struct RuleObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// What it decides, and how.
  package var pattern: String
  /// Largest difference that it decides: the largest that people decided so.
  package var tolerance: SignedMoneyObject
  /// Decisions of people that stood behind it when it was put in force.
  package var support: Int64
  /// It is in force.
  package var active: Bool
  /// When it was put in force.
  package var activatedAt: Int64
  /// By whom.
  package var activatedBy: String
  /// When it was ended.
  package var deactivatedAt: Int64?
  /// By whom.
  package var deactivatedBy: String?
  /// The discrepancy about which a person decided otherwise.
  package var counterExample: String?

  package init(
    id: String, pattern: String, tolerance: SignedMoneyObject, support: Int64, active: Bool,
    activatedAt: Int64, activatedBy: String, deactivatedAt: Int64? = nil,
    deactivatedBy: String? = nil, counterExample: String? = nil
  ) {
    self.id = id
    self.pattern = pattern
    self.tolerance = tolerance
    self.support = support
    self.active = active
    self.activatedAt = activatedAt
    self.activatedBy = activatedBy
    self.deactivatedAt = deactivatedAt
    self.deactivatedBy = deactivatedBy
    self.counterExample = counterExample
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("pattern", pattern)
    writer.member("tolerance", tolerance)
    writer.member("support", support)
    writer.member("active", active)
    writer.member("activated_at", activatedAt)
    writer.member("activated_by", activatedBy)
    writer.member("deactivated_at", deactivatedAt)
    writer.member("deactivated_by", deactivatedBy)
    writer.member("counter_example", counterExample)
  }
}
