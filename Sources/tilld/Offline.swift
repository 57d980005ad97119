import Crypto
import Domain
import Platform
import Store

/// Work on a state folder while no daemon runs in it.
enum Offline {
  static func rebuild(_ arguments: Arguments, checkOnly: Bool) -> Int32 {
    Launch.prepareProcess()
    do {
      let plan = try StartPlan(arguments, mayWrite: true)
      let lock = try StateFolder.open(plan.stateDirectory)
      defer { _ = lock.path }
      let store = try StoreWriter(path: plan.storePath, newEpoch: "")
      let report = checkOnly
        ? try store.checkAgainstLog() : try store.rebuildFromLog(at: Daemon.now())
      try store.finish()
      var text = "orders \(report.orders), events \(report.events)\n"
      for difference in report.differences { text += "differs: \(difference)\n" }
      text += report.differences.isEmpty
        ? (checkOnly ? "The state is what the event log says.\n" : "The state was made anew.\n")
        : "The state is not what the event log says. Make it anew with: tilld rebuild\n"
      _ = Terminal.write(Array(text.utf8), to: Terminal.standardOutput)
      return report.differences.isEmpty ? 0 : 1
    } catch {
      return fail(error)
    }
  }

  /// Puts a checked backup in place of the database, with a new epoch: cursors of before no longer
  /// fit, and the gateways are asked about everything that may have happened since.
  static func restore(_ arguments: Arguments, file: String) -> Int32 {
    Launch.prepareProcess()
    do {
      let plan = try StartPlan(arguments, mayWrite: true)
      let lock = try StateFolder.open(plan.stateDirectory)
      defer { _ = lock.path }
      let part = plan.storePath + ".restoring"
      _ = try Files.remove(part)
      let made = try StoreBackup.make(of: file, at: part, isArchive: true)
      try StoreBackup.beginNewHistory(part, epoch: Hex.encode(Entropy.bytes(3)))
      try Files.synchronize(part)
      for suffix in ["-wal", "-shm"] { _ = try Files.remove(plan.storePath + suffix) }
      try Files.rename(part, to: plan.storePath)
      try Directories.synchronize(plan.stateDirectory)
      let text = """
        Restored \(made.events) events. Start tilld now: it asks the gateways what happened since,
        and refunds, closes and claims wait until that is known.

        """
      _ = Terminal.write(Array(text.utf8), to: Terminal.standardOutput)
      return 0
    } catch {
      return fail(error)
    }
  }

  private static func fail(_ error: any Error) -> Int32 {
    switch error {
    case let fault as StartFault:
      Launch.complain("tilld: \(fault.text)")
      return fault.status
    case let fault as StoreError: Launch.complain("tilld: \(fault.text)")
    default: Launch.complain("tilld: \(error)")
    }
    return 1
  }
}
