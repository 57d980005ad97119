import Chance
import Domain
import Gateways

/// The list of Stripe's balance, a day's rows on several pages, and what may be wrong with it.
extension FakeStripe {
  private static let pageRows = 4
  private static let cutOff: Int64 = 3_600_000

  func balance(_ fields: [String: String]) -> (Int, String) {
    guard let from = fields["created[gte]"].flatMap({ Int64($0) }),
      let before = fields["created[lt]"].flatMap({ Int64($0) }), before - from == 86_400,
      from % 86_400 == 0, fields["expand[]"] == "data.source"
    else { return (400, #"{"error":{"type":"invalid_request_error"}}"#) }
    var rows = paper(of: from / 86_400).rows
    let after = fields["starting_after"]
    let trouble = strike(.cardBillRoad)
    switch trouble {
    case .cardBillBroken?:
      note(.cardBillBroken)
      return (500, #"{"error":{"type":"api_error","message":"try again"}}"#)
    // No page of another day goes on behind a row of this one.
    case .cardBillOfAnotherDay? where after == nil:
      let other = ledger.truth(of: from / 86_400 - 1)
      // What lies around midnight may stand in either list.
      if other.count(where: { $0.at < from * 1000 - Self.cutOff }) * 2 > other.count {
        note(.cardBillOfAnotherDay)
        rows = other
      }
    default: break
    }
    let last = after.flatMap { id in
      // A doubled row ends one page and begins the next.
      rows.indices.first { rows[$0].id == id && ($0 + 1).isMultiple(of: Self.pageRows) }
    }
    let first = after == nil ? 0 : last.map { $0 + 1 } ?? rows.count
    var page = Array(rows.dropFirst(first).prefix(Self.pageRows))
    var hasMore = first + page.count < rows.count
    if trouble == .cardBillStands {
      note(.cardBillStands)
      page = after == nil ? [] : Array(rows.prefix(first).suffix(Self.pageRows))
      hasMore = true
    }
    let text = Self.list(page, hasMore: hasMore)
    guard trouble == .cardBillTorn else { return (200, text) }
    note(.cardBillTorn)
    return (200, String(text.prefix(text.count / 2)))
  }

  private static let lies: [Behaviour: RowLie] = [
    .cardRowMissing: .missing, .cardRowDoubled: .doubled, .cardRowUnknown: .unknown,
    .cardRowOtherAmount: .otherAmount, .cardRowUnnamed: .unnamed,
    .cardRowOffRate: .offRate,
    .payoutRowMissing: .missing, .payoutRowDoubled: .doubled,
  ]

  private func paper(of day: Int64) -> CardPaper {
    let strike = strike
    return ledger.paper(
      of: day,
      by: CardLedger.Liar(
        lies: Self.lies, strike: { strike(.cardBill) ?? strike(.cardRateRow) },
        strikeList: { strike(.cardBill) }, note: note, strikePayout: { strike(.payoutRow) },
        stranger: "pi_stranger"))
  }

  private static func list(_ rows: [CardMovement], hasMore: Bool) -> String {
    #"{"object":"list","url":"/v1/balance_transactions","has_more":\#(hasMore),"data":["#
      + rows.map(text).joined(separator: ",") + "]}"
  }

  private static func text(_ row: CardMovement) -> String {
    #"{"id":"\#(row.id)","object":"balance_transaction","amount":\#(row.minor),"#
      + #""created":\#(row.at / 1000),"currency":"cny","fee":\#(row.fee),"#
      + #""exchange_rate":\#(row.exchange?.rateText ?? "null"),"#
      + #""net":\#(row.net),"reporting_category":"\#(row.kind.rawValue)","#
      + #""source":\#(source(row))}"#
  }

  private static func source(_ row: CardMovement) -> String {
    let amount = abs(row.told.minor)
    let currency = #""currency":"\#(row.told.currency.lowercased())","#
    let named = row.reference.isEmpty || row.isUnnamed ? "" : "\"\(row.reference)\""
    switch row.kind {
    case .charge:
      let metadata = named.isEmpty ? "{}" : #"{"till_payment":\#(named)}"#
      return #"{"id":"ch_\#(row.object.dropFirst(3))","object":"charge",\#(currency)"#
        + #""amount":\#(amount),"payment_intent":"\#(row.object)","metadata":\#(metadata)}"#
    case .refund:
      let metadata = named.isEmpty ? "{}" : #"{"till_refund":\#(named)}"#
      return #"{"id":"\#(row.object)","object":"refund",\#(currency)"#
        + #""amount":\#(amount),"metadata":\#(metadata)}"#
    case .payout, .payoutReturned:
      let status = row.kind == .payout ? "in_transit" : "failed"
      return #"{"id":"\#(row.object)","object":"payout",\#(currency)"#
        + #""amount":\#(amount),"automatic":true,"status":"\#(status)","metadata":{}}"#
    case .dispute, .disputeReversal, .aside:
      let intent = row.isUnnamed ? "" : row.reference
      return #"{"id":"\#(row.object)","object":"dispute",\#(currency)"#
        + #""amount":\#(amount),"payment_intent":"\#(intent)","metadata":{}}"#
    }
  }
}
