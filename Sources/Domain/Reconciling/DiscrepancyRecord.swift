/// Where a row of a statement stands.
package struct StatementPlace: Hashable, Comparable, Sendable {
  package let statement: StatementID
  /// Of the file, from 1.
  package let line: Int64

  package init(statement: StatementID, line: Int64) {
    self.statement = statement
    self.line = line
  }

  /// `stm_…:17`, as evidence names it.
  package var text: String { "\(statement):\(line)" }

  package init?(text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let statement = StatementID(text: String(parts[0])),
      let line = Int64(parts[1])
    else { return nil }
    self.init(statement: statement, line: line)
  }

  package static func < (one: StatementPlace, other: StatementPlace) -> Bool {
    (one.statement, one.line) < (other.statement, other.line)
  }
}

/// A row of a statement that something is about.
package struct StatementRowReference: Hashable, Sendable {
  package let statement: StatementID
  /// Of the file, from 1.
  package let line: Int64
  /// The gateway's (or the bank's) number of the movement, and ours; nil where the row has none.
  package let transaction: String?
  package let reference: String?
  /// Of a row about a dispute the number of the charge, ours or the gateway's, as it stands there.
  package let parent: String?
  /// The gateway's time.
  package let at: Timestamp
  /// Of a row that is nobody's: what the gateway kept of it, and what a coupon of ours took. Of
  /// money given back they are negative. Nil where it says nothing.
  package private(set) var fee: Money?
  package private(set) var coupon: Money?
  /// Of such a row: what the gateway credited in another currency than it charged, before its fee.
  package private(set) var credited: Money?

  package init(
    statement: StatementID, line: Int64, transaction: String?, reference: String?,
    parent: String? = nil, at: Timestamp, fee: Money? = nil, coupon: Money? = nil,
    credited: Money? = nil
  ) {
    self.statement = statement
    self.line = line
    self.transaction = transaction
    self.reference = reference
    self.parent = parent
    self.at = at
    self.fee = fee
    self.coupon = coupon
    self.credited = credited
  }

  /// The same with other costs, credited so.
  package func costing(
    fee: Money?, coupon: Money?, credited: Money?
  ) -> StatementRowReference {
    var copy = self
    (copy.fee, copy.coupon, copy.credited) = (fee, coupon, credited)
    return copy
  }

  /// `stm_…:17`, as evidence names it.
  package var text: String { "\(statement):\(line)" }
}

/// Something of ours that a discrepancy or a match is about.
package enum LocalSubject: Hashable, Sendable {
  case payment(PaymentID)
  case refund(RefundID)
  /// What the gateway gave back of a payment at its own desk: no refund of ours.
  case reversal(PaymentID)
  /// The money of a refund when it came back to us.
  case refundReturn(RefundID)
  case order(OrderID)
  /// One movement of the dispute's money: it may be taken, given back and taken again.
  case dispute(DisputeID, movement: Int = 1)

  package init?(text: String) {
    if let id = PaymentID(text: text) {
      self = .payment(id)
    } else if let id = RefundID(text: text) {
      self = .refund(id)
    } else if let id = OrderID(text: text) {
      self = .order(id)
    } else if let (id, movement) = Self.movement(text) {
      self = .dispute(id, movement: movement)
    } else if let id = Self.named(text, Self.reversalEnding).flatMap(PaymentID.init(text:)) {
      self = .reversal(id)
    } else if let id = Self.named(text, Self.returnEnding).flatMap(RefundID.init(text:)) {
      self = .refundReturn(id)
    } else {
      return nil
    }
  }

  package var text: String {
    switch self {
    case .payment(let id): id.text
    case .refund(let id): id.text
    case .reversal(let id): id.text + Self.reversalEnding
    case .refundReturn(let id): id.text + Self.returnEnding
    case .order(let id): id.text
    case .dispute(let id, let movement): movement == 1 ? id.text : "\(id.text):\(movement)"
    }
  }

  private static func movement(_ text: String) -> (DisputeID, Int)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let id = DisputeID(text: String(parts[0])) else { return nil }
    guard parts.count == 2 else { return (id, 1) }
    guard let movement = Int(parts[1]), movement > 1, String(movement) == parts[1] else {
      return nil
    }
    return (id, movement)
  }

  private static let reversalEnding = ":reversal"

  private static let returnEnding = ":return"

  /// What stands before an ending; nil where it has another one.
  private static func named(_ text: String, _ ending: String) -> String? {
    guard text.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8) else { return nil }
    return String(text.utf8.dropLast(ending.utf8.count))
  }
}

/// Where a discrepancy stands.
package enum DiscrepancyState: String, Sendable, CaseIterable {
  case open
  /// Until a day that somebody named.
  case waiting
  /// One person has decided; a second must agree.
  case proposed
  case resolved
}

/// How a discrepancy ended.
package enum DiscrepancyResolution: String, Sendable, CaseIterable {
  /// The statement paid the order (or the refund), with its row as evidence.
  case filledBack = "filled_back"
  /// A second copy of a row was counted apart.
  case leftOut = "left_out"
  /// A later run found both sides to agree.
  case agrees
  /// People decided; the adjudication says what.
  case adjudicated
}

