/// A calendar reading of a moment at a fixed offset from UTC (Alipay uses Beijing time, +08:00).
package struct CivilTime: Hashable, Sendable {
  package let year: Int64
  package let month: Int64
  package let day: Int64
  package let hour: Int64
  package let minute: Int64
  package let second: Int64

  package init(_ moment: Timestamp, offsetMinutes: Int64) {
    // A saturated time has no calendar; years 0 to 9999 do.
    let shifted = moment.adding(milliseconds: offsetMinutes * 60_000).milliseconds
    let sane = min(max(shifted, -62_167_219_200_000), 253_402_300_799_999)
    let seconds = sane >= 0 ? sane / 1000 : (sane - 999) / 1000
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - days * 86_400
    hour = rest / 3600
    minute = rest % 3600 / 60
    second = rest % 60
    // Days to civil date by eras of 400 years, the year beginning in March.
    let shiftedDays = days + 719_468
    let era = (shiftedDays >= 0 ? shiftedDays : shiftedDays - 146_096) / 146_097
    let dayOfEra = shiftedDays - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `2026-11-21`
  package var dateText: String {
    "\(CivilTime.padded(year, 4))-\(CivilTime.padded(month, 2))-\(CivilTime.padded(day, 2))"
  }

  /// `16:00:00`
  package var timeText: String {
    "\(CivilTime.padded(hour, 2)):\(CivilTime.padded(minute, 2)):\(CivilTime.padded(second, 2))"
  }

  /// Reads `2026-11-21 16:00:00` written at a fixed offset. Nil for any other shape or an
  /// impossible date; a fraction after the seconds is ignored.
  package static func read(_ text: String, offsetMinutes: Int64) -> Timestamp? {
    let bytes = Array(text.utf8)
    guard bytes.count == 19 || (bytes.count > 20 && bytes[19] == UInt8(ascii: ".")) else {
      return nil
    }
    guard bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x20 || bytes[10] == 0x54,
      bytes[13] == 0x3A, bytes[16] == 0x3A,
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]),
      let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
      hour < 24, minute < 60, second < 61, (1...12).contains(month)
    else { return nil }
    let days = CivilDay.number(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offsetMinutes * 60
    let moment = Timestamp(milliseconds: seconds * 1000)
    let again = CivilTime(moment, offsetMinutes: offsetMinutes)
    return again.day == day && again.month == month ? moment : nil
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for byte in bytes {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    return value
  }

  /// Minutes east of UTC of `+08:00` or `-03:30`, at most fourteen hours; nil for anything else.
  package static func offsetMinutes(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), "+-".utf8.contains(bytes[0]),
      let hours = number(bytes[1..<3]), let rest = number(bytes[4..<6]), rest < 60,
      hours * 60 + rest <= 14 * 60
    else { return nil }
    return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + rest)
  }

  /// Decimal digits with leading zeros up to `width`.
  package static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
