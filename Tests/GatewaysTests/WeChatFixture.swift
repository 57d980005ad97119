import Crypto
import Domain
import Foundation
import JSON

@testable import Gateways

/// A merchant of WeChat Pay, and WeChat's side that signs and seals.
enum WeChatFixture {
  static let ownKey = AlipayFixture.ownKey
  static let platformKey = AlipayFixture.alipayKey
  static let nextPlatformKey = AlipayFixture.strangerKey
  static let strangerKey: RSAPrivateKey = {
    guard let key = try? RSAPrivateKey.generate(bits: 2048) else {
      preconditionFailure("a key can be made")
    }
    return key
  }()

  static let now = AlipayFixture.moment("2026-11-21 16:00:00")
  static let merchantID = "1900000109"
  static let applicationID = "wxd678efh567hg6787"
  static let serial = "25F8AA5452D55497C24BA57DC81B1E5915DC2E77"
  static let platformSerial = "PUB_KEY_ID_0119000001092024101500"
  static let apiKey = "0123456789abcdefghijklmnopqrstuv"

  static func payment(
    amount: Money = AlipayFixture.yuan(8888), subject: String = "会员 VIP",
    method: String = "native", returnURL: String? = nil, clientIP: String? = nil,
    payer: String? = nil, expiresAt: Timestamp = now.adding(milliseconds: 900_000),
    transaction: String? = nil
  ) -> PaymentFacts {
    PaymentFacts(
      outTradeNumber: "PAY01JD8QZ7M2V9K3XT5W6Y", amount: amount, subject: subject, method: method,
      returnURL: returnURL, clientIP: clientIP, payer: payer, createdAt: now,
      expiresAt: expiresAt, gatewayTransaction: transaction)
  }

  static let refund = AlipayFixture.refund(reason: "card missing")

  static func questions(_ payment: PaymentFacts = payment()) -> [Question] {
    [
      .create(payment), .query(payment), .close(payment), .refund(payment, refund),
      .refundQuery(payment, refund),
    ]
  }

  // MARK: Settings

  static func platformKeys(_ items: [(file: String, serial: String?)]) -> JSONValue {
    .array(
      items.map { item in
        let serial = item.serial.map { [("serial", JSONValue.string($0))] } ?? []
        return .object(JSONObject([("file", .string(item.file))] + serial))
      })
  }

  static let fields: [(String, JSONValue)] = [
    ("mchid", .string(merchantID)),
    ("appid", .string(applicationID)),
    ("merchant_private_key_file", .string("own")),
    ("merchant_serial", .string(serial.lowercased())),
    ("api_v3_key_file", .string("apiv3")),
    ("platform_keys", platformKeys([("platform", platformSerial)])),
    ("notify_url", .string("https://shop.example/notify/wechat")),
  ]

  static let certificateFields = AlipayFixture.setting(
    "platform_keys", platformKeys([("platform.crt", nil), ("next.crt", nil)]), in: fields)

  static let files: [String: [UInt8]] = [
    "own": AlipayFixture.privateText(ownKey),
    "own.public": Array(AlipayFixture.publicKey(ownKey).pem.utf8),
    "own.crt": Array(TestCertificate.pem(of: ownKey, serial: [0x25, 0xF8]).utf8),
    "apiv3": Array((apiKey + "\n").utf8),
    "apiv3.short": Array(apiKey.dropLast().utf8),
    "platform": Array(AlipayFixture.publicKey(platformKey).pem.utf8),
    "platform.crt": Array(TestCertificate.pem(of: platformKey, serial: [0x45, 0xF5]).utf8),
    "next.crt": Array(TestCertificate.pem(of: nextPlatformKey, serial: [0x57, 0x01]).utf8),
    "rubbish": Array("no key at all".utf8),
  ]

  static func settings(
    _ fields: [(String, JSONValue)] = fields, files: [String: [UInt8]] = files
  ) -> GatewaySettings {
    let base = AlipayFixture.settings(fields, files: files)
    return GatewaySettings(
      name: "wechat-main", kind: "wechat", fields: base.fields, readKeyFile: base.readKeyFile)
  }

