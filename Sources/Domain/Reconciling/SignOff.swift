/// How far people have put their names under a run.
package enum SignOffState: String, Sendable, CaseIterable {
  case unsigned
  /// One person has signed; a second one of the lead must.
  case halfSigned = "half_signed"
  case signed
  /// It was signed, by one or by two, and something has changed since.
  case reopened
}

/// Why a difference may stay open under a signature.
package enum LeftOpenReason: String, Sendable, CaseIterable {
  /// Somebody named the day on which it is looked at again.
  case waiting
  /// People work on it, in a case that somebody has taken up.
  case inCase = "in_case"
}

/// A difference that was open when the run was signed, and why that was right.
package struct LeftOpen: Hashable, Sendable, Comparable {
  package let discrepancy: DiscrepancyID
  package let reason: LeftOpenReason

  package init(discrepancy: DiscrepancyID, reason: LeftOpenReason) {
    self.discrepancy = discrepancy
    self.reason = reason
  }

  package static func < (one: Self, other: Self) -> Bool { one.discrepancy < other.discrepancy }
}

/// What made signatures void.
package enum SignOffBreak: Hashable, Sendable {
  /// A difference that was decided when it was signed, or any while one signature is missing, was
  /// decided otherwise.
  case discrepancy(DiscrepancyID)
  /// The statement, or the one issued in its place, was compared again.
  case run(RunID)
  /// What was compared was issued again, as this.
  case statement(StatementID)

  package init?(text: String) {
    if let id = DiscrepancyID(text: text) {
      self = .discrepancy(id)
    } else if let id = RunID(text: text) {
      self = .run(id)
    } else if let id = StatementID(text: text) {
      self = .statement(id)
    } else {
      return nil
    }
  }

  package var text: String {
    switch self {
    case .discrepancy(let id): id.text
    case .run(let id): id.text
    case .statement(let id): id.text
    }
  }
}

package struct Signature: Hashable, Sendable {
  /// The event's actor text.
  package let by: String
  package let at: Timestamp

  package init(by: String, at: Timestamp) {
    self.by = by
    self.at = at
  }
}

/// The names under a run and what they stand for.
package struct SignOff: Hashable, Sendable {
  package let run: RunID
  package private(set) var state = SignOffState.unsigned
  /// SHA-256 of the page that was signed, lower-case hex; nil where nothing is.
  package private(set) var digest: String?
  package private(set) var leftOpen: [LeftOpen] = []
  package private(set) var first: Signature?
  package private(set) var second: Signature?
  package private(set) var reopenedAt: Timestamp?
  package private(set) var reopenedBy: SignOffBreak?

  package init(run: RunID) { self.run = run }

  /// As it was stored.
  package init(
    run: RunID, state: SignOffState, digest: String?, leftOpen: [LeftOpen], first: Signature?,
    second: Signature?, reopenedAt: Timestamp?, reopenedBy: SignOffBreak?
  ) {
    self.run = run
    self.state = state
    self.digest = digest
    self.leftOpen = leftOpen
    self.first = first
    self.second = second
    self.reopenedAt = reopenedAt
    self.reopenedBy = reopenedBy
  }

  /// At least one name stands under it.
  package var isBinding: Bool { state == .halfSigned || state == .signed }

  /// Whether a change of a difference makes the names void. While one is missing every change
  /// does, because the second person must see what the first one saw; once both stand, what was
  /// left open may end as it likes.
  package func breaks(when discrepancy: DiscrepancyID) -> Bool {
    switch state {
    case .unsigned, .reopened: false
    case .halfSigned: true
    case .signed: !leftOpen.contains { $0.discrepancy == discrepancy }
    }
  }

  /// What an event makes of it.
  package mutating func apply(_ event: RunEvent, by actor: String, at now: Timestamp) {
    switch event {
    case .finished: return
    case .halfSigned(let digest, let leftOpen):
      state = .halfSigned
      self.digest = digest
      self.leftOpen = leftOpen
      first = Signature(by: actor, at: now)
      (second, reopenedAt, reopenedBy) = (nil, nil, nil)
    case .signed:
      state = .signed
      second = Signature(by: actor, at: now)
    case .reopened(let cause):
      state = .reopened
      (digest, leftOpen, first, second) = (nil, [], nil, nil)
      (reopenedAt, reopenedBy) = (now, cause)
    }
  }
}
