package import Dispatch
package import Domain
package import Engine
import Platform

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
package final class Core: Sendable {

  private let queue: DispatchQueue
  private let inbox = CoreInbox()
  /// Keys of writes whose end cannot be read in the store yet.
  let keys = KeysInFlight()
  private let writer: Confined<CoreWriter>

  /// - Parameter clock: our wall clock.
  package init(
    queue: DispatchQueue = Queues.root("core"), clock: @escaping @Sendable () -> Timestamp,
    outlets: CoreOutlets
  ) {
    self.queue = queue
    writer = Confined(
      CoreWriter(inbox: inbox, keys: keys, clock: clock, outlets: outlets), on: queue)
  }

  /// Begins to run what is submitted; effects may come at once.
  ///
  /// - Parameter make: runs on the core's queue, because the engine may not leave it.
  package func start(_ make: @escaping @Sendable () throws -> any HostedEngine) {
    queue.async { [self] in
      let hasEngine = writer.withState { $0.start(make, timer: makeTimer) }
      if hasEngine { runGroup(withClock: true) }
    }
  }

  private func makeTimer() -> QueueTimer {
    QueueTimer(on: queue) { [self] in
      writer.withState { $0.timerHasFired() }
      runGroup(withClock: true)
    }
  }

  /// Hands in an input; from any thread. Inputs of one thread run in their order.
  package func submit(_ input: Input) {
    if inbox.isFirstToWait(input) { queue.async { self.runGroup(withClock: false) } }
  }

  /// Hands in an input that the caller is about to run with `runHere`.
  ///
  /// - Returns: false where the writer is at work and runs it without the caller.
  func submitToRunHere(_ input: Input) -> Bool { inbox.isFirstToWait(input) }

  /// Runs what waits on the calling thread: waking another one for a lone write, and being woken
  /// by it, takes longer than all its work.
  func runHere() { queue.sync { runGroup(withClock: false) } }

  package var condition: CoreCondition { inbox.condition }

  /// Inputs that wait now.
  package var depth: Int { inbox.depth }

  /// Requests to gateways whose end has not been handed in.
  package var exchangesUnderWay: Int { inbox.exchangesUnderWay }

  /// Place of the newest event that was committed, as far as this process has seen.
  package var published: Int64 { inbox.published }

  /// Says where the log stands at start.
  package func resume(at sequence: Int64) { inbox.publish(sequence) }

  /// Runs what waits, forgets the engine, then calls `completion` on the core's queue.
  package func stop(_ completion: @escaping @Sendable () -> Void) {
    queue.async { [self] in
      writer.withState { $0.stop() }
      completion()
    }
  }

  private func runGroup(withClock isClock: Bool) {
    let isMore = writer.withState { $0.runGroup(withClock: isClock) }
    if isMore { queue.async { self.runGroup(withClock: false) } }
  }
}
