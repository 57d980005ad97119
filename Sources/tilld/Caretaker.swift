import Crypto
import Dispatch
import Domain
import Engine
import Gateways
import JSON
import Platform
import Reconciliation
import Sandbox
import Server
import Store
import Synchronization
import Wire

/// What operators ask of the process itself: backups, a new configuration, numbers, the end.
final class Caretaker: Sendable {
  private let plan: StartPlan
  private let log: Log
  private let backups: Backups
  private let connection = Mutex(Connection())

  private struct Connection {
    var server: SocketServer?
    var stop: (@Sendable () -> Void)?
    var watch: SignalWatch?
    var guardTimer: QueueTimer?
    /// Who may come in now; nil until the file was read again.
    var admission: Admission?
    /// The gateways in force; nil until others took their places.
    var gateways: GatewaySet?
    var takeOver: (@Sendable ([GatewayAccount]) -> Void)?
    /// Saved ones; nil until the file was read again.
    var layouts: [DeclaredLayout]?
    /// What was entered of gateways, likewise.
    var entered: [String: Entered]?
  }

  /// The part of the configuration that a running daemon takes over.
  private struct Admission: Equatable {
    var peers: [PeerRule]
    var operators: [OperatorRule]

    init(_ configuration: Configuration) {
      peers = configuration.peers
      operators = configuration.operators
    }

    func differences(from old: Admission) -> [String] {
      (peers == old.peers ? [] : ["peers"]) + (operators == old.operators ? [] : ["operators"])
    }
  }

  /// What was entered of a gateway that a running daemon takes over.
  private struct Entered: Equatable {
    var fees: FeeBook
    var exchange: ExchangeBook
    var calendar: BusinessCalendar
  }

  init(plan: StartPlan, log: Log) {
    self.plan = plan
    self.log = log
    backups = Backups(
      folder: plan.configuration.backupDirectory, storePath: plan.storePath)
  }

  /// - Parameter takeOver: puts gateways in the places of those of their names.
  func connect(
    _ server: SocketServer, stop: @escaping @Sendable () -> Void,
    takeOver: @escaping @Sendable ([GatewayAccount]) -> Void
  ) {
    connection.withLock { connection in
      connection.server = server
      connection.stop = stop
      connection.takeOver = takeOver
    }
  }

  /// What the bills of a gateway are compared by.
  func terms(of gateway: String) -> GatewayTerms {
    var terms = GatewayTerms()
    let known = connection.withLock { $0.entered } ?? Self.entered(plan.configuration)
    if let entered = known[gateway] {
      terms.fees = entered.fees
      terms.exchange = entered.exchange
      terms.calendar = entered.calendar
    }
    let account = gateways.accounts.first { $0.gateway.name.utf8.elementsEqual(gateway.utf8) }
    guard let account else { return terms }
    terms.merchant = account.merchant
    terms.calendar.offsetMinutes = account.gateway.capabilities.zoneOffsetMinutes
    return terms
  }

  private static func entered(_ configuration: Configuration) -> [String: Entered] {
    Dictionary(
      configuration.gateways.map {
        (
          $0.settings.name,
          Entered(fees: $0.fees, exchange: $0.exchange, calendar: $0.calendar)
        )
      },
      uniquingKeysWith: { first, _ in first })
  }

  private var layouts: [DeclaredLayout] {
    connection.withLock { $0.layouts } ?? plan.configuration.layouts
  }

  private var gateways: GatewaySet { connection.withLock { $0.gateways } ?? plan.gatewaySet }

  /// Signals are heard as long as this lives; every half minute the sockets are looked after.
  func keep(_ watch: SignalWatch, on queue: DispatchQueue) {
    let timer = QueueTimer(on: queue) { [self] in lookAfterSockets() }
    timer.scheduleRepeating(everyMilliseconds: 30_000)
    connection.withLock { connection in
      connection.watch = watch
      connection.guardTimer = timer
    }
  }

  private func lookAfterSockets() {
    guard let server = connection.withLock({ $0.server }) else { return }
    server.lostListeners { [plan, log] names in
      for listener in plan.listeners where names.contains(listener.name) {
        log.warning("The socket \(listener.path) was removed or replaced; making it anew.")
        do throws(ListenFault) {
          server.listen(
            try UnixSocket.listen(at: listener.path, options: listener.options), as: listener)
        } catch {
          log.error("\(listener.path): \(error)")
        }
      }
    }
  }

  func services(bank: SandboxBank?, relay: InputRelay) -> ServerServices {
    var services = ServerServices(
      clock: { Daemon.now() }, note: { [log] text in log.warning(text) })
    services.zoneOffsetMinutes = plan.configuration.zoneOffsetMinutes
    if plan.configuration.logsRequests {
      services.logRequest = { [log] record in
        var writer = JSONWriter(capacity: 256)
        record.write(to: &writer)
        log.write(line: writer.line())
      }
    }
    services.reloadOnWork = { [self] isDryRun in reload(isDryRun: isDryRun) }
    services.backupOnWork = { [self] name in backups.make(name) }
    services.drain = { [self] in connection.withLock { $0.stop }?() }
    if let bank {
      let path = plan.storePath
      services.sandboxOnWork = { method, params in
        let resolve: (String) -> SandboxReference? = { Caretaker.reference($0, path) }
        return bank.perform(method: method.rawValue, params: params, resolve: resolve)
          .map { .object($0) }
      }
    }
    services.gateways = { [self] in gateways.accounts.map { Caretaker.facts($0) } }
    services.terms = { [self] in terms(of: $0) }
    services.hooks = { [plan] in plan.configuration.hooks.map(Caretaker.facts) }
    services.retention = plan.configuration.retention
    services.layouts = { [self] in layouts }
    services.storeBytesOnWork = { [plan] in Caretaker.bytes(of: plan.storePath) }
    return services
  }

