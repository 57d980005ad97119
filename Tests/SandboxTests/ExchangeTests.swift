import Domain
import Gateways
import Sandbox
import Testing

@Suite("adapter and bank, one exchange at a time")
struct ExchangeTests {
  @Test("a created payment waits, with a code to show until it expires")
  func createdWaits() async throws {
    let bench = try Bench()
    let facts = bench.payment()
    guard case .unpaid(let action?, _)? = await bench.ask(.create(facts)).payment else {
      Issue.record("a new payment must be unpaid and have an action")
      return
    }
    #expect(action.kind == .qr)
    #expect(action.value.hasPrefix("sandbox://pay/SBX"))
    #expect(action.expiresAt == facts.expiresAt)
    #expect(await bench.ask(.query(facts)).payment == .unpaid(action: action))
  }

  @Test("a redirect payment sends the browser to a page nobody owns")
  func redirect() async throws {
    let bench = try Bench()
    let reading = await bench.ask(.create(bench.payment(method: "redirect")))
    guard case .unpaid(let action?, _)? = reading.payment else {
      Issue.record("a new payment must be unpaid and have an action")
      return
    }
    #expect(action.kind == .redirect)
    #expect(action.value.hasPrefix("https://sandbox.invalid/pay/"))
  }

  @Test("the same create again is the same trade, with its transaction and code")
  func createTwice() async throws {
    let bench = try Bench()
    let first = await bench.ask(.create(bench.payment())).payment
    let second = await bench.ask(.create(bench.payment())).payment
    #expect(first == second)
    let trades = try bench.bank.books().get()
    #expect(trades.count == 1)
    #expect(trades[0].createsCount == 2)
    #expect(trades[0].callsCount == 2)
  }

  @Test("a number that comes again with another amount is refused and changes nothing")
  func createConflict() async throws {
    let bench = try Bench()
    _ = try await bench.open("PAY1", 5_800)
    let fault = await bench.ask(.create(bench.payment("PAY1", 5_801))).fault
    guard case .answered(let reason)? = fault else {
      Issue.record("a conflict is an answer of no use")
      return
    }
    #expect(reason.code == FaultCode.rejected)
    #expect(reason.gatewayCode == "trade_conflict")
    #expect(try bench.trade()?.amount == cny(5_800))
  }

  @Test("a create after the expiry is not sent; one that arrives late has failed for good")
  func createExpired() async throws {
    let bench = try Bench()
    let facts = bench.payment()
    guard case .exchange(let request) = try bench.gateway.plan(.create(facts), at: bench.now)
    else { return }
    bench.advance(milliseconds: 900_000)
    // Within the gap of clocks the seal is still good.
    let late = GatewayRequest(
      method: request.method, url: request.url,
      headers: request.headers.filter { !$0.name.hasPrefix("Sandbox-") }
        + [Header(SandboxSeal.merchantHeader, "sandbox")]
        + bench.gateway.account.seal.headers(
          sealing: request.body, as: .request(.create), at: bench.now), body: request.body)
    let answer = try await bench.send(late).get()
    guard case .failed(let reason)? = bench.read(answer, to: .create(facts)).payment else {
      Issue.record("a refused create has failed")
      return
    }
    #expect(reason.code == "trade_expired")
    guard case .notSent? = await bench.ask(.create(facts)).fault else {
      Issue.record("an expired payment is not sent")
      return
    }
    #expect(try bench.bank.books().get().isEmpty)
  }

  @Test("an unknown number is absent, and proves closed only well after the expiry")
  func absence() async throws {
    let bench = try Bench()
    let facts = bench.payment("PAY9")
    #expect(await bench.ask(.query(facts)).payment == .absent(provesClosed: false))
    bench.advance(milliseconds: 900_000 + 599_999)
    #expect(await bench.ask(.query(facts)).payment == .absent(provesClosed: false))
    bench.advance(milliseconds: 1)
    #expect(await bench.ask(.query(facts)).payment == .absent(provesClosed: true))
    #expect(await bench.ask(.close(facts)).payment == .absent(provesClosed: true))
  }

