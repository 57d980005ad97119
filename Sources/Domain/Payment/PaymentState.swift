/// Where a payment stands.
///
/// ```text
///  init ─▶ submitted ─▶ awaiting_buyer ─▶ processing ─▶ succeeded ─▶ reversed
///              │  ╲           │  ╲            │
///              ▼   ▶ failed   ▼   ▶ closing ──┼──▶ closed ─┐
///           unknown ──────────────▶  stale ◀──┘            ├─▶ succeeded (late)
///                                                 failed ──┘
/// ```
/// No arrow leads to `failed` from a timer or from running out of tries.
package enum PaymentState: String, Sendable, CaseIterable {
  case initial = "init"
  case submitted
  case awaitingBuyer = "awaiting_buyer"
  case processing
  /// The gateway did not answer; it must be asked.
  case unknown
  /// Asked for long without a final answer.
  case stale
  /// Being closed; not closed until the gateway proves it.
  case closing
  case closed
  case failed
  case succeeded
  case reversed

  /// The gateway may still take money by this payment, as far as we know.
  package var isOpen: Bool {
    switch self {
    case .initial, .submitted, .awaitingBuyer, .processing, .unknown, .stale, .closing: true
    case .closed, .failed, .succeeded, .reversed: false
    }
  }
}

/// What can happen to a payment.
package enum PaymentInput: String, Sendable, CaseIterable {
  /// The request is on its way; the intent is on disk.
  case sent
  /// The gateway gave a way to pay.
  case accepted
  /// A definite refusal of the create call.
  case refused
  /// No usable answer to the create call.
  case unanswered
  case sawUnpaid
  case sawProcessing
  case sawPaid
  /// A weak notice of a success, or a success too weak for a closed payment.
  case sawPaidWeakly
  /// Closed or absent beyond doubt.
  case sawClosed
  /// Unknown to the gateway, without proof.
  case sawAbsent
  case sawFailed
  case sawReversed
  /// Expiry, cancel or another way of paying.
  case closeAsked
  /// Too long without a final answer.
  case aged
}

/// What an input does to a payment's state.
package enum PaymentMove: Hashable, Sendable {
  case to(PaymentState)
  /// Nothing changes; asking goes on.
  case stay
  /// Nothing changes, but the gateway must be asked now.
  case ask
  /// The input contradicts what is proven: kept, shown to a person, nothing changes.
  case contradiction
}

extension PaymentState {
  /// The transition table: every pair is decided.
  package func move(on input: PaymentInput) -> PaymentMove {
    switch self {
    case .initial: moveFromInitial(input)
    case .submitted: moveFromSubmitted(input)
    case .awaitingBuyer: moveFromAwaitingBuyer(input)
    case .processing: moveFromProcessing(input)
    case .unknown: moveFromUnknown(input)
    case .stale: moveFromStale(input)
    case .closing: moveFromClosing(input)
    case .closed, .failed: moveFromEnded(input)
    case .succeeded: moveFromSucceeded(input)
    case .reversed: moveFromReversed(input)
    }
  }

  private func moveFromInitial(_ input: PaymentInput) -> PaymentMove {
    switch input {
    case .sent: .to(.submitted)
    // A method without a call goes straight to the buyer.
    case .accepted, .sawUnpaid: .to(.awaitingBuyer)
    case .refused, .sawFailed: .to(.failed)
    case .unanswered: .to(.unknown)
    case .sawProcessing: .to(.processing)
    case .sawPaid: .to(.succeeded)
    case .sawPaidWeakly: .ask
    case .sawClosed: .to(.closed)
    case .sawAbsent, .aged: .stay
    // The gateway took the money and gave it back: a capture and a refund.
    case .sawReversed: .to(.succeeded)
    case .closeAsked: .to(.closing)
    }
  }

  private func moveFromSubmitted(_ input: PaymentInput) -> PaymentMove {
    switch input {
    case .sent, .sawAbsent: .stay
    case .accepted, .sawUnpaid: .to(.awaitingBuyer)
    case .refused, .sawFailed: .to(.failed)
    case .unanswered: .to(.unknown)
    case .sawProcessing: .to(.processing)
    case .sawPaid: .to(.succeeded)
    case .sawPaidWeakly: .ask
    case .sawClosed: .to(.closed)
    // The gateway took the money and gave it back: a capture and a refund.
    case .sawReversed: .to(.succeeded)
    case .closeAsked: .to(.closing)
    case .aged: .to(.stale)
    }
  }

