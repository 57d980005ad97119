import Domain
import Engine
import Reconciliation
import Store
import Testing

@Suite("A run closes to the last minor unit")
struct RunProofTests {
  /// Noon of a day in Beijing.
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000)

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Self.noon.adding(milliseconds: 86_400_000))
    return world
  }

  private func row(_ payment: Payment, minor: Int64? = nil, fee: Int64 = 0) -> BillRow {
    BillRow(
      transaction: payment.gatewayTransaction ?? "T\(payment.outTradeNumber)",
      number: payment.outTradeNumber, minor: minor ?? payment.amount.minor,
      at: payment.paidAt ?? Self.noon.adding(milliseconds: 86_400_000), refund: nil, fee: fee)
  }

  private func held(_ world: World) throws -> Int64 {
    try world.ledger().balance(.receivable(gateway: "bank"), yuan).minor
  }

  @Test("what agrees, with its fees, is what the ledger holds at the gateway afterwards")
  func agrees() throws {
    let world = try world()
    let rows = try [5800, 1234].map { row(try world.paidOrder($0).1, fee: 30) }
    let statement = try world.imported(rows)
    for _ in 0..<2 {
      let run = try world.reconcile(statement.id).run
      let proof = try #require(run.proofs.first)
      #expect(proof.bill == 5800 + 1234 - 60 && proof.books == proof.bill)
      #expect(proof.remainder == 0 && proof.differences == 0 && run.proofs.count == 1)
      #expect(try held(world) == proof.books)
    }
    #expect(try world.ledger().balance(.feeExpense(gateway: "bank"), yuan).minor == 60)
    #expect(try world.reader().runs(gateway: nil, statement: nil, before: nil, limit: 9).last?
      .proofs.count == 1)
    #expect(world.alarms.allSatisfy { !$0.hasPrefix("I15") })
  }

  @Test("a fee of a fixed amount is kept whole of what is less than it")
  func smallPayment() throws {
    let world = try world()
    let statement = try world.imported([row(try world.paidOrder(20).1, fee: 30)])
    let proof = try #require(try world.reconcile(statement.id).run.proofs.first)
    #expect(proof.remainder == 0 && proof.books == -10, "\(proof)")
    #expect(try world.gatewayBooks() == [-10, 30, 0])
    #expect(world.alarms.allSatisfy { !$0.hasPrefix("I15") })
  }

  @Test("what our own coupons took is a cost, and not owed by the gateway")
  func coupons() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder(5800)
    guard case .success(.refund(let made)) = try world.refund(payment.id, 2900) else {
      throw ShortcutFault.unexpected("no refund")
    }
    var paid = row(payment, fee: 23)
    paid.coupon = 2000
    let back = BillRow(
      transaction: payment.gatewayTransaction ?? "", number: payment.outTradeNumber, minor: 2900,
      at: world.now, refund: made.refund.number, fee: 11, coupon: 1000)
    // Nobody's: what nobody knows is not booked.
    let stranger = BillRow(
      transaction: "X1", number: "N1", minor: 77, at: world.now, fee: 1, coupon: 7)
    for rows in [[paid, back], [paid, back, stranger]] {
      let statement = try world.imported(rows)
      for _ in 0..<2 {
        let run = try world.reconcile(statement.id).run
        let proof = try #require(run.proofs.first)
        #expect(proof.remainder == 0, "\(proof)")
        #expect(proof.bill - proof.differences == 3800 - 23 - 1900 + 11)
        #expect(try held(world) == proof.books && proof.books == proof.bill - proof.differences)
        #expect(run.bookings.coupons == [Money(1000, yuan)])
        let cost = try world.ledger().balance(.couponExpense(gateway: "bank"), yuan)
        #expect(cost.minor == 1000)
      }
    }
    #expect(try world.ledger().isBalanced)
    #expect(world.alarms.allSatisfy { !$0.hasPrefix("I15") })
  }

  @Test("every kind of difference explains its part: nothing is left over")
  func differs() throws {
    let world = try world()
    let (_, short) = try world.paidOrder(5000)
    _ = try world.paidOrder(600)
    let lost = try world.openPayment(try world.makeOrder(1234))
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 77, at: world.now, fee: 1)
    let refund = BillRow(
      transaction: "R1", number: short.outTradeNumber, minor: 40, at: world.now, refund: "RF9")
    let statement = try world.imported([
      row(short, minor: 4900, fee: 30), row(lost, fee: 7), stranger, refund, stranger,
    ])
    let run = try world.reconcile(statement.id).run
    let proof = try #require(run.proofs.first)
    #expect(run.filledBack == 1)
    #expect(run.statementBuckets.contains { $0.bucket == "duplicate" && $0.rows == 1 })
    #expect(proof.remainder == 0, "\(proof)")
    #expect(proof.bill == 4900 - 30 + 1234 - 7 + 76 - 40)
    #expect(proof.books == 5000 - 30 + 600 + 1234 - 7)
    #expect(proof.differences == -100 - 600 + 76 - 40)
    #expect(try held(world) == proof.books)
  }

  @Test("a refund that came back had left, and the bill's row of it leaves no remainder")
  func returnedRefund() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder(5800)
    guard case .success(.refund(let made)) = try world.refund(payment.id, 800) else {
      throw ShortcutFault.unexpected("no refund")
    }
    world.bank.setRefund(made.refund.number, "returned")
    _ = try world.ask(
      "notification.ingest",
      .notificationIngest(
        gateway: "bank",
        world.bank.notice(payment.outTradeNumber, refund: made.refund.number)))
    let refund = try #require(try world.state(order).refund(made.refund.id))
    #expect(refund.state == .returned)
    let back = BillRow(
      transaction: refund.gatewayRefund ?? "", number: payment.outTradeNumber, minor: 800,
      at: world.now, refund: refund.number)
    let statement = try world.imported([row(payment), back])
    for _ in 0..<2 {
      let run = try world.reconcile(statement.id).run
      let proof = try #require(run.proofs.first)
      #expect(proof.remainder == 0 && proof.bill == 5000 && proof.books == 5000, "\(proof)")
      #expect(run.opened == 0)
    }
    #expect(world.alarms.allSatisfy { !$0.hasPrefix("I15") })
  }

  @Test("what waits on either side is counted as waiting, and is carried to the next day")
  func waits() throws {
    let world = try world()
    let end = world.day(world.now).to
    let early = row(try world.paidOrder(100).1)
    try world.advance(to: end.adding(milliseconds: -600_000))
    let (_, late) = try world.paidOrder(5800)
    let waiting = BillRow(
      transaction: "TLATE", number: "LATER", minor: 60, at: end.adding(milliseconds: -1_000))
    try world.advance(by: 3_600_000)
    let run = try world.reconcile(try world.imported([early, waiting]).id).run
    let proof = try #require(run.proofs.first)
    #expect(proof.billWaiting == 60 && proof.booksWaiting == 5800)
    #expect(proof.remainder == 0 && run.opened == 0)
    try world.advance(by: 86_400_000)
    var found = row(late)
    found.at = end.adding(milliseconds: 1_000)
    let next = try world.reconcile(try world.imported([found]).id).run
    #expect(next.proofs.first?.remainder == 0 && next.proofs.first?.booksWaiting == 0)
  }

  @Test("a refund that the bill makes known, with the fee it gives back, closes as well")
  func refund() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    world.bank.faults["refund"] = [TestBank.Fault](repeating: .unreachable, count: 500)
    world.bank.faults["refund_query"] = [TestBank.Fault](repeating: .unreachable, count: 500)
    _ = try world.refund(payment.id, 1000)
    let number = try #require(try world.reader().recorded(after: 0, limit: .max).compactMap {
      if case .refund(_, .requested(_, let number, _, _)) = $0.event.body { number } else { nil }
    }.first)
    let statement = try world.imported([
      row(payment, fee: 35),
      BillRow(
        transaction: "TR1", number: payment.outTradeNumber, minor: 1000, at: world.now,
        refund: number, fee: 6),
    ])
    let run = try world.reconcile(statement.id).run
    #expect(run.filledBack == 1)
    let proof = try #require(run.proofs.first)
    #expect(proof.remainder == 0 && proof.books == 5800 - 35 - 1000 + 6, "\(proof)")
    #expect(try held(world) == proof.books)
  }

  @Test(
    "a file without a column of fees says nothing of a fee that the gateway had told",
    arguments: [true, false])
  func feeless(hasColumn: Bool) throws {
    let world = try world()
    world.bank.feeTold = Money(35, yuan)
    let (_, payment) = try world.paidOrder()
    let lost = try world.openPayment(try world.makeOrder(1234))
    let rows = [payment, lost].map { payment in
      let at = CivilTime(payment.paidAt ?? world.now, offsetMinutes: 480)
      let (units, cents) = payment.amount.minor.quotientAndRemainder(dividingBy: 100)
      return "\(at.dateText) \(at.timeText),\(payment.outTradeNumber),\(units)."
        + CivilTime.padded(cents, 2)
    }
    let statement = try world.takenIn(declared: rows, hasFees: hasColumn)
    for _ in 0..<2 {
      let run = try world.reconcile(statement).run
      let (proof, kept) = (try #require(run.proofs.first), Int64(hasColumn ? 0 : 35))
      #expect(proof.remainder == 0 && run.proofs.count == 1, "\(proof)")
      #expect(proof.bill == 5800 + 1234 - kept && proof.books == proof.bill)
      #expect(try world.gatewayBooks() == [proof.books, kept, 0])
    }
    #expect(world.alarms.allSatisfy { !$0.hasPrefix("I15") })
  }
}

extension World {
  /// A file of charges under a declared layout; its column of fees, if any, says nothing.
  fileprivate func takenIn(declared rows: [String], hasFees: Bool) throws -> StatementID {
    let layout = """
      {"name": "shop", "currency": "CNY", "other_kind": "charge",
       "columns": {"time": "time", "reference": "number", "amount": "amount"\
      \(hasFees ? ", \"fee\": \"fee\"" : "")},
       "time": {"order": "ymd", "zone": "+08:00"}}
      """
    let lines = ["time,number,amount,fee"] + rows.map { $0 + "," } + [""]
    let draft = try StatementReading.draft(
      of: try upload(Array(lines.joined(separator: "\n").utf8)), for: World.finance.principal,
      gateway: "bank", layout: .declared(try #require(DeclaredLayout.read(kept: layout))),
      period: (nil, nil), from: reader())
    let result = try ask("statement.import", .statementImport(draft), by: World.finance)
    guard case .success(.statement(let reply)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return reply.record.id
  }
}
