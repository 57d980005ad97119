package import Domain

/// The sums of the books in memory, brought up to date by what was recorded since they were last
/// asked for. The first question after a start reads the log.
///
/// The entries of an order come from its own events alone, so a new event is booked by reading its
/// order again; events of no order, as those of runs, have books of their own.
package struct LedgerFollower: Sendable {
  /// Everything up to here is in the sums.
  private var sequence: Int64 = 0
  private var sums = LedgerSums()
  private var outside = LedgerProjection()

  /// Events read at a time.
  private static let pieceCount = 2_000

  package init() {}

  /// The books before a moment, in the state of the store that is read.
  ///
  /// - Parameters:
  ///   - last: the place of the newest event in that state.
  ///   - moment: nil is now, else one that `LedgerSums.knows` is true of.
  /// - Returns: nil where another reader has seen a newer state; the log tells then.
  package mutating func standing(
    in store: StoreReader, last: Int64, before moment: Timestamp?
  ) throws -> LedgerStanding? {
    guard sequence <= last else { return nil }
    do {
      if sequence == 0 {
        try readAll(store)
      } else {
        while try readOn(store) {}
      }
    } catch {
      // What was half done is worth nothing.
      self = LedgerFollower()
      throw error
    }
    return try sums.standing(before: moment)
  }

  private mutating func readAll(_ store: StoreReader) throws {
    var books = LedgerProjection()
    var booked = 0
    while true {
      let events = try store.recorded(after: sequence, limit: Self.pieceCount)
      for (_, event) in events {
        try books.apply(event)
        if event.order == nil { try outside.apply(event) }
      }
      for entry in books.ledger.entries[booked...] { try sums.add(entry) }
      booked = books.ledger.entries.count
      guard let last = events.last else { return }
      sequence = last.sequence
    }
  }

  /// - Returns: whether there may be more.
  private mutating func readOn(_ store: StoreReader) throws -> Bool {
    let events = try store.recorded(after: sequence, limit: Self.pieceCount)
    guard let end = events.last?.sequence else { return false }
    var changed: Set<OrderID> = []
    for (_, event) in events {
      guard let order = event.order else {
        let before = outside.ledger.entries.count
        try outside.apply(event)
        for entry in outside.ledger.entries[before...] { try sums.add(entry) }
        continue
      }
      if Self.movesMoney(event.body) { changed.insert(order) }
    }
    for order in changed {
      var books = LedgerProjection()
      for (place, event) in try store.recorded(of: order) where place <= end {
        let before = books.ledger.entries.count
        try books.apply(event)
        guard place > sequence else { continue }
        for entry in books.ledger.entries[before...] { try sums.add(entry) }
      }
    }
    sequence = end
    return true
  }

  /// Whether an event may be booked at all; most are not.
  private static func movesMoney(_ body: EventBody) -> Bool {
    switch body {
    case .payment(_, .succeeded), .payment(_, .reversed), .refund, .dispute, .discrepancy, .run,
      .statement:
      true
    default: false
    }
  }
}
