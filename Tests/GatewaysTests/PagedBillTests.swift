import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Bills that are read page by page")
struct PagedBillTests {
  private static let now = BillFixture.now

  private func query(_ download: BillDownload) throws -> [String: String] {
    try GatewayFixture.pairs(Array((GatewayAddress(download.request.url).query ?? "").utf8))
  }

  private func file(_ outcome: BillOutcome?) throws -> BillFile {
    guard case .file(let file) = outcome else { throw FixtureError("no file came") }
    return file
  }

  // MARK: Stripe

  @Test("Stripe's ledger of a day is read to its end, each page a line, nothing changed but breaks")
  func stripe() throws {
    var download = try BillFixture.download(CardFixture.stripe, .trade)
    let first = try query(download)
    #expect(first["created[gte]"] == "1795132800")
    #expect(first["created[lt]"] == "1795219200")
    #expect(first["expand[]"] == "data.source")
    #expect(first["starting_after"] == nil)
    let page1 =
      "{\n \"object\": \"list\",\r\n \"data\": [{\"id\": \"txn_2\"}], \"has_more\": true\n}"
    let page2 = "{\"object\":\"list\",\"data\":[{\"id\":\"txn_1\"}],\"has_more\":false}"
    #expect(try download.take(GatewayFixture.answer(page1), at: Self.now) == nil)
    #expect(try query(download)["starting_after"] == "txn_2")
    let file = try file(download.take(GatewayFixture.answer(page2), at: Self.now))
    let flat = "{ \"object\": \"list\", \"data\": [{\"id\": \"txn_2\"}], \"has_more\": true}"
    #expect(String(decoding: file.bytes, as: UTF8.self) == "\(flat)\n\(page2)\n")
    #expect(file.pageCount == 2)
    #expect(file.fileName == "trade-2026-11-20.jsonl")
  }

  @Test("a list of Stripe's that does not go on, or is none, is a fault")
  func stripeFaults() throws {
    for (body, status, wanted) in [
      ("{\"data\":[],\"has_more\":true}", 200, "answered gateway_bad_reply"),
      ("{\"data\":[]}", 200, "answered gateway_bad_reply"),
      ("{\"data\":[{\"id\":\"tx", 200, "outcomeUnknown gateway_bad_reply"),
      ("{\"error\":{\"type\":\"invalid_request_error\"}}", 401, "answered gateway_auth"),
      ("{\"error\":{\"code\":\"rate_limit\"}}", 429, "outcomeUnknown gateway_rate_limited"),
      ("{\"error\":{}}", 500, "outcomeUnknown gateway_error"),
      ("{\"error\":{}}", 400, "answered gateway_rejected"),
    ] {
      var download = try BillFixture.download(CardFixture.stripe, .trade)
      let fault = BillFixture.fault(&download, GatewayFixture.answer(body, status: status))
      #expect(fault == wanted, "\(body)")
    }
  }

  @Test("the same page over and over ends the download")
  func stripeCircle() throws {
    var download = try BillFixture.download(CardFixture.stripe, .trade)
    let page = GatewayFixture.answer("{\"data\":[{\"id\":\"txn_2\"}],\"has_more\":true}")
    #expect(try download.take(page, at: Self.now) == nil)
    #expect(BillFixture.fault(&download, page) == "answered gateway_bad_reply")
  }

  // MARK: PayPal

  private func paypal(
    items: Int = 1, pages: Int = 1, refreshed: String = "2026-11-21T03:00:00+0000"
  ) -> GatewayAnswer {
    GatewayFixture.answer(
      "{\"transaction_details\":[{}],\"page\":1,\"total_items\":\(items),"
        + "\"total_pages\":\(pages),\"last_refreshed_datetime\":\"\(refreshed)\"}")
  }

  @Test("PayPal's search is read to its last page")
  func paypalPages() throws {
    var download = try BillFixture.download(CardFixture.paypal, .trade)
    let first = try query(download)
    #expect(first["start_date"] == "2026-11-20T00:00:00Z")
    #expect(first["end_date"] == "2026-11-20T23:59:59Z")
    #expect(first["page"] == "1")
    #expect(download.request.needsToken)
    #expect(try download.take(paypal(items: 600, pages: 2), at: Self.now) == nil)
    #expect(try query(download)["page"] == "2")
    let file = try file(download.take(paypal(items: 600, pages: 2), at: Self.now))
    #expect(file.pageCount == 2)
  }

  @Test("a day that PayPal's search has not come to the end of is not there yet")
  func paypalLate() throws {
    var download = try BillFixture.download(CardFixture.paypal, .trade)
    let early = paypal(refreshed: "2026-11-20T23:59:59+0000")
    guard case .notYet = try download.take(early, at: Self.now) else {
      throw FixtureError("half a day was taken")
    }
    let fresh = GatewayFixture.answer(
      "{\"name\":\"INVALID_REQUEST\",\"message\":\"Data for the given start date is not "
        + "available.\"}", status: 400)
    guard case .notYet = try download.take(fresh, at: Self.now) else {
      throw FixtureError("it is not said to come")
    }
  }

