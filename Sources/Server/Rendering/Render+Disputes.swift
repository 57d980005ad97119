import Domain
import Store
import Wire

extension Render {
  static func dispute(_ view: DisputeView) -> DisputeObject {
    let dispute = view.dispute
    return DisputeObject(
      id: dispute.id.text, payment: dispute.payment.text, order: dispute.order.text,
      gateway: view.gateway, gatewayDisputeID: dispute.gatewayDispute,
      state: dispute.state.rawValue, gatewayStatus: dispute.terms.gatewayStatus,
      amount: money(dispute.terms.amount), funds: dispute.funds.rawValue,
      reason: dispute.terms.reason.map(reason), dueAt: dispute.terms.dueAt?.milliseconds,
      alertedHours: dispute.alertedHours, evidence: dispute.evidence.map(evidence),
      attachments: dispute.attachments.map(attachment),
      nextQueryAt: view.nextQueryAt?.milliseconds, openedAt: dispute.openedAt.milliseconds,
      closedAt: dispute.closedAt?.milliseconds, version: dispute.version)
  }

  static func attachment(_ attachment: DisputeAttachment) -> AttachmentObject {
    AttachmentObject(
      id: attachment.id.text, kind: attachment.kind.rawValue, mediaType: attachment.mediaType,
      bytes: attachment.bytes, sha256: attachment.digest, by: attachment.by,
      at: attachment.at.milliseconds)
  }
}
