import Crypto
import Domain
import Foundation
import JSON

@testable import Gateways

/// Keys and certificates made once a run, and a gateway's side that signs with them.
enum AlipayFixture {
  static let ownKey = key()
  static let alipayKey = key()
  static let strangerKey = key()

  static let now = moment("2026-11-21 16:00:00")
  static let applicationID = "2021001234567890"
  static let sellerID = "2088001234567890"

  /// Beijing time.
  static func moment(_ text: String) -> Timestamp {
    guard let moment = CivilTime.read(text, offsetMinutes: 480) else {
      preconditionFailure("the test names an impossible time")
    }
    return moment
  }

  static func yuan(_ minor: Int64) -> Money {
    guard let currency = Currency(code: "CNY") else { preconditionFailure("CNY exists") }
    return Money(minor, currency)
  }

  static func payment(
    number: String = "PAY01JD8QZ7M2V9K3XT5W6Y", amount: Money = yuan(8888),
    subject: String = "会员 VIP", method: String = "precreate", returnURL: String? = nil,
    clientIP: String? = nil, expiresAt: Timestamp = now.adding(milliseconds: 900_000)
  ) -> PaymentFacts {
    PaymentFacts(
      outTradeNumber: number, amount: amount, subject: subject, method: method,
      returnURL: returnURL, clientIP: clientIP, createdAt: now, expiresAt: expiresAt,
      gatewayTransaction: nil)
  }

  static func refund(_ amount: Money = yuan(3000), reason: String? = nil) -> RefundFacts {
    RefundFacts(
      refundNumber: "RFD01JD8R0", amount: amount, captured: yuan(8888), reason: reason,
      gatewayRefund: nil, submittedAt: now)
  }

  // MARK: Settings

  static let keyModeFields: [(String, JSONValue)] = [
    ("app_id", .string(applicationID)),
    ("seller_id", .string(sellerID)),
    ("app_private_key_file", .string("own")),
    ("alipay_public_key_file", .string("alipay")),
    ("notify_url", .string("https://shop.example/notify/alipay")),
  ]

  static let certificateModeFields: [(String, JSONValue)] = [
    ("app_id", .string(applicationID)),
    ("app_private_key_file", .string("own")),
    ("app_certificate_file", .string("own.crt")),
    ("alipay_certificate_file", .string("alipay.crt")),
    ("alipay_root_certificate_file", .string("root.crt")),
  ]

  static let files: [String: [UInt8]] = [
    "own": privateText(ownKey),
    "alipay": Array(publicKey(alipayKey).pem.utf8),
    "alipay.base64": Array(Base64.encode(publicKey(alipayKey).publicKeyInfo).utf8),
    "own.public": Array(publicKey(ownKey).pem.utf8),
    "stranger.public": Array(publicKey(strangerKey).pem.utf8),
    "own.crt": Array(TestCertificate.pem(of: ownKey, serial: [0x20, 0x23, 0x06]).utf8),
    "alipay.crt": Array(
      (TestCertificate.pem(of: alipayKey, serial: [0x11, 0x22])
        + TestCertificate.pem(of: strangerKey, serial: [0x33])).utf8),
    "root.crt": Array(published("root_certificates").utf8),
    "rubbish": Array("no key at all".utf8),
    "empty": [],
  ]

  static func settings(
    _ fields: [(String, JSONValue)] = keyModeFields,
    files: [String: [UInt8]] = files
  ) -> GatewaySettings {
    GatewaySettings(name: "alipay-main", kind: "alipay", fields: JSONObject(fields)) {
      path throws(GatewaySettingsError) in
      guard let bytes = files[path] else {
        throw GatewaySettingsError(member: nil, text: "\(path) cannot be opened")
      }
      return bytes
    }
  }

  static func gateway(
    _ fields: [(String, JSONValue)] = keyModeFields, files: [String: [UInt8]] = files
  ) -> any Gateway {
    do throws(GatewaySettingsError) {
      return try GatewayRegistry.make(settings(fields, files: files))
    } catch {
      preconditionFailure("the fixture's settings are refused: \(error.text)")
    }
  }

  /// Made once: reading keys takes a while.
  static let keyMode = gateway()

