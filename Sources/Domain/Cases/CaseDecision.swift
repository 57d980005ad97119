/// What is asked about one case, turned into events or refused.
///
/// ```text
///  open ─▶ assigned ⇄ waiting_… ─▶ proposed ─▶ resolved ─▶ closed
///   │                     │  (two persons)        ▲
///   └─────────────────────┴──── one person ───────┘
///  proposed, resolved, closed ─▶ reopened: assigned or open
/// ```
package struct CaseDecision: Sendable {
  package private(set) var record: CaseRecord
  package private(set) var events: [CaseEvent] = []
  private let actor: Actor
  private let now: Timestamp

  /// - Parameter now: our wall clock.
  package init(_ record: CaseRecord, at now: Timestamp, by actor: Actor) {
    self.record = record
    self.actor = actor
    self.now = now
  }

  private mutating func note(_ event: CaseEvent) {
    record.apply(event, by: actor, at: now)
    events.append(event)
  }

  /// When somebody is reminded, unless the caller says otherwise.
  private func due(_ wish: Timestamp?) throws(Rejection) -> Timestamp {
    guard let wish else { return now.adding(milliseconds: Int64(Limits.caseStepMilliseconds)) }
    guard wish > now else {
      throw Rejection(.outOfRange, "The due time has passed.", path: "/params/due")
    }
    return wish
  }

  /// - Throws: `illegal_transition`, `out_of_range`.
  package mutating func assign(_ owner: String, due wish: Timestamp?) throws(Rejection) {
    guard record.state.isLive else { throw illegal("assigned") }
    note(.assigned(owner: owner, dueAt: try due(wish)))
  }

  /// - Throws: `illegal_transition`, `out_of_range`, `too_many_attachments`.
  package mutating func add(
    _ paper: CasePaper, waitingFor wait: CaseWait?, due wish: Timestamp?
  ) throws(Rejection) {
    guard record.state != .closed, wait == nil || record.state.isWorkedOn else {
      throw illegal(wait == nil ? "noted on" : "made to wait")
    }
    guard record.papers.count < Limits.papersPerCase else {
      throw Rejection(
        .tooManyAttachments, "Case \(record.id) has \(record.papers.count) notes and papers.",
        details: [.init("limit", .integer(Int64(Limits.papersPerCase)))])
    }
    note(.noted(paper, waitingFor: wait, dueAt: try due(wish)))
  }

  /// What is linked already stays as it is.
  ///
  /// - Throws: `illegal_transition`, `too_many_links`.
  package mutating func link(_ links: [CaseLink]) throws(Rejection) {
    guard record.state != .closed else { throw illegal("linked") }
    var new: [CaseLink] = []
    for link in links where !record.links.contains(link) && !new.contains(link) {
      new.append(link)
    }
    guard !new.isEmpty else { return }
    guard record.links.count + new.count <= Limits.linksPerCase else {
      throw Rejection(
        .tooManyLinks, "Case \(record.id) would have \(record.links.count + new.count) links.",
        path: "/params/links",
        details: [.init("limit", .integer(Int64(Limits.linksPerCase)))])
    }
    note(.linked(new))
  }

  /// One person resolves at once where little hangs on it, else waits for the second.
  ///
  /// - Throws: `illegal_transition`, `token_required` where a second person is needed.
  package mutating func resolve(_ cause: CauseCode) throws(Rejection) {
    guard record.state.isWorkedOn else { throw illegal("resolved") }
    switch record.severity {
    case .high:
      guard actor.person != nil else {
        throw Rejection(
          .tokenRequired, "Two operators resolve this case; show a token to be the first of them.")
      }
      note(.proposed(cause, dueAt: try due(nil)))
    case .normal: note(.resolved(cause, proposedBy: nil))
    }
  }

  /// The second person agrees (I17).
  ///
  /// - Throws: `illegal_transition`, `token_required`, `second_person_required`.
  package mutating func confirm() throws(Rejection) {
    guard record.state == .proposed, let cause = record.cause, let proposer = record.proposedBy
    else { throw illegal("confirmed") }
    guard actor.person != nil else {
      throw Rejection(
        .tokenRequired, "Only an operator who has shown a token can confirm a case.")
    }
    guard !proposer.utf8.elementsEqual(actor.text.utf8) else {
      throw Rejection(
        .secondPersonRequired, "You named the cause; another operator must confirm it.",
        details: [.init("proposed_by", .text(proposer))])
    }
    guard Actor.isPerson(proposer) else {
      throw Rejection(
        .tokenRequired, "Nobody who had shown a token named the cause.",
        hint: "Open it again with case.reopen, then name the cause as an operator.",
        details: [.init("proposed_by", .text(proposer))])
    }
    note(.resolved(cause, proposedBy: proposer))
  }

  /// - Parameter undecided: linked differences that nobody has decided.
  /// - Throws: `illegal_transition`, `case_unsettled`.
  package mutating func close(undecided: [DiscrepancyID]) throws(Rejection) {
    guard record.state == .resolved else { throw illegal("closed") }
    guard undecided.isEmpty else {
      throw Rejection(
        .caseUnsettled, "\(undecided.count) discrepancies of case \(record.id) are not decided.",
        details: [
          .init("undecided", .integer(Int64(undecided.count))),
          .init("discrepancies", .list(undecided.prefix(Self.namedMax).map(\.text))),
        ])
    }
    note(.closed)
  }

  /// Takes it up again; also how a second person turns a named cause down.
  package mutating func reopen() throws(Rejection) {
    guard !record.state.isWorkedOn else { throw illegal("reopened") }
    note(.reopened(dueAt: try due(nil)))
  }

  /// Nobody did anything in time.
  package mutating func escalate() {
    guard record.state.isLive, record.escalatedAt == nil, let due = record.dueAt, due <= now else {
      return
    }
    note(.escalated)
  }

  private func illegal(_ what: String) -> Rejection {
    Rejection(
      .illegalTransition, "Case \(record.id) is \(record.state.rawValue) and cannot be \(what).",
      details: [.init("state", .text(record.state.rawValue))])
  }

  private static let namedMax = 20
}
