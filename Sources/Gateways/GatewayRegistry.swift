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
    "name", "kind", "zone", "qps", "concurrency", "schedule",
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
    let memberNames: [String]
    let make: @Sendable (GatewaySettings) throws(GatewaySettingsError) -> any Gateway
  }

  private static let adapters = [
    Adapter(kind: "alipay", memberNames: AlipaySettings.memberNames) {
      settings throws(GatewaySettingsError) in try AlipayGateway(settings)
    },
    Adapter(kind: "sandbox", memberNames: SandboxSettings.memberNames) {
      settings throws(GatewaySettingsError) in try SandboxGateway(settings)
    },
  ]

  /// What `kind` may say in the configuration, in the order of `adapters`.
  package static let kinds: [String] = adapters.map(\.kind)

  /// The members that an adapter knows in its configuration object, for suggestions; empty for a
  /// kind that does not exist. Members of the engine are not among them.
  package static func memberNames(of kind: String) -> [String] {
    adapter(kind)?.memberNames ?? []
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
