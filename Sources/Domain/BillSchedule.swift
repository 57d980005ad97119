/// When a gateway's daily bill is asked for: at its ready time, after a failure again and again,
/// and never beyond the time that the gateway keeps it. All of it is arithmetic on moments; days
/// are those of the gateway's own zone.
package struct BillSchedule: Hashable, Sendable {
  /// Waits after the first tries, milliseconds: 1, 5, 15, 30 and 60 minutes.
  package static let firstGapsMilliseconds: [Int64] = [1, 5, 15, 30, 60].map { $0 * 60_000 }
  /// After those: hourly for a day from the first try, then daily.
  package static let hourlyGapMilliseconds: Int64 = 3_600_000
  package static let hourlyForMilliseconds: Int64 = 86_400_000
  package static let dailyGapMilliseconds: Int64 = 86_400_000
  /// A bill that is not there so long after its ready time is an alarm.
  package static let alarmAfterMilliseconds: Int64 = 2 * 3_600_000
  /// For so long after the end of a day that was taken for empty its bill may still come.
  package static let lateAfterSilenceMilliseconds: Int64 = 4 * CivilDay.millisecondsPerDay
  /// How far back days are made up for, whatever the gateway keeps.
  package static let daysBackMax: Int64 = 92

  /// The zone of the bill's days, minutes east of UTC.
  package let zoneOffsetMinutes: Int64
  /// From the end of the day to the time that its bill should be there, milliseconds.
  package let readyAfterMilliseconds: Int64
  /// How many days the gateway gives a bill out, counted from the end of its day.
  package let keptDays: Int64
  /// From the end of the day to the time from which "there is none" may mean a day without
  /// business, milliseconds; nil where the gateway tells the two apart itself.
  package let silenceMeansEmptyAfterMilliseconds: Int64?

  package init(
    zoneOffsetMinutes: Int64, readyAfterMilliseconds: Int64, keptDays: Int64,
    silenceMeansEmptyAfterMilliseconds: Int64? = nil
  ) {
    precondition(
      readyAfterMilliseconds >= 0 && keptDays > 0, "a bill is ready after its day, and kept")
    self.zoneOffsetMinutes = zoneOffsetMinutes
    self.readyAfterMilliseconds = readyAfterMilliseconds
    self.keptDays = keptDays
    self.silenceMeansEmptyAfterMilliseconds = silenceMeansEmptyAfterMilliseconds
  }

  /// What is known of the tries for one bill.
  package struct Tries: Hashable, Sendable {
    package let count: Int64
    package let firstAt: Timestamp
    package let lastAt: Timestamp

    package init(count: Int64, firstAt: Timestamp, lastAt: Timestamp) {
      precondition(count > 0 && firstAt <= lastAt, "tries are counted from the first")
      self.count = count
      self.firstAt = firstAt
      self.lastAt = lastAt
    }

    /// With one more.
    package func adding(at moment: Timestamp) -> Tries {
      Tries(count: count + 1, firstAt: firstAt, lastAt: max(lastAt, moment))
    }
  }

  package func readyAt(_ day: CivilDay) -> Timestamp {
    day.end(offsetMinutes: zoneOffsetMinutes).adding(milliseconds: readyAfterMilliseconds)
  }

  /// From here on a bill that is still missing is an alarm.
  package func alarmAt(_ day: CivilDay) -> Timestamp {
    readyAt(day).adding(milliseconds: Self.alarmAfterMilliseconds)
  }

  /// From here on the gateway gives it out no more.
  package func goneAt(_ day: CivilDay) -> Timestamp {
    day.end(offsetMinutes: zoneOffsetMinutes)
      .adding(milliseconds: keptDays * CivilDay.millisecondsPerDay)
  }

  /// The newest day whose bill should be there.
  package func newestReadyDay(at now: Timestamp) -> CivilDay {
    CivilDay(
      now.adding(milliseconds: -readyAfterMilliseconds), offsetMinutes: zoneOffsetMinutes
    ).adding(days: -1)
  }

  /// The days whose bills should be there and can still be had, oldest first.
  ///
  /// - Parameter first: none before this one is of interest.
  package func readyDays(from first: CivilDay, at now: Timestamp) -> [CivilDay] {
    let newest = newestReadyDay(at: now)
    var oldest = max(first, newest.adding(days: 1 - min(keptDays, Self.daysBackMax)))
    while oldest <= newest, goneAt(oldest) <= now { oldest = oldest.adding(days: 1) }
    guard oldest <= newest else { return [] }
    return (oldest.number...newest.number).map { CivilDay(number: $0) }
  }

  /// When to try again for a day's bill that did not come; nil where the gateway will not have it
  /// any more by then.
  package func nextTry(for day: CivilDay, after tries: Tries) -> Timestamp? {
    let next = tries.lastAt.adding(milliseconds: gap(after: tries))
    return next < goneAt(day) ? next : nil
  }

  private func gap(after tries: Tries) -> Int64 {
    if tries.count <= Self.firstGapsMilliseconds.count {
      return Self.firstGapsMilliseconds[Int(tries.count) - 1]
    }
    let isFirstDay = tries.lastAt.milliseconds(since: tries.firstAt) < Self.hourlyForMilliseconds
    return isFirstDay ? Self.hourlyGapMilliseconds : Self.dailyGapMilliseconds
  }

  /// Whether "there is none" is taken for a day without business: where the gateway does not tell
  /// that from "not made yet", late enough, and only if our own books have nothing on that day.
  package func silenceMeansEmpty(
    _ day: CivilDay, ownDayIsEmpty: Bool, at now: Timestamp
  ) -> Bool {
    guard ownDayIsEmpty, let after = silenceMeansEmptyAfterMilliseconds else { return false }
    return now >= day.end(offsetMinutes: zoneOffsetMinutes).adding(milliseconds: after)
  }
  /// When to ask again about a day that was taken for empty; nil once its bill will not come. A day
  /// without business says the same as a bill that is late, and the only money of that day may be
  /// what our books do not know.
  ///
  /// - Parameter gapMilliseconds: between two of these questions.
  package func nextLook(
    at day: CivilDay, after now: Timestamp, gapMilliseconds: Int64 = dailyGapMilliseconds
  ) -> Timestamp? {
    let next = now.adding(milliseconds: gapMilliseconds)
    let last = day.end(offsetMinutes: zoneOffsetMinutes)
      .adding(milliseconds: Self.lateAfterSilenceMilliseconds)
    return next <= last ? next : nil
  }
}
