import Domain
import SQLite
import Testing

@testable import Store

@Suite("Disputes in the store")
struct DisputeStoreTests {
  private static let hour: Int64 = 3_600_000

  @Test("a dispute reads back with every optional set, and with none, in every state")
  func rows() throws {
    let books = try Books()
    let order = try books.paid("A1")
    let payment = order.aggregate.payments[0]
    var wanted: [Dispute] = []
    for (index, state) in DisputeStatus.allCases.enumerated() {
      let plain = DisputeTerms(
        amount: Money(1, yuan), gatewayStatus: "w", reason: nil, dueAt: nil)
      var dispute = Dispute(
        id: books.identifiers.next(DisputeKind.self, at: start), payment: payment.id,
        order: order.aggregate.order.id, gatewayDispute: "dp_\(index)", openedAt: start,
        state: .warning, terms: plain, funds: .none)
      try books.write {
        try books.store.disputes.insert(dispute, orderKey: order.key, gateway: "bank")
      }
      if index % 2 == 1 {
        dispute.terms = DisputeTerms(
          amount: Money(2, yuan), gatewayStatus: "odd „word“", reason: someReason, dueAt: expiry)
        dispute.funds = .reinstated
        dispute.alertedHours = 24
        dispute.evidence = [proof(), proof("ntf_1", .notice)]
        dispute.attachments = [someAttachment]
        dispute.closedAt = expiry
        dispute.version = 9
      }
      dispute.state = state
      try books.write { try books.store.disputes.update(dispute) }
      wanted.append(dispute)
    }
    #expect(try books.store.load(key: order.key)?.aggregate.disputes == wanted)
    #expect(try books.store.load(dispute: wanted[3].id)?.key == order.key)
    #expect(try books.store.payment(gateway: "bank", dispute: "dp_3") == payment.id)
    #expect(try books.store.payment(gateway: "other", dispute: "dp_3") == nil)
  }

  @Test("a database of the step before takes the new tables and keeps its orders")
  func migration() throws {
    let folder = TemporaryFolder()
    let path = folder.file("till.db")
    let connection = try Connection(path: path, role: .writer)
    let before = Schema.migrator.migrations.filter { $0.number < Schema.attaching }
    try Migrator(applicationID: Schema.applicationID, migrations: before).migrate(connection)
    try connection.execute(
      """
      INSERT INTO orders VALUES(1,'ord_01JGFJJZ00ZZZZZZZZZZZZZZZZ','A1','shop','CNY',250,'tea',
        NULL,NULL,1,2,'paid','none','clear','none',250,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,
        NULL,NULL,1,1,2);
      INSERT INTO meta VALUES('epoch','e1'),('indexed','1');
      """)
    try connection.close()
    #expect(try StoreWriter.neededPersonalKey(path: path) == nil)
    let store = try StoreWriter(path: path, newEpoch: "x", seal: personalSeal)
    let order = try #require(try store.load(.number("A1")))
    #expect(order.aggregate.order.chargedBack == 0)
    #expect(order.aggregate.disputes.isEmpty)
    #expect(try store.disputeAlerts(at: expiry, limit: 5).isEmpty)
  }

