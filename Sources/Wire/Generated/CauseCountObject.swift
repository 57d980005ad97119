// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Cases of one cause.
package struct CauseCountObject: WireObject, Equatable {
  /// Which.
  package var cause: String
  /// How many were resolved in the period.
  package var count: Int64

  package init(cause: String, count: Int64) {
    self.cause = cause
    self.count = count
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("cause", cause)
    writer.member("count", count)
  }
}
