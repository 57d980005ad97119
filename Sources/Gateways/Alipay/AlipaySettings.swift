import Crypto
import JSON

/// The configuration of one Alipay application, with its keys read and checked against each other.
///
/// Either key mode (`alipay_public_key_file`) or certificate mode (`app_certificate_file`,
/// `alipay_certificate_file`, `alipay_root_certificate_file`); an application uses exactly one.
struct AlipaySettings: Sendable {
  static let members: [GatewayMember] = [
    .init("app_id", "text", "–", "The application's number."),
    .init(
      "seller_id", "text", "any",
      "The merchant's account, 2088…; notices and bills of others are refused.", isMerchant: true),
    .init("url", "address", productionURL, "The gateway of the test environment, where wanted."),
    .init("app_private_key_file", "path", "–", "The application's private key."),
    .init("alipay_public_key_file", "path", "–", "Key mode: Alipay's public key, not yours."),
    .init("app_certificate_file", "path", "–", "Certificate mode: appCertPublicKey….crt."),
    .init(
      "alipay_certificate_file", "path", "–", "Certificate mode: alipayCertPublicKey_RSA2.crt."),
    .init("alipay_root_certificate_file", "path", "–", "Certificate mode: alipayRootCert.crt."),
    .init(
      "alipay_former_key_file", "path", "none",
      "Alipay's key or certificate before a change; verifies beside the other for a while."),
    .init(
      "notify_url", "address", "none", "Where Alipay posts notices; without it only questions."),
    .init("product_code", "text", defaultProductCode, "The product of precreate."),
    .init(
      "complaints", "flag", "false",
      "Read buyers' complaints; the application must have 交易投诉 among its abilities."),
  ]
  static let productionURL = "https://openapi.alipay.com/gateway.do"
  /// What Alipay itself takes where none is given: the classic face-to-face product. The newer
  /// "order code" product wants `QR_CODE_OFFLINE`.
  static let defaultProductCode = "FACE_TO_FACE_PAYMENT"
  /// Alipay's own limit of the parameter.
  static let notifyURLBytesMax = 256

  let applicationID: String
  /// The merchant's account, `2088…`; notices for another account are refused where it is given.
  let sellerID: String?
  let address: GatewayAddress
  /// Without it Alipay sends no notices and every payment is found by query.
  let notifyURL: String?
  let productCode: String
  /// Buyers' complaints are listed, asked about, and their notices taken.
  let readsComplaints: Bool
  let keys: AlipayKeys

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    applicationID = try reader.required("app_id")
    guard GatewayText.isDigits(applicationID, count: 8...32) else {
      throw reader.flaw("app_id", "must be the application's number, 8 to 32 digits")
    }
    sellerID = try reader.optional("seller_id")
    if let sellerID {
      guard GatewayText.isDigits(sellerID, count: 16...16), sellerID.hasPrefix("2088") else {
        throw reader.flaw("seller_id", "must be the merchant's account, 16 digits from 2088 on")
      }
    }
    address = try Self.address(reader)
    notifyURL = try reader.webAddress("notify_url", bytesMax: Self.notifyURLBytesMax)
    productCode = try reader.optional("product_code") ?? Self.defaultProductCode
    guard (1...64).contains(productCode.utf8.count),
      productCode.utf8.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x5F })
    else {
      throw reader.flaw("product_code", "must be capital letters and _, as QR_CODE_OFFLINE")
    }
    readsComplaints = try reader.flag("complaints", standard: false)
    keys = try AlipayKeys(reader)
  }

  private static func address(
    _ reader: MemberReader
  ) throws(GatewaySettingsError) -> GatewayAddress {
    let address = try reader.address(otherwise: productionURL)
    guard !address.path.isEmpty else {
      throw reader.flaw("url", "must end with the path of the gateway, as /gateway.do")
    }
    guard address.host != "openapi.alipaydev.com" else {
      let current = "https://openapi-sandbox.dl.alipaydev.com/gateway.do"
      throw reader.flaw("url", "is Alipay's old test gateway, which is shut; use \(current)")
    }
    return address
  }
}
