/// The configuration of a sandbox gateway: nothing but where its secret lies.
enum SandboxSettings {
  static let members = [
    GatewayMember("secret_file", "path", defaultSecretFile, "Made by itself where it is not named.")
  ]
  /// Asked for where the configuration names no file; the shell makes it on first use.
  static let defaultSecretFile = "sandbox.key"
  private static let secretBytesMax = 1_024

  /// The secret of the configured file, one line of text.
  static func secret(_ settings: GatewaySettings) throws(GatewaySettingsError) -> String {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: members)
    let path = try reader.optional("secret_file") ?? defaultSecretFile
    var bytes: [UInt8]
    do throws(GatewaySettingsError) {
      bytes = try settings.readKeyFile(path)
    } catch {
      throw GatewaySettingsError(member: error.member ?? "secret_file", text: error.text)
    }
    while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
    guard (SandboxAccount.secretBytesMin...secretBytesMax).contains(bytes.count),
      bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      throw reader.flaw(
        "secret_file",
        "must hold one line of \(SandboxAccount.secretBytesMin) to \(secretBytesMax) visible "
          + "ASCII characters")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension SandboxGateway {
  /// Reads the configuration: member `secret_file`, or the file that the shell makes by itself.
  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    self.init(name: settings.name, secret: try SandboxSettings.secret(settings))
  }

  /// The path that is asked of `readKeyFile` where the configuration names none.
  package static var defaultSecretFile: String { SandboxSettings.defaultSecretFile }
}
