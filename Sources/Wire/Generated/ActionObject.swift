// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What the buyer must be shown.
package struct ActionObject: WireObject, Equatable {
  /// What to do with value.
  package var kind: String
  /// Code, address, form, secret or account.
  package var value: String
  /// Useless after.
  package var expiresAt: Int64?
  /// To be paid to the cent, where it differs from the payment's amount.
  package var exactAmount: MoneyObject?

  package init(
    kind: String, value: String, expiresAt: Int64? = nil, exactAmount: MoneyObject? = nil
  ) {
    self.kind = kind
    self.value = value
    self.expiresAt = expiresAt
    self.exactAmount = exactAmount
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("kind", kind)
    writer.member("value", value)
    writer.member("expires_at", expiresAt)
    writer.member("exact_amount", exactAmount)
  }
}
