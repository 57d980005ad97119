import Crypto
import JSON

/// The configuration of one Alipay application, with its keys read and checked against each other.
///
/// Either key mode (`alipay_public_key_file`) or certificate mode (`app_certificate_file`,
/// `alipay_certificate_file`, `alipay_root_certificate_file`); an application uses exactly one.
struct AlipaySettings: Sendable {
  /// Members of its own in the configuration.
  static let memberNames = [
    "app_id", "seller_id", "url", "app_private_key_file", "alipay_public_key_file",
    "app_certificate_file", "alipay_certificate_file", "alipay_root_certificate_file",
    "notify_url", "product_code",
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
  let keys: AlipayKeys

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.memberNames)
    applicationID = try reader.required("app_id")
    guard Self.isDigits(applicationID, count: 8...32) else {
      throw reader.flaw("app_id", "must be the application's number, 8 to 32 digits")
    }
    sellerID = try reader.optional("seller_id")
    if let sellerID {
      guard Self.isDigits(sellerID, count: 16...16), sellerID.hasPrefix("2088") else {
        throw reader.flaw("seller_id", "must be the merchant's account, 16 digits from 2088 on")
      }
    }
    address = try Self.address(reader)
    notifyURL = try Self.notifyURL(reader)
    productCode = try reader.optional("product_code") ?? Self.defaultProductCode
    guard (1...64).contains(productCode.utf8.count),
      productCode.utf8.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x5F })
    else {
      throw reader.flaw("product_code", "must be capital letters and _, as QR_CODE_OFFLINE")
    }
    keys = try AlipayKeys(reader)
  }

  private static func address(
    _ reader: MemberReader
  ) throws(GatewaySettingsError) -> GatewayAddress {
    let text = try reader.optional("url") ?? productionURL
    let address: GatewayAddress
    do throws(GatewayAddress.Flaw) {
      address = try GatewayAddress(text)
    } catch {
      throw reader.flaw("url", error.phrase)
    }
    guard address.query == nil, !address.path.isEmpty else {
      throw reader.flaw("url", "must end with the path of the gateway, as /gateway.do")
    }
    guard address.host != "openapi.alipaydev.com" else {
      let current = "https://openapi-sandbox.dl.alipaydev.com/gateway.do"
      throw reader.flaw("url", "is Alipay's old test gateway, which is shut; use \(current)")
    }
    return address
  }

  private static func notifyURL(_ reader: MemberReader) throws(GatewaySettingsError) -> String? {
    guard let text = try reader.optional("notify_url") else { return nil }
    guard text.utf8.count <= notifyURLBytesMax else {
      throw reader.flaw("notify_url", "is longer than \(notifyURLBytesMax) bytes")
    }
    guard AlipayText.isWebAddress(text), !text.utf8.contains(0x23) else {
      throw reader.flaw("notify_url", "must be the public http or https address for notices")
    }
    return text
  }

  private static func isDigits(_ text: String, count: ClosedRange<Int>) -> Bool {
    count.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}

/// Reads text members of a gateway's configuration and names the one at fault.
struct MemberReader {
  let settings: GatewaySettings

  func flaw(_ member: String, _ text: String) -> GatewaySettingsError {
    GatewaySettingsError(member: member, text: "\(member) \(text)")
  }

  func optional(_ member: String) throws(GatewaySettingsError) -> String? {
    guard let value = settings.fields[member] else { return nil }
    guard let text = value.stringValue, !text.isEmpty else {
      throw flaw(member, "must be a text that is not empty")
    }
    return text
  }

  func required(_ member: String) throws(GatewaySettingsError) -> String {
    guard let text = try optional(member) else { throw flaw(member, "is missing") }
    return text
  }

  /// The bytes of the key file that a member names.
  func keyFile(_ member: String) throws(GatewaySettingsError) -> [UInt8] {
    let path = try required(member)
    do throws(GatewaySettingsError) {
      return try settings.readKeyFile(path)
    } catch {
      throw GatewaySettingsError(member: error.member ?? member, text: error.text)
    }
  }

  /// Members that are the engine's may stand here too and mean nothing to an adapter.
  func refuseOthers(than names: [String]) throws(GatewaySettingsError) {
    for key in settings.fields.keys {
      let isKnown = (names + GatewaySettings.engineMemberNames).contains {
        $0.utf8.elementsEqual(key.utf8)
      }
      guard isKnown else {
        throw GatewaySettingsError(member: key, text: "\(key) is no member of this gateway")
      }
    }
  }
}
