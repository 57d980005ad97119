// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A discrepancy that was open when its run was signed.
package struct LeftOpenObject: WireObject, Equatable {
  /// Which.
  package var discrepancy: String
  /// Why that was right.
  package var reason: String

  package init(discrepancy: String, reason: String) {
    self.discrepancy = discrepancy
    self.reason = reason
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("discrepancy", discrepancy)
    writer.member("reason", reason)
  }
}
