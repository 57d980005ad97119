// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A statement about money, with who said it.
package struct EvidenceObject: WireObject, Equatable {
  /// A receipt (ntf_), a call (cal_), or what people named.
  package var id: String
  /// Who said it.
  package var source: String
  /// How much it proves.
  package var strength: String
  /// When we heard it.
  package var at: Int64
  /// Digest of the bytes; absent for a word.
  package var sha256: String?
  /// What it says, in words.
  package var says: String?

  package init(
    id: String, source: String, strength: String, at: Int64, sha256: String? = nil,
    says: String? = nil
  ) {
    self.id = id
    self.source = source
    self.strength = strength
    self.at = at
    self.sha256 = sha256
    self.says = says
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("source", source)
    writer.member("strength", strength)
    writer.member("at", at)
    writer.member("sha256", sha256)
    writer.member("says", says)
  }
}
