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
  /// How many would have been decided so and ended otherwise.
  package var counterExamples: Int64
  /// There are enough, and nothing is against them: it may decide by itself.
  package var ready: Bool
  /// The rule, played over all that ever differed.
  package var backTest: BackTestObject

  package init(
    pattern: String, tolerance: SignedMoneyObject, support: Int64, counterExamples: Int64,
    ready: Bool, backTest: BackTestObject
  ) {
    self.pattern = pattern
    self.tolerance = tolerance
    self.support = support
    self.counterExamples = counterExamples
    self.ready = ready
    self.backTest = backTest
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("pattern", pattern)
    writer.member("tolerance", tolerance)
    writer.member("support", support)
    writer.member("counter_examples", counterExamples)
    writer.member("ready", ready)
    writer.member("back_test", backTest)
  }
}
