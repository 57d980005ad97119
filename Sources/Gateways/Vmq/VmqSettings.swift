import Domain
import JSON

/// The configuration of one site of the v免签 (vmq, 码支付) class.
struct VmqSettings: Sendable {
  static let members: [GatewayMember] = [
    .init("url", "address", "–", "The site's root."),
    .init("key_file", "path", "–", "The shared key that the site shows."),
    .init("notify_url", "address", "–", "Where the site sends notices; public, no query."),
    .init("types", "list", "wechat, alipay", "The ways to pay whose codes the site holds."),
    .init(
      "weak_notices", "text", "apply",
      "apply pays and holds the goods until the money is confirmed, deliver hands them out."),
    .init(
      "slack", "number", "0",
      "How many fen the exact sum may differ from the price and still count as the price."),
  ]
  /// A way to pay and the site's digit for it.
  static let digits = [(name: "wechat", digit: "1"), (name: "alipay", digit: "2")]
  /// What a notice does, or an answer that says no more.
  enum WeakNotices: String, CaseIterable, Sendable {
    case apply
    case deliver

    var word: WeakWord {
      switch self {
      case .apply: .pays
      case .deliver: .delivers
      }
    }
  }

  static let slackMax: Int64 = 99

  let root: String
  let key: String
  let notifyURL: String
  let types: [String]
  let weakNotices: WeakNotices
  /// Fen. The site tells open orders of one price apart by cents.
  let slack: Int64

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    root = try reader.root().text
    key = try reader.secretText("key_file", bytes: 8...128)
    notifyURL = try reader.notifyURL()
    let known = Self.digits.map(\.name)
    types = try reader.words("types", countMax: known.count) { known.contains($0) } ?? known
    weakNotices = try reader.choice("weak_notices", of: WeakNotices.self, standard: .apply)
    let given = settings.fields["slack"] ?? .integer(0)
    guard let slack = given.integerValue, (0...Self.slackMax).contains(slack) else {
      throw reader.flaw("slack", "must be a number of fen from 0 to \(Self.slackMax)")
    }
    self.slack = slack
  }

  func digit(of method: String) -> String? {
    guard types.contains(where: { $0.hasSameBytes(as: method) }) else { return nil }
    return Self.digits.first { $0.name.hasSameBytes(as: method) }?.digit
  }
}
