import JSON

/// The configuration of one WeChat Pay merchant (direct, mainland China), its keys read and checked
/// against each other.
///
/// `platform_keys` serves both modes and the change between them: each item is WeChat's public key
/// with its id, or a platform certificate, which carries its own number.
struct WeChatSettings: Sendable {
  static let members: [GatewayMember] = [
    .init("mchid", "text", "–", "The merchant's number.", isMerchant: true),
    .init("appid", "text", "–", "An application bound to the merchant, wx…."),
    .init("url", "address", productionURL, "Another host of WeChat Pay."),
    .init("merchant_private_key_file", "path", "–", "apiclient_key.pem."),
    .init(
      "merchant_serial", "text", "the certificate's",
      "Number of the merchant's certificate. One of it and the file."),
    .init(
      "merchant_certificate_file", "path", "none",
      "apiclient_cert.pem; proves that number and key belong together."),
    .init("api_v3_key_file", "path", "–", "The APIv3 key, 32 characters; opens notices."),
    .init(
      "platform_keys", "list", "–",
      "WeChat's keys, all that may sign: {file, serial} of a public key, {file} of a certificate."),
    .init("notify_url", "address", "–", "Where WeChat posts notices; public, no query."),
    .init("h5_type", "text", "Wap", "What h5 says of the browser: iOS, Android, Wap."),
    .init("complaints", "flag", "false", "Read buyers' complaints (消费者投诉2.0)."),
  ]
  static let productionURL = "https://api.mch.weixin.qq.com"
  /// WeChat's own limit of the parameter.
  static let notifyURLBytesMax = 255
  static let h5Types = ["iOS", "Android", "Wap"]

  let merchantID: String
  let applicationID: String
  /// Scheme, host and port; paths are the requests'.
  let root: String
  /// WeChat refuses a payment without it.
  let notifyURL: String
  let h5Type: String
  /// Buyers' complaints are listed, asked about, and their notices taken.
  let readsComplaints: Bool
  let keys: WeChatKeys

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    merchantID = try reader.required("mchid")
    guard GatewayText.isDigits(merchantID, count: 6...32) else {
      throw reader.flaw("mchid", "must be the merchant's number, digits only")
    }
    applicationID = try reader.required("appid")
    guard applicationID.hasPrefix("wx"), (3...32).contains(applicationID.utf8.count),
      WeChatRecord.isNumber(applicationID)
    else { throw reader.flaw("appid", "must be an application bound to mchid, as wx0123456789…") }
    root = try Self.root(reader)
    notifyURL = try reader.notifyURL(bytesMax: Self.notifyURLBytesMax)
    h5Type = try reader.optional("h5_type") ?? "Wap"
    guard Self.h5Types.contains(h5Type) else {
      throw reader.flaw("h5_type", "must be \(Self.h5Types.joined(separator: ", "))")
    }
    readsComplaints = try reader.flag("complaints", standard: false)
    keys = try WeChatKeys(reader)
  }

  private static func root(_ reader: MemberReader) throws(GatewaySettingsError) -> String {
    let root = try reader.root(otherwise: productionURL)
    guard root.path.isEmpty else {
      throw reader.flaw("url", "must be scheme and host only, as \(productionURL)")
    }
    return root.text
  }
}
