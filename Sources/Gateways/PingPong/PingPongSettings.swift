import JSON

/// The configuration of one store at PingPong's checkout, version 4 of its interface.
struct PingPongSettings: Sendable {
  static let members: [GatewayMember] = [
    .init("client_id", "text", "–", "The merchant's number."),
    .init("acc_id", "text", "–", "The store's number."),
    .init("salt_file", "path", "–", "The shared salt of the store."),
    .init("url", "address", productionURL, "Another host: of a region, of the test environment."),
    .init("notify_url", "address", "–", "Where PingPong posts notices; public, no query."),
    .init("return_url", "address", "none", "Where a buyer goes who names no return_url."),
  ]
  static let productionURL = "https://acquirer-payment.pingpongx.com"

  let root: String
  let clientID: String
  let accountID: String
  let salt: String
  let notifyURL: String
  let returnURL: String?

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    root = try reader.root(otherwise: Self.productionURL).text
    clientID = try reader.number("client_id", bytes: 4...64)
    accountID = try reader.number("acc_id", bytes: 4...64)
    salt = try reader.secretText("salt_file", bytes: 8...128)
    notifyURL = try reader.notifyURL()
    returnURL = try reader.webAddress("return_url")
  }
}
