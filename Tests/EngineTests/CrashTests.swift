import Domain
import Engine
import Gateways
import SQLite
import Testing

@testable import Store

@Suite("Crashes: whatever had been promised is kept, and nothing is done twice")
struct CrashTests {
  @Test("a crash before the create call leaves asks, and never sends it again")
  func beforeCreate() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.holdsExchanges = true
    let wish = world.paymentWish(order)
    _ = try world.call("payment.create", wish, key: "key-00000001")
    try world.crash()
    world.holdsExchanges = false
    #expect(try world.state(order).payments[0].state == .unknown)
    let joined = try world.ask("payment.create", wish, key: "key-00000001")
    guard case .success(.payment(let view, _)) = joined else {
      Issue.record("\(joined)")
      return
    }
    #expect(view.payment.state == .unknown)
    try world.advance(by: 2_000_000)
    #expect(world.bank.count("create") == 0)
    #expect(world.bank.count("query") > 5)
    #expect(try world.state(order).order.payState == .expired)
    let final = try world.ask("payment.create", wish, key: "key-00000001")
    guard case .success(.payment(let end, _)) = final else {
      Issue.record("\(final)")
      return
    }
    #expect(end.payment.id == view.payment.id)
  }

  @Test("a crash after the bank took the call is found by query, and the buyer can pay")
  func afterCreate() throws {
    let world = try World()
    let order = try world.makeOrder()
    let token = try world.call("payment.create", world.paymentWish(order), key: "key-00000001")
    #expect(world.bank.count("create") == 1)
    try world.crash()
    #expect(world.answers[token] == nil)
    try world.advance(by: 5000)
    #expect(try world.state(order).payments[0].state == .awaitingBuyer)
    world.bank.pay(try world.state(order).payments[0].outTradeNumber, at: world.now)
    try world.advance(by: 20_000)
    #expect(try world.state(order).order.payState == .paid)
    #expect(world.bank.count("create") == 1)
  }

  /// Goes on until an exchange of this kind is on its way, and keeps it there.
  private func hold(_ operation: String, in world: World) throws {
    world.holdsExchanges = true
    let mark = Array("op=\(operation)&".utf8)
    for _ in 0..<3000 {
      if world.held.contains(where: { $0.request.body.starts(with: mark) }) { return }
      world.sendHeld()
      try world.advance(by: 1000)
    }
    Issue.record("no \(operation) leaves")
  }

  @Test("a refund whose second sending was cut off is asked about before it is sent once more")
  func secondSending() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.faults["refund"] = [.unreachable]
    _ = try world.refund(payment.id, 1000)
    try hold("refund", in: world)
    try world.crash()
    let before = world.bank.seen.count
    world.holdsExchanges = false
    try world.advance(by: 600_000)
    #expect(world.bank.seen.dropFirst(before).first?.operation == "refund_query")
    #expect(try world.state(order).refunds.map(\.state) == [.succeeded])
  }

  @Test("a payment whose close was cut off is asked about before it is closed once more")
  func cutOffClose() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    try world.call("order.cancel", .orderCancel(.id(order), reason: nil))
    try hold("close", in: world)
    try world.crash()
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let before = world.bank.seen.count
    world.holdsExchanges = false
    try world.advance(by: 600_000)
    #expect(world.bank.seen.dropFirst(before).first?.operation == "query")
    #expect(world.bank.count("close") == 0)
    #expect(try world.state(order).order.payState == .paid)
  }

  @Test("a refund that was cut off is asked about and sent again only under its own number")
  func refund() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.holdsExchanges = true
    _ = try world.call(
      "refund.create", .refundCreate(payment.id, amount: Money(5800, yuan), reason: nil),
      by: World.lead, key: "key-00000001")
    try world.crash()
    world.holdsExchanges = false
    #expect(try world.state(order).refunds[0].state == .unknown)
    try world.advance(by: 600_000)
    let after = try world.state(order)
    #expect(after.refunds.count == 1)
    #expect(after.refunds[0].state == .succeeded)
    #expect(world.bank.refunds.count == 1)
    #expect(world.bank.count("refund") == 1)
    #expect(after.order.payState == .refunded)
  }

  @Test("a refund whose answer was lost in the crash is not given twice")
  func refundTaken() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    _ = try world.call(
      "refund.create", .refundCreate(payment.id, amount: Money(5800, yuan), reason: nil),
      by: World.lead)
    try world.crash()
    try world.advance(by: 60_000)
    #expect(try world.state(order).refunds[0].state == .succeeded)
    #expect(world.bank.count("refund") == 1)
  }

  @Test("a run of the whole life with a crash after every run of the engine ends the same")
  func everywhere() throws {
    for point in 0..<40 {
      let world = try World()
      var left = point
      func passed() throws {
        if left == 0 { try world.crash() }
        left -= 1
      }
      let order = try world.makeOrder()
      try passed()
      let wish = world.paymentWish(order)
      _ = try world.call("payment.create", wish, key: "key-00000001")
      for _ in 0..<8 {
        try passed()
        try world.advance(by: 700)
      }
      let number = try world.state(order).payments[0].outTradeNumber
      world.bank.pay(number, at: world.now)
      for _ in 0..<20 {
        try passed()
        try world.advance(by: 3100)
      }
      #expect(try world.state(order).order.payState == .paid, "point \(point)")
      _ = try world.ask("payment.create", wish, key: "key-00000001")
      let claim = try world.ask(
        "delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil),
        key: "key-00000002")
      try passed()
      let again = try world.ask(
        "delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil),
        key: "key-00000002")
      #expect(claim == again, "point \(point)")
      #expect(world.bank.count("create") == 1, "point \(point)")
      #expect(try world.store.checkAgainstLog().differences.isEmpty)
    }
  }

  @Test("whatever statement the disk refuses, nothing is half done and nobody waits for ever")
  func fullDiskEverywhere() throws {
    var after = 0
    var hasFired = true
    while hasFired, after < 200 {
      let world = try World()
      let order = try world.makeOrder()
      let payment = try world.openPayment(order, key: "key-00000001")
      try world.advance(by: 4000)
      world.bank.pay(payment.outTradeNumber, at: world.now)
      world.store.connection.faultPlan = FaultPlan(.step, .diskFull, after: after)
      let token = try world.call("payment.query", .paymentQuery(payment.id))
      try world.advance(by: 30_000)
      hasFired = world.store.connection.faultPlan?.hasFired ?? false
      world.store.connection.faultPlan = nil
      try world.advance(by: 30_000)
      #expect(try world.state(order).order.payState == .paid, "after \(after)")
      #expect(world.answerCounts[token] == 1, "after \(after)")
      #expect(world.engine.state == .ready)
      #expect(try world.store.checkAgainstLog().differences.isEmpty)
      after += 1
    }
    #expect(after > 15)
  }

  @Test("while the disk is full, callers are refused at once and gateways' answers are kept")
  func fullDisk() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.holdsExchanges = true
    let token = try world.call("payment.create", world.paymentWish(order), key: "key-00000001")
    try world.run([.watched(order, true)])
    world.store.connection.faultPlan = FaultPlan(.commit, .diskFull, isLasting: true)
    world.holdsExchanges = false
    world.sendHeld()
    try world.advance(by: 3000)
    #expect(world.engine.state == .readOnly)
    #expect(world.answers[token] == nil)
    let refused = try world.call("order.create", .orderCreate(world.wish()))
    #expect(refusal(try world.answer(refused)) == .readonlyDiskFull)
    let runs = world.runs
    try world.advance(by: 60_000)
    // A probe every ten seconds, and nothing in between.
    #expect(world.runs - runs < 15)
    #expect(world.alarms.filter { $0.contains("disk is full") }.count == 1)
    world.store.connection.faultPlan = nil
    try world.advance(by: 15_000)
    #expect(world.engine.state == .ready)
    guard case .success(.payment(let view, _)) = try world.answer(token) else {
      Issue.record("no answer")
      return
    }
    #expect(view.payment.state == .awaitingBuyer)
    #expect(world.bank.count("create") == 1)
    #expect(try world.store.runningKeys().isEmpty)
  }

  @Test("a real full disk: no page is left, and then there are some again")
  func pageLimit() throws {
    let world = try World()
    let pages = try world.store.connection.totalPages()
    try world.store.connection.execute("PRAGMA max_page_count=\(pages + 2)")
    var refusals = 0
    for _ in 0..<200 where refusals < 3 {
      let token = try world.call("order.create", .orderCreate(world.wish()))
      if refusal(try world.answer(token)) == .readonlyDiskFull { refusals += 1 }
    }
    #expect(refusals == 3)
    #expect(world.engine.state == .readOnly)
    try world.store.connection.execute("PRAGMA max_page_count=1073741823")
    try world.advance(by: 11_000)
    #expect(world.engine.state == .ready)
    _ = try world.makeOrder()
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("an answer lost after the commit is found again by its key")
  func committedUnheard() throws {
    let world = try World()
    world.store.connection.faultPlan = FaultPlan(.committed, .syncFailed)
    let request = world.request(
      "order.create", .orderCreate(world.wish(number: "A1")), key: "key-00000001", params: "A1")
    #expect(throws: EngineStop.self) { try world.run([.request(request)]) }
    try world.crash()
    let again = try world.ask(
      "order.create", .orderCreate(world.wish(number: "A1")), key: "key-00000001", params: "A1")
    guard case .success(.order(let view)) = again else {
      Issue.record("\(again)")
      return
    }
    #expect(try world.state(view.order.id).order.number == "A1")
  }
}
