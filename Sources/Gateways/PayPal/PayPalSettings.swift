import Crypto
import JSON

/// The configuration of one PayPal application.
struct PayPalSettings: Sendable {
  static let members: [GatewayMember] = [
    .init("client_id", "text", "–", "The application's number."),
    .init("client_secret_file", "path", "–", "The application's secret."),
    .init(
      "webhook_id", "text", "none",
      "The webhook's number at PayPal; without it notices are refused."),
    .init(
      "webhook_certificate_file", "path", "none",
      "Certificates that may sign notices, PEM; without them PayPal is asked about each notice."),
    .init("url", "address", productionURL, "Another host, as https://api-m.sandbox.paypal.com."),
    .init("notify_url", "address", "none", "Where PayPal posts notices; checked, not set."),
    .init("return_url", "address", "none", "Where a buyer goes who names no return_url."),
    .init("cancel_url", "address", "none", "Where a buyer goes who gives up."),
    .init("brand_name", "text", "none", "The shop's name on PayPal's page."),
  ]
  static let productionURL = "https://api-m.paypal.com"

  let clientID: String
  let clientSecret: String
  /// The number of our webhook at PayPal; a part of what every notice signs.
  let webhookID: String?
  /// Certificates that may sign notices; empty where none was pinned.
  let webhookCertificates: [Certificate]
  let baseURL: String
  /// Compared by `check` with what the application says.
  let notifyURL: String?
  let returnURL: String?
  let cancelURL: String?
  let brandName: String?

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    clientID = try reader.identifier("client_id")
    clientSecret = try reader.secretLines("client_secret_file", max: 1)[0]
    guard !clientID.hasSameBytes(as: clientSecret) else {
      throw reader.flaw("client_secret_file", "holds the client id; the secret stands below it")
    }
    let hasWebhook = reader.settings.fields["webhook_id"] != nil
    webhookID = hasWebhook ? try reader.identifier("webhook_id") : nil
    webhookCertificates = try Self.certificates(reader)
    baseURL = try reader.root(otherwise: Self.productionURL).text
    notifyURL = try reader.webAddress("notify_url")
    returnURL = try reader.webAddress("return_url")
    cancelURL = try reader.webAddress("cancel_url")
    brandName = try reader.optional("brand_name")
  }

  private static func certificates(
    _ reader: MemberReader
  ) throws(GatewaySettingsError) -> [Certificate] {
    let member = "webhook_certificate_file"
    guard reader.settings.fields[member] != nil else { return [] }
    let bytes = try reader.keyFile(member)
    do throws(CryptoError) {
      return try CertificateBundle(bytes).certificates
    } catch {
      throw reader.flaw(member, "cannot be used: \(error.description)")
    }
  }
}
