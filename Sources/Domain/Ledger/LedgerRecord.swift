/// An entry with its place in the books.
package struct LedgerRecord: Hashable, Sendable {
  /// The same for ever: the place of its event in the log, times `LedgerRecord.perEvent`, and its
  /// place among the entries of that event.
  package let number: Int64
  package let entry: LedgerEntry
  /// The number of the entry that it takes back or puts right.
  package let corrects: Int64?

  /// More entries than one event makes.
  package static let perEvent: Int64 = 4_096

  /// Place of its event in the log.
  package var sequence: Int64 { number / Self.perEvent }
}

/// Books whose entries have numbers: those of one order, or those of no order.
package struct NumberedBooks: Sendable {
  private var projection = LedgerProjection()
  /// By place in the projection's books.
  private var numbers: [Int64] = []

  package init() {}

  /// - Parameter sequence: place of the event in the log.
  /// - Returns: what it made.
  package mutating func apply(
    _ event: Event, at sequence: Int64
  ) throws(LedgerError) -> [LedgerRecord] {
    try projection.apply(event)
    var made: [LedgerRecord] = []
    let entries = projection.ledger.entries
    guard entries.count - numbers.count < LedgerRecord.perEvent else { throw .overflow }
    for (place, entry) in entries[numbers.count...].enumerated() {
      let number = sequence * LedgerRecord.perEvent + Int64(place)
      numbers.append(number)
      made.append(
        LedgerRecord(number: number, entry: entry, corrects: entry.corrects.map { numbers[$0] }))
    }
    return made
  }
}
