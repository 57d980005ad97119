// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What somebody wrote into a case.
package struct CaseNoteObject: WireObject, Equatable {
  /// Which of its papers.
  package var paper: String
  /// Who.
  package var by: String
  /// When.
  package var at: Int64
  /// What.
  package var text: String

  package init(paper: String, by: String, at: Int64, text: String) {
    self.paper = paper
    self.by = by
    self.at = at
    self.text = text
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("paper", paper)
    writer.member("by", by)
    writer.member("at", at)
    writer.member("text", text)
  }
}
