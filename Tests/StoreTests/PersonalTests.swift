import Crypto
import Domain
import Foundation
import SQLite
import Testing

@testable import Store

@Suite("Personal data")
struct PersonalTests {
  private let ada = Buyer(
    userID: "Member-0815", email: "Ada.Lovelace@example.org", phone: "13800138000",
    ip: "2001:DB8::7")
  private let bob = Buyer(userID: "member-4711", email: "bob@example.org", ip: "192.0.2.1")

  private func filled() throws -> Books {
    let books = try Books()
    try books.order("A1", buyer: ada)
    try books.order("A2", buyer: bob)
    try books.order("A3")
    return books
  }

  private func index(_ books: Books) throws {
    while try books.write({ try books.store.indexOrders(limit: 2) }) {}
  }

  private func found(
    _ books: Books, _ change: (inout OrderFilter) -> Void
  ) throws -> [String] {
    var filter = OrderFilter()
    change(&filter)
    return try books.reader().orders(filter, after: nil, limit: 10).map(\.view.order.number)
  }

  private func rows(_ books: Books, _ sql: String) throws -> Int64 {
    let connection = try Connection(path: books.path, role: .reader)
    let statement = try connection.prepare(sql)
    _ = try statement.step()
    return try statement.int64(0)
  }

  /// Everything the store has on the disk.
  private func bytes(_ books: Books) throws -> Data {
    var all = Data()
    for suffix in ["", "-wal"] {
      all += (try? Data(contentsOf: URL(fileURLWithPath: books.path + suffix))) ?? Data()
    }
    return all
  }

  private func call(_ books: Books, _ order: LoadedOrder) -> CallRow {
    CallRow(
      id: books.identifiers.next(CallKind.self, at: start), orderKey: order.key, payment: nil,
      refund: nil, gateway: "bank", operation: "create", startedAt: start,
      privateFacts: "{\"client_ip\":\"198.51.100.77\"}")
  }

