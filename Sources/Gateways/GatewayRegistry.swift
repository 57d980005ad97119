package import JSON

/// What the configuration says about one gateway.
package struct GatewaySettings: Sendable {
  package let name: String
  package let kind: String
  /// The members of its configuration object that are the adapter's own.
  package let fields: JSONObject
  /// Reads a key file; checks its owner and mode. The path is the configured text.
  package let readKeyFile: @Sendable (String) throws(GatewaySettingsError) -> [UInt8]

  package init(
    name: String, kind: String, fields: JSONObject,
    readKeyFile: @escaping @Sendable (String) throws(GatewaySettingsError) -> [UInt8]
  ) {
    self.name = name
    self.kind = kind
    self.fields = fields
    self.readKeyFile = readKeyFile
  }
}

extension GatewaySettings {
  /// Members of a gateway's object that are the engine's; an adapter passes over them.
  package static let engineMemberNames = [
    "name", "kind", "zone", "qps", "concurrency", "schedule", "fees",
    "exchange", "merchant", "calendar",
  ]
}

/// A gateway's configuration is wrong. `member` is the name in its object, so that the shell can
/// point at the line.
package struct GatewaySettingsError: Error, Hashable, Sendable {
  package let member: String?
  package let text: String

  package init(member: String?, text: String) {
    self.member = member
    self.text = text
  }
}

/// The adapters that exist. A new one adds one line to `adapters`.
package enum GatewayRegistry {
  private struct Adapter: Sendable {
    let kind: String
    let members: [GatewayMember]
    let make: @Sendable (GatewaySettings) throws(GatewaySettingsError) -> any Gateway
  }

  private static let adapters = [
    Adapter(kind: "alipay", members: AlipaySettings.members) {
      settings throws(GatewaySettingsError) in try AlipayGateway(settings)
    },
    Adapter(kind: "wechat", members: WeChatSettings.members) {
      settings throws(GatewaySettingsError) in try WeChatGateway(settings)
    },
    Adapter(kind: "epay", members: EpaySettings.members) {
      settings throws(GatewaySettingsError) in try EpayGateway(settings)
    },
    Adapter(kind: "yeepay", members: YeepaySettings.members) {
      settings throws(GatewaySettingsError) in try YeepayGateway(settings)
    },
    Adapter(kind: "stripe", members: StripeSettings.members) {
      settings throws(GatewaySettingsError) in try StripeGateway(settings)
    },
    Adapter(kind: "paypal", members: PayPalSettings.members) {
      settings throws(GatewaySettingsError) in try PayPalGateway(settings)
    },
    Adapter(kind: "airwallex", members: AirwallexSettings.members) {
      settings throws(GatewaySettingsError) in try AirwallexGateway(settings)
    },
    Adapter(kind: "99bill", members: Bill99Settings.members) {
      settings throws(GatewaySettingsError) in try Bill99Gateway(settings)
    },
    Adapter(kind: "easypay", members: EasypaySettings.members) {
      settings throws(GatewaySettingsError) in try EasypayGateway(settings)
    },
    Adapter(kind: "pingpong", members: PingPongSettings.members) {
      settings throws(GatewaySettingsError) in try PingPongGateway(settings)
    },
    Adapter(kind: "vmq", members: VmqSettings.members) {
      settings throws(GatewaySettingsError) in try VmqGateway(settings)
    },
    Adapter(kind: "transfer", members: TransferSettings.members) {
      settings throws(GatewaySettingsError) in try TransferGateway(settings)
    },
    Adapter(kind: "sandbox", members: SandboxSettings.members) {
      settings throws(GatewaySettingsError) in try SandboxGateway(settings)
    },
  ]

  /// What `kind` may say in the configuration, in the order of `adapters`.
  package static let kinds: [String] = adapters.map(\.kind)

  /// The members that an adapter knows in its configuration object, for the reference page; empty
  /// for a kind that does not exist. Members of the engine are not among them.
  package static func members(of kind: String) -> [GatewayMember] {
    adapter(kind)?.members ?? []
  }

  /// The number that bills name the merchant by, as far as the adapter's own members tell it.
  package static func merchant(of settings: GatewaySettings) -> String? {
    let member = members(of: settings.kind).first(where: \.isMerchant)
    return member.flatMap { settings.fields[$0.name]?.stringValue }
  }

  /// Makes a gateway of its configuration. Reads key files through the settings; makes no call.
  package static func make(
    _ settings: GatewaySettings
  ) throws(GatewaySettingsError) -> any Gateway {
    guard let adapter = adapter(settings.kind) else {
      let known = kinds.joined(separator: ", ")
      throw GatewaySettingsError(
        member: "kind", text: "kind \(settings.kind) does not exist; there are: \(known)")
    }
    return try adapter.make(settings)
  }

  private static func adapter(_ kind: String) -> Adapter? {
    adapters.first { $0.kind.utf8.elementsEqual(kind.utf8) }
  }
}
