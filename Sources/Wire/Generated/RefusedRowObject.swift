// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A line of a file that does not read.
package struct RefusedRowObject: WireObject, Equatable {
  /// Of the file, from 1.
  package var line: Int64
  /// Why.
  package var message: String
  /// What to do.
  package var hint: String?

  package init(line: Int64, message: String, hint: String? = nil) {
    self.line = line
    self.message = message
    self.hint = hint
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("line", line)
    writer.member("message", message)
    writer.member("hint", hint)
  }
}
