// Durations as people type them. A bare number is refused: it would be a guess at the unit.

private let durationUnits: [(suffix: String, milliseconds: Int64)] = [
  ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
]

/// Reads `250ms`, `30s`, `1h30m` and the like into milliseconds.
///
/// - Throws: `UsageError` for a missing or unknown unit, or a sum beyond 64 bits.
func parseDuration(_ text: String) throws(UsageError) -> Int64 {
  let wrong = UsageError(
    "'\(printable(text))' is not a duration",
    hints: ["a number with its unit: 250ms, 30s, 15m, 2h, 1d or 1h30m"])
  var rest = Substring(text)
  var total: Int64 = 0
  guard !rest.isEmpty else { throw wrong }
  while !rest.isEmpty {
    let digits = rest.utf8.prefix { (0x30...0x39).contains($0) }
    guard let number = Int64(String(Substring(digits))) else { throw wrong }
    rest = rest.dropFirst(digits.count)
    let letters = rest.prefix { $0.isLetter }
    guard let unit = durationUnits.first(where: { $0.suffix == letters }) else { throw wrong }
    rest = rest.dropFirst(letters.count)
    let (part, isPartTooLarge) = number.multipliedReportingOverflow(by: unit.milliseconds)
    let (sum, isSumTooLarge) = total.addingReportingOverflow(part)
    guard !isPartTooLarge, !isSumTooLarge else { throw wrong }
    total = sum
  }
  return total
}

/// Writes milliseconds so that `parseDuration` reads them back, for example `1h30m`.
func durationText(milliseconds: Int64) -> String {
  guard milliseconds > 0 else { return milliseconds == 0 ? "0s" : "\(milliseconds)ms" }
  var rest = milliseconds
  var text = ""
  for unit in durationUnits where rest >= unit.milliseconds {
    text += "\(rest / unit.milliseconds)\(unit.suffix)"
    rest %= unit.milliseconds
  }
  return text
}
