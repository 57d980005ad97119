/// Source text under construction: indented lines, in Swift two spaces a level.
struct SwiftText {
  private(set) var text = ""
  private let indentation: Int
  private var level = 0

  init(indentation: Int = 2) { self.indentation = indentation }

  /// The first lines of every generated Swift file.
  static func file(imports: [String] = []) -> SwiftText {
    var text = SwiftText()
    text.line("// " + generatedMark)
    if !imports.isEmpty {
      text.line()
      for line in imports { text.line(line) }
    }
    text.line()
    return text
  }

  mutating func line(_ line: String = "") {
    text += line.isEmpty ? "\n" : String(repeating: " ", count: level * indentation) + line + "\n"
  }

  /// Lines at column 0, as they are.
  mutating func verbatim(_ lines: String) { text += lines }

  /// `head {`, the body one level deeper, `}` and `tail`.
  mutating func block(_ head: String, tail: String = "", _ body: (inout SwiftText) -> Void) {
    line(head + " {")
    indented(body)
    line("}" + tail)
  }

  /// A switch; its cases stand under its own word.
  mutating func choose(_ subject: String, _ body: (inout SwiftText) -> Void) {
    line("switch \(subject) {")
    body(&self)
    line("}")
  }

  mutating func indented(_ body: (inout SwiftText) -> Void) {
    level += 1
    body(&self)
    level -= 1
  }

  /// A documentation comment, wrapped at 100 columns.
  mutating func doc(_ comment: String) {
    wrapped(comment.split(separator: " ").map(String.init), first: "/// ", rest: "/// ", tail: "")
  }

  /// Words joined by spaces between `head` and `tail`, continued one level deeper.
  mutating func wrapped(_ words: [String], first: String, rest: String, tail: String) {
    let width = 100 - level * indentation
    var current = first
    var isFresh = true
    for word in words {
      if !isFresh && current.count + 1 + word.count > width {
        line(current)
        current = rest
        isFresh = true
      }
      current += (isFresh ? "" : " ") + word
      isFresh = false
    }
    line(current + tail)
  }
}

/// Said at the top of every generated file.
let generatedMark = "Generated from Protocol/ by `swift run generate`; do not edit."

/// A Swift string literal on one line.
func literal(_ text: String) -> String {
  var answer = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": answer += "\\\""
    case "\\": answer += "\\\\"
    case "\n": answer += "\\n"
    case "\t": answer += "\\t"
    default: answer.unicodeScalars.append(scalar)
    }
  }
  return answer + "\""
}
