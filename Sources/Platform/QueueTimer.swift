package import Dispatch
import Synchronization

/// Calls a handler on a queue at a later time, once or again and again.
///
/// Time is the monotonic clock: setting the wall clock changes nothing.
package final class QueueTimer: Sendable {
  // Dispatch allows all this from any thread; the lock is what the compiler can see of it.
  private let source: Mutex<any DispatchSourceTimer>

  /// A timer that does nothing until it is scheduled.
  package init(on queue: DispatchQueue, handler: @escaping @Sendable () -> Void) {
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler(handler: handler)
    timer.schedule(deadline: .distantFuture)
    timer.activate()
    source = Mutex(timer)
  }

  deinit { cancel() }

  /// Fires once after a span; replaces what was scheduled. Zero fires as soon as possible.
  package func schedule(afterMilliseconds milliseconds: Int) {
    precondition(milliseconds >= 0, "a span is not negative")
    source.withLock {
      $0.schedule(deadline: .now() + .milliseconds(milliseconds), leeway: .milliseconds(1))
    }
  }

  /// Fires first after one period and then once in each; missed ones are not made up for.
  package func scheduleRepeating(everyMilliseconds milliseconds: Int) {
    precondition(milliseconds > 0, "a period has a length")
    source.withLock {
      $0.schedule(
        deadline: .now() + .milliseconds(milliseconds), repeating: .milliseconds(milliseconds),
        leeway: .milliseconds(max(1, milliseconds / 20)))
    }
  }

  /// Takes back what was scheduled; the timer can be scheduled again.
  package func unschedule() { source.withLock { $0.schedule(deadline: .distantFuture) } }

  /// Ends the timer for good. A handler that runs at this moment runs to its end.
  package func cancel() { source.withLock { $0.cancel() } }
}
