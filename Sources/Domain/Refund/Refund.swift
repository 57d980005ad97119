/// Money going back for one payment.
///
/// ```text
///  requested ─▶ approved ─▶ submitted ─▶ processing ─▶ succeeded ─▶ returned
///      │                        │  ╲         │
///      ├─▶ rejected             ▼   ▶ failed ◀┘
///      └─▶ withdrawn         unknown
/// ```
package struct Refund: Hashable, Sendable {
  package let id: RefundID
  package let payment: PaymentID
  package let order: OrderID
  /// Sent to the gateway; the same on every try for ever.
  package let number: String
  package let amount: Money
  package let note: String?
  /// Who asked, as the event's actor text.
  package let requestedBy: String
  package let createdAt: Timestamp

  package var state: RefundState
  package var approvedBy: String?
  package var approvedAt: Timestamp?
  package var gatewayRefund: String?
  package var reason: Reason?
  package var evidence: [Evidence]
  package var submittedAt: Timestamp?
  package var finishedAt: Timestamp?
  package var version: Int64

  package init(
    id: RefundID, payment: PaymentID, order: OrderID, number: String, amount: Money, note: String?,
    requestedBy: String, createdAt: Timestamp
  ) {
    self.id = id
    self.payment = payment
    self.order = order
    self.number = number
    self.amount = amount
    self.note = note
    self.requestedBy = requestedBy
    self.createdAt = createdAt
    state = .requested
    evidence = []
    version = 0
  }
}

package enum RefundState: String, Sendable, CaseIterable {
  case requested
  case approved
  case submitted
  case processing
  case unknown
  case succeeded
  case failed
  /// The bank sent the money back to us.
  case returned
  case rejected
  case withdrawn

  /// Its amount is taken from what may still be refunded (I4).
  package var reserves: Bool {
    switch self {
    case .requested, .approved, .submitted, .processing, .unknown, .succeeded: true
    case .failed, .returned, .rejected, .withdrawn: false
    }
  }

  /// The gateway has been asked and has not said its last word.
  package var isInFlight: Bool {
    switch self {
    case .submitted, .processing, .unknown: true
    case .requested, .approved, .succeeded, .failed, .returned, .rejected, .withdrawn: false
    }
  }
}

package enum RefundInput: String, Sendable, CaseIterable {
  case approved
  case rejected
  case withdrawn
  case sent
  case unanswered
  case sawProcessing
  case sawSucceeded
  case sawFailed
  case sawAbsent
  case sawReturned
  /// A person orders another try after a failure.
  case retried
}

package enum RefundMove: Hashable, Sendable {
  case to(RefundState)
  case stay
  case contradiction
  /// The caller may not do this now.
  case refuse
}

extension RefundState {
  /// The transition table: every pair is decided.
  package func move(on input: RefundInput) -> RefundMove {
    switch self {
    case .requested: moveFromRequested(input)
    case .approved: moveFromApproved(input)
    case .submitted, .processing, .unknown: moveInFlight(input)
    case .succeeded: moveFromSucceeded(input)
    case .failed: moveFromFailed(input)
    case .returned, .rejected, .withdrawn: moveFromEnded(input)
    }
  }

  private func moveFromRequested(_ input: RefundInput) -> RefundMove {
    switch input {
    case .approved: .to(.approved)
    case .rejected: .to(.rejected)
    case .withdrawn: .to(.withdrawn)
    case .sent, .unanswered, .sawAbsent: .stay
    // Nobody sent it: a refund made at the gateway's own desk under our number.
    case .sawProcessing, .sawSucceeded, .sawFailed, .sawReturned: .contradiction
    case .retried: .refuse
    }
  }

  private func moveFromApproved(_ input: RefundInput) -> RefundMove {
    switch input {
    case .sent: .to(.submitted)
    case .unanswered: .to(.unknown)
    case .sawProcessing: .to(.processing)
    case .sawSucceeded: .to(.succeeded)
    case .sawFailed: .to(.failed)
    case .sawAbsent: .stay
    // It went through and came back between two questions.
    case .sawReturned: .to(.returned)
    case .approved, .rejected, .withdrawn, .retried: .refuse
    }
  }

  private func moveInFlight(_ input: RefundInput) -> RefundMove {
    switch input {
    case .sent, .sawAbsent: .stay
    case .unanswered: self == .unknown ? .stay : .to(.unknown)
    case .sawProcessing: self == .processing ? .stay : .to(.processing)
    case .sawSucceeded: .to(.succeeded)
    case .sawFailed: .to(.failed)
    // It went through and came back between two questions.
    case .sawReturned: .to(.returned)
    case .approved, .rejected, .withdrawn, .retried: .refuse
    }
  }

  private func moveFromSucceeded(_ input: RefundInput) -> RefundMove {
    switch input {
    case .sent, .unanswered, .sawSucceeded, .sawAbsent, .sawProcessing: .stay
    case .sawFailed: .contradiction
    case .sawReturned: .to(.returned)
    case .approved, .rejected, .withdrawn, .retried: .refuse
    }
  }

  private func moveFromFailed(_ input: RefundInput) -> RefundMove {
    switch input {
    case .sent, .unanswered, .sawProcessing, .sawFailed, .sawAbsent: .stay
    // It went through after all: money left, so it is counted.
    case .sawSucceeded: .to(.succeeded)
    case .sawReturned: .contradiction
    case .retried: .to(.approved)
    case .approved, .rejected, .withdrawn: .refuse
    }
  }

  private func moveFromEnded(_ input: RefundInput) -> RefundMove {
    switch input {
    case .sent, .unanswered, .sawProcessing, .sawFailed, .sawAbsent, .sawReturned: .stay
    case .sawSucceeded: self == .returned ? .stay : .contradiction
    case .approved, .rejected, .withdrawn, .retried: .refuse
    }
  }
}
