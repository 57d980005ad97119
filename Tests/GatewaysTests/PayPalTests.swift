import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

/// The published signing text is that of PayPal's own Python and Ruby libraries.
@Suite("PayPal")
struct PayPalTests {
  typealias Fixture = CardFixture

  private static let vectors = GatewayFixture.vectors("paypal-published.json")
  private static let certificate =
    "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77"

  private func order(_ status: String, _ more: String = "", number: String = Fixture.number)
    -> String
  {
    """
    {"id":"EC1","status":"\(status)","purchase_units":[{"custom_id":"\(number)"\(more)}],
     "links":[{"rel":"payer-action","href":"https://www.paypal.com/checkoutnow?token=EC1"}]}
    """
  }

  private func captured(_ status: String) -> String {
    #","payments":{"captures":[{"id":"CAP1","status":"\#(status)","#
      + #""amount":{"currency_code":"USD","value":"19.99"}}]}"#
  }

  private func signed(
    _ body: String, with key: RSAPrivateKey = GatewayFixture.gatewayKey,
    webhook: String = Fixture.webhookID, time: String = "2026-11-21T08:00:00Z",
    certificate: String = PayPalTests.certificate
  ) throws -> RawNotification {
    let bytes = Array(body.utf8)
    let message = PayPalNotices.message(id: "n1", time: time, webhook: webhook, body: bytes)
    let code = try key.signature(for: message, .sha256WithRSA)
    return Fixture.post(
      bytes,
      [
        ("PAYPAL-TRANSMISSION-ID", "n1"), ("PAYPAL-TRANSMISSION-TIME", time),
        ("PAYPAL-TRANSMISSION-SIG", Base64.encode(code)), ("PAYPAL-CERT-URL", certificate),
        ("PAYPAL-AUTH-ALGO", "SHA256withRSA"),
      ])
  }

  private var event: String {
    #"{"id":"WH-1","event_type":"CHECKOUT.ORDER.APPROVED","resource":"#
      + order("APPROVED") + "}"
  }

