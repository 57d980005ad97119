import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("WeChat Pay, published vectors")
struct WeChatVectorTests {
  private static func certificate() throws -> Certificate {
    try Certificate(try #require(WeChatFixture.published["certificate"]?.stringValue))
  }

  @Test("the published signature of a request covers our text of it")
  func request() throws {
    let request = try #require(WeChatFixture.published["request"])
    let text = WeChatSigning.requestText(
      method: try #require(request["method"]?.stringValue),
      target: try #require(request["url_path"]?.stringValue),
      seconds: try #require(request["timestamp"]?.stringValue.flatMap { Int64($0) }),
      nonce: try #require(request["nonce"]?.stringValue),
      body: Array(try #require(request["body_exact"]?.stringValue).utf8))
    let signature = try Base64.decode(try #require(request["signature_base64"]?.stringValue))
    let key = try Self.certificate().publicKey()
    #expect(key.isValid(signature, for: text, .sha256WithRSA))
    #expect(!key.isValid(signature, for: text.dropLast() + [0x20], .sha256WithRSA))
  }

  @Test("a body that ends with a line feed gets another one")
  func trailingLineFeed() {
    let text = WeChatSigning.requestText(
      method: "POST", target: "/v3/certificates", seconds: 1_624_523_846, nonce: "A1B2C3D4E5F6G7",
      body: Array("Hello World!\n".utf8))
    #expect(
      String(decoding: text, as: UTF8.self)
        == "POST\n/v3/certificates\n1624523846\nA1B2C3D4E5F6G7\nHello World!\n\n")
  }

  @Test("the number of the published certificate is the published one, in capitals")
  func serial() throws {
    #expect(try Self.certificate().serialHex == WeChatFixture.published["serial"]?.stringValue)
  }

  @Test("published answers and notices verify at their time, and not with one byte changed")
  func answers() throws {
    for name in ["response", "notice"] {
      let item = try #require(WeChatFixture.published[name])
      let headers = try #require(item["headers"]?.objectValue).members.map {
        Header($0.key, $0.value.stringValue ?? "")
      }
      let body = Array(try #require(item["body"]?.stringValue).utf8)
      let serial = try #require(headers.first { $0.name == "Wechatpay-Serial" }?.value)
      let seconds = try #require(
        headers.first { $0.name == "Wechatpay-Timestamp" }.flatMap { Int64($0.value) })
      let keys = try WeChatKeys.published(serial, try Self.certificate().publicKey())
      let moment = Timestamp(milliseconds: seconds * 1000)
      #expect(throws: Never.self) {
        try WeChatSigning.verify(body, headers, keys: keys, at: moment)
      }
      var changed = body
      changed[body.count / 2] ^= 1
      #expect(throws: WeChatSigning.Flaw.wrong(serial: serial)) {
        try WeChatSigning.verify(changed, headers, keys: keys, at: moment)
      }
      #expect(throws: WeChatSigning.Flaw.clock(aheadMilliseconds: 300_000)) {
        let late = moment.adding(milliseconds: 300_000)
        try WeChatSigning.verify(body, headers, keys: keys, at: late)
      }
    }
  }

  @Test("published resources open with their keys")
  func sealed() throws {
    let items = try #require(WeChatFixture.published["sealed"]?.arrayValue)
    #expect(items.count == 2)
    for item in items {
      let key = try AESGCMKey(SecretBytes(utf8: try #require(item["key_ascii"]?.stringValue)))
      let plain = try key.open(
        try Base64.decode(try #require(item["ciphertext_base64"]?.stringValue)),
        nonce: Array(try #require(item["nonce"]?.stringValue).utf8),
        associated: Array(try #require(item["associated_data"]?.stringValue).utf8))
      #expect(String(decoding: plain, as: UTF8.self) == item["plaintext"]?.stringValue)
    }
  }
}

extension WeChatKeys {
  /// Keys of our own fixture with one key of WeChat's from elsewhere.
  fileprivate static func published(_ serial: String, _ key: RSAPublicKey) throws -> WeChatKeys {
    let pem = Array(key.pem.utf8)
    let files = WeChatFixture.files.merging(["published": pem]) { $1 }
    let named = "PUB_KEY_ID_\(serial)"
    let fields = AlipayFixture.setting(
      "platform_keys", WeChatFixture.platformKeys([("published", named)]),
      in: WeChatFixture.fields)
    let settings = try WeChatSettings(WeChatFixture.settings(fields, files: files))
    return settings.keys.renaming(named, serial)
  }

  /// A published key is known by a certificate's number, and the certificate is not published.
  private func renaming(_ old: String, _ new: String) -> WeChatKeys {
    WeChatKeys(
      privateKey: privateKey, merchantSerial: merchantSerial, merchantCertificate: nil,
      noticeKey: noticeKey,
      platform: platform.map {
        Platform(serial: $0.serial == old ? new : $0.serial, key: $0.key, certificate: nil)
      })
  }
}
