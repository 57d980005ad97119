import Crypto
import Domain
import Gateways
import JSON

/// Older gateways of mainland China, and gateways whose signed JSON is a text or an object inside
/// another object.
extension GatewayBench {
  /// PingPong: the bytes are `bizContent`.
  static let pingpong: GatewayBench = {
    let salt = "BCE27A281029F5EAF3CC0E82"
    let gateway = make(
      "pingpong",
      [
        ("client_id", "2018092714313010016"), ("acc_id", "2018092714313010016291"),
        ("salt_file", "salt"), ("notify_url", "https://shop.example/notify/pingpong"),
        ("return_url", "https://shop.example/thanks"),
      ], ["salt": Array(salt.utf8)])
    let sealed = { @Sendable (content: [UInt8]) -> [UInt8] in
      let fields = [
        ("accId", "2018092714313010016291"),
        ("bizContent", String(decoding: content, as: UTF8.self)),
        ("clientId", "2018092714313010016"), ("code", "001000"), ("description", "ok"),
        ("signType", "SHA256"),
      ]
      let text = fields.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
      let sign = SHA256.hash(Array((salt + text).utf8)).hex.uppercased()
      let whole = (fields + [("sign", sign)]).map { ($0.0, JSONValue.string($0.1)) }
      return JSONValue.object(JSONObject(whole)).bytes()
    }
    return GatewayBench(
      gateway: gateway, notice: { body in posted(sealed(body), []) },
      answer: { body, _ in GatewayAnswer(status: 200, headers: [], body: sealed(body)) })
  }()

  /// Easypay: the bytes are the body, where they are an object.
  static let easypay: GatewayBench = {
    let (own, theirs) = (key(), key())
    let gateway = make(
      "easypay",
      [
        ("req_id", "530034820000001"), ("mcht_code", "803100053110001"),
        ("private_key_file", "own"), ("easypay_public_key_file", "theirs"),
        ("notify_url", "https://shop.example/notify/easypay"),
      ], ["own": privateText(own), "theirs": publicText(theirs)])
    let sealed = { @Sendable (content: [UInt8], names: [String], header: JSONObject) -> [UInt8] in
      // try?: what is no object goes out as it is.
      guard let body = (try? JSONReader.read(content, profile: .document))?.objectValue else {
        return content
      }
      let digest = MD5.hex(JSONValue.object(body).canonicalBytes()).uppercased()
      let text = JSONValue.object(header).canonicalBytes() + Array(digest.utf8)
      let whole = JSONObject([
        (names[0], .object(header)), (names[1], .object(body)),
        (names[2], .string(signature(text, theirs))),
      ])
      return JSONValue.object(whole).bytes()
    }
    let heard = JSONObject([("reqId", .string("530034820000001"))])
    let told = JSONObject([("rspCode", .string("000000")), ("rspInfo", .string("ok"))])
    return GatewayBench(
      gateway: gateway,
      notice: { body in posted(sealed(body, ["reqHeader", "reqBody", "reqSign"], heard), []) },
      answer: { body, _ in
        GatewayAnswer(
          status: 200, headers: [], body: sealed(body, ["rspHeader", "rspBody", "rspSign"], told))
      })
  }()

  /// 99Bill: a notice is signed over the fields that it names, in its own order.
  static let bill99: GatewayBench = {
    let (own, theirs) = (key(), key())
    let gateway = make(
      "99bill",
      [
        ("merchant_acct_id", "1001292117101"), ("private_key_file", "own"),
        ("bill99_certificate_file", "theirs"), ("query_key_file", "query"),
        ("digest", "sha256"), ("notify_url", "https://shop.example/notify/99bill"),
        ("redirect_url", "https://shop.example/thanks"),
      ],
      [
        "own": privateText(own), "theirs": publicText(theirs),
        "query": Array("D4TSSG89AX2A596A".utf8),
      ])
    let names = [
      "merchantAcctId", "version", "language", "signType", "payType", "bankId", "orderId",
      "orderTime", "orderAmount", "bindCard", "bindMobile", "dealId", "bankDealId", "dealTime",
      "payAmount", "fee", "ext1", "ext2", "payResult", "aggregatePay", "errCode",
    ]
    return GatewayBench(
      gateway: gateway,
      notice: { body in
        var query = body
        // try?: what is no form goes out as it is.
        if let fields = try? FormEncoding.decode(body, fieldsMax: 256) {
          let parts = names.compactMap { name -> [UInt8]? in
            let value = fields.first { $0.name.elementsEqual(name.utf8) }?.value ?? []
            return value.isEmpty ? nil : Array("\(name)=".utf8) + value
          }
          let sign = signature(Array(parts.joined(separator: [0x26])), theirs)
          query += Array("&signMsg=\(FormEncoding.encode(sign))".utf8)
        }
        return RawNotification(
          httpMethod: "GET", query: String(decoding: query, as: UTF8.self), headers: [], body: [])
      }, answer: unsigned, signsAnswers: false)
  }()
}
