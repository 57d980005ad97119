/// One time that a gateway took the money of a dispute out of our balance, or put it back.
package struct DisputeMovement: Hashable, Sendable {
  /// Counts the movements of a dispute from 1.
  package let number: Int
  package let isReinstatement: Bool
  /// Never negative.
  package fileprivate(set) var amount: Money
  /// When the gateway's word of it came.
  package let at: Timestamp

  /// What it changes in the balance at the gateway, minor units.
  package var change: Int64 { isReinstatement ? amount.minor : 0 - amount.minor }
}

/// All movements of a dispute's money that the gateway's words tell of, in their order: a dispute
/// that was won may be lost again.
package struct DisputeMovements: Hashable, Sendable {
  package private(set) var all: [DisputeMovement] = []

  package init() {}

  /// The gateway has the money now, by what it told.
  package var isOut: Bool { all.last.map { !$0.isReinstatement } ?? false }

  /// - Returns: whether it tells anything new.
  @discardableResult
  package mutating func follow(_ event: DisputeEvent, at moment: Timestamp) -> Bool {
    switch event {
    case .opened(_, _, _, let terms, let funds, _): follow(terms, funds, moment)
    case .moved(_, let terms, let funds, _): follow(terms, funds, moment)
    case .updated(let terms, let funds, _): follow(terms, funds, moment)
    case .due, .attached: false
    }
  }

  private mutating func follow(
    _ terms: DisputeTerms, _ funds: DisputeFunds, _ moment: Timestamp
  ) -> Bool {
    switch (funds, isOut) {
    case (.withdrawn, false): add(terms.amount, isReinstatement: false, moment)
    case (.withdrawn, true):
      guard all[all.count - 1].amount != terms.amount else { return false }
      all[all.count - 1].amount = terms.amount
    case (.reinstated, true), (.none, true):
      add(all[all.count - 1].amount, isReinstatement: true, moment)
    case (.reinstated, false):
      // It came and went before anybody heard of it.
      guard all.isEmpty else { return false }
      add(terms.amount, isReinstatement: false, moment)
      add(terms.amount, isReinstatement: true, moment)
    case (.none, false): return false
    }
    return true
  }

  private mutating func add(_ amount: Money, isReinstatement: Bool, _ moment: Timestamp) {
    all.append(
      DisputeMovement(
        number: all.count + 1, isReinstatement: isReinstatement, amount: amount, at: moment))
  }
}
