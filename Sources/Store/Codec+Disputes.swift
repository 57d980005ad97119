import Domain
import JSON

extension Codec {
  static func write(
    _ attachment: DisputeAttachment, _ key: StaticString, _ writer: inout JSONWriter
  ) {
    writer.key(key)
    writeObject(attachment, &writer)
  }

  private static func writeObject(_ attachment: DisputeAttachment, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", attachment.id.text)
    writer.member("kind", attachment.kind.rawValue)
    writer.member("media_type", attachment.mediaType)
    writer.member("bytes", attachment.bytes)
    writer.member("sha256", attachment.digest)
    writer.member("by", attachment.by)
    writer.member("at", attachment.at.milliseconds)
    writer.endObject()
  }

  /// Nil for an empty list.
  static func text(_ attachments: [DisputeAttachment]) -> String? {
    guard !attachments.isEmpty else { return nil }
    return text { writer in
      writer.beginArray()
      for item in attachments { writeObject(item, &writer) }
      writer.endArray()
    }
  }

  static func write(
    _ terms: DisputeTerms, _ funds: DisputeFunds, _ evidence: Evidence, _ writer: inout JSONWriter
  ) {
    writer.member("gateway_status", terms.gatewayStatus)
    write(terms.amount, "amount", &writer)
    writer.member("funds", funds.rawValue)
    write(terms.reason, "reason", &writer)
    writer.member("due_at", terms.dueAt?.milliseconds)
    write(evidence, "evidence", &writer)
  }
}

extension Stored {
  func attachment() throws(StoreError) -> DisputeAttachment {
    DisputeAttachment(
      id: try identifier("id", AttachmentKind.self),
      kind: try word("kind", DisputeEvidenceKind.self), mediaType: try string("media_type"),
      bytes: try integer("bytes"), digest: try string("sha256"), by: try string("by"),
      at: try time("at"))
  }

  func disputeTerms() throws(StoreError) -> DisputeTerms {
    DisputeTerms(
      amount: try money("amount"), gatewayStatus: try string("gateway_status"),
      reason: try optionalReason("reason"), dueAt: try optionalTime("due_at"))
  }
}