  @Test("a paid trade says what, when and under which number")
  func paid() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    bench.advance(milliseconds: 40_000)
    let trade = try bench.pay()
    let capture = await bench.ask(.query(facts)).capture
    #expect(capture?.amount == cny(5_800))
    #expect(capture?.paidAt == Timestamp(milliseconds: Bench.start + 40_000))
    #expect(capture?.gatewayTransaction == trade.transaction)
    #expect(await bench.ask(.create(facts)).capture == capture)
  }

  @Test("what was paid is told as it is, also another amount in another currency")
  func paidOther() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay(amount: usd(1))
    #expect(await bench.ask(.query(facts)).capture?.amount == usd(1))
    #expect(try bench.trade()?.amount == cny(5_800))
  }

  @Test("processing ends in paid or failed and in nothing else")
  func processing() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay("PAY1", .processing)
    #expect(await bench.ask(.query(facts)).payment == .processing(nil))
    guard case .processing? = await bench.ask(.close(facts)).payment else {
      Issue.record("what the bank works on cannot be closed")
      return
    }
    #expect(throws: Rejection.self) { try bench.pay("PAY1", .closed) }
    try bench.pay()
    #expect(await bench.ask(.query(facts)).capture?.amount == cny(5_800))
  }

  @Test("a failed try is final")
  func failed() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay("PAY1", .failed)
    guard case .failed(let reason)? = await bench.ask(.query(facts)).payment else {
      Issue.record("a failed trade is failed")
      return
    }
    #expect(reason.code == "payment_failed")
    guard case .failed? = await bench.ask(.close(facts)).payment else {
      Issue.record("closing what failed says that it failed")
      return
    }
  }

  @Test("a close is accepted, a query proves it, and the buyer cannot pay any more")
  func close() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    #expect(try await bench.ask(.close(facts)).get() == .closeAccepted)
    guard case .closed? = await bench.ask(.query(facts)).payment else {
      Issue.record("a closed trade is closed")
      return
    }
    #expect(try await bench.ask(.close(facts)).get() == .closeAccepted)
    let rejection = bench.bank.pay(bench.reference()).rejection
    #expect(rejection?.code == .illegalTransition)
    #expect(try bench.trade()?.paid == nil)
  }

  @Test("past its expiry a trade waits to be closed and takes no money")
  func expired() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    bench.advance(milliseconds: 900_000)
    #expect(bench.bank.pay(bench.reference()).rejection?.code == .illegalTransition)
    guard case .unpaid? = await bench.ask(.query(facts)).payment else {
      Issue.record("it waits until it is closed")
      return
    }
    #expect(try await bench.ask(.close(facts)).get() == .closeAccepted)
  }

  @Test("closing what is paid says that it is paid")
  func closePaid() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay()
    #expect(await bench.ask(.close(facts)).capture?.amount == cny(5_800))
  }

  @Test("a payment at no sandbox, or one the bank has not seen, cannot be paid here")
  func payUnknown() throws {
    let bench = try Bench()
    #expect(bench.bank.pay(bench.reference()).rejection?.code == .paymentNotFound)
    let elsewhere = SandboxReference(gateway: "alipay", outTradeNumber: "PAY1")
    #expect(bench.bank.pay(elsewhere).rejection?.code == .gatewayNotSupported)
  }

  @Test("a second buyer is refused: a trade is paid once")
  func payTwice() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    try bench.pay()
    #expect(bench.bank.pay(bench.reference()).rejection?.code == .illegalTransition)
  }

  @Test("a check finds everything right")
  func check() async throws {
    let bench = try Bench()
    guard case .success(.check(let finding)) = await bench.ask(.check) else {
      Issue.record("a check has a finding")
      return
    }
    #expect(finding.code == "ok")
  }

  @Test("with another secret a check says so, and everything else is our own fault")
  func otherSecret() async throws {
    let bench = try Bench(secret: "another secret of the same length")
    guard case .success(.check(let finding)) = await bench.ask(.check) else {
      Issue.record("a check has a finding")
      return
    }
    #expect(finding.code == "wrong_key")
    guard case .answered(let reason)? = await bench.ask(.create(bench.payment())).fault else {
      Issue.record("a refused signature is an answer of no use")
      return
    }
    #expect(reason.code == FaultCode.authentication)
    #expect(reason.gatewayCode == "bad_signature")
    #expect(try bench.bank.books().get().isEmpty)
  }
}
