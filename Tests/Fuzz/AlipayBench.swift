import Crypto
import Gateways
import JSON

extension GatewayBench {
  /// Alipay: a form or a JSON node, signed over by RSA2.
  static let alipay: GatewayBench = {
    let (own, theirs) = (key(), key())
    let gateway = make(
      "alipay",
      [
        ("app_id", "2021001234567890"), ("seller_id", "2088001234567890"),
        ("app_private_key_file", "own"), ("alipay_public_key_file", "theirs"),
        ("notify_url", "https://shop.example/notify/alipay"),
      ],
      ["own": privateText(own), "theirs": publicText(theirs)])
    return GatewayBench(
      gateway: gateway,
      notice: { body in
        RawNotification(
          httpMethod: "POST", query: "",
          headers: [Header("Content-Type", "application/x-www-form-urlencoded")],
          body: signedForm(body, theirs))
      },
      answer: { node, question in
        let name = Array("\"\(member(question))\":".utf8)
        let sign = Array(",\"sign\":\"\(signature(node, theirs))\"}".utf8)
        return GatewayAnswer(status: 200, headers: [], body: [0x7B] + name + node + sign)
      })
  }()

  /// The form with a signature over its fields, where it can be decoded at all.
  private static func signedForm(_ body: [UInt8], _ key: RSAPrivateKey) -> [UInt8] {
    // try?: what is no form goes out as it is.
    guard let fields = try? FormEncoding.decode(body, fieldsMax: 256) else { return body }
    let signed = fields.filter { $0.name != Array("sign".utf8) && !$0.value.isEmpty }
      .filter { $0.name != Array("sign_type".utf8) }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }
    let text = signed.map { $0.name + [0x3D] + $0.value }.joined(separator: [0x26])
    let sign = FormEncoding.encode(signature(Array(text), key))
    return body + Array("&sign_type=RSA2&sign=\(sign)".utf8)
  }

  private static func member(_ question: Question) -> String {
    switch question {
    case .create: "alipay_trade_precreate_response"
    case .query, .disputeQuery, .catchUp, .notice: "alipay_trade_query_response"
    case .close: "alipay_trade_close_response"
    case .refund: "alipay_trade_refund_response"
    case .refundQuery: "alipay_trade_fastpay_refund_query_response"
    case .check: "alipay_trade_query_response"
    }
  }
}
