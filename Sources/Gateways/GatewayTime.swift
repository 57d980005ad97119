import Domain
import JSON

/// Moments as JSON APIs write them.
enum GatewayTime {
  /// Whole seconds since 1970 UTC.
  static func seconds(_ value: JSONValue?) -> Timestamp? {
    guard let seconds = value?.integerValue, (0...253_402_300_799).contains(seconds) else {
      return nil
    }
    return Timestamp(milliseconds: seconds * 1000)
  }

  /// `2026-11-20T04:50:17Z`, with a fraction that is cut off, or with `+0800` or `+08:00`.
  static func read(_ text: String?) -> Timestamp? {
    guard let text, text.utf8.count >= 20 else { return nil }
    let bytes = Array(text.utf8)
    guard bytes[10] == UInt8(ascii: "T") else { return nil }
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst().drop { (0x30...0x39).contains($0) }
    }
    guard let minutes = offsetMinutes(Array(rest)) else { return nil }
    return CivilTime.read(String(decoding: bytes[0..<19], as: UTF8.self), offsetMinutes: minutes)
  }

  /// `2026-11-20T04:50:17Z`; parts of a second are cut off.
  static func text(_ moment: Timestamp) -> String {
    let civil = CivilTime(moment, offsetMinutes: 0)
    return "\(civil.dateText)T\(civil.timeText)Z"
  }

  /// `Z`, `+0800` or `+08:00` in minutes east of UTC.
  private static func offsetMinutes(_ bytes: [UInt8]) -> Int64? {
    if bytes == [UInt8(ascii: "Z")] { return 0 }
    var digits = Array(bytes.dropFirst())
    if digits.count == 5, digits[2] == UInt8(ascii: ":") { digits.remove(at: 2) }
    guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int64(String(decoding: digits, as: UTF8.self)), number % 100 < 60
    else { return nil }
    let minutes = number / 100 * 60 + number % 100
    return sign == UInt8(ascii: "-") ? -minutes : minutes
  }
}

/// Beijing time, where gateways of mainland China mean every time that names no offset.
enum BeijingTime {
  static let offsetMinutes: Int64 = 480

  /// `2026-11-21 16:00:00`; parts of a second are cut off.
  static func text(_ moment: Timestamp) -> String {
    let civil = CivilTime(moment, offsetMinutes: offsetMinutes)
    return "\(civil.dateText) \(civil.timeText)"
  }

  /// `20261121160000`; parts of a second are cut off.
  static func digits(_ moment: Timestamp) -> String { text(moment).filter(\.isNumber) }

  /// The way back from `20261121160000`; nil for a text that is no such time.
  static func read(digits text: String?) -> Timestamp? {
    guard let text, GatewayText.isDigits(text, count: 14...14) else { return nil }
    var shown = ""
    for (place, digit) in text.enumerated() {
      switch place {
      case 4, 6: shown += "-"
      case 8: shown += " "
      case 10, 12: shown += ":"
      default: break
      }
      shown.append(digit)
    }
    return read(shown)
  }

  /// `2026-11-21T16:00:00+08:00`; parts of a second are cut off.
  static func textWithOffset(_ moment: Timestamp) -> String {
    let civil = CivilTime(moment, offsetMinutes: offsetMinutes)
    return "\(civil.dateText)T\(civil.timeText)+08:00"
  }

  /// The way back from `2026-11-21 16:00:00`; nil for a text that is no such time.
  static func read(_ text: String?) -> Timestamp? {
    text.flatMap { CivilTime.read($0, offsetMinutes: offsetMinutes) }
  }
}
