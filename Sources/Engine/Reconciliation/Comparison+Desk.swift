import Domain
import Reconciliation
import Store

/// Refunds at the gateway's own desk that people took into the books before the gateway told of
/// them.
extension Comparison {
  /// Their rows. What the gateway says to have given back by itself is the rest beside them, so
  /// none of them is that rest, whatever its amount.
  func refundsDecided() throws -> Set<Int> {
    var rows: Set<Int> = []
    for ours in books.rows {
      guard case .reversal(let payment) = ours.subject, let order = ours.order else { continue }
      var known: Set<String> = []
      for told in try deskRefunds(of: payment, order)
      where told.isBookedByPeople
        && known.insert(DiscrepancyHistory.origin(of: told.facts.mark)).inserted
      {
        if let row = row(of: told.facts, besides: rows) { rows.insert(row) }
      }
    }
    return rows
  }

  /// Differences about them, decided or not.
  func deskRefunds(
    of payment: PaymentID, _ order: OrderID
  ) throws -> [DiscrepancyRecord] {
    var filter = DiscrepancyFilter()
    filter.order = order
    filter.kind = .refundMissingLocally
    return try store.discrepancies(filter, before: nil, limit: Limits.listMax)
      .filter { $0.facts.ours == .payment(payment) }
  }

  /// The row itself, or the same in what was issued in its place. Two that say the same are two.
  private func row(of facts: DiscrepancyFacts, besides taken: Set<Int>) -> Int? {
    guard let told = facts.theirs else { return nil }
    let free = theirs.table.entries.indices.filter {
      theirs.table.entries[$0].kind == .refund && !taken.contains($0)
    }
    let same = free.first { theirs.reference($0).text.utf8.elementsEqual(told.text.utf8) }
    return same ?? free.first { theirs.reference($0).hasNumbers(of: told) }
  }
}

extension StatementRowReference {
  /// Both numbers are those of another row, and there is one.
  fileprivate func hasNumbers(of other: StatementRowReference) -> Bool {
    func same(_ one: String?, _ two: String?) -> Bool {
      (one ?? "").utf8.elementsEqual((two ?? "").utf8)
    }
    return transaction != nil && same(transaction, other.transaction)
      && same(reference, other.reference)
  }
}

extension DiscrepancyRecord {
  /// A decision moved its money into the books.
  fileprivate var isBookedByPeople: Bool {
    guard isDecidedByPeople, let verb = adjudication?.verb else { return false }
    return facts.counterAccount(for: verb) != nil
  }
}
