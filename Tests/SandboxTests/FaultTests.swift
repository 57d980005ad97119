import Domain
import Foundation
import Gateways
import Sandbox
import Testing

@Suite("each fault, from the bank to what the adapter says")
struct FaultTests {
  @Test("slow does it at once and answers late")
  func slow() async throws {
    let bench = try Bench()
    try bench.behave(.slow, calls: 1)
    let facts = bench.payment()
    guard case .unpaid? = await bench.ask(.create(facts)).payment else {
      Issue.record("a slow answer is an answer")
      return
    }
    #expect(try bench.bank.calls(gateway: "sandbox").get().last?.faults == ["slow"])
  }

  @Test("an answer slower than the time-out is none, and the deed is done")
  func slowerThanTimeout() async throws {
    let bench = try Bench()
    try bench.behave(.slow, calls: 1)
    let result = await bench.exchange(.create(bench.payment()), timeoutMilliseconds: 10)
    #expect(result.fault?.reason.code == FaultCode.timeout)
    #expect(try bench.trade()?.status == .waiting)
  }

  @Test("down: nothing was sent, nothing arrived")
  func down() async throws {
    let bench = try Bench()
    try bench.behave(.down, calls: 1)
    guard case .notSent(let reason)? = await bench.ask(.create(bench.payment())).fault else {
      Issue.record("a bank that is down is not reached")
      return
    }
    #expect(reason.code == FaultCode.unreachable)
    #expect(try bench.bank.calls(gateway: "sandbox").get().isEmpty)
    _ = try await bench.open()
  }

  @Test("hang: no answer until the time-out, the outcome is unknown and nothing was done")
  func hang() async throws {
    let bench = try Bench()
    try bench.behave(.hang, calls: 1)
    let result = await bench.exchange(.create(bench.payment()), timeoutMilliseconds: 20)
    guard case .outcomeUnknown(let reason)? = result.fault else {
      Issue.record("silence leaves the outcome unknown")
      return
    }
    #expect(reason.code == FaultCode.timeout)
    #expect(try bench.trade() == nil)
    #expect(try bench.bank.calls(gateway: "sandbox").get().map(\.code) == ["hang"])
  }

