import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Disputes of Stripe, PayPal and Airwallex")
struct CardDisputeTests {
  private func object(_ text: String) throws -> JSONObject {
    try #require(
      try JSONReader.read(Array(text.utf8), profile: .document).objectValue)
  }

  @Test(
    "Stripe: every status, and the balance transactions say where the money is",
    arguments: [
      ("warning_needs_response", "[]", "warning none"),
      ("warning_under_review", "[]", "warning none"),
      ("warning_closed", "[]", "warning_closed none"),
      ("prevented", "[]", "prevented none"),
      ("needs_response", "[]", "needs_response none"),
      ("needs_response", #"[{"amount":-1999}]"#, "needs_response withdrawn"),
      ("under_review", #"[{"amount":-1999}]"#, "under_review withdrawn"),
      ("appeal_needs_response", #"[{"amount":-1999}]"#, "needs_response withdrawn"),
      ("appeal_under_review", #"[{"amount":-1999}]"#, "under_review withdrawn"),
      ("won", #"[{"amount":-1999},{"amount":1999}]"#, "won reinstated"),
      ("won", #"[{"amount":-1999}]"#, "won withdrawn"),
      // Taken and given back in the currency of our balance, at two days' rates.
      ("won", #"[{"amount":-5280},{"amount":5160}]"#, "won reinstated"),
      ("won", #"[{"amount":5160},{"amount":-5280}]"#, "won reinstated"),
      ("under_review", #"[{"amount":-5280},{"amount":5160}]"#, "under_review reinstated"),
      ("needs_response", #"[{"amount":-5280},{"amount":5160},{"amount":-5100}]"#,
        "needs_response withdrawn"),
      ("under_review", #"[{"amount":-1999},{"amount":0}]"#, "under_review withdrawn"),
      ("lost", #"[{"amount":-1999}]"#, "lost -"), ("lost", "[]", "lost -"),
      ("lost", "null", "lost -"), ("won", #"[{"amount":"x"}]"#, "won -"),
      ("something_new", "[]", "- none"),
    ])
  func stripe(status: String, rows: String, wanted: String) throws {
    let found = try #require(
      StripeObjects.dispute(
        try object(
          #"""
          {"id":"dp_1","object":"dispute","amount":1999,"currency":"usd","status":"\#(status)",
          "reason":"fraudulent","balance_transactions":\#(rows),
          "evidence_details":{"due_by":1800000000}}
          """#)))
    #expect("\(found.status?.rawValue ?? "-") \(found.funds?.rawValue ?? "-")" == wanted)
    #expect(found.amount == GatewayFixture.money("USD", 1999))
    #expect(found.dueAt == Timestamp(milliseconds: 1_800_000_000_000))
    #expect(found.reason?.code == "fraud" && found.gatewayStatus == status)
  }

  @Test(
    "PayPal: status, outcome and stage together say how it stands",
    arguments: [
      ("OPEN", "INQUIRY", "null", "warning"), ("OPEN", "CHARGEBACK", "null", "needs_response"),
      ("WAITING_FOR_SELLER_RESPONSE", "CHARGEBACK", "null", "needs_response"),
      ("WAITING_FOR_BUYER_RESPONSE", "CHARGEBACK", "null", "under_review"),
      ("UNDER_REVIEW", "ARBITRATION", "null", "under_review"),
      ("RESOLVED", "CHARGEBACK", #""RESOLVED_BUYER_FAVOUR""#, "lost"),
      ("RESOLVED", "CHARGEBACK", #""RESOLVED_SELLER_FAVOUR""#, "won"),
      ("RESOLVED", "CHARGEBACK", #""RESOLVED_WITH_PAYOUT""#, "won"),
      ("RESOLVED", "CHARGEBACK", #""CANCELED_BY_BUYER""#, "withdrawn"),
      ("RESOLVED", "CHARGEBACK", #""ACCEPTED""#, "accepted"),
      ("RESOLVED", "CHARGEBACK", #""DENIED""#, "won"),
      ("RESOLVED", "CHARGEBACK", #""NONE""#, "prevented"),
      ("RESOLVED", "CHARGEBACK", "null", "prevented"),
      ("RESOLVED", "CHARGEBACK", #""IN_ORBIT""#, "-"), ("OTHER", "CHARGEBACK", "null", "-"),
      // An inquiry moves no money at any of its ends.
      ("WAITING_FOR_SELLER_RESPONSE", "INQUIRY", "null", "warning"),
      ("WAITING_FOR_BUYER_RESPONSE", "INQUIRY", "null", "warning"),
      ("UNDER_REVIEW", "INQUIRY", "null", "warning"),
      ("RESOLVED", "INQUIRY", #""RESOLVED_BUYER_FAVOUR""#, "prevented"),
      ("RESOLVED", "INQUIRY", #""ACCEPTED""#, "prevented"),
      ("RESOLVED", "INQUIRY", #""RESOLVED_SELLER_FAVOUR""#, "warning_closed"),
      ("RESOLVED", "INQUIRY", #""RESOLVED_WITH_PAYOUT""#, "warning_closed"),
      ("RESOLVED", "INQUIRY", #""CANCELED_BY_BUYER""#, "warning_closed"),
      ("RESOLVED", "INQUIRY", #""DENIED""#, "warning_closed"),
      ("RESOLVED", "INQUIRY", #""NONE""#, "warning_closed"),
      ("RESOLVED", "INQUIRY", "null", "warning_closed"),
      ("RESOLVED", "INQUIRY", #""IN_ORBIT""#, "-"), ("OTHER", "INQUIRY", "null", "-"),
    ])
  func payPal(status: String, stage: String, outcome: String, wanted: String) throws {
    let found = try #require(
      PayPalObjects.dispute(
        try object(
          #"""
          {"dispute_id":"PP-R-1","status":"\#(status)","dispute_life_cycle_stage":"\#(stage)",
          "dispute_outcome":{"outcome_code":\#(outcome)},"reason":"UNAUTHORISED",
          "dispute_amount":{"currency_code":"USD","value":"19.99"},
          "seller_response_due_date":"2027-01-15T08:00:00.000Z"}
          """#)))
    #expect(found.status?.rawValue ?? "-" == wanted)
    #expect(found.funds == nil)
    #expect(found.amount == GatewayFixture.money("USD", 1999))
    #expect(found.dueAt == Timestamp(milliseconds: 1_800_000_000_000))
  }

  @Test("PayPal: a decision for the buyer over a part takes that part", arguments: [
    ("RESOLVED_BUYER_FAVOUR", "5.00", Int64(500)), ("ACCEPTED", "19.99", 1999),
    ("RESOLVED_BUYER_FAVOUR", "20.00", 1999), ("RESOLVED_BUYER_FAVOUR", "0.00", 1999),
    ("RESOLVED_SELLER_FAVOUR", "5.00", 1999),
  ])
  func payPalPart(outcome: String, part: String, minor: Int64) throws {
    let found = PayPalObjects.dispute(
      try object(
        #"{"dispute_id":"PP-R-1","status":"RESOLVED","dispute_life_cycle_stage":"CHARGEBACK","#
          + #""dispute_outcome":{"outcome_code":"\#(outcome)","amount_refunded":"#
          + #"{"currency_code":"USD","value":"\#(part)"}},"#
          + #""dispute_amount":{"currency_code":"USD","value":"19.99"}}"#))
    #expect(found?.amount == GatewayFixture.money("USD", minor))
  }

  @Test("PayPal: money that moved in or out of our balance is counted, fees and others are not")
  func payPalMoney() throws {
    func funds(_ moves: [(String, String, String, String)]) throws -> DisputeFunds? {
      let rows = moves.map {
        #"{"affected_party":"\#($0.0)","type":"\#($0.1)","reason":"\#($0.2)","#
          + #""amount":{"currency_code":"USD","value":"\#($0.3)"}}"#
      }
      return PayPalObjects.dispute(
        try object(
          #"{"dispute_id":"PP-R-1","status":"UNDER_REVIEW","money_movements":["#
            + rows.joined(separator: ",")
            + #"],"dispute_amount":{"currency_code":"USD","value":"19.99"}}"#))?.funds
    }
    let debit = ("SELLER", "DEBIT", "DISPUTE_SETTLEMENT", "19.99")
    let credit = ("SELLER", "CREDIT", "DISPUTE_SETTLEMENT", "19.99")
    #expect(try funds([]) == nil)
    #expect(try funds([debit]) == .withdrawn)
    #expect(try funds([debit, credit]) == .reinstated)
    #expect(try funds([debit, credit, debit]) == .withdrawn)
    #expect(try funds([("SELLER", "DEBIT", "DISPUTE_FEE", "15.00")]) == nil)
    #expect(try funds([("BUYER", "CREDIT", "DISPUTE_SETTLEMENT", "19.99")]) == nil)
  }

  @Test(
    "PayPal: money that was taken tells more than the stage, and than an end without a decision",
    arguments: [
      ("OPEN", "INQUIRY", "null", ["DEBIT"], "needs_response withdrawn"),
      ("RESOLVED", "INQUIRY", #""RESOLVED_BUYER_FAVOUR""#, ["DEBIT"], "lost withdrawn"),
      ("RESOLVED", "INQUIRY", #""ACCEPTED""#, ["DEBIT"], "accepted withdrawn"),
      ("RESOLVED", "INQUIRY", #""ACCEPTED""#, ["DEBIT", "CREDIT"], "prevented reinstated"),
      ("RESOLVED", "CHARGEBACK", #""NONE""#, ["DEBIT"], "lost withdrawn"),
      ("RESOLVED", "CHARGEBACK", "null", ["DEBIT", "CREDIT"], "won reinstated"),
      ("RESOLVED", "INQUIRY", #""NONE""#, ["DEBIT", "CREDIT"], "warning_closed reinstated"),
    ])
  func payPalEnds(
    status: String, stage: String, outcome: String, moves: [String], wanted: String
  ) throws {
    let rows = moves.map {
      #"{"affected_party":"SELLER","type":"\#($0)","reason":"DISPUTE_SETTLEMENT","#
        + #""amount":{"currency_code":"USD","value":"19.99"}}"#
    }
    let found = try #require(
      PayPalObjects.dispute(
        try object(
          #"{"dispute_id":"PP-R-1","status":"\#(status)","dispute_life_cycle_stage":"\#(stage)","#
            + #""dispute_outcome":{"outcome_code":\#(outcome)},"money_movements":["#
            + rows.joined(separator: ",")
            + #"],"dispute_amount":{"currency_code":"USD","value":"19.99"}}"#)))
    #expect("\(found.status?.rawValue ?? "-") \(found.funds?.rawValue ?? "-")" == wanted)
  }

  @Test(
    "Airwallex: a request for information moves no money at any of its ends",
    arguments: [
      ("RFI", "REQUIRES_RESPONSE", "warning"), ("RFI", "CHALLENGED", "warning"),
      ("RFI", "PENDING_DECISION", "warning"), ("RFI", "WON", "warning_closed"),
      ("RFI", "EXPIRED", "warning_closed"), ("RFI", "REVERSED", "warning_closed"),
      ("RFI", "ACCEPTED", "prevented"), ("CHARGEBACK", "REQUIRES_RESPONSE", "needs_response"),
      ("CHARGEBACK", "CHALLENGED", "under_review"),
      ("CHARGEBACK", "PENDING_CLOSURE", "under_review"),
      ("PRE_ARBITRATION", "PENDING_DECISION", "under_review"), ("CHARGEBACK", "WON", "won"),
      ("ARBITRATION", "REVERSED", "won"), ("CHARGEBACK", "LOST", "lost"),
      ("CHARGEBACK", "EXPIRED", "lost"), ("CHARGEBACK", "ACCEPTED", "accepted"),
      ("CHARGEBACK", "ODD", "-"),
    ])
  func airwallex(stage: String, status: String, wanted: String) throws {
    let answer =
      #"{"id":"dis_1","amount":19.99,"currency":"USD","stage":"\#(stage)","status":"\#(status)","#
      + #""reason":{"type":"FRAUDULENT"},"due_at":"2027-01-15T08:00:00+0000"}"#
    let notice =
      #"{"dispute_id":"dis_1","dispute_amount":19.99,"dispute_currency":"USD","#
      + #""stage":"\#(stage)","status":"\#(status)","reason":{"type":"FRAUDULENT"},"#
      + #""due_at":"2027-01-15T08:00:00+0000"}"#
    for text in [answer, notice] {
      let found = try #require(AirwallexObjects.dispute(try object(text)))
      #expect(found.status?.rawValue ?? "-" == wanted)
      #expect(found.amount == GatewayFixture.money("USD", 1999))
      #expect(found.gatewayDispute == "dis_1" && found.gatewayStatus == "\(stage) \(status)")
      #expect(found.dueAt == Timestamp(milliseconds: 1_800_000_000_000))
    }
  }
}
