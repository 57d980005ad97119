import Domain
import Testing

@testable import Gateways

@Suite("WeChat Pay, notices")
struct WeChatNotificationTests {
  private static func read(
    _ raw: RawNotification, at moment: Timestamp = WeChatFixture.now
  ) -> NotificationReading {
    WeChatFixture.publicKeyMode.readNotification(raw, at: moment)
  }

  private static func verified(_ body: String) throws -> Notification {
    guard case .verified(let notice) = read(WeChatFixture.notice(body)) else {
      throw CancellationError()
    }
    return notice
  }

  private static func code(_ reading: NotificationReading) -> String {
    switch reading {
    case .verified, .unproven: "verified"
    case .rejected(let reason, let answer): answer.status >= 400 ? reason.code : "acknowledged"
    case .probe(let reason, let answer): answer.status >= 400 ? reason.code : "acknowledged"
    case .irrelevant(let reason, _): reason.code
    case .dispute(let hint): "dispute \(hint.gatewayDispute)"
    }
  }

  @Test("a sealed success is a signed payment, acknowledged with 200")
  func success() throws {
    let notice = try Self.verified(WeChatFixture.event(WeChatFixture.transaction()))
    #expect(notice.outTradeNumber == WeChatFixture.payment().outTradeNumber)
    #expect(notice.strength == .signedNotice)
    #expect(notice.noticeID == "EV-2018022511223320873")
    #expect(notice.acknowledgement.status == 200)
    #expect(notice.refusal.status == 500)
    let capture = Capture(
      amount: AlipayFixture.yuan(8888), gatewayTransaction: "4200000263201902167700136502",
      paidAt: AlipayFixture.moment("2026-11-21 16:01:02"))
    #expect(notice.statements == [.payment(.paid(capture))])
  }

  @Test("every end of a refund is told under our number")
  func refunds() throws {
    for (status, type) in [
      ("SUCCESS", "REFUND.SUCCESS"), ("ABNORMAL", "REFUND.ABNORMAL"), ("CLOSED", "REFUND.CLOSED"),
    ] {
      let content = WeChatFixture.refundBody(status: status, name: "refund_status")
      let notice = try Self.verified(WeChatFixture.event(content, type: type))
      guard case .refund(let number, let sighting) = notice.statements.first else {
        Issue.record("\(type) speaks of a refund")
        continue
      }
      #expect(number == WeChatFixture.refund.refundNumber)
      switch (status, sighting) {
      case ("SUCCESS", .succeeded), ("ABNORMAL", .stalled), ("CLOSED", .failed): break
      default: Issue.record("\(status) was read as \(sighting)")
      }
    }
  }

  @Test("a test signature is refused as what it is, whoever sends it")
  func probe() {
    let body = WeChatFixture.event(WeChatFixture.transaction())
    let headers = WeChatFixture.headers(body).map {
      $0.name == "Wechatpay-Signature" ? Header($0.name, "WECHATPAY/SIGNTEST/+/=") : $0
    }
    let reading = Self.read(WeChatFixture.notice(body, headers))
    guard case .probe(_, let answer) = reading else {
      Issue.record("\(reading)")
      return
    }
    #expect(answer.status == 401)
  }

  @Test("what is not WeChat's, not now or not ours is refused with a failure")
  func refused() {
    let body = WeChatFixture.event(WeChatFixture.transaction())
    let good = WeChatFixture.headers(body)
    let late = WeChatFixture.now.adding(milliseconds: 300_000)
    let other = WeChatFixture.event(WeChatFixture.transaction(merchant: "1900009999"))
    let application = WeChatFixture.event(WeChatFixture.transaction(application: "wx0"))
    let wrongKey = WeChatFixture.event(
      WeChatFixture.transaction(), key: String(repeating: "k", count: 32))
    let stranger = WeChatFixture.headers(body, with: WeChatFixture.strangerKey)
    let unknown = WeChatFixture.headers(body, serial: "4444AAAA")
    let cases: [(RawNotification, Timestamp, String)] = [
      (WeChatFixture.notice(body, []), WeChatFixture.now, "wrong_signature"),
      (WeChatFixture.notice(body, stranger), WeChatFixture.now, "wrong_signature"),
      (WeChatFixture.notice(body, unknown), WeChatFixture.now, "unknown_serial"),
      (WeChatFixture.notice(body + " ", good), WeChatFixture.now, "wrong_signature"),
      (WeChatFixture.notice(body), late, "wrong_time"),
      (WeChatFixture.notice(other), WeChatFixture.now, "other_merchant"),
      (WeChatFixture.notice(application), WeChatFixture.now, "other_merchant"),
      (WeChatFixture.notice(wrongKey), WeChatFixture.now, "wrong_api_v3_key"),
      (WeChatFixture.notice("[]"), WeChatFixture.now, "malformed"),
      (WeChatFixture.notice("{}"), WeChatFixture.now, "malformed"),
      (WeChatFixture.notice("{"), WeChatFixture.now, "malformed"),
    ]
    for (raw, moment, wanted) in cases {
      #expect(Self.code(Self.read(raw, at: moment)) == wanted)
    }
    let page = RawNotification(httpMethod: "GET", query: "", headers: good, body: Array(body.utf8))
    #expect(Self.code(Self.read(page)) == "not_a_notice")
  }

  @Test("an event of another kind is taken and means nothing")
  func otherEvents() {
    let body = WeChatFixture.event(WeChatFixture.transaction(), type: "MARKETING.USED")
    let reading = Self.read(WeChatFixture.notice(body))
    guard case .irrelevant(_, let answer) = reading else {
      Issue.record("\(reading)")
      return
    }
    #expect(answer.status == 200)
  }
}
