import Domain
import Reconciliation

/// The days on which banks pay out, as the operator knows them.
enum CalendarReading {
  /// A list of these or of ranges of them, each at most a year long.
  private static let rangeDaysMax: Int64 = 366

  /// - Parameter schema: of the member `calendar`.
  /// - Returns: nil where there is none.
  static func calendar(
    of object: ConfigurationObject, schema: String
  ) throws(ConfigurationError) -> BusinessCalendar? {
    guard let entry = try object.object("calendar", schema: schema) else { return nil }
    var calendar = BusinessCalendar()
    calendar.hasWeekends = try entry.flag("weekends") ?? true
    calendar.holidays = try days("holidays", of: entry)
    calendar.workedDays = try days("workdays", of: entry)
    let holidays = Set(calendar.holidays)
    if let both = calendar.workedDays.first(where: holidays.contains) {
      throw entry.error("workdays", "\(CivilDay(number: both)) is among holidays too")
    }
    return calendar
  }

  /// Ascending, each once.
  private static func days(
    _ name: String, of entry: ConfigurationObject
  ) throws(ConfigurationError) -> [Int64] {
    var days: Set<Int64> = []
    for (index, text) in (try entry.texts(name) ?? []).enumerated() {
      guard let range = range(text) else {
        throw ConfigurationError(
          entry.place.member(name).item(index), "must be a day, or the first and the last of some",
          hint: "As \"2026-10-01\" or \"2026-10-01/2026-10-08\", at most a year.")
      }
      days.formUnion(range)
    }
    return days.sorted()
  }

  private static func range(_ text: String) -> ClosedRange<Int64>? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let first = CivilDay(String(parts[0])),
      let last = CivilDay(String(parts[parts.count - 1])), first <= last,
      last.number - first.number < rangeDaysMax
    else { return nil }
    return first.number...last.number
  }
}
