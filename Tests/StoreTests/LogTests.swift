import Crypto
import Domain
import SQLite
import Testing

@testable import Store

@Suite("The log")
struct LogTests {
  private let off =
    "DROP TRIGGER IF EXISTS events_keep; DROP TRIGGER IF EXISTS events_stand;"

  private func filled() throws -> Books {
    let books = try Books()
    for index in 0..<5 { _ = try books.paid("A\(index)") }
    return books
  }

  @Test("a whole chain verifies, in one piece and in parts")
  func whole() throws {
    let books = try filled()
    let report = try books.reader().verifyChain(from: 1, to: nil)
    #expect(report.brokenAt == nil)
    #expect(report.count == books.store.lastSequence)
    #expect(report.head == books.store.mark.head)
    let part = try books.reader().verifyChain(from: 4, to: 9)
    #expect(part.brokenAt == nil && part.count == 6 && part.to == 9)
  }

  @Test("a flipped byte, a deleted row and two rows exchanged are found where they are")
  func tampering() throws {
    let flips =
      [
        "UPDATE events SET line=CAST(replace(CAST(line AS TEXT),'tx','tX') AS BLOB) WHERE seq=7": 7,
        "DELETE FROM events WHERE seq=7": 7,
        """
        UPDATE events SET seq=-1 WHERE seq=7; UPDATE events SET seq=7 WHERE seq=8;
        UPDATE events SET seq=8 WHERE seq=-1
        """: 7,
        "UPDATE events SET hash=zeroblob(32) WHERE seq=12": 12,
        "UPDATE events SET hash=x'00' WHERE seq=12": 12,
        "DELETE FROM events WHERE seq=1": 1,
      ] as [String: Int64]
    for (sql, place) in flips.sorted(by: { $0.key < $1.key }) {
      let books = try filled()
      try books.vandalise("\(off)\(sql)")
      let report = try books.reader().verifyChain(from: 1, to: nil)
      #expect(report.brokenAt == place, "\(sql)")
    }
  }

  @Test("every single byte of an event counts")
  func everyByte() throws {
    let books = try filled()
    let line = try #require(try books.store.line(at: 5))
    try books.vandalise(off)
    for place in line.indices {
      var changed = line
      changed[place] ^= 1
      try books.vandalise("UPDATE events SET line=x'\(Hex.encode(changed))' WHERE seq=5")
      #expect(try books.reader().verifyChain(from: 1, to: nil).brokenAt == 5, "byte \(place)")
    }
    try books.vandalise("UPDATE events SET line=x'\(Hex.encode(line))' WHERE seq=5")
    #expect(try books.reader().verifyChain(from: 1, to: nil).brokenAt == nil)
  }

  @Test("events are neither changed nor deleted through SQL")
  func immutable() throws {
    let books = try filled()
    for sql in [
      "DELETE FROM events WHERE seq=3", "UPDATE events SET line=x'00' WHERE seq=3",
      "INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq=3",
    ] {
      #expect(throws: SQLiteError.self, "\(sql)") { try books.vandalise(sql) }
    }
    #expect(try books.reader().verifyChain(from: 1, to: nil).brokenAt == nil)
  }

  @Test("a part that is taken back leaves rows and chain as they were")
  func savepoint() throws {
    let books = try filled()
    let before = books.store.mark
    let decision = try OrderDecision.create(
      books.draft("B1"), at: start, by: .poller, trace: nil, identifiers: books.identifiers)
    try books.write {
      try books.store.part(
        { () throws(StoreError) in
          _ = try books.store.insert(decision, buyer: nil, metadata: nil)
          _ = try books.store.part(
            { () throws(StoreError) in try books.store.append([], orderKey: nil) },
            keeps: { _ in true })
        }, keeps: { _ in false })
      #expect(books.store.mark == before)
      _ = try books.store.insert(decision, buyer: nil, metadata: nil)
    }
    #expect(books.store.lastSequence == before.sequence + 1)
    #expect(try books.reader().verifyChain(from: 1, to: nil).brokenAt == nil)
  }

  @Test("a transaction that is taken back leaves the chain as it was")
  func rollBack() throws {
    let books = try filled()
    let before = books.store.mark
    let decision = try OrderDecision.create(
      books.draft("B1"), at: start, by: .poller, trace: nil, identifiers: books.identifiers)
    try books.store.begin()
    _ = try books.store.insert(decision, buyer: nil, metadata: nil)
    #expect(books.store.mark != before)
    try books.store.rollBack()
    #expect(books.store.mark == before)
    _ = try books.order("B2")
    #expect(try books.reader().verifyChain(from: 1, to: nil).brokenAt == nil)
  }

