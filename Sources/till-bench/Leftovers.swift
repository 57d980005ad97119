import Dispatch
import Platform

/// What must not outlive us when somebody interrupts: our daemons and their folders.
final class Leftovers: @unchecked Sendable {
  // @unchecked: the sets are touched only on `queue`; `watch` is set once at start.
  static let shared = Leftovers()

  private let queue = Queues.root("leftovers")
  private var processIDs: Set<Int32> = []
  private var folders: Set<String> = []
  private var watch: SignalWatch?

  /// Cleans up and ends the program when it is interrupted.
  func cleanWhenInterrupted() {
    watch = SignalWatch(
      [.interrupt, .terminate], on: queue, onReady: {},
      handler: { [self] _ in
        clean()
        CurrentProcess.exit(130)
      })
  }

  func add(processID: Int32) { queue.sync { _ = processIDs.insert(processID) } }
  func remove(processID: Int32) { queue.sync { _ = processIDs.remove(processID) } }
  func add(folder: String) { queue.sync { _ = folders.insert(folder) } }
  func remove(folder: String) { queue.sync { _ = folders.remove(folder) } }

  /// Ends and removes whatever a workload that failed has left.
  func cleanNow() { queue.sync { clean() } }

  private func clean() {
    do {
      for processID in processIDs { try Signalling.send("KILL", to: processID) }
      for folder in folders { try Signalling.run(["rm", "-rf", folder]) }
    } catch {
      Report.note("cleaning up: \(error)")
    }
    processIDs = []
    folders = []
  }
}
