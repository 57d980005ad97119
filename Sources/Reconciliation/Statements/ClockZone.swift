/// Zones of clocks as files write them.
enum ClockZone {
  /// `Z`, `UTC`, `GMT`, `+08:00`, `+0800`, `GMT+8`, `UTC-03:30`, or a name that means one offset
  /// only; minutes east. Nil for any other: `CST` and `IST` mean several, and the clocks of places
  /// are changed twice a year.
  static func offsetMinutes(_ bytes: ByteView, _ field: Range<Int>) -> Int64? {
    let text = Array(bytes.slice(FieldText.trimmed(bytes, field)))
    if text.elementsEqual("Z".utf8) { return 0 }
    for prefix in ["GMT", "UTC"] where text.starts(with: prefix.utf8) {
      return text.count == prefix.utf8.count ? 0 : signed(text.dropFirst(prefix.utf8.count))
    }
    return signed(text[...]) ?? names.first { $0.name.utf8.elementsEqual(text) }?.minutes
  }

  /// A sign and one to four digits, with or without a colon.
  private static func signed(_ text: ArraySlice<UInt8>) -> Int64? {
    guard let first = text.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else {
      return nil
    }
    let digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }
    guard (1...4).contains(digits.count), digits.allSatisfy({ $0 &- 0x30 <= 9 }) else { return nil }
    let value = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 &- 0x30) }
    let (hours, minutes) = digits.count > 2 ? (value / 100, value % 100) : (value, 0)
    guard hours < 15, minutes < 60 else { return nil }
    return (first == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }

  /// PayPal writes such names into its files, in summer another than in winter.
  private static let names: [(name: String, minutes: Int64)] = [
    ("PST", -480), ("PDT", -420), ("MST", -420), ("MDT", -360), ("CDT", -300), ("EST", -300),
    ("EDT", -240), ("AKST", -540), ("AKDT", -480), ("HST", -600), ("BRT", -180), ("WET", 0),
    ("WEST", 60), ("BST", 60), ("CET", 60), ("CEST", 120), ("EET", 120), ("EEST", 180),
    ("SAST", 120), ("MSK", 180), ("ICT", 420), ("WIB", 420), ("HKT", 480), ("SGT", 480),
    ("MYT", 480), ("PHT", 480), ("AWST", 480), ("JST", 540), ("KST", 540), ("ACST", 570),
    ("ACDT", 630), ("AEST", 600), ("AEDT", 660), ("NZST", 720), ("NZDT", 780),
  ]
}