  @Test("an alert is found when its time comes, and not again once it was given")
  func alerts() throws {
    let books = try Books()
    let order = try books.disputed(try books.paid("A1"), .needsResponse)
    _ = try books.disputed(try books.paid("A2"), .underReview, number: "dp_2")
    let due = start.adding(milliseconds: 100 * Self.hour)
    let first = due.adding(milliseconds: -72 * Self.hour)
    #expect(try books.store.nextDisputeAlert(after: start) == first)
    #expect(
      try books.store.disputeAlerts(at: first.adding(milliseconds: -1), limit: 5).isEmpty)
    #expect(try books.store.disputeAlerts(at: first, limit: 5) == [order.key])
    _ = try books.act(order, by: .timer, at: first) { _ = $0.alertDisputes() }
    #expect(try books.store.disputeAlerts(at: first, limit: 5).isEmpty)
    #expect(
      try books.store.nextDisputeAlert(after: first) == due.adding(milliseconds: -24 * Self.hour))
  }

  @Test("what was attached is sealed, reads back, and goes when the order is erased")
  func attachments() throws {
    let books = try Books()
    let order = try books.disputed(try books.paid("A1"), .needsResponse)
    let content = AttachmentContent(name: "张三.png", bytes: Array("signed by Zhang".utf8))
    let bare = AttachmentContent(name: nil, bytes: [])
    let other = AttachmentID(high: 8, low: 8)
    try books.write {
      try books.store.save(content, of: someAttachment.id, orderKey: order.key)
      try books.store.save(bare, of: other, orderKey: order.key)
    }
    let reader = try books.reader()
    #expect(try reader.content(of: someAttachment.id) == content)
    #expect(try reader.content(of: other) == bare)
    #expect(try StoreWriter.neededPersonalKey(path: books.path) == personalSeal.keyName)
    let raw = try books.store.connection.prepare("SELECT sealed FROM attachments WHERE id=?")
    try raw.bind(someAttachment.id.text, at: 1)
    #expect(try raw.step())
    let sealed = String(decoding: try raw.blob(0), as: UTF8.self)
    raw.reset()
    #expect(!sealed.contains("Zhang"))
    // Found by the sweep of personal data, although the shop told nothing of the buyer.
    let mark = try books.store.connection.prepare("SELECT count(*) FROM personal WHERE order_key=?")
    try mark.bind(order.key, at: 1)
    #expect(try mark.step())
    #expect(try mark.int64(0) == 1)
    mark.reset()
    #expect(try books.store.privateFacts(of: order.key).buyer == nil)
    try books.write { try books.store.erasePrivate(of: order.key) }
    #expect(try reader.content(of: someAttachment.id) == nil)
    let unsealed = try StoreReader(path: books.path)
    #expect(try unsealed.content(of: other) == nil)
  }

  @Test("sealed bytes of one attachment do not open as another's")
  func places() throws {
    let books = try Books()
    let order = try books.paid("A1")
    let other = AttachmentID(high: 8, low: 8)
    try books.write {
      try books.store.save(
        AttachmentContent(name: nil, bytes: [1]), of: someAttachment.id, orderKey: order.key)
    }
    try books.vandalise("UPDATE attachments SET id='\(other.text)'")
    let reader = try books.reader()
    #expect(throws: StoreError.self) { try reader.content(of: other) }
  }

  @Test("lists hold what their filters say, newest first")
  func lists() throws {
    let books = try Books()
    let first = try books.disputed(try books.paid("A1"), .needsResponse)
    let second = try books.disputed(
      try books.paid("A2", owner: "other"), .warning, number: "dp_2", due: expiry)
    _ = try books.disputed(try books.paid("A3"), .lost, number: "dp_3")
    let reader = try books.reader()
    func numbers(
      of order: String? = nil, state: DisputeStatus? = nil, isOpen: Bool? = nil,
      dueBefore: Timestamp? = nil, owner: String? = nil, gateway: String? = nil
    ) throws -> [String] {
      try reader.disputes(
        of: order.map { .number($0) }, payment: nil, gateway: gateway, state: state,
        isOpen: isOpen, dueBefore: dueBefore, owner: owner, after: nil, limit: 9
      ).map(\.view.dispute.gatewayDispute)
    }
    #expect(try numbers() == ["dp_3", "dp_2", "dp_1"])
    #expect(try numbers(of: "A1") == ["dp_1"])
    #expect(try numbers(state: .lost) == ["dp_3"])
    #expect(try numbers(isOpen: true) == ["dp_2", "dp_1"])
    #expect(try numbers(isOpen: false) == ["dp_3"])
    #expect(try numbers(dueBefore: expiry.adding(milliseconds: 1)) == ["dp_2"])
    #expect(try numbers(owner: "other") == ["dp_2"])
    #expect(try numbers(gateway: "elsewhere") == [])
    let open = try reader.openDisputes(gateway: "bank")
    #expect(open.count == 2 && open.dueAt == expiry)
    let found = try #require(try reader.dispute(first.aggregate.disputes[0].id))
    #expect(found.0.gateway == "bank" && found.owner == "shop")
    #expect(try reader.dispute(DisputeID(high: 1, low: 1)) == nil)
    #expect(
      try reader.find(second.aggregate.disputes[0].id.text).map(\.order.number) == ["A2"])
  }
}
