import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Airwallex")
struct AirwallexTests {
  typealias Fixture = CardFixture

  private func intent(
    _ status: String, _ more: String = #","amount":19.99,"captured_amount":19.99"#,
    number: String = Fixture.number
  ) -> String {
    """
    {"id":"int_1","merchant_order_id":"\(number)","currency":"USD","status":"\(status)",
     "client_secret":"s"\(more)}
    """
  }

  private func signed(
    _ body: String, _ secret: String = Fixture.airwallexSecret, ageMilliseconds: Int64 = 0
  ) -> RawNotification {
    let at = Fixture.now.milliseconds - ageMilliseconds
    let code = HMACSHA256Key(utf8: secret).code(for: Array("\(at)\(body)".utf8))
    return Fixture.post(
      Array(body.utf8), [("x-timestamp", "\(at)"), ("x-signature", code.hex)])
  }

  private func refund(_ status: String) -> String {
    let number = GatewayFixture.refund().refundNumber
    return #"{"id":"rfd_1","status":"\#(status)","amount":5,"currency":"USD","#
      + #""payment_intent_id":"int_1","metadata":{"till_refund":"\#(number)"}}"#
  }

  @Test("amounts leave as numbers that are the text of the amount, never a nearest double")
  func amounts() throws {
    let cases = [("USD", 1999, "19.99"), ("USD", 10, "0.10"), ("JPY", 500, "500")]
    for (code, minor, text) in cases {
      let payment = Fixture.payment(GatewayFixture.money(code, Int64(minor)), method: "intent")
      let request = try GatewayFixture.request(Fixture.airwallex, .create(payment))
      #expect(try Fixture.body(request)["amount"]?.numberLiteral == text)
    }
  }

