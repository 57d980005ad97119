// Times as people type and read them. On the wire a time is milliseconds since 1970 UTC.

import Domain
import Platform

/// Reads a time of the command line into milliseconds since 1970 UTC.
///
/// Shape: `2026-11-21T10:00:00+08:00`, the same with `Z`, without an offset in local time, a date
/// alone as its local midnight, `now`, `now-2h`, `now+15m`, or `@` with milliseconds.
/// - Parameter now: the real clock, milliseconds since 1970 UTC.
func parseTime(_ text: String, now: Int64) throws(UsageError) -> Int64 {
  if text.hasPrefix("@"), let exact = exactInteger(String(text.dropFirst())) { return exact }
  if text == "now" { return now }
  if text.hasPrefix("now-") { return now - (try parseDuration(String(text.dropFirst(4)))) }
  if text.hasPrefix("now+") { return now + (try parseDuration(String(text.dropFirst(4)))) }
  if let milliseconds = calendarTime(text) { return milliseconds }
  throw UsageError(
    "'\(printable(text))' is not a time",
    hints: [
      "2026-11-21T10:00:00+08:00, 2026-11-21T10:00, 2026-11-21 (local midnight), now-2h,"
        + " or @ and milliseconds"
    ])
}

private func calendarTime(_ text: String) -> Int64? {
  let (clock, offsetMinutes) = splitOffset(text)
  var full = clock
  switch clock.utf8.count {
  case 10: full += " 00:00:00"
  case 16: full += ":00"
  case 19, 23: break
  default: return nil
  }
  let fraction = full.utf8.count == 23 ? exactInteger(String(full.suffix(3))) : 0
  guard let fraction, fraction >= 0 else { return nil }
  if let offsetMinutes {
    return CivilTime.read(full, offsetMinutes: offsetMinutes)
      .map { $0.milliseconds + fraction }
  }
  return localTime(full).map { $0 + fraction }
}

/// Splits `Z`, `+08:00` or `-0330` off a text that has a time of day; nil means local time.
private func splitOffset(_ text: String) -> (clock: String, offsetMinutes: Int64?) {
  if text.hasSuffix("Z") { return (String(text.dropLast()), 0) }
  let dateLength = 10
  guard let sign = text.dropFirst(dateLength).lastIndex(where: { $0 == "+" || $0 == "-" }) else {
    return (text, nil)
  }
  let digits = text[text.index(after: sign)...].filter { $0 != ":" }
  guard digits.utf8.count == 4, isDigits(Substring(digits)), let hours = Int64(digits.prefix(2)),
    let minutes = Int64(digits.suffix(2)), hours <= 14, minutes < 60
  else { return ("", nil) }
  let offset = hours * 60 + minutes
  return (String(text[..<sign]), text[sign] == "-" ? -offset : offset)
}

/// Finds the moment whose local reading is `text`. In an hour that daylight saving repeats the
/// earlier moment wins; one that it skips does not exist.
private func localTime(_ text: String) -> Int64? {
  guard let guess = CivilTime.read(text, offsetMinutes: 0) else { return nil }
  let day: Int64 = 86_400_000
  var found: Int64?
  for place in [guess.milliseconds - day, guess.milliseconds + day] {
    let offsetMinutes = localOffsetMinutes(at: place)
    let moment = guess.milliseconds - offsetMinutes * 60_000
    guard localOffsetMinutes(at: moment) == offsetMinutes else { continue }
    found = min(found ?? moment, moment)
  }
  return found
}

private func localOffsetMinutes(at milliseconds: Int64) -> Int64 {
  Int64(SystemClock.localOffsetSeconds(atWallMilliseconds: milliseconds)) / 60
}

/// The calendar reading of a moment as seconds since 1970 of that calendar, for cells that know no
/// zone: local, or UTC where that or milliseconds were asked for.
func calendarSeconds(_ milliseconds: Int64, style: TimeStyle) -> Int64 {
  let offset = style == .local ? localOffsetMinutes(at: milliseconds) : 0
  return milliseconds / 1000 + offset * 60
}

/// Writes a time for people: ISO 8601 with seconds and offset, or the milliseconds themselves.
func timeText(milliseconds: Int64, style: TimeStyle) -> String {
  let moment = Timestamp(milliseconds: milliseconds)
  switch style {
  case .ms: return String(milliseconds)
  case .utc:
    let civil = CivilTime(moment, offsetMinutes: 0)
    return "\(civil.dateText)T\(civil.timeText)Z"
  case .local:
    let offset = localOffsetMinutes(at: milliseconds)
    let civil = CivilTime(moment, offsetMinutes: offset)
    let sign = offset < 0 ? "-" : "+"
    let hours = CivilTime.padded(abs(offset) / 60, 2)
    let minutes = CivilTime.padded(abs(offset) % 60, 2)
    return "\(civil.dateText)T\(civil.timeText)\(sign)\(hours):\(minutes)"
  }
}
