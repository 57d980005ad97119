import Domain
import Engine
import Gateways
import SQLite
import Store
import Testing

@Suite("Bills come by themselves")
struct BillTests {
  private static let hour: Int64 = 3_600_000

  private func row(_ payment: Payment, _ minor: Int64, _ at: Timestamp) -> BillRow {
    BillRow(
      transaction: payment.gatewayTransaction ?? "T\(payment.outTradeNumber)",
      number: payment.outTradeNumber, minor: minor, at: at)
  }

  @Test("the bill of a day is downloaded when it is ready, compared, and pays what it alone knows")
  func paysByBill() throws {
    let world = try World.withBills()
    let (_, known) = try world.paidOrder(1234)
    let paidAt = world.now
    let lost = try world.makeOrder()
    let payment = try world.openPayment(lost)
    let day = world.today
    world.bill = { task in
      World.file(task, Bill.text([self.row(known, 1234, paidAt), self.row(payment, 5800, paidAt)]))
    }
    let ready = TestBills.schedule.readyAt(day)
    try world.advance(to: ready.adding(milliseconds: -1))
    #expect(world.billTasks.isEmpty)
    try world.advance(to: ready.adding(milliseconds: 1000))
    #expect(try world.billOf(day).state == .done)
    let order = try world.state(lost)
    #expect(order.order.payState == .paid)
    let evidence = try #require(order.payment(payment.id)?.evidence.last)
    #expect(evidence.strength == .statement)
    #expect(evidence.source == .statement)
    #expect(world.downloads(of: day) == [ready])
  }

  @Test("several payments on one page of a list are each matched, and the list can be compared again")
  func rowsOfOnePage() throws {
    let world = try World.withBills()
    var rows: [String] = []
    for place in 1...3 {
      let (_, payment) = try world.paidOrder(1234)
      rows.append(
        """
        {"id":"txn_\(place)","object":"balance_transaction","amount":1234,"fee":0,"net":1234,\
        "created":\(world.now.milliseconds / 1000),"currency":"cny",\
        "reporting_category":"charge","source":{"id":"ch_\(place)",\
        "payment_intent":"\(payment.gatewayTransaction ?? "")",\
        "metadata":{"till_payment":"\(payment.outTradeNumber)"}}}
        """)
    }
    let page = #"{"object":"list","data":[\#(rows.joined(separator: ","))],"has_more":false}"#
    world.bill = { World.file($0, Array((page + "\n").utf8)) }
    let day = world.today
    try world.advance(to: TestBills.schedule.readyAt(day).adding(milliseconds: 1000))
    let bill = try world.billOf(day)
    #expect(bill.state == .done)
    let statement = try #require(bill.statement.flatMap { StatementID(text: $0) })
    #expect(try world.reader().matches(of: statement).map(\.line) == [1, 2, 3])
  }

