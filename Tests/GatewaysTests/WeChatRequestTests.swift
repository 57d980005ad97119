import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("WeChat Pay, requests")
struct WeChatRequestTests {
  private static func request(
    _ question: Question, at now: Timestamp = WeChatFixture.now
  ) throws -> GatewayRequest {
    guard case .exchange(let request) = try WeChatFixture.publicKeyMode.plan(question, at: now)
    else {
      Issue.record("every question needs a call")
      throw CancellationError()
    }
    return request
  }

  private static func body(_ request: GatewayRequest) throws -> JSONObject {
    try #require(try JSONReader.read(request.body, profile: .document).objectValue)
  }

  @Test("a native order is asked for to the byte")
  func native() throws {
    let request = try Self.request(.create(WeChatFixture.payment()))
    #expect(request.url == "https://api.mch.weixin.qq.com/v3/pay/transactions/native")
    #expect(
      String(decoding: request.body, as: UTF8.self) == """
        {"appid":"wxd678efh567hg6787","mchid":"1900000109","description":"会员 VIP",\
        "out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","time_expire":"2026-11-21T16:15:00+08:00",\
        "notify_url":"https://shop.example/notify/wechat",\
        "amount":{"total":8888,"currency":"CNY"}}
        """)
    let names = request.headers.map(\.name)
    #expect(
      names == ["Accept", "User-Agent", "Authorization", "Wechatpay-Serial", "Content-Type"])
    #expect(request.headers[3].value == WeChatFixture.platformSerial)
  }

  @Test("every request's signature covers method, target with query, time, nonce and body")
  func signature() throws {
    let key = AlipayFixture.publicKey(WeChatFixture.ownKey)
    let known = WeChatFixture.payment(transaction: "4200000263201902167700136502")
    for question in WeChatFixture.questions() + [.query(known), .check] {
      let request = try Self.request(question)
      let header = try #require(request.headers.first { $0.name == "Authorization" }?.value)
      #expect(header.hasPrefix("WECHATPAY2-SHA256-RSA2048 mchid=\"1900000109\","))
      var pairs: [String: String] = [:]
      for pair in header.split(separator: " ", maxSplits: 1)[1].split(separator: ",") {
        let cut = try #require(pair.firstIndex(of: "="))
        pairs[String(pair[..<cut])] = String(pair[pair.index(after: cut)...].dropFirst().dropLast())
      }
      #expect(pairs["serial_no"] == WeChatFixture.serial)
      #expect(pairs["nonce_str"]?.utf8.count == 32)
      let target = request.url.dropFirst("https://api.mch.weixin.qq.com".count)
      let text = WeChatSigning.requestText(
        method: request.method, target: String(target),
        seconds: WeChatFixture.now.milliseconds / 1000, nonce: pairs["nonce_str"] ?? "",
        body: request.body)
      let signature = try Base64.decode(pairs["signature"] ?? "")
      #expect(key.isValid(signature, for: text, .sha256WithRSA), "\(question.operation)")
    }
  }

  @Test("the same order asked for again a minute later has the same body and another nonce")
  func repetition() throws {
    let first = try Self.request(.create(WeChatFixture.payment()))
    let later = WeChatFixture.now.adding(milliseconds: 60_000)
    let second = try Self.request(.create(WeChatFixture.payment()), at: later)
    #expect(first.body == second.body)
    #expect(first.headers[2] != second.headers[2])
  }

  @Test("a payment is asked about by our number until WeChat's is known")
  func queries() throws {
    let root = "https://api.mch.weixin.qq.com/v3/pay/transactions"
    #expect(
      try Self.request(.query(WeChatFixture.payment())).url
        == "\(root)/out-trade-no/PAY01JD8QZ7M2V9K3XT5W6Y?mchid=1900000109")
    let known = WeChatFixture.payment(transaction: "4200000263201902167700136502")
    #expect(
      try Self.request(.query(known)).url
        == "\(root)/id/4200000263201902167700136502?mchid=1900000109")
  }

  @Test("h5 needs the buyer's address, jsapi the buyer's openid")
  func methods() throws {
    for method in ["h5", "jsapi", "app"] {
      #expect(throws: Fault.self) {
        try Self.request(.create(WeChatFixture.payment(method: method)))
      }
    }
    let h5 = WeChatFixture.payment(method: "h5", clientIP: "203.0.113.42")
    let scene = try #require(try Self.body(Self.request(.create(h5)))["scene_info"])
    #expect(scene["payer_client_ip"]?.stringValue == "203.0.113.42")
    #expect(scene["h5_info"]?["type"]?.stringValue == "Wap")
    let jsapi = WeChatFixture.payment(method: "jsapi", payer: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")
    let payer = try #require(try Self.body(Self.request(.create(jsapi)))["payer"])
    #expect(payer["openid"]?.stringValue == "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")
  }

  @Test("amounts, currencies and times that WeChat refuses are never sent")
  func limits() throws {
    let dollar = try #require(Currency(code: "USD"))
    let now = WeChatFixture.now
    for payment in [
      WeChatFixture.payment(amount: Money(100, dollar)),
      WeChatFixture.payment(amount: AlipayFixture.yuan(2_147_483_648)),
      WeChatFixture.payment(expiresAt: now.adding(milliseconds: 999)),
    ] {
      #expect(throws: Fault.self) { try Self.request(.create(payment)) }
    }
    let far = WeChatFixture.payment(expiresAt: now.adding(milliseconds: 365 * 86_400_000))
    let body = try Self.body(Self.request(.create(far)))
    #expect(body["time_expire"]?.stringValue == "2027-02-18T16:00:00+08:00")
  }

  @Test("a description keeps to 127 characters and a refund's reason to 80 bytes")
  func texts() throws {
    let long = String(repeating: "卡", count: 200)
    let request = try Self.request(.create(WeChatFixture.payment(subject: long + "😀")))
    let description = try #require(try Self.body(request)["description"]?.stringValue)
    #expect(description.unicodeScalars.count == 127)
    let refund = AlipayFixture.refund(reason: long)
    let reason = try Self.body(Self.request(.refund(WeChatFixture.payment(), refund)))["reason"]
    #expect(try #require(reason?.stringValue).utf8.count <= 80)
  }

  @Test("a refund names our number, the whole amount and the part, and where notices go")
  func refund() throws {
    let request = try Self.request(.refund(WeChatFixture.payment(), WeChatFixture.refund))
    #expect(request.url.hasSuffix("/v3/refund/domestic/refunds"))
    #expect(
      String(decoding: request.body, as: UTF8.self) == """
        {"out_trade_no":"PAY01JD8QZ7M2V9K3XT5W6Y","out_refund_no":"RFD01JD8R0",\
        "reason":"card missing","notify_url":"https://shop.example/notify/wechat",\
        "amount":{"refund":3000,"total":8888,"currency":"CNY"}}
        """)
  }

  @Test("while certificates change, the newest one in force is asked for")
  func preferredSerial() throws {
    let gateway = WeChatFixture.gateway(WeChatFixture.certificateFields)
    guard case .exchange(let request) = try gateway.plan(.check, at: WeChatFixture.now) else {
      return
    }
    let serial = request.headers.first { $0.name == "Wechatpay-Serial" }?.value
    #expect(["45F5", "5701"].contains(serial))
  }
}
