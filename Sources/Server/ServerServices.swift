package import Domain
package import Engine
package import JSON
package import Reconciliation
package import Store
package import Wire

/// Facts of this process that never change while it runs.
package struct ServerFacts: Sendable {
  package var version: String
  /// Changes with every start.
  package var instance: String
  /// Changes only when the event history is no continuation.
  package var epoch: String
  package var startedAt: Timestamp
  /// The configuration file in use; nil if there is none.
  package var configurationPath: String?
  /// Compression of the schedule as a decimal; `1` in earnest.
  package var timeScale: String
  /// Features beyond the method list.
  package var features: [String]

  package init(
    version: String, instance: String, epoch: String, startedAt: Timestamp,
    configurationPath: String? = nil, timeScale: String = "1", features: [String] = []
  ) {
    self.version = version
    self.instance = instance
    self.epoch = epoch
    self.startedAt = startedAt
    self.configurationPath = configurationPath
    self.timeScale = timeScale
    self.features = features
  }
}

/// What the daemon lends to the server. Closures named `…OnWork` may block; they run on a thread
/// of their own. All others must return at once.
package struct ServerServices: Sendable {
  /// Our wall clock.
  package var clock: @Sendable () -> Timestamp
  /// The shop's zone in sentences for people, minutes east of UTC.
  package var zoneOffsetMinutes = Explanation.zoneOffsetDefaultMinutes
  /// One call a request; nil to log none.
  package var logRequest: (@Sendable (RequestRecord) -> Void)?
  /// A line of the log for people.
  package var note: @Sendable (String) -> Void
  /// `server.reload`: what changed and what needs a restart.
  package var reloadOnWork:
    @Sendable (_ isDryRun: Bool) -> Result<ServerReloadResult, Rejection>
  /// `server.backup`, by the name of a file in the configured folder.
  package var backupOnWork: @Sendable (_ name: String) -> Result<ServerBackupResult, Rejection>
  /// `server.drain`: begin to stop, as SIGTERM does.
  package var drain: @Sendable () -> Void
  /// `sandbox.*`, by the method and its parameters; the parameters are checked already.
  package var sandboxOnWork:
    @Sendable (_ method: Method, _ params: JSONObject) -> Result<JSONValue, Rejection>
  /// Gateways as configured, without what the store knows of them.
  package var gateways: @Sendable () -> [GatewayFacts]
  /// What the bills of a gateway are compared by, by its configured name.
  package var terms: @Sendable (_ gateway: String) -> GatewayTerms = { _ in GatewayTerms() }
  /// Layouts that were saved for `statement.import`.
  package var layouts: @Sendable () -> [DeclaredLayout] = { [] }
  /// Hooks as configured.
  package var hooks: @Sendable () -> [HookFacts]
  /// Numbers beside the server's own, for `server.metrics`.
  package var metrics: @Sendable () -> [MetricObject]
  /// How long what is no fact is kept.
  package var retention = Retention()
  /// Size of the store's files in bytes.
  package var storeBytesOnWork: @Sendable () -> Int64

  package init(
    clock: @escaping @Sendable () -> Timestamp,
    note: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.clock = clock
    self.note = note
    logRequest = nil
    reloadOnWork = { _ in .success(ServerReloadResult(changed: [], restartNeeded: [])) }
    backupOnWork = { _ in
      .failure(Rejection(.backupNotConfigured, "The configuration names no backup folder."))
    }
    drain = {}
    sandboxOnWork = { _, _ in
      .failure(
        Rejection(
          .gatewayNotSupported, "No sandbox gateway is configured.",
          details: [.init("gateway", .text("sandbox"))]))
    }
    gateways = { [] }
    hooks = { [] }
    metrics = { [] }
    storeBytesOnWork = { 0 }
  }
}

/// A configured gateway, as far as its adapter tells.
package struct GatewayFacts: Sendable {
  package var name: String
  package var kind: String
  package var methods: [String]
  /// Empty means any.
  package var currencies: [String]
  package var isTest: Bool
  /// Never tried at the company itself.
  package var isExperimental: Bool
  /// Steps it has: query, close, cancel, refund, refund_query.
  package var steps: [String]
  /// Queries a second allowed, as a decimal.
  package var queriesPerSecond: String

  package init(
    name: String, kind: String, methods: [String], currencies: [String], isTest: Bool,
    isExperimental: Bool = false, steps: [String], queriesPerSecond: String
  ) {
    self.name = name
    self.kind = kind
    self.methods = methods
    self.currencies = currencies
    self.isTest = isTest
    self.isExperimental = isExperimental
    self.steps = steps
    self.queriesPerSecond = queriesPerSecond
  }
}

/// A configured hook.
package struct HookFacts: Sendable {
  package var name: String
  /// `http` or `exec`.
  package var kind: String
  /// Event filters.
  package var types: [String]

  package init(name: String, kind: String, types: [String]) {
    self.name = name
    self.kind = kind
    self.types = types
  }
}
