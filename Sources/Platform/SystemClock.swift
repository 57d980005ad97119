@preconcurrency import Glibc

/// The clocks of this machine. The core is given the time; only the shell reads these.
package enum SystemClock {
  /// Milliseconds since 1970 UTC, CLOCK_REALTIME. May jump, also backwards.
  package static func wallMilliseconds() -> Int64 {
    let now = read(CLOCK_REALTIME)
    return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
  }

  /// Nanoseconds of CLOCK_MONOTONIC: never goes back, stands still while the machine sleeps.
  package static func monotonicNanoseconds() -> Int64 {
    let now = read(CLOCK_MONOTONIC)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }

  /// Milliseconds of CLOCK_MONOTONIC.
  package static func monotonicMilliseconds() -> Int64 { monotonicNanoseconds() / 1_000_000 }

  /// Seconds east of UTC of the machine's zone at a moment; for showing times, nothing else.
  ///
  /// - Parameter wallMilliseconds: milliseconds since 1970 UTC.
  package static func localOffsetSeconds(atWallMilliseconds wallMilliseconds: Int64) -> Int {
    var seconds = time_t(wallMilliseconds / 1_000)
    var fields = tm()
    tzset()
    guard localtime_r(&seconds, &fields) != nil else { return 0 }
    return fields.tm_gmtoff
  }

  /// Blocks the calling thread. Never on `core` or `io`.
  package static func sleep(milliseconds: Int) {
    guard milliseconds > 0 else { return }
    var left = timespec(tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
    var rest = timespec()
    while nanosleep(&left, &rest) == -1, errno == EINTR { left = rest }
  }

  private static func read(_ clock: clockid_t) -> timespec {
    var now = timespec()
    let result = clock_gettime(clock, &now)
    precondition(result == 0, "Linux has these clocks")
    return now
  }
}
