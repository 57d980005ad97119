// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Money moving between accounts; its lines add up to nothing.
package struct LedgerEntryObject: WireObject, Equatable {
  /// Its place in the books, the same for ever: that of its event in the log times 4096, and its
  /// place among the entries of that event.
  package var number: Int64
  /// Why it was made.
  package var cause: String
  /// Our time of the event.
  package var at: Int64
  /// Id of the event that it comes from.
  package var event: String
  /// The order concerned.
  package var order: String?
  /// The entry that it takes back.
  package var corrects: Int64?
  /// What it moved in the account asked for.
  package var debit: SignedMoneyObject
  /// All of it.
  package var lines: [LedgerLineObject]

  package init(
    number: Int64, cause: String, at: Int64, event: String, order: String? = nil,
    corrects: Int64? = nil, debit: SignedMoneyObject, lines: [LedgerLineObject]
  ) {
    self.number = number
    self.cause = cause
    self.at = at
    self.event = event
    self.order = order
    self.corrects = corrects
    self.debit = debit
    self.lines = lines
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("number", number)
    writer.member("cause", cause)
    writer.member("at", at)
    writer.member("event", event)
    writer.member("order", order)
    writer.member("corrects", corrects)
    writer.member("debit", debit)
    writer.member("lines", lines)
  }
}
