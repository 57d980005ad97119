import Domain
import SQLite

/// One order made anew from its events alone.
struct FoldedOrder {
  let key: Int64
  var aggregate: OrderAggregate
  /// Where in the log each payment, refund, delivery and dispute began, by the text of its
  /// identifier.
  var began: [String: Int64] = [:]
}

/// Walks the log order by order. Only one order is in memory at a time.
struct LogFold {
  private let statement: Statement
  /// Events read so far.
  private(set) var eventsCount: Int64 = 0
  /// What cannot be folded, one sentence each.
  private(set) var faults: [String] = []
  private var hasRow = false

  init(_ connection: Connection) throws(SQLiteError) {
    statement = try connection.prepare(
      """
      SELECT order_key, line FROM events WHERE order_key IS NOT NULL ORDER BY order_key, seq
      """)
    hasRow = try statement.step()
  }

  /// The next order; nil at the end. An order whose events do not fit together is left out and
  /// named in `faults`.
  mutating func next() throws(StoreError) -> FoldedOrder? {
    while hasRow {
      let key = try database { () throws(SQLiteError) in try statement.int64(0) }
      if let order = try fold(key) { return order }
    }
    statement.reset()
    return nil
  }

  private mutating func fold(_ key: Int64) throws(StoreError) -> FoldedOrder? {
    var folded: FoldedOrder?
    var isBroken = false
    while hasRow {
      let row = try database { () throws(SQLiteError) in
        (try statement.int64(0), try statement.blob(1))
      }
      guard row.0 == key else { break }
      eventsCount += 1
      if !isBroken {
        let logged = try EventReading.event(line: row.1)
        if let fault = LogFold.apply(logged, key, to: &folded) {
          faults.append("order key \(key), event \(logged.sequence): \(fault)")
          isBroken = true
        }
      }
      hasRow = try database { () throws(SQLiteError) in try statement.step() }
    }
    return isBroken ? nil : folded
  }

  /// - Returns: why the event does not follow what came before it; nil where it does.
  private static func apply(
    _ logged: LoggedEvent, _ key: Int64, to folded: inout FoldedOrder?
  ) -> String? {
    let event = logged.event
    guard var order = folded else {
      guard let aggregate = OrderAggregate(creating: event) else {
        return "the first event does not create an order"
      }
      folded = FoldedOrder(key: key, aggregate: aggregate)
      return nil
    }
    guard event.order == order.aggregate.order.id else { return "it is about another order" }
    if event.body.isBesideOrders, event.version <= order.aggregate.order.version { return nil }
    guard event.version == order.aggregate.order.version + 1 else {
      return "version \(event.version) follows \(order.aggregate.order.version)"
    }
    if let fault = order.aggregate.objection(to: event) { return fault }
    folded = nil
    order.aggregate.apply(event)
    if let began = event.body.begins, order.began[began] == nil {
      order.began[began] = logged.sequence
    }
    folded = order
    return nil
  }
}

extension OrderAggregate {
  /// Why an event cannot be applied; what `apply` takes for granted of its own events.
  fileprivate func objection(to event: Event) -> String? {
    switch event.body {
    case .order(.created): return "an order is created a second time"
    case .payment(_, .created), .refund(_, .requested), .delivery(_, .pending),
      .dispute(_, .opened): return nil
    case .payment(let id, _): return payment(id) == nil ? "payment \(id) was never created" : nil
    case .refund(let id, _): return refund(id) == nil ? "refund \(id) was never requested" : nil
    case .delivery(let id, _):
      return deliveries.contains { $0.id == id } ? nil : "delivery \(id) was never opened"
    case .dispute(let id, _): return dispute(id) == nil ? "dispute \(id) was never opened" : nil
    case .order, .attention, .notification, .gateway, .statement, .run, .discrepancy, .case,
      .rule, .server:
      return nil
    }
  }
}

extension EventBody {
  /// Said about an order without changing it.
  fileprivate var isBesideOrders: Bool {
    switch self {
    case .notification, .discrepancy, .case: true
    case .order, .payment, .refund, .delivery, .dispute, .attention, .gateway, .statement, .run,
      .rule, .server:
      false
    }
  }

  /// The text of the identifier that begins with this event.
  fileprivate var begins: String? {
    switch self {
    case .payment(let id, .created): id.text
    case .refund(let id, .requested): id.text
    case .delivery(let id, .pending): id.text
    case .dispute(let id, .opened): id.text
    case .order, .payment, .refund, .delivery, .dispute, .attention, .notification, .gateway,
      .statement, .run, .discrepancy, .case, .rule, .server:
      nil
    }
  }
}
