import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Alipay, configuration")
struct AlipaySettingsTests {
  private func flaw(
    _ fields: [(String, JSONValue)], files: [String: [UInt8]] = AlipayFixture.files
  ) -> GatewaySettingsError? {
    do throws(GatewaySettingsError) {
      _ = try GatewayRegistry.make(AlipayFixture.settings(fields, files: files))
      return nil
    } catch {
      return error
    }
  }

  private func setting(_ name: String, _ value: String?) -> [(String, JSONValue)] {
    AlipayFixture.setting(name, value.map { .string($0) })
  }

  private func certificates(_ name: String, _ value: String?) -> [(String, JSONValue)] {
    AlipayFixture.setting(
      name, value.map { .string($0) }, in: AlipayFixture.certificateModeFields)
  }

  @Test("both modes are taken, and a key as bare base64")
  func good() {
    #expect(flaw(AlipayFixture.keyModeFields) == nil)
    #expect(flaw(AlipayFixture.certificateModeFields) == nil)
    #expect(flaw(setting("alipay_public_key_file", "alipay.base64")) == nil)
    #expect(flaw(setting("seller_id", nil)) == nil)
    #expect(flaw(setting("notify_url", nil)) == nil)
    #expect(flaw(setting("product_code", "QR_CODE_OFFLINE")) == nil)
    #expect(flaw(setting("url", "http://127.0.0.1:8080/gateway.do")) == nil)
    #expect(flaw(setting("url", "https://openapi-sandbox.dl.alipaydev.com/gateway.do")) == nil)
    #expect(flaw(setting("qps", "5") + [("concurrency", .integer(3))]) == nil)
  }

  @Test("the application's own key in place of Alipay's is found out")
  func ownKey() {
    let flaws = [
      (flaw(setting("alipay_public_key_file", "own.public")), "alipay_public_key_file"),
      (flaw(setting("alipay_public_key_file", "own.crt")), "alipay_public_key_file"),
      (flaw(certificates("alipay_certificate_file", "own.crt")), "alipay_certificate_file"),
    ]
    for (flaw, member) in flaws {
      #expect(flaw?.member == member)
      #expect(flaw?.text.contains("is the application's own key") ?? false)
    }
  }

  @Test("a certificate of another key than ours is found out")
  func strangersCertificate() {
    let flaw = flaw(certificates("app_certificate_file", "alipay.crt"))
    #expect(flaw?.member == "app_certificate_file")
    #expect(flaw?.text.contains("the keys differ") ?? false)
  }

  @Test("the error names the member at fault")
  func members() {
    let wrong: [(String, String?)] = [
      ("app_id", nil), ("app_id", ""), ("app_id", "2088x"), ("app_id", "1234567"),
      ("seller_id", "2088"), ("seller_id", "3088001234567890"), ("seller_id", "a@b.example"),
      ("url", ""), ("url", "http://openapi.alipay.com/gateway.do"), ("url", "openapi.alipay.com"),
      ("url", "https://openapi.alipay.com"), ("url", "https://openapi.alipay.com/gateway.do?a=1"),
      ("url", "https://openapi.alipaydev.com/gateway.do"), ("url", "ftp://openapi.alipay.com/x"),
      ("app_private_key_file", nil), ("app_private_key_file", "missing"),
      ("app_private_key_file", "rubbish"), ("app_private_key_file", "alipay"),
      ("app_private_key_file", "empty"), ("alipay_public_key_file", nil),
      ("alipay_public_key_file", "missing"), ("alipay_public_key_file", "rubbish"),
      ("alipay_public_key_file", "own"), ("notify_url", "shop.example/notify"),
      ("notify_url", "https://shop.example/#x"),
      ("notify_url", "https://shop.example/" + String(repeating: "a", count: 300)),
      ("product_code", "qr code"), ("product_code", ""),
      ("aliapy_public_key_file", "alipay"), ("APP_ID", "2021001234567890"),
    ]
    for (member, value) in wrong {
      #expect(flaw(setting(member, value))?.member == member, "\(member) \(value ?? "-")")
    }
    for (member, value) in [
      ("app_certificate_file", nil), ("app_certificate_file", "rubbish"),
      ("alipay_certificate_file", nil), ("alipay_certificate_file", "own"),
      ("alipay_root_certificate_file", nil), ("alipay_root_certificate_file", "empty"),
    ] as [(String, String?)] {
      #expect(flaw(certificates(member, value))?.member == member, "\(member) \(value ?? "-")")
    }
    #expect(
      flaw(AlipayFixture.setting("app_id", .integer(2_021_001_234_567_890)))?.member == "app_id")
  }

  @Test("both modes at once are refused")
  func bothModes() {
    let fields =
      AlipayFixture.certificateModeFields + [
        ("alipay_public_key_file", .string("alipay"))
      ]
    #expect(flaw(fields)?.text.contains("exclude each other") ?? false)
  }

  @Test("no error text holds key bytes")
  func noKeyBytes() {
    let secret = String(decoding: AlipayFixture.files["own"] ?? [], as: UTF8.self)
      .split(separator: "\n")[3]
    let text = flaw(setting("alipay_public_key_file", "own"))?.text ?? ""
    #expect(text.contains("private key"))
    #expect(!text.contains(secret))
    #expect(AlipayFixture.keyMode.secrets.isEmpty)
    #expect(!"\(AlipayFixture.keyMode)".contains(secret))
  }

  @Test("a kind that does not exist is refused with the list of those that do")
  func unknownKind() {
    let settings = GatewaySettings(name: "x", kind: "alipya", fields: JSONObject()) {
      _ throws(GatewaySettingsError) in []
    }
    do throws(GatewaySettingsError) {
      _ = try GatewayRegistry.make(settings)
      Issue.record("it was made")
    } catch {
      #expect(error.member == "kind")
      #expect(error.text.contains("alipay"))
    }
    #expect(GatewayRegistry.kinds.contains("alipay"))
    #expect(GatewayRegistry.members(of: "alipay").contains { $0.name == "app_id" })
    #expect(GatewayRegistry.members(of: "none").isEmpty)
  }

  @Test("what the adapter says it can do")
  func capabilities() {
    let gateway = AlipayFixture.keyMode
    #expect(gateway.name == "alipay-main")
    #expect(gateway.kind == "alipay")
    let abilities = gateway.capabilities
    #expect(abilities.methods.map(\.name) == ["precreate", "page", "wap"])
    #expect(abilities.methods.map(\.isLocal) == [false, true, true])
    #expect(abilities.currencies == ["CNY"])
    #expect(abilities.zoneOffsetMinutes == 480)
    #expect(!abilities.closesUnseenPayments)
  }
}