  static func gateway(_ fields: [(String, JSONValue)] = fields) -> any Gateway {
    do throws(GatewaySettingsError) {
      return try GatewayRegistry.make(settings(fields))
    } catch {
      preconditionFailure("the fixture's settings are refused: \(error.text)")
    }
  }

  /// Made once: reading keys takes a while.
  static let publicKeyMode = gateway()

  // MARK: WeChat's side

  static func headers(
    _ body: String, with key: RSAPrivateKey = platformKey, serial: String = platformSerial,
    at moment: Timestamp = now
  ) -> [Header] {
    let seconds = "\(moment.milliseconds / 1000)"
    let nonce = "593BEC0C930BF1AFEB40B4A08C8FB242"
    let signature = AlipayFixture.sign("\(seconds)\n\(nonce)\n\(body)\n", with: key)
    return [
      Header("wechatpay-timestamp", seconds), Header("Wechatpay-Nonce", nonce),
      Header("Wechatpay-Serial", serial), Header("Wechatpay-Signature", signature),
      Header("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048"),
    ]
  }

  static func signed(
    _ body: String, status: Int = 200, requestCode: String = "0"
  ) -> GatewayAnswer {
    GatewayAnswer(
      status: status,
      headers: headers(body) + [Header("Request-ID", "08F5D2-\(requestCode)")],
      body: Array(body.utf8))
  }

  static func refusal(
    _ code: String, status: Int = 400, requestCode: String = "0"
  ) -> GatewayAnswer {
    signed(
      "{\"code\":\"\(code)\",\"message\":\"原因\"}", status: status, requestCode: requestCode)
  }

  static func transaction(
    state: String = "SUCCESS", total: String = "8888", currency: String = "CNY",
    merchant: String = merchantID, application: String = applicationID,
    number: String = payment().outTradeNumber
  ) -> String {
    """
    {"amount":{"currency":"\(currency)","payer_total":8000,"total":\(total)},\
    "appid":"\(application)","mchid":"\(merchant)","out_trade_no":"\(number)",\
    "success_time":"2026-11-21T16:01:02+08:00","trade_state":"\(state)","trade_type":"NATIVE",\
    "transaction_id":"4200000263201902167700136502"}
    """
  }

  static func refundBody(status: String = "SUCCESS", name: String = "status") -> String {
    """
    {"amount":{"total":8888,"refund":3000,"currency":"CNY"},"mchid":"\(merchantID)",\
    "out_trade_no":"\(payment().outTradeNumber)","out_refund_no":"\(refund.refundNumber)",\
    "refund_id":"50000000382019052709732678859","\(name)":"\(status)",\
    "success_time":"2026-11-21T16:05:00+08:00"}
    """
  }

  /// The body of a notice whose resource is sealed with the APIv3 key.
  static func event(
    _ content: String, type: String = "TRANSACTION.SUCCESS", key: String = apiKey
  ) -> String {
    let nonce = "4196a5b75276"
    guard let cipher = try? AESGCMKey(SecretBytes(utf8: key)),
      let sealed = try? cipher.seal(
        Array(content.utf8), nonce: Array(nonce.utf8), associated: Array("transaction".utf8))
    else { preconditionFailure("a good key seals") }
    return """
      {"id":"EV-2018022511223320873","event_type":"\(type)","resource":{\
      "original_type":"transaction","algorithm":"AEAD_AES_256_GCM",\
      "ciphertext":"\(Base64.encode(sealed))","associated_data":"transaction",\
      "nonce":"\(nonce)"}}
      """
  }

  static func notice(_ body: String, _ headers: [Header]? = nil) -> RawNotification {
    RawNotification(
      httpMethod: "POST", query: "", headers: headers ?? Self.headers(body),
      body: Array(body.utf8))
  }

  /// Published vectors: facts of the test suites that the file names.
  static let published: JSONObject = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "Vectors/wechat-published.json")
    guard let bytes = try? Data(contentsOf: file),
      let value = try? JSONReader.read(Array(bytes), profile: .document),
      let object = value.objectValue
    else { preconditionFailure("the vector file is part of the tests") }
    return object
  }()
}