  @Test("the list of a day without rows is not that of another such day, though its bytes are")
  func emptyDays() throws {
    let world = try World.withBills()
    let page = #"{"object":"list","url":"/v1/balance_transactions","data":[],"has_more":false}"#
    world.bill = { World.file($0, Array((page + "\n").utf8)) }
    var statements: Set<String> = []
    for _ in 0..<2 {
      _ = try world.paidOrder(1234)
      let day = world.today
      try world.advance(to: TestBills.schedule.readyAt(day).adding(milliseconds: 1000))
      let id = try #require(try world.billOf(day).statement)
      let statement = try #require(
        try StatementID(text: id).flatMap { id throws in try world.store.statement(id) })
      #expect(statement.from == day.start(offsetMinutes: 480))
      statements.insert(id)
    }
    #expect(statements.count == 2)
    let told = try world.reader().discrepancies(DiscrepancyFilter(), before: nil, limit: 10)
    #expect(told.map(\.facts.kind) == [.missingAtGateway, .missingAtGateway])
  }

  @Test("a large file is written piece by piece, and a crash between two leaves nothing of it")
  func largeFile() throws {
    var gateway = TestGateway(name: "bank")
    gateway.givesBills = true
    let world = try World(
      gateways: [gateway, TestGateway(name: "other")],
      settings: EngineSettings(bytesOfPiece: 50))
    let (_, known) = try world.paidOrder(1234)
    let paidAt = world.now
    let day = world.today
    let bytes = Bill.text([row(known, 1234, paidAt)])
    world.bill = { World.file($0, bytes) }
    func pieces() throws -> Int64 {
      let connection = try Connection(path: world.path, role: .reader)
      let selection = try connection.prepare("SELECT count(*) FROM statement_pieces")
      defer { selection.reset() }
      return try selection.step() ? try selection.int64(0) : -1
    }
    try world.advance(to: TestBills.schedule.readyAt(day))
    let task = try #require(world.billTasks.last).task
    try world.run([.billTaskEnded(task.id, world.billEnd(of: task))])
    var before = try pieces()
    for _ in 0..<3 {
      try world.run([.clock])
      let now = try pieces()
      #expect(now - before <= 1)
      before = now
    }
    #expect(before == 3 && before < Int64(bytes.count / 50))
    #expect(try world.billOf(day).state == .waiting)
    try world.crash()
    #expect(try pieces() == 0 && world.billOf(day).state == .waiting)
    world.bill = { World.file($0, bytes) }
    try world.advance(by: 2 * Self.hour)
    #expect(try world.billOf(day).state == .done)
    let kept = try #require(try world.billOf(day).statement)
    let id = try #require(StatementID(text: kept))
    #expect(try world.reader().statementBytes(id) == bytes)
  }

  @Test("the file of another day is not taken for the day's bill; the right one is asked for again")
  func otherDay() throws {
    let world = try World.withBills()
    let (_, known) = try world.paidOrder(1234)
    let paidAt = world.now
    let day = world.today
    let wrongAt = paidAt.adding(milliseconds: -48 * Self.hour)
    world.bill = { World.file($0, Bill.text([self.row(known, 1234, wrongAt)])) }
    let ready = TestBills.schedule.readyAt(day)
    try world.advance(to: ready.adding(milliseconds: 1000))
    #expect(try world.billOf(day).state == .waiting)
    world.bill = { World.file($0, Bill.text([self.row(known, 1234, paidAt)])) }
    try world.advance(by: Self.hour)
    #expect(try world.billOf(day).state == .done)
    #expect(world.downloads(of: day).count == 2)
  }

  @Test("before a gateway's first payment none of its bills is of interest")
  func nothingToAsk() throws {
    let world = try World.withBills()
    try world.advance(by: 72 * Self.hour)
    #expect(world.billTasks.isEmpty)
  }

  @Test("a bill that does not come is asked for as the schedule says, and missed aloud once")
  func late() throws {
    let world = try World.withBills()
    _ = try world.paidOrder()
    let day = world.today
    world.bill = { _ in .success(.notYet(World.reason("it is being made"))) }
    let ready = TestBills.schedule.readyAt(day)
    try world.advance(to: ready.adding(milliseconds: 6 * Self.hour))
    let tries = world.downloads(of: day)
    let gaps = zip(tries, tries.dropFirst()).map { $1.milliseconds(since: $0) / 60_000 }
    // The alarm has a look of its own, two hours after the ready time.
    #expect(Array(gaps.prefix(6)) == [1, 5, 15, 30, 60, 8])
    #expect(gaps.dropFirst(6).allSatisfy { $0 == 60 })
    #expect(world.alarms.count { $0.hasPrefix("AL17 ") } == 1)
    world.bill = { World.file($0, Bill.text([])) }
    try world.advance(by: 2 * Self.hour)
    #expect(try world.billOf(day).state != .waiting)
  }

  @Test("\"no business\" against our own books is not believed; with empty books it is at once")
  func noBusiness() throws {
    for isEmpty in [true, false] {
      let world = try World.withBills()
      let order = try world.makeOrder()
      let payment = try world.openPayment(order)
      if !isEmpty { world.bank.pay(payment.outTradeNumber, at: world.now) }
      let day = world.today
      world.bill = { _ in .success(.noBusiness(World.reason("no business"))) }
      try world.advance(to: TestBills.schedule.readyAt(day).adding(milliseconds: 3 * Self.hour))
      #expect(try world.billOf(day).state == (isEmpty ? .empty : .waiting))
      #expect(world.alarms.contains { $0.hasPrefix("AL17 ") } == !isEmpty)
    }
  }

  @Test("silence becomes an empty day at noon, if our day was empty")
  func silence() throws {
    let world = try World.withBills()
    _ = try world.openPayment(try world.makeOrder())
    let day = world.today
    world.bill = { _ in .success(.silent(World.reason("none"))) }
    let noon = day.end(offsetMinutes: 480).adding(milliseconds: 12 * Self.hour)
    try world.advance(to: noon.adding(milliseconds: -1))
    #expect(try world.billOf(day).state == .waiting)
    try world.advance(to: noon.adding(milliseconds: 2 * Self.hour))
    #expect(try world.billOf(day).state == .empty)
  }

  @Test("a day taken for empty is asked about again: its bill was late, and had money nobody knew")
  func lateForAnEmptyDay() throws {
    let world = try World.withBills()
    let lost = try world.openPayment(try world.makeOrder(1234))
    let day = world.today
    let paidAt = world.now
    world.bill = { _ in .success(.silent(World.reason("none"))) }
    let end = day.end(offsetMinutes: 480)
    try world.advance(to: end.adding(milliseconds: 14 * Self.hour))
    #expect(try world.billOf(day).state == .empty)
    world.bill = { _ in .failure(.notSent(World.reason("no road"))) }
    try world.advance(by: 24 * Self.hour)
    #expect(try world.billOf(day).state == .empty)
    world.bill = { task in
      task.bill.day == day
        ? World.file(task, Bill.text([self.row(lost, 1234, paidAt)]))
        : .success(.silent(World.reason("none")))
    }
    try world.advance(by: 24 * Self.hour)
    #expect(try world.billOf(day).state == .done)
    #expect(try world.store.load(payment: lost.id)?.aggregate.order.payState == .paid)
    // In the end nobody asks any more.
    try world.advance(by: 96 * Self.hour)
    #expect(try world.billOf(day.adding(days: 1)).nextAt == nil)
  }

  @Test("a crash at any point of it loses nothing and takes nothing twice")
  func crashes() throws {
    for stop in 1...3 {
      let world = try World.withBills()
      let (_, known) = try world.paidOrder(1234)
      let paidAt = world.now
      let day = world.today
      world.bill = { World.file($0, Bill.text([self.row(known, 1234, paidAt)])) }
      try world.advance(to: TestBills.schedule.readyAt(day).adding(milliseconds: -1))
      while world.billTasks.count < stop { try world.advance(by: 1) }
      try world.crash()
      try world.advance(by: 120_000)
      #expect(try world.billOf(day).state == .done, "stopped at task \(stop)")
      let reader = try world.reader()
      #expect(
        try reader.statements(
          gateway: "bank", content: nil, from: nil, to: nil, before: nil, limit: 10
        ).count == 1)
    }
  }

  @Test("after days of standing still every day's bill is fetched, one after the other")
  func madeUp() throws {
    let world = try World.withBills()
    let (_, known) = try world.paidOrder(1234)
    let paidAt = world.now
    let first = world.today
    world.bill = { task in
      task.bill.day == first
        ? World.file(task, Bill.text([self.row(known, 1234, paidAt)]))
        : .success(.noBusiness(World.reason("no business")))
    }
    world.now = world.now.adding(milliseconds: 80 * Self.hour)
    try world.crash()
    try world.advance(by: 60_000)
    #expect(try world.billOf(first).state == .done)
    #expect(try world.billOf(first.adding(days: 1)).state == .empty)
    #expect(try world.billOf(first.adding(days: 2)).state == .empty)
  }

  @Test("a file that nobody can read is left to people")
  func unreadable() throws {
    let world = try World.withBills()
    _ = try world.paidOrder()
    let day = world.today
    world.bill = { World.file($0, Array("<html>sorry</html>".utf8)) }
    try world.advance(to: TestBills.schedule.readyAt(day).adding(milliseconds: 60_000))
    #expect(try world.billOf(day).state == .unusable)
    #expect(world.alarms.contains { $0.contains("cannot be used") })
    #expect(world.downloads(of: day).count == 1)
  }

  @Test("a person asks for a bill again; what is known is known, what is not over is refused")
  func byHand() throws {
    let world = try World.withBills()
    let (_, known) = try world.paidOrder(1234)
    let paidAt = world.now
    let day = world.today
    world.bill = { World.file($0, Bill.text([self.row(known, 1234, paidAt)])) }
    try world.advance(to: TestBills.schedule.readyAt(day).adding(milliseconds: 60_000))
    let statement = try world.billOf(day).statement
    let asked = try world.ask(
      "statement.fetch", .billFetch(gateway: "bank", kind: nil, day: nil), by: World.finance)
    guard case .success(.bills(let rows)) = asked else {
      throw ShortcutFault.unexpected("\(asked)")
    }
    #expect(rows.map(\.name.day) == [day])
    try world.advance(by: 60_000)
    #expect(try world.billOf(day).state == .done)
    #expect(try world.billOf(day).statement == statement)
    #expect(world.downloads(of: day).count == 2)
    for (gateway, when) in [("bank", world.today), ("other", day)] {
      let result = try world.ask(
        "statement.fetch", .billFetch(gateway: gateway, kind: .trade, day: when),
        by: World.finance)
      #expect(refusal(result) == .gatewayNotSupported)
    }
  }

  @Test("a bill that somebody asks for first leaves out none of the days before it")
  func byHandFirst() throws {
    let world = try World.withBills()
    let (_, known) = try world.paidOrder(1234)
    let paidAt = world.now
    let day = world.today
    world.bill = { task in
      task.bill.day == day
        ? World.file(task, Bill.text([self.row(known, 1234, paidAt)]))
        : .success(.noBusiness(World.reason("no business")))
    }
    world.now = TestBills.schedule.readyAt(day.adding(days: 1)).adding(milliseconds: 1000)
    try world.crash()
    _ = try world.ask(
      "statement.fetch", .billFetch(gateway: "bank", kind: .trade, day: day.adding(days: 1)),
      by: World.finance)
    try world.advance(by: 60_000)
    #expect(try world.billOf(day.adding(days: 1)).state == .empty)
    #expect(try world.billOf(day).state == .done)
  }

  @Test("a full disk in the middle of it only delays it")
  func fullDisk() throws {
    let world = try World.withBills()
    let (_, known) = try world.paidOrder(1234)
    let paidAt = world.now
    let day = world.today
    world.bill = { World.file($0, Bill.text([self.row(known, 1234, paidAt)])) }
    try world.advance(to: TestBills.schedule.readyAt(day).adding(milliseconds: 1))
    world.store.faultPlan = FaultPlan(.step, .diskFull, after: 2, isLasting: true)
    try world.advance(by: 5000)
    world.store.faultPlan = nil
    try world.advance(by: 120_000)
    #expect(try world.billOf(day).state == .done)
  }
}
