import Crypto
import JSON

/// What 99Bill's signatures cover: `name=value` joined by `&`, in an order that is written down and
/// not sorted, without fields that are empty, nothing escaped.
struct Bill99Signing: Sendable {
  /// Of a payment page. Source: two published payment libraries that agree.
  static let pageNames = [
    "inputCharset", "pageUrl", "bgUrl", "version", "language", "signType", "merchantAcctId",
    "payerName", "payerContactType", "payerContact", "payerIdType", "payerId", "payerIP",
    "orderId", "orderAmount", "orderTime", "orderTimestamp", "productName", "productNum",
    "productId", "productDesc", "ext1", "ext2", "payType", "bankId", "period", "cardIssuer",
    "cardNum", "remitType", "remitCode", "redoFlag", "pid", "submitType", "orderTimeOut",
    "extDataType", "extDataContent",
  ]
  /// Of a notice.
  static let noticeNames = [
    "merchantAcctId", "version", "language", "signType", "payType", "bankId", "orderId",
    "orderTime", "orderAmount", "bindCard", "bindMobile", "dealId", "bankDealId", "dealTime",
    "payAmount", "fee", "ext1", "ext2", "payResult", "aggregatePay", "errCode",
  ]
  /// Of a question; its key follows as one more pair.
  static let queryNames = [
    "inputCharset", "version", "signType", "merchantAcctId", "queryType", "queryMode",
    "startTime", "endTime", "requestPage", "orderId",
  ]

  let settings: Bill99Settings

  /// Base64.
  func page(_ pairs: SortedParameters.Pairs) throws(CryptoError) -> String {
    let text = Array(Self.text(pairs, Self.pageNames).utf8)
    return Base64.encode(try settings.privateKey.signature(for: text, settings.digest.scheme))
  }

  /// Upper-case hexadecimal MD5.
  func query(_ pairs: SortedParameters.Pairs) -> String {
    MD5.hex(utf8: "\(Self.text(pairs, Self.queryNames))&key=\(settings.queryKey)").uppercased()
  }

  /// Whether 99Bill signed the fields of a notice that it signs.
  func isValid(_ form: NoticeForm) -> Bool {
    // A `+` that nobody escaped on the way is a blank by now.
    guard let given = form.text("signMsg") else { return false }
    let sign = given.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "+")
    // try?: what is no base64 is no signature.
    guard let signature = try? Base64.decode(sign) else { return false }
    let parts = Self.noticeNames.compactMap { name -> [UInt8]? in
      guard let value = form.value(name), !value.isEmpty else { return nil }
      return Array("\(name)=".utf8) + value
    }
    let text = Array(parts.joined(separator: [0x26]))
    return settings.gatewayKey.isValid(signature, for: text, settings.digest.scheme)
  }

  private static func text(_ pairs: SortedParameters.Pairs, _ names: [String]) -> String {
    names.compactMap { name in
      let value = pairs.first { $0.name.hasSameBytes(as: name) }?.value ?? ""
      return value.isEmpty ? nil : "\(name)=\(value)"
    }
    .joined(separator: "&")
  }
}
