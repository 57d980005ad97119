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
