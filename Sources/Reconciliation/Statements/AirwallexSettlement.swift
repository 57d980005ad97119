import Domain
import JSON

/// A settlement as Airwallex lists it: what its records must add up to.
struct AirwallexSettlement {
  private let batch: [UInt8]
  private let currency: Currency
  private let amount: Int64
  private let fee: Int64

  /// Nil for any other row.
  init?(_ row: PageRow) throws(StatementError) {
    guard row.object["gross_amount"] == nil, row.text("transaction_type") == nil,
      let id = row.text("id"), row.object["amount"] != nil
    else { return nil }
    batch = Array(id.utf8)
    currency = try row.currency("currency")
    amount = try row.amount("amount", currency)
    fee = try row.amount("fee", currency)
  }

  /// What reached the balance by its records, and what was kept.
  func checks(in table: EntryTable) -> [StatementCheck] {
    var (net, cost): (Int64, Int64) = (0, 0)
    let number = table.knownNumber(of: batch)
    for row in table.entries.indices where number > 0 && table.entries[row].batch == number {
      let change = table.balanceChange(ofRow: row)
      // What does not fit, or is of another currency, agrees with nothing.
      guard let minor = change.minor, change.currency == currency else {
        return [StatementCheck(.income, stated: amount, found: amount == 0 ? 1 : 0)]
      }
      net = net.addingReportingOverflow(minor).partialValue
      let kept = table.settlement(ofRow: row)?.fee ?? table.entries[row].fee
      cost = cost.addingReportingOverflow(kept).partialValue
    }
    return [
      StatementCheck(.income, stated: amount, found: net),
      StatementCheck(.fees, stated: fee, found: cost),
    ]
  }
}
