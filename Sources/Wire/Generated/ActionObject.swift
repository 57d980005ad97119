// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What the buyer must be shown.
package struct ActionObject: WireObject, Equatable {
  /// What to do with value.
  package var kind: String
  /// Code, address, form or secret.
  package var value: String
  /// Useless after.
  package var expiresAt: Int64?

  package init(kind: String, value: String, expiresAt: Int64? = nil) {
    self.kind = kind
    self.value = value
    self.expiresAt = expiresAt
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("kind", kind)
    writer.member("value", value)
    writer.member("expires_at", expiresAt)
  }
}
