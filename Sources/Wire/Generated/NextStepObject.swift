// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What the daemon does next by itself.
package struct NextStepObject: WireObject, Equatable {
  /// Code, for example query, close, expire.
  package var what: String
  /// When.
  package var at: Int64?
  /// In words.
  package var text: PhraseObject

  package init(what: String, at: Int64? = nil, text: PhraseObject) {
    self.what = what
    self.at = at
    self.text = text
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("what", what)
    writer.member("at", at)
    writer.member("text", text)
  }
}
