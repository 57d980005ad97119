import Domain
import JSON

/// Complaints of buyers at Alipay (交易投诉): what is asked, and what is answered.
///
/// A complaint is a buyer's word to Alipay about one trade. It is no dispute about money: Alipay
/// moves none by it, and what the merchant owes is an answer at Alipay's own desk. So it is an
/// inquiry that is open, worked on and over, with `DisputeFunds.none` throughout. Alipay names no
/// date until which it takes an answer, so nobody is reminded of one.
///
/// Source: the models of the official SDK for Java (both calls, the words of the status, a span of
/// a year at most, at most 20 on a page) and Alipay's page of the message. Unverified: that the
/// list's times are those at which complaints were made, and how it is sorted.
struct AlipayComplaints: Sendable {
  /// A page; Alipay takes up to 20.
  static let pageCountMax: Int64 = 10

  let requests: AlipayRequests

  func list(_ facts: CatchUpFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    let window = ComplaintWindow(facts, at: now)
    var content = JSONWriter()
    content.beginObject()
    content.member("begin_time", BeijingTime.text(window.begin))
    content.member("end_time", BeijingTime.text(window.end))
    content.member("page_num", window.offset / Self.pageCountMax + 1)
    content.member("page_size", Self.pageCountMax)
    return try requests.post(.complaints, content, at: now)
  }

  func query(_ dispute: DisputeFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    var content = JSONWriter()
    content.beginObject()
    content.member("complain_event_id", dispute.gatewayDispute)
    return try requests.post(.complaint, content, at: now)
  }

  /// What the list says. Trades that are not ours belong to other programs of the merchant.
  static func page(
    _ node: AlipayEnvelope, _ facts: CatchUpFacts, at now: Timestamp
  ) throws(Fault) -> CatchUpPage {
    let rows = rows(node)
    let window = ComplaintWindow(facts, at: now)
    var items: [CatchUpPage.Item] = []
    for row in rows.reversed() {
      guard let number = row["merchant_order_no"]?.stringValue, AlipayAnswers.isNumber(number)
      else { continue }
      items.append(
        CatchUpPage.Item(
          payment: .outTradeNumber(number), statements: [.dispute(try sighting(row))]))
    }
    let isFull = Int64(rows.count) >= pageCountMax
    return CatchUpPage(
      items: items, cursor: window.cursor(after: isFull ? pageCountMax : nil), hasMore: isFull)
  }

  /// The list, bare or in the wrapping that Alipay's SDKs undo.
  private static func rows(_ node: AlipayEnvelope) -> [JSONObject] {
    let list = node.members["trade_complain_infos"]
    let bare = list?.arrayValue ?? list?["trade_complain_query_response"]?.arrayValue ?? []
    return bare.compactMap(\.objectValue)
  }

  /// What the answer about one complaint says. It must name the complaint and our payment.
  static func dispute(
    _ node: AlipayEnvelope, _ payment: PaymentFacts, _ dispute: DisputeFacts
  ) throws(Fault) -> DisputeSighting {
    guard node.text("complain_event_id").hasSameBytes(as: dispute.gatewayDispute),
      node.text("merchant_order_no").hasSameBytes(as: payment.outTradeNumber)
    else { throw .badReply("Alipay", "it is about another complaint") }
    return try sighting(node.members)
  }

  private static func sighting(_ row: JSONObject) throws(Fault) -> DisputeSighting {
    guard let number = row["complain_event_id"]?.stringValue, AlipayAnswers.isNumber(number),
      let word = row["status"]?.stringValue, !word.isEmpty,
      let amount = row["trade_amount"]?.stringValue.flatMap({ AlipayAmount.read($0) }),
      amount.minor > 0
    else { throw .badReply("Alipay", "it lacks what a complaint must have") }
    // What the buyer wants, one of Alipay's own choices; the words and the number are not kept.
    let wish = GatewayText.unmarked(
      row["leaf_category_name"]?.stringValue ?? "", scalarsMax: 32, otherwise: "no kind given")
    return DisputeSighting(
      gatewayDispute: number, status: status(word), gatewayStatus: String(word.prefix(64)),
      amount: amount,
      reason: Reason(code: "complaint", gatewayCode: wish, text: "a buyer complained at Alipay"),
      dueAt: nil, funds: DisputeFunds.none)
  }

  private static func status(_ word: String) -> DisputeStatus? {
    switch word {
    case "MERCHANT_PROCESSING": .warning
    case "MERCHANT_FEEDBACKED", "PLATFORM_PROCESSING": .underReview
    case "FINISHED", "CANCELLED", "CLOSED", "PLATFORM_FINISH": .warningClosed
    default: nil
    }
  }
}