  private func moveFromAwaitingBuyer(_ input: PaymentInput) -> PaymentMove {
    switch input {
    // Not yet scanned is the normal answer of a QR payment.
    case .sent, .accepted, .unanswered, .sawUnpaid, .sawAbsent, .aged: .stay
    case .refused: .contradiction
    case .sawProcessing: .to(.processing)
    case .sawPaid: .to(.succeeded)
    case .sawPaidWeakly: .ask
    case .sawClosed: .to(.closed)
    case .sawFailed: .to(.failed)
    // The gateway took the money and gave it back: a capture and a refund.
    case .sawReversed: .to(.succeeded)
    case .closeAsked: .to(.closing)
    }
  }

  private func moveFromProcessing(_ input: PaymentInput) -> PaymentMove {
    switch input {
    case .sent, .accepted, .unanswered, .sawProcessing, .sawAbsent: .stay
    case .refused: .contradiction
    case .sawUnpaid: .to(.awaitingBuyer)
    case .sawPaid: .to(.succeeded)
    case .sawPaidWeakly: .ask
    case .sawClosed: .to(.closed)
    case .sawFailed: .to(.failed)
    // The gateway took the money and gave it back: a capture and a refund.
    case .sawReversed: .to(.succeeded)
    case .closeAsked: .to(.closing)
    case .aged: .to(.stale)
    }
  }

  private func moveFromUnknown(_ input: PaymentInput) -> PaymentMove {
    switch input {
    case .sent, .unanswered, .sawAbsent: .stay
    case .accepted, .sawUnpaid: .to(.awaitingBuyer)
    case .refused, .sawFailed: .to(.failed)
    case .sawProcessing: .to(.processing)
    case .sawPaid: .to(.succeeded)
    case .sawPaidWeakly: .ask
    case .sawClosed: .to(.closed)
    // The gateway took the money and gave it back: a capture and a refund.
    case .sawReversed: .to(.succeeded)
    case .closeAsked: .to(.closing)
    case .aged: .to(.stale)
    }
  }

  private func moveFromStale(_ input: PaymentInput) -> PaymentMove {
    switch input {
    case .sent, .unanswered, .sawAbsent, .aged: .stay
    case .accepted, .sawUnpaid: .to(.awaitingBuyer)
    case .refused, .sawFailed: .to(.failed)
    case .sawProcessing: .stay
    case .sawPaid: .to(.succeeded)
    case .sawPaidWeakly: .ask
    case .sawClosed: .to(.closed)
    // The gateway took the money and gave it back: a capture and a refund.
    case .sawReversed: .to(.succeeded)
    case .closeAsked: .to(.closing)
    }
  }

  private func moveFromClosing(_ input: PaymentInput) -> PaymentMove {
    switch input {
    // Only proof ends a closing: "still unpaid" means the close has to be sent or has not worked.
    case .sent, .accepted, .unanswered, .sawUnpaid, .sawProcessing, .sawAbsent, .closeAsked: .stay
    case .refused, .sawFailed: .to(.failed)
    case .sawPaid: .to(.succeeded)
    case .sawPaidWeakly: .ask
    case .sawClosed: .to(.closed)
    // The gateway took the money and gave it back: a capture and a refund.
    case .sawReversed: .to(.succeeded)
    case .aged: .to(.stale)
    }
  }

  private func moveFromEnded(_ input: PaymentInput) -> PaymentMove {
    switch input {
    case .sent, .accepted, .refused, .unanswered, .sawAbsent, .sawClosed, .sawFailed, .closeAsked,
      .aged:
      .stay
    // A late success: the gateway's word of money outranks what we thought was over.
    case .sawPaid: .to(.succeeded)
    case .sawPaidWeakly, .sawUnpaid, .sawProcessing: .ask
    // The gateway took the money and gave it back: a capture and a refund.
    case .sawReversed: .to(.succeeded)
    }
  }

  private func moveFromSucceeded(_ input: PaymentInput) -> PaymentMove {
    switch input {
    case .sent, .accepted, .unanswered, .sawPaid, .sawPaidWeakly, .closeAsked, .aged: .stay
    // "Unpaid", "closed" or "unknown" after a success is an alarm, never an undo: a thief may have
    // the gateway's key. (What we gave back ourselves reads "closed"; that is no input here.)
    case .refused, .sawUnpaid, .sawProcessing, .sawFailed, .sawAbsent, .sawClosed: .contradiction
    case .sawReversed: .to(.reversed)
    }
  }

  private func moveFromReversed(_ input: PaymentInput) -> PaymentMove {
    switch input {
    case .sent, .accepted, .refused, .unanswered, .sawUnpaid, .sawProcessing, .sawPaidWeakly,
      .sawClosed, .sawAbsent, .sawFailed, .sawReversed, .closeAsked, .aged:
      .stay
    case .sawPaid: .contradiction
    }
  }
}