  @Test("nothing that names a buyer lies in the files, in either letter case")
  func sealed() throws {
    let books = try filled()
    let order = try #require(try books.store.load(.number("A1")))
    try books.write { try books.store.save(call(books, order)) }
    try index(books)
    let view = try #require(try books.reader().order(.number("A1")))
    #expect(view.buyer == ada)
    #expect(view.metadata == "{\"a\":1}")
    #expect(
      try books.reader().calls(of: .number("A1"))[0].privateFacts
        == "{\"client_ip\":\"198.51.100.77\"}")
    let bytes = try bytes(books)
    for text in [
      "Lovelace", "lovelace", "Ada.", "Member-0815", "member-0815", "13800138000", "2001:DB8::7",
      "2001:db8::7", "198.51.100.77", "{\"a\":1}",
    ] {
      #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text)")
    }
  }

  @Test("buyers are found by part of their e-mail or number, before and after they are indexed")
  func search() throws {
    let books = try filled()
    for _ in 0..<2 {
      #expect(try found(books) { $0.email = "lovelace" } == ["A1"])
      #expect(try found(books) { $0.email = "LOVELACE@EX" } == ["A1"])
      #expect(try found(books) { $0.email = "example.org" } == ["A2", "A1"])
      #expect(try found(books) { $0.email = "ob" } == ["A2"])
      #expect(try found(books) { $0.email = "member" }.isEmpty)
      #expect(try found(books) { $0.userID = "4711" } == ["A2"])
      #expect(try found(books) { $0.userID = "MEMBER" } == ["A2", "A1"])
      #expect(try found(books) { $0.ip = "2001:db8::7" } == ["A1"])
      #expect(try found(books) { $0.ip = "2001:db8::" }.isEmpty)
      #expect(
        try found(books) {
          $0.email = "example"
          $0.userID = "0815"
        } == ["A1"])
      // The same pairs of letters in another order.
      #expect(try found(books) { $0.email = "celove" }.isEmpty)
      try index(books)
    }
    #expect(try rows(books, "SELECT count(*) FROM personal_terms") > 40)
  }

  @Test("what is erased is in no answer, in no index and in no call, and the chain is whole")
  func erased() throws {
    let books = try filled()
    let order = try #require(try books.store.load(.number("A1")))
    try books.write { try books.store.save(call(books, order)) }
    try index(books)
    let head = try books.reader().verifyChain(from: 1, to: nil).head
    try books.write { try books.store.erasePrivate(of: order.key) }
    let view = try #require(try books.reader().order(.number("A1")))
    #expect(view.buyer == nil)
    #expect(view.metadata == nil)
    #expect(try books.reader().calls(of: .number("A1"))[0].privateFacts == nil)
    #expect(try found(books) { $0.email = "lovelace" }.isEmpty)
    #expect(
      try rows(books, "SELECT count(*) FROM personal_terms WHERE order_key=\(order.key)") == 0)
    let report = try books.reader().verifyChain(from: 1, to: nil)
    #expect(report.brokenAt == nil)
    #expect(report.head == head)
    #expect(try found(books) { $0.email = "bob" } == ["A2"])
  }

  @Test("erasing empties an order's notifications and answers, and keeps what proves them")
  func erasedBytes() throws {
    let books = try filled()
    let order = try #require(try books.store.load(.number("A1")))
    let body = Array("payer=ada.lovelace@example.com".utf8)
    var answered = call(books, order)
    answered.state = .answered
    answered.answer = body
    answered.digest = "cd"
    var ids: [ReceiptID] = []
    try books.write {
      try books.store.save(answered)
      for verdict in [Receipt.Verdict.applied, .noop, .received] {
        let id = books.identifiers.next(ReceiptKind.self, at: start)
        ids.append(id)
        try books.store.insert(
          Receipt(
            id: id, gateway: "bank", receivedAt: start, verdict: verdict, reason: nil,
            payment: nil, order: nil, strength: .answer, digest: SHA256.hash(body).hex),
          ReceiptContent(
            httpMethod: "POST", query: "a=b", headers: [("h", "v")], body: body,
            sourceIP: "198.51.100.7"),
          orderKey: order.key, outTradeNumber: nil)
      }
    }
    try books.write { try books.store.erasePrivate(of: order.key) }
    let call = try #require(try books.reader().calls(of: .number("A1")).first)
    #expect(call.answer == nil)
    #expect(call.digest == "cd")
    for id in ids.prefix(2) {
      let (receipt, content) = try #require(try books.store.receipt(id))
      #expect(receipt.digest == SHA256.hash(body).hex)
      #expect(
        content == ReceiptContent(httpMethod: "", query: "", headers: [], body: [], sourceIP: nil))
    }
    // It is still to be read, when the gateway has vouched for it.
    #expect(try books.store.receipt(ids[2])?.1.body == body)
    #expect(try books.reader().verifyReceipts() == ReceiptAudit(count: 1, firstBad: nil))
  }

  @Test("a sealed value opens only in its own row, and damage is told apart from a wrong key")
  func bound() throws {
    let books = try filled()
    try books.vandalise(
      """
      UPDATE personal SET sealed=(SELECT sealed FROM personal WHERE order_key=2) WHERE order_key=1
      """)
    #expect(throws: StoreError.self) { try books.reader().order(.number("A1")) }
    #expect(try books.reader().order(.number("A2"))?.buyer == bob)
    // It can still be erased.
    try books.write { try books.store.erasePrivate(of: 1) }
    #expect(try books.reader().order(.number("A1"))?.buyer == nil)
  }

  @Test("another key is refused by name; without the old one the way on is to forget")
  func lostKey() throws {
    let books = try filled()
    let other = seal(filledWith: 9)
    #expect(
      try StoreWriter.neededPersonalKey(path: books.path) == personalSeal.keyName)
    do throws(StoreError) {
      _ = try StoreWriter(path: books.path, newEpoch: "x", seal: other)
      Issue.record("a wrong key was taken")
    } catch {
      #expect(error.text.contains(personalSeal.keyName))
      #expect(error.text.contains(other.keyName))
    }
    let keyless = try StoreWriter(path: books.path, newEpoch: "x")
    #expect(throws: StoreError.self) { try keyless.privateFacts(of: 1) }
    #expect(try keyless.load(.number("A1")) != nil)
    #expect(try keyless.forgetPersonal() == 2)
    #expect(try StoreWriter.neededPersonalKey(path: books.path) == nil)
    let again = try StoreWriter(path: books.path, newEpoch: "x", seal: other)
    #expect(try again.privateFacts(of: 1).buyer == nil)
    #expect(try again.checkAgainstLog().differences.isEmpty)
  }

  @Test("a name of a key does not tell the key, and each key has its own")
  func names() {
    #expect(personalSeal.keyName.utf8.count == 16)
    #expect(personalSeal.keyName != seal(filledWith: 8).keyName)
    #expect(throws: CryptoError.self) { try PersonalSeal(SecretBytes([1, 2, 3])) }
    #expect("\(personalSeal)" == "[redacted]")
  }
}

