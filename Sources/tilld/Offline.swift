import Platform
import Store

/// Work on a state folder while no daemon runs in it.
enum Offline {
  static func rebuild(_ arguments: Arguments, checkOnly: Bool) -> Int32 {
    Launch.prepareProcess()
    do {
      let plan = try planOfBooks(arguments)
      let lock = try StateFolder.open(plan.stateDirectory)
      defer { _ = lock.path }
      let seal = try PersonalKey.open(in: plan.stateDirectory, for: plan.storePath)
      let store = try StoreWriter(path: plan.storePath, newEpoch: "", seal: seal)
      let report = checkOnly
        ? try store.checkAgainstLog() : try store.rebuildFromLog(at: Daemon.now())
      try store.finish()
      if let fault = report.chainFault {
        throw StartFault("\(plan.storePath): \(fault). \(wayOutOfBrokenChain)")
      }
      var text = "\(plan.storePath): orders \(report.orders), events \(report.events)\n"
      for difference in report.differences { text += "differs: \(difference)\n" }
      text += report.differences.isEmpty
        ? (checkOnly ? "The state is what the event log says.\n" : "The state was made anew.\n")
        : "The state is not what the event log says. Make it anew with: tilld rebuild\n"
      _ = tell(text)
      return report.differences.isEmpty ? 0 : 1
    } catch StoreError.damaged(let what) {
      return fail(StartFault("the state cannot be made anew: \(what). \(wayOutOfBrokenChain)"))
    } catch {
      return fail(error)
    }
  }

  /// The books themselves may be right where the log is not, so nobody is told to rebuild them.
  private static let wayOutOfBrokenChain = """
    Nothing was changed. The log proves nothing from there on, so the state is not made anew from \
    it. Keep this file for whoever looks into it, and put a sound backup in place with: \
    tilld restore FILE
    """

  /// A plan for books that are there; nothing is made where there are none.
  static func planOfBooks(_ arguments: Arguments) throws(StartFault) -> StartPlan {
    let plan = try StartPlan(arguments, mayWrite: false)
    guard Files.byteCount(plan.storePath) ?? 0 > 0 else {
      throw StartFault(
        "There is no database \(plan.storePath). Say where it lies: --state DIR or --config FILE.")
    }
    try StateFolder.prepare(plan.stateDirectory)
    return plan
  }

  /// Gives up personal data whose key is lost. Refused while the key is there: then single orders
  /// can be erased, and nothing has to be lost.
  static func forgetPersonal(_ arguments: Arguments) -> Int32 {
    Launch.prepareProcess()
    do {
      let plan = try planOfBooks(arguments)
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

  static func tell(_ text: String) -> Int32 {
    _ = Terminal.write(Array(text.utf8), to: Terminal.standardOutput)
    return 0
  }

  static func fail(_ error: any Error) -> Int32 {
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
