import Domain
import Reconciliation
import Store

/// Rows about disputes that the gateway had not told of when their bills were compared.
extension Comparison {
  /// Rows of earlier bills that were told of as unknown, and for which a movement of ours is free
  /// by now. Also where people have decided: then the row is the one of that movement, and no
  /// other row will be taken for it.
  func disputesToldBefore() throws -> [StatementID: Set<UInt32>] {
    var filter = DiscrepancyFilter()
    filter.gateway = statement.gateway
    filter.kind = .unknownDispute
    let books = try store.books(for: statement)
    var lines: [StatementID: Set<UInt32>] = [:]
    var taken: Set<LocalSubject> = []
    var last: DiscrepancyID?
    while true {
      let page = try store.discrepancies(filter, before: last, limit: Limits.listMax)
      for told in page where told.resolution != .agrees {
        guard let row = told.facts.theirs, row.statement != statement.id,
          let subject = try movement(of: told.facts, row, books, besides: taken)
        else { continue }
        taken.insert(subject)
        lines[row.statement, default: []].insert(UInt32(clamping: row.line))
      }
      guard page.count == Limits.listMax else { return lines }
      last = page.last?.id
    }
  }

  /// The movement that a row of before may be, where nothing else of ours is.
  private func movement(
    of facts: DiscrepancyFacts, _ row: StatementRowReference, _ books: BookQueries,
    besides taken: Set<LocalSubject>
  ) throws -> LocalSubject? {
    var payment: PaymentID?
    if case .payment(let id)? = facts.ours { payment = id }
    guard try !books.isMatched(row) else { return nil }
    let rows = try books.disputes(
      transaction: row.transaction ?? "", reference: row.reference ?? "",
      parent: row.parent ?? "", payment: payment
    ).flatMap(\.rows).filter { !taken.contains($0.subject) && $0.isSameWay(as: facts.actual) }
    let same = rows.first { $0.isOf(Money(facts.actual, facts.currency)) }
    return (same ?? rows.first)?.subject
  }

  /// The payment that a row about a dispute belongs to, whether or not we know of the dispute.
  func order(ofDispute entry: Entry) throws -> (payment: PaymentID, id: OrderID)? {
    let table = theirs.table
    let known = try store.books(for: statement).disputes(
      transaction: table.string(entry.transaction), reference: table.string(entry.reference),
      parent: table.string(entry.parent))
    if let dispute = known.first { return (dispute.payment, dispute.order) }
    if let order = try order(ofRefund: entry) { return order }
    guard !entry.transaction.isEmpty,
      let id = try store.payment(
        transaction: table.string(entry.transaction), gateway: statement.gateway),
      let order = try store.aggregate(payment: id)?.aggregate
    else { return nil }
    return (id, order.order.id)
  }
}
