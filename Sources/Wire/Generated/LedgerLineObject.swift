// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One line of an entry.
package struct LedgerLineObject: WireObject, Equatable {
  /// Which account.
  package var account: String
  /// A debit, or below zero a credit.
  package var debit: SignedMoneyObject

  package init(account: String, debit: SignedMoneyObject) {
    self.account = account
    self.debit = debit
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("account", account)
    writer.member("debit", debit)
  }
}
