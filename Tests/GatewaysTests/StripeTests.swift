import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

/// The published HMACs are those of Stripe's Node library, the objects of its OpenAPI files.
@Suite("Stripe")
struct StripeTests {
  typealias Fixture = CardFixture

  private static let vectors = GatewayFixture.vectors("stripe-published.json")

  private func published(_ name: String) throws -> JSONObject {
    try #require(Self.vectors["objects"]?["resources"]?[name]?.objectValue)
  }

  private func signed(
    _ body: String, _ secret: String = Fixture.stripeSecrets[0], ageSeconds: Int64 = 0
  ) -> RawNotification {
    let at = Fixture.now.milliseconds / 1000 - ageSeconds
    let code = HMACSHA256Key(utf8: secret).code(for: Array("\(at).\(body)".utf8))
    let header = "t=\(at),v0=\(String(repeating: "0", count: 64)),v1=\(code.hex)"
    return Fixture.post(Array(body.utf8), [("Stripe-Signature", header)])
  }

  private func event(_ object: String, live: Bool = false) -> String {
    #"{"id":"evt_1","type":"t","livemode":\#(live),"data":{"object":\#(object)}}"#
  }

  private func page(_ members: String) -> String {
    """
    {"object":"checkout.session","id":"cs_1","livemode":false,"currency":"usd",
     "metadata":{"till_payment":"\(Fixture.number)"},\(members)}
    """
  }

