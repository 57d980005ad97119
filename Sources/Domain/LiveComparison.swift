/// What our books say of one payment at a gateway, for the comparison with the gateway's own list.
package struct OwnSuccess: Hashable, Sendable {
  /// Our number at the gateway, as `outTradeNumber`.
  package let number: String
  /// The gateway's own number of the charge, where it is known.
  package let transaction: String?
  /// What was taken; of a payment that is not paid what was asked for.
  package let amount: Money
  package let isPaid: Bool
  /// When it was paid, or last changed: the gateway's clock where it told.
  package let at: Timestamp

  package init(
    number: String, transaction: String?, amount: Money, isPaid: Bool, at: Timestamp
  ) {
    self.number = number
    self.transaction = transaction
    self.amount = amount
    self.isPaid = isPaid
    self.at = at
  }
}

/// One success as a gateway lists it.
package struct ListedSuccess: Hashable, Sendable {
  /// Our number, where the list has it.
  package let number: String?
  package let transaction: String
  package let amount: Money
  package let at: Timestamp

  package init(number: String?, transaction: String, amount: Money, at: Timestamp) {
    self.number = number
    self.transaction = transaction
    self.amount = amount
    self.at = at
  }
}

/// Where our books and a gateway's list of today differ. Nothing is decided by it: each difference
/// makes somebody ask the gateway about that payment, or a person look.
package enum LiveDifference: Hashable, Sendable {
  /// Paid by our books, and the list, which has come past that moment, does not hold it.
  case notListed(OwnSuccess)
  /// Listed, and not paid by our books: the notice was lost, or is on its way.
  case notPaidHere(OwnSuccess, ListedSuccess)
  /// Listed, and no payment of ours: another program may sell at the same account.
  case unknownHere(ListedSuccess)
  /// Another amount or currency.
  case amount(OwnSuccess, ListedSuccess)
  /// Another transaction than the one that pays by our books.
  case transaction(OwnSuccess, ListedSuccess)
  /// One payment of ours was taken more than once; the second charge, or a later one.
  case again(OwnSuccess, ListedSuccess)
}

/// Today's successes by our books beside those that the gateway lists: a pure comparison, made
/// every few minutes, so that the bill of the day finds only what nobody could have known.
package struct LiveComparison: Hashable, Sendable {
  /// Both sides say the same.
  package let agreedCount: Int
  /// Ours, too young for the list to hold them.
  package let youngCount: Int
  /// In the order of the list, then of our books.
  package let differences: [LiveDifference]

  /// - Parameter ours: payments of one gateway that were open or paid in the time that is listed.
  /// - Parameter listed: what the gateway lists of that time; a row may stand in it repeatedly.
  /// - Parameter completeUntil: up to where the list can be trusted to be complete; what is paid
  ///   later than this by our books is not missed yet.
  package init(
    ours: [OwnSuccess], listed: [ListedSuccess], completeUntil: Timestamp
  ) {
    var index = Index(ours)
    var agreed = 0
    var found: [LiveDifference] = []
    for row in listed {
      guard index.isNew(row) else { continue }
      guard let place = index.place(of: row) else {
        found.append(.unknownHere(row))
        continue
      }
      let difference = Self.difference(ours[place], row, isRepeated: !index.take(place))
      if let difference { found.append(difference) } else { agreed += 1 }
    }
    var young = 0
    for (place, own) in ours.enumerated() where own.isPaid && !index.isTaken(place) {
      if own.at >= completeUntil { young += 1 } else { found.append(.notListed(own)) }
    }
    agreedCount = agreed
    youngCount = young
    differences = found
  }

  /// The first difference counts: whoever looks at it sees the others.
  private static func difference(
    _ own: OwnSuccess, _ row: ListedSuccess, isRepeated: Bool
  ) -> LiveDifference? {
    if isRepeated { return .again(own, row) }
    guard own.isPaid else { return .notPaidHere(own, row) }
    guard own.amount == row.amount else { return .amount(own, row) }
    if let known = own.transaction, !known.utf8.elementsEqual(row.transaction.utf8) {
      return .transaction(own, row)
    }
    return nil
  }
}

/// Texts that are equal only as bytes are, as keys of a table.
private struct Bytes: Hashable {
  private let text: [UInt8]

  init(_ text: String) { self.text = Array(text.utf8) }
}

/// Our payments by both of their numbers, and what of them the list has named.
private struct Index {
  private var byNumber: [Bytes: Int] = [:]
  private var byTransaction: [Bytes: Int] = [:]
  private var taken: Set<Int> = []
  private var seen: Set<Bytes> = []

  init(_ ours: [OwnSuccess]) {
    for (place, own) in ours.enumerated() {
      byNumber[Bytes(own.number)] = place
      if let transaction = own.transaction { byTransaction[Bytes(transaction)] = place }
    }
  }

  /// Whether this transaction was not in the list before.
  mutating func isNew(_ row: ListedSuccess) -> Bool {
    seen.insert(Bytes(row.transaction)).inserted
  }

  /// Our number is the better key: it is ours on both sides.
  func place(of row: ListedSuccess) -> Int? {
    row.number.flatMap { byNumber[Bytes($0)] } ?? byTransaction[Bytes(row.transaction)]
  }

  /// Whether the list has not named this payment before.
  mutating func take(_ place: Int) -> Bool { taken.insert(place).inserted }

  func isTaken(_ place: Int) -> Bool { taken.contains(place) }
}
