import Domain
import SQLite

/// Rows of bills about disputes that were nobody's when they were told of, and the orders in whose
/// books they stand since the gateway told of the disputes. What they moved before is of no order,
/// as are their events.
struct DisputeStrangers: Sendable {
  typealias Place = (sequence: Int64, event: Event)

  private struct Stranger {
    let facts: DiscrepancyFacts
    /// From the one that opened it.
    var events: [Place]
    /// Whose it is, from which place in the log on.
    var home: (order: OrderID, since: Int64)?
  }

  private var all: [DiscrepancyID: Stranger] = [:]
  private var guests: [OrderID: [DiscrepancyID]] = [:]

  /// Takes the next events of the log and looks for the homes of those that have none.
  ///
  /// - Parameter store: its state may be newer than the events.
  mutating func take(_ events: [Place], in store: StoreReader) throws {
    var mayBeHome = false
    for (sequence, event) in events {
      switch event.body {
      case .dispute(_, .opened), .payment(_, .succeeded): mayBeHome = true
      case .discrepancy(let id, .opened(let facts)) where !facts.strangerNumbers.isEmpty:
        all[id] = Stranger(facts: facts, events: [(sequence, event)])
        mayBeHome = true
      case .discrepancy(let id, _): all[id]?.events.append((sequence, event))
      default: break
      }
    }
    guard mayBeHome, !all.isEmpty else { return }
    for id in all.keys.sorted() where all[id]?.home == nil { try findHome(of: id, in: store) }
  }

  /// The order in whose books an event of no order belongs.
  func home(of place: Place) -> OrderID? {
    guard case .discrepancy(let id, _) = place.event.body, let home = all[id]?.home,
      place.sequence >= home.since
    else { return nil }
    return home.order
  }

  /// Events of no order without which an order's books cannot be made.
  ///
  /// - Returns: also whether what they moved is of no order.
  func events(
    of order: OrderID, upTo end: Int64
  ) -> [(place: Place, isOutside: Bool)] {
    guard let ids = guests[order] else { return [] }
    var found: [(place: Place, isOutside: Bool)] = []
    for stranger in ids.compactMap({ all[$0] }) {
      for place in stranger.events where place.sequence <= end {
        found.append((place, place.sequence < stranger.home?.since ?? .max))
      }
    }
    return found
  }

  private mutating func findHome(of id: DiscrepancyID, in store: StoreReader) throws {
    guard let stranger = all[id], let told = stranger.events.first else { return }
    var best: (order: OrderID, since: Int64, payment: PaymentID)?
    for order in try store.ordersDisputed(
      at: stranger.facts.gateway, stranger.facts.strangerNumbers)
    {
      let history = (try store.recorded(of: order) + [told]).sorted { $0.sequence < $1.sequence }
      guard let found = try Self.home(of: id, in: history) else { continue }
      if best.map({ (found.since, found.payment) < ($0.since, $0.payment) }) ?? true {
        best = (order, found.since, found.payment)
      }
    }
    guard let best else { return }
    all[id]?.home = (best.order, best.since)
    guests[best.order, default: []].append(id)
  }

  /// Where in an order's events it turns out to be the row of one of its payments.
  private static func home(
    of id: DiscrepancyID, in history: [Place]
  ) throws(LedgerError) -> (since: Int64, payment: PaymentID)? {
    var books = LedgerProjection()
    for (sequence, event) in history {
      try books.apply(event)
      if let payment = books.home(ofStranger: id) { return (sequence, payment) }
    }
    return nil
  }
}

extension StoreReader {
  /// Orders with a dispute that has one of these numbers, or whose payment has.
  ///
  /// - Parameter numbers: at most three.
  fileprivate func ordersDisputed(
    at gateway: String, _ numbers: [String]
  ) throws(StoreError) -> [OrderID] {
    try database { () throws(SQLiteError) in
      let statement = try kept(
        """
        SELECT DISTINCT o.id
        FROM disputes d JOIN payments p ON p.id=d.payment JOIN orders o ON o.key=d.order_key
        WHERE d.gateway=?1 AND (d.gateway_dispute_id IN (?2, ?3, ?4)
          OR p.out_trade_no IN (?2, ?3, ?4) OR p.gateway_txn_id IN (?2, ?3, ?4))
        ORDER BY o.key
        """)
      try statement.bind(gateway, at: 1)
      for place in 0..<3 {
        let number = numbers.indices.contains(place) ? numbers[place] : nil
        try statement.bind(number, at: place + 2)
      }
      defer { statement.reset() }
      var orders: [OrderID] = []
      while try statement.step() {
        var cursor = ColumnCursor(statement)
        orders.append(try cursor.identifier(OrderKind.self, "orders"))
      }
      return orders
    }
  }
}
