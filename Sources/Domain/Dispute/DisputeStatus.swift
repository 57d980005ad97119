/// How a dispute stands, in the words that all gateways have in common.
///
/// ```text
///  warning ──▶ needs_response ⇄ under_review ──▶ won ⇄ lost (an appeal)
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

  /// The gateway takes an answer of ours, where it names a date until when.
  package var awaitsUs: Bool {
    switch self {
    case .warning, .needsResponse: true
    case .underReview, .won, .lost, .warningClosed, .prevented, .accepted, .withdrawn: false
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

  /// Where the money is when the gateway does not say so itself.
  ///
  /// - Parameter before: where it was; `none` for a new dispute.
  package func impliedFunds(after before: DisputeFunds) -> DisputeFunds {
    switch self {
    case .needsResponse, .underReview, .lost, .accepted: .withdrawn
    case .warning, .warningClosed, .prevented: before == .withdrawn ? .reinstated : before
    case .won, .withdrawn: before == .none ? .none : .reinstated
    }
  }
}

/// Where the disputed money is.
package enum DisputeFunds: String, Sendable, CaseIterable {
  /// It was never touched.
  case none
  /// The gateway took it out of our balance, for now or for good.
  case withdrawn
  /// It came back.
  case reinstated
}

/// What a gateway's word does to a dispute.
package enum DisputeMove: Hashable, Sendable {
  case to(DisputeStatus)
  case stay
  /// A notice that would go backwards may be an old one: only the answer to a query is believed.
  case ask
}

extension DisputeStatus {
  /// The transition table: every state, every word of a gateway, by notice and by answer.
  ///
  /// A notice only moves a dispute forward, because notices come late, twice and out of turn. The
  /// answer to our own query is how it stands: banks do reopen what was decided.
  ///
  /// - Parameter word: nil for one that the adapter's table does not hold.
  package func move(on word: DisputeStatus?, byAnswer isAnswer: Bool) -> DisputeMove {
    guard let word else { return .stay }
    guard word != self else { return .stay }
    if isAnswer { return .to(word) }
    switch self {
    case .warning: return .to(word)
    case .needsResponse: return word == .warning ? .ask : .to(word)
    case .underReview: return word.isOpen ? .ask : .to(word)
    case .won, .lost, .warningClosed, .prevented, .accepted, .withdrawn: return .ask
    }
  }
}
