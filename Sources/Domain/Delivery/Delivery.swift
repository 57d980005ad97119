/// The handing-out of one order line. An order without lines has one delivery, of line 0.
///
/// ```text
///  pending ⇄ held        reserved ─▶ delivered ─▶ revoked
///     │  ▲                  │
///     └──┼───── claim ──────┘──▶ failed (lease ended, or the worker said so; after a restore
///        │                           whatever waited or was claimed in the backup)
///        └───── release, retry ────┘
/// ```
/// A lease that ends on its own never goes back to pending: the worker may have handed out.
package struct Delivery: Hashable, Sendable {
  package let id: DeliveryID
  package let order: OrderID
  /// Place in the order's lines, from 1; 0 where the order has none.
  package let line: Int64

  package var state: DeliveryState
  /// The claim that holds it or held it last.
  package var claim: ClaimID?
  /// Who holds it or held it last, as an actor's text; nil where it waits to be claimed.
  package var claimedBy: String?
  package var leaseUntil: Timestamp?
  /// What the worker noted, as a stock number. Never a card secret.
  package var reference: String?
  package var reason: String?
  package var deliveredAt: Timestamp?
  package var version: Int64

  /// Why it is held while the order's money is known by a weak word alone.
  package static let weakReason = "weak"

  /// Why it is held where the gateway tells of a refund that nobody here asked for, and not of how
  /// much: a person lets it go.
  package static let outsideRefundReason = "refund_outside"

  /// Why it is held while a person or a rule holds the order.
  package static let riskReason = "risk"
  /// Why it is held while all of the order's money may go back.
  package static let refundReason = "refund"
  /// Why it is held while a dispute is open.
  package static let disputeReason = "dispute"

  /// A person's words, kept apart from those by which the machine lets go what it held.
  package static func personsReason(_ words: String) -> String {
    let own = [weakReason, outsideRefundReason, riskReason, refundReason, disputeReason]
    return own.contains { $0.utf8.elementsEqual(words.utf8) } ? riskReason : words
  }

  /// Why it failed where the store was put back from a backup.
  package static let restoredReason = "restored"
  /// The same for one that was held by a weak word of money; tried again, it is held anew.
  package static let restoredWeakReason = "restored_weak"

  var wasHeldAsWeak: Bool {
    state == .failed && reason?.utf8.elementsEqual(Delivery.restoredWeakReason.utf8) == true
  }

  package var isHeldAsWeak: Bool {
    state == .held && reason?.utf8.elementsEqual(Delivery.weakReason.utf8) == true
  }

  package init(id: DeliveryID, order: OrderID, line: Int64) {
    self.id = id
    self.order = order
    self.line = line
    state = .pending
    version = 0
  }
}
