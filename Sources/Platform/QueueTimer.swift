package import Dispatch

/// Calls a handler on a queue at a later time, once or again and again.
///
/// Time is the monotonic clock: setting the wall clock changes nothing.
package final class QueueTimer: Sendable {
  // Dispatch allows scheduling and cancelling a source from any thread.
  private nonisolated(unsafe) let source: any DispatchSourceTimer  // unsafe: as Dispatch allows

  /// A timer that does nothing until it is scheduled.
  package init(on queue: DispatchQueue, handler: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeTimerSource(queue: queue)
    source.setEventHandler(handler: handler)
    source.schedule(deadline: .distantFuture)
    source.activate()
  }

  deinit { source.cancel() }

  /// Fires once after a span; replaces what was scheduled. Zero fires as soon as possible.
  package func schedule(afterMilliseconds milliseconds: Int) {
    precondition(milliseconds >= 0, "a span is not negative")
    source.schedule(deadline: .now() + .milliseconds(milliseconds), leeway: .milliseconds(1))
  }

  /// Fires first after one period and then once in each; missed ones are not made up for.
  package func scheduleRepeating(everyMilliseconds milliseconds: Int) {
    precondition(milliseconds > 0, "a period has a length")
    source.schedule(
      deadline: .now() + .milliseconds(milliseconds), repeating: .milliseconds(milliseconds),
      leeway: .milliseconds(max(1, milliseconds / 20)))
  }

  /// Takes back what was scheduled; the timer can be scheduled again.
  package func unschedule() { source.schedule(deadline: .distantFuture) }

  /// Ends the timer for good. A handler that runs at this moment runs to its end.
  package func cancel() { source.cancel() }
}
