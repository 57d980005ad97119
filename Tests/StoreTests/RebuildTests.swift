import Domain
import SQLite
import Testing

@testable import Store

@Suite("Rebuild from the log")
struct RebuildTests {
  private func filled() throws -> Books {
    let books = try Books()
    for index in 0..<20 { try books.order("A\(index)") }
    for index in 0..<5 { _ = try books.opened(try books.order("B\(index)")) }
    _ = try books.refunded(try books.paid("C1"), 40)
    _ = try books.refunded(try books.paid("C2"), 100)
    let paid = try books.paid("D1")
    _ = try books.disputed(try books.paid("F1"), .lost)
    let claimed = try books.act(paid, by: .client(principal: "shop")) {
      _ = try $0.claim(line: nil, leaseMilliseconds: 1000)
    }
    // An event beside the order's own, as a notification leaves one.
    let note = Event(
      id: books.identifiers.next(EventKind.self, at: start), at: start,
      actor: .notice(gateway: "bank"),
      trace: nil, order: paid.aggregate.order.id, version: claimed.aggregate.order.version,
      body: .notification(
        .received(
          books.identifiers.next(ReceiptKind.self, at: start), gateway: "bank",
          payment: paid.aggregate.payments[0].id)))
    try books.write { _ = try books.store.append([note], orderKey: claimed.key) }
    let delivered = try #require(claimed.aggregate.deliveries[0].claim)
    _ = try books.act(claimed) { try $0.complete(delivered, reference: "card") }
    return books
  }

  private func states(_ books: Books) throws -> [LoadedOrder] {
    var orders: [LoadedOrder] = []
    for key in 1...Int64(29) {
      if let order = try books.store.load(key: key) { orders.append(order) }
    }
    return orders
  }

  @Test("rows that follow from the log differ in nothing")
  func clean() throws {
    let books = try filled()
    let report = try books.store.checkAgainstLog()
    #expect(report.differences.isEmpty, "\(report.differences)")
    #expect(report.orders == 29)
    #expect(report.events == books.store.lastSequence)
  }

  @Test("each row that says something else is named with both values")
  func differences() throws {
    let cases = [
      (
        "UPDATE orders SET captured=captured+1 WHERE number='C1'", "captured is 101 in the row, 100"
      ),
      ("UPDATE orders SET pay_state='paid' WHERE number='A3'", "payState"),
      ("UPDATE orders SET subject='gold' WHERE number='A3'", "subject"),
      ("UPDATE payments SET state='closed' WHERE order_key=21", "state"),
      ("UPDATE payments SET evidence=NULL WHERE captured=100 AND order_key=26", "evidence"),
      ("UPDATE refunds SET amount=41 WHERE amount=40", "amount"),
      ("UPDATE deliveries SET state='pending' WHERE state='delivered'", "state"),
      ("UPDATE disputes SET funds='none'", "funds"),
      ("UPDATE disputes SET alerted_hours=4", "alertedHours"),
      ("UPDATE orders SET charged_back=0 WHERE number='F1'", "chargedBack"),
      ("DELETE FROM disputes", "has no row"),
      ("DELETE FROM orders WHERE number='A4'", "has no row"),
      ("DELETE FROM payments WHERE order_key=22", "has no row"),
      ("DELETE FROM deliveries", "has no row"),
    ]
    for (sql, text) in cases {
      let books = try filled()
      try books.vandalise(sql)
      let report = try books.store.checkAgainstLog()
      #expect(report.differences.contains { $0.contains(text) }, "\(sql): \(report.differences)")
      let before = try filled()
      _ = try books.store.rebuildFromLog(at: start)
      #expect(try books.store.checkAgainstLog().differences.isEmpty, "\(sql)")
      #expect(try states(books).count == states(before).count)
    }
  }

  @Test("a row without any event is found")
  func strays() throws {
    let books = try filled()
    try books.vandalise(
      """
      INSERT INTO orders SELECT 99,'ord_x','Z1',owner,currency,
        amount,subject,lines,source,created_at,
        expires_at,pay_state,delivery_state,risk_state,dispute_state,captured,refunded,excess,flags,
        attention,last_failure,accept_proposed_by,cancel_requested_at,expired_at,
        first_processing_at,paid_at,refunded_at,delivered_at,updated_at,version,expiry_due,charged_back
        FROM orders WHERE key=1;
      INSERT INTO deliveries(id, order_key, line, state, version) VALUES ('x', 77, 0, 'none', 0)
      """)
    let report = try books.store.checkAgainstLog()
    #expect(report.differences.contains { $0.contains("30 orders have a row") })
    #expect(report.differences.contains { $0.contains("belong to no order") })
  }

