// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What a name would stand under now.
package struct ToSignObject: WireObject, Equatable {
  /// Digest of the page, as chapter 13 states it.
  package var sha256: String
  /// Discrepancies that must be decided, or given a day, before anybody can sign.
  package var undecided: Int64
  /// Those that stay open, and why.
  package var leftOpen: [LeftOpenObject]

  package init(sha256: String, undecided: Int64, leftOpen: [LeftOpenObject]) {
    self.sha256 = sha256
    self.undecided = undecided
    self.leftOpen = leftOpen
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("sha256", sha256)
    writer.member("undecided", undecided)
    writer.member("left_open", leftOpen)
  }
}
