import Crypto

/// What signatures of the 易支付 family cover: all parameters but `sign`, `sign_type` and those that
/// are empty, sorted and joined.
///
/// Version 1 appends the shared key and takes the MD5. The family knows nothing better, and the
/// digest protects nothing once the key is known; therefore such a notice is weak evidence.
/// Version 2 signs the same text with RSA (SHA-256, PKCS#1 v1.5).
struct EpaySigning: Sendable {
  static let unsignedNames = ["sign", "sign_type"]
  /// The fields that the signature covers at sites that sign a fixed list.
  static let fixedNames = [
    "money", "name", "out_trade_no", "pid", "trade_no", "trade_status", "type",
  ]

  let settings: EpaySettings

  /// The pairs with `sign` and `sign_type` behind them.
  func signed(
    _ pairs: SortedParameters.Pairs
  ) throws(CryptoError) -> SortedParameters.Pairs {
    let text = SortedParameters.text(pairs, leaving: Self.unsignedNames)
    switch settings.keys {
    case .shared(let key):
      return pairs + [("sign", MD5.hex(utf8: text + suffix + key)), ("sign_type", "MD5")]
    case .pairs(let own, _):
      let signature = try own.signature(for: Array(text.utf8), .sha256WithRSA)
      return pairs + [("sign", Base64.encode(signature)), ("sign_type", "RSA")]
    }
  }

  /// Whether the signature of a notice covers its fields.
  func isValid(_ form: NoticeForm) -> Bool {
    guard let sign = form.value("sign"), !sign.isEmpty else { return false }
    var fields = form.fields
    if settings.noticeFields == .fixed {
      fields = fields.filter { field in
        Self.fixedNames.contains { field.name.elementsEqual($0.utf8) }
      }
    }
    let text = SortedParameters.bytes(fields, leaving: Self.unsignedNames)
    switch settings.keys {
    case .shared(let key): return KeyedDigest.isValid(sign, of: text + Array((suffix + key).utf8))
    case .pairs(_, let platform): return Self.isValid(sign, of: text, key: platform)
    }
  }

  /// Whether the signature of an answer covers its members: texts and numbers only, as they came.
  /// Nested values are no part of it.
  func isValid(_ members: [(name: String, value: String)], sign: String) -> Bool {
    guard case .pairs(_, let platform) = settings.keys else { return false }
    let text = SortedParameters.text(members, leaving: Self.unsignedNames)
    return Self.isValid(Array(sign.utf8), of: Array(text.utf8), key: platform)
  }

  private var suffix: String { settings.signSuffix == .ampkey ? "&key=" : "" }

  private static func isValid(_ sign: [UInt8], of text: [UInt8], key: RSAPublicKey) -> Bool {
    // try?: a signature that is no base64 covers nothing.
    guard let signature = try? Base64.decode(sign) else { return false }
    return key.isValid(signature, for: text, .sha256WithRSA)
  }
}