  @Test("amounts are read from the text of the number")
  func readAmounts() throws {
    let question = Question.query(Fixture.payment(method: "intent", id: "int_1"))
    let cases: [(String, Int64?)] = [
      ("19.99", 1999), ("19.9900000", 1999), ("0.1", 10), ("1e3", 100_000),
      ("19.999", nil), ("-1", nil), (#""19.99""#, nil),
    ]
    for (text, minor) in cases {
      let body = intent("SUCCEEDED", #","amount":\#(text),"captured_amount":\#(text)"#)
      guard let minor else {
        let fault = GatewayFixture.fault(
          Fixture.airwallex, GatewayFixture.answer(body), question)
        #expect(fault == "answered gateway_bad_reply", "\(text)")
        continue
      }
      guard case .paid(let capture)? = try Fixture.sighting(Fixture.airwallex, body, question)
      else { throw FixtureError("\(text) is paid") }
      #expect(capture.amount.minor == minor, "\(text)")
    }
  }

  @Test("a request id is the same for the same call, has the form of a UUID and tells calls apart")
  func requestIDs() {
    let one = AirwallexRequests.requestID("create", Fixture.number)
    #expect(one == AirwallexRequests.requestID("create", Fixture.number))
    #expect(one != AirwallexRequests.requestID("refund", Fixture.number))
    #expect(one.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
  }

  @Test("both generations of words mean the same")
  func generations() throws {
    let question = Question.refundQuery(
      Fixture.payment(method: "intent", id: "int_1", charge: "int_1"), GatewayFixture.refund())
    for status in ["SETTLED", "SUCCEEDED"] {
      let reading = try Fixture.airwallex.read(
        GatewayFixture.answer(refund(status)), to: question, at: Fixture.now)
      guard case .refund(.succeeded(let amount, "rfd_1", _)) = reading else {
        throw FixtureError("\(status) is a success")
      }
      #expect(amount == GatewayFixture.money("USD", 500))
    }
    for status in ["RECEIVED", "ACCEPTED", "PROCESSING"] {
      let reading = try Fixture.airwallex.read(
        GatewayFixture.answer(refund(status)), to: question, at: Fixture.now)
      guard case .refund(.processing(_, "rfd_1")) = reading else {
        throw FixtureError("\(status) waits, and has a number")
      }
    }
    for status in ["REQUIRES_CAPTURE", "CAPTURE_REQUIRED"] {
      let known = Question.query(Fixture.payment(method: "intent", id: "int_1"))
      guard case .processing? = try Fixture.sighting(Fixture.airwallex, intent(status), known)
      else { throw FixtureError("\(status) waits") }
    }
  }

  @Test("of several intents under our number the paid one counts")
  func several() throws {
    let rows = #"{"items":[{"id":"int_1","merchant_order_id":"\#(Fixture.number)","#
      + #""status":"CANCELLED"},{"id":"int_2","merchant_order_id":"\#(Fixture.number)","#
      + #""status":"SUCCEEDED"},{"id":"int_3","merchant_order_id":"PAY2","status":"SUCCEEDED"}]}"#
    let reading = try Fixture.airwallex.read(
      GatewayFixture.answer(rows), to: .query(Fixture.payment(method: "intent")),
      at: Fixture.now)
    guard case .next(let step) = reading else { throw FixtureError("the intent is read next") }
    #expect(step.request.url.hasSuffix("/int_2"))
    let none = try Fixture.airwallex.read(
      GatewayFixture.answer(#"{"items":[]}"#), to: .query(Fixture.payment(method: "intent")),
      at: Fixture.now)
    #expect(none == .payment(.absent(provesClosed: false)))
  }

  @Test("the list of disputes is read to its last page before the place moves to the newest")
  func pagesOfDisputes() throws {
    func page(_ second: Int, _ after: String?, cursor: String?) throws -> CatchUpPage {
      let row = #"{"id":"dis_\#(second)","amount":19.99,"currency":"USD","stage":"RFI","#
        + #""status":"REQUIRES_RESPONSE","payment_intent_id":"int_\#(second)","#
        + #""updated_at":"2026-11-16T08:00:0\#(second)+0000"}"#
      let mark = after.map { #","page_after":"\#($0)""# } ?? ""
      let reading = try Fixture.airwallex.read(
        GatewayFixture.answer(#"{"items":[\#(row)]\#(mark)}"#),
        to: .catchUp(CatchUpFacts(cursor: cursor, since: Fixture.now)), at: Fixture.now)
      guard case .happened(let page) = reading else { throw FixtureError("it is a page") }
      return page
    }
    func address(_ cursor: String?) throws -> String {
      try GatewayFixture.request(
        Fixture.airwallex, .catchUp(CatchUpFacts(cursor: cursor, since: Fixture.now)),
        at: Fixture.now
      ).url
    }
    let first = try page(9, "a+b", cursor: "2026-11-16T08:00:00Z")
    #expect(first.hasMore && first.items.count == 1)
    #expect(
      try address(first.cursor).hasSuffix("from_updated_at=2026-11-16T08%3A00%3A00Z&page=a%2Bb"))
    let last = try page(3, nil, cursor: first.cursor)
    #expect(last.cursor == "2026-11-16T08:00:09Z" && !last.hasMore)
    #expect(try address(last.cursor).hasSuffix("from_updated_at=2026-11-16T08%3A00%3A09Z"))
  }

  @Test("a notice counts with the secret, the body and the time that it was signed with")
  func notices() {
    let body =
      #"{"id":"evt_1","name":"payment_intent.succeeded","data":{"object":"#
      + intent("SUCCEEDED") + "}}"
    let good = Fixture.airwallex.readNotification(signed(body), at: Fixture.now).notice
    #expect(good?.payment == .outTradeNumber(Fixture.number))
    #expect(good?.strength == .signedNotice)
    func refused(_ raw: RawNotification) -> String? {
      Fixture.airwallex.readNotification(raw, at: Fixture.now).rejection
    }
    #expect(refused(signed(body, "whsec_other")) == "wrong_signature")
    #expect(refused(signed(body, ageMilliseconds: 300_001)) == "too_old")
    #expect(refused(signed(body, ageMilliseconds: -300_001)) == "too_old")
    let headers = signed(body).headers.map { ($0.name, $0.value) }
    let changed = Array(body.replacing("19.99", with: "0.01").utf8)
    #expect(refused(Fixture.post(changed, headers)) == "wrong_signature")
    #expect(refused(Fixture.post(Array(body.utf8), [headers[1]])) == "wrong_signature")
  }
}
