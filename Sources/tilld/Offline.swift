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
      let seal = try PersonalKey.open(in: plan.stateDirectory, for: plan.storePath)
      let store = try StoreWriter(path: plan.storePath, newEpoch: "", seal: seal)
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
      let (seal, warning) = try key(for: part, plan)
      try StoreBackup.beginNewHistory(part, epoch: Hex.encode(Entropy.bytes(3)), seal: seal)
      try Files.synchronize(part)
      for suffix in ["-wal", "-shm"] { _ = try Files.remove(plan.storePath + suffix) }
      try Files.rename(part, to: plan.storePath)
      try Directories.synchronize(plan.stateDirectory)
      let text = """
        Restored \(made.events) events. Start tilld now: it asks the gateways what happened since,
        and refunds, closes and claims wait until that is known.
        \(warning ?? "")
        """
      _ = Terminal.write(Array(text.utf8), to: Terminal.standardOutput)
      return 0
    } catch {
      return fail(error)
    }
  }

  /// The key that opens a restored copy; without it the copy is put in place all the same, and the
  /// next start says what is missing.
  private static func key(
    for part: String, _ plan: StartPlan
  ) throws(StartFault) -> (seal: PersonalSeal?, warning: String?) {
    guard let needed = try PersonalKey.needed(by: part) else {
      return (try PersonalKey.open(in: plan.stateDirectory, for: part), nil)
    }
    let found = try PersonalKey.read(in: plan.stateDirectory)
    if let found, found.keyName.utf8.elementsEqual(needed.utf8) { return (found, nil) }
    return (
      nil,
      """
      Its personal data is sealed with the key \(needed), which is not in
      \(PersonalKey.path(in: plan.stateDirectory)). Put that file in place before you start tilld.

      """
    )
  }

  /// Gives up personal data whose key is lost. Refused while the key is there: then single orders
  /// can be erased, and nothing has to be lost.
  static func forgetPersonal(_ arguments: Arguments) -> Int32 {
    Launch.prepareProcess()
    do {
      let plan = try StartPlan(arguments, mayWrite: true)
      let lock = try StateFolder.open(plan.stateDirectory)
      defer { _ = lock.path }
      guard let needed = try PersonalKey.needed(by: plan.storePath) else {
        return tell("Nothing is sealed in \(plan.storePath).\n")
      }
      let key = PersonalKey.path(in: plan.stateDirectory)
      // try?: a file that is no key fits nothing.
      let found = (try? PersonalKey.read(in: plan.stateDirectory))?.keyName
      guard found?.utf8.elementsEqual(needed.utf8) != true else {
        throw StartFault(
          """
          \(key) opens the personal data, so nothing is forgotten. For one order use \
          order.erase_personal; if you mean all of it, move the file away first.
          """)
      }
      let store = try StoreWriter(path: plan.storePath, newEpoch: "")
      let count = try store.forgetPersonal()
      try store.finish()
      return tell("Erased what was known about the buyers of \(count) orders.\n")
    } catch {
      return fail(error)
    }
  }

  private static func tell(_ text: String) -> Int32 {
    _ = Terminal.write(Array(text.utf8), to: Terminal.standardOutput)
    return 0
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
