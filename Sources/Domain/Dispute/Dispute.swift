/// How a dispute stands, in the words that all gateways have in common.
///
/// ```text
///  warning ──▶ needs_response ⇄ under_review ──▶ won │ lost
///     └──▶ warning_closed │ prevented      └──▶ accepted │ withdrawn
/// ```
package enum DisputeStatus: String, Sendable, CaseIterable {
  /// An inquiry before a dispute: no money has moved.
  case warning
  /// The gateway waits for our answer; the money is held or taken.
  case needsResponse = "needs_response"
  case underReview = "under_review"
  /// The money stays with us, or came back.
  case won
  /// The buyer keeps the money.
  case lost
  /// The inquiry ended without a dispute.
  case warningClosed = "warning_closed"
  /// Settled before it became a dispute.
  case prevented
  /// We gave in: the buyer keeps the money.
  case accepted
  /// The buyer took it back.
  case withdrawn

  package var isOpen: Bool {
    switch self {
    case .warning, .needsResponse, .underReview: true
    case .won, .lost, .warningClosed, .prevented, .accepted, .withdrawn: false
    }
  }

  /// The money went to the buyer for good.
  package var tookMoney: Bool {
    switch self {
    case .lost, .accepted: true
    case .warning, .needsResponse, .underReview, .won, .warningClosed, .prevented, .withdrawn:
      false
    }
  }
}
