// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Decisions of people that are alike.
package struct RuleProposalObject: WireObject, Equatable {
  /// What they decided, and how.
  package var pattern: String
  /// The largest difference among them.
  package var tolerance: SignedMoneyObject
  /// How many stand.
  package var support: Int64
  /// How many were taken back, and how many were no larger and decided otherwise.
  package var counterExamples: Int64
  /// There are enough, and nothing is against them.
  package var ready: Bool

  package init(
    pattern: String, tolerance: SignedMoneyObject, support: Int64, counterExamples: Int64,
    ready: Bool
  ) {
    self.pattern = pattern
    self.tolerance = tolerance
    self.support = support
    self.counterExamples = counterExamples
    self.ready = ready
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("pattern", pattern)
    writer.member("tolerance", tolerance)
    writer.member("support", support)
    writer.member("counter_examples", counterExamples)
    writer.member("ready", ready)
  }
}
