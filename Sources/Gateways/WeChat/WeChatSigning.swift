import Crypto
import Domain
import JSON

/// What WeChat Pay's signatures cover, in both directions: SHA256withRSA, PKCS#1 v1.5.
enum WeChatSigning {
  static let scheme = "WECHATPAY2-SHA256-RSA2048"
  /// WeChat sends signatures that begin so to see whether they are checked; the true one follows.
  static let probePrefix = "WECHATPAY/SIGNTEST/"
  /// Older and newer signatures are refused, as WeChat's own libraries do.
  static let clockGapMillisecondsMax: Int64 = 300_000

  /// Why a signature does not cover a body.
  enum Flaw: Error, Hashable, Sendable {
    /// None of the four headers is there.
    case unsigned
    /// A header is missing, there twice, or malformed.
    case header(String)
    /// Signed at another time; milliseconds that our clock is ahead of the signature's.
    case clock(aheadMilliseconds: Int64)
    /// None of the configured keys has this number.
    case unknownSerial(String)
    case probe
    case wrong(serial: String)
  }

  /// Five lines, each with its line feed: method, path with query, seconds, nonce, body.
  static func requestText(
    method: String, target: String, seconds: Int64, nonce: String, body: [UInt8]
  ) -> [UInt8] {
    Array("\(method)\n\(target)\n\(seconds)\n\(nonce)\n".utf8) + body + [0x0A]
  }

  /// The `Authorization` header of a request.
  ///
  /// The nonce is a digest of what is signed and of the millisecond: the adapter has no source of
  /// chance, and a nonce need only never serve two requests.
  static func authorization(
    method: String, target: String, body: [UInt8], at now: Timestamp, merchantID: String,
    keys: WeChatKeys
  ) throws(CryptoError) -> String {
    let seconds = now.milliseconds / 1000
    let nonce = nonce(of: Array("\(method)\n\(target)\n".utf8) + body, at: now)
    let text = requestText(
      method: method, target: target, seconds: seconds, nonce: nonce, body: body)
    let signature = Base64.encode(try keys.privateKey.signature(for: text, .sha256WithRSA))
    return "\(scheme) mchid=\"\(merchantID)\",nonce_str=\"\(nonce)\",timestamp=\"\(seconds)\","
      + "serial_no=\"\(keys.merchantSerial)\",signature=\"\(signature)\""
  }

  /// 32 hexadecimal digits in capitals.
  static func nonce(of content: [UInt8], at now: Timestamp) -> String {
    String(SHA256.hash(Array("\(now.milliseconds)\n".utf8) + content).hex.prefix(32)).uppercased()
  }

  /// What an answer's or a notice's signature covers: seconds, nonce, body, each with a line feed.
  static func answerText(seconds: String, nonce: String, body: [UInt8]) -> [UInt8] {
    Array("\(seconds)\n\(nonce)\n".utf8) + body + [0x0A]
  }

  /// Proves that a body is WeChat's, sent now.
  static func verify(
    _ body: [UInt8], _ headers: [Header], keys: WeChatKeys, at now: Timestamp
  ) throws(Flaw) {
    let names = ["Timestamp", "Nonce", "Signature", "Serial"].map { "Wechatpay-\($0)" }
    let values = names.map { name in all(name, headers) }
    guard values.contains(where: { !$0.isEmpty }) else { throw .unsigned }
    for (name, found) in zip(names, values) where found.count != 1 || found[0].isEmpty {
      throw .header(name)
    }
    let (seconds, nonce, signature, serial) =
      (values[0][0], values[1][0], values[2][0], values[3][0])
    if let type = all("Wechatpay-Signature-Type", headers).first,
      !type.hasSameBytes(as: scheme)
    {
      throw .header("Wechatpay-Signature-Type")
    }
    guard !signature.hasPrefix(probePrefix) else { throw .probe }
    guard seconds.utf8.count <= 12, let moment = Int64(seconds), moment >= 0 else {
      throw .header("Wechatpay-Timestamp")
    }
    let ahead = now.milliseconds(since: Timestamp(milliseconds: moment * 1000))
    guard ahead.magnitude < clockGapMillisecondsMax.magnitude else {
      throw .clock(aheadMilliseconds: ahead)
    }
    guard let key = keys.platformKey(serial) else { throw .unknownSerial(serial) }
    // try?: a signature that is no base64 covers nothing.
    guard let bytes = try? Base64.decode(signature),
      key.isValid(
        bytes, for: answerText(seconds: seconds, nonce: nonce, body: body), .sha256WithRSA)
    else { throw .wrong(serial: serial) }
  }

  private static func all(_ name: String, _ headers: [Header]) -> [String] {
    let lower = name.lowercased()
    return headers.filter { $0.name.lowercased() == lower }.map(\.value)
  }
}

extension WeChatSigning.Flaw {
  /// What to say of it, behind "the answer" or "the notice".
  var phrase: String {
    switch self {
    case .unsigned: "is not signed"
    case .header(let name): "has no usable header \(name)"
    case .clock(let ahead):
      "was signed \(ahead.magnitude / 1000) s \(ahead > 0 ? "before" : "after") our time; "
        + "300 s are allowed"
    case .unknownSerial(let serial):
      "is signed with the key \(serial.prefix(64)), which platform_keys does not hold"
    case .probe: "carries a test signature, which must be refused"
    case .wrong(let serial): "is not signed with the configured key \(serial.prefix(64))"
    }
  }
}
