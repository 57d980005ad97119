import Domain
import Reconciliation
import Store

/// What a comparison saw of our books: enough to notice, when its result is written, that something
/// has changed which it compared.
struct BooksMark: Sendable {
  /// The newest event that the comparison knew of.
  let sequence: Int64
  /// Business of these times was compared; what happened after the comparison could not be.
  private let days: Range<Timestamp>
  private let subjects: SubjectIndex
  /// What each of them was, and whether the bill had it.
  private let digests: [UInt64]
  private var areMatched: [Bool]

  init(
    _ books: BooksTable, matched partners: [Int32], days: Range<Timestamp>, sequence: Int64
  ) {
    self.days = days
    self.sequence = sequence
    subjects = books.subjects
    digests = books.digests
    areMatched = Array(repeating: false, count: books.rows.count)
    for partner in partners where partner >= 0 { areMatched[Int(partner)] = true }
  }

  func isMatched(_ subject: LocalSubject) -> Bool {
    subjects.place(of: subject).map { areMatched[$0] } ?? false
  }

  /// Whether something changed that was compared.
  ///
  /// - Parameter now: the books as they are.
  func isOvertaken(by changes: BookChanges, _ now: BookQueries) throws(StoreError) -> Bool {
    if changes.hasDisputes { return true }
    if changes.orders.contains(where: { subjects.place(of: .order($0)) != nil }) { return true }
    for subject in changes.subjects {
      if case .payment(let id) = subject, try isOvertaken(byReversalOf: id, now) { return true }
      if case .refund(let id) = subject, try isOvertaken(byReturnOf: id, now) { return true }
      let days = days
      var digest: UInt64?
      var isNew = false
      try now.row(subject) { row, texts in
        digest = Self.digest(row, texts)
        isNew = row.standing == .succeeded && days.contains(row.at)
      }
      if let place = subjects.place(of: subject) {
        guard digest == digests[place] else { return true }
      } else if isNew {
        return true
      }
    }
    return false
  }

  /// What a gateway gave back by itself may stand in any bill.
  private func isOvertaken(
    byReversalOf payment: PaymentID, _ now: BookQueries
  ) throws(StoreError) -> Bool {
    var digest: UInt64?
    try now.row(.reversal(payment)) { row, texts in digest = Self.digest(row, texts) }
    return digest != subjects.place(of: .reversal(payment)).map { digests[$0] }
  }

  /// A bill names the refund that came back; of others it was not asked.
  private func isOvertaken(
    byReturnOf refund: RefundID, _ now: BookQueries
  ) throws(StoreError) -> Bool {
    guard let place = subjects.place(of: .refundReturn(refund)) else { return false }
    var digest: UInt64?
    try now.row(.refundReturn(refund)) { row, texts in digest = Self.digest(row, texts) }
    return digest != digests[place]
  }

  /// All that a comparison takes from a row. What happened to its goods is asked once more where it
  /// is written.
  static func digest(_ row: BookRow, _ texts: BookTexts) -> UInt64 {
    var hash = QuickHash()
    hash.add(Int64(row.standing.rawValue) << 2 | (row.isWeak ? 1 : 0) | (row.isPosted ? 2 : 0))
    hash.add(row.at.milliseconds)
    add(row.amount, to: &hash)
    add(row.fee, to: &hash)
    add(row.charged, to: &hash)
    hash.add(texts.transaction)
    for minor in texts.refundedBefore { hash.add(minor) }
    return hash.value
  }

  private static func add(_ money: Money?, to hash: inout QuickHash) {
    hash.add(money.map { UInt64($0.currency.number) } ?? 0)
    hash.add(money?.minor ?? 0)
  }
}
