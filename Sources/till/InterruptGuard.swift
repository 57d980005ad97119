// A signal while a write is under way: say which key it had and keep it, then end.

import Dispatch
import Platform
import Synchronization

/// Ends the process on SIGINT, SIGTERM and SIGHUP after a last action.
///
/// One value for the life of a command. While `onInterrupt` is set, it runs before the end, on a
/// thread of its own.
final class InterruptGuard: Sendable {
  private let action = Mutex<(@Sendable () -> Void)?>(nil)
  private let watch = Mutex<SignalWatch?>(nil)

  /// Starts to listen.
  func start() {
    let queue = DispatchQueue(label: "till.signals")
    let signals = SignalWatch(
      [.interrupt, .terminate, .hangup], on: queue, onReady: {},
      handler: { [self] signal in
        // Taken and run under the lock, so that the command cannot end in the middle of it.
        action.withLock { action in
          action?()
          CurrentProcess.exit(128 + signal.rawValue)
        }
      })
    watch.withLock { $0 = signals }
  }

  /// Sets or clears what must be done before the end.
  func setAction(_ body: (@Sendable () -> Void)?) {
    action.withLock { $0 = body }
  }
}
