import Dispatch
package import Domain
package import Engine
package import Platform
package import Store
import Synchronization
import Wire

/// Everything between the sockets and the engine.
///
/// Make it, `start` the core, `listen`, and when the time comes `drain`.
package final class SocketServer: Sendable {
  package let core: Core
  private let context: ServerContext
  private let loops: [LoopMailbox]
  private let gate: Gate

  /// - Parameter openReader: makes a read-only connection; called once a reader thread, on it.
  /// - Parameter exchanges: requests to gateways; feed each end back as `.answered`.
  /// - Parameter hooks: messages to hooks; feed each end back as `.hookEnded`.
  /// - Parameter bills: work about bills; feed each end back as `.billTaskEnded`.
  /// - Parameter fatal: the database failed for good: end the process.
  /// - Throws: there is no descriptor left for a loop of connections.
  package init(
    configuration: ServerConfiguration, ownUserID: UInt32, facts: ServerFacts,
    services: ServerServices, openReader: @escaping @Sendable () throws -> StoreReader,
    exchanges: @escaping @Sendable ([GatewayExchange]) -> Void,
    hooks: @escaping @Sendable ([HookCall]) -> Void,
    bills: @escaping @Sendable ([BillTask]) -> Void,
    fatal: @escaping @Sendable (String) -> Void
  ) throws(SystemError) {
    let limits = configuration.limits
    var homes: [Confined<SessionLoop>] = []
    for index in 0..<max(1, limits.loops) {
      homes.append(try SessionLoop.start(index: index, limits: limits))
    }
    let loops = homes.map { $0.wait { $0.mailbox } }
    let note = services.note
    let tail = EventTail(
      open: openReader,
      deliver: { page in
        for loop in loops { loop.post(.page(page)) }
      }, onFault: note)
    let core = Core(
      clock: services.clock,
      outlets: CoreOutlets(
        answers: { answers in SocketServer.deliver(answers, to: loops) }, exchanges: exchanges,
        hooks: hooks, bills: bills, published: { _ in tail.published() }, alarm: note,
        fatal: fatal))
    let readers = ReaderPool<ReadSource>(
      "reader", lanes: max(2, limits.readers),
      open: { ReadSource(try openReader(), loops: loops) },
      runBunch: { source, jobs in source.run(jobs, onFault: note) }, onFault: note)
    self.core = core
    self.loops = loops
    context = ServerContext(
      limits: limits, facts: facts, services: services, core: core, readers: readers, tail: tail,
      homes: homes, loops: loops,
      authorization: Authorization(
        peers: configuration.peers, operators: configuration.operators, ownUserID: ownUserID))
    gate = Gate(context: context, loops: loops)
  }

  /// Begins to run commands.
  ///
  /// - Parameter make: makes the engine on the core's queue.
  /// - Parameter sequence: place of the newest event in the store.
  package func start(at sequence: Int64, _ make: @escaping @Sendable () throws -> PaymentEngine) {
    core.resume(at: sequence)
    core.start { try make() }
  }

  /// Accepts connections on a socket, before `openDoors` none: they wait in the kernel's line.
  package func listen(
    _ socket: consuming sending ListeningSocket, as listener: ListenerConfiguration
  ) {
    gate.add(socket, as: listener)
  }

  /// Lets clients in from now on. They may take all descriptors that are left, so those that the
  /// process itself needs are open by then.
  package func openDoors() { gate.open() }

  /// Replaces who may come in, for open connections too.
  package func setAuthorization(_ authorization: Authorization) {
    context.authorization = authorization
    for loop in context.loops {
      loop.post(.run { loop in for session in loop.allSessions { session.renewIdentity() } })
    }
  }

  /// Whether the path of every listener still leads to its socket; asked now and then. Names those
  /// that do not.
  package func lostListeners(_ completion: @escaping @Sendable ([String]) -> Void) {
    gate.lostListeners(completion)
  }

  package var state: ServerState { context.state }
  package var connectionCount: Int { context.connections.count }

  /// Stops: no new connections, `session.bye`, no new work, streams end, what is in flight is
  /// finished; after `Limits.drain` what is left is closed. Then `completion`, once.
  package func drain(_ completion: @escaping @Sendable () -> Void) {
    context.beginDraining()
    gate.close(unlinking: true)
    for loop in loops {
      loop.post(.run { loop in for session in loop.allSessions { session.drain() } })
    }
    let end = Drain(context: context, loops: loops, core: core, completion)
    end.begin()
  }

  private static func deliver(_ answers: [Answer], to loops: [LoopMailbox]) {
    if answers.count == 1 {
      let index = SessionToken(answers[0].token).loop
      if index < loops.count { loops[index].post(.answer(answers[0])) }
      return
    }
    for loop in loops {
      let own = answers.filter { SessionToken($0.token).loop == loop.index }
      loop.post(contentsOf: own.map { .answer($0) })
    }
  }
}

/// Waits until all connections are gone, or until it has waited long enough.
private final class Drain: Sendable {
  private let context: ServerContext
  private let loops: [LoopMailbox]
  private let core: Core
  private let queue = Queues.root("drain")
  private let completion: @Sendable () -> Void
  private static let stepMilliseconds = 20

  init(
    context: ServerContext, loops: [LoopMailbox], core: Core,
    _ completion: @escaping @Sendable () -> Void
  ) {
    self.context = context
    self.loops = loops
    self.core = core
    self.completion = completion
  }

  func begin() { step(leftMilliseconds: context.limits.drainMilliseconds) }

  private func step(leftMilliseconds: Int) {
    guard context.connections.count > 0 else {
      core.stop(completion)
      return
    }
    if leftMilliseconds <= 0 {
      for loop in loops {
        loop.post(.run { loop in for session in loop.allSessions { session.channel?.close() } })
      }
    }
    let next = leftMilliseconds - Self.stepMilliseconds
    queue.asyncAfter(deadline: .now() + .milliseconds(Self.stepMilliseconds)) { [self] in
      step(leftMilliseconds: next)
    }
  }
}

extension PaymentEngine: HostedEngine {
  package func run(group: [Input], at now: Timestamp) throws -> [Effect] {
    try run(group, at: now)
  }

  package var condition: CoreCondition {
    switch state {
    case .ready: .ready
    case .readOnly: .readOnly(reason: "The disk is full; nothing can be written.")
    case .recovering: .recovering
    }
  }
}
