// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One difference between our books and a statement.
package struct DiscrepancyObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// The run that found it.
  package var run: String
  /// The statement compared.
  package var statement: String
  /// Whose.
  package var gateway: String
  /// How they differ.
  package var kind: String
  /// The kind's number, B1 to B28.
  package var number: String
  /// How many people it takes.
  package var level: String
  /// What our side says.
  package var expected: SignedMoneyObject
  /// What the other says.
  package var actual: SignedMoneyObject
  /// Actual less expected: above zero there is more than we expected. Absent where the two are of
  /// two currencies.
  package var difference: SignedMoneyObject?
  /// The row of the statement.
  package var theirs: StatementRowObject?
  /// The row beside it: of the bank's statement, of the bill of the balance, or, of a
  /// duplicate_row, the one of another statement that has it already.
  package var bank: StatementRowObject?
  /// The payment, refund, dispute or order of ours; `pay_…:reversal` is what the gateway gave back
  /// of a payment at its own desk, `rfd_…:return` the money of a refund when it came back,
  /// `dsp_…:3` the third time that the money of a dispute moved.
  package var ours: String?
  /// The order it concerns.
  package var order: String?
  /// Lists of lines that would explain it, of the bank's statement that was compared where a payout
  /// has not arrived, or not all of it; several lists are several explanations.
  package var suggestions: RawJSON
  /// What most often lies behind it.
  package var cause: String
  /// What is done before anybody looks: fill_back, leave_out, ask_gateway, review, raise,
  /// stop_and_ask.
  package var handling: String
  /// Where it stands.
  package var state: String
  /// How it ended.
  package var resolution: String?
  /// What people proposed, or decided.
  package var adjudication: AdjudicationObject?
  /// What can be decided about it now; merge_match needs its other half.
  package var decisions: [String]
  /// When it was found.
  package var openedAt: Int64
  /// Until when a person should have looked.
  package var dueAt: Int64
  /// When nobody had.
  package var escalatedAt: Int64?
  /// When it ended.
  package var resolvedAt: Int64?
  /// By whom.
  package var resolvedBy: String?
  /// Counts its changes.
  package var version: Int64

  package init(
    id: String, run: String, statement: String, gateway: String, kind: String, number: String,
    level: String, expected: SignedMoneyObject, actual: SignedMoneyObject,
    difference: SignedMoneyObject? = nil, theirs: StatementRowObject? = nil,
    bank: StatementRowObject? = nil, ours: String? = nil, order: String? = nil,
    suggestions: RawJSON, cause: String, handling: String, state: String, resolution: String? = nil,
    adjudication: AdjudicationObject? = nil, decisions: [String], openedAt: Int64, dueAt: Int64,
    escalatedAt: Int64? = nil, resolvedAt: Int64? = nil, resolvedBy: String? = nil, version: Int64
  ) {
    self.id = id
    self.run = run
    self.statement = statement
    self.gateway = gateway
    self.kind = kind
    self.number = number
    self.level = level
    self.expected = expected
    self.actual = actual
    self.difference = difference
    self.theirs = theirs
    self.bank = bank
    self.ours = ours
    self.order = order
    self.suggestions = suggestions
    self.cause = cause
    self.handling = handling
    self.state = state
    self.resolution = resolution
    self.adjudication = adjudication
    self.decisions = decisions
    self.openedAt = openedAt
    self.dueAt = dueAt
    self.escalatedAt = escalatedAt
    self.resolvedAt = resolvedAt
    self.resolvedBy = resolvedBy
    self.version = version
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("run", run)
    writer.member("statement", statement)
    writer.member("gateway", gateway)
    writer.member("kind", kind)
    writer.member("number", number)
    writer.member("level", level)
    writer.member("expected", expected)
    writer.member("actual", actual)
    writer.member("difference", difference)
    writer.member("theirs", theirs)
    writer.member("bank", bank)
    writer.member("ours", ours)
    writer.member("order", order)
    writer.member("suggestions", suggestions)
    writer.member("cause", cause)
    writer.member("handling", handling)
    writer.member("state", state)
    writer.member("resolution", resolution)
    writer.member("adjudication", adjudication)
    writer.member("decisions", decisions)
    writer.member("opened_at", openedAt)
    writer.member("due_at", dueAt)
    writer.member("escalated_at", escalatedAt)
    writer.member("resolved_at", resolvedAt)
    writer.member("resolved_by", resolvedBy)
    writer.member("version", version)
  }
}
