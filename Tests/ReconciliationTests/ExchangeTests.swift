import Domain
import Testing

@testable import Reconciliation

@Suite("Charges that are credited in another currency")
struct ExchangeTests {
  private let dollars = currency("USD")

  private func settlement(_ minor: Int64, _ rate: String, fee: Int64 = 0) throws -> Settlement {
    let ratio = try #require(Ratio(rateText: rate, from: currency("EUR"), to: dollars))
    return Settlement(amount: Money(minor, dollars), rate: ratio, fee: fee)
  }

  private func split(
    _ charged: Int64, _ settled: Settlement, expected: Int64? = nil, margin: Int64 = 0
  ) throws -> [Int64] {
    let split = try #require(
      ExchangeSplit(
        of: charged, settledAs: settled, expected: expected, margin: .millionths(margin)))
    let named = [
      split.worth, split.rate, split.margin, split.fee, split.rounding, split.unexplained,
    ]
    #expect(named.reduce(0, +) == settled.net, "every unit has a name")
    return named
  }

  @Test("a rate is an exact ratio of minor units, whatever decimals the currencies have")
  func rates() throws {
    let (euro, yen) = (currency("EUR"), currency("JPY"))
    #expect(Ratio(rateText: "1.234", from: euro, to: dollars) == Ratio(1234, 1000))
    #expect(Ratio(rateText: "7", from: euro, to: dollars) == Ratio(7, 1))
    // One euro is 162.5 yen, so one cent is 1.625.
    #expect(Ratio(rateText: "162.5", from: euro, to: yen)?.applied(to: 1000, .halfEven) == 1625)
    #expect(Ratio(rateText: "0.0061", from: yen, to: euro)?.applied(to: 1625, .halfEven) == 991)
    for text in ["", "0", "0.000", "-1.2", "1e3", "1.2.3", "1,2", "99999999999999999999"] {
      #expect(Ratio(rateText: text, from: euro, to: dollars) == nil, "\(text)")
    }
  }

  @Test("at the gateway's own rate the fee and one unit of rounding explain everything")
  func plain() throws {
    // 10.00 EUR at 1.234 are 12.34 USD; 0.66 are kept.
    #expect(try split(1000, settlement(1234, "1.234", fee: 66)) == [1234, 0, 0, -66, 0, 0])
    // 9.99 EUR are 12.32766 USD: 12.33 by rounding, 12.32 by cutting off.
    #expect(try split(999, settlement(1233, "1.234")) == [1233, 0, 0, 0, 0, 0])
    #expect(try split(999, settlement(1232, "1.234")) == [1233, 0, 0, 0, -1, 0])
    #expect(try split(-999, settlement(-1232, "1.234")) == [-1233, 0, 0, 0, 1, 0])
  }

  @Test("what the stated rate does not give is margin as far as that goes, then unexplained")
  func unexplained() throws {
    #expect(try split(100_000, settlement(123_000, "1.234")) == [123_400, 0, 0, 0, 0, -400])
    // Two per mille of 1 234.00 are 2.468, rounded up for the gateway: 247 units.
    #expect(
      try split(100_000, settlement(123_000, "1.234"), margin: 2000)
        == [123_400, 0, -247, 0, 0, -153])
    #expect(
      try split(100_000, settlement(123_152, "1.234"), margin: 2000)
        == [123_400, 0, -247, 0, -1, 0])
    // More than the rate gives is nobody's margin.
    #expect(
      try split(100_000, settlement(123_800, "1.234"), margin: 2000)
        == [123_400, 0, 0, 0, 0, 400])
    // A refund costs more, which is against us as well.
    #expect(
      try split(-100_000, settlement(-123_647, "1.234"), margin: 2000)
        == [-123_400, 0, -247, 0, 0, 0])
  }

  @Test("beside an expected amount the move of the rate stands apart from the margin")
  func moved() throws {
    // Expected at 1.25, credited at 1.234: 16.00 less, of which 2.50 are the margin.
    #expect(
      try split(100_000, settlement(123_400, "1.234"), expected: 125_000, margin: 2000)
        == [125_000, -1350, -250, 0, 0, 0])
    #expect(
      try split(100_000, settlement(123_400, "1.234"), expected: 123_000, margin: 2000)
        == [123_000, 400, 0, 0, 0, 0])
  }

  @Test("amounts that no sum holds have no split")
  func overflow() throws {
    let huge = Settlement(amount: Money(.max, dollars), rate: .millionths(1_000_000))
    #expect(ExchangeSplit(of: -2, settledAs: huge, margin: .millionths(0)) == nil)
    let steep = Settlement(amount: Money(1, dollars), rate: .millionths(.max))
    #expect(ExchangeSplit(of: .max, settledAs: steep, margin: .millionths(0)) == nil)
  }

  private static func converted(
    _ id: String, _ category: String, gross: Int64, fee: Int64, charged: Int64, rate: String
  ) -> String {
    """
    {"id":"txn_\(id)","object":"balance_transaction","amount":\(gross),"created":1795132800,\
    "currency":"usd","fee":\(fee),"net":\(gross - fee),"exchange_rate":\(rate),\
    "reporting_category":"\(category)","source":{"id":"x_\(id)","payment_intent":"pi_1",\
    "amount":\(charged),"currency":"eur","metadata":{"till_payment":"P1","till_refund":"R1"}}}
    """
  }

  private func table(_ rows: [String]) throws -> EntryTable {
    let page = "{\"object\":\"list\",\"data\":[\(rows.joined(separator: ","))]}\n"
    return try GatewayPages.stripe.read(Array(page.utf8)).table
  }

  @Test("a converted charge at Stripe is what the buyer paid, and what was credited beside it")
  func stripe() throws {
    let table = try table([
      Self.converted("1", "charge", gross: 1234, fee: 66, charged: 1000, rate: "1.234"),
      Self.converted("2", "refund", gross: -617, fee: 0, charged: 500, rate: "1.234"),
      Self.converted("3", "charge", gross: 500, fee: 10, charged: 500, rate: "null"),
    ])
    #expect(table.entries.map(\.gross) == [1000, -500, 500])
    #expect(table.entries.map(\.currency.code) == ["EUR", "EUR", "USD"])
    #expect(table.entries.map { $0.flags.contains(.hasFee) } == [false, false, true])
    #expect(table.settlement(ofRow: 0)?.amount == Money(1234, dollars))
    #expect(table.settlement(ofRow: 0)?.fee == 66)
    #expect(table.balanceChange(ofRow: 0).minor == 1168)
    #expect(table.balanceChange(ofRow: 1).minor == -617)
    #expect(table.balanceChange(ofRow: 2).minor == 490)
    #expect(table.settlement(ofRow: 2) == nil)
  }

  @Test("a rate that is none, or an amount below nothing, is a bad row")
  func badRows() throws {
    for row in [
      Self.converted("1", "charge", gross: 1234, fee: 0, charged: 1000, rate: "0"),
      Self.converted("1", "charge", gross: 1234, fee: 0, charged: -1000, rate: "1.234"),
    ] {
      #expect(throws: StatementError.self) { try table([row]) }
    }
  }

  @Test("a settlement record of Airwallex keeps what was paid, what was settled and the fee")
  func airwallex() throws {
    let page = """
      {"items":[{"transaction_type":"Payment","transaction_amount":1000.00,\
      "transaction_currency":"EUR","exchange_rate":1.0921,"gross_amount":1092.10,\
      "settlement_currency":"USD","fees":-3.00,"taxes_on_fees":-1.00,"net_amount":1088.10,\
      "payment_intent_id":"int_1","order_id":"P1","source_id":"att_1",\
      "settlement_batch_id":"bat_20261120_USD_1","created_at":"2026-11-20T10:00:00+0800"}]}

      """
    let table = try GatewayPages.airwallex.read(Array(page.utf8)).table
    #expect(table.entries.map(\.gross) == [100_000])
    #expect(table.entries.map(\.currency.code) == ["EUR"])
    #expect(table.settlement(ofRow: 0)?.amount == Money(109_210, dollars))
    #expect(table.balanceChange(ofRow: 0).minor == 108_810)
  }

  @Test("the two rows of a conversion at Airwallex are one exchange, whatever their signs")
  func airwallexConversion() throws {
    for sold in ["-58.00", "58.00"] {
      let page = """
        {"items":[{"id":"ftx_1","source_id":"con_1","source_type":"CONVERSION","transaction_type":\
        "CONVERSION_BUY","currency":"EUR","amount":53.46,"fee":0,"net":53.46,"created_at":\
        "2026-11-20T10:00:00+0000"},{"id":"ftx_2","sourceId":"con_1","transactionType":\
        "CONVERSION_SELL","currency":"USD","amount":\(sold),"fee":0,"net":\(sold),"createdAt":\
        "2026-11-20T10:00:00+0000"}],"has_more":false}

        """
      let table = try GatewayPages.airwallex.read(Array(page.utf8)).table
      #expect(table.entries.map(\.gross) == [5346, -5800])
      #expect(table.exchangePairs == [ExchangePair(given: 1, received: 0)])
    }
  }

  private func result(_ credited: Int64, payout: Int64) throws -> MatchResult {
    var theirs = EntryTable()
    let batch = theirs.number(of: "po_1".utf8)
    theirs.add(
      Entry(
        kind: .charge, at: Timestamp(milliseconds: 1_795_132_800_000), gross: 1000,
        currency: currency("EUR"), transaction: theirs.keep("pi_1"),
        reference: theirs.keep("P1"), batch: batch, line: 1),
      settlement: try settlement(credited, "1.234", fee: 66))
    theirs.add(
      Entry(
        kind: .payout, at: Timestamp(milliseconds: 1_795_136_400_000), gross: -payout,
        currency: dollars, transaction: theirs.keep("po_1"), batch: batch, line: 2))
    var ours = EntryTable()
    ours.add(
      Entry(
        kind: .charge, at: Timestamp(milliseconds: 1_795_132_700_000), gross: 1000,
        currency: currency("EUR"), transaction: ours.keep("pi_1"), reference: ours.keep("P1")))
    let from = Timestamp(milliseconds: 1_795_104_000_000)
    let to = from.adding(milliseconds: 86_400_000)
    return Matcher(
      MatchInput(statement: theirs, local: ours), MatchRules(from: from, to: to, asOf: to)
    ).run()
  }

  @Test("a converted charge agrees with ours in the buyer's currency, and pays out in its own")
  func matched() throws {
    let agreed = try result(1234, payout: 1168)
    #expect(agreed.discrepancies.isEmpty, "\(agreed.discrepancies)")
    let short = try result(1234, payout: 1160)
    #expect(short.discrepancies.map(\.kind) == [.payoutSum])
    #expect(short.discrepancies.map(\.difference) == [-8])
    let odd = try result(1200, payout: 1134)
    #expect(odd.discrepancies.map(\.kind) == [.exchangeUnexplained])
    #expect(odd.discrepancies.map(\.difference) == [-34])
    #expect(odd.discrepancies.map(\.currency.code) == ["USD"])
  }
}
