import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("epay, requests and settings")
struct EpayRequestTests {
  typealias Fixture = EpayFixture

  /// github.com/Calcium-Ion/go-epay, epay/util_test.go.
  @Test("the published signature and the published choice of fields come out")
  func publishedVectors() throws {
    #expect(
      MD5.hex(
        utf8: SortedParameters.text([("money", "moneyv"), ("device", "devicev")]) + "1234567")
        == "3854cc9f022e0fb821bd2e002260245d")
    let names = ["pid", "type", "out_trade_no", "notify_url", "name", "money", "device"]
    let all = names.map { (name: $0, value: "1") } + [("sign_type", "MD5"), ("sign", "")]
    #expect(
      SortedParameters.text(all, leaving: EpaySigning.unsignedNames)
        == "device=1&money=1&name=1&notify_url=1&out_trade_no=1&pid=1&type=1")
  }

  @Test("zero is a value, empty is none, nothing is escaped before signing")
  func edges() {
    let pairs: SortedParameters.Pairs = [
      ("money", "0"), ("param", ""), ("device", "0"), ("name", "会员 &+=/%"),
    ]
    #expect(SortedParameters.text(pairs) == "device=0&money=0&name=会员 &+=/%")
  }

  @Test("a payment by call carries every field in the form, signed over all of them")
  func create() throws {
    let question = Question.create(GatewayFixture.payment(clientIP: "203.0.113.9"))
    let request = try GatewayFixture.request(Fixture.one, question)
    #expect(request.method == "POST")
    #expect(request.url == "https://pay.example/epay/mapi.php")
    let pairs = try GatewayFixture.pairs(request)
    #expect(pairs["money"] == "58.00")
    #expect(pairs["type"] == "alipay")
    #expect(pairs["clientip"] == "203.0.113.9")
    #expect(pairs["sign_type"] == "MD5")
    let signed = pairs.filter { $0.key != "sign" && $0.key != "sign_type" }
    let sorted = signed.keys.sorted().map { "\($0)=\(signed[$0] ?? "")" }.joined(separator: "&")
    #expect(pairs["sign"] == MD5.hex(utf8: sorted + Fixture.key))
    #expect(!String(decoding: request.body, as: UTF8.self).contains(Fixture.key))
  }

  @Test("the other joint of text and key is a setting")
  func suffix() throws {
    let gateway = Fixture.with("sign_suffix", .string("ampkey"))
    let pairs = try GatewayFixture.pairs(
      GatewayFixture.request(gateway, .create(Fixture.payment)))
    let signed = pairs.filter { $0.key != "sign" && $0.key != "sign_type" }
    let sorted = signed.keys.sorted().map { "\($0)=\(signed[$0] ?? "")" }.joined(separator: "&")
    #expect(pairs["sign"] == MD5.hex(utf8: sorted + "&key=" + Fixture.key))
  }

  @Test("the cashier's address is signed without a call")
  func page() throws {
    let plan = try Fixture.one.plan(
      .create(GatewayFixture.payment(method: "page")), at: Fixture.now)
    guard case .settled(.payment(.unpaid(action: let action?, gatewayPayment: _))) = plan else {
      Issue.record("a call is made")
      return
    }
    #expect(action.kind == .redirect)
    #expect(action.value.hasPrefix("https://pay.example/epay/submit.php?pid=1001&"))
    #expect(!action.value.contains("type=alipay"))
  }

  @Test("version 2 signs every call with our key and says when it was made")
  func versionTwo() throws {
    let refund = GatewayFixture.refund()
    let questions: [(Question, String)] = [
      (.create(Fixture.payment), "/api/pay/create"), (.query(Fixture.payment), "/api/pay/query"),
      (.close(Fixture.payment), "/api/pay/close"),
      (.refund(Fixture.payment, refund), "/api/pay/refund"),
      (.refundQuery(Fixture.payment, refund), "/api/pay/refundquery"),
    ]
    for (question, path) in questions {
      let request = try GatewayFixture.request(Fixture.two, question)
      #expect(request.url == "https://pay.example\(path)")
      let pairs = try GatewayFixture.pairs(request)
      #expect(pairs["timestamp"] == String(Fixture.now.milliseconds / 1000))
      #expect(pairs["sign_type"] == "RSA")
      let names = pairs.keys.filter { $0 != "sign" && $0 != "sign_type" }.sorted()
      let text = names.map { "\($0)=\(pairs[$0] ?? "")" }.joined(separator: "&")
      let signature = try Base64.decode(try #require(pairs["sign"]))
      let key = AlipayFixture.publicKey(GatewayFixture.ownKey)
      #expect(key.isValid(signature, for: Array(text.utf8), .sha256WithRSA))
    }
  }

  @Test("a query names our number, and the site's alone once that is known")
  func query() throws {
    let ours = try GatewayFixture.request(Fixture.one, .query(Fixture.payment))
    #expect(ours.method == "GET")
    #expect(
      ours.url == "https://pay.example/epay/api.php?act=order&pid=1001&key=\(Fixture.key)"
        + "&out_trade_no=\(Fixture.payment.outTradeNumber)")
    let known = GatewayFixture.payment(transaction: "2016080622555342651")
    let theirs = try GatewayFixture.pairs(GatewayFixture.request(Fixture.one, .query(known)))
    #expect(theirs["trade_no"] == "2016080622555342651")
    #expect(theirs["out_trade_no"] == nil)
    #expect(Fixture.one.secrets == [Fixture.key])
  }

  @Test("a name keeps no mark that an escape function or a signed string gives a meaning")
  func names() throws {
    let subject = "a&b=c\"d'e<f>" + String(repeating: "会", count: 80)
    let pairs = try GatewayFixture.pairs(
      GatewayFixture.request(
        Fixture.one, .create(GatewayFixture.payment(subject: subject))))
    let name = try #require(pairs["name"])
    #expect(name.utf8.count <= 127)
    #expect(name.hasPrefix("a＆b＝c＂d＇e＜f＞会"))
  }

  @Test("what the gateway cannot do is said before anything leaves")
  func unmade() {
    #expect(throws: Fault.self) {
      try Fixture.one.plan(.close(Fixture.payment), at: Fixture.now)
    }
    let dollars = GatewayFixture.payment(amount: GatewayFixture.money("USD", 100))
    #expect(throws: Fault.self) { try Fixture.one.plan(.create(dollars), at: Fixture.now) }
    let back = GatewayFixture.payment(method: "page", returnURL: "javascript:alert(1)")
    #expect(throws: Fault.self) { try Fixture.one.plan(.create(back), at: Fixture.now) }
  }

  @Test("capabilities follow the version and the site")
  func capabilities() {
    #expect(Fixture.one.capabilities.methods.map(\.name) == ["alipay", "wxpay", "page"])
    #expect(!Fixture.one.capabilities.canClose)
    #expect(!Fixture.one.capabilities.canRefundPartly)
    #expect(Fixture.one.capabilities.noticeStrength == .weakNotice)
    #expect(Fixture.two.capabilities.canClose)
    #expect(Fixture.two.capabilities.canRefundPartly)
    #expect(Fixture.two.capabilities.noticeStrength == .signedNotice)
    #expect(!Fixture.with("query", .bool(false)).capabilities.canQuery)
    let types = Fixture.with("types", .array([.string("qqpay")]))
    #expect(types.capabilities.methods.map(\.name) == ["qqpay", "page"])
  }

  @Test(
    "a wrong member is named",
    arguments: [
      ("url", JSONValue.string("http://pay.example"), "url must use https"),
      ("url", .string("https://pay.example/submit.php"), "url must be the root"),
      ("url", .string("https://pay.example?a=1"), "url must hold no query"),
      ("pid", .string("x1"), "pid must be"), ("pid", .integer(1001), "pid must be a text"),
      ("key_file", .string("none"), "none cannot be opened"),
      ("key_file", .string("short"), "key_file must hold 8 to 128"),
      ("key_file", .string("two lines"), "key_file must hold one line"),
      ("notify_url", .string("https://shop.example/n?a=1"), "notify_url must have no query"),
      ("version", .string("3"), "version must be one of 1, 2"),
      ("types", .array([]), "types must be a list"),
      ("types", .array([.string("a"), .string("a")]), "types holds something"),
      ("weak_notices", .string("apply"), "weak_notices may be apply or deliver only"),
      ("statuses", .object(JSONObject([("1", .string("won"))])), "statuses may say only"),
      ("private_key_file", .string("own"), "private_key_file belongs to version 2"),
      ("nonsense", .string("x"), "nonsense is no member"),
    ])
  func wrongMember(member: String, value: JSONValue, text: String) {
    let fields = GatewayFixture.setting(member, value, in: Fixture.fields)
    let refusal = GatewayFixture.refusal("epay", fields, files: Fixture.files)
    #expect(refusal.hasPrefix(text), "\(refusal)")
    #expect(!refusal.contains(Fixture.key))
  }

  @Test("our own key in the platform's place is named")
  func ownKey() {
    let fields = GatewayFixture.setting(
      "platform_public_key_file", .string("own.public"), in: Fixture.fieldsOfTwo)
    let refusal = GatewayFixture.refusal("epay", fields, files: Fixture.files)
    #expect(refusal.hasPrefix("platform_public_key_file is the merchant's own key"))
  }
}
