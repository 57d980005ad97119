import Crypto

/// What Alipay's signatures cover, in both directions. RSA2 only: SHA256withRSA, PKCS#1 v1.5.
///
/// The old `RSA` (SHA-1) is neither sent nor accepted.
enum AlipaySigning {
  /// The text that a request's signature covers.
  ///
  /// Shape: every parameter but `sign` and those that are empty, sorted by name bytes, `name=value`
  /// joined by `&`, values as they are before any escaping. `sign_type` is part of it.
  static func requestText(_ parameters: [(name: String, value: String)]) -> String {
    parameters
      .filter { $0.name != "sign" && !$0.value.isEmpty }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      .map { "\($0.name)=\($0.value)" }
      .joined(separator: "&")
  }

  /// Base64 without line breaks, 344 characters for a key of 2048 bits.
  static func signature(
    of text: String, with key: RSAPrivateKey
  ) throws(CryptoError) -> String {
    Base64.encode(try key.signature(for: Array(text.utf8), .sha256WithRSA))
  }

  /// Whether a signature covers the raw text of an answer's node.
  ///
  /// Alipay escapes slashes (`\/`) in what it sends; which form it signed differs between its
  /// systems. So after the text as received, both spellings of all its slashes are tried. They mean
  /// the same JSON, so nobody gains another meaning by it.
  static func isValid(_ signature: String, ofNode node: ArraySlice<UInt8>, key: RSAPublicKey)
    -> Bool
  {
    // try?: a signature that is no base64 covers nothing.
    guard let bytes = try? Base64.decode(signature) else { return false }
    let raw = Array(node)
    if key.isValid(bytes, for: raw, .sha256WithRSA) { return true }
    for escaping in [false, true] {
      let spelled = spellingSlashes(raw, escaped: escaping)
      if spelled != raw, key.isValid(bytes, for: spelled, .sha256WithRSA) { return true }
    }
    return false
  }

  /// Rewrites every slash of a JSON text as `\/` or as `/`. A backslash that is itself escaped does
  /// not belong to the slash behind it.
  static func spellingSlashes(_ text: [UInt8], escaped: Bool) -> [UInt8] {
    let slash: UInt8 = 0x2F
    let backslash: UInt8 = 0x5C
    let spelling = escaped ? [backslash, slash] : [slash]
    var spelled: [UInt8] = []
    spelled.reserveCapacity(text.count + 16)
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == backslash, index + 1 < text.count {
        let next = text[index + 1]
        spelled += next == slash ? spelling : [byte, next]
        index += 2
      } else {
        if byte == slash { spelled += spelling } else { spelled.append(byte) }
        index += 1
      }
    }
    return spelled
  }

  /// Whether the signature of a notice covers its fields ("V1" rule).
  ///
  /// Shape: every field after one decoding but `sign`, `sign_type` and those that are empty, sorted
  /// by name bytes, joined as in a request; bytes in the notice's own charset. Some of Alipay's
  /// systems leave `alipay_cert_sn` out as well, so both are tried: it decides nothing here.
  static func isValid(
    _ signature: [UInt8], ofFields fields: [FormEncoding.Field], key: RSAPublicKey
  ) -> Bool {
    // try?: a signature that is no base64 covers nothing.
    guard let bytes = try? Base64.decode(signature) else { return false }
    let left = ["sign", "sign_type"].map { Array($0.utf8) }
    let signed = fields.filter { !left.contains($0.name) && !$0.value.isEmpty }
    if key.isValid(bytes, for: noticeText(signed), .sha256WithRSA) { return true }
    let serial = Array("alipay_cert_sn".utf8)
    let others = signed.filter { $0.name != serial }
    return others.count < signed.count
      && key.isValid(bytes, for: noticeText(others), .sha256WithRSA)
  }

  private static func noticeText(_ fields: [FormEncoding.Field]) -> [UInt8] {
    let sorted = fields.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    return Array(sorted.map { $0.name + [0x3D] + $0.value }.joined(separator: [0x26]))
  }
}
