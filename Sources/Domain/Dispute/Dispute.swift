/// One dispute of a payment: a buyer asks a bank or the gateway for the money.
///
/// Its outcome is only ever the gateway's word; people attach what supports our side.
package struct Dispute: Hashable, Sendable {
  package let id: DisputeID
  package let payment: PaymentID
  package let order: OrderID
  /// The gateway's own number of it.
  package let gatewayDispute: String
  package let openedAt: Timestamp

  package var state: DisputeStatus
  package var terms: DisputeTerms
  /// Where the money is.
  package var funds: DisputeFunds
  /// The last alert about the due date: so many hours before it, 0 once it had passed.
  package var alertedHours: Int64?
  package var evidence: [Evidence]
  /// In the order they were attached.
  package var attachments: [DisputeAttachment]
  package var closedAt: Timestamp?
  package var version: Int64

  package init(
    id: DisputeID, payment: PaymentID, order: OrderID, gatewayDispute: String, openedAt: Timestamp,
    state: DisputeStatus, terms: DisputeTerms, funds: DisputeFunds
  ) {
    self.id = id
    self.payment = payment
    self.order = order
    self.gatewayDispute = gatewayDispute
    self.openedAt = openedAt
    self.state = state
    self.terms = terms
    self.funds = funds
    evidence = []
    attachments = []
    version = 0
  }

  /// The gateway holds the money or has given it to the buyer: it cannot be given back as well.
  package var withholds: Bool { funds == .withdrawn }

  /// The buyer has the money for good.
  package var isLoss: Bool { state.tookMoney && funds == .withdrawn }
}

/// What a gateway says of a dispute beside its state.
package struct DisputeTerms: Hashable, Sendable {
  package let amount: Money
  /// The gateway's own word for the state.
  package let gatewayStatus: String
  package let reason: Reason?
  /// Until when the gateway takes an answer, its clock.
  package let dueAt: Timestamp?

  package init(amount: Money, gatewayStatus: String, reason: Reason?, dueAt: Timestamp?) {
    self.amount = amount
    self.gatewayStatus = gatewayStatus
    self.reason = reason
    self.dueAt = dueAt
  }
}

/// Something that supports our side. Its content and its name stand beside the log, sealed.
package struct DisputeAttachment: Hashable, Sendable {
  package let id: AttachmentID
  package let kind: DisputeEvidenceKind
  /// As `text/plain`.
  package let mediaType: String
  /// Length of the content.
  package let bytes: Int64
  /// SHA-256 of the content in lower-case hex.
  package let digest: String
  /// Who attached it, as the event's actor text.
  package let by: String
  package let at: Timestamp

  package init(
    id: AttachmentID, kind: DisputeEvidenceKind, mediaType: String, bytes: Int64, digest: String,
    by: String, at: Timestamp
  ) {
    self.id = id
    self.kind = kind
    self.mediaType = mediaType
    self.bytes = bytes
    self.digest = digest
    self.by = by
    self.at = at
  }
}

/// What an attachment shows; gateways ask for these kinds.
package enum DisputeEvidenceKind: String, Sendable, CaseIterable {
  case receipt
  case deliveryProof = "delivery_proof"
  case communication
  case policy
  case screenshot
  case other
}

extension Dispute {
  /// Hours before the due date at which people are told, and once more when it has passed.
  package static let alertHours: [Int64] = [72, 24, 4, 0]
  private static let hourMilliseconds: Int64 = 3_600_000

  private static func moment(_ due: Timestamp, _ hours: Int64) -> Timestamp {
    due.adding(milliseconds: -hours * hourMilliseconds)
  }

  /// The alert that is due: the most urgent one whose time has come. Nil where it was given.
  package func dueAlert(at now: Timestamp) -> Int64? {
    guard state.awaitsUs, let due = terms.dueAt else { return nil }
    let reached = Dispute.alertHours.filter { now >= Dispute.moment(due, $0) }.min()
    guard let reached, alertedHours.map({ reached < $0 }) ?? true else { return nil }
    return reached
  }

  /// When the next alert falls due; nil where none will. In the past where one was missed.
  package var nextAlertAt: Timestamp? {
    guard state.awaitsUs, let due = terms.dueAt else { return nil }
    let hours = Dispute.alertHours.first { hours in alertedHours.map { hours < $0 } ?? true }
    return hours.map { Dispute.moment(due, $0) }
  }
}
