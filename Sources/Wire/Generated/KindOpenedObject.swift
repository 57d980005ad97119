// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Discrepancies of one kind opened in a period.
package struct KindOpenedObject: WireObject, Equatable {
  /// Which.
  package var kind: String
  /// How many.
  package var count: Int64

  package init(kind: String, count: Int64) {
    self.kind = kind
    self.count = count
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("kind", kind)
    writer.member("count", count)
  }
}
