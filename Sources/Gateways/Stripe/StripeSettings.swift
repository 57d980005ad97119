import Crypto
import JSON

/// The configuration of one Stripe account.
struct StripeSettings: Sendable {
  static let members: [GatewayMember] = [
    .init("secret_key_file", "path", "–", "The secret key, sk_…, or a restricted one, rk_…."),
    .init(
      "webhook_secret_file", "path", "none",
      "Secrets of the webhook, whsec_…, one on a line; without it notices are refused."),
    .init("url", "address", productionURL, "Another host of the interface."),
    .init("notify_url", "address", "none", "Where Stripe posts notices; checked, not set."),
    .init("return_url", "address", "none", "Where a buyer goes who names no return_url."),
    .init("cancel_url", "address", "none", "Where a buyer goes who gives up."),
  ]
  static let productionURL = "https://api.stripe.com"
  /// The interface that this adapter was written against; also the one to choose for the webhook.
  static let version = "2026-10-28.endive"
  static let webhookSecretsMax = 4

  /// `sk_…` or, with fewer rights, `rk_…`.
  let secretKey: String
  /// Keys of notices; more than one while a secret is being rolled. Empty: notices are refused.
  let webhookKeys: [HMACSHA256Key]
  /// Without a slash at its end.
  let baseURL: String
  /// Where Stripe should send notices; compared by `check` with what the account says.
  let notifyURL: String?
  /// Where the buyer goes back to where a payment names no address of its own.
  let returnURL: String?
  let cancelURL: String?

  /// Whether the key moves real money.
  var isLive: Bool { secretKey.hasPrefix("sk_live_") || secretKey.hasPrefix("rk_live_") }

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    secretKey = try Self.secretKey(reader)
    webhookKeys = try Self.webhookKeys(reader)
    baseURL = try reader.root(otherwise: Self.productionURL).text
    notifyURL = try reader.webAddress("notify_url")
    returnURL = try reader.webAddress("return_url")
    cancelURL = try reader.webAddress("cancel_url")
  }

  private static func secretKey(_ reader: MemberReader) throws(GatewaySettingsError) -> String {
    let key = try reader.secretLines("secret_key_file", max: 1)[0]
    guard !key.hasPrefix("pk_") else {
      throw reader.flaw(
        "secret_key_file", "holds the publishable key; the secret one begins with sk_ or rk_")
    }
    guard !key.hasPrefix("whsec_") else {
      throw reader.flaw(
        "secret_key_file", "holds a webhook's secret; that belongs into webhook_secret_file")
    }
    let prefixes = ["sk_test_", "sk_live_", "rk_test_", "rk_live_"]
    guard prefixes.contains(where: { key.hasPrefix($0) }) else {
      throw reader.flaw("secret_key_file", "holds no key that begins with sk_ or rk_")
    }
    return key
  }

  private static func webhookKeys(
    _ reader: MemberReader
  ) throws(GatewaySettingsError) -> [HMACSHA256Key] {
    guard reader.settings.fields["webhook_secret_file"] != nil else { return [] }
    let lines = try reader.secretLines("webhook_secret_file", max: webhookSecretsMax)
    for line in lines where !line.hasPrefix("whsec_") {
      throw reader.flaw(
        "webhook_secret_file", "holds a line that does not begin with whsec_")
    }
    return lines.map { HMACSHA256Key(utf8: $0) }
  }
}
