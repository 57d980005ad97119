// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A note or a piece of evidence of a case. Its content is sealed and erasable.
package struct CasePaperObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// What its bytes are.
  package var mediaType: String
  /// Length of the content.
  package var bytes: Int64
  /// Digest of the content.
  package var sha256: String
  /// Who wrote it.
  package var by: String
  /// When.
  package var at: Int64

  package init(
    id: String, mediaType: String, bytes: Int64, sha256: String, by: String, at: Int64
  ) {
    self.id = id
    self.mediaType = mediaType
    self.bytes = bytes
    self.sha256 = sha256
    self.by = by
    self.at = at
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("media_type", mediaType)
    writer.member("bytes", bytes)
    writer.member("sha256", sha256)
    writer.member("by", by)
    writer.member("at", at)
  }
}
