/// A day of the calendar, counted from 1970-01-01. Which moments belong to it depends on a zone: a
/// fixed offset from UTC in minutes, as gateways count their days.
package struct CivilDay: Hashable, Sendable, Comparable, CustomStringConvertible {
  package static let millisecondsPerDay: Int64 = 86_400_000

  /// Days since 1970-01-01; negative before it.
  package let number: Int64

  package init(number: Int64) { self.number = number }

  /// The day that a moment belongs to.
  package init(_ moment: Timestamp, offsetMinutes: Int64) {
    let local = moment.adding(milliseconds: offsetMinutes * 60_000).milliseconds
    let remainder = local % Self.millisecondsPerDay
    number = local / Self.millisecondsPerDay - (remainder < 0 ? 1 : 0)
  }

  /// `2026-11-20`; nil for any other shape and for a day that no calendar has.
  package init?(_ text: String) {
    guard text.utf8.count == 10,
      let midnight = CivilTime.read("\(text) 00:00:00", offsetMinutes: 0)
    else { return nil }
    self.init(midnight, offsetMinutes: 0)
  }

  /// Nil for a day that no calendar has, and before 1970.
  package init?(year: Int64, month: Int64, day: Int64) {
    guard (1970...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(ofMonth: month, year)
    else { return nil }
    number = Self.number(year: year, month: month, day: day)
  }

  private static func days(ofMonth month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Of a civil date, by eras of 400 years, the year beginning in March.
  static func number(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Its first moment.
  package func start(offsetMinutes: Int64) -> Timestamp {
    let (local, overflow) = number.multipliedReportingOverflow(by: Self.millisecondsPerDay)
    let limit = number < 0 ? Int64.min : Int64.max
    return Timestamp(milliseconds: overflow ? limit : local)
      .adding(milliseconds: -offsetMinutes * 60_000)
  }

  /// The first moment after it.
  package func end(offsetMinutes: Int64) -> Timestamp {
    adding(days: 1).start(offsetMinutes: offsetMinutes)
  }

  /// Saturates instead of trapping.
  package func adding(days: Int64) -> CivilDay {
    let (sum, overflow) = number.addingReportingOverflow(days)
    return CivilDay(number: overflow ? (days > 0 ? Int64.max : Int64.min) : sum)
  }

  package static func < (one: CivilDay, other: CivilDay) -> Bool { one.number < other.number }

  /// `2026-11-20`
  package var text: String { CivilTime(start(offsetMinutes: 0), offsetMinutes: 0).dateText }

  /// `20261120`
  package var plainText: String { text.filter { $0 != "-" } }

  package var description: String { text }
}
