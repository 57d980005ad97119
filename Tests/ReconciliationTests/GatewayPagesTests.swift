import Domain
import Testing

@testable import Reconciliation

@Suite("Pages of gateways' APIs")
struct GatewayPagesTests {
  private func read(_ text: String) throws -> Statement {
    let bytes = Array(text.utf8)
    let format = try #require(StatementFormat.guess(bytes[...]))
    return try format.read(bytes, pieces: 1) { count, work in
      for place in 0..<count { work(place) }
    }
  }

  private func problem(_ text: String) -> StatementProblem? {
    do throws(StatementError) {
      _ = try GatewayPages.stripe.read(Array(text.utf8))
      return nil
    } catch { return error.problem }
  }

  private static func stripeRow(
    amount: Int64 = 1999, fee: Int64 = 88, net: Int64 = 1911, currency: String = "usd"
  ) -> String {
    """
    {"object":"list","data":[{"id":"txn_1","object":"balance_transaction","amount":\(amount),\
    "created":1795132800,"currency":"\(currency)","fee":\(fee),"net":\(net),\
    "reporting_category":"charge","source":{"id":"ch_1","payment_intent":"pi_1",\
    "metadata":{"till_payment":"PAY1"}}}],"has_more":false}

    """
  }

  @Test("a charge and its refund at Stripe carry our numbers, the intent and the fee")
  func stripe() throws {
    let refund = """
      {"object":"list","data":[{"id":"txn_2","object":"balance_transaction","amount":-400,\
      "created":1795132801,"currency":"usd","fee":0,"net":-400,"reporting_category":"refund",\
      "source":{"id":"re_1","payment_intent":"pi_1",\
      "metadata":{"till_payment":"PAY1","till_refund":"RFD1"}}},\
      {"id":"txn_3","object":"balance_transaction","amount":-1511,"created":1795132802,\
      "currency":"usd","fee":0,"net":-1511,"reporting_category":"payout","source":"po_1"},\
      {"id":"txn_4","object":"balance_transaction","amount":1511,"created":1795132803,\
      "currency":"usd","fee":0,"net":1511,"reporting_category":"payout_reversal",\
      "source":{"id":"po_1","object":"payout","status":"failed"}}]}

      """
    let statement = try read(Self.stripeRow() + refund)
    let table = statement.table
    #expect(table.entries.map(\.kind) == [.charge, .refund, .payout, .payoutReturn])
    #expect(table.entries.map(\.gross) == [1999, -400, -1511, 1511])
    #expect(table.entries.map(\.fee) == [88, 0, 0, 0])
    #expect(table.entries.map(\.line) == [1, 2, 3, 4])
    let numbers = table.entries.map { table.string($0.transaction) }
    #expect(numbers == ["pi_1", "re_1", "po_1", "po_1"])
    #expect(table.entries.map { table.string($0.reference) } == ["PAY1", "RFD1", "", ""])
    #expect(table.string(table.entries[1].parent) == "PAY1")
  }