  @Test("a window with too many rows is halved, in order, until it fits")
  func paypalHalves() throws {
    var download = try BillFixture.download(CardFixture.paypal, .trade)
    let tooMany = GatewayFixture.answer("{\"name\":\"RESULTSET_TOO_LARGE\"}", status: 400)
    #expect(try download.take(tooMany, at: Self.now) == nil)
    #expect(try download.take(tooMany, at: Self.now) == nil)
    var windows: [String] = []
    var outcome: BillOutcome?
    while outcome == nil {
      let pairs = try query(download)
      windows.append("\(pairs["start_date"] ?? "") \(pairs["end_date"] ?? "")")
      outcome = try download.take(paypal(), at: Self.now)
    }
    #expect(
      windows == [
        "2026-11-20T00:00:00Z 2026-11-20T05:59:59Z", "2026-11-20T06:00:00Z 2026-11-20T11:59:59Z",
        "2026-11-20T12:00:00Z 2026-11-20T23:59:59Z",
      ])
    #expect(try file(outcome).pageCount == 3)
  }

  @Test("too many rows in a second is a fault, not a circle")
  func paypalEndless() throws {
    var download = try BillFixture.download(CardFixture.paypal, .trade)
    let tooMany = GatewayFixture.answer("{\"name\":\"RESULTSET_TOO_LARGE\"}", status: 400)
    var fault = ""
    for _ in 0..<40 where fault.isEmpty {
      do throws(Fault) {
        _ = try download.take(tooMany, at: Self.now)
      } catch { fault = error.reason.code }
    }
    #expect(fault == "gateway_bad_reply")
  }

  @Test("an app without the right to search says which right it lacks")
  func paypalRight() throws {
    var download = try BillFixture.download(CardFixture.paypal, .trade)
    let refused = GatewayFixture.answer("{\"name\":\"NOT_AUTHORIZED\"}", status: 403)
    #expect(BillFixture.fault(&download, refused) == "answered gateway_auth")
  }

  // MARK: Airwallex

  @Test("Airwallex' movements of a day are read by number, in both spellings")
  func airwallex() throws {
    var download = try BillFixture.download(CardFixture.airwallex, .trade)
    let first = try query(download)
    #expect(first["from_created_at"] == "2026-11-19T16:00:00Z")
    #expect(first["to_created_at"] == "2026-11-20T16:00:00Z")
    #expect(first["page_num"] == "0")
    let more = GatewayFixture.answer("{\"items\":[{}],\"has_more\":true}")
    let last = GatewayFixture.answer("{\"items\":[{}],\"hasMore\":false}")
    #expect(try download.take(more, at: Self.now) == nil)
    #expect(try query(download)["page_num"] == "1")
    #expect(try file(download.take(last, at: Self.now)).pageCount == 2)
  }

  @Test("settlements lead to their records; without currencies none is offered")
  func airwallexSettlements() throws {
    #expect(CardFixture.airwallex.bills?.offers.map(\.kind) == [.trade])
    let gateway = GatewayFixture.gateway(
      "airwallex",
      GatewayFixture.setting(
        "settlement_currencies", .array([.string("USD"), .string("EUR")]),
        in: CardFixture.airwallexFields), files: CardFixture.airwallexFiles)
    var download = try BillFixture.download(gateway, .settlement)
    let answers = [
      "{\"items\":[{\"id\":\"bat_20261120_USD_1\"}],\"has_more\":false}",
      "{\"items\":[],\"has_more\":false}", "{\"items\":[{}],\"page_after\":\"next=\"}",
      "{\"items\":[{}],\"page_after\":\"\"}",
    ]
    var paths: [String] = []
    var outcome: BillOutcome?
    for body in answers {
      let address = try GatewayAddress(download.request.url)
      paths.append("\(address.path)?\(address.query ?? "")")
      outcome = try download.take(GatewayFixture.answer(body), at: Self.now)
    }
    let list = "/api/v1/pa/financial/settlements?currency="
    let rest =
      "&status=SETTLED&from_settled_at=2026-11-20&to_settled_at=2026-11-20&page_num=0&page_size=100"
    let records =
      "/api/v1/pa/settlement_records?settlement_id=bat_20261120_USD_1&page_size=50"
    #expect(
      paths == ["\(list)USD\(rest)", "\(list)EUR\(rest)", records, "\(records)&page=next%3D"])
    #expect(try file(outcome).pageCount == 4)
  }

  @Test("currencies that do not exist, or twice the same, are refused")
  func currencies() {
    for codes in [["USD", "USD"], ["XX"], []] {
      let fields = GatewayFixture.setting(
        "settlement_currencies", .array(codes.map { .string($0) }),
        in: CardFixture.airwallexFields)
      #expect(
        !GatewayFixture.refusal("airwallex", fields, files: CardFixture.airwallexFiles).isEmpty)
    }
  }

  // MARK: All

  @Test("every bill that is offered can be asked for, and is ready after its day")
  func offers() throws {
    for gateway in [
      AlipayFixture.keyMode, WeChatFixture.publicKeyMode, CardFixture.stripe, CardFixture.paypal,
      CardFixture.airwallex,
    ] {
      let source = try #require(gateway.bills)
      #expect(Set(source.offers.map(\.kind)).count == source.offers.count)
      for offer in source.offers {
        let name = BillName(kind: offer.kind, day: BillFixture.day)
        _ = try BillDownload(name, from: source, at: Self.now)
        #expect(offer.schedule.readyAt(name.day) < Self.now)
      }
    }
  }
}
