import Domain
import Engine
import Gateways
import JSON
import Platform
import Server
import Wire

/// Everything a start needs, decided before anything is touched.
struct StartPlan: Sendable {
  let configuration: Configuration
  let configurationPath: String?
  let stateDirectory: String
  let listeners: [ListenerConfiguration]
  /// As the configuration had them at the start.
  let gatewaySet: GatewaySet

  var gateways: [GatewayAccount] { gatewaySet.accounts }
  var sandboxes: [SandboxAccount] { gatewaySet.sandboxes }

  var storePath: String { Path.join(stateDirectory, "till.db") }
  var sandboxPath: String { Path.join(stateDirectory, "sandbox.db") }

  /// - Parameter mayWrite: a missing key of the sandbox is made; a mere check makes nothing.
  init(_ arguments: Arguments, mayWrite: Bool) throws(StartFault) {
    configurationPath = arguments.configurationPath
    if let path = arguments.configurationPath {
      do throws(ConfigurationFault) {
        configuration = try ConfigurationReader.read(path: path)
      } catch { throw StartFault(error.text) }
    } else {
      configuration = Configuration()
    }
    guard
      let state = arguments.stateDirectory ?? configuration.stateDirectory
        ?? DefaultPlaces.stateDirectory
    else {
      throw StartFault("Neither HOME nor XDG_STATE_HOME is set; say --state DIR.", status: 2)
    }
    stateDirectory = try StartPlan.absolute(state)
    listeners = try StartPlan.listeners(arguments, configuration)
    if mayWrite { try StateFolder.prepare(stateDirectory) }
    gatewaySet = try StartPlan.gateways(
      configuration, path: arguments.configurationPath, stateDirectory: stateDirectory,
      mayWrite: mayWrite)
  }

  static func absolute(_ path: String) throws(StartFault) -> String {
    if path.hasPrefix("/") { return path }
    guard let here = CurrentProcess.workingDirectory else {
      throw StartFault("The working directory cannot be told; give absolute paths.")
    }
    return Path.join(here, path)
  }

  private static func listeners(
    _ arguments: Arguments, _ configuration: Configuration
  ) throws(StartFault) -> [ListenerConfiguration] {
    if let path = arguments.socketPath {
      return [ListenerConfiguration(name: "main", path: try absolute(path))]
    }
    if !configuration.listeners.isEmpty { return configuration.listeners }
    guard let path = DefaultPlaces.socketPath else {
      throw StartFault("XDG_RUNTIME_DIR is not set; say --socket PATH.", status: 2)
    }
    var listener = ListenerConfiguration(name: "main", path: path)
    listener.options.directoryMode = 0o700
    return [listener]
  }

  /// The gateways of a configuration, at the start and whenever it is read again.
  static func gateways(
    _ configuration: Configuration, path: String?, stateDirectory: String, mayWrite: Bool
  ) throws(StartFault) -> GatewaySet {
    let maker = GatewayMaker(
      stateDirectory: stateDirectory, configurationPath: path, mayWrite: mayWrite)
    return try maker.gateways(configuration.gateways)
  }

  var engineSettings: EngineSettings {
    EngineSettings(
      orderExpiryMilliseconds: configuration.orderExpiry,
      orderExpiryMaxMilliseconds: configuration.orderExpiryMax,
      timeScale: configuration.timeScale,
      hooks: configuration.hooks.map { HookFilter(name: $0.name, types: $0.events) },
      retention: configuration.retention, version: ProgramVersion.text)
  }

  /// What `--check-config` answers.
  var summary: String {
    var lines = ["The configuration can be used."]
    lines.append("state      \(stateDirectory)")
    for listener in listeners { lines.append("listens    \(listener.path) (\(listener.name))") }
    for account in gateways {
      let gateway = account.gateway
      let methods = gateway.capabilities.methods.map(\.name).joined(separator: ", ")
      lines.append("gateway    \(gateway.name) (\(gateway.kind): \(methods))")
    }
    for hook in configuration.hooks { lines.append("hook       \(hook.name)") }
    return lines.joined(separator: "\n")
  }
}
