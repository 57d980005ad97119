package import Dispatch

/// Makes queues. Every queue but the few roots names the queue it runs on.
///
/// A root has a thread of its own whenever it has work: 1,000 blocked roots are 256 threads, so
/// a program has a handful. Queues on `DispatchQueue.global()` share a pool of one thread a core
/// and stand still while others block in it: eight sleeping jobs held one up for their whole
/// three seconds (measured), so nothing here runs there.
package enum Queues {
  /// A serial queue that others can run on. Make only a few: `core`, `io` and the like.
  package static func root(_ label: String) -> DispatchQueue {
    DispatchQueue(label: label)
  }

  /// A serial queue that runs its work on another one.
  package static func serial(_ label: String, on target: DispatchQueue) -> DispatchQueue {
    DispatchQueue(label: label, target: target)
  }
}

/// Keeps a state to one queue; each door checks that at run time. Everybody else can only send
/// work to it.
package final class Confined<State: ~Copyable>: Sendable {
  private let queue: DispatchQueue
  nonisolated(unsafe) private var state: State  // unsafe: on `queue` alone, which each door checks.

  /// - Parameter queue: a serial queue.
  package init(_ state: consuming sending State, on queue: DispatchQueue) {
    self.state = state
    self.queue = queue
  }

  /// Runs `body` with the state later, in the order of the calls.
  package func enter(_ body: @escaping @Sendable (inout State) -> Void) {
    queue.async { body(&self.state) }
  }

  /// Runs `body` with the state now.
  ///
  /// - Precondition: the caller runs on the queue.
  package func withState<Result: ~Copyable, Failure: Error>(
    _ body: (inout State) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    dispatchPrecondition(condition: .onQueue(queue))
    return try body(&state)
  }

  /// Waits for the queue and runs `body` with the state; at start and stop only.
  ///
  /// - Precondition: the caller does not run on the queue.
  package func wait<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
    dispatchPrecondition(condition: .notOnQueue(queue))
    return queue.sync { body(&state) }
  }
}

extension Queues {
  /// Does work on a thread of its own; what comes back waits for its end. For few and long things.
  package static func beside(
    _ work: @escaping @Sendable () -> Void
  ) -> @Sendable () -> Void {
    let group = DispatchGroup()
    root("till.beside").async(group: group, execute: work)
    return { group.wait() }
  }

  /// Does `work(0)` … `work(count - 1)`, shared out among processors.
  package static func share(_ count: Int, _ work: @Sendable (Int) -> Void) {
    DispatchQueue.concurrentPerform(iterations: count, execute: work)
  }
}
