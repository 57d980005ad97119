import Domain
import Testing

@Suite("The books, read from the log")
struct LedgerTests {
  /// The books of an order, which must balance and agree with what the order says of itself.
  private func books(_ desk: Desk) throws -> Ledger {
    var projection = LedgerProjection()
    for event in desk.events { try projection.apply(event) }
    let ledger = projection.ledger
    #expect(ledger.isBalanced)
    let fees = debit(ledger, .feeExpense(gateway: "bank"))
    #expect(
      debit(ledger, .receivable(gateway: "bank"))
        == desk.order.captured - desk.order.refunded - fees)
    return ledger
  }

  private func debit(_ ledger: Ledger, _ account: LedgerAccount) -> Int64 {
    ledger.balance(account, yuan).minor
  }

  private func debit(_ standing: LedgerStanding, _ account: LedgerAccount) -> Int64 {
    standing.balances.first { $0.account == account && $0.debit.currency == yuan }?
      .debit.minor ?? 0
  }

  private func done(_ minor: Int64) -> RefundSighting {
    .succeeded(amount: Money(minor, yuan), gatewayRefund: "R", at: nil)
  }

  @Test("a capture is sales and its fee a cost, both out of what the gateway holds")
  func captured() throws {
    var desk = try Desk(100)
    let id = try desk.opened()
    let capture = Capture(
      amount: Money(100, yuan), gatewayTransaction: "T", paidAt: nil, fee: Money(1, yuan))
    try desk.see(id, .paid(capture))
    let ledger = try books(desk)
    #expect(debit(ledger, .receivable(gateway: "bank")) == 99)
    #expect(debit(ledger, .feeExpense(gateway: "bank")) == 1)
    #expect(debit(ledger, .sales) == -100)
  }

  @Test("what comes beyond the order's amount is the buyer's, and goes back first")
  func excess() throws {
    var desk = try Desk(100)
    let id = try desk.opened()
    try desk.see(id, .paid(capture(130)))
    #expect(debit(try books(desk), .excessPayable) == -30)
    #expect(debit(try books(desk), .sales) == -100)
    let refund = try desk.sentRefund(id, 40)
    #expect(debit(try books(desk), .excessPayable) == 0)
    #expect(debit(try books(desk), .sales) == -90)
    #expect(debit(try books(desk), .refundPayable) == -40)
    try desk.seeRefund(refund, done(40))
    #expect(debit(try books(desk), .refundPayable) == 0)
  }

  @Test("money in another currency is in suspense, and no currency touches another")
  func foreign() throws {
    var desk = try Desk(100)
    let id = try desk.opened()
    try desk.see(id, .paid(capture(50, currency("USD"))))
    var projection = LedgerProjection()
    for event in desk.events { try projection.apply(event) }
    #expect(projection.ledger.balance(.suspense, currency("USD")).minor == -50)
    #expect(projection.ledger.balances.allSatisfy { $0.debit.currency.code == "USD" })
    #expect(projection.ledger.isBalanced)
  }

  @Test("a refund that failed gives back its promise; one tried again promises again")
  func failedRefund() throws {
    var (desk, id) = try Desk.paid()
    let refund = try desk.sentRefund(id, 100)
    try desk.seeRefund(refund, .failed(reason))
    #expect(debit(try books(desk), .refundPayable) == 0)
    #expect(debit(try books(desk), .sales) == -100)
    try desk.seeRefund(refund, done(100))
    let ledger = try books(desk)
    #expect(debit(ledger, .sales) == 0 && debit(ledger, .refundPayable) == 0)
  }

  @Test("a refund that came back makes the money ours again, by entries that name the old ones")
  func returned() throws {
    var (desk, id) = try Desk.paid()
    let refund = try desk.sentRefund(id, 100)
    try desk.seeRefund(refund, done(100))
    try desk.seeRefund(refund, .returned(nil))
    let ledger = try books(desk)
    #expect(debit(ledger, .sales) == -100)
    #expect(ledger.entries.compactMap(\.corrects).sorted() == [1, 2])
  }

  @Test("a reversal takes back the capture; the fee stays until a bill says that it came back")
  func reversed() throws {
    var desk = try Desk(100)
    let id = try desk.opened()
    let capture = Capture(
      amount: Money(100, yuan), gatewayTransaction: "T", paidAt: nil, fee: Money(1, yuan))
    try desk.see(id, .paid(capture))
    try desk.see(id, .reversed(capture, reason))
    let ledger = try books(desk)
    #expect(debit(ledger, .sales) == 0)
    #expect(debit(ledger, .feeExpense(gateway: "bank")) == 1)
  }

  @Test("a reversal is what our own refunds leave of the charge, also of those that end after it")
  func reversedRest() throws {
    var (desk, id) = try Desk.paid()
    let early = try desk.sentRefund(id, 30)
    let late = try desk.sentRefund(id, 20)
    try desk.seeRefund(early, done(30))
    try desk.see(id, .reversed(capture(), reason))
    #expect(debit(try books(desk), .sales) == -100 + 30 + 20 + 70)
    try desk.seeRefund(late, done(20))
    #expect(debit(try books(desk), .sales) == 0)
    #expect(debit(try books(desk), .refundPayable) == 0)
  }

  @Test("a balance is traced to its entries, and stands as it stood on any day")
  func traced() throws {
    var (desk, id) = try Desk.paid()
    let paid = desk.now
    desk.now = paid.adding(milliseconds: 86_400_000)
    _ = try desk.sentRefund(id, 30)
    var (numbered, sums) = (NumberedBooks(), LedgerSums())
    var records: [LedgerRecord] = []
    for (place, event) in desk.events.enumerated() {
      records += try numbered.apply(event, at: Int64(place) + 1)
    }
    for record in records { try sums.add(record) }
    let sales = LedgerHour.Side(.sales, yuan)
    let (first, second) = (LedgerSums.hour(of: paid), LedgerSums.hour(of: desk.now))
    #expect(sums.stretches(of: sales, in: first...second - 1) == [records[0].stretch])
    #expect(sums.stretches(of: sales, in: first + 1...second) == [records[1].stretch])
    #expect(debit(try sums.standing(beforeHour: first + 1), .sales) == -100)
    #expect(debit(try sums.standing(), .sales) == -70)
    #expect(try sums.standing().isBalanced)
    #expect(debit(try books(desk), .sales) == -70)
  }

  @Test("an entry that does not balance in every currency cannot be made")
  func unbalanced() throws {
    let event = EventID(high: 1, low: 1)
    let dollars = currency("USD")
    #expect(throws: LedgerError.unbalanced) {
      try LedgerEntry(
        .adjudicated, at: start, event: event, order: nil,
        lines: [
          LedgerLine(.sales, debit: Money(-5, yuan)),
          LedgerLine(.writeOff, debit: Money(5, dollars)),
        ])
    }
    var ledger = Ledger()
    let most = Money(Int64.max, yuan)
    try ledger.post(
      LedgerEntry(
        .payout, at: start, event: event, order: nil, most, from: .receivable(gateway: "a"),
        to: .bank(account: "1")))
    #expect(throws: LedgerError.overflow) {
      try ledger.post(
        LedgerEntry(
          .payout, at: start, event: event, order: nil, most, from: .receivable(gateway: "a"),
          to: .bank(account: "1")))
    }
    #expect(ledger.entries.count == 1 && ledger.isBalanced)
  }
}

extension LedgerRecord {
  /// Where its event stands in the log.
  fileprivate var stretch: ClosedRange<Int64> { sequence...sequence }
}
