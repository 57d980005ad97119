import Crypto
import JSON

/// The configuration of one merchant account at 99Bill's RMB gateway, version 2.0.
struct Bill99Settings: Sendable {
  static let members: [GatewayMember] = [
    .init("merchant_acct_id", "text", "–", "The account: the member code and 01 behind it."),
    .init("private_key_file", "path", "–", "The merchant's RSA key."),
    .init("bill99_certificate_file", "path", "–", "99Bill's certificate or public key."),
    .init("query_key_file", "path", "–", "The key of the query interface."),
    .init("digest", "text", "sha1", "sha1 or sha256, as the contract says."),
    .init("url", "address", productionURL, "Another host, as of the test environment."),
    .init("notify_url", "address", "–", "Where 99Bill sends notices; public, no query."),
    .init(
      "redirect_url", "address", "–",
      "Where 99Bill is told to lead a buyer whose notice was taken; no query."),
  ]
  static let productionURL = "https://www.99bill.com"

  /// How signatures of pages and notices are hashed. Queries have a key of their own.
  enum Digest: String, CaseIterable, Sendable {
    case sha1
    case sha256

    var scheme: RSASignatureScheme {
      switch self {
      case .sha1: .sha1WithRSA
      case .sha256: .sha256WithRSA
      }
    }
  }

  let root: String
  let account: String
  let privateKey: RSAPrivateKey
  let gatewayKey: RSAPublicKey
  let queryKey: String
  let digest: Digest
  let notifyURL: String
  let redirectURL: String

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    root = try reader.root(otherwise: Self.productionURL).text
    account = try reader.required("merchant_acct_id")
    guard GatewayText.isDigits(account, count: 8...20), account.hasSuffix("01") else {
      throw reader.flaw("merchant_acct_id", "must be the member code with 01 behind it")
    }
    privateKey = try reader.privateKey("private_key_file")
    gatewayKey = try reader.gatewayKey("bill99_certificate_file", otherThan: privateKey)
    queryKey = try reader.secretText("query_key_file", bytes: 8...64)
    digest = try reader.choice("digest", of: Digest.self, standard: .sha1)
    notifyURL = try reader.notifyURL()
    redirectURL = try reader.notifyURL("redirect_url")
    guard GatewayText.isPlainAddress(redirectURL) else {
      throw reader.flaw("redirect_url", "must hold no sign that markup gives a meaning")
    }
  }
}

extension GatewayText {
  /// An address that stands in markup as it is.
  static func isPlainAddress(_ text: String) -> Bool {
    isWebAddress(text) && !text.utf8.contains { "<>\"'&".utf8.contains($0) }
  }
}
