import Domain
import Platform
import Store
import Synchronization
import Wire

/// What all connections share.
final class ServerContext: Sendable {
  let limits: ServerLimits
  let facts: ServerFacts
  let services: ServerServices
  let core: Core
  let readers: ReaderPool<ReadSource>
  let tail: EventTail
  let connections: ConnectionTable
  let consumers = ConsumerBoard()
  let watches: WatchBoard
  let pauses = PauseBoard()
  /// Jobs of callers that may block: backups, reloads, the sandbox.
  let work = WorkQueue("server.work", limit: 2, waitingCountMax: 64)
  let counters = ServerCounters()
  let ledger = Mutex(LedgerFollower())
  /// How the loops are reached.
  let loops: [LoopMailbox]
  /// Held, so that the loops are at work as long as anybody may be served.
  private let homes: [Confined<SessionLoop>]
  private let authority: Mutex<Authorization>
  private let draining = Atomic<Bool>(false)
  private let closing = Atomic<Bool>(false)

  init(
    limits: ServerLimits, facts: ServerFacts, services: ServerServices, core: Core,
    readers: ReaderPool<ReadSource>, tail: EventTail,
    homes: [Confined<SessionLoop>], loops: [LoopMailbox],
    authorization: Authorization
  ) {
    self.limits = limits
    self.facts = facts
    self.services = services
    self.core = core
    self.readers = readers
    self.tail = tail
    self.homes = homes
    self.loops = loops
    connections = ConnectionTable(limits: limits)
    watches = WatchBoard(core: core)
    authority = Mutex(authorization)
  }

  var authorization: Authorization {
    get { authority.withLock { $0 } }
    set { authority.withLock { $0 = newValue } }
  }

  var isDraining: Bool { draining.load(ordering: .relaxed) }

  func beginDraining() { draining.store(true, ordering: .relaxed) }

  var state: ServerState { ServerState(core.condition, isDraining: isDraining) }

  var streamLimits: StreamLimits {
    StreamLimits(
      outputHighWaterByteCount: limits.outputHighBytes,
      outputLowWaterByteCount: limits.outputLowBytes)
  }

  /// Every limit as it is in force, for the greeting.
  var greetingLimits: [(name: StaticString, value: Int64)] {
    Limits.all.map { limit in
      switch "\(limit.name)" {
      case "connections": (limit.name, Int64(limits.connections))
      case "connections_per_uid": (limit.name, Int64(limits.connectionsPerUser))
      default: limit
      }
    }
  }

  /// Ends one connection; from any thread.
  func disconnect(_ number: Int64, _ bye: [UInt8]) {
    guard let record = connections.record(number) else { return }
    loops[record.loop].post(
      .run { loop in loop.session(UInt32(truncatingIfNeeded: number))?.close(bye) })
  }

  /// All buffers together are over their limit: the largest one goes.
  func closeLargest() {
    // One at a time: the next is looked for when this one is gone.
    let (isFirst, _) = closing.compareExchange(
      expected: false, desired: true, ordering: .acquiringAndReleasing)
    guard isFirst else { return }
    guard isOverBuffers, let record = connections.largest() else {
      closing.store(false, ordering: .releasing)
      return
    }
    services.note("connection \(record.number) held the most memory and was ended")
    let number = UInt32(truncatingIfNeeded: record.number)
    loops[record.loop].post(
      .run { [self] loop in
        loop.session(number)?.closeForMemory()
        closing.store(false, ordering: .releasing)
        if isOverBuffers { closeLargest() }
      })
  }

  private var isOverBuffers: Bool { counters.heldBytes.now > limits.buffersBytes }

  func cursor(_ sequence: Int64) -> String {
    LogPosition.cursor(epoch: facts.epoch, sequence: sequence)
  }
}
