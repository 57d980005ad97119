import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("sandbox: requests")
struct SandboxRequestTests {
  @Test("a create, to the byte")
  func createBytes() throws {
    let request = try request(.create(SandboxFixture.payment))
    #expect(request.method == "POST")
    #expect(request.url == "sandbox://bank/create")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"merchant":"sandbox","out_trade_no":"PAY1","amount":{"currency":"CNY","#
        + #""minor":5800},"method":"qr","subject":"会员","expires_at":1795248900000}"#)
  }

  @Test("a refund, to the byte")
  func refundBytes() throws {
    let request = try request(.refund(SandboxFixture.payment, SandboxFixture.refund))
    #expect(request.url == "sandbox://bank/refund")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"merchant":"sandbox","out_trade_no":"PAY1","refund_no":"RFD1","#
        + #""amount":{"currency":"CNY","minor":1000}}"#)
  }

  @Test("the signature is HMAC-SHA256 over speech, time and body")
  func signature() throws {
    let request = try request(.query(SandboxFixture.payment))
    #expect(
      request.headers == [
        Header("Content-Type", "application/json"), Header("Accept", "application/json"),
        Header("Sandbox-Merchant", "sandbox"), Header("Sandbox-Timestamp", "1795248000000"),
        // Made with another implementation:
        // printf 'request query\n1795248000000\n%s' "$body" | openssl dgst -sha256 -hmac "$secret"
        Header(
          "Sandbox-Signature",
          "12b93c196c390cd6e0724336525a9ac587d186baa43a46b5b71ab9af8e50522a"),
      ])
  }

  @Test("every question has an operation of its own")
  func operations() throws {
    let urls = try SandboxFixture.questions.map { try request($0).url }
    #expect(
      urls == SandboxOperation.allCases.map { "sandbox://bank/\($0.rawValue)" })
  }

  @Test("what the sandbox cannot do is not sent")
  func notSent() {
    let facts = SandboxFixture.payment
    let others = [
      changed(facts, method: "card"), changed(facts, amount: SandboxFixture.money(0)),
      changed(facts, amount: SandboxFixture.money(Int64(Limits.amountMinor) + 1)),
      changed(facts, expiresAt: SandboxFixture.now),
    ]
    for other in others {
      #expect(throws: Fault.self) { try request(.create(other)) }
    }
  }

  @Test("any currency of the table is taken, in whole minor units")
  func currencies() throws {
    for code in ["CNY", "USD", "JPY", "KWD"] {
      let facts = changed(SandboxFixture.payment, amount: SandboxFixture.money(1, code))
      #expect(try request(.create(facts)).body.isEmpty == false)
    }
    #expect(SandboxFixture.gateway.capabilities.currencies.isEmpty)
  }

  @Test("the capabilities say that no real money moves")
  func capabilities() {
    let capabilities = SandboxFixture.gateway.capabilities
    #expect(!capabilities.isReal)
    #expect(capabilities.methods.map(\.name) == ["qr", "redirect"])
    #expect(capabilities.noticeStrength == .signedNotice)
    #expect(SandboxFixture.gateway.secrets == ["0123456789abcdef0123456789abcdef"])
  }

  @Test("the registry makes one from its secret file, and refuses what is not right")
  func registry() throws {
    let made = try GatewayRegistry.make(settings([], file: "0123456789abcdef\n"))
    #expect(made.kind == "sandbox")
    #expect(made.secrets == ["0123456789abcdef"])
    _ = try GatewayRegistry.make(
      settings([("secret_file", .string("other.key"))], file: "0123456789abcdef", path: "other.key")
    )
    for file in ["", "0123456789abcde", "0123456789abcdef 0", "0123456789abcdef\nx"] {
      #expect(throws: GatewaySettingsError.self) {
        try GatewayRegistry.make(settings([], file: file))
      }
    }
    #expect(throws: GatewaySettingsError.self) {
      try GatewayRegistry.make(settings([("secret", .string("x"))], file: "0123456789abcdef"))
    }
  }

  private func settings(
    _ fields: [(String, JSONValue)], file: String, path: String = "sandbox.key"
  ) -> GatewaySettings {
    GatewaySettings(name: "practice", kind: "sandbox", fields: JSONObject(fields)) {
      asked throws(GatewaySettingsError) in
      guard asked == path else {
        throw GatewaySettingsError(member: nil, text: "there is no file \(asked)")
      }
      return Array(file.utf8)
    }
  }

  private func request(_ question: Question) throws -> GatewayRequest {
    guard
      case .exchange(let request) = try SandboxFixture.gateway.plan(
        question, at: SandboxFixture.now)
    else { preconditionFailure("the sandbox is always called") }
    return request
  }

  private func changed(
    _ facts: PaymentFacts, amount: Money? = nil, method: String? = nil,
    expiresAt: Timestamp? = nil
  ) -> PaymentFacts {
    PaymentFacts(
      outTradeNumber: facts.outTradeNumber, amount: amount ?? facts.amount,
      subject: facts.subject, method: method ?? facts.method, returnURL: nil, clientIP: nil,
      createdAt: facts.createdAt, expiresAt: expiresAt ?? facts.expiresAt,
      gatewayTransaction: nil)
  }
}
