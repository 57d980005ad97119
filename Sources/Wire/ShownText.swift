import Domain

/// RFC 6901 paths into a line.
package enum JSONPointer {
  /// The path of a member.
  package static func appending(_ name: String, to path: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return "\(path)/\(ShownText.shortened(name))"
    }
    var escaped = ""
    for scalar in ShownText.shortened(name).unicodeScalars {
      switch scalar {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return "\(path)/\(escaped)"
  }

  /// The path of an element, counted from 0.
  package static func appending(_ index: Int, to path: String) -> String {
    "\(path)/\(index)"
  }
}

/// Text of a client's repeated in a message.
package enum ShownText {
  /// At most `Limits.methodShownBytes` bytes of the text, cut between characters, then `…`.
  package static func shortened(_ text: String) -> String {
    guard text.utf8.count > Limits.methodShownBytes else { return text }
    var shown = String.UnicodeScalarView()
    var size = 0
    for scalar in text.unicodeScalars {
      size += UTF8.width(scalar)
      if size > Limits.methodShownBytes { break }
      shown.append(scalar)
    }
    return String(shown) + "…"
  }
}
