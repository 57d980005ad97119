import Domain
import Engine
import Gateways
import Store
import Testing

@Suite("Budget, hooks and the clock")
struct ScheduleTests {
  @Test("a thousand open orders are drained after downtime within the gateway's budget")
  func downtime() throws {
    let world = try World(queriesPerSecond: 10, concurrency: 4)
    var payments: [Payment] = []
    let orders = (0..<500).map { _ in world.request("order.create", .orderCreate(world.wish())) }
    let more = (0..<500).map { _ in world.request("order.create", .orderCreate(world.wish())) }
    for group in [orders, more] {
      try world.run(group.map { .request($0) })
      var wishes: [Request] = []
      for request in group {
        guard case .success(.order(let view)) = try world.answer(request.token) else { continue }
        wishes.append(world.request("payment.create", world.paymentWish(view.order.id)))
      }
      try world.run(wishes.map { .request($0) })
      try world.advance(by: 6000)
      for wish in wishes {
        guard case .success(.payment(let view, _)) = try world.answer(wish.token) else { continue }
        payments.append(view.payment)
      }
    }
    try #require(payments.count == 1000)
    for payment in payments.prefix(500) { world.bank.pay(payment.outTradeNumber, at: world.now) }
    world.now = world.now.adding(milliseconds: 400_000)
    try world.crash()
    let begin = world.now
    let before = world.exchanges.count
    try world.advance(by: 1000)
    #expect(world.exchanges.count - before <= 31)
    try world.advance(by: 109_000)
    let asked = world.exchanges[before...].filter { $0.at <= begin.adding(milliseconds: 110_000) }
    // Everybody once within 1 000 / 10 s and a tenth.
    #expect(
      Set(asked.map { String(decoding: $0.exchange.request.body, as: UTF8.self) }).count == 1000)
    let paid = try payments.filter { try world.state($0.order).order.payState == .paid }.count
    #expect(paid == 500)
    #expect(asked.count <= 10 * 110 + 20)
  }

  @Test("no more exchanges are under way than allowed, creates included, and all get their turn")
  func concurrency() throws {
    let world = try World(queriesPerSecond: 100, concurrency: 3)
    var orders: [OrderID] = []
    for _ in 0..<20 { orders.append(try world.makeOrder()) }
    world.holdsExchanges = true
    var tokens: [ReplyToken] = []
    for order in orders {
      tokens.append(try world.call("payment.create", world.paymentWish(order)))
    }
    #expect(world.held.count == 3)
    world.holdsExchanges = false
    world.sendHeld()
    try world.advance(by: 5000)
    for token in tokens { #expect(refusal(try world.answer(token)) == nil) }
    #expect(world.bank.count("create") == 20)
  }

  @Test("questions of those who wait come first, then closings, then the young")
  func ranks() throws {
    let world = try World(queriesPerSecond: 1, concurrency: 1)
    var payments: [Payment] = []
    for _ in 0..<12 { payments.append(try world.openPayment(try world.makeOrder())) }
    try world.advance(by: 120_000)
    let before = world.exchanges.count
    try world.run([.watched(payments[11].order, true)])
    _ = try world.call("payment.close", .paymentClose(payments[10].id))
    _ = try world.call("poll.run", .pollRun(nil), by: World.lead)
    try world.advance(by: 12_000)
    let numbers = world.exchanges[before...].prefix(6).map {
      TestForm.read(String(decoding: $0.exchange.request.body, as: UTF8.self))["no"] ?? ""
    }
    #expect(numbers.first == payments[11].outTradeNumber)
    #expect(numbers[1...3].allSatisfy { $0 == payments[10].outTradeNumber })
  }

  @Test("a gateway that asks for fewer questions gets fewer, up to five minutes apart")
  func backOff() throws {
    let world = try World()
    for _ in 0..<5 { _ = try world.openPayment(try world.makeOrder()) }
    world.bank.outage = .limited
    let before = world.exchanges.count
    try world.advance(by: 600_000)
    let during = world.exchanges.count - before
    #expect(during < 60)
    #expect(during > 5)
    world.bank.outage = nil
    try world.advance(by: 310_000)
    #expect(world.exchanges.count - before - during > 4)
    let reader = try StoreReader(path: world.path, seal: World.seal)
    let types = try reader.events(
      after: 0, EventFilter(types: ["gateway.*"]), limit: 10, bytesMax: 100_000, scanMax: 10_000,
      keepsTransactions: false
    ).items.count
    #expect(types == 2)
  }

  @Test("a paused gateway takes no new payments and is still asked about the open ones")
  func paused() throws {
    let world = try World()
    let payment = try world.openPayment(try world.makeOrder())
    _ = try world.ask("gateway.pause", .gatewayPause("bank"), by: World.lead)
    let other = try world.makeOrder()
    #expect(refusal(try world.ask("payment.create", world.paymentWish(other))) == .gatewayPaused)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 10_000)
    #expect(try world.state(payment.order).order.payState == .paid)
    try world.crash()
    #expect(refusal(try world.ask("payment.create", world.paymentWish(other))) == .gatewayPaused)
    _ = try world.ask("gateway.resume", .gatewayResume("bank"), by: World.lead)
    _ = try world.openPayment(other)
  }

  @Test("a hook is told in the same commit, retried by its schedule, and given up after three days")
  func hooks() throws {
    let hook = HookFilter(name: "shop", types: ["order.paid"])
    let world = try World(settings: EngineSettings(hooks: [hook]))
    world.hookFailure = "HTTP 500"
    _ = try world.paidOrder()
    let start = try #require(world.hookCalls.first).attempt
    #expect(start == 1)
    try world.advance(by: 60_000)
    #expect(world.hookCalls.count == 4)
    try world.advance(by: 80 * 3_600_000)
    let attempts = world.hookCalls.map(\.attempt)
    #expect(attempts == Array(1...Int64(attempts.count)))
    #expect(Set(world.hookCalls.map(\.id)).count == 1)
    #expect(world.alarms.contains { $0.contains("never took event") })
    let id = world.hookCalls[0].id
    #expect(try world.store.outboxRow(id)?.state == .dead)
    world.hookFailure = nil
    _ = try world.ask("hook.retry", .hookRetry(id), by: World.lead)
    try world.advance(by: 1000)
    #expect(try world.store.outboxRow(id)?.state == .done)
    #expect(String(decoding: world.hookCalls[0].event, as: UTF8.self).contains("\"order.paid\""))
  }

  @Test("a hook that waits long for its turn is told once, and again only after a failure")
  func hookWaits() throws {
    let hook = HookFilter(name: "shop", types: ["order.created"])
    let world = try World(settings: EngineSettings(hooks: [hook]))
    world.latencyMilliseconds = 2 * 3_600_000
    world.hookFailure = "the program did not end in time"
    _ = try world.call("order.create", .orderCreate(world.wish()))
    try world.run([.clock])
    try world.advance(by: 7_100_000)
    #expect(world.hookCalls.count == 1)
    // Asked for by a person, it is not run twice at once either.
    let id = world.hookCalls[0].id
    _ = try world.ask("hook.retry", .hookRetry(id), by: World.lead)
    try world.advance(by: 90_000)
    #expect(world.hookCalls.count == 1)
    world.hookFailure = nil
    try world.advance(by: 60_000)
    #expect(world.hookCalls.map(\.attempt) == [1, 2])
    try world.advance(by: 7_300_000)
    #expect(try world.store.outboxRow(id)?.state == .done)
  }

  @Test("a hook whose end is lost in a crash is tried again")
  func hookCrash() throws {
    let hook = HookFilter(name: "shop", types: ["order.*"])
    let world = try World(settings: EngineSettings(hooks: [hook]))
    _ = try world.call("order.create", .orderCreate(world.wish()))
    try world.run([.clock])
    #expect(world.hookCalls.count == 1)
    try world.crash()
    try world.advance(by: 130_000)
    #expect(world.hookCalls.count == 2)
    #expect(try world.store.outboxRow(world.hookCalls[0].id)?.state == .done)
  }

  @Test("five hundred and twelve mixed inputs are one transaction, each with its own answer")
  func group() throws {
    let world = try World()
    let (order, _) = try world.paidOrder()
    var requests: [Request] = []
    for index in 0..<512 {
      switch index % 4 {
      case 0:
        requests.append(
          world.request("order.create", .orderCreate(world.wish(100, number: "G\(index)"))))
      case 1:
        requests.append(
          world.request("order.create", .orderCreate(world.wish(100, number: "G\(index - 1)"))))
      case 2:
        requests.append(
          world.request(
            "order.create", .orderCreate(world.wish(-1)), key: "key-group-\(index)"))
      default:
        requests.append(
          world.request(
            "delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil)))
      }
    }
    let before = world.engine.lastSequence
    let effects = try world.run(requests.map { .request($0) })
    #expect(world.engine.lastSequence == before + 128 + 1)
    for (index, request) in requests.enumerated() {
      let code = refusal(try world.answer(request.token))
      switch index % 4 {
      case 0: #expect(code == nil)
      case 1: #expect(code == .alreadyExists)
      case 2: #expect(code == .outOfRange)
      default: #expect(code == (index == 3 ? nil : .alreadyClaimed))
      }
      #expect(world.answerCounts[request.token] == 1)
    }
    guard case .published(let sequence)? = effects.last else {
      Issue.record("nothing was published")
      return
    }
    #expect(sequence == world.engine.lastSequence)
  }

  @Test("a batch does all of it or nothing, and what needs a gateway is refused")
  func batch() throws {
    let world = try World()
    let items = (0..<3).map { index in
      BatchedCommand(
        method: "order.create", command: .orderCreate(world.wish(100, number: "B\(index)")))
    }
    let done = try world.ask("batch.run", .batch(items), key: "key-00000001")
    guard case .success(.batch(let replies)) = done else {
      Issue.record("\(done)")
      return
    }
    #expect(replies.count == 3)
    let before = world.engine.lastSequence
    let clash = [
      BatchedCommand(method: "order.create", command: .orderCreate(world.wish(100, number: "C1"))),
      items[0],
    ]
    let failed = try world.ask("batch.run", .batch(clash), key: "key-00000002")
    #expect(refusal(failed) == .batchFailed)
    #expect(world.engine.lastSequence == before)
    #expect(try world.store.load(.number("C1")) == nil)
    let order = try world.makeOrder()
    let asking = BatchedCommand(method: "payment.create", command: world.paymentWish(order))
    #expect(refusal(try world.ask("batch.run", .batch([asking]))) == .notBatchable)
    #expect(try world.state(order).payments.isEmpty)
    // Orders of a batch expire like others.
    try world.advance(by: 1_000_000)
    #expect(try world.store.load(.number("B1"))?.aggregate.order.payState == .expired)
  }

  @Test("a dry run leaves no trace in rows, chain, budgets or waiting callers")
  func dryRun() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.holdsExchanges = true
    let waiting = try world.call("payment.create", world.paymentWish(order), key: "key-00000001")
    let payment = try #require(try world.state(order).payments.first)
    let mark = world.store.lastSequence
    let wake = world.engine.nextWake
    let commands: [(String, Command)] = [
      ("order.create", .orderCreate(world.wish())), ("payment.close", .paymentClose(payment.id)),
      ("order.cancel", .orderCancel(.id(order), reason: nil)),
      ("payment.create", world.paymentWish(order, "other")),
      ("payment.create", world.paymentWish(order)),
      (
        "batch.run",
        .batch([BatchedCommand(method: "payment.close", command: .paymentClose(payment.id))])
      ),
    ]
    for (method, command) in commands {
      let token = try world.call(method, command, by: World.lead, isDryRun: true)
      _ = try world.answer(token)
      #expect(world.store.lastSequence == mark, "\(method)")
      #expect(world.engine.nextWake == wake, "\(method)")
      #expect(world.answers[waiting] == nil, "\(method)")
    }
    #expect(world.held.count == 1)
    world.holdsExchanges = false
    world.sendHeld()
    try world.advance(by: 100)
    guard case .success(.payment(let view, _)) = try world.answer(waiting) else {
      Issue.record("no answer")
      return
    }
    #expect(view.payment.state == .awaitingBuyer)
    #expect(try world.store.runningKeys().isEmpty)
  }

  @Test("fed only when it asks, the engine works itself to rest")
  func rest() throws {
    let world = try World(settings: EngineSettings(retention: .forever))
    for index in 0..<30 {
      let order = try world.makeOrder()
      let payment = try world.openPayment(order, index % 2 == 0 ? "bank" : "other")
      if index % 3 == 0 { world.bank.pay(payment.outTradeNumber, at: world.now) }
      if index % 5 == 0 { _ = try world.ask("order.cancel", .orderCancel(.id(order), reason: nil)) }
    }
    var ticks = 0
    while let next = world.engine.nextWake, ticks < 10_000 {
      ticks += 1
      try world.advance(to: max(next, world.now))
    }
    #expect(ticks < 10_000)
    #expect(world.engine.nextWake == nil)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
    let reader = try StoreReader(path: world.path, seal: World.seal)
    #expect(try reader.verifyChain(from: 1, to: nil).brokenAt == nil)
    let open = try reader.orderCounts().filter { [.awaiting, .processing].contains($0.state) }
    #expect(open.allSatisfy { $0.count == 0 })
  }

  @Test("time that runs faster divides gaps and expiries")
  func scale() throws {
    let world = try World(settings: EngineSettings(timeScale: 10))
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    #expect(payment.expiresAt.milliseconds(since: world.now) <= 90_000)
    try world.advance(by: 1000)
    #expect(world.bank.count("query") >= 1)
    try world.advance(by: 100_000)
    #expect(try world.state(order).order.payState == .expired)
  }
}
