import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Complaints of buyers at WeChat and Alipay")
struct ComplaintTests {
  private static let weChatGateway = WeChatFixture.gateway(
    AlipayFixture.setting("complaints", .bool(true), in: WeChatFixture.fields))
  private static let alipayGateway = AlipayFixture.gateway(
    AlipayFixture.setting("complaints", .bool(true)))
  private static let number = AlipayFixture.payment().outTradeNumber
  private static let facts = CatchUpFacts(
    cursor: nil, since: AlipayFixture.now.adding(milliseconds: -3_600_000))

  // MARK: which part of the list

  @Test("a look begins a day before the last one, and never further back than the list goes")
  func window() {
    let now = AlipayFixture.now
    let first = ComplaintWindow(Self.facts, at: now)
    #expect(now.milliseconds(since: first.begin) == 3 * 86_400_000 + 3_600_000)
    #expect(first.offset == 0)
    let page = first.cursor(after: 20)
    let second = ComplaintWindow(
      CatchUpFacts(cursor: page, since: now), at: now.adding(milliseconds: 5000))
    #expect(second.begin == first.begin && second.end == first.end && second.offset == 20)
    let done = second.cursor(after: nil)
    let later = now.adding(milliseconds: 900_000)
    let next = ComplaintWindow(CatchUpFacts(cursor: done, since: now), at: later)
    #expect(next.begin == now.adding(milliseconds: -86_400_000) && next.end == later)
    let away = now.adding(milliseconds: 90 * 86_400_000)
    let after = ComplaintWindow(CatchUpFacts(cursor: done, since: now), at: away)
    #expect(away.milliseconds(since: after.begin) == ComplaintWindow.spanMillisecondsMax)
    for broken in ["x", "1/2", "-1/5/0", "9/3/0", "1/2/3/4"] {
      let window = ComplaintWindow(CatchUpFacts(cursor: broken, since: Self.facts.since), at: now)
      #expect(window.end == now && window.offset == 0, "\(broken)")
    }
  }

