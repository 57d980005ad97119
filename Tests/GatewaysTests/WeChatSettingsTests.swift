import Domain
import JSON
import Testing

@testable import Gateways

@Suite("WeChat Pay, configuration and check")
struct WeChatSettingsTests {
  private static func flaw(
    _ name: String, _ value: JSONValue?, in fields: [(String, JSONValue)] = WeChatFixture.fields
  ) -> GatewaySettingsError? {
    let changed = AlipayFixture.setting(name, value, in: fields)
    do throws(GatewaySettingsError) {
      _ = try GatewayRegistry.make(WeChatFixture.settings(changed))
      return nil
    } catch { return error }
  }

  @Test("every mistake in the configuration names its member and says what to do")
  func mistakes() {
    let keys = WeChatFixture.platformKeys
    let rows: [(String, JSONValue?, String)] = [
      ("mchid", nil, "missing"), ("mchid", .string("12ab"), "digits"),
      ("appid", .string("2021"), "as wx"), ("notify_url", nil, "missing"),
      ("notify_url", .string("https://shop.example/n?a=1"), "no query"),
      ("url", .string("https://api.mch.weixin.qq.com/v3"), "host only"),
      ("url", .string("http://api.mch.weixin.qq.com"), "https"),
      ("h5_type", .string("Phone"), "iOS, Android, Wap"),
      ("merchant_serial", nil, "merchant_certificate_file"),
      ("merchant_serial", .string("xyz"), "hexadecimal"),
      ("merchant_private_key_file", .string("own.public"), "cannot be used"),
      ("api_v3_key_file", .string("apiv3.short"), "it holds 31"),
      ("api_v3_key_file", .string("own"), "PEM"),
      ("platform_keys", nil, "is missing"), ("platform_keys", .array([]), "is missing"),
      ("platform_keys", .array([.string("platform")]), "objects with file"),
      ("platform_keys", keys([("platform", nil)]), "needs the serial"),
      ("platform_keys", keys([("platform", "4444AAAA")]), "needs the serial"),
      ("platform_keys", keys([("own.public", WeChatFixture.platformSerial)]), "own key"),
      ("platform_keys", keys([("rubbish", WeChatFixture.platformSerial)]), "cannot use rubbish"),
      ("platform_keys", keys([("platform.crt", "4444AAAA")]), "has the number 45F5"),
      ("platform_keys", keys([("platform.crt", nil), ("platform.crt", nil)]), "twice"),
      ("colour", .string("red"), "no member"),
    ]
    for (name, value, words) in rows {
      let flaw = Self.flaw(name, value)
      #expect(flaw?.member == name, "\(name): \(words)")
      #expect(flaw?.text.contains(words) == true, "\(flaw?.text ?? "accepted"): \(words)")
    }
  }

  @Test("the merchant's certificate gives its number, and must belong to the key")
  func merchantCertificate() {
    let others = AlipayFixture.setting("merchant_serial", nil, in: WeChatFixture.fields)
    #expect(Self.flaw("merchant_certificate_file", .string("own.crt"), in: others) == nil)
    let foreign = Self.flaw("merchant_certificate_file", .string("next.crt"), in: others)
    #expect(foreign?.text.contains("keys differ") == true)
    let number = Self.flaw("merchant_certificate_file", .string("own.crt"))
    #expect(number?.text.contains("25F8") == true)
  }

  @Test("no secret shows in what the configuration prints")
  func secrecy() throws {
    let settings = try WeChatSettings(WeChatFixture.settings())
    let shown = "\(settings)" + String(reflecting: settings)
    #expect(!shown.contains(WeChatFixture.apiKey))
    #expect(!shown.contains("PRIVATE KEY"))
  }

  private static func finding(
    _ answer: GatewayAnswer, at moment: Timestamp = WeChatFixture.now
  ) throws -> CheckFinding {
    guard
      case .check(let finding) = try WeChatFixture.publicKeyMode.read(
        answer, to: .check, at: moment)
    else { throw CancellationError() }
    return finding
  }

  @Test("the check names what is wrong and what to do about it")
  func check() throws {
    let absent = WeChatFixture.refusal("ORDER_NOT_EXIST", status: 404)
    #expect(try Self.finding(absent).code == "ok")
    let body = "{\"code\":\"ORDER_NOT_EXIST\",\"message\":\"订单不存在\"}"
    func answer(_ headers: [Header], status: Int = 404) -> GatewayAnswer {
      GatewayAnswer(status: status, headers: headers, body: Array(body.utf8))
    }
    let sign = Array("{\"code\":\"SIGN_ERROR\",\"message\":\"商户证书序列号有误\"}".utf8)
    let late = WeChatFixture.now.adding(milliseconds: 400_000)
    let stranger = WeChatFixture.headers(body, with: WeChatFixture.strangerKey)
    let rows: [(GatewayAnswer, Timestamp, String)] = [
      (answer(stranger), WeChatFixture.now, "wrong_key"),
      (
        answer(WeChatFixture.headers(body, serial: "4444AAAA")), WeChatFixture.now,
        "unknown_serial"
      ),
      (answer(WeChatFixture.headers(body)), late, "clock_off"),
      (answer([]), WeChatFixture.now, "wrong_environment"),
      (answer([], status: 200), WeChatFixture.now, "wrong_environment"),
      (GatewayAnswer(status: 401, headers: [], body: sign), WeChatFixture.now, "wrong_key"),
      (WeChatFixture.refusal("APPID_MCHID_NOT_MATCH"), WeChatFixture.now, "unknown_merchant"),
      (WeChatFixture.refusal("NO_AUTH", status: 403), WeChatFixture.now, "permission"),
    ]
    for (answer, moment, wanted) in rows {
      let finding = try Self.finding(answer, at: moment)
      #expect(finding.code == wanted, "\(finding)")
      #expect(finding.hint?.isEmpty == false)
    }
    let down = GatewayAnswer(status: 503, headers: [], body: [])
    #expect(throws: Fault.self) { try Self.finding(down) }
  }

  @Test("a clock that is off by more than a minute is named although the answer is right")
  func clock() throws {
    let absent = WeChatFixture.refusal("ORDER_NOT_EXIST", status: 404)
    let answer = GatewayAnswer(
      status: 404, headers: absent.headers + [Header("Date", "Sat, 21 Nov 2026 08:02:00 GMT")],
      body: absent.body)
    #expect(try Self.finding(answer).code == "clock_off")
  }

  @Test("a certificate about to end is named")
  func certificateEnds() throws {
    let fields = WeChatFixture.certificateFields
    let gateway = WeChatFixture.gateway(fields)
    let body = "{\"code\":\"ORDER_NOT_EXIST\",\"message\":\"-\"}"
    let moment = AlipayFixture.moment("2048-12-20 00:00:00")
    let answer = GatewayAnswer(
      status: 404,
      headers: WeChatFixture.headers(
        body, with: WeChatFixture.nextPlatformKey, serial: "5701", at: moment),
      body: Array(body.utf8))
    guard case .check(let finding) = try gateway.read(answer, to: .check, at: moment) else {
      return
    }
    #expect(finding.code == "certificate_ends")
  }
}
