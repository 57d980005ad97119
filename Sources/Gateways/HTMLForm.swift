/// A page's form that posts itself: the way to a cashier that takes no link.
enum HTMLForm {
  /// - Parameter pairs: in the order of the form; values may hold anything.
  static func text(to url: String, _ pairs: SortedParameters.Pairs) -> String {
    let fields = pairs.map { pair in
      "<input type=\"hidden\" name=\"\(escaped(pair.name))\" value=\"\(escaped(pair.value))\">"
    }
    return "<form method=\"post\" action=\"\(escaped(url))\" accept-charset=\"utf-8\">"
      + fields.joined() + "<noscript><button>→</button></noscript></form>"
      + "<script>document.forms[document.forms.length-1].submit()</script>"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
