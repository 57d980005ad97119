// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `dispute.attach`: Attach what supports the shop's side of a dispute.
package struct DisputeAttachRequest: WireRequest, Equatable {
  package typealias Result = DisputeAttachResult

  /// The method.
  package static let method = Method.disputeAttach
  /// Dispute id.
  package var dispute: String
  /// What it shows.
  package var kind: DisputeEvidenceParam
  /// A name for people; sealed too.
  package var name: String?
  /// What the bytes are; else text/plain for text, application/octet-stream for bytes.
  package var mediaType: String?
  /// Content, if it is text.
  package var text: String?
  /// Content, any bytes.
  package var contentBase64: String?

  package static func read(_ reader: inout ParamReader) -> DisputeAttachRequest? {
    let dispute = reader.text("dispute", .disputeID, required: true)
    let kind = reader.choice("kind", DisputeEvidenceParam.self, required: true)
    let name = reader.text("name", .shortText)
    let mediaType = reader.text("media_type", .mediaType)
    let text = reader.text("text", .text)
    let contentBase64 = reader.text("content_base64", .base64)
    reader.finish(["dispute", "kind", "name", "media_type", "text", "content_base64"])
    guard reader.isClean, let dispute, let kind else { return nil }
    return DisputeAttachRequest(
      dispute: dispute, kind: kind, name: name, mediaType: mediaType, text: text,
      contentBase64: contentBase64)
  }
}

/// What `dispute.attach` answers.
package struct DisputeAttachResult: WireObject, Equatable {
  /// The dispute.
  package var dispute: DisputeObject
  /// What was attached.
  package var attachment: AttachmentObject
  /// It was attached before.
  package var known: Bool

  package init(dispute: DisputeObject, attachment: AttachmentObject, known: Bool) {
    self.dispute = dispute
    self.attachment = attachment
    self.known = known
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("dispute", dispute)
    writer.member("attachment", attachment)
    writer.member("known", known)
  }
}

/// `dispute.attachment`: The content of one attachment.
package struct DisputeAttachmentRequest: WireRequest, Equatable {
  package typealias Result = DisputeAttachmentResult

  /// The method.
  package static let method = Method.disputeAttachment
  /// Dispute id.
  package var dispute: String
  /// Attachment id.
  package var attachment: String

  package static func read(_ reader: inout ParamReader) -> DisputeAttachmentRequest? {
    let dispute = reader.text("dispute", .disputeID, required: true)
    let attachment = reader.text("attachment", .attachmentID, required: true)
    reader.finish(["dispute", "attachment"])
    guard reader.isClean, let dispute, let attachment else { return nil }
    return DisputeAttachmentRequest(dispute: dispute, attachment: attachment)
  }
}

/// What `dispute.attachment` answers.
package struct DisputeAttachmentResult: WireObject, Equatable {
  /// What it is.
  package var attachment: AttachmentObject
  /// Its name.
  package var name: String?
  /// The content.
  package var contentBase64: String

  package init(attachment: AttachmentObject, name: String? = nil, contentBase64: String) {
    self.attachment = attachment
    self.name = name
    self.contentBase64 = contentBase64
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("attachment", attachment)
    writer.member("name", name)
    writer.member("content_base64", contentBase64)
  }
}

/// `dispute.get`: One dispute.
package struct DisputeGetRequest: WireRequest, Equatable {
  package typealias Result = DisputeGetResult

  /// The method.
  package static let method = Method.disputeGet
  /// Dispute id.
  package var dispute: String

  package static func read(_ reader: inout ParamReader) -> DisputeGetRequest? {
    let dispute = reader.text("dispute", .disputeID, required: true)
    reader.finish(["dispute"])
    guard reader.isClean, let dispute else { return nil }
    return DisputeGetRequest(dispute: dispute)
  }
}

/// What `dispute.get` answers.
package struct DisputeGetResult: WireObject, Equatable {
  /// The dispute.
  package var dispute: DisputeObject

  package init(dispute: DisputeObject) {
    self.dispute = dispute
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("dispute", dispute)
  }
}

/// `dispute.list`: Disputes by order, payment, gateway, state or due date.
package struct DisputeListRequest: WireRequest, Equatable {
  package typealias Result = DisputeListResult

  /// The method.
  package static let method = Method.disputeList
  /// Of this order.
  package var order: String?
  /// Of this payment.
  package var payment: String?
  /// At this gateway.
  package var gateway: String?
  /// State.
  package var state: DisputeStatusParam?
  /// Without an outcome, or with one.
  package var open: Bool?
  /// Waits for an answer until before this time.
  package var dueBefore: Int64?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> DisputeListRequest? {
    let order = reader.text("order", .orderRef)
    let payment = reader.text("payment", .paymentID)
    let gateway = reader.text("gateway", .gatewayName)
    let state = reader.choice("state", DisputeStatusParam.self)
    let open = reader.bool("open")
    let dueBefore = reader.integer("due_before", in: 0...253402300799999)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish(["order", "payment", "gateway", "state", "open", "due_before", "limit", "page"])
    guard reader.isClean else { return nil }
    return DisputeListRequest(
      order: order, payment: payment, gateway: gateway, state: state, open: open,
      dueBefore: dueBefore, limit: limit, page: page)
  }
}

/// What `dispute.list` answers.
package struct DisputeListResult: WireObject, Equatable {
  /// Rows.
  package var disputes: [DisputeObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(disputes: [DisputeObject], next: String? = nil) {
    self.disputes = disputes
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("disputes", disputes)
    writer.member("next", next)
  }
}

/// `dispute.query`: Ask the gateway about a dispute now.
package struct DisputeQueryRequest: WireRequest, Equatable {
  package typealias Result = DisputeQueryResult

  /// The method.
  package static let method = Method.disputeQuery
  /// Dispute id.
  package var dispute: String

  package static func read(_ reader: inout ParamReader) -> DisputeQueryRequest? {
    let dispute = reader.text("dispute", .disputeID, required: true)
    reader.finish(["dispute"])
    guard reader.isClean, let dispute else { return nil }
    return DisputeQueryRequest(dispute: dispute)
  }
}

/// What `dispute.query` answers.
package struct DisputeQueryResult: WireObject, Equatable {
  /// The dispute.
  package var dispute: DisputeObject
  /// The gateway was asked for this call.
  package var asked: Bool

  package init(dispute: DisputeObject, asked: Bool) {
    self.dispute = dispute
    self.asked = asked
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("dispute", dispute)
    writer.member("asked", asked)
  }
}
