import Crypto
import Domain
import SQLite
import Testing

@testable import Store

@Suite("Retention")
struct RetentionTests {
  private let later = start.adding(milliseconds: 400 * 86_400_000)

  private func walk(_ books: Books, _ retention: Retention, at now: Timestamp) throws -> [Int64] {
    var walk = RetentionWalk()
    var orders: [Int64] = []
    var steps = 0
    while !walk.isDone {
      orders += try books.write { try books.store.sweep(&walk, retention, at: now) }
      steps += 1
      #expect(steps < 100)
    }
    return orders
  }

  private func key(_ index: Int, _ state: KeyRow.State, at now: Timestamp) -> KeyRow {
    KeyRow(
      principal: "shop\(index % 3)", key: "key-\(index)", fingerprint: SHA256.hash(utf8: "x"),
      method: "order.create", createdAt: now, sequence: 1, state: state, reply: nil)
  }

  private func call(
    _ books: Books, _ order: LoadedOrder?, _ state: CallRow.State, at now: Timestamp
  ) -> CallRow {
    var call = CallRow(
      id: books.identifiers.next(CallKind.self, at: now), orderKey: order?.key, payment: nil,
      refund: nil, gateway: "bank", operation: "query", startedAt: now)
    call.state = state
    return call
  }

  private func receipt(
    _ books: Books, _ order: LoadedOrder?, _ verdict: Receipt.Verdict
  ) throws -> ReceiptID {
    let id = books.identifiers.next(ReceiptKind.self, at: start)
    try books.write {
      try books.store.insert(
        Receipt(
          id: id, gateway: "bank", receivedAt: start, verdict: verdict, reason: nil, payment: nil,
          order: nil, strength: .answer, digest: "ab"),
        ReceiptContent(
          httpMethod: "POST", query: "a=b", headers: [("h", "v")], body: Array("body".utf8)),
        orderKey: order?.key, outTradeNumber: nil)
    }
    return id
  }

  private func count(_ books: Books, _ table: String) throws -> Int64 {
    let connection = try Connection(path: books.path, role: .reader)
    let statement = try connection.prepare("SELECT count(*) FROM \(table)")
    _ = try statement.step()
    return try statement.int64(0)
  }

  @Test("keys go after their time, a running one never, whatever the number of steps")
  func keys() throws {
    let books = try Books()
    try books.write {
      for index in 0..<700 { try books.store.save(key(index, .done, at: start)) }
      for index in 700..<900 { try books.store.save(key(index, .done, at: later)) }
      try books.store.save(key(900, .running, at: start))
    }
    _ = try walk(books, Retention(), at: later)
    #expect(try count(books, "keys") == 201)
    let report = try #require(try books.reader().retention().first { $0.kind == .keys })
    #expect(report.removed == 700)
    #expect(report.sweptAt == later)
    _ = try walk(books, Retention(), at: later)
    #expect(try books.reader().retention().first { $0.kind == .keys }?.removed == 700)
  }

  @Test("nothing about an order that is open or under a person's eyes is let go")
  func needed() throws {
    let books = try Books()
    let buyer = Buyer(email: "a@example.org")
    let settled = try books.order("A1", buyer: buyer)
    let open = try books.opened(try books.order("A2", buyer: buyer))
    let held = try books.act(try books.order("A3", buyer: buyer), by: .staff(name: "li")) {
      $0.freeze(reason: "odd")
    }
    for order in [settled, open, held] {
      try books.write { try books.store.save(call(books, order, .answered, at: start)) }
    }
    try books.write { try books.store.save(call(books, settled, .running, at: start)) }
    let gone = try receipt(books, settled, .applied)
    let kept = [
      try receipt(books, open, .applied), try receipt(books, held, .noop),
      try receipt(books, nil, .parked),
    ]
    let head = try books.reader().verifyChain(from: 1, to: nil)
    let retention = Retention(calls: 180, receipts: 180, trail: 180, personal: 180)
    #expect(try walk(books, retention, at: later) == [settled.key])
    #expect(try count(books, "calls") == 3)
    #expect(try books.store.receipt(gone)?.1.isKept == false)
    #expect(try books.store.receipt(gone)?.1.body == [])
    #expect(try books.store.receipt(gone)?.0.verdict == .applied)
    for id in kept { #expect(try books.store.receipt(id)?.1.body == Array("body".utf8)) }
    #expect(try books.reader().verifyChain(from: 1, to: nil) == head)
    #expect(try books.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("what is younger stays, and zero days keeps for ever")
  func young() throws {
    let books = try Books()
    let order = try books.order("A1", buyer: Buyer(email: "a@example.org"))
    try books.write {
      try books.store.save(call(books, order, .answered, at: start))
      try books.store.save(key(1, .done, at: start))
    }
    let id = try receipt(books, order, .applied)
    let soon = start.adding(milliseconds: 29 * 86_400_000)
    #expect(try walk(books, Retention(), at: soon).isEmpty)
    let never = Retention(keys: 0, calls: 0, receipts: 0, trail: 0, personal: 0)
    #expect(try walk(books, never, at: later).isEmpty)
    #expect(try count(books, "calls") == 1)
    #expect(try count(books, "keys") == 1)
    #expect(try books.store.receipt(id)?.1.isKept == true)
  }

  @Test("ended hook messages and old counts go, waiting ones stay")
  func trail() throws {
    let books = try Books()
    try books.write {
      for (index, state) in [OutboxRow.State.ready, .done, .dead].enumerated() {
        var row = OutboxRow(
          id: books.identifiers.next(HookDeliveryKind.self, at: start), hook: "h",
          sequence: Int64(index), createdAt: start)
        row.state = state
        try books.store.save(row)
      }
      try books.store.count("calls", gateway: "bank", at: start)
      try books.store.count("calls", gateway: "bank", at: later)
    }
    _ = try walk(books, Retention(), at: later)
    #expect(try count(books, "outbox") == 1)
    #expect(try count(books, "counts") == 1)
  }
}
