// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `ledger.balances`: The books: what every account holds.
package struct LedgerBalancesRequest: WireRequest, Equatable {
  package typealias Result = LedgerBalancesResult

  /// The method.
  package static let method = Method.ledgerBalances
  /// As the books stood before this moment; now if absent.
  package var at: Int64?

  package static func read(_ reader: inout ParamReader) -> LedgerBalancesRequest? {
    let at = reader.integer("at", in: 0...253402300799999)
    reader.finish(["at"])
    guard reader.isClean else { return nil }
    return LedgerBalancesRequest(at: at)
  }
}

/// What `ledger.balances` answers.
package struct LedgerBalancesResult: WireObject, Equatable {
  /// By account, then currency.
  package var balances: [LedgerBalanceObject]
  /// Debits equal credits in every currency.
  package var balanced: Bool
  /// Entries that lead to it.
  package var entries: Int64

  package init(balances: [LedgerBalanceObject], balanced: Bool, entries: Int64) {
    self.balances = balances
    self.balanced = balanced
    self.entries = entries
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("balances", balances)
    writer.member("balanced", balanced)
    writer.member("entries", entries)
  }
}

/// `ledger.trace`: The entries behind a balance.
package struct LedgerTraceRequest: WireRequest, Equatable {
  package typealias Result = LedgerTraceResult

  /// The method.
  package static let method = Method.ledgerTrace
  /// As ledger.balances names it, for example receivable:alipay.
  package var account: String
  /// Of which currency.
  package var currency: String
  /// Entries at or after.
  package var fromAt: Int64?
  /// And before.
  package var toAt: Int64?
  /// Entries with a higher number only: next of the page before.
  package var after: Int64?
  /// Entries at most.
  package var limit: Int64

  package static func read(_ reader: inout ParamReader) -> LedgerTraceRequest? {
    let account = reader.text("account", .shortText, required: true)
    let currency = reader.text("currency", .currency, required: true)
    let fromAt = reader.integer("from_at", in: 0...253402300799999)
    let toAt = reader.integer("to_at", in: 0...253402300799999)
    let after = reader.integer("after", in: 0...9007199254740991)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    reader.finish(["account", "currency", "from_at", "to_at", "after", "limit"])
    guard reader.isClean, let account, let currency else { return nil }
    return LedgerTraceRequest(
      account: account, currency: currency, fromAt: fromAt, toAt: toAt, after: after, limit: limit)
  }
}

/// What `ledger.trace` answers.
package struct LedgerTraceResult: WireObject, Equatable {
  /// In the order of the log.
  package var entries: [LedgerEntryObject]
  /// after of the next page; absent on the last.
  package var next: Int64?

  package init(entries: [LedgerEntryObject], next: Int64? = nil) {
    self.entries = entries
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("entries", entries)
    writer.member("next", next)
  }
}
