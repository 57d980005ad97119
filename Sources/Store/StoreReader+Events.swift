package import Domain
import SQLite

/// Which events a reader wants.
package struct EventFilter: Hashable, Sendable {
  /// Types as `order.paid`, or families as `order.*`; empty means all.
  package var types: [String]
  package var order: OrderID?
  /// Only events of orders that this principal created; nil for all.
  package var owner: String?

  package init(types: [String] = [], order: OrderID? = nil, owner: String? = nil) {
    self.types = types
    self.order = order
    self.owner = owner
  }

  func accepts(type: String) -> Bool {
    if types.isEmpty { return true }
    for pattern in types {
      if pattern.utf8.last == UInt8(ascii: "*") {
        if type.utf8.starts(with: pattern.utf8.dropLast()) { return true }
      } else if pattern.utf8.elementsEqual(type.utf8) {
        return true
      }
    }
    return false
  }
}

/// A stretch of the log.
package struct EventPage: Sendable {
  package struct Item: Sendable {
    package let sequence: Int64
    /// One JSON object, without a line end.
    package let line: [UInt8]
  }

  package var items: [Item]
  /// Everything up to here has been looked at, wanted or not: the place to go on after.
  package var scannedTo: Int64
  /// Nothing newer was in the log.
  package var isAtEnd: Bool
}

extension StoreReader {
  /// Reads on after a place in the log.
  ///
  /// - Parameter limit: at most this many wanted events; the events of one transaction are still
  ///   given whole when `keepsTransactions`.
  /// - Parameter bytesMax: stops after the event that passes this many bytes.
  /// - Parameter scanMax: looks at no more than this many events, wanted or not.
  package func events(
    after sequence: Int64, _ filter: EventFilter, limit: Int, bytesMax: Int, scanMax: Int,
    keepsTransactions: Bool
  ) throws(StoreError) -> EventPage {
    try database { () throws(SQLiteError) in
      let statement = try eventStatement(filter)
      defer { statement.reset() }
      try bind(statement, filter, after: sequence)
      var page = EventPage(items: [], scannedTo: sequence, isAtEnd: false)
      var (bytes, scanned, transaction) = (0, 0, Int64(-1))
      while try statement.step() {
        let current = try statement.int64(1)
        let isFull = page.items.count >= limit || bytes >= bytesMax || scanned >= scanMax
        if isFull, !keepsTransactions || current != transaction { return page }
        transaction = current
        scanned += 1
        page.scannedTo = try statement.int64(0)
        guard try isWanted(statement, filter) else { continue }
        let line = try statement.blob(3)
        bytes += line.count
        page.items.append(.init(sequence: page.scannedTo, line: line))
      }
      page.isAtEnd = true
      return page
    }
  }

  private func eventStatement(_ filter: EventFilter) throws(SQLiteError) -> Statement {
    let columns = """
      events.seq, events.tx, events.type, events.line,
      (SELECT owner FROM orders WHERE orders.key=events.order_key)
      """
    if filter.order == nil {
      return try kept("SELECT \(columns) FROM events WHERE seq>? ORDER BY seq")
    }
    return try kept(
      """
      SELECT \(columns) FROM events
      WHERE order_key=(SELECT key FROM orders WHERE id=?2) AND seq>?1 ORDER BY seq
      """)
  }

  private func bind(
    _ statement: Statement, _ filter: EventFilter, after sequence: Int64
  ) throws(SQLiteError) {
    try statement.bind(sequence, at: 1)
    if let order = filter.order { try statement.bind(order.text, at: 2) }
  }

  private func isWanted(_ statement: Statement, _ filter: EventFilter) throws(SQLiteError) -> Bool {
    if let owner = filter.owner {
      guard let actual = try statement.optionalString(4), actual.utf8.elementsEqual(owner.utf8)
      else { return false }
    }
    if filter.types.isEmpty { return true }
    return filter.accepts(type: try statement.string(2))
  }
}

extension StoreReader {
  /// All events of an order, as they were recorded.
  package func recorded(
    of order: OrderID
  ) throws(StoreError) -> [(sequence: Int64, event: Event)] {
    var filter = EventFilter()
    filter.order = order
    let page = try events(
      after: 0, filter, limit: .max, bytesMax: .max, scanMax: .max, keepsTransactions: false)
    var events: [(sequence: Int64, event: Event)] = []
    for item in page.items {
      events.append((item.sequence, try EventReading.event(line: item.line).event))
    }
    return events
  }

  /// Events after a place in the log, as they were recorded.
  package func recorded(
    after sequence: Int64, limit: Int
  ) throws(StoreError) -> [(sequence: Int64, event: Event)] {
    let page = try events(
      after: sequence, EventFilter(), limit: limit, bytesMax: .max, scanMax: .max,
      keepsTransactions: false)
    var events: [(sequence: Int64, event: Event)] = []
    events.reserveCapacity(page.items.count)
    for item in page.items {
      let logged = try EventReading.event(line: item.line)
      events.append((item.sequence, logged.event))
    }
    return events
  }
}
