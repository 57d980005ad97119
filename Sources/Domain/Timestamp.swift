/// A moment in milliseconds since 1970 UTC, read from the wall clock by the shell.
///
/// The core never reads a clock: it is given the time with each input.
package struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static func < (one: Timestamp, other: Timestamp) -> Bool {
    one.milliseconds < other.milliseconds
  }

  /// Saturates instead of trapping: a far expiry is a far expiry.
  package func adding(milliseconds gap: Int64) -> Timestamp {
    let (sum, overflow) = milliseconds.addingReportingOverflow(gap)
    return Timestamp(milliseconds: overflow ? (gap > 0 ? Int64.max : Int64.min) : sum)
  }

  package func milliseconds(since earlier: Timestamp) -> Int64 {
    let (gap, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
    return overflow ? (self > earlier ? Int64.max : Int64.min) : gap
  }

  /// ISO 8601 in UTC with milliseconds, for logs: `2026-11-21T08:00:00.000Z`.
  package var description: String {
    let civil = CivilTime(self, offsetMinutes: 0)
    let millisecond = ((milliseconds % 1000) + 1000) % 1000
    return "\(civil.dateText)T\(civil.timeText).\(CivilTime.padded(millisecond, 3))Z"
  }
}