  @Test("500 after success: unknown to us, done at the bank, and doing it again is safe")
  func errorAfterSuccess() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    try bench.pay()
    let facts = bench.payment()
    try bench.behave(.errorAfterSuccess, calls: 1)
    guard case .outcomeUnknown? = await bench.ask(.refund(facts, bench.refund())).fault else {
      Issue.record("a 500 leaves the outcome unknown")
      return
    }
    #expect(try bench.trade()?.refunded == cny(5_800))
    let again = await bench.ask(.refund(facts, bench.refund())).refund
    #expect(again == (await bench.ask(.refundQuery(facts, bench.refund())).refund))
    #expect(try bench.trade()?.refunds.count == 1)
  }

  @Test("a torn answer leaves the outcome unknown", arguments: [0, 1, 2])
  func torn(_ step: Int) async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.behave(.tornAnswer, calls: 1)
    let questions: [Question] = [.query(facts), .close(facts), .create(facts)]
    guard case .outcomeUnknown? = await bench.ask(questions[step]).fault else {
      Issue.record("half an answer says nothing")
      return
    }
  }

  @Test("a wrong amount is named and never stored")
  func wrongAmount() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay(callback: .lose)
    try bench.behave(.wrongAmount, calls: 1)
    #expect(await bench.ask(.query(facts)).capture?.amount == cny(5_801))
    #expect(await bench.ask(.query(facts)).capture?.amount == cny(5_800))
    #expect(try bench.trade()?.paid == cny(5_800))
  }

  @Test("a wrong currency is named and never stored")
  func wrongCurrency() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.behave(.wrongCurrency, calls: 1)
    try bench.pay()
    let statements = bench.readings().first?.verified?.statements
    guard case .payment(.paid(let capture))? = statements?.first else {
      Issue.record("the notice says that it is paid")
      return
    }
    #expect(capture.amount == usd(5_800))
    #expect(await bench.ask(.query(facts)).capture?.amount == cny(5_800))
  }

  @Test("a wrong signature is an answer that cannot be trusted, and a notice that is rejected")
  func wrongSignature() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.behave(.wrongSignature, calls: 2)
    guard case .answered(let reason)? = await bench.ask(.query(facts)).fault else {
      Issue.record("an answer of a stranger is of no use")
      return
    }
    #expect(reason.code == FaultCode.badReply)
    try bench.pay()
    #expect(bench.readings().map(\.rejectedCode) == ["wrong_signature"])
    #expect(await bench.ask(.query(facts)).capture != nil)
  }

  @Test("an unknown status is reported as such, in answers and notices")
  func unknownStatus() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.behave(.unknownStatus)
    #expect(
      await bench.ask(.query(facts)).payment == .unrecognised("under_consideration"))
    #expect(
      await bench.ask(.close(facts)).payment == .unrecognised("under_consideration"))
    #expect(try bench.trade()?.status == .closed)
    try bench.behave(nil)
    guard case .closed? = await bench.ask(.query(facts)).payment else {
      Issue.record("it was closed all the same")
      return
    }
  }

  @Test("a lie that the payment does not exist changes nothing in the books")
  func notExistLie() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay()
    _ = await bench.ask(.refund(facts, bench.refund("RFD1", 100)))
    try bench.behave(.notExistLie, calls: 3)
    #expect(await bench.ask(.query(facts)).payment == .absent(provesClosed: false))
    #expect(await bench.ask(.close(facts)).payment == .absent(provesClosed: false))
    #expect(await bench.ask(.refundQuery(facts, bench.refund("RFD1", 100))).refund == .absent)
    #expect(await bench.ask(.query(facts)).capture?.amount == cny(5_800))
  }

  @Test("success after close: the close is accepted, then the money is taken and told")
  func successAfterClose() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.behave(.successAfterClose, calls: 1)
    #expect(try await bench.ask(.close(facts)).get() == .closeAccepted)
    guard case .closed? = await bench.ask(.query(facts)).payment else {
      Issue.record("at first it is closed")
      return
    }
    #expect(bench.notices().isEmpty)
    bench.advance(milliseconds: 2_000)
    #expect(bench.readings().compactMap(\.verified).count == 1)
    let capture = await bench.ask(.query(facts)).capture
    #expect(capture?.amount == cny(5_800))
    #expect(capture?.paidAt == Timestamp(milliseconds: Bench.start + 2_000))
    bench.advance(milliseconds: 60_000)
    #expect(bench.notices().count == 1)
  }

  @Test("while it is in force a buyer pays what is closed, failed or expired", arguments: 0...2)
  func latePay(_ how: Int) async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    switch how {
    case 0: try bench.pay("PAY1", .closed)
    case 1: try bench.pay("PAY1", .failed)
    default: bench.advance(milliseconds: 900_000)
    }
    #expect(bench.bank.pay(bench.reference()).rejection != nil)
    try bench.behave(.successAfterClose, calls: 1)
    try bench.pay()
    #expect(await bench.ask(.query(facts)).capture?.amount == cny(5_800))
    #expect(bench.bank.pay(bench.reference()).rejection != nil)
  }

  @Test("already paid on close: the buyer is quicker, and the answer to the close says so")
  func alreadyPaidOnClose() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.behave(.alreadyPaidOnClose, calls: 1)
    let capture = await bench.ask(.close(facts)).capture
    #expect(capture?.amount == cny(5_800))
    #expect(await bench.ask(.query(facts)).capture == capture)
    #expect(bench.readings().compactMap(\.verified).count == 1)
  }

  @Test("rate limit: 429, nothing done, slow down")
  func rateLimit() async throws {
    let bench = try Bench()
    try bench.behave(.rateLimit, calls: 1)
    guard case .answered(let reason)? = await bench.ask(.create(bench.payment())).fault
    else {
      Issue.record("a 429 of the sandbox says that nothing was begun")
      return
    }
    #expect(reason.code == FaultCode.limited)
    #expect(try bench.trade() == nil)
  }

  @Test("a refund that returns has succeeded first; then a query and a notice say it came back")
  func refundReturned() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay(callback: .lose)
    try bench.behave(.refundReturned, calls: 1)
    guard
      case .succeeded(let amount, _, _)? = await bench.ask(.refund(facts, bench.refund())).refund
    else {
      Issue.record("at first it has succeeded")
      return
    }
    #expect(amount == cny(5_800))
    #expect(try bench.trade()?.status == .refunded)
    bench.advance(milliseconds: 2_000)
    guard case .returned? = await bench.ask(.refundQuery(facts, bench.refund())).refund else {
      Issue.record("later it has come back")
      return
    }
    let statement = bench.readings().first?.verified?.statements.first
    guard case .refund("RFD1", .returned)? = statement else {
      Issue.record("the merchant is told")
      return
    }
    #expect(try bench.trade()?.status == .paid)
    #expect(try bench.trade()?.refunded == cny(0))
  }

  @Test("what came back can be refunded again, under another number only")
  func refundAfterReturn() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay()
    try bench.behave(.refundReturned, calls: 1)
    _ = await bench.ask(.refund(facts, bench.refund()))
    bench.advance(milliseconds: 2_000)
    guard case .returned? = await bench.ask(.refund(facts, bench.refund())).refund else {
      Issue.record("the same number is the same refund")
      return
    }
    guard case .succeeded? = await bench.ask(.refund(facts, bench.refund("RFD2"))).refund else {
      Issue.record("the money is there again")
      return
    }
    #expect(try bench.trade()?.refunded == cny(5_800))
  }

  @Test("a fault ends with its time, with its last call, or by none", arguments: 0...2)
  func ends(_ how: Int) async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    switch how {
    case 0:
      _ = try bench.bank.behave(.notExistLie, forMilliseconds: 1_000).get()
      #expect(await bench.ask(.query(facts)).payment == .absent(provesClosed: false))
      bench.advance(milliseconds: 1_000)
    case 1:
      try bench.behave(.notExistLie, calls: 2)
      for _ in 0..<2 {
        #expect(await bench.ask(.query(facts)).payment == .absent(provesClosed: false))
      }
    default:
      try bench.behave(.notExistLie)
      #expect(await bench.ask(.query(facts)).payment == .absent(provesClosed: false))
      try bench.behave(nil)
    }
    guard case .unpaid? = await bench.ask(.query(facts)).payment else {
      Issue.record("the fault is over")
      return
    }
  }

  @Test("a call that a fault does not touch is none of its calls")
  func untouched() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.behave(.alreadyPaidOnClose, calls: 1)
    _ = await bench.ask(.query(facts))
    _ = await bench.ask(.check)
    #expect(await bench.ask(.close(facts)).capture != nil)
  }

  @Test("faults of one sandbox leave the other alone")
  func twoAccounts() async throws {
    let folder = try Bench.makeFolder()
    let names = ["one", "two"]
    let gateways = names.map { SandboxGateway(name: $0, secret: Bench.secret + $0) }
    let bank = try SandboxBank(
      path: folder.appending(path: "sandbox.db").path, accounts: gateways.map(\.account),
      clock: { Bench.start }, deliver: { _, _ in })
    #expect(bank.behave(.down).rejection?.code == .missingParam)
    #expect(bank.behave(gateway: "three", .down).rejection?.code == .gatewayNotFound)
    _ = try bank.behave(gateway: "one", .down).get()
    let results = await withTaskGroup(of: Result<GatewayAnswer, Fault>.self) { group in
      for gateway in gateways {
        group.addTask {
          guard
            case .exchange(let request)? = try? gateway.plan(
              .check, at: Timestamp(milliseconds: Bench.start))
          else { return .failure(.notSent(Reason(code: "none", text: "no plan"))) }
          return await withCheckedContinuation { continuation in
            bank.send(request) { continuation.resume(returning: $0) }
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.filter { $0.fault == nil }.count == 1)
  }
}
