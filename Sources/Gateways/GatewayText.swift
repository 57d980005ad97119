import JSON

/// Texts that go to gateways and come from them, in what all of them share.
enum GatewayText {
  /// A text for the buyer's eyes: marks that cannot be seen and characters outside the basic plane
  /// go, blanks are joined, and what is too long is cut with `…`.
  ///
  /// - Parameters:
  ///   - fallback: where nothing is left.
  ///   - widened: marks that become their full-width twins; ASCII.
  static func shown(
    _ text: String, scalarsMax: Int, otherwise fallback: String, widened: String = ""
  ) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case _ where scalar.value > 0xFFFF: continue
      case _ where scalar.properties.isWhitespace || scalar.value < 0x20:
        if let last = scalars.last, last != " " { scalars.append(" ") }
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .unassigned, .surrogate: continue
        default: scalars.append(widened.unicodeScalars.contains(scalar) ? wide(scalar) : scalar)
        }
      }
    }
    while scalars.last == " " { scalars.removeLast() }
    guard !scalars.isEmpty else { return fallback }
    guard scalars.count > scalarsMax else { return String(scalars) }
    return String(String.UnicodeScalarView(scalars.prefix(scalarsMax - 1))) + "…"
  }

  /// `shown` without `/`, `=`, `&` and `\`: Alipay refuses them in a subject, and without them no
  /// part of a text can pass for another field in a signed string.
  static func unmarked(_ text: String, scalarsMax: Int, otherwise fallback: String) -> String {
    shown(text, scalarsMax: scalarsMax, otherwise: fallback, widened: "/=&\\")
  }

  /// `shown`, cut to a number of bytes at the end of a character, and without any mark that escape
  /// functions, markup or signed strings give a meaning of its own.
  static func line(_ text: String, bytesMax: Int, otherwise fallback: String) -> String {
    let safe = shown(text, scalarsMax: bytesMax, otherwise: fallback)
    var line = ""
    var bytes = 0
    for scalar in safe.unicodeScalars {
      let shown = "/=&\\\"'<>%$".unicodeScalars.contains(scalar) ? wide(scalar) : scalar
      bytes += UTF8.width(shown)
      guard bytes <= bytesMax else { break }
      line.unicodeScalars.append(shown)
    }
    return line
  }

  /// Letters and digits of ASCII, and a few more where the caller says so.
  static func isWord(_ text: String, bytesMax: Int = .max, alsoAllowed: String = "") -> Bool {
    !text.isEmpty && text.utf8.count <= bytesMax
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || alsoAllowed.utf8.contains($0)
      }
  }

  /// Digits of ASCII, as many as `count` says.
  static func isDigits(_ text: String, count: ClosedRange<Int>) -> Bool {
    count.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// A gateway's identifier that needs no escape in a path.
  static func isName(_ text: String, bytesMax: Int = 128) -> Bool {
    isWord(text, bytesMax: bytesMax, alsoAllowed: "_-")
  }

  /// Visible ASCII from `http://` or `https://` on, with something behind it.
  static func isWebAddress(_ text: String) -> Bool {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
    for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
      return text.utf8.count > scheme.utf8.count
    }
    return false
  }

  private static func wide(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(scalar.value + 0xFEE0) ?? " "
  }
}

extension String? {
  /// Whether there is a text, and it has these bytes.
  func hasSameBytes(as other: String) -> Bool {
    map { $0.hasSameBytes(as: other) } ?? false
  }
}