@Suite("The schema before personal data was sealed")
struct SealingMigrationTests {
  /// A database as the first schema left it, with one order, its buyer and a call.
  private func oldDatabase(_ folder: TemporaryFolder) throws -> String {
    let path = folder.file("till.db")
    let connection = try Connection(path: path, role: .writer)
    let first = Migrator(
      applicationID: Schema.applicationID, migrations: [Schema.migrator.migrations[0]])
    try first.migrate(connection)
    try connection.execute(
      """
      INSERT INTO orders VALUES(1,'ord_01JGFJJZ00ZZZZZZZZZZZZZZZZ','A1','shop','CNY',250,'tea',
        NULL,NULL,1,2,'created','none','clear','none',0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,
        NULL,NULL,1,1,2);
      INSERT INTO private VALUES(1,'{"user_id":"u-77","email":"ada@example.org"}','{"t":"x9y9"}',
        'ada@example.org','u-77',NULL);
      INSERT INTO private VALUES(2,NULL,'{"only":"metadata"}',NULL,NULL,NULL);
      INSERT INTO calls VALUES('cal_01JGFJJZ00ZZZZZZZZZZZZZZZZ',1,NULL,NULL,'bank','create',
        'answered',1,2,200,NULL,NULL,NULL,'{"client_ip":"198.51.100.77"}');
      INSERT INTO meta VALUES('epoch','e1'),('indexed','1');
      """)
    try connection.close()
    return path
  }

  @Test("everything moves under the key, is found there, and nothing stays in the clear")
  func moved() throws {
    let folder = TemporaryFolder()
    let path = try oldDatabase(folder)
    let store = try StoreWriter(path: path, newEpoch: "x", seal: personalSeal)
    let facts = try store.privateFacts(of: 1)
    #expect(facts.buyer == Buyer(userID: "u-77", email: "ada@example.org"))
    #expect(facts.metadata == "{\"t\":\"x9y9\"}")
    #expect(try store.privateFacts(of: 2).metadata == "{\"only\":\"metadata\"}")
    #expect(try store.privateFacts(of: 2).buyer == nil)
    let reader = try StoreReader(path: path, seal: personalSeal)
    #expect(
      try reader.calls(of: .number("A1"))[0].privateFacts
        == "{\"client_ip\":\"198.51.100.77\"}")
    var filter = OrderFilter()
    filter.email = "ada@"
    filter.sorting = .largest
    #expect(try reader.orders(filter, after: nil, limit: 5).map(\.key) == [1])
    try store.finish()
    var bytes = Data()
    for suffix in ["", "-wal"] {
      bytes += (try? Data(contentsOf: URL(fileURLWithPath: path + suffix))) ?? Data()
    }
    for text in ["ada@example", "u-77", "x9y9", "198.51.100.77"] {
      #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text)")
    }
  }

  @Test("without a key the step is refused and leaves the old schema as it was")
  func refused() throws {
    let folder = TemporaryFolder()
    let path = try oldDatabase(folder)
    #expect(throws: StoreError.self) { try StoreWriter(path: path, newEpoch: "x") }
    #expect(try StoreWriter.neededPersonalKey(path: path) == nil)
    let store = try StoreWriter(path: path, newEpoch: "x", seal: personalSeal)
    #expect(try store.privateFacts(of: 1).metadata == "{\"t\":\"x9y9\"}")
  }
}
