import Domain
import SQLite
import Store
import Testing

@testable import Engine

@Suite("Tampering is found")
struct TamperTests {
  private func paidByNotice() throws -> (World, ReceiptID) {
    let world = try World(settings: EngineSettings(retention: Retention(receipts: 5)))
    let payment = try world.openPayment(try world.makeOrder())
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let notice = world.bank.notice(payment.outTradeNumber)
    _ = try world.ask(
      "notification.ingest", .notificationIngest(gateway: "bank", notice), key: nil)
    let reader = try StoreReader(path: world.path, seal: World.seal)
    let receipt = try #require(
      try reader.receipts(
        gateway: nil, verdict: .applied, order: nil, before: nil, limit: 1
      ).first)
    return (world, receipt.id)
  }

  private func change(_ world: World, _ sql: String) throws {
    let connection = try Connection(path: world.path, role: .writer)
    try connection.execute(sql)
    try connection.close()
  }

  private func audit(_ world: World) throws -> ReceiptAudit {
    try StoreReader(path: world.path, seal: World.seal).verifyReceipts()
  }

  @Test("one changed byte of a notification is found, also with its digest made to fit")
  func receipt() throws {
    let (world, id) = try paidByNotice()
    #expect(try audit(world).count == 1)
    #expect(try audit(world).firstBad == nil)
    let body = try #require(try world.store.receipt(id)?.1.body)
    for place in body.indices {
      var changed = body
      changed[place] ^= 1
      let hex = changed.map { byte in
        let digits = String(byte, radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
      }.joined()
      try change(world, "UPDATE receipts SET body=x'\(hex)'")
      #expect(try audit(world).firstBad == id, "byte \(place)")
    }
    // SHA-256 of one zero byte.
    try change(
      world,
      """
      UPDATE receipts SET body=x'00',
        digest='6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
      """)
    #expect(try audit(world).firstBad == id)
  }

  @Test("bytes that have had their time are not missed")
  func letGo() throws {
    let (world, id) = try paidByNotice()
    try world.advance(by: 6 * 86_400_000)
    #expect(try world.store.receipt(id)?.1.isKept == false)
    #expect(try audit(world).count == 0)
    #expect(try audit(world).firstBad == nil)
  }
}
