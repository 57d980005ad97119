import Domain
import JSON

/// Complaints of buyers at WeChat Pay (消费者投诉2.0): what is asked, and what is answered.
///
/// A complaint is a buyer's word to WeChat about one order. It is no dispute about money: WeChat
/// moves none by it, and what the merchant owes is an answer at WeChat's own desk. So it is an
/// inquiry that is open, worked on and over, with `DisputeFunds.none` throughout. WeChat names no
/// date until which it takes an answer, so nobody is reminded of one.
///
/// Source: WeChat's pages of the list, of one complaint and of its notice, and models of two
/// libraries. Unverified: whether the list holds a complaint as soon as its notice leaves.
struct WeChatComplaints: Sendable {
  static let path = "/v3/merchant-service/complaints-v2"
  /// A page; WeChat takes up to 50.
  static let pageCountMax: Int64 = 20

  let settings: WeChatSettings
  let requests: WeChatRequests

  func list(_ facts: CatchUpFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    let window = ComplaintWindow(facts, at: now)
    let begin = CivilTime(window.begin, offsetMinutes: BeijingTime.offsetMinutes).dateText
    let end = CivilTime(window.end, offsetMinutes: BeijingTime.offsetMinutes).dateText
    let query = "limit=\(Self.pageCountMax)&offset=\(window.offset)&begin_date=\(begin)"
    return try requests.request(
      "GET", "\(Self.path)?\(query)&end_date=\(end)", nil, at: now)
  }

  func query(_ dispute: DisputeFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    let number = FormEncoding.encode(dispute.gatewayDispute)
    return try requests.request("GET", "\(Self.path)/\(number)", nil, at: now)
  }

  /// What the list says. Orders that are not ours belong to other programs of the merchant.
  func page(
    _ record: WeChatRecord, _ facts: CatchUpFacts, at now: Timestamp
  ) throws(WeChatStatements.Flaw) -> CatchUpPage {
    // WeChat leaves an empty list out.
    let rows = (record.members["data"]?.arrayValue ?? []).compactMap(\.objectValue)
    let window = ComplaintWindow(facts, at: now)
    var items: [CatchUpPage.Item] = []
    for row in rows.reversed() {
      let complaint = WeChatRecord(row)
      guard complaint.isSame("complainted_mchid", settings.merchantID)
        || complaint.text("complainted_mchid") == nil,
        let order = Self.orders(complaint).first, let number = order.number("out_trade_no")
      else { continue }
      items.append(
        CatchUpPage.Item(
          payment: .outTradeNumber(number),
          statements: [.dispute(try Self.sighting(complaint, order))]))
    }
    let isFull = Int64(rows.count) >= Self.pageCountMax
    return CatchUpPage(
      items: items, cursor: window.cursor(after: isFull ? Int64(rows.count) : nil),
      hasMore: isFull)
  }

  /// What the answer about one complaint says. It must name the complaint, us, and our order.
  func dispute(
    _ record: WeChatRecord, _ payment: PaymentFacts, _ dispute: DisputeFacts
  ) throws(WeChatStatements.Flaw) -> DisputeSighting {
    guard record.isSame("complaint_id", dispute.gatewayDispute) else {
      throw .init("is about another number")
    }
    guard record.isSame("complainted_mchid", settings.merchantID) else {
      throw .init("is about another merchant")
    }
    let order = Self.orders(record).first { $0.isSame("out_trade_no", payment.outTradeNumber) }
    guard let order else { throw .init("is about another number") }
    return try Self.sighting(record, order)
  }

  /// WeChat gives a list; so far a complaint is about one order.
  private static func orders(_ complaint: WeChatRecord) -> [WeChatRecord] {
    (complaint.members["complaint_order_info"]?.arrayValue ?? [])
      .compactMap(\.objectValue).map { WeChatRecord($0) }
  }

  private static func sighting(
    _ complaint: WeChatRecord, _ order: WeChatRecord
  ) throws(WeChatStatements.Flaw) -> DisputeSighting {
    guard let number = complaint.number("complaint_id"),
      let word = complaint.text("complaint_state"), let amount = order.money("amount")
    else { throw .init("lacks what a complaint must have") }
    // The buyer's own words and number are not kept.
    let kind = GatewayText.unmarked(
      complaint.text("problem_type") ?? "", scalarsMax: 32, otherwise: "no kind given")
    return DisputeSighting(
      gatewayDispute: number, status: status(word, isAsking: complaint.isAsking),
      gatewayStatus: String(word.prefix(64)), amount: amount,
      reason: Reason(code: "complaint", gatewayCode: kind, text: "a buyer complained at WeChat"),
      dueAt: nil, funds: DisputeFunds.none)
  }

  /// - Parameter isAsking: a message of the buyer waits for an answer.
  private static func status(_ word: String, isAsking: Bool) -> DisputeStatus? {
    switch word {
    case "PENDING": .warning
    // Answered once; whose turn it is, the buyer's last message says.
    case "PROCESSING": isAsking ? .warning : .underReview
    case "PROCESSED": .warningClosed
    default: nil
    }
  }
}

extension WeChatRecord {
  fileprivate var isAsking: Bool { members["incoming_user_response"]?.boolValue == true }
}