  /// The number under which the sandbox knows a payment.
  private static func reference(_ text: String, _ path: String) -> SandboxReference? {
    guard let id = PaymentID(text: text) else { return nil }
    // try?: a payment that cannot be looked up is not found, which the caller is told.
    guard let reader = try? StoreReader(path: path) else { return nil }
    guard let payment = (try? reader.payment(id))?.0.payment else { return nil }
    return SandboxReference(gateway: payment.gateway, outTradeNumber: payment.outTradeNumber)
  }

  private static func facts(_ account: GatewayAccount) -> GatewayFacts {
    let gateway = account.gateway
    let capabilities = gateway.capabilities
    var steps: [String] = []
    if capabilities.canQuery { steps.append("query") }
    if capabilities.canClose { steps.append("close") }
    if capabilities.canRefund { steps += ["refund", "refund_query"] }
    return GatewayFacts(
      name: gateway.name, kind: gateway.kind, methods: capabilities.methods.map(\.name),
      currencies: capabilities.currencies, isTest: !capabilities.isReal,
      isExperimental: capabilities.isExperimental, steps: steps,
      queriesPerSecond: String(account.queriesPerSecond))
  }

  private static func facts(_ hook: Configuration.HookEntry) -> HookFacts {
    switch hook.target {
    case .post: HookFacts(name: hook.name, kind: "http", types: hook.events)
    case .program: HookFacts(name: hook.name, kind: "exec", types: hook.events)
    }
  }

  private static func bytes(of path: String) -> Int64 {
    var sum: Int64 = 0
    for suffix in ["", "-wal"] { sum += Files.byteCount(path + suffix) ?? 0 }
    return sum
  }
}

extension Caretaker {
  func reloadOnSignal(_ notifier: ServiceNotifier) {
    _ = notifier.notify([.reloading])
    switch reload(isDryRun: false) {
    case .success(let result):
      log.info("configuration read again; in force now: \(result.changed)")
      if !result.restartNeeded.isEmpty {
        log.warning("these changes wait for a restart: \(result.restartNeeded)")
      }
    case .failure(let rejection): log.error("configuration not changed: \(rejection.message)")
    }
    _ = notifier.notify([.ready])
  }

  /// All or nothing: who may come in, with which keys and settings gateways are asked, and what was
  /// entered of them, changes at once; everything else is named and waits for the next start.
  private func reload(isDryRun: Bool) -> Result<ServerReloadResult, Rejection> {
    guard let path = plan.configurationPath else {
      return .success(ServerReloadResult(changed: [], restartNeeded: []))
    }
    let fresh: Configuration
    let made: GatewaySet
    do throws(StartFault) {
      (fresh, made) = try read(path)
    } catch {
      return .failure(
        Rejection(.configInvalid, error.text, hint: "The old configuration stays in force."))
    }
    let old = plan.configuration
    let replaced = made.replacements(for: gateways)
    let restart = (replaced == nil ? ["gateways"] : []) + fresh.membersForRestart(since: old)
    let wanted = Admission(fresh)
    let changed = connection.withLock { connection in
      var changed = wanted.differences(from: connection.admission ?? Admission(old))
      if fresh.layouts != connection.layouts ?? old.layouts { changed.append("layouts") }
      let entered = Self.entered(fresh)
      // A gateway that comes or goes waits for a restart, with all that is said of it.
      let known = connection.entered ?? Self.entered(old)
      func hasChanged(_ part: KeyPath<Entered, some Equatable>) -> Bool {
        known.contains { (entered[$0.key] ?? $0.value)[keyPath: part] != $0.value[keyPath: part] }
      }
      if hasChanged(\.fees) { changed.append("fees") }
      if hasChanged(\.exchange) { changed.append("exchange") }
      if hasChanged(\.calendar) { changed.append("calendar") }
      guard !isDryRun else { return changed }
      connection.admission = wanted
      connection.layouts = fresh.layouts
      connection.entered = entered
      connection.server?.setAuthorization(
        Authorization(
          peers: wanted.peers, operators: wanted.operators, ownUserID: CurrentProcess.userID))
      return changed
    }
    if !isDryRun, let replaced, !replaced.isEmpty {
      let takeOver = connection.withLock { connection in
        connection.gateways = made
        return connection.takeOver
      }
      takeOver?(replaced)
    }
    let names = (replaced ?? []).map { "gateways.\($0.gateway.name)" }
    return .success(ServerReloadResult(changed: changed + names, restartNeeded: restart))
  }

  private func read(_ path: String) throws(StartFault) -> (Configuration, GatewaySet) {
    let fresh: Configuration
    do throws(ConfigurationFault) {
      fresh = try ConfigurationReader.read(path: path)
    } catch { throw StartFault(error.text) }
    let made = try StartPlan.gateways(
      fresh, path: path, stateDirectory: plan.stateDirectory, mayWrite: false)
    return (fresh, made)
  }
}
