import Domain
import Gateways

/// PayPal's transaction search: a day's rows on several pages, and what may be wrong with it.
extension FakePayPal {
  private static let pageRows = 3
  private static let bankFee: Int64 = 2000
  private static let lies: [Behaviour: RowLie] = [
    .walletRowMissing: .missing, .walletRowDoubled: .doubled, .walletRowUnknown: .unknown,
    .walletRowOtherAmount: .otherAmount, .walletRowOtherFee: .otherFee,
    .walletRowUnnamed: .unnamed, .walletPageMissing: .cut, .walletRowTouched: .touched,
  ]

  // MARK: what moves the balance

  /// PayPal itself holds disputed money back and lets it go again; a bank takes it and brings it.
  func moveMoney(of dispute: Dispute, _ before: Dispute, at now: Int64) {
    let (old, new) = (before.taken - before.returned, dispute.taken - dispute.returned)
    let number = "\(dispute.id)-\(ledger.movements.count + 1)"
    func move(_ kind: CardMovement.Kind, _ minor: Int64, _ word: String) {
      ledger.move(
        kind, "\(number)-\(word)", "", minor, about: dispute.id, word: word, at: now)
    }
    if dispute.isByBank {
      if new > old {
        move(.dispute, old - new, "T1201")
        move(.aside, -Self.bankFee, "T0106")
      }
      if new < old { move(.disputeReversal, old - new, "T1202") }
      return
    }
    if new > old { move(.aside, old - new, "T1110") }
    if new < old { move(.aside, old - new, "T1111") }
    let isOver = ["lost", "accepted"].contains(dispute.state)
    guard isOver, new > 0, before.state != dispute.state else { return }
    // What was held is let go, and goes to the buyer.
    move(.aside, new, "T1111")
    move(.aside, -new, "T1106")
  }

  /// Some of the balance is exchanged: two rows, one in each currency.
  func exchange(_ minor: Int64, for other: Int64, at now: Int64) {
    let number = "FX-\(ledger.movements.count + 1)"
    ledger.move(.aside, "\(number)-1", "", -minor, about: number, word: "T0200", at: now)
    ledger.move(
      .aside, "\(number)-2", "", other, about: number, word: "T0200", currency: "USD", at: now)
  }

  // MARK: the report

  func report(_ fields: [String: String]) -> (Int, String) {
    let start = fields["start_date"] ?? ""
    let day = ledger.movements.map { ledger.day(of: $0.at) }
      .first { Self.time(ledger.start(of: $0)) == start }
    let number = fields["page"].flatMap { Int($0) } ?? 0
    guard start.hasSuffix("T00:00:00Z"), number > 0, fields["fields"] == "all",
      fields["end_date"] == start.prefix(11) + "23:59:59Z"
    else {
      complaints.append("PayPal was asked for the transactions of \(fields)")
      return (400, #"{"name":"INVALID_REQUEST"}"#)
    }
    let trouble = strike(.walletBillRoad)
    if let trouble { note(trouble) }
    switch trouble {
    case .walletBillBroken?: return (503, #"{"name":"SERVICE_UNAVAILABLE"}"#)
    case .walletBillFresh?:
      return (
        400,
        #"{"name":"INVALID_REQUEST","details":[{"issue":"Data for the given start date is not "#
          + #"available."}]}"#
      )
    default: break
    }
    let paper = day.map(paper)
    var rows = paper.map { $0.foreign + $0.rows } ?? []
    // What the search has not come to does not stand in it.
    if trouble == .walletBillLate { rows = Array(rows.prefix(rows.count / 2)) }
    let page = rows.dropFirst((number - 1) * Self.pageRows).prefix(Self.pageRows)
    // How far the search has come.
    let known = trouble == .walletBillLate ? start : "2099-01-01T00:00:00Z"
    let stated = trouble == .walletBillLate ? rows.count : paper?.statedCount ?? 0
    let text =
      #"{"transaction_details":[\#(page.map(text).joined(separator: ","))],"#
      + #""account_number":"ACCOUNT","start_date":"\#(start.dropLast())+0000","#
      + #""end_date":"\#((fields["end_date"] ?? "").dropLast())+0000","#
      + #""last_refreshed_datetime":"\#(known)","#
      + #""page":\#(number),"total_items":\#(stated),"#
      + #""total_pages":\#((rows.count + Self.pageRows - 1) / Self.pageRows)}"#
    guard trouble == .walletBillTorn else { return (200, text) }
    return (200, String(text.prefix(text.count / 2)))
  }

  private func paper(of day: Int64) -> CardPaper {
    let strike = strike
    return ledger.paper(
      of: day,
      by: CardLedger.Liar(
        lies: Self.lies, strike: { strike(.walletBill) },
        strikeList: { strike(.walletList) }, note: note, stranger: "CAP-S"))
  }

  private func text(_ row: CardMovement) -> String {
    let code: String
    switch row.kind {
    case .charge: code = "T0006"
    case .refund: code = "T1107"
    default: code = row.word
    }
    let named =
      row.reference.isEmpty || row.isUnnamed ? "" : #""custom_field":"\#(row.reference)","#
    let about = disputes[row.about]?.capture ?? row.about
    let parent = about == row.object ? "" : #""paypal_reference_id":"\#(about)","#
    let fee = row.fee == 0 ? "" : #""fee_amount":\#(Self.money(-row.fee)),"#
    return #"{"transaction_info":{"transaction_id":"\#(row.object)",\#(parent)\#(named)\#(fee)"#
      + #""transaction_event_code":"\#(code)","transaction_status":"S","#
      + #""transaction_initiation_date":"\#(Self.time(row.at).dropLast())+0000","#
      + #""transaction_amount":\#(Self.money(row.minor, row.currency))}}"#
  }
}
