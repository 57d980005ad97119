import Domain
import Gateways
import JSON

/// What Airwallex settles of a day, and what may be wrong with its list.
extension FakeAirwallex {
  struct Batch {
    let id: String
    /// As they are listed.
    let records: [CardMovement]
    /// What the settlement says of itself.
    let amount: Int64
    let fee: Int64
    /// The behaviour by which the two do not agree.
    let flaw: Behaviour?
  }

  /// A day's movements are settled so many days later.
  private static let daysToSettle: Int64 = 2
  private static let recordsOfPage = 3
  private static let currency = "CNY"

  private static func text(_ day: Int64) -> String {
    String(FakePayPal.time(day * CardLedger.dayMilliseconds).prefix(10))
  }

  func settlements(_ fields: [String: String]) -> (Int, String) {
    guard let text = fields["from_settled_at"], text == fields["to_settled_at"],
      fields["status"] == "SETTLED", fields["currency"] == Self.currency,
      fields["page_num"] == "0"
    else {
      complaints.append("Airwallex was asked for the settlements of \(fields)")
      return Self.refusal("validation_error")
    }
    let days = Set(ledger.movements.map { ledger.day(of: $0.at) + Self.daysToSettle })
    guard let batch = days.first(where: { Self.text($0) == text }).flatMap(batch) else {
      return answer(Self.list([]))
    }
    return answer(
      Self.list([
        #"{"id":"\#(batch.id)","amount":\#(Self.amount(batch.amount)),"#
          + #""fee":\#(Self.amount(batch.fee)),"currency":"\#(Self.currency)","#
          + #""estimated_settled_at":"\#(text)T01:00:00+0000","status":"SETTLED"}"#
      ]))
  }

  func settlementRecords(_ fields: [String: String]) -> (Int, String) {
    guard let batch = batches.values.first(where: { $0.id == fields["settlement_id"] }) else {
      complaints.append("Airwallex was asked for the records of \(fields)")
      return Self.refusal("resource_not_found")
    }
    let place = fields["page"].flatMap { Int($0) } ?? 0
    let rows = batch.records.dropFirst(place).prefix(Self.recordsOfPage)
    let next = place + rows.count
    let mark = next < batch.records.count ? "\(next)" : ""
    let texts = rows.map { text($0, in: batch.id) }.joined(separator: ",")
    return answer(#"{"page_after":"\#(mark)","items":[\#(texts)]}"#)
  }

  private func answer(_ text: String) -> (Int, String) {
    guard let trouble = strike(.airBillRoad), trouble != .airBillStands else { return (200, text) }
    note(trouble)
    return trouble == .airBillTorn
      ? (200, String(text.prefix(text.count / 2)))
      : (500, #"{"code":"internal_error","message":"try again"}"#)
  }

  /// What was said of a day stays as it is. A day without movements has none.
  private func batch(of day: Int64) -> Batch? {
    if let known = batches[day] { return known }
    var records = ledger.truth(of: day - Self.daysToSettle)
    guard !records.isEmpty else { return nil }
    let flaw = strike(.airSettlement)
    var amount = records.reduce(0) { $0 + $1.net }
    let fee = records.reduce(0) { $0 + $1.fee }
    if let flaw { note(flaw) }
    switch flaw {
    case .airSettlementOff?: amount += 100
    case .airRecordMissing?: records.removeLast()
    default: break
    }
    let id = "bat_\(Self.text(day).filter { $0 != "-" })_CNY_1"
    let batch = Batch(id: id, records: records, amount: amount, fee: fee, flaw: flaw)
    batches[day] = batch
    return batch
  }

  private func text(_ row: CardMovement, in batch: String) -> String {
    let word =
      switch row.kind {
      case .charge: "Payment"
      case .refund: "Refund"
      case .dispute: row.word.isEmpty ? "Dispute" : "Dispute lost"
      case .disputeReversal: "Dispute reversal"
      case .payout, .payoutReturned, .aside: "Adjustment"
      }
    let intent = refunds[row.object]?.intent ?? disputes[row.object]?.intent ?? row.object
    let source = row.kind == .charge ? "att_\(row.object)" : row.object
    let currency = Self.currency
    return #"{"transaction_id":"\#(row.id)","transaction_type":"\#(word)","#
      + #""transaction_currency":"\#(currency)","transaction_amount":\#(Self.amount(row.minor)),"#
      + #""gross_amount":\#(Self.amount(row.minor)),"settlement_currency":"\#(currency)","#
      + #""fees":\#(Self.amount(-row.fee)),"taxes_on_fees":0,"#
      + #""net_amount":\#(Self.amount(row.net)),"order_id":"\#(intents[intent]?.number ?? "")","#
      + #""payment_intent_id":"\#(intent)","source_id":"\#(source)","#
      + #""settlement_batch_id":"\#(batch)","created_at":"\#(Self.time(row.at))"}"#
  }
}

extension Auditor {
  /// Settlements are taken in whole, in no other statement's place, and what does not add up is
  /// told.
  func checkSettlement(_ line: EventLine, _ ledger: CardLedger) throws {
    let from = line.data["from_at"]?.integerValue ?? 0
    let batch = airwallex.batches[ledger.day(of: from)]
    guard line.data["rows"]?.integerValue == Int64(batch?.records.count ?? 0) else {
      throw Violation(
        rule: "I13", text: "\(line.text("statement")) is not what was settled on its day")
    }
    guard line.data["verified"]?.boolValue == (batch?.flaw == nil) else {
      throw Violation(
        rule: "planted",
        text: "\(batch?.id ?? "no settlement") adds up: \(batch?.flaw.map { "\($0)" } ?? "yes")")
    }
    guard line.data["supersedes"] == nil else {
      throw Violation(
        rule: "I13", text: "\(line.text("statement")) stands in the place of another statement")
    }
    settledDays.insert(ledger.day(of: from))
  }

  /// Each settlement that was ever listed was taken in.
  func auditSettlements(at now: Int64) throws {
    let last = airwallex.ledger.day(of: now) - 1
    for day in airwallex.batches.keys.sorted() where day < last && !settledDays.contains(day) {
      throw Violation(rule: "liveness", text: "what was settled on day \(day) was not taken in")
    }
  }
}
