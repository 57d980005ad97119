package import Domain
import SQLite

/// Reads the log from a place on and gives the entries of the books, a piece at a time.
///
/// The entries of an order come from its own events alone, so an order that goes on is read from
/// its beginning again; events of no order, as those of runs, have books of their own. A row of a
/// bill that was nobody's goes on in the books of the order that it turned out to be of. No more
/// than a piece is in memory.
package struct LedgerWalk: Sendable {
  /// Everything up to here was given.
  package private(set) var sequence: Int64
  private var outside: NumberedBooks?
  private var strangers = DisputeStrangers()

  /// Events read at a time.
  private static let pieceCount = 4_000

  /// - Parameter sequence: 0 is the beginning.
  package init(after sequence: Int64 = 0) { self.sequence = sequence }

  /// - Returns: the next entries by their numbers, perhaps none; nil where the log ends.
  package mutating func next(in store: StoreReader) throws -> [LedgerRecord]? {
    var outside = try self.outside ?? books(of: store)
    self.outside = nil
    let page = try store.events(
      after: sequence, EventFilter(types: Self.types), limit: Self.pieceCount, bytesMax: .max,
      scanMax: .max, keepsTransactions: false)
    guard page.scannedTo > sequence else {
      self.outside = outside
      return nil
    }
    var places: [(sequence: Int64, event: Event)] = []
    for item in page.items {
      places.append((item.sequence, try EventReading.event(line: item.line).event))
    }
    try strangers.take(places, in: store)
    var records: [LedgerRecord] = []
    var orders: [OrderID] = []
    var events: [OrderID: [(sequence: Int64, event: Event)]] = [:]
    for place in places {
      guard let order = place.event.order ?? strangers.home(of: place) else {
        records += try outside.apply(place.event, at: place.sequence)
        continue
      }
      if events[order] == nil {
        orders.append(order)
        events[order] = []
      }
      if place.event.order != nil { events[order]?.append(place) }
    }
    for order in orders {
      records += try entries(of: order, events[order] ?? [], upTo: page.scannedTo, store)
    }
    self.outside = outside
    sequence = page.scannedTo
    return records.sorted { $0.number < $1.number }
  }

  /// The books of no order as they stand before the walk.
  private mutating func books(of store: StoreReader) throws -> NumberedBooks {
    var books = NumberedBooks()
    guard sequence > 0 else { return books }
    let places = try store.bookedOutside(upTo: sequence)
    try strangers.take(places, in: store)
    for place in places where strangers.home(of: place) == nil {
      _ = try books.apply(place.event, at: place.sequence)
    }
    return books
  }

  private func entries(
    of order: OrderID, _ events: [(sequence: Int64, event: Event)], upTo end: Int64,
    _ store: StoreReader
  ) throws -> [LedgerRecord] {
    let guests = strangers.events(of: order, upTo: end)
    guard !guests.isEmpty || events.contains(where: { Self.movesMoney($0.event.body) }) else {
      return []
    }
    var history = events
    if case .order(.created)? = events.first?.event.body {
      // All of it is here.
    } else {
      history = try store.recorded(of: order).filter { $0.sequence <= end }
    }
    let given = Set(guests.filter(\.isOutside).map(\.place.sequence))
    if !guests.isEmpty {
      history = (history + guests.map(\.place)).sorted { $0.sequence < $1.sequence }
    }
    var books = NumberedBooks()
    var records: [LedgerRecord] = []
    for (place, event) in history {
      let made = try books.apply(event, at: place)
      if place > sequence, !given.contains(place) { records += made }
    }
    return records
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

  /// Those, and what they need to be understood.
  private static let types = [
    "order.created", "payment.created", "payment.succeeded*", "payment.reversed", "refund.*",
    "dispute.*", "discrepancy.*", "recon.finished", "statement.imported",
  ]
}

extension StoreReader {
  /// Events of no order that are booked, up to a place in the log. The condition is that of the
  /// index, word by word.
  func bookedOutside(
    upTo sequence: Int64
  ) throws(StoreError) -> [(sequence: Int64, event: Event)] {
    let lines = try database { () throws(SQLiteError) in
      let statement = try kept(
        "SELECT seq, line FROM events WHERE \(Schema.isBookedOutside) AND seq<=? ORDER BY seq")
      try statement.bind(sequence, at: 1)
      defer { statement.reset() }
      var lines: [(Int64, [UInt8])] = []
      while try statement.step() {
        lines.append((try statement.int64(0), try statement.blob(1)))
      }
      return lines
    }
    var events: [(sequence: Int64, event: Event)] = []
    for (place, line) in lines { events.append((place, try EventReading.event(line: line).event)) }
    return events
  }
}