  /// Fields with one of them set, or taken out.
  static func setting(
    _ name: String, _ value: JSONValue?, in fields: [(String, JSONValue)] = keyModeFields
  ) -> [(String, JSONValue)] {
    let others = fields.filter { $0.0 != name }
    return value.map { others + [(name, $0)] } ?? others
  }

  // MARK: Alipay's side

  static func sign(_ text: String, with key: RSAPrivateKey = alipayKey) -> String {
    sign(Array(text.utf8), with: key)
  }

  static func sign(_ bytes: [UInt8], with key: RSAPrivateKey = alipayKey) -> String {
    do throws(CryptoError) {
      return Base64.encode(try key.signature(for: bytes, .sha256WithRSA))
    } catch {
      preconditionFailure("a good key signs")
    }
  }

  /// An answer whose node is signed.
  static func body(_ node: String, _ text: String, with key: RSAPrivateKey = alipayKey) -> String {
    "{\"\(node)\":\(text),\"sign\":\"\(sign(text, with: key))\"}"
  }

  static func answer(_ body: String, status: Int = 200, headers: [Header] = []) -> GatewayAnswer {
    GatewayAnswer(
      status: status, headers: [Header("Content-Type", "text/html;charset=utf-8")] + headers,
      body: Array(body.utf8))
  }

  static func signed(_ operation: Question, _ text: String) -> GatewayAnswer {
    answer(body(node(of: operation), text))
  }

  static func node(of operation: Question) -> String {
    switch operation {
    case .create: "alipay_trade_precreate_response"
    case .query, .disputeQuery, .catchUp, .notice, .check: "alipay_trade_query_response"
    case .close: "alipay_trade_close_response"
    case .refund: "alipay_trade_refund_response"
    case .refundQuery: "alipay_trade_fastpay_refund_query_response"
    }
  }

  static func operations(_ payment: PaymentFacts = payment()) -> [Question] {
    [
      .create(payment), .query(payment), .close(payment), .refund(payment, refund()),
      .refundQuery(payment, refund()),
    ]
  }

  /// A paid trade as a query answers it.
  static func paidNode(
    amount: String = "\"88.88\"", status: String = "TRADE_SUCCESS",
    number: String = payment().outTradeNumber, extra: String = ""
  ) -> String {
    """
    {"code":"10000","msg":"Success","buyer_logon_id":"854***@qq.com","out_trade_no":"\(number)",\
    "receipt_amount":"88.88","send_pay_date":"2026-11-21 16:01:02","total_amount":\(amount),\
    "trade_no":"2026112122001499160501589436","trade_status":"\(status)"\(extra)}
    """
  }

  static func refusal(code: String = "40004", _ subCode: String, extra: String = "") -> String {
    """
    {"code":"\(code)","msg":"Business Failed","sub_code":"\(subCode)","sub_msg":"原因"\(extra)}
    """
  }

  // MARK: Parts

  static func privateText(_ key: RSAPrivateKey) -> [UInt8] {
    do throws(CryptoError) {
      return try key.pkcs8PEM().withBytes { Array($0) }
    } catch {
      preconditionFailure("a good key can be written")
    }
  }

  static func publicKey(_ key: RSAPrivateKey) -> RSAPublicKey {
    do throws(CryptoError) {
      return try key.publicKey()
    } catch {
      preconditionFailure("a good key has a public half")
    }
  }

  private static func key() -> RSAPrivateKey {
    do throws(CryptoError) {
      return try RSAPrivateKey.generate(bits: 2048)
    } catch {
      preconditionFailure("a key can be made")
    }
  }

  /// Published vectors: facts of the test suites that the file names.
  static let publishedVectors: JSONObject = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "Vectors/alipay-published.json")
    guard let bytes = try? Data(contentsOf: file),
      let value = try? JSONReader.read(Array(bytes), profile: .document),
      let object = value.objectValue
    else { preconditionFailure("the vector file is part of the tests") }
    return object
  }()

  static func published(_ name: String) -> String {
    publishedVectors[name]?.stringValue ?? ""
  }
}

/// SplitMix64: the same sequence for a seed on every machine.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
