/// A span of times that are counted together: four to a doubling, so that what is read back from
/// the counters is at most a quarter too long.
package struct LatencyClass: Hashable, Sendable, Comparable {
  /// The longest time of the class, in milliseconds: 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20 …
  package let upperMilliseconds: Int64

  /// No exchange lasts longer; what does counts as this.
  package static let longestMilliseconds: Int64 = 327_680

  package init(milliseconds: Int64) {
    let time = min(max(1, milliseconds), LatencyClass.longestMilliseconds)
    guard time > 8 else {
      upperMilliseconds = time
      return
    }
    // The step is a quarter of the power of two below the time.
    let power = Int64(1) << Int64(Int64.bitWidth - 1 - (time - 1).leadingZeroBitCount)
    let step = power / 4
    upperMilliseconds = (time + step - 1) / step * step
  }

  /// The name of its hourly counter, as `latency_20`.
  package var counter: String { "latency_\(upperMilliseconds)" }

  /// Nil for a counter of something else.
  package init?(counter: String) {
    let prefix = "latency_"
    guard counter.utf8.starts(with: prefix.utf8),
      let milliseconds = Int64(counter.dropFirst(prefix.count))
    else { return nil }
    upperMilliseconds = milliseconds
  }

  package static func < (one: LatencyClass, other: LatencyClass) -> Bool {
    one.upperMilliseconds < other.upperMilliseconds
  }

  /// The time within which this share of all exchanges was answered.
  ///
  /// - Parameter thousandths: 500 for the median, 990 for the ninety-ninth of a hundred.
  /// - Returns: milliseconds, the end of the class in which it lies; nil for no exchange.
  package static func quantile(
    thousandths: Int64, of counts: [(latency: LatencyClass, count: Int64)]
  ) -> Int64? {
    let all = counts.reduce(Int64(0)) { $0 + $1.count }
    guard all > 0 else { return nil }
    let wanted = max(1, (all * thousandths + 999) / 1000)
    var sum: Int64 = 0
    for row in counts.sorted(by: { $0.latency < $1.latency }) {
      sum += row.count
      if sum >= wanted { return row.latency.upperMilliseconds }
    }
    return nil
  }
}
