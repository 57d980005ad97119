import Domain
import SQLite
import Testing

@testable import Store

@Suite("Lists and look-ups")
struct ListTests {
  private func filled() throws -> Books {
    let books = try Books()
    for index in 0..<4 {
      try books.order(
        "A\(index)", 100 + Int64(index),
        buyer: Buyer(userID: "u\(index % 2)", email: "e\(index)@x", ip: "::\(index)"),
        at: start.adding(milliseconds: Int64(index) * 1000))
    }
    try books.order("B1", 500, owner: "other", subject: "红茶 cup")
    _ = try books.opened(try books.order("C1"), "other")
    _ = try books.refunded(try books.paid("D1"), 40)
    _ = try books.act(try books.paid("E1"), by: .staff(name: "li")) { try $0.hold(reason: "risk") }
    return books
  }

  private func numbers(
    _ books: Books, _ change: (inout OrderFilter) -> Void
  ) throws -> [String] {
    var filter = OrderFilter()
    change(&filter)
    return try books.reader().orders(filter, after: nil, limit: 100).map(\.view.order.number)
  }

  @Test("each filter of the order list narrows it to what fits")
  func filters() throws {
    let books = try filled()
    #expect(try numbers(books) { _ in } == ["E1", "D1", "C1", "B1", "A3", "A2", "A1", "A0"])
    #expect(try numbers(books) { $0.sorting = .oldest }.first == "A0")
    #expect(try numbers(books) { $0.payState = .paid } == ["E1"])
    #expect(try numbers(books) { $0.payState = .partiallyRefunded } == ["D1"])
    #expect(try numbers(books) { $0.payState = .awaiting } == ["C1"])
    #expect(try numbers(books) { $0.deliveryState = .held } == ["E1"])
    #expect(try numbers(books) { $0.riskState = .held } == ["E1"])
    #expect(try numbers(books) { $0.gateway = "other" } == ["C1"])
    #expect(try numbers(books) { $0.method = "qr" } == ["E1", "D1", "C1"])
    #expect(try numbers(books) { $0.amountMin = 102 } == ["B1", "A3", "A2"])
    #expect(
      try numbers(books) {
        $0.amountMin = 102
        $0.amountMax = 103
      } == ["A3", "A2"])
    #expect(try numbers(books) { $0.currency = "USD" }.isEmpty)
    #expect(
      try numbers(books) {
        $0.createdFrom = start.adding(milliseconds: 1000)
        $0.createdTo = start.adding(milliseconds: 3000)
      } == ["A2", "A1"])
    #expect(try numbers(books) { $0.paidFrom = start } == ["E1", "D1"])
    #expect(try numbers(books) { $0.paidTo = start }.isEmpty)
    #expect(try numbers(books) { $0.email = "e2@x" } == ["A2"])
    #expect(try numbers(books) { $0.userID = "u1" } == ["A3", "A1"])
    #expect(try numbers(books) { $0.ip = "::3" } == ["A3"])
    #expect(try numbers(books) { $0.text = "红茶" } == ["B1"])
    #expect(try numbers(books) { $0.owner = "other" } == ["B1"])
    #expect(try numbers(books) { $0.flag = .excess }.isEmpty)
    #expect(
      try numbers(books) {
        $0.userID = "u1"
        $0.amountMin = 103
        $0.owner = "shop"
      } == ["A3"])
  }

  @Test(
    "pages follow one another without gaps or doubles, in every order, indexed or not",
    arguments: [0, 3, 8])
  func pages(indexed: Int) throws {
    let books = try filled()
    if indexed > 0 { _ = try books.write { try books.store.indexOrders(limit: indexed) } }
    let reader = try books.reader()
    for sorting in OrderFilter.Sorting.allCases {
      var filter = OrderFilter()
      filter.sorting = sorting
      let wanted: [Int64] =
        switch sorting {
        case .newest: [8, 7, 6, 5, 4, 3, 2, 1]
        case .oldest: [1, 2, 3, 4, 5, 6, 7, 8]
        case .largest: [5, 4, 3, 2, 8, 7, 6, 1]
        case .smallest: [1, 6, 7, 8, 2, 3, 4, 5]
        case .paidLast: [8, 7, 6, 5, 4, 3, 2, 1]
        }
      for limit in 1...9 {
        var seen: [Int64] = []
        var after: OrderPlace?
        while true {
          let page = try reader.orders(filter, after: after, limit: limit)
          seen += page.map(\.key)
          guard let last = page.last, page.count == limit else { break }
          after = last.place
        }
        #expect(seen == wanted, "\(sorting), \(limit) a page")
      }
    }
  }

  @Test("payments, refunds and receipts are listed by order, state and owner")
  func otherLists() throws {
    let books = try filled()
    let reader = try books.reader()
    func payments(
      _ order: String? = nil, _ state: PaymentState? = nil, _ gateway: String? = nil,
      _ owner: String? = nil
    ) throws -> Int {
      try reader.payments(
        of: order.map { .number($0) }, state: state, gateway: gateway, owner: owner, after: nil,
        limit: 10
      ).count
    }
    #expect(try payments() == 3)
    #expect(try payments("D1") == 1)
    #expect(try payments("none") == 0)
    #expect(try payments(nil, .succeeded) == 2)
    #expect(try payments(nil, nil, "other") == 1)
    #expect(try payments(nil, nil, nil, "other") == 0)
    let refunds = try reader.refunds(
      of: .number("D1"), payment: nil, state: .succeeded, owner: "shop", after: nil, limit: 10)
    #expect(refunds.count == 1)
    #expect(refunds[0].view.refund.gatewayRefund == "R1")
    #expect(
      try reader.refunds(
        of: nil, payment: nil, state: .failed, owner: nil, after: nil, limit: 10
      ).isEmpty)
    let counts = try reader.orderCounts()
    #expect(counts.map(\.state) == PayState.allCases)
    #expect(counts.reduce(0) { $0 + $1.count } == 8)
  }

  @Test("every number leads to its order")
  func find() throws {
    let books = try filled()
    let order = try #require(try books.store.load(.number("D1"))?.aggregate)
    let refund = order.refunds[0]
    let names = [
      "D1", order.order.id.text, order.payments[0].id.text, order.payments[0].outTradeNumber,
      try #require(order.payments[0].gatewayTransaction), refund.id.text, refund.number,
    ]
    for name in names {
      #expect(try books.reader().find(name).map(\.order.number) == ["D1"], "\(name)")
    }
    #expect(try books.reader().find("nothing").isEmpty)
  }

  @Test("no row that a request writes makes SQLite open a table of its own for a condition")
  func conditions() throws {
    let books = try Books()
    let connection = try Connection(path: books.path, role: .reader)
    for table in [
      "events", "orders", "payments", "refunds", "deliveries", "questions", "receipts", "calls",
      "keys", "outbox", "disputes", "personal", "terms", "order_amounts",
    ] {
      let selection = try connection.prepare("SELECT * FROM \(table)")
      let values = Array(repeating: "?", count: selection.columnsCount).joined(separator: ",")
      selection.finalize()
      let program = try connection.prepare("EXPLAIN INSERT INTO \(table) VALUES (\(values))")
      defer { program.finalize() }
      for index in 0..<program.parametersCount { try program.bind(Int64(1), at: index + 1) }
      while try program.step() {
        #expect(try program.string(1) != "OpenEphemeral", "\(table)")
      }
    }
  }

  @Test("what is booked and decided outside of orders is read from its index")
  func eventConditions() throws {
    let books = try Books()
    let connection = try Connection(path: books.path, role: .reader)
    for (condition, index) in [
      (Schema.isBookedOutside + " AND seq<=1", "events_booked_outside"),
      (Schema.isDecision, "events_of_decisions"),
    ] {
      let plan = try connection.prepare(
        "EXPLAIN QUERY PLAN SELECT line FROM events WHERE \(condition) ORDER BY seq")
      defer { plan.finalize() }
      #expect(try plan.step())
      #expect(try plan.string(3).contains(index))
    }
  }

  @Test("exact look-ups and due lists walk an index and never the table")
  func plans() throws {
    let books = try filled()
    let connection = try Connection(path: books.path, role: .reader)
    let statements = [
      "SELECT * FROM orders WHERE number=?1 OR (id=?1 AND number IS NULL)",
      "SELECT * FROM orders WHERE id=?", "SELECT * FROM orders WHERE number=?",
      "SELECT * FROM orders WHERE key=(SELECT order_key FROM payments WHERE id=?)",
      "SELECT * FROM orders WHERE key=(SELECT order_key FROM refunds WHERE id=?)",
      "SELECT * FROM orders WHERE key=(SELECT order_key FROM deliveries WHERE claim=? LIMIT 1)",
      "SELECT id FROM payments WHERE out_trade_no=? AND gateway=?",
      "SELECT id FROM payments WHERE gateway_txn_id=? AND gateway=?",
      "SELECT key FROM orders WHERE expiry_due<=? ORDER BY expiry_due LIMIT ?",
      "SELECT expiry_due FROM orders WHERE expiry_due>? ORDER BY expiry_due LIMIT 1",
      "SELECT order_key FROM deliveries WHERE state='reserved' AND lease_until<=? ORDER "
        + "BY lease_until LIMIT ?",
      "SELECT lease_until FROM deliveries WHERE state='reserved' AND lease_until>? ORDER "
        + "BY lease_until LIMIT 1",
      "SELECT line FROM events WHERE order_key=? AND seq<=? ORDER BY seq",
      "SELECT * FROM questions WHERE gateway=? AND rank=? AND next_at<=? ORDER BY "
        + "next_at, subject LIMIT ?",
      "SELECT next_at FROM questions WHERE gateway=? AND rank=? AND next_at>? ORDER BY "
        + "next_at LIMIT 1",
      "SELECT * FROM keys WHERE state='running' ORDER BY created_at",
      "SELECT * FROM keys WHERE principal=? AND key=?",
      "SELECT * FROM calls WHERE state='running' ORDER BY id",
      "SELECT * FROM outbox WHERE next_at<=? ORDER BY next_at, id LIMIT ?",
      "SELECT id FROM receipts WHERE gateway=? AND out_trade_no=? AND verdict='parked' ORDER BY id",
      "SELECT * FROM orders WHERE orders.pay_state='review' ORDER BY orders.key DESC LIMIT ?",
      "SELECT * FROM orders WHERE orders.delivery_state='failed' ORDER BY orders.key DESC LIMIT ?",
      "SELECT * FROM payments WHERE order_key=? ORDER BY key",
      "SELECT * FROM payments WHERE payments.state='unknown' ORDER BY payments.key DESC LIMIT ?",
      "SELECT * FROM refunds WHERE refunds.state='unknown' ORDER BY refunds.key DESC LIMIT ?",
      "SELECT 1 FROM calls WHERE sealed IS NOT NULL LIMIT 1",
      "SELECT gateway FROM questions WHERE next_at IS NOT NULL AND gateway>? ORDER BY gateway "
        + "LIMIT 1",
      "SELECT (SELECT count(*) FROM payments WHERE state='closing' AND gateway=?1)",
      "SELECT * FROM refunds WHERE order_key=? ORDER BY key",
      "SELECT * FROM deliveries WHERE order_key=? ORDER BY line",
      "SELECT * FROM deliveries WHERE deliveries.state='failed' AND key>? ORDER BY deliveries.key",
      "SELECT * FROM order_amounts CROSS JOIN orders ON orders.key=order_amounts.order_key WHERE "
        + "(order_amounts.amount, order_amounts.order_key)<(?,?) ORDER BY order_amounts.amount "
        + "DESC, order_amounts.order_key DESC",
      "SELECT * FROM orders WHERE (orders.paid_at, orders.key)<(?,?) AND orders.paid_at IS NOT "
        + "NULL ORDER BY orders.paid_at DESC, orders.key DESC",
      "SELECT * FROM questions WHERE next_at IS NOT NULL AND (next_at, subject)>(?,?) ORDER BY "
        + "next_at, subject LIMIT ?",
      "SELECT * FROM orders WHERE orders.key IN (SELECT order_key FROM personal_terms WHERE "
        + "term=? UNION ALL \(SearchIndex.buyers.unreached)) ORDER BY orders.key DESC",
    ]
    for sql in statements {
      let plan = try connection.prepare("EXPLAIN QUERY PLAN \(sql)")
      for index in 0..<plan.parametersCount { try plan.bind(Int64(1), at: index + 1) }
      var steps: [String] = []
      while try plan.step() { steps.append(try plan.string(3)) }
      plan.finalize()
      #expect(steps.contains { $0.hasPrefix("SEARCH") || $0.contains("INDEX") }, "\(sql): \(steps)")
      for step in steps {
        #expect(
          !step.hasPrefix("SCAN") || step.contains("USING") || step.contains("CONSTANT"),
          "\(sql): \(steps)")
        #expect(!step.contains("TEMP B-TREE"), "\(sql): \(steps)")
      }
    }
  }

  @Test("what falls due next is found later than now, and what is due by its time")
  func timers() throws {
    let books = try filled()
    #expect(try books.store.expiredOrders(at: expiry, limit: 100).count == 6)
    #expect(try books.store.expiredOrders(at: start, limit: 100).isEmpty)
    #expect(try books.store.nextOrderTimer(after: start) == expiry)
    #expect(try books.store.nextOrderTimer(after: expiry) == nil)
  }
}
