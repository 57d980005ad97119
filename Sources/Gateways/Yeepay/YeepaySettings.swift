import Crypto
import JSON

/// The configuration of one application at Yeepay's open platform (YOP), in its RSA form.
struct YeepaySettings: Sendable {
  static let members: [GatewayMember] = [
    .init("url", "address", productionURL, "Another root of the interface."),
    .init("app_key", "text", "–", "The application's key."),
    .init("merchant_no", "text", "–", "The merchant that is paid.", isMerchant: true),
    .init("parent_merchant_no", "text", "merchant_no", "The merchant that signed the contract."),
    .init("private_key_file", "path", "–", "The merchant's RSA key."),
    .init("yeepay_public_key_file", "path", "–", "Yeepay's public key."),
    .init("notify_url", "address", "–", "Where Yeepay posts notices; public, no query."),
    .init("scene", "text", "ONLINE", "ONLINE or OFFLINE."),
  ]
  static let productionURL = "https://openapi.yeepay.com/yop-center"

  enum Scene: String, CaseIterable, Sendable {
    case online = "ONLINE"
    case offline = "OFFLINE"
  }

  /// Its path is no part of what is signed.
  let address: GatewayAddress
  let applicationKey: String
  let merchantNumber: String
  /// Who starts the payment; the same as the merchant for a merchant of its own.
  let parentMerchantNumber: String
  /// Signs requests and opens notices.
  let privateKey: RSAPrivateKey
  let gatewayKey: RSAPublicKey
  let notifyURL: String
  let scene: Scene

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    address = try reader.root(otherwise: Self.productionURL)
    applicationKey = try reader.number("app_key", bytes: 4...64, alsoAllowed: "_-")
    merchantNumber = try reader.number("merchant_no", bytes: 4...32)
    parentMerchantNumber =
      reader.settings.fields["parent_merchant_no"] == nil
      ? merchantNumber : try reader.number("parent_merchant_no", bytes: 4...32)
    privateKey = try reader.privateKey("private_key_file")
    gatewayKey = try reader.gatewayKey("yeepay_public_key_file", otherThan: privateKey)
    notifyURL = try reader.notifyURL()
    scene = try reader.choice("scene", of: Scene.self, standard: .online)
  }
}
