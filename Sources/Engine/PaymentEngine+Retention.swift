import Domain
import Store

/// Lets go of what has had its time: a few rows at a time, in the transactions of everybody, so
/// that no caller waits for it.
extension PaymentEngine {
  func sweep(at now: Timestamp) throws(StoreError) {
    guard settings.retention != .forever else { return }
    // The first walk leaves the start alone.
    let due = sweepAt ?? now.adding(milliseconds: PaymentEngine.sweepDelay)
    sweepAt = due
    guard now >= due else { return setTimer(due) }
    var walk = retentionWalk ?? RetentionWalk()
    for key in try store.sweep(&walk, settings.retention, at: now) {
      guard let order = try loadReadable(key) else { continue }
      try erasePersonal(of: order, by: .timer, trace: nil, at: now)
    }
    retentionWalk = walk.isDone ? nil : walk
    let pause = walk.isDone ? PaymentEngine.sweepRest : PaymentEngine.sweepGap
    let next = now.adding(milliseconds: pause)
    sweepAt = next
    setTimer(next)
  }

  /// Nil for an order whose rows cannot be read: the next walk tries again.
  func loadReadable(_ key: Int64) throws(StoreError) -> LoadedOrder? {
    do throws(StoreError) { return try store.load(key: key) } catch {
      guard error.isAboutOneRow else { throw error }
      return nil
    }
  }

  /// Milliseconds from the start to the first walk.
  private static let sweepDelay: Int64 = 60_000
  /// Milliseconds between two steps of a walk.
  private static let sweepGap: Int64 = 50
  /// Milliseconds between two walks.
  private static let sweepRest: Int64 = 6 * 3_600_000
}
