import Domain
import Gateways
import Sandbox
import Testing

@Suite("refunds never exceed what was paid")
struct RefundTests {
  @Test("part by part until all is back, and not one fen more")
  func parts() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay()
    for (number, minor) in [("R1", 3_000), ("R2", 2_799)] as [(String, Int64)] {
      guard
        case .succeeded(let amount, _, _)? =
          await bench.ask(.refund(facts, bench.refund(number, minor))).refund
      else {
        Issue.record("within what was paid")
        return
      }
      #expect(amount == cny(minor))
    }
    #expect(try bench.trade()?.status == .paid)
    guard case .failed(let reason)? = await bench.ask(.refund(facts, bench.refund("R3", 2))).refund
    else {
      Issue.record("one fen too many is refused for good")
      return
    }
    #expect(reason.code == "refund_exceeds_paid")
    _ = await bench.ask(.refund(facts, bench.refund("R3", 1)))
    #expect(try bench.trade()?.status == .refunded)
    #expect(try bench.trade()?.refunded == cny(5_800))
    #expect(await bench.ask(.query(facts)).capture?.amount == cny(5_800))
  }

  @Test("a refused attempt is in the list of calls with its amount")
  func attempts() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay()
    _ = await bench.ask(.refund(facts, bench.refund("R1", 5_801)))
    let call = try bench.bank.calls(gateway: "sandbox", outTradeNumber: "PAY1").get().last
    #expect(call?.code == "refund_exceeds_paid")
    #expect(call?.amount == cny(5_801))
    #expect(call?.refundNumber == "R1")
    #expect(try bench.trade()?.refunds.isEmpty == true)
  }

  @Test("the same number is the same refund; with another amount it contradicts")
  func sameNumber() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay()
    let first = await bench.ask(.refund(facts, bench.refund("R1", 1_000))).refund
    bench.advance(milliseconds: 5_000)
    #expect(await bench.ask(.refund(facts, bench.refund("R1", 1_000))).refund == first)
    let fault = await bench.ask(.refund(facts, bench.refund("R1", 999))).fault
    guard case .answered(let reason)? = fault else {
      Issue.record("a contradiction is no failure of the refund that was made")
      return
    }
    #expect(reason.gatewayCode == "refund_conflict")
    #expect(try bench.trade()?.refunded == cny(1_000))
  }

  @Test("nothing paid, nothing to give back; another currency neither")
  func refused() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    guard case .failed(let unpaid)? = await bench.ask(.refund(facts, bench.refund())).refund else {
      Issue.record("an unpaid trade has nothing to give back")
      return
    }
    #expect(unpaid.code == "not_paid")
    try bench.pay(amount: usd(5_800))
    guard case .failed(let other)? = await bench.ask(.refund(facts, bench.refund())).refund else {
      Issue.record("yuan were not paid")
      return
    }
    #expect(other.code == "refund_currency")
    let unseen = bench.payment("PAY9")
    guard case .failed(let absent)? = await bench.ask(.refund(unseen, bench.refund())).refund
    else {
      Issue.record("no trade, no refund")
      return
    }
    #expect(absent.code == "trade_not_exist")
  }

  @Test("a refund that was never asked for is absent")
  func absent() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay()
    #expect(await bench.ask(.refundQuery(facts, bench.refund("R9"))).refund == .absent)
    #expect(await bench.ask(.refundQuery(bench.payment("PAY9"), bench.refund())).refund == .absent)
  }

  @Test("sixty-four at once under their own numbers: as many succeed as there is money for")
  func concurrentOwnNumbers() async throws {
    let bench = try Bench()
    let facts = try await bench.open("PAY1", 1_000)
    try bench.pay()
    let sightings = await refundAtOnce(bench, facts) { bench.refund("R\($0)", 30, of: 1_000) }
    let succeeded = sightings.filter { if case .succeeded? = $0 { true } else { false } }
    let failed = sightings.filter { if case .failed? = $0 { true } else { false } }
    #expect(succeeded.count == 33)
    #expect(failed.count == 31)
    #expect(try bench.trade()?.refunded == cny(990))
    #expect(try bench.trade()?.callsCount == 65)
  }

  @Test("sixty-four at once under one number: one refund, and all hear of it")
  func concurrentSameNumber() async throws {
    let bench = try Bench()
    let facts = try await bench.open("PAY1", 1_000)
    try bench.pay()
    let sightings = await refundAtOnce(bench, facts) { _ in bench.refund("R1", 1_000, of: 1_000) }
    #expect(Set(sightings).count == 1)
    #expect(try bench.trade()?.refunds.count == 1)
    #expect(try bench.trade()?.refunded == cny(1_000))
  }

  private func refundAtOnce(
    _ bench: Bench, _ facts: PaymentFacts, _ refund: @escaping @Sendable (Int) -> RefundFacts
  ) async -> [RefundSighting?] {
    await withTaskGroup(of: RefundSighting?.self) { group in
      for index in 0..<64 {
        group.addTask { await bench.ask(.refund(facts, refund(index))).refund }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }
}
