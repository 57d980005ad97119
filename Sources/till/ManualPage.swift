// The manual page of this program, made from the same table as its help, in mdoc for man(1).

/// All there is to say of `till`, as the source of a manual page of section 1.
func manualPage(_ tree: CommandTree) -> [String] {
  var page = ManualText()
  page.macro("Dd", "$Mdocdate$")
  page.macro("Dt", "TILL 1")
  page.macro("Os", "")
  page.section("NAME")
  page.macro("Nm", "till")
  page.macro("Nd", "command line of the payment-state daemon")
  page.section("SYNOPSIS")
  page.macro("Nm", "")
  page.macro("Ar", "command")
  page.macro("Op", "Ar words")
  page.macro("Op", "Ar flags")
  page.section("DESCRIPTION")
  page.text("Talks to tilld, the keeper of orders and payments on this machine. Every command is")
  page.text("one request. Results go to standard output and everything else to standard error.")
  page.section("FLAGS OF EVERY COMMAND")
  page.list(globalFlags.map { ($0.signature, $0.doc) })
  page.section("COMMANDS")
  for command in tree.commands { page.command(command) }
  for topic in helpTopics {
    page.section(topic.name.uppercased())
    page.literal(topic.lines())
  }
  page.section("SEE ALSO")
  page.macro("Xr", "tilld 8")
  return page.lines
}

/// Lines of mdoc.
private struct ManualText {
  private(set) var lines: [String] = []

  mutating func macro(_ name: String, _ words: String) {
    lines.append(words.isEmpty ? ".\(name)" : ".\(name) \(words)")
  }

  mutating func section(_ title: String) { macro("Sh", title) }

  mutating func text(_ text: String) { lines.append(escaped(text)) }

  mutating func literal(_ texts: [String]) {
    macro("Bd", "-literal")
    for text in texts { lines.append(escaped(text)) }
    macro("Ed", "")
  }

  mutating func list(_ rows: [(String, String)]) {
    macro("Bl", "-tag -width Ds")
    for (name, text) in rows {
      // The zero-width space keeps mdoc from taking a word for one of its macros.
      lines.append(".It Li \"\\&\(quoted(name))\"")
      self.text(text)
    }
    macro("El", "")
  }

  mutating func command(_ command: CommandSpec) {
    macro("Ss", "till \(command.name)")
    text("\(command.summary).")
    if !command.doc.isEmpty {
      macro("Pp", "")
      text(command.doc)
    }
    macro("Pp", "")
    literal(["  " + usageLine(of: command)])
    let words = command.positionals.map { ($0.name.uppercased(), $0.doc) }
    let flags = flagShapes(of: command).map { shape in
      (shape.signature, command.flags.first { $0.name == shape.name }?.doc ?? shape.doc)
    }
    if !(words + flags).isEmpty { list(words + flags) }
    if !command.examples.isEmpty {
      macro("Pp", "")
      text("Examples:")
      literal(command.examples.map { "  " + $0 })
    }
  }

  /// A line that begins with a dot or a quote would be a request to roff.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
  }

  private func quoted(_ text: String) -> String {
    escaped(text).split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\\(dq")
  }
}

extension FlagShape {
  /// As it is typed: `--expires-in DURATION`.
  fileprivate var signature: String { placeholder.map { "--\(name) \($0)" } ?? "--\(name)" }
}
