import Crypto
import Domain

/// `yop-auth-v3`: what Yeepay's signatures cover, in both directions.
///
/// What is signed differs from what is sent: names and values are escaped once for the signature
/// (a blank is `%20`) and values twice on the wire (a blank is `+` the first time).
struct YeepaySigning: Sendable {
  typealias Pairs = [(name: String, value: String)]

  static let expireSeconds = 1800
  static let suffix = "$SHA256"

  let applicationKey: String
  let privateKey: RSAPrivateKey

  /// The headers of a request.
  ///
  /// - Parameter path: without the address' own path, as `/rest/v1.0/trade/order/query`.
  /// - Parameter content: what `contentDigest` covers.
  func headers(
    method: String, path: String, query: String, content: String, requestID: String,
    at now: Timestamp
  ) throws(CryptoError) -> [Header] {
    let signed = [
      ("x-yop-appkey", applicationKey),
      ("x-yop-content-sha256", SHA256.hash(Array(content.utf8)).hex),
      ("x-yop-request-id", requestID),
    ]
    let prefix = "yop-auth-v3/\(applicationKey)/\(Self.time(now))/\(Self.expireSeconds)"
    let names = signed.map(\.0).joined(separator: ";")
    let lines = signed.map { "\(FormEncoding.encode($0.0)):\(FormEncoding.encode($0.1))" }
    let canonical = ([prefix, method, path, query] + lines).joined(separator: "\n")
    let signature = try privateKey.signature(for: Array(canonical.utf8), .sha256WithRSA)
    let text = Base64.encode(signature, .urlSafe) + Self.suffix
    let authorization = Header(
      "Authorization", "YOP-RSA2048-SHA256 \(prefix)/\(names)/\(text)")
    return [authorization] + signed.map { Header($0.0, $0.1) }
  }

  /// Sorted, names and values escaped once: what the digest and the query line cover.
  static func canonical(_ pairs: Pairs) -> String {
    sorted(pairs).map { "\(FormEncoding.encode($0.name))=\(FormEncoding.encode($0.value))" }
      .joined(separator: "&")
  }

  /// What goes over the wire.
  static func sent(_ pairs: Pairs) -> String {
    sorted(pairs)
      .map { "\(FormEncoding.encode($0.name))=\(FormEncoding.encode(withPlus($0.value)))" }
      .joined(separator: "&")
  }

  /// `2026-11-21T08:00:00Z`
  static func time(_ now: Timestamp) -> String {
    let civil = CivilTime(now, offsetMinutes: 0)
    return "\(civil.dateText)T\(civil.timeText)Z"
  }

  /// The shape of a UUID over what makes a request one of its kind. An adapter has no random
  /// source, and the number only has to differ between requests.
  static func requestID(_ parts: [String]) -> String {
    let hex = Array(SHA256.hash(Array(parts.joined(separator: "\n").utf8)).hex.prefix(32))
    let groups = [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]]
    return groups.map { String($0) }.joined(separator: "-")
  }

  /// Whether `x-yop-sign` covers a body, which counts without blanks, tabs and line feeds.
  static func isValid(_ header: String, of body: [UInt8], key: RSAPublicKey) -> Bool {
    let parts = header.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 4, parts[1].utf8.elementsEqual("SHA256".utf8),
      let signature = bytes(of: String(parts[0]))
    else { return false }
    let text = body.filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A }
    return key.isValid(signature, for: text, .sha256WithRSA)
  }

  /// Base64 in either alphabet, padded or not; nil for anything else.
  static func bytes(of text: String) -> [UInt8]? {
    // try?: what is no base64 is nothing signed.
    if let bytes = try? Base64.decode(text, .urlSafe) { return bytes }
    let missing = (4 - text.utf8.count % 4) % 4
    return try? Base64.decode(text + String(repeating: "=", count: missing))
  }

  private static func sorted(_ pairs: Pairs) -> Pairs {
    pairs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func withPlus(_ text: String) -> String {
    FormEncoding.encode(text).split(separator: "%20", omittingEmptySubsequences: false)
      .joined(separator: "+")
  }
}