  @Test("the text that a notice signs is the published one")
  func publishedText() throws {
    let vectors = Self.vectors
    let headers = try #require(vectors["headers"]?.objectValue)
    let body = Array(try #require(vectors["raw_body"]?.stringValue).utf8)
    #expect(
      Int64(CRC32.checksum(body)) == vectors["expected"]?["crc32_decimal"]?.integerValue)
    let message = PayPalNotices.message(
      id: try #require(headers["PAYPAL-TRANSMISSION-ID"]?.stringValue),
      time: try #require(headers["PAYPAL-TRANSMISSION-TIME"]?.stringValue),
      webhook: try #require(vectors["webhook_id"]?.stringValue), body: body)
    #expect(
      String(decoding: message, as: UTF8.self)
        == vectors["expected"]?["signing_string"]?.stringValue)
    #expect(
      PayPalNotices.isCertificateAddress(
        try #require(headers["PAYPAL-CERT-URL"]?.stringValue)))
  }

  @Test("only a folder of PayPal's own hosts names a certificate")
  func certificateAddresses() {
    let bad = [
      "http://api.paypal.com/v1/notifications/certs/CERT-1",
      "https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1",
      "https://evil.example/v1/notifications/certs/CERT-1",
      "https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1",
      "https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
      "https://api.paypal.com/v1/notifications/certs/../../x",
      "https://api.paypal.com/v1/notifications/certs/CERT-1?x=1",
      "https://api.paypal.com/other/CERT-1", "CERT-1", "",
    ]
    for address in bad { #expect(!PayPalNotices.isCertificateAddress(address), "\(address)") }
  }

  @Test("a signed notice wakes a question and says nothing itself")
  func notices() throws {
    let good = Fixture.paypal.readNotification(try signed(event), at: Fixture.now)
    #expect(good.notice?.payment == .outTradeNumber(Fixture.number))
    #expect(good.notice?.statements == [.somethingHappened])
    #expect(good.notice?.strength == .weakNotice)
    let disputed = #"{"id":"WH-2","event_type":"CUSTOMER.DISPUTE.CREATED","resource":"#
      + #"{"dispute_id":"PP-1","disputed_transactions":[{"seller_transaction_id":"C1"}]}}"#
    let hint = Fixture.paypal.readNotification(try signed(disputed), at: Fixture.now).notice
    #expect(hint?.payment == .gatewayTransaction("C1"))
    #expect(hint?.statements == [.disputeHappened])
    func refused(_ raw: RawNotification) -> String? {
      Fixture.paypal.readNotification(raw, at: Fixture.now).rejection
    }
    #expect(refused(try signed(event, with: GatewayFixture.strangerKey)) == "wrong_signature")
    #expect(refused(try signed(event, webhook: "1JE4291016473214C")) == "wrong_signature")
    #expect(refused(try signed(event, time: "2026-11-16T08:00:00Z")) == "too_old")
    #expect(refused(try signed(event, certificate: "https://evil.example/c")) == "wrong_signature")
    let raw = try signed(event)
    let changed = Array(event.replacing("APPROVED", with: "VOIDED").utf8)
    #expect(
      refused(Fixture.post(changed, raw.headers.map { ($0.name, $0.value) }))
        == "wrong_signature")
  }

  @Test("an event of the list is taken once, and none of its second is missed")
  func eventsOnce() throws {
    func event(_ id: String, _ second: Int) -> String {
      #"{"id":"\#(id)","create_time":"2026-11-16T08:00:0\#(second)Z","event_type":"#
        + #""CUSTOMER.DISPUTE.CREATED","resource":{"disputed_transactions":"#
        + #"[{"seller_transaction_id":"C-\#(id)"}]}}"#
    }
    func page(_ events: [String], after cursor: String?) throws -> CatchUpPage {
      let text = #"{"events":[\#(events.joined(separator: ","))]}"#
      let answer = GatewayAnswer(status: 200, headers: [], body: Array(text.utf8))
      let question = Question.catchUp(CatchUpFacts(cursor: cursor, since: Fixture.now))
      guard case .happened(let page) = try Fixture.paypal.read(answer, to: question, at: Fixture.now)
      else { throw FixtureError("it is a page") }
      return page
    }
    let first = try page([event("WH-2", 5), event("WH-1", 3)], after: nil)
    #expect(first.cursor == "2026-11-16T08:00:05Z WH-2" && first.items.count == 2)
    let facts = CatchUpFacts(cursor: first.cursor, since: Fixture.now)
    guard case .exchange(let request) = try Fixture.paypal.plan(.catchUp(facts), at: Fixture.now)
    else { throw FixtureError("PayPal is asked") }
    #expect(request.url.hasSuffix("&start_time=2026-11-16T08%3A00%3A05Z"))
    let second = try page([event("WH-3", 5), event("WH-2", 5)], after: first.cursor)
    #expect(second.items.map(\.payment) == [.gatewayTransaction("C-WH-3")])
    #expect(second.items.map(\.statements) == [[.disputeHappened]])
    #expect(second.cursor == "2026-11-16T08:00:05Z WH-2 WH-3")
    let third = try page([event("WH-4", 6), event("WH-3", 5)], after: second.cursor)
    #expect(third.items.count == 1 && third.cursor == "2026-11-16T08:00:06Z WH-4")
    #expect(try page([], after: third.cursor).cursor == third.cursor)
    // As it was kept before events were named.
    let old = try page([event("WH-4", 6)], after: "2026-11-16T08:00:06Z")
    #expect(old.items.count == 1 && old.cursor == third.cursor)
  }

  private func eventsPage(_ ids: ClosedRange<Int>, next: String? = nil) -> String {
    let events = ids.reversed().map {
      #"{"id":"WH-\#($0)","create_time":"2026-11-16T08:00:0\#($0)Z","event_type":"#
        + #""CUSTOMER.DISPUTE.CREATED","resource":{"disputed_transactions":"#
        + #"[{"seller_transaction_id":"C-\#($0)"}]}}"#
    }
    let links = next.map { #"{"rel":"self","href":"x"},{"rel":"next","href":"\#($0)"}"# } ?? ""
    return #"{"events":[\#(events.joined(separator: ","))],"links":[\#(links)]}"#
  }

  private func events(
    _ text: String, after cursor: String?, status: Int = 200
  ) throws -> CatchUpPage {
    let answer = GatewayAnswer(status: status, headers: [], body: Array(text.utf8))
    let question = Question.catchUp(CatchUpFacts(cursor: cursor, since: Fixture.now))
    guard case .happened(let page) = try Fixture.paypal.read(answer, to: question, at: Fixture.now)
    else { throw FixtureError("it is a page") }
    return page
  }

  private func address(after cursor: String?) throws -> String {
    let facts = CatchUpFacts(cursor: cursor, since: Fixture.now)
    guard case .exchange(let request) = try Fixture.paypal.plan(.catchUp(facts), at: Fixture.now)
    else { throw FixtureError("PayPal is asked") }
    return request.url
  }

  @Test("the list of events is read to its last page before the place moves to the newest")
  func pagesOfEvents() throws {
    let path = "/v1/notifications/webhooks-events"
    let link = "https://api.sandbox.paypal.com\(path)?start_time=a%3Ab&i="
    let start = "2026-11-16T08:00:00Z WH-0"
    let first = try events(eventsPage(7...9, next: link + "1"), after: start)
    #expect(first.items.count == 3 && first.hasMore)
    let base = PayPalSettings.productionURL + path
    #expect(try address(after: first.cursor) == base + "?start_time=a%3Ab&i=1")
    let second = try events(eventsPage(4...6, next: link + "2"), after: first.cursor)
    #expect(second.items.count == 3 && second.hasMore)
    let third = try events(eventsPage(1...3), after: second.cursor)
    #expect(third.items.map(\.payment).contains(.gatewayTransaction("C-1")) && !third.hasMore)
    #expect(third.cursor == "2026-11-16T08:00:09Z WH-9")
    #expect(try address(after: third.cursor).hasSuffix("start_time=2026-11-16T08%3A00%3A09Z"))
    // A list that links on for ever ends with an empty page, or with one that leads to itself.
    let empty = #"{"events":[],"links":[{"rel":"next","href":"\#(link)3"}]}"#
    #expect(try events(empty, after: second.cursor).cursor == third.cursor)
    let same = try events(eventsPage(1...3, next: link + "2"), after: second.cursor)
    #expect(same.cursor == third.cursor && !same.hasMore)
    // Where a link has died the look begins again, and nothing is passed over.
    let gone = try events(
      #"{"name":"INVALID_REQUEST","details":[{"issue":"INVALID_PARAMETER_VALUE"}]}"#,
      after: second.cursor, status: 400)
    #expect(gone.cursor == start && gone.items.isEmpty && !gone.hasMore)
    // Nothing but the list itself is followed.
    for other in ["https://evil.example/x?y=1", "http://evil.example\(path)?y=1", "x", link + " "] {
      let page = try events(eventsPage(1...3, next: other), after: start)
      #expect(page.cursor == "2026-11-16T08:00:03Z WH-3" && !page.hasMore, "\(other)")
    }
  }

  @Test("one look takes a bounded number of pages, and the next one goes on where it stopped")
  func boundedLook() throws {
    var page = try events(
      eventsPage(9...9, next: "https://x.example/v1/notifications/webhooks-events?i=1"), after: nil)
    var pages = 1
    while page.hasMore {
      pages += 1
      let next = "https://x.example/v1/notifications/webhooks-events?i=\(pages)"
      page = try events(eventsPage(5...5, next: next), after: page.cursor)
    }
    #expect(pages == ListPlace.pagesPerLook)
    #expect(try address(after: page.cursor).hasSuffix("/webhooks-events?i=\(pages)"))
    let last = "https://x.example/v1/notifications/webhooks-events?i=a"
    let on = try events(eventsPage(4...4, next: last), after: page.cursor)
    #expect(on.hasMore)
    #expect(try events(eventsPage(3...3), after: on.cursor).cursor == "2026-11-16T08:00:09Z WH-9")
  }

  @Test("without a pinned certificate PayPal is asked about the notice, byte by byte")
  func proofs() throws {
    let body = #"{"id":"WH-1","amount":1.0,  "event_type":"CHECKOUT.ORDER.APPROVED","#
      + #""resource":{"id":"EC1"},"empty":{}}"#
    let raw = try signed(body)
    let fields = Fixture.paypalFields.filter { $0.0 != "webhook_certificate_file" }
    let gateway = GatewayFixture.gateway("paypal", fields, files: Fixture.paypalFiles)
    guard case .unproven(let said) = gateway.readNotification(raw, at: Fixture.now) else {
      throw FixtureError("it proves nothing by itself")
    }
    #expect(said.payment == .gatewayPayment("EC1"))
    guard case .exchange(let request) = try gateway.plan(.notice(raw), at: Fixture.now) else {
      throw FixtureError("PayPal is asked")
    }
    #expect(request.url.hasSuffix("/v1/notifications/verify-webhook-signature"))
    #expect(request.needsToken)
    let sent = String(decoding: request.body, as: UTF8.self)
    #expect(sent.hasSuffix(#","webhook_event":"# + body + "}"))
    let members = try JSONReader.read(request.body, profile: .document).objectValue
    #expect(members?["auth_algo"]?.stringValue == "SHA256withRSA")
    #expect(members?["webhook_id"]?.stringValue == Fixture.webhookID)

    func read(_ status: Int, _ text: String) -> Result<GatewayReading, Fault> {
      let answer = GatewayAnswer(status: status, headers: [], body: Array(text.utf8))
      do throws(Fault) {
        return .success(try gateway.read(answer, to: .notice(raw), at: Fixture.now))
      } catch { return .failure(error) }
    }
    #expect(read(200, #"{"verification_status":"SUCCESS"}"#) == .success(.notice(.genuine)))
    for (status, text) in [
      (200, #"{"verification_status":"FAILURE"}"#), (400, #"{"name":"VALIDATION_ERROR"}"#),
    ] {
      guard case .success(.notice(.forged(let reason))) = read(status, text) else {
        throw FixtureError("\(text) says that it is forged")
      }
      #expect(reason.code == "wrong_signature")
    }
    for (status, text) in [
      (200, "{}"), (200, #"{"verification_status":"MAYBE"}"#), (403, "{}"), (500, "{}"),
      (429, "{}"),
    ] {
      guard case .failure = read(status, text) else { throw FixtureError("\(text) says nothing") }
    }
  }

  @Test("an approved order is captured once, and only while it is wanted")
  func capture() throws {
    let wanted = Question.query(Fixture.payment(id: "EC1"))
    let answer = GatewayFixture.answer(order("APPROVED"))
    guard case .next(let step) = try Fixture.paypal.read(answer, to: wanted, at: Fixture.now)
    else { throw FixtureError("a capture follows") }
    #expect(step.movesMoney)
    #expect(step.request.url.hasSuffix("/v2/checkout/orders/EC1/capture"))
    #expect(
      step.request.headers.contains { $0.value == "till-capture-\(Fixture.number)" })
    let over = Question.query(Fixture.payment(id: "EC1", isWanted: false))
    guard case .closed? = try Fixture.sighting(Fixture.paypal, order("APPROVED"), over) else {
      throw FixtureError("what was never captured is closed")
    }
    // A capture that left a minute ago may still be at work.
    let lately = Question.query(
      Fixture.payment(
        id: "EC1", isWanted: false, takenAt: Fixture.now.adding(milliseconds: -60_000)))
    guard case .unpaid? = try Fixture.sighting(Fixture.paypal, order("APPROVED"), lately) else {
      throw FixtureError("it is waited for")
    }
  }

  @Test("of several disputes the two newest are read, not only the newest")
  func severalDisputes() throws {
    let asked = Question.query(Fixture.payment(id: "EC1", charge: "CAP1"))
    func read(_ text: String, _ step: String) throws -> GatewayReading {
      try Fixture.paypal.read(
        GatewayFixture.answer(text).ending(step), to: asked, at: Fixture.now)
    }
    func dispute(_ id: String) -> String {
      #"{"dispute_id":"\#(id)","status":"UNDER_REVIEW","#
        + #""dispute_amount":{"currency_code":"USD","value":"19.99"}}"#
    }
    let list = #"{"items":[{"dispute_id":"PP-2"},{"dispute_id":"PP-1"},{"dispute_id":"PP-0"}]}"#
    guard case .next(let newest) = try read(list, "disputes"),
      case .next(let other) = try read(dispute("PP-2"), newest.name)
    else { throw FixtureError("both are read") }
    #expect(newest.request.url.hasSuffix("/v1/customer/disputes/PP-2"))
    #expect(other.request.url.hasSuffix("/v1/customer/disputes/PP-1"))
    guard case .dispute(let first)? = other.meanwhile.first,
      case .findings(nil, let also) = try read(dispute("PP-1"), other.name),
      case .dispute(let last)? = also.first
    else { throw FixtureError("both are told") }
    #expect(first.gatewayDispute == "PP-2" && last.gatewayDispute == "PP-1")
  }

  @Test("the capture says whether there is money, not the order")
  func states() throws {
    let question = Question.query(Fixture.payment(id: "EC1"))
    func read(_ status: String) throws -> PaymentSighting? {
      try Fixture.sighting(Fixture.paypal, order("COMPLETED", captured(status)), question)
    }
    guard case .paid(let capture)? = try read("COMPLETED") else { throw FixtureError("paid") }
    #expect(capture.amount == GatewayFixture.money("USD", 1999))
    #expect(capture.gatewayTransaction == "CAP1")
    guard case .processing? = try read("PENDING") else { throw FixtureError("held") }
    guard case .failed? = try read("DECLINED") else { throw FixtureError("declined") }
    guard case .unrecognised? = try read("IN_ORBIT") else { throw FixtureError("unknown") }
    for body in [order("COMPLETED"), order("APPROVED", number: "PAY2"), "{}", "[]", "{"] {
      let fault = GatewayFixture.fault(Fixture.paypal, GatewayFixture.answer(body), question)
      #expect(!fault.hasPrefix("read"), "\(body)")
    }
  }

  @Test("an issue decides, not the status alone")
  func issues() {
    func verdict(_ status: Int, _ issue: String) -> PayPalIssues.Verdict {
      let details = JSONValue.array([.object(JSONObject([("issue", .string(issue))]))])
      return PayPalIssues.verdict(status: status, JSONObject([("details", details)]))
    }
    #expect(verdict(422, "ORDER_ALREADY_CAPTURED") == .done)
    #expect(verdict(422, "INSTRUMENT_DECLINED") == .buyerStillThere)
    #expect(verdict(409, "PREVIOUS_REQUEST_IN_PROGRESS") == .trouble)
    #expect(verdict(404, "INVALID_RESOURCE_ID") == .absent)
    #expect(verdict(422, "REFUND_AMOUNT_EXCEEDED") == .refused("refund_amount"))
    #expect(verdict(403, "SOMETHING_NEW") == .configuration)
  }

  @Test("the client id in place of the secret is found out")
  func settings() {
    let fields = GatewayFixture.setting(
      "client_secret_file", .string("same"), in: Fixture.paypalFields)
    let refusal = GatewayFixture.refusal("paypal", fields, files: Fixture.paypalFiles)
    #expect(refusal.contains("client id"))
  }
}
