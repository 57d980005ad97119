// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A difference that a rule would have decided and that ended otherwise.
package struct DisagreementObject: WireObject, Equatable {
  /// Which.
  package var discrepancy: String
  /// The verb that people decided by; or taken_back, turned_down (a proposal), agrees (a later
  /// statement showed that nothing was to be decided).
  package var ending: String

  package init(discrepancy: String, ending: String) {
    self.discrepancy = discrepancy
    self.ending = ending
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("discrepancy", discrepancy)
    writer.member("ending", ending)
  }
}
