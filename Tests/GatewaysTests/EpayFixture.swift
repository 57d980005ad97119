import Crypto
import Domain
import JSON

@testable import Gateways

/// A merchant of both versions, and a site's side that signs.
enum EpayFixture {
  static let key = "89unJUB8HZ54Hj7x4nUj56HN4nUzUJ8i"
  static let now = GatewayFixture.now

  static let fields: [(String, JSONValue)] = [
    ("url", .string("https://pay.example/epay/")), ("pid", .string("1001")),
    ("key_file", .string("key")), ("notify_url", .string("https://shop.example/notify/epay")),
    ("refund", .bool(true)),
  ]
  static let fieldsOfTwo: [(String, JSONValue)] = [
    ("url", .string("https://pay.example")), ("pid", .string("1001")), ("version", .string("2")),
    ("private_key_file", .string("own")), ("platform_public_key_file", .string("platform")),
    ("notify_url", .string("https://shop.example/notify/epay")),
  ]
  static let files: [String: [UInt8]] = [
    "key": Array("\(key)\n".utf8),
    "own": AlipayFixture.privateText(GatewayFixture.ownKey),
    "own.public": GatewayFixture.publicText(GatewayFixture.ownKey),
    "platform": GatewayFixture.publicText(GatewayFixture.gatewayKey),
    "short": Array("1234567".utf8), "two lines": Array("12345678\n12345678".utf8),
  ]

  static func gateway(_ fields: [(String, JSONValue)] = fields) -> any Gateway {
    GatewayFixture.gateway("epay", fields, files: files)
  }

  static func with(
    _ name: String, _ value: JSONValue?, in fields: [(String, JSONValue)] = fields
  ) -> any Gateway {
    gateway(GatewayFixture.setting(name, value, in: fields))
  }

  static let one = gateway()
  static let two = gateway(fieldsOfTwo)

  typealias Pairs = [(name: String, value: String)]

  static func plain(_ pairs: Pairs) -> String {
    pairs.filter { !$0.value.isEmpty }.sorted { $0.name < $1.name }
      .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
  }

  static func md5(_ pairs: Pairs, joint: String = "") -> Pairs {
    pairs + [("sign", MD5.hex(utf8: plain(pairs) + joint + key)), ("sign_type", "MD5")]
  }

  static func rsa(_ pairs: Pairs, with key: RSAPrivateKey = GatewayFixture.gatewayKey) -> Pairs {
    pairs + [("sign", AlipayFixture.sign(plain(pairs), with: key)), ("sign_type", "RSA")]
  }

  /// An answer of version 2, signed by the platform.
  static func signed(
    _ members: Pairs, seconds: Int64 = now.milliseconds / 1000,
    with key: RSAPrivateKey = GatewayFixture.gatewayKey
  ) -> GatewayAnswer {
    let pairs = rsa(members + [("timestamp", String(seconds))], with: key)
    let object = JSONObject(pairs.map { ($0.name, JSONValue.string($0.value)) })
    return GatewayFixture.answer(String(decoding: JSONValue.object(object).bytes(), as: UTF8.self))
  }

  static let payment = GatewayFixture.payment()

  static let notice: Pairs = [
    ("pid", "1001"), ("trade_no", "2016080622555342651"),
    ("out_trade_no", payment.outTradeNumber), ("type", "alipay"), ("name", "product"),
    ("money", "58"), ("trade_status", "TRADE_SUCCESS"),
  ]

  static func read(
    _ pairs: Pairs, _ gateway: any Gateway = one, method: String = "GET"
  ) -> NotificationReading {
    let text = FormEncoding.query(pairs)
    let isPost = method == "POST"
    return gateway.readNotification(
      RawNotification(
        httpMethod: method, query: isPost ? "" : text, headers: [],
        body: isPost ? Array(text.utf8) : []),
      at: now)
  }

  static func order(_ members: String) -> GatewayAnswer {
    GatewayFixture.answer(
      """
      {"code":1,"msg":"succ","trade_no":"2016080622555342651","pid":1001,\
      "out_trade_no":"\(payment.outTradeNumber)","endtime":"2026-11-21 16:01:02",\(members)}
      """)
  }
}
