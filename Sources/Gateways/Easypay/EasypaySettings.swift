import Crypto
import JSON

/// The configuration of one merchant at Easypay's 易企通, version 2.0.
struct EasypaySettings: Sendable {
  static let members: [GatewayMember] = [
    .init("req_id", "text", "–", "The number that signs: the institution's, or the merchant's."),
    .init("mcht_code", "text", "req_id", "The merchant that is paid; one of an institution's."),
    .init("private_key_file", "path", "–", "The RSA key that belongs to req_id."),
    .init("easypay_public_key_file", "path", "–", "Easypay's public key."),
    .init("url", "address", productionURL, "Another root, as of the test environment."),
    .init("notify_url", "address", "–", "Where Easypay posts notices; public, no query."),
  ]
  static let productionURL = "https://phoenix.eycard.cn/yqt"

  let root: String
  let requestID: String
  let merchantCode: String
  let privateKey: RSAPrivateKey
  let gatewayKey: RSAPublicKey
  let notifyURL: String

  /// `2` where an institution signs for a merchant of its own, `1` where the merchant does.
  var requestType: String { merchantCode.hasSameBytes(as: requestID) ? "1" : "2" }

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    root = try reader.root(otherwise: Self.productionURL).text
    requestID = try reader.number("req_id", bytes: 4...64)
    merchantCode =
      settings.fields["mcht_code"] == nil
      ? requestID : try reader.number("mcht_code", bytes: 4...64)
    privateKey = try reader.privateKey("private_key_file")
    gatewayKey = try reader.gatewayKey("easypay_public_key_file", otherThan: privateKey)
    notifyURL = try reader.notifyURL()
  }
}
