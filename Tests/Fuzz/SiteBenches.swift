import Crypto
import Domain
import Gateways
import JSON

/// Gateways of mainland China beside Alipay.
extension GatewayBench {
  /// WeChat: the bytes are what a notice's sealed resource holds.
  static let wechat: GatewayBench = {
    let (own, theirs) = (key(), key())
    let sealing = "0123456789abcdefghijklmnopqrstuv"
    let serial = "PUB_KEY_ID_0119000001092024101500"
    let platform = JSONObject([("file", .string("theirs")), ("serial", .string(serial))])
    let gateway = make(
      "wechat",
      [
        ("mchid", "1900000109"), ("appid", "wxd678efh567hg6787"),
        ("merchant_private_key_file", "own"), ("api_v3_key_file", "sealing"),
        ("merchant_serial", "25F8AA5452D55497C24BA57DC81B1E5915DC2E77"),
        ("notify_url", "https://shop.example/notify/wechat"),
      ],
      [
        "own": privateText(own), "theirs": publicText(theirs), "sealing": Array(sealing.utf8),
      ],
      more: [("platform_keys", .array([.object(platform)]))])
    let headers = { @Sendable (body: [UInt8]) -> [(String, String)] in
      let seconds = "\(now.milliseconds / 1000)"
      let text = Array("\(seconds)\nN\n".utf8) + body + [0x0A]
      return [
        ("Wechatpay-Timestamp", seconds), ("Wechatpay-Nonce", "N"),
        ("Wechatpay-Serial", serial), ("Wechatpay-Signature", signature(text, theirs)),
        ("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048"),
      ]
    }
    return GatewayBench(
      gateway: gateway,
      notice: { content in
        let body = Array(sealed(content, sealing).utf8)
        return posted(body, headers(body))
      },
      answer: { body, _ in
        GatewayAnswer(
          status: 200, headers: headers(body).map { Header($0.0, $0.1) }, body: body)
      })
  }()

  private static func sealed(_ content: [UInt8], _ key: String) -> String {
    let nonce = "4196a5b75276"
    do throws(CryptoError) {
      let bytes = try AESGCMKey(SecretBytes(utf8: key)).seal(
        content, nonce: Array(nonce.utf8), associated: Array("transaction".utf8))
      return """
        {"id":"EV-1","event_type":"TRANSACTION.SUCCESS","resource":{\
        "original_type":"transaction","algorithm":"AEAD_AES_256_GCM",\
        "ciphertext":"\(Base64.encode(bytes))","associated_data":"transaction",\
        "nonce":"\(nonce)"}}
        """
    } catch {
      preconditionFailure("a good key seals: \(error)")
    }
  }

  /// 易支付, version 1.
  static let epay: GatewayBench = {
    let shared = "89unJUB8HZ54Hj7x4nUj56HN4nUzUJ8i"
    let gateway = make(
      "epay",
      [
        ("url", "https://pay.example"), ("pid", "1001"), ("key_file", "key"),
        ("notify_url", "https://shop.example/notify/epay"),
      ], ["key": Array(shared.utf8)], more: [("refund", .bool(true))])
    return GatewayBench(
      gateway: gateway,
      notice: { body in
        query(body, key: shared) { fields in
          let sorted = fields.filter { !$0.value.isEmpty }
            .sorted { $0.name.lexicographicallyPrecedes($1.name) }
          return Array(sorted.map { $0.name + [0x3D] + $0.value }.joined(separator: [0x26]))
        }
      }, answer: unsigned, signsAnswers: false)
  }()

  /// v免签: the texts of a notice's fields, one behind the other.
  static let vmq: GatewayBench = {
    let shared = "5d41402abc4b2a76b9719d911017c592"
    let gateway = make(
      "vmq",
      [
        ("url", "https://pay.example"), ("key_file", "key"),
        ("notify_url", "https://shop.example/notify/vmq"),
      ], ["key": Array(shared.utf8)])
    return GatewayBench(
      gateway: gateway,
      notice: { body in
        query(body, key: shared) { fields in
          ["payId", "param", "type", "price", "reallyPrice"].flatMap { name in
            fields.first { $0.name.elementsEqual(name.utf8) }?.value ?? []
          }
        }
      }, answer: unsigned, signsAnswers: false)
  }()

  /// Yeepay: a notice's envelope is sealed by code of Yeepay's alone; its outer form is fuzzed.
  static let yeepay: GatewayBench = {
    let (own, theirs) = (key(), key())
    let gateway = make(
      "yeepay",
      [
        ("app_key", "app_10086032562"), ("merchant_no", "10086032562"),
        ("private_key_file", "own"), ("yeepay_public_key_file", "theirs"),
        ("notify_url", "https://shop.example/notify/yeepay"),
      ], ["own": privateText(own), "theirs": publicText(theirs)])
    return GatewayBench(
      gateway: gateway,
      notice: { body in
        RawNotification(
          httpMethod: "POST", query: "",
          headers: [Header("Content-Type", "application/x-www-form-urlencoded")], body: body)
      },
      answer: { body, _ in
        let text = body.filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A }
        let sign = "\(signature(text, theirs))$SHA256"
        return GatewayAnswer(status: 200, headers: [Header("x-yop-sign", sign)], body: body)
      })
  }()

  /// A bank account hears nothing and is asked nothing.
  static let transfer = GatewayBench(
    gateway: make(
      "transfer",
      [
        ("account_name", "示例科技有限公司"), ("account_number", "6222020200000000000"),
        ("bank_name", "示例银行北京分行"),
      ], [:]),
    notice: { body in posted(body, []) }, answer: unsigned)
}
