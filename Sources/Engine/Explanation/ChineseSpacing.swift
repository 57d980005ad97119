/// A blank between Chinese characters and Latin letters, digits or amounts, as print has it.
///
/// Between 「 and 」 nothing is touched: that is what a person wrote.
enum ChineseSpacing {
  static func spaced(_ text: String) -> String {
    var spaced = ""
    var before: Unicode.Scalar?
    var isQuoted = false
    for scalar in text.unicodeScalars {
      if let before, !isQuoted, isHan(before) && isWord(scalar) || isWord(before) && isHan(scalar) {
        spaced.unicodeScalars.append(" ")
      }
      if scalar == "「" { isQuoted = true }
      if scalar == "」" { isQuoted = false }
      spaced.unicodeScalars.append(scalar)
      before = scalar
    }
    return spaced
  }

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x4E00...0x9FFF).contains(scalar.value)
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "A"..."Z", "a"..."z", "¥": true
    default: false
    }
  }
}
