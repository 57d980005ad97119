package import Dispatch
@preconcurrency import Glibc
import Synchronization

/// The signals a daemon listens to.
package enum ProcessSignal: Int32, CaseIterable, Sendable {
  case hangup = 1
  case interrupt = 2
  case user1 = 10
  case user2 = 12
  case terminate = 15
}

/// Writing to a reader that is gone answers EPIPE and does not end the process.
package enum BrokenPipe {
  /// Call it first of all in a daemon. A command-line program keeps the default.
  package static func ignore() { signal(SIGPIPE, SIG_IGN) }
  /// The process ends with the signal again, as a command in a pipeline should.
  package static func obey() { signal(SIGPIPE, SIG_DFL) }

  /// Runs a write to a pipe whose reader may be gone, without the signal, whatever the process
  /// does with it. Sockets have MSG_NOSIGNAL; pipes do not.
  static func muted<Result>(_ body: () -> Result) -> Result {
    var pipeOnly = sigset_t()
    var pending = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipeOnly)
    sigaddset(&pipeOnly, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &pipeOnly, &before)
    let result = body()
    // Takes the signal away if this write caused it, and only then gives the mask back.
    var immediately = timespec()
    if !wasPending { _ = sigtimedwait(&pipeOnly, nil, &immediately) }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    return result
  }
}

/// Calls a handler on a queue when a signal arrives. Repeated ones may come as one.
package final class SignalWatch: Sendable {
  private let sources: Mutex<[any DispatchSourceSignal]>
  /// The signals that are not really listened to yet.
  private let missing: Atomic<Int>

  /// Starts to listen.
  ///
  /// - Parameter onReady: called on the queue when all signals are really listened to. Before
  ///   that a signal has its default effect, so say "ready" to others only then.
  /// - Parameter handler: called on the queue with the signal that came.
  package init(
    _ signals: [ProcessSignal], on queue: DispatchQueue,
    onReady: @escaping @Sendable () -> Void,
    handler: @escaping @Sendable (ProcessSignal) -> Void
  ) {
    precondition(!signals.isEmpty, "there is a signal to listen to")
    missing = Atomic(signals.count)
    sources = Mutex([])
    for signal in signals {
      let registered: @Sendable () -> Void = { [self] in
        if missing.subtract(1, ordering: .relaxed).newValue == 0 { onReady() }
      }
      let fired: @Sendable () -> Void = { handler(signal) }
      sources.withLock {
        let source = DispatchSource.makeSignalSource(signal: signal.rawValue, queue: queue)
        source.setRegistrationHandler(handler: registered)
        source.setEventHandler(handler: fired)
        source.activate()
        $0.append(source)
      }
    }
  }

  deinit { cancel() }

  /// Stops listening.
  package func cancel() {
    sources.withLock { for source in $0 { source.cancel() } }
  }
}
