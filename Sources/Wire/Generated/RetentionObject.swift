// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What is kept for a time only, and how much of it has gone.
package struct RetentionObject: WireObject, Equatable {
  /// What.
  package var kind: String
  /// Days since the last use; 0 keeps it for ever.
  package var days: Int64
  /// Rows removed, emptied or erased so far.
  package var removed: Int64
  /// When all of it was last gone through; absent before the first time.
  package var sweptAt: Int64?

  package init(kind: String, days: Int64, removed: Int64, sweptAt: Int64? = nil) {
    self.kind = kind
    self.days = days
    self.removed = removed
    self.sweptAt = sweptAt
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("kind", kind)
    writer.member("days", days)
    writer.member("removed", removed)
    writer.member("swept_at", sweptAt)
  }
}
