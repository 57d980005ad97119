import Platform
import Synchronization

/// What must not outlive us when somebody interrupts: our daemons and their folders.
final class Leftovers: Sendable {
  static let shared = Leftovers()

  private struct Kept {
    var processIDs: Set<Int32> = []
    var folders: Set<String> = []
    var watch: SignalWatch?
  }

  private let kept = Mutex(Kept())

  /// Cleans up and ends the program when it is interrupted.
  func cleanWhenInterrupted() {
    let watch = SignalWatch(
      [.interrupt, .terminate], on: Queues.root("leftovers"), onReady: {},
      handler: { [self] _ in
        cleanNow()
        CurrentProcess.exit(130)
      })
    kept.withLock { $0.watch = watch }
  }

  func add(processID: Int32) { kept.withLock { _ = $0.processIDs.insert(processID) } }
  func remove(processID: Int32) { kept.withLock { _ = $0.processIDs.remove(processID) } }
  func add(folder: String) { kept.withLock { _ = $0.folders.insert(folder) } }
  func remove(folder: String) { kept.withLock { _ = $0.folders.remove(folder) } }

  /// Ends and removes whatever a workload that failed has left.
  func cleanNow() {
    kept.withLock { kept in
      do {
        for processID in kept.processIDs { try Signalling.send("KILL", to: processID) }
        for folder in kept.folders { try Signalling.run(["rm", "-rf", folder]) }
      } catch {
        Report.note("cleaning up: \(error)")
      }
      kept.processIDs = []
      kept.folders = []
    }
  }
}
