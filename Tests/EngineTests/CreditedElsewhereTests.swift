import Domain
import Engine
import Store
import Testing

/// Rows that nobody knew and that the gateway credited in another currency than it charged: once
/// people have taken one in, the books hold the same as of a row that matched by itself.
@Suite("decisions about rows that were credited in another currency")
struct CreditedElsewhereTests {
  private static let dollars = Currency(code: "USD")!

  /// As Stripe lists it: yuan were charged, dollars credited.
  private struct Row {
    var category = "charge"
    var number = "N1"
    var intent = "X1"
    var charged: Int64 = 7000
    var credited: Int64 = 1000
    var fee: Int64 = 59
    let at: Timestamp

    var text: String {
      """
      {"id":"txn_\(intent)","object":"balance_transaction","amount":\(credited),\
      "created":\(at.milliseconds / 1000),"currency":"usd","fee":\(fee),\
      "net":\(credited - fee),"exchange_rate":0.142857,"reporting_category":"\(category)",\
      "source":{"id":"x_\(intent)","payment_intent":"\(intent)","amount":\(charged),\
      "currency":"cny","metadata":{"till_payment":"\(number)"}}}
      """
    }
  }

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    return world
  }

  /// By account and currency, those that hold something.
  private func books(_ world: World) throws -> [String: Int64] {
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
    let ledger = try world.ledger()
    #expect(ledger.isBalanced)
    var sums: [String: Int64] = [:]
    for balance in ledger.balances where balance.debit.minor != 0 {
      sums["\(balance.account) \(balance.debit.currency.code)"] = balance.debit.minor
    }
    return sums
  }

  private func run(_ world: World, _ rows: [Row]) throws -> [DiscrepancyRecord] {
    try run(world, texts: rows.map(\.text))
  }

  private func run(_ world: World, texts: [String]) throws -> [DiscrepancyRecord] {
    let page = "{\"object\":\"list\",\"data\":[\(texts.joined(separator: ","))]}\n"
    let day = world.day(world.now)
    let draft = try StatementReading.draft(
      of: try world.upload(Array(page.utf8)), for: World.finance.principal, gateway: "bank",
      layout: nil, period: (day.from, day.to), from: world.reader())
    let result = try world.ask("statement.import", .statementImport(draft), by: World.finance)
    guard case .success(.statement(let reply)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    let run = try world.reconcile(reply.record.id).run
    for proof in run.proofs { #expect(proof.remainder == 0, "\(proof)") }
    return try world.discrepancies(of: run.id).filter { $0.facts.kind != .statementUnsound }
  }

  @Test("a decision books the fee, and the money, in the currency of the balance")
  func strangers() throws {
    for (verb, account) in [
      (AdjudicationVerb.acceptGateway, "suspense"), (.writeOff, "write_off"),
      (.moveToSuspense, "suspense"),
    ] {
      let world = try world()
      let told = try run(world, [Row(at: world.now)])
      #expect(told.map(\.facts.kind) == [.unknownMoney])
      #expect(told[0].facts.theirs?.fee == Money(59, Self.dollars))
      #expect(told[0].facts.theirs?.credited == Money(1000, Self.dollars))
      let before = try books(world)
      #expect(before == [:])
      try world.decide(told[0], verb)
      let held = [
        "receivable:bank USD": 941, "fee_expense:bank USD": 59, "exchange USD": -1000,
        "exchange CNY": 7000, "\(account) CNY": -7000,
      ] as [String: Int64]
      #expect(try books(world) == held, "\(verb)")
      try world.crash()
      try world.undo(told[0])
      #expect(try books(world) == before)
      try world.decide(told[0], verb)
      #expect(try books(world) == held)
      // The gateway leaves it out: nothing of it stays.
      let other = Row(number: "N2", intent: "X2", charged: 70, credited: 10, at: world.now)
      _ = try run(world, [other])
      #expect(try world.stored(told[0]).resolution == .agrees)
      #expect(try books(world) == before)
    }
  }

  @Test("what was credited is held as it came, whatever is decided about its rate")
  func offRate() throws {
    for (verb, account) in [
      (AdjudicationVerb.acceptGateway, nil), (.writeOff, "write_off"),
      (.moveToSuspense, "shortage"), (.claimFromGateway, "shortage"),
    ] {
      let world = try world()
      let (_, payment) = try world.paidOrder(7000)
      var row = Row(
        number: payment.outTradeNumber, intent: try #require(payment.gatewayTransaction),
        at: world.now)
      row.credited = 900
      let told = try run(world, [row])
      #expect(told.map(\.facts.kind) == [.exchangeUnexplained])
      #expect(told[0].facts.balanceChange == -100)
      let before = try books(world)
      #expect(before["receivable:bank USD"] == 841 && before["exchange USD"] == -900)
      try world.decide(told[0], verb)
      var after = before
      if let account {
        (after["exchange USD"], after["\(account) USD"]) = (-1000, 100)
      }
      #expect(try books(world) == after, "\(verb)")
      try world.undo(told[0])
      #expect(try books(world) == before)
    }
  }

  @Test("money beside it does not explain a rate, and no buyer gets what one brought")
  func offRateBeside() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder(7000)
    let number = try #require(payment.gatewayTransaction)
    var row = Row(number: payment.outTradeNumber, intent: number, at: world.now)
    row.credited = 1100
    // Of the balance's own currency.
    let other = """
      {"id":"txn_other","object":"balance_transaction","amount":-100,"currency":"usd","fee":0,\
      "created":\(world.now.milliseconds / 1000),"net":-100,"exchange_rate":null,\
      "reporting_category":"refund","source":{"id":"re_other","amount":100,"currency":"usd"}}
      """
    let told = try run(world, texts: [row.text, other])
    #expect(told.map(\.facts.kind) == [.refundMissingLocally, .exchangeUnexplained])
    #expect(told.map(\.facts.balanceChange) == [-100, 100])
    for (verb, partner) in [(AdjudicationVerb.mergeMatch, told[0].id), (.refundBuyer, nil)] {
      let wish = AdjudicationWish(
        discrepancy: told[1].id, verb: verb, reason: "checked", until: nil, partner: partner)
      let asked = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
      #expect(refusal(asked) == .adjudicationNotPossible, "\(verb)")
    }
  }

  @Test("a merge books only what the gateway had not told of the fee", arguments: [
    nil, Money(20, dollars), Money(7, yuan),
  ])
  func merged(told fee: Money?) throws {
    func paid() throws -> (World, Payment) {
      let world = try world()
      world.bank.feeTold = fee
      let (_, payment) = try world.paidOrder(7000)
      #expect(payment.fee == fee)
      return (world, payment)
    }
    let (matched, twin) = try paid()
    let own = Row(
      number: twin.outTradeNumber, intent: try #require(twin.gatewayTransaction), at: matched.now)
    #expect(try run(matched, [own]).isEmpty)
    for isFirst in [true, false] {
      let (world, payment) = try paid()
      let before = try books(world)
      let told = try run(world, [Row(at: world.now)])
      #expect(told.map(\.facts.kind) == [.missingAtGateway, .unknownMoney])
      #expect(told.first?.facts.ours == .payment(payment.id))
      try world.decide(told[isFirst ? 0 : 1], .mergeMatch, with: told[isFirst ? 1 : 0].id)
      #expect(try books(world) == (try books(matched)))
      try world.undo(told[isFirst ? 1 : 0])
      #expect(try books(world) == before)
    }
  }

  @Test("what a refund at the gateway's desk took from the balance comes with its decision")
  func refundAtDesk() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder(7000)
    let number = payment.outTradeNumber
    let charge = Row(
      number: number, intent: try #require(payment.gatewayTransaction), at: world.now)
    let back = Row(
      category: "refund", number: number, intent: "R1", charged: 3500, credited: -500, fee: -20,
      at: world.now)
    let told = try run(world, [charge, back])
    #expect(told.map(\.facts.kind) == [.refundMissingLocally])
    let before = try books(world)
    #expect(before["receivable:bank USD"] == 941 && before["receivable:bank CNY"] == nil)
    try world.decide(told[0], .acceptGateway)
    let after = try books(world)
    #expect(after["receivable:bank USD"] == 461)
    #expect(after["fee_expense:bank USD"] == 39)
    #expect(after["receivable:bank CNY"] == nil && after["sales CNY"] == -3500)
    #expect(after["exchange CNY"] == 3500 && after["exchange USD"] == -500)
    try world.undo(told[0])
    #expect(try books(world) == before)
  }
}