  @Test("paging with any limit gives every event once, in order")
  func paging() throws {
    let books = try filled()
    let reader = try books.reader()
    let total = books.store.lastSequence
    for limit in [1, 2, 3, 7, 100] {
      var place: Int64 = 0
      var seen: [Int64] = []
      while true {
        let page = try reader.events(
          after: place, EventFilter(), limit: limit, bytesMax: 1_000_000, scanMax: 10_000,
          keepsTransactions: false)
        #expect(page.items.count <= limit)
        seen += page.items.map(\.sequence)
        place = page.scannedTo
        if page.isAtEnd { break }
      }
      #expect(seen == Array(1...total), "limit \(limit)")
    }
  }

  @Test("a transaction is given whole, however small the limit")
  func transactions() throws {
    let books = try filled()
    let reader = try books.reader()
    var place: Int64 = 0
    var pages = 0
    while true {
      let page = try reader.events(
        after: place, EventFilter(), limit: 1, bytesMax: 1_000_000, scanMax: 10_000,
        keepsTransactions: true)
      pages += 1
      let logged = try page.items.map { try EventReading.event(line: $0.line) }
      #expect(Set(logged.map(\.transaction)).count <= 1)
      if let first = logged.first { #expect(first.sequence == first.transaction) }
      place = page.scannedTo
      if page.isAtEnd { break }
    }
    #expect(place == books.store.lastSequence && pages >= 10)
  }

  @Test("filters by type, family, order and owner; what is filtered out counts as looked at")
  func filters() throws {
    let books = try filled()
    _ = try books.paid("B1", owner: "other")
    let reader = try books.reader()
    func types(_ filter: EventFilter) throws -> [String] {
      let page = try reader.events(
        after: 0, filter, limit: 1000, bytesMax: 10_000_000, scanMax: 10_000,
        keepsTransactions: false)
      #expect(page.isAtEnd)
      return try page.items.map { try EventReading.event(line: $0.line).event.body.type }
    }
    #expect(
      try types(EventFilter(types: ["order.paid"])) == Array(repeating: "order.paid", count: 6))
    #expect(try types(EventFilter(types: ["payment.*"])).allSatisfy { $0.hasPrefix("payment.") })
    #expect(try types(EventFilter(types: ["order.paid"], owner: "other")) == ["order.paid"])
    let one = try #require(try reader.order(.number("A1"))).order.id
    #expect(
      try types(EventFilter(order: one)).count
        == Int(try books.store.load(.id(one))?.aggregate.order.version ?? 0))
    #expect(try types(EventFilter(types: ["order.paid"], order: one)) == ["order.paid"])
    #expect(try types(EventFilter(order: one, owner: "other")).isEmpty)
    let skipped = try reader.events(
      after: 0, EventFilter(types: ["server.started"]), limit: 10, bytesMax: 1000, scanMax: 7,
      keepsTransactions: false)
    #expect(skipped.items.isEmpty && skipped.scannedTo == 7 && !skipped.isAtEnd)
  }

  @Test("a page ends after the event that passes the limit of bytes")
  func bytes() throws {
    let books = try filled()
    let page = try books.reader().events(
      after: 0, EventFilter(), limit: 1000, bytesMax: 1, scanMax: 1000, keepsTransactions: false)
    #expect(page.items.count == 1)
  }

  @Test("the order as it was at any place of the log")
  func history() throws {
    let books = try Books()
    let created = try books.order("A1")
    let atCreation = books.store.lastSequence
    let opened = try books.opened(created)
    let id = created.aggregate.order.id
    #expect(try books.store.history(of: id, upTo: atCreation) == created.aggregate)
    #expect(try books.store.history(of: id, upTo: .max) == opened.aggregate)
    #expect(try books.reader().history(of: id, upTo: .max) == opened.aggregate)
    #expect(try books.store.history(of: id, upTo: 0) == nil)
  }

  @Test("a reopened store goes on with the chain, its history and its epoch")
  func reopening() throws {
    let books = try filled()
    let mark = books.store.mark
    let again = try StoreWriter(path: books.path, newEpoch: "other", seal: personalSeal)
    #expect(again.epoch == "e1")
    #expect(again.mark == mark)
    try again.begin()
    try again.renewEpoch("e2")
    try again.commit()
    #expect(try StoreWriter(path: books.path, newEpoch: "other", seal: personalSeal).epoch == "e2")
    #expect(try books.reader().epoch() == "e2")
  }

  @Test("a reader sees one state for as long as its snapshot lasts")
  func snapshot() throws {
    let books = try filled()
    let reader = try books.reader()
    try reader.snapshot { (reader) throws(StoreError) in
      let before = try reader.lastSequence()
      do { _ = try books.order("B1") } catch { throw .damaged("\(error)") }
      #expect(try reader.lastSequence() == before)
      #expect(try reader.order(.number("B1")) == nil)
    }
    #expect(try reader.order(.number("B1")) != nil)
  }
}
