/// What is asked about one discrepancy, turned into events or refused.
///
/// ```text
///  open ─▶ proposed ─▶ resolved ─▶ open (undone)
///   │  ◀── rejected       ▲
///   ├──── one person ─────┘
///   └─▶ waiting ─▶ open (its day came)
/// ```
package struct DiscrepancyDecision: Sendable {
  package private(set) var record: DiscrepancyRecord
  package private(set) var events: [DiscrepancyEvent] = []
  private let actor: Actor
  private let now: Timestamp

  /// - Parameter now: our wall clock.
  package init(_ record: DiscrepancyRecord, at now: Timestamp, by actor: Actor) {
    self.record = record
    self.actor = actor
    self.now = now
  }

  private mutating func note(_ event: DiscrepancyEvent) {
    record.apply(event, by: actor, at: now)
    events.append(event)
  }

  /// Decides at once where one person may, else waits for the second.
  ///
  /// - Parameters:
  ///   - partner: the other half, for `merge_match`.
  ///   - feeKnown: the fee of its payment that the gateway has told.
  /// - Throws: `illegal_transition`, `adjudication_not_possible`, `token_required` where a second
  ///   person is needed and nobody is the first.
  package mutating func propose(
    _ verb: AdjudicationVerb, reason: String, until: Timestamp?, partner: DiscrepancyRecord?,
    feeKnown: Money? = nil
  ) throws(Rejection) {
    guard record.state == .open || record.state == .waiting else { throw illegal("decided") }
    try check(verb, until: until, partner: partner)
    let wish = Adjudication(
      verb: verb, reason: reason, by: actor.text, until: until, partner: partner?.id,
      feeKnown: feeKnown)
    let needsSecond =
      record.facts.needsSecondPerson(for: verb)
      || partner?.facts.needsSecondPerson(for: verb) ?? false
    guard needsSecond else { return note(.adjudicated(wish, confirmedBy: nil)) }
    guard actor.person != nil else {
      throw Rejection(
        .tokenRequired, "Two operators decide this; show a token to be the first of them.")
    }
    note(.proposed(wish))
  }

  /// A rule proposes what a person then confirms or turns down; nothing is decided.
  ///
  /// - Throws: `illegal_transition`, `adjudication_not_possible`.
  package mutating func suggest(_ verb: AdjudicationVerb, reason: String) throws(Rejection) {
    guard record.state == .open else { throw illegal("proposed") }
    try check(verb, until: nil, partner: nil)
    note(.proposed(Adjudication(verb: verb, reason: reason, by: actor.text)))
  }

  /// The other half of a merge that was taken back is open again with the first.
  package mutating func followBack(from first: DiscrepancyRecord) {
    guard record.isDecidedByPeople, record.adjudication?.partner == first.id else { return }
    note(.reopened(reason: "its other half was taken back"))
  }

  /// The second person agrees (I17).
  ///
  /// - Parameter partner: the other half, for `merge_match`, as it is now.
  /// - Throws: `illegal_transition`, `token_required`, `second_person_required`,
  ///   `adjudication_not_possible`.
  package mutating func confirm(partner: DiscrepancyRecord?) throws(Rejection) {
    guard record.state == .proposed, let wish = record.adjudication else {
      throw illegal("confirmed")
    }
    guard actor.person != nil else {
      throw Rejection(
        .tokenRequired, "Only an operator who has shown a token can confirm a decision.")
    }
    guard !wish.by.utf8.elementsEqual(actor.text.utf8) else {
      throw Rejection(
        .secondPersonRequired, "You proposed this; another operator must confirm it.",
        details: [.init("proposed_by", .text(wish.by))])
    }
    // A rule only suggests what one person may decide, and this person does.
    guard Actor.isPerson(wish.by) || RuleID(actor: wish.by) != nil else {
      throw Rejection(
        .tokenRequired, "Nobody who had shown a token proposed this.",
        hint: "Reject it with discrepancy.reject, then propose it as an operator.",
        details: [.init("proposed_by", .text(wish.by))])
    }
    if wish.verb == .mergeMatch { try checkMerge(partner) }
    note(.adjudicated(wish, confirmedBy: actor.text))
  }

  /// The other half of a merge follows the first.
  ///
  /// - Parameter feeKnown: the fee of the first one's payment that the gateway has told.
  package mutating func follow(_ first: DiscrepancyRecord, feeKnown: Money? = nil) {
    guard let wish = first.adjudication, wish.partner == record.id, record.state != .resolved else {
      return
    }
    let mirrored = Adjudication(
      verb: .mergeMatch, reason: wish.reason, by: wish.by, partner: first.id, feeKnown: feeKnown)
    note(.adjudicated(mirrored, confirmedBy: first.resolvedBy == wish.by ? nil : first.resolvedBy))
  }

  /// The proposal is turned down; the difference is open again.
  package mutating func reject(reason: String) throws(Rejection) {
    guard record.state == .proposed else { throw illegal("rejected") }
    note(.rejected(reason: reason))
  }

  /// Takes a decision of people back. What it posted is posted the other way; nothing is erased.
  package mutating func undo(reason: String) throws(Rejection) {
    guard record.state == .waiting || record.isDecidedByPeople else { throw illegal("undone") }
    guard record.adjudication?.verb != .refundBuyer else {
      throw Rejection(
        .adjudicationNotPossible,
        "The refund was asked for; taking back the decision would not stop it.",
        hint: "Reject the refund if it still waits for approval, then decide the difference anew.")
    }
    note(.reopened(reason: reason))
  }

  /// The day it waited for came.
  package mutating func wake() {
    guard record.state == .waiting, let until = record.adjudication?.until, until <= now else {
      return
    }
    note(.reopened(reason: "waited"))
  }

  /// Nobody decided in time.
  package mutating func escalate() {
    guard record.state == .open || record.state == .proposed, record.escalatedAt == nil,
      record.facts.dueAt <= now
    else { return }
    note(.escalated)
  }

  /// The verbs that could be proposed now, in the order of their list; for `wait_until` and
  /// `merge_match` what they need beside is taken for granted.
  package static func fitting(_ record: DiscrepancyRecord) -> [AdjudicationVerb] {
    guard record.state == .open || record.state == .waiting else { return [] }
    let change = record.facts.balanceChange
    return AdjudicationVerb.allCases.filter { verb in
      switch verb {
      case .acceptGateway, .acceptLocal, .waitUntil: true
      case .writeOff, .moveToSuspense, .mergeMatch: change != 0
      case .claimFromGateway: change < 0
      case .refundBuyer:
        record.facts.refundable == nil ? false : change > 0
      }
    }
  }

  private func check(
    _ verb: AdjudicationVerb, until: Timestamp?, partner: DiscrepancyRecord?
  ) throws(Rejection) {
    let change = record.facts.balanceChange
    switch verb {
    case .waitUntil:
      guard let until, until > now else {
        throw impossible(verb, "it needs a time to come in until", path: "/params/until")
      }
    case .mergeMatch: try checkMerge(partner)
    case .refundBuyer:
      guard change > 0 else { throw impossible(verb, "no more came than was due") }
      guard record.facts.refundable != nil else {
        throw impossible(verb, "no payment of ours is known to refund", hint: Self.suspenseHint)
      }
    case .claimFromGateway:
      guard change < 0 else { throw impossible(verb, "the gateway has not taken too much") }
    case .writeOff, .moveToSuspense:
      guard change != 0 else { throw impossible(verb, "no money is in doubt") }
    case .acceptGateway, .acceptLocal: break
    }
    if until != nil, verb != .waitUntil {
      throw impossible(verb, "only wait_until takes until", path: "/params/until")
    }
    if partner != nil, verb != .mergeMatch {
      throw impossible(verb, "only merge_match takes partner", path: "/params/partner")
    }
  }

  private func checkMerge(_ partner: DiscrepancyRecord?) throws(Rejection) {
    guard let partner, partner.id != record.id else {
      throw impossible(
        .mergeMatch, "it needs another discrepancy in partner", path: "/params/partner")
    }
    let (ours, theirs) = (record.facts, partner.facts)
    guard partner.state == .open || partner.state == .waiting else {
      throw impossible(
        .mergeMatch, "\(partner.id) is \(partner.state.rawValue)", path: "/params/partner")
    }
    let (sum, overflow) = ours.balanceChange.addingReportingOverflow(theirs.balanceChange)
    guard ours.gateway.utf8.elementsEqual(theirs.gateway.utf8), ours.currency == theirs.currency,
      ours.isOfExchange == theirs.isOfExchange, ours.balanceChange != 0, !overflow, sum == 0
    else {
      throw impossible(
        .mergeMatch, "the two do not cancel out at one gateway", path: "/params/partner",
        hint: "Two halves of one movement have the same amount, one too much and one too little.")
    }
  }

  private static let suspenseHint =
    "Use move_to_suspense until the buyer is known, then refund by hand."

  private func impossible(
    _ verb: AdjudicationVerb, _ why: String, path: String? = nil, hint: String? = nil
  ) -> Rejection {
    Rejection(
      .adjudicationNotPossible, "\(verb.rawValue) does not fit \(record.id): \(why).", hint: hint,
      path: path,
      details: [
        .init("kind", .text(record.facts.kind.word)),
        .init("balance_change", .money(Money(record.facts.balanceChange, record.facts.currency))),
      ])
  }

  private func illegal(_ what: String) -> Rejection {
    Rejection(
      .illegalTransition,
      "Discrepancy \(record.id) is \(record.state.rawValue) and cannot be \(what).",
      details: [.init("state", .text(record.state.rawValue))])
  }
}