  @Test("both lists are asked for by days or times of Beijing, a page at a time")
  func requests() throws {
    let now = AlipayFixture.now
    guard case .exchange(let wechat) = try Self.weChatGateway.plan(.catchUp(Self.facts), at: now),
      case .exchange(let alipay) = try Self.alipayGateway.plan(.catchUp(Self.facts), at: now)
    else {
      Issue.record("a list is asked for by a call")
      return
    }
    #expect(
      wechat.url.hasSuffix(
        "/v3/merchant-service/complaints-v2?limit=20&offset=0&begin_date=2026-11-18"
          + "&end_date=2026-11-21"))
    let body = String(decoding: alipay.body, as: UTF8.self)
    #expect(alipay.url.contains("method=alipay.merchant.tradecomplain.batchquery"))
    #expect(body.contains("page_num%22%3A1%2C%22page_size%22%3A10"))
    let page = CatchUpFacts(cursor: "1700000000000/1700086400000/30", since: now)
    guard case .exchange(let fourth) = try Self.alipayGateway.plan(.catchUp(page), at: now)
    else {
      Issue.record("a page is asked for by a call")
      return
    }
    #expect(String(decoding: fourth.body, as: UTF8.self).contains("page_num%22%3A4%2C"))
  }

  @Test("complaints are not asked for where the configuration does not want them")
  func unwanted() {
    for gateway in [WeChatFixture.gateway(), AlipayFixture.keyMode] {
      #expect(gateway.capabilities.catchUpEveryMilliseconds == nil)
      #expect(!gateway.capabilities.canQueryDisputes)
      #expect(throws: Fault.self) {
        try gateway.plan(.catchUp(Self.facts), at: AlipayFixture.now)
      }
    }
    #expect(Self.weChatGateway.capabilities.canQueryDisputes)
    #expect(Self.alipayGateway.capabilities.canQueryDisputes)
  }

  // MARK: WeChat

  private static func weChatRow(
    _ state: String, asking: Bool = false, merchant: String = WeChatFixture.merchantID,
    amount: String = "8888", order: String = number
  ) -> String {
    """
    {"complaint_id":"200201820200101080076610000","complaint_state":"\(state)",\
    "complainted_mchid":"\(merchant)","complaint_detail":"私事","payer_phone":"sealed",\
    "problem_type":"REFUND","incoming_user_response":\(asking),"complaint_order_info":[{\
    "transaction_id":"4200000404201909069117582536","out_trade_no":"\(order)","amount":\(amount)}]}
    """
  }

  private static let weChatQuestion = Question.disputeQuery(
    WeChatFixture.payment(), DisputeFacts(gatewayDispute: "200201820200101080076610000"))

  private static func weChat(_ body: String) throws -> DisputeSighting {
    guard
      case .dispute(let found) = try weChatGateway.read(
        WeChatFixture.signed(body), to: weChatQuestion, at: WeChatFixture.now)
    else { throw CancellationError() }
    return found
  }

  @Test("a complaint at WeChat is an inquiry without money, in its own words")
  func weChatWords() throws {
    let order = WeChatFixture.payment().outTradeNumber
    let words: [(String, Bool, DisputeStatus?)] = [
      ("PENDING", false, .warning), ("PROCESSING", true, .warning),
      ("PROCESSING", false, .underReview), ("PROCESSED", false, .warningClosed),
      ("ARBITRATED", false, nil),
    ]
    for (word, isAsking, status) in words {
      let found = try Self.weChat(Self.weChatRow(word, asking: isAsking, order: order))
      #expect(found.status == status, "\(word)")
      #expect(found.gatewayStatus == word)
      #expect(found.funds == DisputeFunds.none)
      #expect(found.amount == AlipayFixture.yuan(8888))
      #expect(found.dueAt == nil)
      #expect(found.reason?.text.contains("私事") == false)
    }
  }

  @Test("an answer about another complaint, merchant or order, or without an amount, is of no use")
  func weChatOthers() {
    let order = WeChatFixture.payment().outTradeNumber
    let rows = [
      Self.weChatRow("PENDING", order: "SOMEBODYELSES"),
      Self.weChatRow("PENDING", merchant: "1900009999", order: order),
      Self.weChatRow("PENDING", amount: "0", order: order),
      Self.weChatRow("PENDING", amount: "\"8888\"", order: order),
      Self.weChatRow("PENDING", order: order).replacing("200201820", with: "300201820"),
      "{}",
    ]
    for row in rows { #expect(throws: Fault.self, "\(row)") { try Self.weChat(row) } }
    for code in ["NO_AUTH", "RESOURCE_NOT_EXISTS", "PARAM_ERROR", "SOMETHING_NEW", "ORDER_CLOSED"] {
      for question in [Self.weChatQuestion, .catchUp(Self.facts)] {
        #expect(throws: Fault.self, "\(code)") {
          try Self.weChatGateway.read(
            WeChatFixture.refusal(code, status: 403), to: question, at: WeChatFixture.now)
        }
      }
    }
  }

  @Test("WeChat's list tells of each order; a full page is followed by the next one")
  func weChatList() throws {
    func page(_ rows: [String]) throws -> CatchUpPage {
      let body = "{\"data\":[\(rows.joined(separator: ","))],\"limit\":20,\"offset\":0}"
      guard
        case .happened(let page) = try Self.weChatGateway.read(
          WeChatFixture.signed(body), to: .catchUp(Self.facts), at: WeChatFixture.now)
      else { throw CancellationError() }
      return page
    }
    let some = try page([
      Self.weChatRow("PENDING"), Self.weChatRow("PENDING", merchant: "1900009999"),
      #"{"complaint_id":"1","complaint_state":"PENDING"}"#,
    ])
    #expect(some.items.map(\.payment) == [.outTradeNumber(Self.number)])
    #expect(!some.hasMore)
    #expect(some.cursor == "\(WeChatFixture.now.milliseconds)")
    let full = try page((0..<20).map { Self.weChatRow("PENDING", order: "PAY\(1000 + $0)") })
    #expect(full.hasMore)
    #expect(full.cursor?.hasSuffix("/20") == true)
    #expect(full.items.count == 20)
    guard
      case .happened(let empty) = try Self.weChatGateway.read(
        WeChatFixture.signed(#"{"limit":20,"offset":0}"#), to: .catchUp(Self.facts),
        at: WeChatFixture.now)
    else { throw CancellationError() }
    #expect(empty.items.isEmpty && !empty.hasMore)
  }

  @Test("a notice of WeChat names the complaint and wakes a question; unwanted it is of no concern")
  func weChatNotice() {
    for type in ["COMPLAINT.CREATE", "COMPLAINT.STATE_CHANGE"] {
      let body = WeChatFixture.event(
        #"{"complaint_id":"200201820200101080076610000","action_type":"CREATE_COMPLAINT"}"#,
        type: type)
      let notice = WeChatFixture.notice(body)
      let reading = Self.weChatGateway.readNotification(notice, at: WeChatFixture.now)
      guard case .dispute(let hint) = reading else {
        Issue.record("\(type)")
        continue
      }
      #expect(hint.gatewayDispute == "200201820200101080076610000")
      #expect(hint.acknowledgement.status == 200)
      guard
        case .irrelevant = WeChatFixture.gateway().readNotification(notice, at: WeChatFixture.now)
      else {
        Issue.record("\(type) was not wanted")
        continue
      }
    }
    let nameless = WeChatFixture.notice(
      WeChatFixture.event(#"{"action_type":"X"}"#, type: "COMPLAINT.CREATE"))
    let reading = Self.weChatGateway.readNotification(nameless, at: WeChatFixture.now)
    guard case .rejected = reading else {
      Issue.record("a complaint without a number")
      return
    }
  }

  // MARK: Alipay

  private static let complaint = "2020092300102000000001459758"

  private static func alipayMembers(
    _ status: String, amount: String = "88.88", order: String = number
  ) -> String {
    """
    "complain_event_id":"\(complaint)","status":"\(status)","merchant_order_no":"\(order)",\
    "trade_no":"2026112122001499160501589436","trade_amount":"\(amount)","content":"私事",\
    "phone_no":"13800138000","leaf_category_name":"退款"
    """
  }

  private static func alipay(_ node: String, _ members: String) -> GatewayAnswer {
    AlipayFixture.answer(
      AlipayFixture.body(
        "alipay_merchant_tradecomplain_\(node)_response",
        "{\"code\":\"10000\",\"msg\":\"Success\",\(members)}"))
  }

  private static let alipayQuestion = Question.disputeQuery(
    AlipayFixture.payment(), DisputeFacts(gatewayDispute: complaint))

  private static func alipay(_ members: String) throws -> DisputeSighting {
    guard
      case .dispute(let found) = try alipayGateway.read(
        alipay("query", members), to: alipayQuestion, at: AlipayFixture.now)
    else { throw CancellationError() }
    return found
  }

  @Test("a complaint at Alipay is an inquiry without money, in its own words")
  func alipayWords() throws {
    let words: [(String, DisputeStatus?)] = [
      ("MERCHANT_PROCESSING", .warning), ("MERCHANT_FEEDBACKED", .underReview),
      ("PLATFORM_PROCESSING", .underReview), ("FINISHED", .warningClosed),
      ("CANCELLED", .warningClosed), ("CLOSED", .warningClosed),
      ("PLATFORM_FINISH", .warningClosed), ("SOMETHING_NEW", nil),
    ]
    for (word, status) in words {
      let found = try Self.alipay(Self.alipayMembers(word))
      #expect(found.status == status, "\(word)")
      #expect(found.funds == DisputeFunds.none)
      #expect(found.amount == AlipayFixture.yuan(8888))
      #expect(found.reason?.text.contains("私事") == false)
    }
    for members in [
      Self.alipayMembers("FINISHED", order: "SOMEBODYELSES"),
      Self.alipayMembers("FINISHED", amount: "0"), Self.alipayMembers("FINISHED", amount: "-1"),
      Self.alipayMembers("FINISHED").replacing(Self.complaint, with: "20200923"),
      Self.alipayMembers(""),
    ] {
      #expect(throws: Fault.self, "\(members)") { try Self.alipay(members) }
    }
  }

  @Test("Alipay's list is read bare and wrapped, and followed to its end")
  func alipayList() throws {
    func page(_ list: String) throws -> CatchUpPage {
      guard
        case .happened(let page) = try Self.alipayGateway.read(
          Self.alipay("batchquery", "\"page_num\":1,\"trade_complain_infos\":\(list)"),
          to: .catchUp(Self.facts), at: AlipayFixture.now)
      else { throw CancellationError() }
      return page
    }
    let row = "{\(Self.alipayMembers("MERCHANT_PROCESSING"))}"
    #expect(try page("[\(row)]").items.count == 1)
    #expect(try page("{\"trade_complain_query_response\":[\(row)]}").items.count == 1)
    #expect(try page("[]").items.isEmpty)
    let full = try page("[\(Array(repeating: row, count: 10).joined(separator: ","))]")
    #expect(full.hasMore && full.cursor?.hasSuffix("/10") == true)
    let refused = AlipayFixture.answer(
      AlipayFixture.body(
        "alipay_merchant_tradecomplain_batchquery_response",
        AlipayFixture.refusal(code: "40006", "isv.insufficient-isv-permissions")))
    #expect(throws: Fault.self) {
      try Self.alipayGateway.read(refused, to: .catchUp(Self.facts), at: AlipayFixture.now)
    }
  }

  @Test("a message of Alipay names the complaint and wakes a question")
  func alipayMessage() {
    let fields: AlipayNotificationTests.Pairs = [
      ("app_id", AlipayFixture.applicationID), ("charset", "UTF-8"), ("version", "1.1"),
      ("biz_content", "{\"complain_event_id\":\"\(Self.complaint)\"}"),
      ("msg_method", "alipay.merchant.tradecomplain.changed"),
      ("notify_id", "d275fec564e62af6bedbcee73f3f05fi5x"), ("utc_timestamp", "1516797622752"),
    ]
    let signed = AlipayNotificationTests.signed(fields)
    guard case .dispute(let hint) = AlipayNotificationTests.read(signed, Self.alipayGateway) else {
      Issue.record("a message names a complaint")
      return
    }
    #expect(hint.gatewayDispute == Self.complaint)
    #expect(hint.acknowledgement.body == "success")
    let other = fields.map { $0.0 == "msg_method" ? ($0.0, "alipay.open.app.x") : $0 }
    guard
      case .irrelevant(let reason, _) = AlipayNotificationTests.read(
        AlipayNotificationTests.signed(other), Self.alipayGateway)
    else {
      Issue.record("a message about something else")
      return
    }
    #expect(reason.code == "other_type")
    guard case .rejected = AlipayNotificationTests.read(fields, Self.alipayGateway) else {
      Issue.record("an unsigned message")
      return
    }
  }
}
