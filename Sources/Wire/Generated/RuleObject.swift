// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A pattern of decisions that a person has put in force.
package struct RuleObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// What it decides, and how.
  package var pattern: String
  /// How far it goes.
  package var mode: String
  /// Largest difference that it decides: the largest that people decided so.
  package var tolerance: SignedMoneyObject
  /// Decisions of people that stood behind it when it was put in force.
  package var support: Int64
  /// Differences of history that it would have decided, when it was put in force.
  package var replayed: Int64
  /// Those among them that ended otherwise; 0 of a rule that decides by itself.
  package var disagreeing: Int64
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
    id: String, pattern: String, mode: String, tolerance: SignedMoneyObject, support: Int64,
    replayed: Int64, disagreeing: Int64, active: Bool, activatedAt: Int64, activatedBy: String,
    deactivatedAt: Int64? = nil, deactivatedBy: String? = nil, counterExample: String? = nil
  ) {
    self.id = id
    self.pattern = pattern
    self.mode = mode
    self.tolerance = tolerance
    self.support = support
    self.replayed = replayed
    self.disagreeing = disagreeing
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
    writer.member("mode", mode)
    writer.member("tolerance", tolerance)
    writer.member("support", support)
    writer.member("replayed", replayed)
    writer.member("disagreeing", disagreeing)
    writer.member("active", active)
    writer.member("activated_at", activatedAt)
    writer.member("activated_by", activatedBy)
    writer.member("deactivated_at", deactivatedAt)
    writer.member("deactivated_by", deactivatedBy)
    writer.member("counter_example", counterExample)
  }
}
