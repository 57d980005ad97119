package import Dispatch
package import Domain
package import Engine
import Platform
import Synchronization

/// The engine as the core sees it.
package protocol HostedEngine: AnyObject {
  /// One transaction for the group; effects are for after the commit.
  ///
  /// - Throws: the database failed for good and the process must end.
  func run(group: [Input], at now: Timestamp) throws -> [Effect]
  /// Our wall clock: when time must be fed in at the latest.
  var nextWake: Timestamp? { get }
  var condition: CoreCondition { get }
  /// Place of the newest event in the log.
  var lastSequence: Int64 { get }
}

/// What the writer can do now.
package enum CoreCondition: Hashable, Sendable {
  case starting
  case ready
  case readOnly(reason: String)
  /// The store was restored and not every open payment was asked yet.
  case recovering
  /// The database failed for good; the process ends.
  case failed(reason: String)
}

/// Where effects go. All are called on the core's queue and must not block.
package struct CoreOutlets: Sendable {
  package var answers: @Sendable ([Answer]) -> Void
  package var exchanges: @Sendable ([GatewayExchange]) -> Void
  package var hooks: @Sendable ([HookCall]) -> Void
  package var bills: @Sendable ([BillTask]) -> Void
  /// The log has grown to this place.
  package var published: @Sendable (Int64) -> Void
  package var alarm: @Sendable (String) -> Void
  /// The database failed for good: say so and end the process.
  package var fatal: @Sendable (String) -> Void

  package init(
    answers: @escaping @Sendable ([Answer]) -> Void,
    exchanges: @escaping @Sendable ([GatewayExchange]) -> Void,
    hooks: @escaping @Sendable ([HookCall]) -> Void,
    bills: @escaping @Sendable ([BillTask]) -> Void,
    published: @escaping @Sendable (Int64) -> Void,
    alarm: @escaping @Sendable (String) -> Void, fatal: @escaping @Sendable (String) -> Void
  ) {
    self.answers = answers
    self.exchanges = exchanges
    self.hooks = hooks
    self.bills = bills
    self.published = published
    self.alarm = alarm
    self.fatal = fatal
  }
}

