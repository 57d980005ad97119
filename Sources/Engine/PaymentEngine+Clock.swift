import Domain
import Store

/// The wall clock is not ours: it may be set back, and then whatever was to happen a moment from
/// now lies as far ahead as the clock was wrong.
///
/// What was promised in wall time (the end of an order, of a lease) stands: others were told of it.
/// What is only ours to ask, to send or to wait for begins anew from the clock as it is.
extension PaymentEngine {
  /// Smaller steps are the clock's own corrections.
  private static let clockSlack: Int64 = 1000

  func isSetBack(at now: Timestamp) -> Bool {
    seenAt.milliseconds(since: now) > Self.clockSlack
  }

  func noteSetBack(at now: Timestamp) throws(StoreError) {
    let seconds = seenAt.milliseconds(since: now) / 1000
    effects.append(
      .alarm("The clock was set back by \(seconds) s: what waited for it is asked about now."))
    try store.pullIn(at: now)
    try store.releaseOutbox(at: now)
    for name in gatewayNames { desks[name]?.noteSetBack(at: now) }
    endFarWaits(at: now)
    sweepAt = nil
    setTimer(now)
  }

  /// Nobody waits longer than anybody may.
  private func endFarWaits(at now: Timestamp) {
    let last = now.adding(milliseconds: Int64(Limits.gatewayAnswerMilliseconds))
    waiters = waiters.mapValues { list in
      list.map { waiter in
        Waiter(
          token: waiter.token, until: min(waiter.until, last), isReused: waiter.isReused,
          isReplayed: waiter.isReplayed)
      }
    }
    let end = now.adding(milliseconds: Int64(Limits.watchedAfterMilliseconds))
    for (id, watch) in watched { watched[id]?.until = watch.until.map { min($0, end) } }
  }
}
