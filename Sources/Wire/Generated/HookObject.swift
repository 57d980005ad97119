// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A configured hook.
package struct HookObject: WireObject, Equatable {
  /// Name.
  package var name: String
  /// http or exec.
  package var kind: String
  /// Event filters.
  package var types: [String]
  /// Messages not yet taken.
  package var pending: Int64
  /// Messages given up.
  package var dead: Int64
  /// Oldest message not taken.
  package var oldestAt: Int64?
  /// Last message taken.
  package var lastOkAt: Int64?
  /// What went wrong last.
  package var lastError: String?

  package init(
    name: String, kind: String, types: [String], pending: Int64, dead: Int64,
    oldestAt: Int64? = nil, lastOkAt: Int64? = nil, lastError: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.types = types
    self.pending = pending
    self.dead = dead
    self.oldestAt = oldestAt
    self.lastOkAt = lastOkAt
    self.lastError = lastError
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("name", name)
    writer.member("kind", kind)
    writer.member("types", types)
    writer.member("pending", pending)
    writer.member("dead", dead)
    writer.member("oldest_at", oldestAt)
    writer.member("last_ok_at", lastOkAt)
    writer.member("last_error", lastError)
  }
}
