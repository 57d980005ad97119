/// A note or a piece of evidence. Its content is sealed and erasable; here stands what the log
/// knows of it.
package struct CasePaper: Hashable, Sendable {
  package let id: AttachmentID
  /// As `text/plain`.
  package let mediaType: String
  package let bytes: Int64
  /// SHA-256 of the content, lower-case hex.
  package let digest: String
  /// The event's actor text.
  package let by: String
  package let at: Timestamp

  package init(
    id: AttachmentID, mediaType: String, bytes: Int64, digest: String, by: String, at: Timestamp
  ) {
    self.id = id
    self.mediaType = mediaType
    self.bytes = bytes
    self.digest = digest
    self.by = by
    self.at = at
  }
}

/// Work for people: what it is about, who does it, until when, and how it ended.
package struct CaseRecord: Hashable, Sendable {
  package let id: CaseID
  package let kind: CaseKind
  package let severity: CaseSeverity
  package let openedAt: Timestamp
  package let openedBy: String
  package private(set) var state: CaseState
  package private(set) var links: [CaseLink]
  /// The name of an operator.
  package private(set) var owner: String?
  /// When somebody is reminded; nil where nothing is left to do.
  package private(set) var dueAt: Timestamp?
  /// When the first person did something.
  package private(set) var answeredAt: Timestamp?
  /// When nobody had done anything in time; nil again once somebody has.
  package private(set) var escalatedAt: Timestamp?
  package private(set) var cause: CauseCode?
  /// Who named the cause, and who agreed where it took two; actor texts.
  package private(set) var proposedBy: String?
  package private(set) var resolvedBy: String?
  package private(set) var resolvedAt: Timestamp?
  package private(set) var closedAt: Timestamp?
  package private(set) var papers: [CasePaper] = []
  package private(set) var version: Int64 = 1

  package init(
    id: CaseID, kind: CaseKind, severity: CaseSeverity, links: [CaseLink], dueAt: Timestamp,
    openedAt: Timestamp, openedBy: String
  ) {
    self.id = id
    self.kind = kind
    self.severity = severity
    self.links = links
    self.dueAt = dueAt
    self.openedAt = openedAt
    self.openedBy = openedBy
    state = .open
  }

  /// What stored cases differ in from fresh ones.
  package struct Progress: Hashable, Sendable {
    package var state: CaseState
    package var owner: String?
    package var dueAt: Timestamp?
    package var answeredAt: Timestamp?
    package var escalatedAt: Timestamp?
    package var cause: CauseCode?
    package var proposedBy: String?
    package var resolvedBy: String?
    package var resolvedAt: Timestamp?
    package var closedAt: Timestamp?
    package var papers: [CasePaper]
    package var version: Int64

    package init(state: CaseState, papers: [CasePaper], version: Int64) {
      self.state = state
      self.papers = papers
      self.version = version
    }
  }

  /// As it was stored.
  package init(
    id: CaseID, kind: CaseKind, severity: CaseSeverity, links: [CaseLink], openedAt: Timestamp,
    openedBy: String, _ progress: Progress
  ) {
    self.init(
      id: id, kind: kind, severity: severity, links: links, dueAt: openedAt, openedAt: openedAt,
      openedBy: openedBy)
    state = progress.state
    owner = progress.owner
    dueAt = progress.dueAt
    answeredAt = progress.answeredAt
    escalatedAt = progress.escalatedAt
    cause = progress.cause
    proposedBy = progress.proposedBy
    resolvedBy = progress.resolvedBy
    resolvedAt = progress.resolvedAt
    closedAt = progress.closedAt
    papers = progress.papers
    version = progress.version
  }

  /// The orders it names, in the order of its links.
  package var orders: [OrderID] {
    links.compactMap { link in
      if case .order(let id) = link { return id }
      return nil
    }
  }

  package var discrepancies: [DiscrepancyID] {
    links.compactMap { link in
      if case .discrepancy(let id) = link { return id }
      return nil
    }
  }

  /// What an event makes of it. `opened` made it in the first place.
  package mutating func apply(_ event: CaseEvent, by actor: Actor, at now: Timestamp) {
    switch event {
    case .opened: return
    case .linked(let new): links += new
    case .assigned(let name, let due):
      owner = name
      if state == .open { state = .assigned }
      goOn(until: due)
    case .noted(let paper, let wait, let due):
      papers.append(paper)
      if let wait { state = wait.state }
      if state.isLive { goOn(until: due) }
    case .proposed(let code, let due):
      (cause, proposedBy, state) = (code, actor.text, .proposed)
      goOn(until: due)
    case .resolved(let code, let proposer):
      (cause, proposedBy, state) = (code, proposer ?? actor.text, .resolved)
      (resolvedBy, resolvedAt) = (actor.text, now)
      goOn(until: nil)
    case .closed: (state, closedAt) = (.closed, now)
    case .reopened(let due):
      state = owner == nil ? .open : .assigned
      (cause, proposedBy, resolvedBy, resolvedAt, closedAt) = (nil, nil, nil, nil, nil)
      goOn(until: due)
    case .escalated: escalatedAt = now
    }
    if answeredAt == nil, event.isAnswer, actor.isSomebody { answeredAt = now }
    version += 1
  }

  private mutating func goOn(until due: Timestamp?) {
    dueAt = due
    escalatedAt = nil
  }
}

extension CaseEvent {
  /// Somebody has taken it up.
  fileprivate var isAnswer: Bool {
    switch self {
    case .assigned, .noted, .proposed, .resolved: true
    case .opened, .linked, .closed, .reopened, .escalated: false
    }
  }
}

extension Actor {
  /// A person or a program of the shop, not the daemon itself.
  fileprivate var isSomebody: Bool {
    switch self {
    case .client, .staff: true
    case .notice, .statement, .rule, .poller, .timer, .recovery, .system: false
    }
  }
}
