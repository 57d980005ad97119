import Chance
import Domain
import Engine
import Reconciliation

/// The days on which a bank moves nothing, counted from 1970 in the zone of the gateway that pays
/// out. What the daemon is told of them are weekends, holidays and worked weekends.
struct RestDays {
  private static let dayMilliseconds = CardLedger.dayMilliseconds
  /// Weekends are written down for so long after the start.
  private static let horizonDays: Int64 = 40

  private let offsetMinutes: Int64
  private let days: Set<Int64>
  /// Both nil where the bank never rests.
  private let holiday: Int64?
  private let workedDay: Int64?

  /// A bank that never rests.
  init() { (offsetMinutes, days, holiday, workedDay) = (0, [], nil, nil) }

  /// Weekends, one day of the week off and, perhaps, one day of a weekend that is worked for it.
  init(from start: Int64, offsetMinutes: Int64, _ random: inout SeededRandom) {
    self.offsetMinutes = offsetMinutes
    let first = (start + offsetMinutes * 60_000) / Self.dayMilliseconds
    // 1970-01-03 was a Saturday.
    let weekends = (first..<first + Self.horizonDays).filter { ($0 - 2) % 7 < 2 }
    let weekdays = (first + 1...first + 7).filter { !weekends.contains($0) }
    let off = random.pick(weekdays)
    let worked = random.chance(permille: 500) ? random.pick(Array(weekends.prefix(4))) : nil
    (holiday, workedDay) = (off, worked)
    days = Set(weekends + [off]).subtracting([worked].compactMap(\.self))
  }

  /// The same time of day, so many business days later.
  func moment(_ count: Int64, businessDaysAfter at: Int64) -> Int64 {
    at + self.count(of: count, businessDaysAfter: at) * Self.dayMilliseconds
  }

  /// How many days so many business days are.
  func count(of count: Int64, businessDaysAfter at: Int64) -> Int64 {
    let first = (at + offsetMinutes * 60_000) / Self.dayMilliseconds
    var (day, left) = (first, count)
    while left > 0 {
      day += 1
      if !days.contains(day) { left -= 1 }
    }
    return day - first
  }

  /// As the configuration has it; the daemon is told nothing of a bank that never rests.
  var terms: GatewayTerms {
    var terms = GatewayTerms()
    guard let holiday else { return terms }
    terms.calendar.hasWeekends = true
    terms.calendar.offsetMinutes = offsetMinutes
    terms.calendar.holidays = [holiday]
    terms.calendar.workedDays = [workedDay].compactMap(\.self)
    return terms
  }
}