  @Test("Stripe's integers are of Stripe's own decimals")
  func stripeUnits() throws {
    for (currency, amount, fee, net, minor) in [
      ("jpy", 1999, 99, 1900, 1999), ("isk", 199_900, 9900, 190_000, 1999),
      ("kwd", 1990, 90, 1900, 1990),
    ] as [(String, Int64, Int64, Int64, Int64)] {
      let text = Self.stripeRow(amount: amount, fee: fee, net: net, currency: currency)
      #expect(try read(text).table.entries[0].gross == minor, "\(currency)")
    }
    #expect(
      problem(Self.stripeRow(amount: 1999, fee: 99, net: 1900, currency: "isk"))
        == .badAmount(column: "amount", text: "1999"))
  }

  @Test("a row whose net is not its amount less its fee was misread")
  func wrongNet() {
    #expect(problem(Self.stripeRow(net: 1912)) == .badAmount(column: "net", text: "1912"))
  }

  @Test("a torn page, another currency and no object are refused")
  func refusals() {
    let whole = Self.stripeRow()
    #expect(problem(String(whole.dropLast(20))) == .truncated)
    #expect(problem(Self.stripeRow(currency: "xxx")) == .badCurrency("xxx"))
    #expect(problem("[]\n") == .badMarkup("no object"))
    #expect(problem("") == .noHeading)
  }

  private static func payPal(_ rows: [String], total: Int, page: Int = 1) -> String {
    let list = rows.map { "{\"transaction_info\":{\($0)}}" }.joined(separator: ",")
    return "{\"transaction_details\":[\(list)],\"page\":\(page),\"total_items\":\(total)}\n"
  }

  private static func info(
    _ code: String, _ value: String, status: String = "S", fee: String? = nil
  ) -> String {
    let cost = fee.map {
      ",\"fee_amount\":{\"currency_code\":\"USD\",\"value\":\"\($0)\"}"
    } ?? ""
    return """
      "transaction_id":"CAP1","transaction_event_code":"\(code)","transaction_status":"\(status)",\
      "transaction_initiation_date":"2026-11-20T10:00:00+0800","custom_field":"PAY1",\
      "paypal_reference_id":"REF1",\
      "transaction_amount":{"currency_code":"USD","value":"\(value)"}\(cost)
      """
  }

  @Test("PayPal's rows are what their code says; its fees are negative there and cost here")
  func payPal() throws {
    let codes = ["T0006", "T1107", "T0106", "T0400", "T1201", "T0200", "T1300"]
    let text = Self.payPal(codes.map { Self.info($0, "-4.00", fee: "-0.88") }, total: 7)
    let statement = try read(text)
    #expect(
      statement.table.entries.map(\.kind)
        == [.charge, .refund, .fee, .payout, .dispute, .conversion])
    #expect(statement.skippedRows == 1)
    let entry = statement.table.entries[0]
    #expect(entry.gross == -400)
    #expect(entry.fee == 88)
    #expect(entry.at == CivilTime.read("2026-11-20 02:00:00", offsetMinutes: 0))
    #expect(statement.isVerified)
  }

  @Test("what a bank takes and what it brings back are movements of a dispute")
  func payPalChargeback() throws {
    let rows = [
      Self.info("T1201", "-4.00"), Self.info("T1202", "4.00"), Self.info("T1205", "4.00"),
    ]
    let table = try read(Self.payPal(rows, total: 3)).table
    #expect(table.entries.map(\.kind) == [.dispute, .dispute, .dispute])
    #expect(table.entries.map(\.gross) == [-400, 400, 400])
  }

  @Test("what was only touched on PayPal's day stands in the report of its own")
  func payPalWindow() throws {
    func rows(_ from: String, _ to: String) throws -> (Int, Int) {
      let text = Self.payPal([Self.info("T0006", "4.00")], total: 1).replacing(
        "\"page\"", with: "\"start_date\":\"\(from)\",\"end_date\":\"\(to)\",\"page\"")
      let statement = try read(text)
      #expect(statement.isVerified)
      return (statement.table.count, statement.skippedRows)
    }
    #expect(try rows("2026-11-20T02:00:00+0000", "2026-11-20T23:59:59+0000") == (1, 0))
    #expect(try rows("2026-11-20T02:00:01+0000", "2026-11-20T23:59:59+0000") == (0, 1))
    #expect(try rows("2026-11-19T00:00:00Z", "2026-11-20T01:59:59Z") == (0, 1))
    #expect(try rows("2026-11-19T00:00:00Z", "2026-11-20T02:00:00Z") == (1, 0))
  }

  @Test("a payment that was held back until PayPal's day stands in its report; all else does not")
  func payPalTouched() throws {
    func rows(_ code: String, _ status: String, updated: String) throws -> Statement {
      let info = Self.info(code, "4.00", status: status)
        + #","transaction_updated_date":"\#(updated)""#
      return try read(
        Self.payPal([info], total: 1).replacing(
          "\"page\"",
          with: #""start_date":"2026-11-21T00:00:00Z","end_date":"2026-11-21T23:59:59Z","page""#))
    }
    let held = try rows("T0006", "S", updated: "2026-11-21T09:00:00Z")
    #expect(held.table.touched == [0] && held.skippedRows == 0)
    #expect(
      held.table.entries.map(\.at) == [CivilTime.read("2026-11-21 09:00:00", offsetMinutes: 0)])
    for (code, status, updated) in [
      ("T0006", "P", "2026-11-21T09:00:00Z"), ("T0006", "S", "2026-11-22T00:00:00Z"),
      ("T1107", "S", "2026-11-21T09:00:00Z"), ("T0400", "S", "2026-11-21T09:00:00Z"),
    ] {
      #expect(try rows(code, status, updated: updated).skippedRows == 1, "\(code) \(status)")
    }
    // A day that was asked for in two parts: a row of the first was touched in the second.
    let info = Self.info("T0006", "4.00") + #","transaction_updated_date":"2026-11-20T20:00:00Z""#
    func part(_ from: String, _ to: String) -> String {
      Self.payPal([info], total: 1).replacing(
        "\"page\"",
        with: #""start_date":"2026-11-20T\#(from)Z","end_date":"2026-11-20T\#(to)Z","page""#)
    }
    let day = try read(part("00:00:00", "11:59:59") + part("12:00:00", "23:59:59"))
    #expect(day.table.count == 1 && day.table.touched.isEmpty && day.skippedRows == 1)
  }

  @Test("a page that is missing shows in PayPal's own count, over several windows")
  func payPalCount() throws {
    let row = Self.info("T0006", "4.00")
    let two = Self.payPal([row], total: 2) + Self.payPal([row], total: 2, page: 2)
    #expect(try read(two + Self.payPal([row], total: 1)).isVerified)
    #expect(try !read(Self.payPal([row], total: 2)).isVerified)
  }

  @Test("what PayPal denied is left out, what is pending is no success")
  func payPalStatus() throws {
    let text = Self.payPal(
      [Self.info("T0006", "4.00", status: "D"), Self.info("T0006", "4.00", status: "P")], total: 2)
    let statement = try read(text)
    #expect(statement.table.entries.map(\.status) == [.pending])
    #expect(statement.skippedRows == 1)
  }

  @Test("a day without movements is a list of Airwallex too")
  func airwallexEmpty() throws {
    for text in [#"{"items":[],"has_more":false}"#, #"{"hasMore":false,"items":[]}"#] {
      #expect(try read(text + "\n").table.count == 0)
    }
  }

  @Test("Airwallex' numbers are decimals of the major unit, with zeros that mean nothing")
  func airwallex() throws {
    let text = """
      {"items":[{"id":"ftx_1","batch_id":"bat_1","source_id":"att_1","source_type":\
      "PAYMENT_ATTEMPT","transaction_type":"PAYMENT","currency":"JPY","amount":1000.0,"fee":30.00,\
      "net":970.0,"status":"PENDING","created_at":"2026-11-20T10:00:00+0000",\
      "funding_source_id":"int_1"},{"id":"ftx_2","sourceId":"rfd_1","transactionType":"REFUND",\
      "currency":"USD","amount":-4.5,"fee":0,"net":-4.5,"createdAt":"2026-11-20T10:00:01Z",\
      "fundingSourceId":"int_2"}],"has_more":false}

      """
    let table = try read(text).table
    #expect(table.entries.map(\.gross) == [1000, -450])
    #expect(table.entries.map(\.fee) == [30, 0])
    #expect(table.entries.map { table.string($0.transaction) } == ["int_1", "rfd_1"])
    #expect(table.string(table.entries[1].parent) == "int_2")
  }

  @Test("two movements of a dispute within one second have numbers of their own, a copy has not")
  func disputesAtOnce() throws {
    func airwallex(_ number: Int, _ amount: String) -> String {
      #"{"id":"ftx_\#(number)","source_id":"dsp_1","source_type":"DISPUTE","transaction_type":"#
        + #""DISPUTE","currency":"USD","amount":\#(amount),"fee":0,"net":\#(amount),"#
        + #""created_at":"2026-11-20T10:00:00+0000","funding_source_id":"int_1"}"#
    }
    func record(_ number: Int, _ amount: String) -> String {
      #"{"transaction_id":"ftx_\#(number)","transaction_type":"Dispute","gross_amount":\#(amount),"#
        + #""settlement_currency":"USD","fees":0,"taxes_on_fees":0,"net_amount":\#(amount),"#
        + #""order_id":"PAY1","payment_intent_id":"int_1","source_id":"dsp_1","#
        + #""settlement_batch_id":"bat_1","created_at":"2026-11-20T10:00:00+0000"}"#
    }
    func stripe(_ number: Int, _ amount: String) -> String {
      let minor = amount.filter { $0 != "." }
      return #"{"id":"txn_\#(number)","object":"balance_transaction","amount":\#(minor),"#
        + #""created":1795132800,"currency":"usd","fee":0,"net":\#(minor),"reporting_category":"#
        + #""dispute","source":{"id":"dsp_1","payment_intent":"int_1"}}"#
    }
    let lists: [(String, (Int, String) -> String, String)] = [
      (#"{"items":["#, airwallex, #"],"has_more":false}"#), (#"{"items":["#, record, "]}"),
      (#"{"object":"list","data":["#, stripe, #"],"has_more":false}"#),
    ]
    for (head, row, end) in lists {
      let rows = [row(1, "-5.00"), row(2, "5.00"), row(3, "-5.00"), row(1, "-5.00")]
      let table = try read(head + rows.joined(separator: ",") + end + "\n").table
      #expect(table.entries.allSatisfy { table.string($0.transaction) == "dsp_1" })
      var copies = RowCopies(table)
      #expect(table.entries.map { copies.isCopy($0) } == [false, false, false, true], "\(head)")
    }
  }

  @Test("settlement records carry our number; their fees are negative there and cost here")
  func airwallexRecords() throws {
    let text = """
      {"items":[{"id":"bat_20261120_USD_1","amount":9.42,"fee":0.58,"currency":"USD",\
      "estimated_settled_at":"2026-11-21T09:00:00+0800","status":"SETTLED"}],"has_more":false}
      {"items":[{"transaction_id":"ftx_1","transaction_type":"Payment","gross_amount":10.0,\
      "settlement_currency":"USD","fees":-0.50,"taxes_on_fees":-0.08,"net_amount":9.42,\
      "order_id":"PAY1","payment_intent_id":"int_1","source_id":"att_1",\
      "settlement_batch_id":"bat_20261120_USD_1","created_at":"2026-11-20T10:00:00+0000"}]}

      """
    let statement = try read(text)
    let table = statement.table
    #expect(table.entries.map(\.gross) == [1000])
    #expect(table.entries.map(\.fee) == [58])
    #expect(table.string(table.entries[0].reference) == "PAY1")
    #expect(statement.skippedRows == 1)
    #expect(statement.checks.count == 2 && statement.checks.allSatisfy(\.agrees))
  }

  @Test("settlements are known by their lists, which stand before their records")
  func airwallexSettlements() {
    let settlement = #"{"id":"bat_1","amount":9.42,"fee":0.58,"currency":"USD","#
      + #""settled_at":"2026-11-21T09:00:00+0800","status":"SETTLED"}"#
    let record = #"{"transaction_id":"ftx_1","transaction_type":"Payment","gross_amount":10.0,"#
      + #""settlement_currency":"USD","settlement_batch_id":"bat_1"}"#
    let movement = #"{"id":"ftx_1","batch_id":"bat_1","source_type":"PAYMENT_ATTEMPT","#
      + #""transaction_type":"PAYMENT","amount":10.0,"fee":0.58,"net":9.42,"#
      + #""estimated_settled_at":"2026-11-21T09:00:00+0800"}"#
    func list(_ rows: String) -> String { #"{"items":[\#(rows)],"has_more":false}\#n"# }
    func guess(_ text: String) -> StatementFormat? { .guess(Array(text.utf8)[...]) }
    #expect(guess(list(settlement) + list(record)) == .pages(.airwallexSettlements))
    // Of one currency nothing was settled.
    #expect(guess(list("") + list(settlement)) == .pages(.airwallexSettlements))
    let spaced = list(settlement).split(separator: ",").joined(separator: " , ")
    #expect(guess(spaced) == .pages(.airwallexSettlements))
    for others in [list(""), list(record), list(movement), list(movement) + list(settlement)] {
      #expect(guess(others) == .pages(.airwallex), "\(others)")
    }
  }
}
