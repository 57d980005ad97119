// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What an account holds in one currency.
package struct LedgerBalanceObject: WireObject, Equatable {
  /// As receivable:alipay, sales, suspense.
  package var account: String
  /// Debits less credits.
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
