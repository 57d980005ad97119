// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One step the buyer's page can draw.
package struct ProgressStepObject: WireObject, Equatable {
  /// created, opened, paying, confirmed or delivered.
  package var key: String
  /// Behind us; the same as state done.
  package var done: Bool
  /// Where the order stands with it.
  package var state: String
  /// When.
  package var at: Int64?
  /// In words.
  package var text: String

  package init(key: String, done: Bool, state: String, at: Int64? = nil, text: String) {
    self.key = key
    self.done = done
    self.state = state
    self.at = at
    self.text = text
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("key", key)
    writer.member("done", done)
    writer.member("state", state)
    writer.member("at", at)
    writer.member("text", text)
  }
}
