// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Versions of the protocol.
package struct ProtocolRangeObject: WireObject, Equatable {
  /// Lowest.
  package var min: Int64
  /// Highest.
  package var max: Int64

  package init(min: Int64, max: Int64) {
    self.min = min
    self.max = max
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("min", min)
    writer.member("max", max)
  }
}
