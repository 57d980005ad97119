// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// The names under a run.
package struct SignOffObject: WireObject, Equatable {
  /// How far it is signed.
  package var state: String
  /// Digest of the page under which the names stand; absent where none does.
  package var sha256: String?
  /// Discrepancies that the names leave open.
  package var leftOpen: Int64
  /// Who signed first.
  package var firstBy: String?
  /// When.
  package var firstAt: Int64?
  /// Who signed second.
  package var secondBy: String?
  /// When.
  package var secondAt: Int64?
  /// When the names fell.
  package var reopenedAt: Int64?
  /// What made them fall: the discrepancy that changed, the run that came after, or the statement
  /// that was issued in place of one it rests on.
  package var cause: String?

  package init(
    state: String, sha256: String? = nil, leftOpen: Int64, firstBy: String? = nil,
    firstAt: Int64? = nil, secondBy: String? = nil, secondAt: Int64? = nil,
    reopenedAt: Int64? = nil, cause: String? = nil
  ) {
    self.state = state
    self.sha256 = sha256
    self.leftOpen = leftOpen
    self.firstBy = firstBy
    self.firstAt = firstAt
    self.secondBy = secondBy
    self.secondAt = secondAt
    self.reopenedAt = reopenedAt
    self.cause = cause
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("state", state)
    writer.member("sha256", sha256)
    writer.member("left_open", leftOpen)
    writer.member("first_by", firstBy)
    writer.member("first_at", firstAt)
    writer.member("second_by", secondBy)
    writer.member("second_at", secondAt)
    writer.member("reopened_at", reopenedAt)
    writer.member("cause", cause)
  }
}
