import Crypto
import Dispatch
import Domain
import Engine
import Gateways
import Platform
import Sandbox
import Server
import Store
import Transport
import Wire

/// The running daemon: everything that lives as long as the process.
final class Daemon: Sendable {
  private let plan: StartPlan
  private let log: Log
  private let server: SocketServer
  private let notifier: ServiceNotifier
  private let locks: Locks
  private let control: DispatchQueue
  private let transport: HTTPTransport
  private let caretaker: Caretaker

  /// Held until the process ends.
  private final class Locks: Sendable {
    let state: FileLock
    /// None where the service manager made the sockets: then nothing here replaces them.
    let sockets: SocketLocks?

    init(state: consuming FileLock, sockets: SocketLocks?) {
      self.state = state
      self.sockets = sockets
    }
  }

  /// Brings the daemon up. Returns once its sockets are there; the rest happens on its queues.
  static func start(_ plan: StartPlan) throws(StartFault) {
    let environment = CurrentProcess.environment()
    // Made before any thread: it clears proxy variables that would send our requests elsewhere.
    let transport = HTTPTransport(userAgent: "till/\(ProgramVersion.text)")
    let lock = try StateFolder.open(plan.stateDirectory)
    let handed = try handedSockets(environment)
    let sockets = handed.isEmpty ? try SocketLocks.acquire(plan.listeners) : nil
    let seal = try PersonalKey.open(in: plan.stateDirectory, for: plan.storePath)
    let opening = try StateFolder.firstLook(plan.storePath, seal)
    let log = Log()
    let daemon: Daemon
    do throws(SystemError) {
      daemon = try Daemon(
        plan, log, environment: environment, locks: Locks(state: lock, sockets: sockets),
        opening: opening, seal: seal, transport: transport)
    } catch { throw StartFault("\(error)") }
    try daemon.openSockets(handed)
    daemon.obeySignals()
  }

  private init(
    _ plan: StartPlan, _ log: Log, environment: [String: String], locks: Locks,
    opening: StateFolder.Opening, seal: PersonalSeal, transport: HTTPTransport
  ) throws(SystemError) {
    self.plan = plan
    self.log = log
    self.locks = locks
    self.transport = transport
    notifier = ServiceNotifier(environment: environment, processID: CurrentProcess.processID)
    control = Queues.root("control")
    let relay = InputRelay()
    let bank = Daemon.makeBank(plan, relay, log)
    let hooks = HookRunner(hooks: plan.configuration.hooks, transport: transport)
    let runner = EffectRunner(
      transport: transport, bank: bank, hooks: hooks, gateways: plan.gateways.map(\.gateway),
      feed: { relay.submit($0) })
    let configuration = Daemon.serverConfiguration(plan)
    let openReader = { @Sendable [path = plan.storePath, sharers = configuration.limits.sources] in
      try StoreReader(path: path, seal: seal, sharers: sharers)
    }
    let caretaker = Caretaker(plan: plan, log: log)
    self.caretaker = caretaker
    let bills = BillRunner(
      gateways: plan.gateways.map(\.gateway),
      send: { runner.send($0, to: $1, finish: $2) }, openReader: openReader,
      terms: { caretaker.terms(of: $0) }, feed: { relay.submit($0) })
    let services = caretaker.services(bank: bank, relay: relay)
    server = try SocketServer(
      configuration: configuration, ownUserID: CurrentProcess.userID,
      facts: Daemon.facts(plan, opening), services: services,
      openReader: openReader,
      exchanges: { list in for exchange in list { runner.exchange(exchange) } },
      hooks: { list in for call in list { runner.deliver(call) } },
      bills: { list in for task in list { bills.run(task) } },
      fatal: { [log] text in
        log.error("The database failed: \(text). The daemon ends; a new start recovers.")
        // The log has a thread of its own; give it a moment to write the reason.
        SystemClock.sleep(milliseconds: 100)
        CurrentProcess.exit(1)
      })
    relay.connect(server.core)
    caretaker.connect(
      server,
      stop: { [control, server] in control.async { server.drain { CurrentProcess.exit(0) } } },
      takeOver: { accounts in
        runner.takeOver(accounts.map(\.gateway))
        bills.takeOver(accounts.map(\.gateway))
        relay.submit(.gateways(accounts))
      })
    startEngine(opening, seal)
  }

  private func startEngine(_ opening: StateFolder.Opening, _ seal: PersonalSeal) {
    let plan = plan
    let seed = (Entropy.word(), Entropy.word(), Entropy.word(), Entropy.word() | 1)
    let intake = watchIntake()
    server.start(at: opening.sequence) {
      try PaymentEngine(
        store: StoreWriter(path: plan.storePath, newEpoch: opening.epoch, seal: seal),
        gateways: plan.gateways, settings: plan.engineSettings,
        identifiers: IdentifierSource(seed: seed), intake: intake, at: Daemon.now())
    }
  }