/// One difference, as it was found. It never changes.
package struct DiscrepancyFacts: Hashable, Sendable {
  package let run: RunID
  /// The statement that was compared; also where no row of it is meant.
  package let statement: StatementID
  package let gateway: String
  package let kind: DiscrepancyKind
  package let level: HandlingLevel
  /// What our side says, minor units of `expectedCurrency`.
  package let expected: Int64
  /// What the other does, minor units of `currency`.
  package let actual: Int64
  package let currency: Currency
  /// Another one than `currency` only where the two sides speak of two.
  package let expectedCurrency: Currency
  package let theirs: StatementRowReference?
  package let bank: StatementRowReference?
  package let ours: LocalSubject?
  /// The order that it concerns, where one is known.
  package let order: OrderID?
  /// Lines of the statement that would explain it; several lists are several explanations.
  package let suggestions: [[Int64]]
  /// Until when a person should have looked.
  package var dueAt: Timestamp
  /// The same for the same difference in every run.
  package let mark: String

  package init(
    run: RunID, statement: StatementID, gateway: String, kind: DiscrepancyKind,
    level: HandlingLevel, expected: Int64, actual: Int64, currency: Currency,
    expectedCurrency: Currency? = nil, theirs: StatementRowReference?, bank: StatementRowReference?,
    ours: LocalSubject?, order: OrderID?, suggestions: [[Int64]], dueAt: Timestamp, mark: String
  ) {
    self.run = run
    self.statement = statement
    self.gateway = gateway
    self.kind = kind
    self.level = level
    self.expected = expected
    self.actual = actual
    self.currency = currency
    self.expectedCurrency = expectedCurrency ?? currency
    self.theirs = theirs
    self.bank = bank
    self.ours = ours
    self.order = order
    self.suggestions = suggestions
    self.dueAt = dueAt
    self.mark = mark
  }

  /// Minor units of `currency`; positive: there is more than we expected. Saturates. Nil where the
  /// two sides are of two currencies, which are never subtracted.
  package var difference: Int64? {
    guard expectedCurrency == currency else { return nil }
    let (difference, overflow) = actual.subtractingReportingOverflow(expected)
    return overflow ? (actual > expected ? .max : .min) : difference
  }
}

/// A difference and what became of it.
package struct DiscrepancyRecord: Hashable, Sendable {
  package let id: DiscrepancyID
  package let facts: DiscrepancyFacts
  package let openedAt: Timestamp
  package private(set) var state: DiscrepancyState
  package private(set) var resolution: DiscrepancyResolution?
  package private(set) var resolvedAt: Timestamp?
  /// The actor text of who ended it: of the second person where it took two.
  package private(set) var resolvedBy: String?
  /// What people proposed, or decided.
  package private(set) var adjudication: Adjudication?
  /// When nobody had decided in time.
  package private(set) var escalatedAt: Timestamp?
  package private(set) var version: Int64

  package init(id: DiscrepancyID, facts: DiscrepancyFacts, openedAt: Timestamp) {
    self.id = id
    self.facts = facts
    self.openedAt = openedAt
    state = .open
    version = 1
  }

  /// As it was stored.
  package init(
    id: DiscrepancyID, facts: DiscrepancyFacts, openedAt: Timestamp, state: DiscrepancyState,
    resolution: DiscrepancyResolution?, resolvedAt: Timestamp?, resolvedBy: String?,
    adjudication: Adjudication?, escalatedAt: Timestamp?, version: Int64
  ) {
    self.init(id: id, facts: facts, openedAt: openedAt)
    self.state = state
    self.resolution = resolution
    self.resolvedAt = resolvedAt
    self.resolvedBy = resolvedBy
    self.adjudication = adjudication
    self.escalatedAt = escalatedAt
    self.version = version
  }

  /// Ended by a decision of people, not by the machine.
  package var isDecidedByPeople: Bool { state == .resolved && resolution == .adjudicated }

  /// What an event makes of it. `opened` made it in the first place.
  package mutating func apply(_ event: DiscrepancyEvent, by actor: Actor, at now: Timestamp) {
    switch event {
    case .opened: return
    case .resolved(let how): end(how, by: actor.text, at: now)
    case .proposed(let wish):
      state = .proposed
      adjudication = wish
    case .rejected, .reopened:
      state = .open
      adjudication = nil
      resolution = nil
      resolvedAt = nil
      resolvedBy = nil
    case .adjudicated(let wish, let confirmedBy):
      adjudication = wish
      if wish.verb == .waitUntil {
        state = .waiting
      } else {
        end(.adjudicated, by: confirmedBy ?? wish.by, at: now)
      }
    case .escalated: escalatedAt = now
    }
    version += 1
  }

  private mutating func end(_ how: DiscrepancyResolution, by person: String, at now: Timestamp) {
    state = .resolved
    resolution = how
    resolvedAt = now
    resolvedBy = person
  }
}
