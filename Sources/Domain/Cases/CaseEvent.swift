package enum CaseEvent: Hashable, Sendable {
  case opened(CaseKind, CaseSeverity, links: [CaseLink], dueAt: Timestamp)
  case linked([CaseLink])
  case assigned(owner: String, dueAt: Timestamp)
  /// A note or a piece of evidence; what it says is sealed elsewhere.
  case noted(CasePaper, waitingFor: CaseWait?, dueAt: Timestamp)
  /// One person has named the cause; a second must agree.
  case proposed(CauseCode, dueAt: Timestamp)
  /// - Parameter proposedBy: who named the cause, where a second person agreed.
  case resolved(CauseCode, proposedBy: String?)
  case closed
  case reopened(dueAt: Timestamp)
  case escalated
}

extension CaseEvent {
  /// The type on the wire.
  package var type: String {
    switch self {
    case .opened: "case.opened"
    case .linked: "case.linked"
    case .assigned: "case.assigned"
    case .noted: "case.noted"
    case .proposed: "case.proposed"
    case .resolved: "case.resolved"
    case .closed: "case.closed"
    case .reopened: "case.reopened"
    case .escalated: "case.escalated"
    }
  }
}