  @Test("tables that are lost come back from the log, row for row, and open payments are due")
  func rebuilt() throws {
    let books = try filled()
    let before = try states(books)
    let key = try #require(try books.store.load(.number("B1"))).key
    try books.vandalise(
      """
      DELETE FROM orders; DELETE FROM payments; DELETE FROM refunds; DELETE FROM deliveries;
      DELETE FROM disputes; DELETE FROM questions
      """
    )
    let mark = books.store.mark
    let report = try books.store.rebuildFromLog(at: expiry)
    #expect(report.orders == 29)
    #expect(try states(books) == before)
    #expect(books.store.mark == mark)
    #expect(try books.store.load(.number("B1"))?.key == key)
    let due = try books.store.dueQuestions(gateway: "bank", rank: 3, at: expiry, limit: 100)
    #expect(due.count == 5)
    #expect(try books.store.expiredOrders(at: expiry, limit: 100).count == 25)
    // Life goes on after it.
    _ = try books.paid("E1")
    #expect(try books.store.checkAgainstLog().differences.isEmpty)
  }

  /// Every value of every row as SQL would write it, so that types count too. Keys of payments,
  /// refunds and deliveries are the places where they began and may differ.
  private func dump(_ books: Books) throws -> [String] {
    let connection = try Connection(path: books.path, role: .reader)
    var rows: [String] = []
    for table in ["orders", "payments", "refunds", "deliveries"] {
      let names = try connection.prepare("SELECT name FROM pragma_table_info('\(table)')")
      var columns: [String] = []
      while try names.step() { columns.append(try names.string(0)) }
      names.finalize()
      if table != "orders" { columns.removeAll { $0 == "key" } }
      let quoted = columns.map { "quote(\($0))" }.joined(separator: "||' '||")
      let statement = try connection.prepare("SELECT \(quoted) FROM \(table) ORDER BY id")
      while try statement.step() { rows.append("\(table) \(try statement.string(0))") }
      statement.finalize()
    }
    return rows
  }

  @Test("a rebuild makes every row again, byte for byte, and the search index follows anew")
  func byteEqual() throws {
    let books = try filled()
    while try books.write({ try books.store.indexOrders(limit: 10) }) {}
    let before = try dump(books)
    #expect(before.count > 40)
    _ = try books.store.rebuildFromLog(at: expiry)
    #expect(try dump(books) == before)
    #expect(try books.reader().searchLag() == 29)
    var filter = OrderFilter()
    filter.text = "green"
    #expect(try books.reader().orders(filter, after: nil, limit: 100).count == 29)
    while try books.write({ try books.store.indexOrders(limit: 10) }) {}
    #expect(try books.reader().searchLag() == 0)
    #expect(try books.reader().orders(filter, after: nil, limit: 100).count == 29)
  }

  @Test(
    "an event that does not follow from the ones before it stops the rebuild and changes nothing")
  func brokenLog() throws {
    let books = try filled()
    let before = try states(books)
    // The same decision once more: chained like all others, but no order can have made it.
    let line = try #require(try books.store.line(at: 1))
    let again = try EventReading.event(line: line).event
    try books.write { _ = try books.store.append([again], orderKey: 26) }
    let report = try books.store.checkAgainstLog()
    #expect(report.chainFault == nil)
    #expect(!report.differences.isEmpty)
    #expect(throws: StoreError.self) { try books.store.rebuildFromLog(at: start) }
    #expect(try states(books) == before)
  }

  @Test("a log that was changed is never taken for the truth: the place is named, the rows stay")
  func falsifiedLog() throws {
    let falsified = """
      DROP TRIGGER events_stand;
      UPDATE events SET line=CAST(replace(CAST(line AS TEXT), 'green', 'brass') AS BLOB)
        WHERE seq=(SELECT min(seq) FROM events WHERE order_key=26)
      """
    let cases = [
      (falsified, Int64?.none),
      ("DROP TRIGGER events_keep; DELETE FROM events WHERE seq=7", Int64?.some(7)),
    ]
    for (sql, place) in cases {
      let books = try filled()
      let before = try states(books)
      try books.vandalise(sql)
      let broken = try #require(try books.reader().verifyChain(from: 1, to: nil).brokenAt, "\(sql)")
      #expect(place == nil || broken == place)
      let report = try books.store.checkAgainstLog()
      #expect(report.chainFault?.contains("event \(broken)") == true, "\(report)")
      #expect(report.differences.isEmpty)
      do throws(StoreError) {
        _ = try books.store.rebuildFromLog(at: start)
        Issue.record("the state was made from a falsified log")
      } catch {
        #expect(error.text.contains("event \(broken)"), "\(error.text)")
      }
      #expect(try states(books) == before)
    }
  }
}
