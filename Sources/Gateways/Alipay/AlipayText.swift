import Domain

/// Texts in the shapes that Alipay takes.
enum AlipayText {
  /// Beijing time, where every time without an offset is meant.
  static let zoneOffsetMinutes: Int64 = 480

  /// `2026-11-21 16:00:00`, in Beijing; parts of a second are cut off.
  static func time(_ moment: Timestamp) -> String {
    let civil = CivilTime(moment, offsetMinutes: zoneOffsetMinutes)
    return "\(civil.dateText) \(civil.timeText)"
  }

  /// The way back; nil for a text that is no such time.
  static func moment(_ text: String?) -> Timestamp? {
    text.flatMap { CivilTime.read($0, offsetMinutes: zoneOffsetMinutes) }
  }

  /// A text for the buyer's eyes. Alipay refuses `/`, `=`, `&` and "other special characters" in a
  /// subject: these become their full-width twins, marks that cannot be seen and characters outside
  /// the basic plane go, and what is too long is cut with `…`.
  ///
  /// Without `&` and `=` no part of it can pass for another field in the string that a notice's
  /// signature covers.
  ///
  /// - Parameter scalarsMax: Alipay counts characters.
  static func shown(_ text: String, scalarsMax: Int, otherwise fallback: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "/", "=", "&", "\\": scalars.append(fullWidth(scalar))
      case _ where scalar.value > 0xFFFF: continue
      case _ where scalar.properties.isWhitespace || scalar.value < 0x20:
        if let last = scalars.last, last != " " { scalars.append(" ") }
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .unassigned, .surrogate: continue
        default: scalars.append(scalar)
        }
      }
    }
    while scalars.last == " " { scalars.removeLast() }
    guard !scalars.isEmpty else { return fallback }
    guard scalars.count > scalarsMax else { return String(scalars) }
    return String(String.UnicodeScalarView(scalars.prefix(scalarsMax - 1))) + "…"
  }

  /// Whether two texts have the same bytes; `==` would take two spellings of one letter for equal.
  static func isSame(_ one: String, _ other: String) -> Bool {
    one.utf8.elementsEqual(other.utf8)
  }

  /// Visible ASCII from `http://` or `https://` on, with something behind it.
  static func isWebAddress(_ text: String) -> Bool {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
    for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
      return text.utf8.count > scheme.utf8.count
    }
    return false
  }

  private static func fullWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(scalar.value + 0xFEE0) ?? " "
  }
}
