// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Discrepancies of one kind.
package struct KindCountObject: WireObject, Equatable {
  /// Which.
  package var kind: String
  /// Where they stand.
  package var state: String
  /// How many.
  package var count: Int64

  package init(kind: String, state: String, count: Int64) {
    self.kind = kind
    self.state = state
    self.count = count
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("kind", kind)
    writer.member("state", state)
    writer.member("count", count)
  }
}
