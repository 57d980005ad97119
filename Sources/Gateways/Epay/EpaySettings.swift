import Crypto
import Domain
import JSON

/// The configuration of one merchant account at one site of the 易支付 family.
///
/// There is no vendor: dozens of sites run forks of the same scripts, so what differs between forks
/// is a member here. Version 1 signs with MD5 and a shared key, version 2 with two RSA pairs.
struct EpaySettings: Sendable {
  static let members: [GatewayMember] = [
    .init("url", "address", "–", "The site's root, without a file's name behind it."),
    .init("pid", "text", "–", "The merchant's number at the site.", isMerchant: true),
    .init("version", "text", "1", "1 signs with MD5 and a shared key, 2 with RSA."),
    .init("key_file", "path", "–", "Version 1: the shared key."),
    .init("private_key_file", "path", "–", "Version 2: the merchant's RSA key."),
    .init("platform_public_key_file", "path", "–", "Version 2: the site's public key."),
    .init("notify_url", "address", "–", "Where the site sends notices; public, no query."),
    .init("types", "list", "alipay, wxpay", "The site's ways to pay."),
    .init("create", "text", "call", "call, or page at a site that has no such call."),
    .init("device", "text", "pc", "What the buyer sits at: pc, mobile, qq, wechat, alipay, app."),
    .init("sign_suffix", "text", "none", "ampkey where the fork puts &key= before the key."),
    .init("notice_fields", "text", "all", "fixed where the fork signs only the fields it names."),
    .init("query", "flag", "true", "Whether the site can be asked for an order."),
    .init("refund", "flag", "version 2: true", "Whether the site gives money back by a call."),
    .init(
      "weak_notices", "text", "wake",
      "What a notice does: wake a question; at a site that cannot be asked, apply (the order is "
        + "paid, its goods held) or deliver."),
    .init("statuses", "object", "the site's own", "Meaning of the fork's status numbers."),
    .init(
      "unsigned_create", "flag", "false", "Take a way to pay from an answer without a signature."),
  ]

  enum Version: String, CaseIterable, Sendable {
    case one = "1"
    case two = "2"
  }

  /// How a payment by a named type is made.
  enum Create: String, CaseIterable, Sendable {
    /// A call of ours (`mapi.php`, `/api/pay/create`).
    case call
    /// An address for the browser (`submit.php`, `/api/pay/submit`), for sites without that call.
    case page
  }

  /// What the buyer sits at, in the site's words; it chooses between a code and a page by it.
  enum Device: String, CaseIterable, Sendable {
    case pc
    case mobile
    case qq
    case wechat
    case alipay
    case app
  }

  /// What stands between the signed text and the key.
  enum SignSuffix: String, CaseIterable, Sendable {
    case none
    case ampkey
  }

  /// Which fields of a notice its signature covers.
  enum NoticeFields: String, CaseIterable, Sendable {
    case all
    case fixed
  }

  /// What a notice does; all but `wake` only at a site that cannot be asked.
  enum WeakNotices: String, CaseIterable, Sendable {
    case wake
    case apply
    case deliver

    var word: WeakWord {
      switch self {
      case .wake: .wakes
      case .apply: .pays
      case .deliver: .delivers
      }
    }
  }

  /// What a status number of an order means.
  enum Status: String, CaseIterable, Sendable {
    case unpaid
    case paid
    case refunded
    case processing
  }

  enum Keys: Sendable {
    /// Version 1: 32 characters as the site shows them.
    case shared(String)
    /// Version 2: ours to sign with, the platform's to verify with.
    case pairs(RSAPrivateKey, RSAPublicKey)
  }

  /// The site's own table; a fork may have another.
  static let standardStatuses: [String: Status] = [
    "0": .unpaid, "1": .paid, "2": .refunded, "3": .paid, "4": .processing,
  ]
  static let standardTypes = ["alipay", "wxpay"]

  let address: GatewayAddress
  /// A number, kept as text: it stands in signed strings.
  let pid: String
  let version: Version
  let keys: Keys
  let notifyURL: String
  /// What the site calls ways to pay, as `alipay`; methods here are named so too.
  let types: [String]
  let create: Create
  let device: Device
  let signSuffix: SignSuffix
  let noticeFields: NoticeFields
  /// Version 2 at sites that leave the way to pay unsigned. Nothing but that is then believed.
  let takesUnsignedCreate: Bool
  let canQuery: Bool
  let canRefund: Bool
  let weakNotices: WeakNotices
  let statuses: [String: Status]

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    address = try reader.root()
    guard !address.path.hasSuffix(".php") else {
      throw reader.flaw("url", "must be the root of the site, without submit.php behind it")
    }
    pid = try reader.required("pid")
    guard GatewayText.isDigits(pid, count: 1...20) else {
      throw reader.flaw("pid", "must be the merchant's number at the site, as text")
    }
    version = try reader.choice("version", of: Version.self, standard: .one)
    keys = try Self.keys(reader, version)
    notifyURL = try reader.notifyURL()
    types =
      try reader.words("types", countMax: 16) { GatewayText.isWord($0) && $0.utf8.count <= 32 }
      ?? Self.standardTypes
    create = try reader.choice("create", of: Create.self, standard: .call)
    device = try reader.choice("device", of: Device.self, standard: .pc)
    signSuffix = try reader.choice("sign_suffix", of: SignSuffix.self, standard: .none)
    noticeFields = try reader.choice("notice_fields", of: NoticeFields.self, standard: .all)
    takesUnsignedCreate = try reader.flag("unsigned_create", standard: false)
    canQuery = try reader.flag("query", standard: true)
    canRefund = try reader.flag("refund", standard: version == .two)
    weakNotices = try reader.choice("weak_notices", of: WeakNotices.self, standard: .wake)
    guard weakNotices == .wake || !canQuery else {
      throw reader.flaw("weak_notices", "may be apply or deliver only where query is false")
    }
    statuses = try Self.statuses(reader)
  }

  private static func keys(
    _ reader: MemberReader, _ version: Version
  ) throws(GatewaySettingsError) -> Keys {
    switch version {
    case .one:
      try refuse(["private_key_file", "platform_public_key_file"], reader, "belongs to version 2")
      // Forks shorten the usual 32 characters.
      return .shared(try reader.secretText("key_file", bytes: 8...128))
    case .two:
      try refuse(["key_file", "sign_suffix"], reader, "belongs to version 1")
      let own = try reader.privateKey("private_key_file")
      return .pairs(own, try reader.gatewayKey("platform_public_key_file", otherThan: own))
    }
  }

  private static func refuse(
    _ members: [String], _ reader: MemberReader, _ text: String
  ) throws(GatewaySettingsError) {
    for member in members where reader.settings.fields[member] != nil {
      throw reader.flaw(member, text)
    }
  }

  private static func statuses(
    _ reader: MemberReader
  ) throws(GatewaySettingsError) -> [String: Status] {
    guard let value = reader.settings.fields["statuses"] else { return standardStatuses }
    guard let object = value.objectValue, !object.isEmpty, object.count <= 32 else {
      throw reader.flaw("statuses", "must be an object as {\"0\": \"unpaid\", \"1\": \"paid\"}")
    }
    var statuses: [String: Status] = [:]
    for member in object.members {
      guard let status = member.value.stringValue.flatMap(Status.init(rawValue:)) else {
        let known = Status.allCases.map(\.rawValue).joined(separator: ", ")
        throw reader.flaw("statuses", "may say only \(known)")
      }
      statuses[member.key] = status
    }
    return statuses
  }
}
