import Domain
import Gateways

/// The list of Airwallex' movements of a day, on several pages, and what may be wrong with it.
extension FakeAirwallex {
  private static let pageRows = 3
  private static let lies: [Behaviour: RowLie] = [
    .airRowMissing: .missing, .airRowDoubled: .doubled, .airRowUnknown: .unknown,
    .airRowOtherAmount: .otherAmount,
  ]

  func movements(_ fields: [String: String]) -> (Int, String) {
    let start = fields["from_created_at"] ?? ""
    let day = ledger.movements.map { ledger.day(of: $0.at) }
      .first { FakePayPal.time(ledger.start(of: $0)) == start }
    let number = fields["page_num"].flatMap { Int($0) } ?? -1
    guard start.hasSuffix("T16:00:00Z"), fields["to_created_at"]?.hasSuffix("T16:00:00Z") == true,
      number >= 0
    else {
      complaints.append("Airwallex was asked for the movements of \(fields)")
      return Self.refusal("validation_error")
    }
    let rows = day.map { paper(of: $0).rows } ?? []
    let page = rows.dropFirst(number * Self.pageRows).prefix(Self.pageRows)
    let hasMore = (number + 1) * Self.pageRows < rows.count
    let trouble = strike(.airBillRoad)
    if let trouble { note(trouble) }
    let text = Self.list(page.map(text), hasMore: hasMore)
    switch trouble {
    case .airBillBroken?: return (500, #"{"code":"internal_error","message":"try again"}"#)
    case .airBillTorn?: return (200, String(text.prefix(text.count / 2)))
    case .airBillStands?: return (200, Self.list([], hasMore: true))
    default: return (200, text)
    }
  }

  private func paper(of day: Int64) -> CardPaper {
    let strike = strike
    return ledger.paper(
      of: day,
      by: CardLedger.Liar(
        lies: Self.lies, strike: { strike(.airBill) },
        strikeList: { strike(.airList) }, note: note, stranger: "int_stranger"))
  }

  private func text(_ row: CardMovement) -> String {
    let type: String
    let source: (kind: String, id: String)
    switch row.kind {
    case .charge: (type, source) = ("PAYMENT", ("PAYMENT_ATTEMPT", "att_\(row.object)"))
    case .refund: (type, source) = ("REFUND", ("REFUND", row.object))
    case .dispute:
      (type, source) = (row.word.isEmpty ? "DISPUTE" : row.word, ("DISPUTE", row.object))
    case .disputeReversal: (type, source) = ("DISPUTE_REVERSAL", ("DISPUTE", row.object))
    case .payout: (type, source) = ("PAYOUT", ("PAYOUT", row.object))
    case .payoutReturned: (type, source) = ("PAYOUT_FAILURE", ("PAYOUT", row.object))
    case .aside: (type, source) = ("ADJUSTMENT", ("ADJUSTMENT", row.object))
    }
    let intent = refunds[row.object]?.intent ?? disputes[row.object]?.intent ?? row.object
    return #"{"id":"\#(row.id)","batch_id":"","source_id":"\#(source.id)","#
      + #""source_type":"\#(source.kind)","transaction_type":"\#(type)","currency":"CNY","#
      + #""funding_source_id":"\#(intent)","amount":\#(Self.amount(row.minor)),"#
      + #""fee":\#(Self.amount(row.fee)),"net":\#(Self.amount(row.net)),"#
      + #""status":"SETTLED","created_at":"\#(Self.time(row.at))"}"#
  }
}
