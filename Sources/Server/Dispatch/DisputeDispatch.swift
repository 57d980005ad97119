import Crypto
import Domain
import Engine
import Store
import Wire

enum DisputeDispatch {
  static func query(_ call: Call) throws(WireError) -> Plan {
    .write(.disputeQuery(try Parsed.dispute(try call.params(DisputeQueryRequest.self).dispute)))
  }

  static func attach(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DisputeAttachRequest.self)
    guard let kind = DisputeEvidenceKind(rawValue: request.kind.rawValue) else {
      throw WireError(.badFormat, "There is no such kind.", path: "/params/kind")
    }
    let content = AttachedContent(text: request.text, base64: request.contentBase64)
    return .write(
      .disputeAttach(
        try Parsed.dispute(request.dispute),
        AttachmentWish(
          kind: kind, mediaType: request.mediaType ?? content.plainType,
          content: AttachmentContent(name: request.name, bytes: try content.bytes()))))
  }

  static func get(_ call: Call) throws(WireError) -> Plan {
    let id = try Parsed.dispute(try call.params(DisputeGetRequest.self).dispute)
    return .read { scope in DisputeGetResult(dispute: Render.dispute(try visible(id, scope))) }
  }

  static func attachment(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DisputeAttachmentRequest.self)
    let id = try Parsed.dispute(request.dispute)
    let wanted = try Parsed.identifier(
      request.attachment, AttachmentKind.self, "attachment", missing: .attachmentNotFound)
    return .read { scope in
      let dispute = try visible(id, scope).dispute
      guard let attachment = dispute.attachments.first(where: { $0.id == wanted }),
        let content = try scope.store.content(of: wanted)
      else {
        throw WireError(
          .attachmentNotFound, "Dispute \(id) has no attachment \(wanted).",
          path: "/params/attachment")
      }
      return DisputeAttachmentResult(
        attachment: Render.attachment(attachment), name: content.name,
        contentBase64: Base64.encode(content.bytes))
    }
  }

  private static func visible(_ id: DisputeID, _ scope: ReadScope) throws -> DisputeView {
    guard let (view, owner) = try scope.store.dispute(id), scope.call.view(owner: owner) != .hidden
    else {
      throw WireError(.disputeNotFound, "There is no dispute \(id).", path: "/params/dispute")
    }
    return view
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DisputeListRequest.self)
    let after = try PageToken.key("d", request.page)
    let state = request.state.flatMap { DisputeStatus(rawValue: $0.rawValue) }
    var payment: PaymentID?
    if let text = request.payment { payment = try Parsed.payment(text) }
    let (wanted, owner) = (payment, call.ownerOnly)
    return .read(.heavy) { scope in
      if let order = request.order { _ = try scope.visibleOrder(order) }
      let page = try ScannedPage.make(
        after: after, limit: Int(request.limit),
        fetch: { after, limit in
          try scope.store.disputes(
            of: request.order.map { OrderReference($0) }, payment: wanted,
            gateway: request.gateway, state: state, isOpen: request.open,
            dueBefore: request.dueBefore.map(Timestamp.init(milliseconds:)), owner: owner,
            after: after, limit: limit
          ).map { ($0.key, $0.view) }
        },
        wants: { _ in true })
      return DisputeListResult(
        disputes: page.rows.map(Render.dispute), next: page.next.map { PageToken.text("d", $0) })
    }
  }
}
