import Domain
import Reconciliation
import Store

/// What a comparison saw of our books: enough to notice, when its result is written, that something
/// has changed which it compared.
struct BooksMark: Sendable {
  /// What a row was, and whether the bill had it.
  private struct Mark {
    var digest: Int
    var isMatched: Bool
  }

  /// The newest event that the comparison knew of.
  let sequence: Int64
  /// Business of these times was compared; what happened after the comparison could not be.
  private let days: Range<Timestamp>
  private var marks: [LocalSubject: Mark] = [:]

  init(
    _ books: BooksTable, matched partners: [Int32], days: Range<Timestamp>, sequence: Int64
  ) {
    self.days = days
    self.sequence = sequence
    marks.reserveCapacity(books.rows.count)
    for row in books.rows {
      marks[row.subject] = Mark(digest: Self.digest(row), isMatched: false)
    }
    for partner in partners where partner >= 0 {
      marks[books.rows[Int(partner)].subject]?.isMatched = true
    }
  }

  func isMatched(_ subject: LocalSubject) -> Bool { marks[subject]?.isMatched ?? false }

  /// Whether something changed that was compared.
  ///
  /// - Parameter now: the books as they are.
  func isOvertaken(by changes: BookChanges, _ now: BookQueries) throws(StoreError) -> Bool {
    if changes.hasDisputes { return true }
    if changes.orders.contains(where: { marks[.order($0)] != nil }) { return true }
    for subject in changes.subjects {
      if case .payment(let id) = subject, try isOvertaken(byReversalOf: id, now) { return true }
      let row = try now.row(subject)
      if let mark = marks[subject] {
        guard let row, Self.digest(row) == mark.digest else { return true }
      } else if let row, row.standing == .succeeded, days.contains(row.at) {
        return true
      }
    }
    return false
  }

  /// What a gateway gave back by itself may stand in any bill.
  private func isOvertaken(
    byReversalOf payment: PaymentID, _ now: BookQueries
  ) throws(StoreError) -> Bool {
    let row = try now.row(.reversal(payment))
    return row.map(Self.digest) != marks[.reversal(payment)]?.digest
  }

  /// All that a comparison takes from a row. What happened to its goods is asked once more where it
  /// is written.
  private static func digest(_ row: BookRow) -> Int {
    var hasher = Hasher()
    hasher.combine(row.standing)
    hasher.combine(row.at)
    hasher.combine(row.amount)
    hasher.combine(row.fee)
    hasher.combine(row.transaction)
    hasher.combine(row.charged)
    hasher.combine(row.refundedBefore)
    hasher.combine(row.isWeak)
    hasher.combine(row.posted)
    return hasher.finalize()
  }
}
