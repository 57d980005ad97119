package import Domain

/// When the first and the last row of a side were made.
package struct RowTimes: Hashable, Sendable {
  package private(set) var first: Timestamp
  package private(set) var last: Timestamp

  private static let day: Int64 = 86_400_000

  package init(_ moment: Timestamp) {
    first = moment
    last = moment
  }

  package mutating func add(_ other: RowTimes) {
    first = min(first, other.first)
    last = max(last, other.last)
  }

  /// The whole days that hold the rows, by a clock so many minutes east of UTC.
  package func days(offsetMinutes: Int64) -> (from: Timestamp, to: Timestamp) {
    func midnight(_ moment: Timestamp) -> Int64 {
      let offset = offsetMinutes * 60_000
      let local = moment.adding(milliseconds: offset).milliseconds
      let day = local >= 0 ? local / Self.day : (local - Self.day + 1) / Self.day
      return day * Self.day - offset
    }
    return (
      Timestamp(milliseconds: midnight(first)),
      Timestamp(milliseconds: midnight(last) + Self.day)
    )
  }
}

extension EntryTable {
  /// Nil without rows.
  package var times: RowTimes? {
    guard let first = entries.first else { return nil }
    var times = RowTimes(first.at)
    for entry in entries.dropFirst() { times.add(RowTimes(entry.at)) }
    return times
  }
}
