import Domain
import Reconciliation
import Store

/// Refunds at the gateway's own desk that people took into the books before the gateway told of
/// them.
extension Comparison {
  /// Their rows. What the gateway says to have given back by itself is the rest beside them, so
  /// none of them is that rest, whatever its amount.
  func refundsDecided() throws -> Set<Int> {
    let decided = try refundsBooked()
    guard !decided.isEmpty else { return [] }
    let entries = theirs.table.entries
    var free = entries.indices.filter { entries[$0].kind == .refund }
      .map { (row: $0, reference: theirs.reference($0)) }
    var rows: Set<Int> = []
    for told in decided {
      // The row itself, or the same in what was issued in its place. Two that say the same are two.
      let same = free.firstIndex {
        $0.reference.statement == told.statement && $0.reference.line == told.line
      }
      let place = same ?? free.firstIndex { $0.reference.hasNumbers(of: told) }
      if let place { rows.insert(free.remove(at: place).row) }
    }
    return rows
  }

  /// The rows that people decided about, each once however often what is left of it was told.
  private func refundsBooked() throws -> [StatementRowReference] {
    var decided: [StatementRowReference] = []
    for ours in books.rows {
      guard case .reversal(let payment) = ours.subject, let order = ours.order else { continue }
      var known: Set<String> = []
      for told in try deskRefunds(of: payment, order)
      where told.isBookedByPeople && !takenBack.contains(told.id)
        && known.insert(DiscrepancyHistory.origin(of: told.facts.mark)).inserted
      {
        if let row = told.facts.theirs { decided.append(row) }
      }
    }
    return decided
  }

  /// Decisions about payments that the gateway has given back as a whole since. Where the rows show
  /// that nothing was to be decided, it gave back another amount than was compared.
  func decisionsInDoubt(_ found: [DraftDiscrepancy]) throws -> [DiscrepancyID] {
    var payments: [PaymentID: OrderID] = [:]
    for ours in books.rows {
      if case .reversal(let payment) = ours.subject { payments[payment] = ours.order }
    }
    for item in found where item.kind == .refundMissingLocally {
      if case .payment(let payment)? = item.ours { payments[payment] = item.order }
    }
    var filter = DiscrepancyFilter()
    (filter.gateway, filter.state) = (statement.gateway, .resolved)
    return try payments.sorted { $0.key < $1.key }.flatMap { payment, order in
      filter.order = order
      return try store.discrepancies(filter, before: nil, limit: Limits.listMax).filter {
        $0.resolution == .adjudicated && $0.facts.changeOfPayment?.payment == payment
          && !takenBack.contains($0.id) && !isOpenAgain($0)
      }.map(\.id)
    }
  }

  /// The other half of a merge that is read as taken back.
  func isOpenAgain(_ told: DiscrepancyRecord) -> Bool {
    guard !takenBack.contains(told.id), let partner = told.adjudication?.partner else {
      return false
    }
    return takenBack.contains(partner)
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
