import Crypto
import Domain
import JSON

/// The configuration of one Airwallex account.
struct AirwallexSettings: Sendable {
  static let members: [GatewayMember] = [
    .init("client_id", "text", "–", "The number of the API key."),
    .init("api_key_file", "path", "–", "The API key."),
    .init(
      "webhook_secret_file", "path", "none",
      "Secrets of the webhook, one on a line; without it notices are refused."),
    .init("login_as", "text", "none", "A linked account that is acted for."),
    .init("url", "address", productionURL, "Another host, as https://api-demo.airwallex.com."),
    .init("return_url", "address", "none", "Where a buyer goes who names no return_url."),
    .init(
      "settlement_currencies", "list", "none",
      "Currencies that are settled, as [\"USD\"]; with them settlements are downloaded."),
  ]
  static let productionURL = "https://api.airwallex.com"
  /// The interface that this adapter was written against; also the one to choose for the webhook.
  static let version = "2024-06-30"
  static let webhookSecretsMax = 4
  static let settlementCurrenciesMax = 32

  let clientID: String
  let apiKey: String
  /// More than one while a secret is being rolled. Empty: notices are refused.
  let webhookKeys: [HMACSHA256Key]
  /// The linked account that is acted for.
  let loginAs: String?
  let baseURL: String
  let returnURL: String?
  /// Codes of the currencies whose settlements are downloaded, as `USD`.
  let settlementCurrencies: [String]

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    clientID = try reader.identifier("client_id")
    apiKey = try reader.secretLines("api_key_file", max: 1)[0]
    guard !apiKey.hasPrefix("whsec_") else {
      throw reader.flaw(
        "api_key_file", "holds a webhook's secret; that belongs into webhook_secret_file")
    }
    if reader.settings.fields["webhook_secret_file"] != nil {
      webhookKeys = try reader.secretLines("webhook_secret_file", max: Self.webhookSecretsMax)
        .map { HMACSHA256Key(utf8: $0) }
    } else {
      webhookKeys = []
    }
    loginAs = reader.settings.fields["login_as"] == nil ? nil : try reader.identifier("login_as")
    baseURL = try reader.root(otherwise: Self.productionURL).text
    returnURL = try reader.webAddress("return_url")
    settlementCurrencies =
      try reader.words("settlement_currencies", countMax: Self.settlementCurrenciesMax) {
        Currency(code: $0) != nil
      } ?? []
  }
}
