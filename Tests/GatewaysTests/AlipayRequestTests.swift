import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Alipay, requests")
struct AlipayRequestTests {
  static let host = "https://openapi.alipay.com/gateway.do"
  static let time = "2026-11-21%2016%3A00%3A00"

  private func request(
    _ question: Question, _ gateway: any Gateway = AlipayFixture.keyMode
  ) throws -> GatewayRequest {
    guard case .exchange(let request) = try gateway.plan(question, at: AlipayFixture.now) else {
      throw WrongPlan()
    }
    return request
  }

  private func redirect(_ payment: PaymentFacts) throws -> PaymentAction {
    let plan = try AlipayFixture.keyMode.plan(.create(payment), at: AlipayFixture.now)
    guard case .settled(.payment(.unpaid(let action?, _))) = plan else { throw WrongPlan() }
    return action
  }

  private struct WrongPlan: Error {}

  /// The bytes of a request are these, its signature is ours over the text given, and nothing else.
  private func expect(
    _ request: GatewayRequest, method: String, notifies: Bool = false, content: String
  ) {
    let notifyText = notifies ? "&notify_url=https://shop.example/notify/alipay" : ""
    let text =
      "app_id=2021001234567890&biz_content=\(content)&charset=utf-8&format=JSON&method=\(method)"
      + "\(notifyText)&sign_type=RSA2&timestamp=2026-11-21 16:00:00&version=1.0"
    let sign = FormEncoding.encode(AlipayFixture.sign(text, with: AlipayFixture.ownKey))
    let notify =
      notifies ? "&notify_url=https%3A%2F%2Fshop.example%2Fnotify%2Falipay" : ""
    #expect(
      request.url
        == "\(Self.host)?app_id=2021001234567890&method=\(method)&format=JSON&charset=utf-8"
        + "&sign_type=RSA2&timestamp=\(Self.time)&version=1.0\(notify)&sign=\(sign)")
    #expect(request.body == Array("biz_content=\(FormEncoding.encode(content))".utf8))
    #expect(request.method == "POST")
    #expect(
      request.headers == [
        Header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8"),
        Header("Accept", "*/*"),
      ])
  }

  @Test("precreate, byte for byte")
  func precreate() throws {
    let payment = AlipayFixture.payment(clientIP: "203.0.113.42")
    expect(
      try request(.create(payment)), method: "alipay.trade.precreate", notifies: true,
      content:
        #"{"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","total_amount":"88.88","subject":"会员 VIP","#
        + #""product_code":"FACE_TO_FACE_PAYMENT","time_expire":"2026-11-21 16:15:00","#
        + #""qr_code_timeout_express":"15m","business_params":"#
        + #"{"mc_create_trade_ip":"203.0.113.42"}}"#)
  }

  @Test("query, close, refund and refund query, byte for byte")
  func others() throws {
    let payment = AlipayFixture.payment()
    expect(
      try request(.query(payment)), method: "alipay.trade.query",
      content: #"{"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y"}"#)
    expect(
      try request(.close(payment)), method: "alipay.trade.close",
      content: #"{"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y"}"#)
    expect(
      try request(.refund(payment, AlipayFixture.refund(reason: "不想要了/退"))),
      method: "alipay.trade.refund",
      content:
        #"{"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","refund_amount":"30.00","#
        + #""out_request_no":"RFD01JD8R0","refund_reason":"不想要了／退"}"#)
    expect(
      try request(.refundQuery(payment, AlipayFixture.refund())),
      method: "alipay.trade.fastpay.refund.query",
      content:
        #"{"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","out_request_no":"RFD01JD8R0","#
        + #""query_options":["gmt_refund_pay"]}"#)
    expect(
      try request(.check), method: "alipay.trade.query",
      content: "{\"out_trade_no\":\"TILLCHECK\(AlipayFixture.now.milliseconds)\"}")
  }

  @Test("certificate mode adds both serial numbers to what is sent and signed")
  func certificateMode() throws {
    let gateway = AlipayFixture.gateway(AlipayFixture.certificateModeFields)
    let request = try request(.query(AlipayFixture.payment()), gateway)
    let serial = MD5.hex(utf8: "CN=Till Test,O=Tests,C=CN2106118")
    let root = AlipayFixture.published("root_serial")
    #expect(request.url.contains("&app_cert_sn=\(serial)&alipay_root_cert_sn=\(root)&sign="))
    let text =
      "alipay_root_cert_sn=\(root)&app_cert_sn=\(serial)&app_id=2021001234567890&biz_content="
      + #"{"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y"}&charset=utf-8&format=JSON"#
      + "&method=alipay.trade.query&sign_type=RSA2&timestamp=2026-11-21 16:00:00&version=1.0"
    let sign = AlipayFixture.sign(text, with: AlipayFixture.ownKey)
    #expect(request.url.hasSuffix("&sign=\(FormEncoding.encode(sign))"))
  }

  @Test("a page address carries everything in its query and needs no call")
  func page() throws {
    let payment = AlipayFixture.payment(
      method: "page", returnURL: "https://shop.example/thanks?order=7")
    let action = try redirect(payment)
    #expect(action.kind == .redirect)
    #expect(action.expiresAt == payment.expiresAt)
    let content =
      #"{"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","total_amount":"88.88","subject":"会员 VIP","#
      + #""product_code":"FAST_INSTANT_TRADE_PAY","time_expire":"2026-11-21 16:15:00"}"#
    let text =
      "app_id=2021001234567890&biz_content=\(content)&charset=utf-8&format=JSON"
      + "&method=alipay.trade.page.pay&notify_url=https://shop.example/notify/alipay"
      + "&return_url=https://shop.example/thanks?order=7&sign_type=RSA2"
      + "&timestamp=2026-11-21 16:00:00&version=1.0"
    let sign = FormEncoding.encode(AlipayFixture.sign(text, with: AlipayFixture.ownKey))
    #expect(
      action.value
        == "\(Self.host)?app_id=2021001234567890&method=alipay.trade.page.pay&format=JSON"
        + "&charset=utf-8&sign_type=RSA2&timestamp=\(Self.time)&version=1.0"
        + "&notify_url=https%3A%2F%2Fshop.example%2Fnotify%2Falipay"
        + "&return_url=https%3A%2F%2Fshop.example%2Fthanks%3Forder%3D7"
        + "&biz_content=\(FormEncoding.encode(content))&sign=\(sign)")
  }

  @Test("a mobile page names its own product and the way out")
  func wap() throws {
    let action = try redirect(
      AlipayFixture.payment(method: "wap", returnURL: "https://shop.example/thanks"))
    #expect(action.value.contains("&method=alipay.trade.wap.pay&"))
    let content =
      #"{"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","total_amount":"88.88","subject":"会员 VIP","#
      + #""product_code":"QUICK_WAP_WAY","time_expire":"2026-11-21 16:15:00","#
      + #""quit_url":"https://shop.example/thanks"}"#
    #expect(action.value.contains("&biz_content=\(FormEncoding.encode(content))&"))
  }

  @Test(
    "the code's time to live never goes beyond the expiry, two hours or below a minute",
    arguments: [
      (1000, "1m"), (59_999, "1m"), (60_000, "1m"), (119_999, "1m"), (120_000, "2m"),
      (7_199_999, "119m"), (7_200_000, "120m"), (86_400_000, "120m"),
    ])
  func codeLifetime(milliseconds: Int64, expected: String) throws {
    let expiry = AlipayFixture.now.adding(milliseconds: milliseconds)
    let payment = AlipayFixture.payment(expiresAt: expiry)
    let request = try request(.create(payment))
    let body = String(decoding: request.body, as: UTF8.self)
    #expect(body.contains(FormEncoding.encode("\"qr_code_timeout_express\":\"\(expected)\"")))
  }

  @Test("time to pay is cut at the fifteen days that Alipay takes")
  func longExpiry() throws {
    let expiry = AlipayFixture.now.adding(milliseconds: 100 * 86_400_000)
    let request = try request(.create(AlipayFixture.payment(expiresAt: expiry)))
    let body = String(decoding: request.body, as: UTF8.self)
    #expect(body.contains(FormEncoding.encode("\"time_expire\":\"2026-12-06 16:00:00\"")))
  }

  @Test(
    "what Alipay would refuse is not sent",
    arguments: [
      AlipayFixture.payment(amount: AlipayFixture.yuan(0)),
      AlipayFixture.payment(amount: AlipayFixture.yuan(-1)),
      AlipayFixture.payment(amount: AlipayFixture.yuan(100_000_000)),
      AlipayFixture.payment(amount: AlipayFixture.yuan(.max)),
      AlipayFixture.payment(
        amount: Money(100, Currency(code: "USD") ?? AlipayFixture.yuan(0).currency)),
      AlipayFixture.payment(expiresAt: AlipayFixture.now),
      AlipayFixture.payment(expiresAt: AlipayFixture.now.adding(milliseconds: 999)),
      AlipayFixture.payment(expiresAt: Timestamp(milliseconds: 0)),
      AlipayFixture.payment(method: "barcode"), AlipayFixture.payment(method: ""),
      AlipayFixture.payment(method: "page", returnURL: "javascript:alert(1)"),
      AlipayFixture.payment(method: "page", returnURL: "https://"),
      AlipayFixture.payment(method: "wap", returnURL: "https://a b/"),
      AlipayFixture.payment(
        method: "page", returnURL: "https://a/" + String(repeating: "a", count: 17_000)),
    ])
  func notSent(payment: PaymentFacts) {
    do throws(Fault) {
      _ = try AlipayFixture.keyMode.plan(.create(payment), at: AlipayFixture.now)
      Issue.record("a request was made")
    } catch {
      guard case .notSent(let reason) = error else {
        Issue.record("the fault must say that nothing was sent")
        return
      }
      #expect(reason.code == FaultCode.rejected)
    }
  }

  @Test("a private address of the buyer is kept to ourselves")
  func privateAddress() throws {
    for address in [
      "10.0.0.5", "192.168.1.1", "172.20.0.1", "127.0.0.1", "169.254.1.1", "100.64.0.1", "::1",
      "fe80::1", "fd00::1", "0.0.0.0", "255.255.255.255",
    ] {
      let request = try request(.create(AlipayFixture.payment(clientIP: address)))
      #expect(!String(decoding: request.body, as: UTF8.self).contains("mc_create_trade_ip"))
    }
    let request = try request(.create(AlipayFixture.payment(clientIP: "2001:db8::1")))
    #expect(String(decoding: request.body, as: UTF8.self).contains("mc_create_trade_ip"))
  }

  @Test(
    "a subject holds nothing that Alipay refuses or that could pass for a field",
    arguments: [
      ("a/b=c&d", "a／b＝c＆d"), ("一\u{202E}二\u{200B}三", "一二三"), ("  两  \n 行\t", "两 行"),
      ("🎮 皮肤", "皮肤"), ("🎮🎮", "7"), ("", "7"), ("\u{0}\u{1F}", "7"), ("back\\slash", "back＼slash"),
      (String(repeating: "长", count: 256), String(repeating: "长", count: 256)),
      (String(repeating: "长", count: 257), String(repeating: "长", count: 255) + "…"),
    ])
  func subject(given: String, sent: String) {
    #expect(GatewayText.unmarked(given, scalarsMax: 256, otherwise: "7") == sent)
  }

  @Test("values are escaped as RFC 3986 wants, and the text to sign is not")
  func escaping() throws {
    #expect(FormEncoding.encode("a-Z_0.~ +&=/:%测") == "a-Z_0.~%20%2B%26%3D%2F%3A%25%E6%B5%8B")
    let text = AlipaySigning.requestText([
      ("b", "1 +&"), ("a", "测"), ("sign", "x"), ("c", ""), ("B", "2"),
    ])
    #expect(text == "B=2&a=测&b=1 +&")
  }
}
