// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One of the three that know of a payment.
package struct WitnessObject: WireObject, Equatable {
  /// gateway, books or bill.
  package var voice: String
  /// Whether it has said anything yet.
  package var spoken: Bool
  /// paid, closed, failed or reversed; of our books the state; of a bill that should hold it and
  /// does not, missing.
  package var says: String?
  /// How much, where it is paid.
  package var amount: SignedMoneyObject?
  /// When its word came, our books changed, or the bill says it happened.
  package var at: Int64?
  /// The statement and line of the bill.
  package var row: String?
  /// Where the bill contradicts our books.
  package var discrepancies: [String]

  package init(
    voice: String, spoken: Bool, says: String? = nil, amount: SignedMoneyObject? = nil,
    at: Int64? = nil, row: String? = nil, discrepancies: [String]
  ) {
    self.voice = voice
    self.spoken = spoken
    self.says = says
    self.amount = amount
    self.at = at
    self.row = row
    self.discrepancies = discrepancies
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("voice", voice)
    writer.member("spoken", spoken)
    writer.member("says", says)
    writer.member("amount", amount)
    writer.member("at", at)
    writer.member("row", row)
    writer.member("discrepancies", discrepancies)
  }
}
