// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One outgoing message.
package struct HookMessageObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// Hook.
  package var hook: String
  /// Event.
  package var event: String
  /// Its type.
  package var type: String
  /// Where it stands.
  package var state: String
  /// Tries so far.
  package var tries: Int64
  /// Next try.
  package var dueAt: Int64?
  /// What went wrong last.
  package var error: String?

  package init(
    id: String, hook: String, event: String, type: String, state: String, tries: Int64,
    dueAt: Int64? = nil, error: String? = nil
  ) {
    self.id = id
    self.hook = hook
    self.event = event
    self.type = type
    self.state = state
    self.tries = tries
    self.dueAt = dueAt
    self.error = error
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("hook", hook)
    writer.member("event", event)
    writer.member("type", type)
    writer.member("state", state)
    writer.member("tries", tries)
    writer.member("due_at", dueAt)
    writer.member("error", error)
  }
}