  /// A daemon that cannot remember what it dies of works all the same.
  private func watchIntake() -> IntakeWatch {
    do throws(SystemError) {
      let folder = Path.directory(of: plan.storePath)
      let watch = try IntakeJournal.open(in: folder, version: ProgramVersion.text)
      if !watch.setAside.isEmpty {
        log.error("\(watch.setAside.count) notifications are set aside: the daemon died of them.")
      }
      return watch
    } catch {
      log.error("What notifications it dies of cannot be remembered: \(error).")
      return .none
    }
  }

  static func now() -> Timestamp { Timestamp(milliseconds: SystemClock.wallMilliseconds()) }

  private static func facts(_ plan: StartPlan, _ opening: StateFolder.Opening) -> ServerFacts {
    ServerFacts(
      version: ProgramVersion.text, instance: Hex.encode(Entropy.bytes(8)), epoch: opening.epoch,
      startedAt: now(), configurationPath: plan.configurationPath,
      timeScale: String(plan.configuration.timeScale),
      features: plan.sandboxes.isEmpty ? [] : ["sandbox"])
  }

  private static func serverConfiguration(_ plan: StartPlan) -> ServerConfiguration {
    var limits = ServerLimits()
    if let count = plan.configuration.connections { limits.connections = count }
    if let count = plan.configuration.connectionsPerUser { limits.connectionsPerUser = count }
    // try?: where the system does not say, the limit of the contract stands.
    let wanted = limits.connections + Int(Limits.descriptorsReserved)
    if let allowed = try? Resources.setDescriptorLimit(wanted), allowed < wanted {
      limits.connections = max(16, allowed - Int(Limits.descriptorsReserved))
    }
    return ServerConfiguration(
      listeners: plan.listeners, peers: plan.configuration.peers,
      operators: plan.configuration.operators, limits: limits)
  }

  private static func makeBank(
    _ plan: StartPlan, _ relay: InputRelay, _ log: Log
  ) -> SandboxBank? {
    guard !plan.sandboxes.isEmpty else { return nil }
    do {
      return try SandboxBank(
        path: plan.sandboxPath, accounts: plan.sandboxes,
        clock: { SystemClock.wallMilliseconds() },
        deliver: { gateway, notice in relay.deliver(notice, gateway: gateway) })
    } catch {
      log.error("The sandbox's books cannot be opened: \(error)")
      return nil
    }
  }
}

extension Daemon {
  private static func handedSockets(
    _ environment: [String: String]
  ) throws(StartFault) -> [SocketActivation.Announced] {
    do throws(ActivationFault) {
      return try SocketActivation.announced(
        in: environment, processID: CurrentProcess.processID)
    } catch { throw StartFault("\(error)") }
  }

  /// Sockets handed over by the service manager are taken as they are; without any they are made.
  private func openSockets(_ handed: [SocketActivation.Announced]) throws(StartFault) {
    for (index, announced) in handed.enumerated() {
      let listener = plan.listeners.first { $0.name == announced.name }
        ?? plan.listeners[min(index, plan.listeners.count - 1)]
      do throws(ActivationFault) {
        server.listen(try SocketActivation.adopt(announced), as: listener)
      } catch { throw StartFault("\(error)") }
    }
    guard handed.isEmpty else { return }
    for listener in plan.listeners {
      do throws(ListenFault) {
        server.listen(
          try UnixSocket.listen(at: listener.path, options: listener.options), as: listener)
      } catch { throw StartFault("\(listener.path): \(error)") }
    }
  }

  private func obeySignals() {
    let stops = Confined(0, on: control)
    let watch = SignalWatch(
      [.terminate, .interrupt, .hangup], on: control,
      onReady: { [self] in
        server.openDoors()
        log.info("till \(ProgramVersion.text) listens on \(plan.listeners.map(\.path))")
        _ = notifier.notify([.ready])
      },
      handler: { [self] signal in
        switch signal {
        case .hangup: caretaker.reloadOnSignal(notifier)
        default:
          // The second signal to stop means at once.
          let isFirst = stops.withState { $0 += 1; return $0 == 1 }
          guard isFirst else { CurrentProcess.exit(1) }
          stop()
        }
      })
    caretaker.keep(watch, on: control)
  }

  private func stop() {
    log.info("stopping: finishing what runs")
    _ = notifier.notify([.stopping])
    server.drain { [transport] in
      transport.cancelAll()
      CurrentProcess.exit(0)
    }
  }
}