  @Test("codes of Stripe's own library are taken, and no others")
  func publishedCodes() throws {
    let hmac = try #require(Self.vectors["hmac"]?.objectValue)
    let key = HMACSHA256Key(utf8: try #require(hmac["secret"]?.stringValue))
    let cases = try #require(hmac["cases"]?.arrayValue)
    #expect(cases.count == 3)
    for one in cases {
      let payload = Array(try #require(one["payload"]?.stringValue).utf8)
      let code = try Hex.decode(try #require(one["hex"]?.stringValue))
      #expect(key.isValid(code, for: payload))
      #expect(!key.isValid(code, for: payload + [0x20]))
    }
  }

  @Test("published objects are read as what they are")
  func publishedObjects() throws {
    guard case .unpaid(let action, "pi_1PgafyB7WZ01zgkWSjxsAJo3")? = StripeObjects.intent(
      try published("payment_intent"))
    else { throw FixtureError("an intent without a card is unpaid") }
    #expect(action?.kind == .clientSecret)
    guard case .unpaid(let link, _)? = StripeObjects.session(try published("checkout.session"))
    else { throw FixtureError("an open page is unpaid") }
    #expect(link?.value.hasPrefix("https://checkout.stripe.com/") ?? false)
    guard case .succeeded(let amount, _, _)? = StripeObjects.refund(try published("refund")) else {
      throw FixtureError("the refund went through")
    }
    #expect(amount == GatewayFixture.money("USD", 100))
    let dispute = try #require(StripeObjects.dispute(try published("dispute")))
    #expect(dispute.status == .warning)
    #expect(dispute.dueAt == Timestamp(milliseconds: 1_723_679_999_000))
  }

  @Test("a create is the same bytes each time, under one key and the pinned version")
  func create() throws {
    let first = try GatewayFixture.request(Fixture.stripe, .create(Fixture.payment()))
    let later = Fixture.now.adding(milliseconds: 3_600_000)
    let again = try GatewayFixture.request(
      Fixture.stripe, .query(Fixture.payment()), at: later)
    #expect(first == again)
    let pairs = try GatewayFixture.pairs(first)
    #expect(pairs["line_items[0][price_data][unit_amount]"] == "1999")
    #expect(pairs["payment_intent_data[metadata][till_payment]"] == Fixture.number)
    let headers = first.headers.map { "\($0.name): \($0.value)" }
    #expect(headers.contains("Idempotency-Key: till-create-\(Fixture.number)"))
    #expect(headers.contains("Stripe-Version: \(StripeSettings.version)"))
    // A day later the key is forgotten, and making it again would make something new.
    let tomorrow = Fixture.now.adding(milliseconds: 86_400_000)
    let search = try GatewayFixture.request(
      Fixture.stripe, .query(Fixture.payment()), at: tomorrow)
    #expect(search.method == "GET" && search.url.contains("/v1/payment_intents/search?"))
  }

  @Test("a page that was gone through is paid only where its payment is")
  func completed() throws {
    let question = Question.query(Fixture.payment(id: "cs_1"))
    let paid = #""status":"complete","payment_status":"paid","amount_total":1999"#
    guard case .paid(let capture)? = try Fixture.sighting(
      Fixture.stripe, page(paid + #","payment_intent":"pi_1""#), question)
    else { throw FixtureError("it is paid") }
    #expect(capture.amount == GatewayFixture.money("USD", 1999))
    #expect(capture.gatewayTransaction == "pi_1")
    guard case .processing? = try Fixture.sighting(
      Fixture.stripe, page(#""status":"complete","payment_status":"unpaid""#), question)
    else { throw FixtureError("a delayed method is at work") }
    let intent = #"{"id":"pi_1","status":"requires_payment_method"}"#
    guard case .failed? = try Fixture.sighting(
      Fixture.stripe, page(#""status":"complete","payment_intent":\#(intent)"#), question)
    else { throw FixtureError("a delayed method has failed") }
    for status in ["requires_action", "requires_confirmation", "processing"] {
      let voucher = #"{"id":"pi_1","status":"\#(status)"}"#
      let body = page(
        #""status":"complete","payment_status":"unpaid","payment_intent":\#(voucher)"#)
      guard case .processing? = try Fixture.sighting(Fixture.stripe, body, question) else {
        throw FixtureError("the buyer holds a voucher: \(status)")
      }
    }
    #expect(
      GatewayFixture.fault(
        Fixture.stripe, GatewayFixture.answer(page(paid).replacing(Fixture.number, with: "PAY2")),
        question) == "answered gateway_bad_reply")
  }

  @Test("both secrets of a webhook count, a v0, a stranger and another time do not")
  func notices() throws {
    let open = page(#""status":"open","url":"https://checkout.stripe.com/c","expires_at":1"#)
    let body = event(open)
    for secret in Fixture.stripeSecrets {
      let notice = Fixture.stripe.readNotification(signed(body, secret), at: Fixture.now).notice
      #expect(notice?.payment == .outTradeNumber(Fixture.number))
      #expect(notice?.strength == .signedNotice)
    }
    func refused(_ raw: RawNotification) -> String? {
      Fixture.stripe.readNotification(raw, at: Fixture.now).rejection
    }
    #expect(refused(signed(body, "whsec_third")) == "wrong_signature")
    #expect(refused(signed(body, ageSeconds: 301)) == "too_old")
    #expect(refused(signed(body, ageSeconds: -301)) == "too_old")
    #expect(refused(signed(event(open, live: true))) == "other_environment")
    let good = signed(body)
    let changed = Array(body.replacing("cs_1", with: "cs_2").utf8)
    #expect(
      refused(Fixture.post(changed, good.headers.map { ($0.name, $0.value) }))
        == "wrong_signature")
    let onlyOld = good.headers[0].value.replacing("v1=", with: "v2=")
    #expect(refused(Fixture.post(good.body, [("Stripe-Signature", onlyOld)])) == "wrong_signature")
    #expect(refused(Fixture.post(good.body, [])) == "wrong_signature")
  }

  @Test("keys in the wrong place are named")
  func settings() {
    func refusal(_ member: String, _ file: String) -> String {
      GatewayFixture.refusal(
        "stripe", GatewayFixture.setting(member, .string(file), in: Fixture.stripeFields),
        files: Fixture.stripeFiles)
    }
    #expect(refusal("secret_key_file", "publishable").contains("publishable key"))
    #expect(refusal("secret_key_file", "hook").contains("one line"))
    #expect(refusal("webhook_secret_file", "key").contains("whsec_"))
    #expect(refusal("secret_key_file", "live").isEmpty)
  }
}
