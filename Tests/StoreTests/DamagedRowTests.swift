import Domain
import SQLite
import Testing

@testable import Store

@Suite("Rows that cannot be read")
struct DamagedRowTests {
  private func filled() throws -> Books {
    let books = try Books()
    for index in 1...4 {
      try books.order("A\(index)", buyer: Buyer(email: "a\(index)@example.org"))
    }
    _ = try books.refunded(try books.paid("B5"), 40)
    _ = try books.refunded(try books.paid("B6"), 40)
    return books
  }

  @Test(
    "the list goes on without the order and says so; the order itself is an error, others are not",
    arguments: [
      "UPDATE orders SET currency='???' WHERE number='A2'",
      "UPDATE orders SET pay_state='odd' WHERE number='A2'",
      "UPDATE orders SET lines='{' WHERE number='A2'",
      "UPDATE orders SET id='ord_' WHERE number='A2'",
      "UPDATE personal SET sealed=x'00' WHERE order_key=2",
      "UPDATE personal SET sealed=randomblob(80) WHERE order_key=2",
    ])
  func orders(sql: String) throws {
    let books = try filled()
    try books.vandalise(sql)
    let reader = try books.reader()
    #expect(throws: StoreError.self) { try reader.order(.number("A2")) }
    #expect(try reader.order(.number("A1")) != nil)
    for sorting in OrderFilter.Sorting.allCases {
      var filter = OrderFilter()
      filter.sorting = sorting
      let page = try reader.orders(filter, after: nil, limit: 5).map(\.view.order.number)
      #expect(page.sorted() == ["A1", "A3", "A4", "B5", "B6"])
      let skipped = reader.takeSkipped()
      #expect(skipped.count == 1, "\(skipped)")
      #expect(skipped[0].contains("2"), "\(skipped)")
    }
    #expect(reader.takeSkipped().isEmpty)
    #expect(try reader.order(.number("A3"))?.buyer?.email == "a3@example.org")
  }

  @Test("one fault is told from a fault of the file")
  func kinds() {
    #expect(StoreError.damaged("x").isAboutOneRow)
    #expect(StoreError.sealed("x").isAboutOneRow)
    #expect(StoreError.database(.damagedRow("orders 1")).isAboutOneRow)
    #expect(!StoreError.database(SQLiteError(extendedCode: 11, message: "x")).isAboutOneRow)
    #expect(!SQLiteError.damagedRow("orders 1").isFinalForWriter)
  }

  @Test("payments, refunds and deliveries leave a bad row out, and pages stay full")
  func others() throws {
    let books = try filled()
    try books.vandalise(
      """
      UPDATE payments SET state='odd' WHERE order_key=5;
      UPDATE refunds SET currency='?' WHERE order_key=5;
      UPDATE deliveries SET id='x' WHERE order_key=5
      """)
    let reader = try books.reader()
    let payments = try reader.payments(
      of: nil, state: nil, gateway: nil, owner: nil, after: nil, limit: 10)
    #expect(payments.count == 1)
    #expect(reader.takeSkipped().count == 1)
    let refunds = try reader.refunds(
      of: nil, payment: nil, state: nil, owner: nil, after: nil, limit: 10)
    #expect(refunds.count == 1)
    #expect(reader.takeSkipped().count == 1)
    #expect(try reader.deliveries(state: nil, owner: nil, after: nil, limit: 10).count == 1)
    #expect(reader.takeSkipped().count == 1)
    // The statements are whole afterwards.
    #expect(throws: StoreError.self) { try reader.aggregate(.number("B5")) }
    #expect(try reader.aggregate(.number("B6"))?.aggregate.payments.count == 1)
    #expect(throws: StoreError.self) { try books.store.load(.number("B5")) }
    #expect(try books.store.load(.number("B6"))?.aggregate.refunds.count == 1)
  }
}
