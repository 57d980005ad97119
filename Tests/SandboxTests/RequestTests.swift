import Domain
import Gateways
import Sandbox
import Testing

@Suite("what the bank takes for a merchant's request")
struct RequestTests {
  @Test("no bit of a request can be changed: the bank does nothing")
  func tamper() async throws {
    let bench = try Bench()
    let request = try plan(bench, .create(bench.payment()))
    for place in stride(from: 0, to: request.body.count, by: 3) {
      var body = request.body
      body[place] ^= 1 << (place % 8)
      #expect(try await bench.send(changed(request, body: body)).get().status == 401)
    }
    for name in [SandboxSeal.timestampHeader, SandboxSeal.signatureHeader] {
      let others = request.headers.filter { $0.name != name }
      #expect(try await bench.send(changed(request, headers: others)).get().status == 401)
      let zero = others + [Header(name, "0")]
      #expect(try await bench.send(changed(request, headers: zero)).get().status == 401)
    }
    #expect(try bench.bank.books().get().isEmpty)
    #expect(try await bench.send(request).get().status == 200)
  }

  @Test("a request for one operation is none for another")
  func otherOperation() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    let query = try plan(bench, .query(facts))
    for operation in ["create", "close", "refund", "refund_query", "check"] {
      let sent = changed(query, url: "sandbox://bank/\(operation)")
      #expect(try await bench.send(sent).get().status == 401)
    }
    #expect(try bench.trade()?.status == .waiting)
  }

  @Test("an old request, or one from the future, is refused for its clock")
  func clock() async throws {
    let bench = try Bench()
    let request = try plan(bench, .create(bench.payment()))
    for gap in [300_001, -600_002] as [Int64] {
      bench.advance(milliseconds: gap)
      let answer = try await bench.send(request).get()
      #expect(answer.status == 401)
      #expect(String(decoding: answer.body, as: UTF8.self) == #"{"code":"clock_off"}"#)
    }
    #expect(try bench.bank.books().get().isEmpty)
  }

  @Test("a stranger, another address and another method get no further than the door")
  func door() async throws {
    let bench = try Bench()
    let request = try plan(bench, .check)
    let others = request.headers.filter { $0.name != SandboxSeal.merchantHeader }
    let stranger = others + [Header(SandboxSeal.merchantHeader, "stranger")]
    #expect(try await bench.send(changed(request, headers: others)).get().status == 401)
    #expect(try await bench.send(changed(request, headers: stranger)).get().status == 401)
    for url in ["sandbox://bank/", "sandbox://bank/pay", "sandbox://other/check", "https://bank"] {
      #expect(try await bench.send(changed(request, url: url)).get().status == 404)
    }
    #expect(try await bench.send(changed(request, method: "GET")).get().status == 404)
    #expect(try bench.bank.calls(gateway: "sandbox").get().isEmpty)
  }

  @Test("sealed and still not of its form: refused, and each refusal is final where it may be")
  func form() async throws {
    let bench = try Bench()
    let facts = bench.payment()
    let bodies = [
      #"{"merchant":"sandbox"}"#,
      #"{"merchant":"sandbox","out_trade_no":"PAY-1","amount":{"currency":"CNY","minor":1},"#
        + #""method":"qr","expires_at":9999999999999}"#,
      #"{"merchant":"sandbox","out_trade_no":"PAY1","amount":{"currency":"CNY","minor":0},"#
        + #""method":"qr","expires_at":9999999999999}"#,
      #"{"merchant":"sandbox","out_trade_no":"PAY1","amount":{"currency":"CNY","minor":1},"#
        + #""method":"card","expires_at":9999999999999}"#,
    ]
    for body in bodies {
      let answer = try await bench.send(sealed(bench, body)).get()
      #expect(answer.status == 200)
      #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix(#"{"code":"bad_request""#))
    }
    #expect(try await bench.send(sealed(bench, "{")).get().status == 400)
    guard
      case .answered? = bench.read(
        try await bench.send(sealed(bench, "{")).get(), to: .create(facts)
      ).fault
    else {
      Issue.record("a front end's refusal is no fact about a payment")
      return
    }
    #expect(try bench.bank.books().get().isEmpty)
  }

  @Test("many exchanges at once are all answered, each about its own payment")
  func crowd() async throws {
    let bench = try Bench()
    let sightings = await withTaskGroup(of: (Int, PaymentSighting?).self) { group in
      for index in 0..<300 {
        group.addTask {
          let facts = bench.payment("PAY\(index)", Int64(index + 1))
          return (index, await bench.ask(.create(facts)).payment)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sightings.count == 300)
    let trades = try bench.bank.books().get()
    #expect(trades.count == 300)
    for (index, sighting) in sightings {
      let trade = trades.first { $0.outTradeNumber == "PAY\(index)" }
      #expect(trade?.amount == cny(Int64(index + 1)))
      guard case .unpaid(let action?, _)? = sighting else {
        Issue.record("PAY\(index) was opened")
        continue
      }
      #expect(action.value == "sandbox://pay/\(trade?.transaction ?? "")")
    }
  }

  private func plan(_ bench: Bench, _ question: Question) throws -> GatewayRequest {
    guard case .exchange(let request) = try bench.gateway.plan(question, at: bench.now) else {
      preconditionFailure("the sandbox is called")
    }
    return request
  }

  private func changed(
    _ request: GatewayRequest, method: String? = nil, url: String? = nil,
    headers: [Header]? = nil, body: [UInt8]? = nil
  ) -> GatewayRequest {
    GatewayRequest(
      method: method ?? request.method, url: url ?? request.url,
      headers: headers ?? request.headers, body: body ?? request.body)
  }

  private func sealed(_ bench: Bench, _ body: String) -> GatewayRequest {
    let bytes = Array(body.utf8)
    return GatewayRequest(
      method: "POST", url: "sandbox://bank/create",
      headers: [Header(SandboxSeal.merchantHeader, "sandbox")]
        + bench.gateway.account.seal.headers(sealing: bytes, as: .request(.create), at: bench.now),
      body: bytes)
  }
}
