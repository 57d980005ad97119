import Engine
import Gateways
import JSON
import Platform

/// Makes the configured gateways, or the one sandbox where none is configured.
struct GatewayMaker {
  let stateDirectory: String
  let configurationPath: String?
  let mayWrite: Bool

  /// Nothing is lost by asking the sandbox often: it lives in this process.
  private static let sandboxQueriesPerSecond: Int64 = 10_000
  private static let sandboxConcurrency = 256

  func gateways(_ entries: [Configuration.GatewayEntry]) throws(StartFault) -> GatewaySet {
    guard !entries.isEmpty else {
      let secret = try sandboxSecret()
      let account = GatewayAccount(
        gateway: SandboxGateway(name: "sandbox", secret: secret),
        queriesPerSecond: Self.sandboxQueriesPerSecond, concurrency: Self.sandboxConcurrency)
      return GatewaySet(
        accounts: [account], sandboxes: [SandboxAccount(name: "sandbox", secret: secret)])
    }
    var made = GatewaySet()
    for entry in entries {
      let isSandbox = entry.settings.kind.utf8.elementsEqual("sandbox".utf8)
      let files = ReadKeyFiles()
      let gateway: any Gateway
      if isSandbox, entry.settings.fields["secret_file"] == nil {
        let secret = try sandboxSecret()
        gateway = SandboxGateway(name: entry.settings.name, secret: secret)
        made.sandboxes.append(SandboxAccount(name: entry.settings.name, secret: secret))
      } else {
        gateway = try make(files.watching(entry.settings), entry)
        if isSandbox {
          made.sandboxes.append(
            SandboxAccount(name: gateway.name, secret: try configuredSecret(entry)))
        }
      }
      made.marks.append(files.mark(entry.settings))
      made.accounts.append(
        GatewayAccount(
          gateway: gateway, queriesPerSecond: entry.queriesPerSecond,
          concurrency: entry.concurrency, merchant: entry.merchant))
    }
    return made
  }

  private func make(
    _ settings: GatewaySettings, _ entry: Configuration.GatewayEntry
  ) throws(StartFault) -> any Gateway {
    do throws(GatewaySettingsError) {
      return try GatewayRegistry.make(settings)
    } catch { throw fault(error, entry) }
  }

  private func configuredSecret(
    _ entry: Configuration.GatewayEntry
  ) throws(StartFault) -> String {
    do throws(GatewaySettingsError) {
      let bytes = try entry.settings.readKeyFile(
        entry.settings.fields["secret_file"]?.stringValue ?? "")
      let text = String(decoding: bytes, as: UTF8.self)
      return String(text.prefix { !$0.isNewline })
    } catch { throw fault(error, entry) }
  }

  /// An adapter's error, with the line of the member that it is about.
  private func fault(
    _ error: GatewaySettingsError, _ entry: Configuration.GatewayEntry
  ) -> StartFault {
    guard let path = configurationPath else {
      return StartFault("\(entry.settings.name): \(error.text)")
    }
    let spot = error.member.map { entry.place.member($0) } ?? entry.place
    // try?: the file was read a moment ago; without it the text still says what is wrong.
    let bytes = (try? Files.read(path, byteCountMax: ConfigurationReader.fileBytesMax)) ?? []
    return StartFault(
      ConfigurationFault(ConfigurationError(spot, error.text), path: path, bytes: bytes).text)
  }

  /// The secret that the sandbox's adapter and its bank share; made on first use.
  private func sandboxSecret() throws(StartFault) -> String {
    let path = Path.join(stateDirectory, SandboxGateway.defaultSecretFile)
    do throws(FileFault) {
      let bytes = try Files.read(path, byteCountMax: 1024, trust: .secret)
      return String(String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline })
    } catch {
      guard error.isMissing else { throw StartFault("\(path): \(error)") }
    }
    let digits = Entropy.bytes(32).map { byte in
      let text = String(byte, radix: 16)
      return text.utf8.count == 1 ? "0" + text : text
    }
    let secret = digits.joined()
    guard mayWrite else { return secret }
    do {
      try Files.writeAtomically(Array((secret + "\n").utf8), to: path)
    } catch { throw StartFault("\(path): \(error)") }
    return secret
  }
}