/// Hosts the engine on one serial queue: the only writer.
///
/// Whatever waits when the writer is free shares one transaction; nobody waits for company.
package final class Core: @unchecked Sendable {  // @unchecked: on `queue`; the rest is locked.

  private let queue: DispatchQueue
  private let clock: @Sendable () -> Timestamp
  private let outlets: CoreOutlets
  private var engine: (any HostedEngine)?
  private var timer: QueueTimer?
  /// When the timer fires; nil is not.
  private var timerAt: Timestamp?
  /// Taken from the inbox and not run yet.
  private var backlog: [Input] = []
  private var hasFailed = false
  private let shared = Mutex(Shared())
  private let publishedSequence = Atomic<Int64>(0)
  private let waitingCount = Atomic<Int>(0)
  private let exchangeCount = Atomic<Int>(0)

  private struct Shared {
    var inbox: [Input] = []
    var isAwake = false
    var condition = CoreCondition.starting
  }

  /// The longest the core sleeps: the wall clock may be set meanwhile.
  private static let sleepMaxMilliseconds: Int64 = 30_000

  /// - Parameter clock: our wall clock.
  package init(
    queue: DispatchQueue = Queues.root("core"), clock: @escaping @Sendable () -> Timestamp,
    outlets: CoreOutlets
  ) {
    self.queue = queue
    self.clock = clock
    self.outlets = outlets
  }

  /// Begins to run what is submitted; effects may come at once.
  ///
  /// - Parameter make: runs on the core's queue, because the engine may not leave it.
  package func start(_ make: @escaping @Sendable () throws -> any HostedEngine) {
    queue.async { [self] in
      do {
        let engine = try make()
        self.engine = engine
        // Starting may have written events that no effect tells of.
        publishedSequence.store(engine.lastSequence, ordering: .releasing)
        timer = QueueTimer(on: queue) { [self] in
          timerAt = nil
          runGroups(withClock: true)
        }
        shared.withLock { $0.condition = engine.condition }
        runGroups(withClock: true)
      } catch {
        fail("\(error)", lost: [])
      }
    }
  }

  /// Hands in an input; from any thread. Inputs of one thread run in their order.
  package func submit(_ input: Input) {
    if isFirstToWait(input) { queue.async { self.runGroups(withClock: false) } }
  }

  /// Hands in an input that the caller is about to run with `runHere`.
  ///
  /// - Returns: false where the writer is at work and runs it without the caller.
  func submitToRunHere(_ input: Input) -> Bool { isFirstToWait(input) }

  /// Runs what waits on the calling thread: waking another one for a lone write, and being woken
  /// by it, takes longer than all its work.
  func runHere() { queue.sync { runGroups(withClock: false) } }

  /// True where the writer slept, so that somebody must run it now.
  private func isFirstToWait(_ input: Input) -> Bool {
    if case .answered = input { exchangeCount.subtract(1, ordering: .relaxed) }
    waitingCount.add(1, ordering: .relaxed)
    return shared.withLock { shared in
      shared.inbox.append(input)
      defer { shared.isAwake = true }
      return !shared.isAwake
    }
  }

  package var condition: CoreCondition { shared.withLock { $0.condition } }

  /// Inputs that wait now.
  package var depth: Int { waitingCount.load(ordering: .relaxed) }

  /// Requests to gateways whose end has not been handed in.
  package var exchangesUnderWay: Int { max(0, exchangeCount.load(ordering: .relaxed)) }

  /// Place of the newest event that was committed, as far as this process has seen.
  package var published: Int64 { publishedSequence.load(ordering: .acquiring) }

  /// Says where the log stands at start.
  package func resume(at sequence: Int64) {
    publishedSequence.store(sequence, ordering: .releasing)
  }

  /// Runs what waits, forgets the engine, then calls `completion` on the core's queue.
  package func stop(_ completion: @escaping @Sendable () -> Void) {
    queue.async { [self] in
      while takeWaiting(), !hasFailed { runOne(withClock: false) }
      timer?.cancel()
      timer = nil
      engine = nil
      completion()
    }
  }

  private func runGroups(withClock isClock: Bool) {
    var isClock = isClock
    if takeWaiting() || isClock {
      runOne(withClock: isClock)
      isClock = false
    }
    let isMore = shared.withLock { shared in
      if shared.inbox.isEmpty, backlog.isEmpty { shared.isAwake = false }
      return shared.isAwake
    }
    if isMore { queue.async { self.runGroups(withClock: false) } } else { sleep() }
  }

  /// True when something is there to run.
  private func takeWaiting() -> Bool {
    if backlog.isEmpty {
      shared.withLock { swap(&backlog, &$0.inbox) }
    } else {
      backlog += shared.withLock { shared in
        defer { shared.inbox.removeAll(keepingCapacity: true) }
        return shared.inbox
      }
    }
    return !backlog.isEmpty
  }

  private func runOne(withClock isClock: Bool) {
    let room = Limits.groupCommit - (isClock ? 1 : 0)
    var group = Array(backlog.prefix(room))
    backlog.removeFirst(group.count)
    waitingCount.subtract(group.count, ordering: .relaxed)
    let now = clock()
    let isDue = isClock || engine?.nextWake.map { $0 <= now } ?? false
    if isDue, group.count < Limits.groupCommit { group.append(.clock) }
    guard let engine, !hasFailed else {
      refuse(group, outcome: .none)
      return
    }
    do {
      let effects = try engine.run(group: group, at: now)
      // Before the answers: who was told that the disk is full must not read "ready" next.
      shared.withLock { $0.condition = engine.condition }
      hand(out: effects)
    } catch {
      fail("\(error)", lost: group)
    }
  }

  /// Sets the timer, unless it fires soon enough already: each setting is a call of the kernel and
  /// wakes a thread of Dispatch, and a firing in vain costs less than that after each group.
  private func sleep() {
    guard let timer, let engine, !hasFailed, let wake = engine.nextWake else { return }
    let now = clock()
    if let timerAt, timerAt > now, timerAt <= wake { return }
    let gap = max(1, min(wake.milliseconds(since: now), Self.sleepMaxMilliseconds))
    timer.schedule(afterMilliseconds: Int(gap))
    timerAt = now.adding(milliseconds: gap)
  }

  private func hand(out effects: [Effect]) {
    var answers: [Answer] = []
    var exchanges: [GatewayExchange] = []
    var hooks: [HookCall] = []
    var bills: [BillTask] = []
    var newest: Int64?
    for effect in effects {
      switch effect {
      case .answer(let answer): answers.append(answer)
      case .exchange(let exchange): exchanges.append(exchange)
      case .deliverHook(let call): hooks.append(call)
      case .bill(let task): bills.append(task)
      case .published(let sequence): newest = max(newest ?? sequence, sequence)
      case .alarm(let text): outlets.alarm(text)
      }
    }
    if let newest { publishedSequence.store(newest, ordering: .releasing) }
    if !answers.isEmpty { outlets.answers(answers) }
    exchangeCount.add(exchanges.count, ordering: .relaxed)
    if !exchanges.isEmpty { outlets.exchanges(exchanges) }
    if !hooks.isEmpty { outlets.hooks(hooks) }
    if !bills.isEmpty { outlets.bills(bills) }
    if let newest { outlets.published(newest) }
  }

  private func fail(_ reason: String, lost: [Input]) {
    hasFailed = true
    shared.withLock { $0.condition = .failed(reason: reason) }
    // Whether the group is on the disk is not known.
    refuse(lost, outcome: .unknown)
    outlets.fatal(reason)
  }

  private func refuse(_ inputs: [Input], outcome: Outcome) {
    var answers: [Answer] = []
    for case .request(let request) in inputs {
      let rejection = Rejection(
        engine == nil ? .starting : .dbError,
        engine == nil ? "The daemon is starting." : "The store failed and the daemon ends.")
      answers.append(
        Answer(
          token: request.token, result: .failure(Refusal(rejection, outcome: outcome)),
          isReplayed: false, sequence: published))
    }
    if !answers.isEmpty { outlets.answers(answers) }
  }
}
