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
    let trouble = strike(.cardBillRoad)
    switch trouble {
    case .cardBillBroken?:
      note(.cardBillBroken)
      return (500, #"{"error":{"type":"api_error","message":"try again"}}"#)
    case .cardBillOfAnotherDay?:
      let other = ledger.truth(of: from / 86_400 - 1)
      // What lies around midnight may stand in either list.
      if other.count(where: { $0.at < from * 1000 - Self.cutOff }) * 2 > other.count {
        note(.cardBillOfAnotherDay)
        rows = other
      }
    default: break
    }
    let after = fields["starting_after"]
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

  /// What is listed of a day stays as it is.
  private func paper(of day: Int64) -> CardPaper {
    if let known = ledger.papers[day] { return known }
    var rows: [CardMovement] = []
    var flaws: [CardPaper.Flaw] = []
    for movement in ledger.truth(of: day) {
      let lie = strike(.cardBill)
      let shown = written(movement, lie)
      if shown != [movement], let lie {
        note(lie)
        flaws.append(.init(lie: lie, movement: movement))
      }
      rows += shown
    }
    if !rows.isEmpty, strike(.cardBill) == .cardRowUnknown {
      note(.cardRowUnknown)
      let stranger = CardMovement(
        kind: .charge, id: "txn_stranger\(day)", object: "pi_stranger\(day)", reference: "",
        at: day * CardLedger.dayMilliseconds + 43_200_000, minor: 777, fee: 40)
      rows.append(stranger)
      flaws.append(.init(lie: .cardRowUnknown, movement: stranger))
    }
    let paper = CardPaper(rows: rows, flaws: flaws)
    ledger.give(paper, of: day)
    return paper
  }

  private func written(_ movement: CardMovement, _ lie: Behaviour?) -> [CardMovement] {
    var changed = movement
    switch lie {
    case .cardRowMissing?: return []
    case .cardRowDoubled?: return [movement, movement]
    case .cardRowOtherAmount? where movement.kind != .disputeReversal:
      changed.minor += movement.minor < 0 ? -1 : 100
    case .cardRowUnnamed?: changed.reference = ""
    default: break
    }
    return [changed]
  }

  private static func list(_ rows: [CardMovement], hasMore: Bool) -> String {
    #"{"object":"list","url":"/v1/balance_transactions","has_more":\#(hasMore),"data":["#
      + rows.map(text).joined(separator: ",") + "]}"
  }

  private static func text(_ row: CardMovement) -> String {
    #"{"id":"\#(row.id)","object":"balance_transaction","amount":\#(row.minor),"#
      + #""created":\#(row.at / 1000),"currency":"cny","exchange_rate":null,"fee":\#(row.fee),"#
      + #""net":\#(row.net),"reporting_category":"\#(row.kind.rawValue)","#
      + #""source":\#(source(row))}"#
  }

  private static func source(_ row: CardMovement) -> String {
    let named = row.reference.isEmpty ? "" : "\"\(row.reference)\""
    switch row.kind {
    case .charge:
      let metadata = named.isEmpty ? "{}" : #"{"till_payment":\#(named)}"#
      return #"{"id":"ch_\#(row.object.dropFirst(3))","object":"charge","currency":"cny","#
        + #""amount":\#(row.minor),"payment_intent":"\#(row.object)","metadata":\#(metadata)}"#
    case .refund:
      let metadata = named.isEmpty ? "{}" : #"{"till_refund":\#(named)}"#
      return #"{"id":"\#(row.object)","object":"refund","currency":"cny","#
        + #""amount":\#(-row.minor),"metadata":\#(metadata)}"#
    case .dispute, .disputeReversal:
      return #"{"id":"\#(row.object)","object":"dispute","currency":"cny","#
        + #""amount":\#(abs(row.minor)),"metadata":{}}"#
    }
  }
}
