import Crypto
import Domain
import Platform
import Store

extension Offline {
  /// Puts a checked backup in place of the database, with a new epoch: cursors of before no longer
  /// fit, and the gateways are asked about everything that may have happened since. The database
  /// that was there stays beside it under another name.
  static func restore(_ arguments: Arguments, file: String) -> Int32 {
    Launch.prepareProcess()
    do {
      let backup = try StartPlan.absolute(file)
      try StateFolder.requireOwnPlace(
        of: StartPlan(arguments, mayWrite: false).stateDirectory)
      let plan = try StartPlan(arguments, mayWrite: true)
      let lock = try StateFolder.open(plan.stateDirectory)
      defer { _ = lock.path }
      let part = plan.storePath + ".restoring"
      let (made, warning) = try copy(backup, to: part, plan)
      let kept = try keepOld(plan.storePath)
      try Files.rename(part, to: plan.storePath)
      return tell(
        """
        Restored \(made.events) events from \(backup) into \(plan.storePath).
        \(kept ?? "")Start tilld now: it asks the gateways what happened since,
        and refunds, closes and claims of an order wait until its gateway has answered.
        No gateway can say whether goods went out: what was to be delivered is failed and called for
        a person (delivery.retry or delivery.revoke), and a refund of a payment made before now
        waits for refund.approve.
        \(warning ?? "")
        """)
    } catch {
      return fail(error)
    }
  }

  /// A checked copy beside the database, marked as a new history.
  private static func copy(
    _ backup: String, to part: String, _ plan: StartPlan
  ) throws -> (StoreBackup, warning: String?) {
    guard let found = try FileIdentity.ofPath(backup) else {
      throw StartFault("There is no file \(backup) to restore.")
    }
    if let books = try FileIdentity.ofPath(plan.storePath), books.isSameFile(as: found) {
      throw StartFault("\(backup) is the database in use, not a backup of it.")
    }
    for suffix in ["", "-wal", "-shm"] { _ = try Files.remove(part + suffix) }
    do {
      let made = try StoreBackup.make(of: backup, at: part, isArchive: true)
      let (seal, warning) = try key(for: part, plan)
      try StoreBackup.beginNewHistory(
        part, epoch: Hex.encode(Entropy.bytes(3)), seal: seal, at: Daemon.now())
      try Files.synchronize(part)
      return (made, warning)
    } catch {
      // try?: what is left of a failed copy may be gone already.
      _ = try? Files.remove(part)
      guard let fault = error as? StoreError else { throw error }
      throw StartFault(
        """
        \(backup) cannot be restored: \(fault.text). Nothing was changed; take another backup.
        """)
    }
  }

  /// Gives the database in place a second name, so that it is there at every moment, and takes the
  /// log of its last writes out of the way of the new one.
  ///
  /// - Returns: what it held and where it is now; nil where there was none.
  private static func keepOld(_ path: String) throws -> String? {
    guard Files.byteCount(path) ?? 0 > 0 else { return nil }
    let held: String
    do throws(StoreError) {
      let (events, newest) = try StoreBackup.contents(of: path)
      held = "\(events) events" + (newest.map { ", the newest of \($0)" } ?? "")
    } catch { held = "what cannot be read: \(error.text)" }
    let kept = path + ".replaced-" + Daemon.now().description.filter { $0 != ":" }
    try Files.link(path, to: kept)
    if Files.byteCount(path + "-wal") != nil { try Files.link(path + "-wal", to: kept + "-wal") }
    try Directories.synchronize(Path.directory(of: path))
    for suffix in ["-wal", "-shm"] { _ = try Files.remove(path + suffix) }
    return """
      The database that was there held \(held).
      It is kept as \(kept).

      """
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
}
