import Domain
import Engine
import Platform

/// The engine and what it needs around it. Lives on the core's queue.
struct CoreWriter: ~Copyable {
  private let inbox: CoreInbox
  private let keys: KeysInFlight
  private let clock: @Sendable () -> Timestamp
  private let outlets: CoreOutlets
  private var engine: (any HostedEngine)?
  private var timer: QueueTimer?
  /// When the timer fires; nil is not.
  private var timerAt: Timestamp?
  /// Taken from the inbox and not run yet.
  private var backlog: [Input] = []
  private var hasFailed = false

  /// The longest the core sleeps: the wall clock may be set meanwhile.
  private static let sleepMaxMilliseconds: Int64 = 30_000

  init(
    inbox: CoreInbox, keys: KeysInFlight, clock: @escaping @Sendable () -> Timestamp,
    outlets: CoreOutlets
  ) {
    self.inbox = inbox
    self.keys = keys
    self.clock = clock
    self.outlets = outlets
  }

  /// - Returns: false where there is no engine, which was said already.
  mutating func start(
    _ make: () throws -> any HostedEngine, timer makeTimer: () -> QueueTimer
  ) -> Bool {
    do {
      let engine = try make()
      self.engine = engine
      // Starting may have written events that no effect tells of.
      inbox.publish(engine.lastSequence)
      timer = makeTimer()
      inbox.condition = engine.condition
      return true
    } catch {
      fail("\(error)", lost: [])
      return false
    }
  }

  mutating func stop() {
    while takeWaiting(), !hasFailed { runOne(withClock: false) }
    timer?.cancel()
    timer = nil
    engine = nil
  }

  mutating func timerHasFired() { timerAt = nil }

  /// Runs one transaction for what waits.
  ///
  /// - Returns: whether more waits; if not, the writer sleeps.
  mutating func runGroup(withClock isClock: Bool) -> Bool {
    if takeWaiting() || isClock { runOne(withClock: isClock) }
    if !backlog.isEmpty || inbox.staysAwake() { return true }
    sleep()
    return false
  }

  /// True when something is there to run.
  private mutating func takeWaiting() -> Bool {
    inbox.take(into: &backlog)
    return !backlog.isEmpty
  }

  private mutating func runOne(withClock isClock: Bool) {
    let room = Limits.groupCommit - (isClock ? 1 : 0)
    var group = Array(backlog.prefix(room))
    backlog.removeFirst(group.count)
    inbox.began(group.count)
    let now = clock()
    let isDue = isClock || engine?.nextWake.map { $0 <= now } ?? false
    if isDue, group.count < Limits.groupCommit { group.append(.clock) }
    guard let engine, !hasFailed else {
      refuse(group, outcome: .none)
      keys.leave(group)
      return
    }
    do {
      let effects = try engine.run(group: group, at: now)
      // Committed or refused: from now on the store knows as much as there is to know.
      keys.leave(group)
      // Before the answers: who was told that the disk is full must not read "ready" next.
      inbox.condition = engine.condition
      hand(out: effects)
    } catch {
      fail("\(error)", lost: group)
    }
  }

  /// Sets the timer, unless it fires soon enough already: each setting is a call of the kernel and
  /// wakes a thread of Dispatch, and a firing in vain costs less than that after each group.
  private mutating func sleep() {
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
    if let newest { inbox.publish(newest) }
    if !answers.isEmpty { outlets.answers(answers) }
    inbox.sentExchanges(exchanges.count)
    if !exchanges.isEmpty { outlets.exchanges(exchanges) }
    if !hooks.isEmpty { outlets.hooks(hooks) }
    if !bills.isEmpty { outlets.bills(bills) }
    if let newest { outlets.published(newest) }
  }

  private mutating func fail(_ reason: String, lost: [Input]) {
    hasFailed = true
    inbox.condition = .failed(reason: reason)
    // Whether the group is on the disk is not known, so its keys stay in flight until the end.
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
          isReplayed: false, sequence: inbox.published))
    }
    if !answers.isEmpty { outlets.answers(answers) }
  }
}
