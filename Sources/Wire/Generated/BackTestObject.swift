// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What a rule would have done with every difference of history, held against what became of it.
package struct BackTestObject: WireObject, Equatable {
  /// Differences that it would have decided.
  package var decided: Int64
  /// Those that people decided alike.
  package var agreeing: Int64
  /// Those that no person has decided: they prove nothing.
  package var undecided: Int64
  /// Those that ended otherwise.
  package var disagreeing: Int64
  /// Which those are, by their identifiers; at most the first 50.
  package var disagreements: [DisagreementObject]

  package init(
    decided: Int64, agreeing: Int64, undecided: Int64, disagreeing: Int64,
    disagreements: [DisagreementObject]
  ) {
    self.decided = decided
    self.agreeing = agreeing
    self.undecided = undecided
    self.disagreeing = disagreeing
    self.disagreements = disagreements
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("decided", decided)
    writer.member("agreeing", agreeing)
    writer.member("undecided", undecided)
    writer.member("disagreeing", disagreeing)
    writer.member("disagreements", disagreements)
  }
}
