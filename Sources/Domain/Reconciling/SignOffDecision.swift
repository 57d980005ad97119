/// A signature under a run, turned into an event or refused.
///
/// ```text
///  unsigned ─▶ half_signed ─▶ signed
///                   │            │      something of it changed
///                   └▶ reopened ◀┘ ─▶ half_signed
/// ```
package struct SignOffDecision: Sendable {
  package private(set) var signOff: SignOff
  package private(set) var event: RunEvent?
  private let actor: Actor
  private let now: Timestamp

  /// - Parameter now: our wall clock.
  package init(_ signOff: SignOff, at now: Timestamp, by actor: Actor) {
    self.signOff = signOff
    self.actor = actor
    self.now = now
  }

  private mutating func note(_ event: RunEvent) {
    signOff.apply(event, by: actor.text, at: now)
    self.event = event
  }

  /// The first name is anybody's who works on the books, the second another one's of the lead.
  ///
  /// - Parameter page: the run as it is now.
  /// - Parameter digest: of its canonical form.
  /// - Parameter seen: the digest that the signer has looked at; nil where nobody says.
  /// - Parameter isLead: the signer may give second signatures.
  /// - Throws: `token_required`, `illegal_transition`, `run_undecided`, `sign_off_changed`,
  ///   `second_person_required`, `role_too_low`.
  package mutating func sign(
    _ page: SignOffPage, digest: String, seen: String?, isLead: Bool
  ) throws(Rejection) {
    guard actor.person != nil else {
      throw Rejection(.tokenRequired, "Only an operator who has shown a token can sign.")
    }
    guard signOff.state != .signed else {
      throw Rejection(
        .illegalTransition, "Run \(signOff.run) is signed by two already.",
        details: [.init("state", .text(signOff.state.rawValue))])
    }
    try requireDecided(page)
    if let seen, !seen.utf8.elementsEqual(digest.utf8) { throw changed(digest) }
    guard signOff.state == .halfSigned else {
      return note(.halfSigned(digest: digest, leftOpen: page.leftOpen))
    }
    try signSecond(digest, isLead: isLead)
  }

  private func requireDecided(_ page: SignOffPage) throws(Rejection) {
    let undecided = page.undecided
    guard page.leftOpen.count <= Limits.leftOpenPerRun else {
      throw Rejection(
        .runUndecided, "\(page.leftOpen.count) discrepancies of \(signOff.run) are left open.",
        details: [
          .init("undecided", .integer(Int64(undecided.count))),
          .init("limit", .integer(Int64(Limits.leftOpenPerRun))),
        ])
    }
    guard !undecided.isEmpty else { return }
    throw Rejection(
      .runUndecided, "\(undecided.count) discrepancies of \(signOff.run) are not decided.",
      details: [
        .init("undecided", .integer(Int64(undecided.count))),
        .init("discrepancies", .list(undecided.prefix(Self.namedMax).map(\.text))),
      ])
  }

  private mutating func signSecond(_ digest: String, isLead: Bool) throws(Rejection) {
    if let first = signOff.first, first.by.utf8.elementsEqual(actor.text.utf8) {
      throw Rejection(
        .secondPersonRequired, "You signed first; another operator must sign second.",
        details: [.init("proposed_by", .text(first.by))])
    }
    guard isLead else {
      throw Rejection(
        .roleTooLow, "The second signature is the lead's.",
        details: [.init("roles", .list(["finance_lead"]))])
    }
    guard let known = signOff.digest, known.utf8.elementsEqual(digest.utf8) else {
      throw changed(digest)
    }
    note(.signed(digest: digest))
  }

  /// Something that was signed is not so any more.
  package mutating func reopen(_ cause: SignOffBreak) {
    guard signOff.isBinding else { return }
    note(.reopened(cause))
  }

  private func changed(_ digest: String) -> Rejection {
    Rejection(
      .signOffChanged, "Run \(signOff.run) is not any more what was looked at.",
      path: "/params/sha256", details: [.init("sha256", .text(digest))])
  }

  private static let namedMax = 20
}
