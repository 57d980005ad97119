import Crypto
import Domain
import JSON

/// What Easypay's signatures cover: the header as JSON with its members sorted at every level, and
/// behind it the MD5 of the body in the same form.
///
/// Source: code of several merchants that agrees; Easypay itself publishes no example. The body is
/// held by an MD5 alone, which is why a notice proves less than its RSA signature looks.
enum EasypayEnvelope {
  static let company = "Easypay"

  static func signedBytes(_ header: JSONObject, _ body: JSONObject) -> [UInt8] {
    let digest = MD5.hex(JSONValue.object(body).canonicalBytes()).uppercased()
    return JSONValue.object(header).canonicalBytes() + Array(digest.utf8)
  }

  /// The body of a request.
  static func request(
    _ body: JSONObject, settings: EasypaySettings, at now: Timestamp
  ) throws(CryptoError) -> [UInt8] {
    let header = JSONObject([
      ("transTime", .string(BeijingTime.digits(now))), ("reqId", .string(settings.requestID)),
      ("reqType", .string(settings.requestType)),
    ])
    let sign = try settings.privateKey.signature(
      for: signedBytes(header, body), .sha256WithRSA)
    let whole = JSONObject([
      ("reqHeader", .object(header)), ("reqBody", .object(body)),
      ("reqSign", .string(Base64.encode(sign))),
    ])
    return JSONValue.object(whole).bytes()
  }

  /// Whether Easypay signed a header and a body.
  static func isSigned(
    _ header: JSONObject, _ body: JSONObject, sign: String?, key: RSAPublicKey
  ) -> Bool {
    // try?: what is no base64 is no signature.
    guard let sign, let bytes = try? Base64.decode(sign) else { return false }
    return key.isValid(bytes, for: signedBytes(header, body), .sha256WithRSA)
  }
}
