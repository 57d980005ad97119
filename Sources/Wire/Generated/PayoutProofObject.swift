// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A payout and the rows that add up to it, to the last minor unit.
package struct PayoutProofObject: WireObject, Equatable {
  /// The bill that tells of it.
  package var statement: String
  /// Its row.
  package var line: Int64
  /// As it left the balance.
  package var amount: SignedMoneyObject
  /// How its rows were found.
  package var basis: String
  /// How many they are.
  package var rows: Int64
  /// The gateway's time of the first.
  package var fromAt: Int64
  /// And of the last.
  package var toAt: Int64
  /// How many stretches would do: 1 is a proof, more are a suggestion.
  package var alternatives: Int64

  package init(
    statement: String, line: Int64, amount: SignedMoneyObject, basis: String, rows: Int64,
    fromAt: Int64, toAt: Int64, alternatives: Int64
  ) {
    self.statement = statement
    self.line = line
    self.amount = amount
    self.basis = basis
    self.rows = rows
    self.fromAt = fromAt
    self.toAt = toAt
    self.alternatives = alternatives
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("statement", statement)
    writer.member("line", line)
    writer.member("amount", amount)
    writer.member("basis", basis)
    writer.member("rows", rows)
    writer.member("from_at", fromAt)
    writer.member("to_at", toAt)
    writer.member("alternatives", alternatives)
  }
}
