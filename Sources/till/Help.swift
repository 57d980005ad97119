// Help, made from the table of commands.

let helpCommand = LocalCommand(
  spec: CommandSpec(
    local: ["help"], summary: "Explain a command or a topic",
    doc: "Without a word: all groups of commands. Topics: "
      + helpTopics.map(\.name).joined(separator: ", ")
      + ". The topic manual-page is the source of this program's page for man.",
    positionals: [
      ArgumentSpec(local: "topic", repeated: true, doc: "Words of a command, or a topic.")
    ],
    examples: [
      "till help", "till help order create", "till help exit-codes",
      "till help manual-page | man -l -",
    ]),
  run: { (session, invocation) throws(UsageError) in
    try showHelp(invocation.words, on: session.console, tree: session.tree)
  })

/// Prints help for some words: nothing, a topic, a group or a command.
///
/// - Throws: `UsageError` for words that mean nothing.
func showHelp(
  _ words: [String], on console: Console, tree: CommandTree
) throws(UsageError) -> ExitCode {
  for line in try helpLines(words, tree: tree) { console.print(line) }
  return .done
}

/// The lines of help for some words.
func helpLines(_ words: [String], tree: CommandTree) throws(UsageError) -> [String] {
  if words.isEmpty { return overview(tree) }
  if words == ["manual-page"] { return manualPage(tree) }
  if words.count == 1, let topic = helpTopics.first(where: { $0.name == words[0] }) {
    return topic.lines()
  }
  if let command = tree.command(startingWith: words) { return commandHelp(command) }
  let group = tree.group(words)
  guard !group.isEmpty else { throw tree.unknownCommand(words) }
  return ["till \(words.joined(separator: " ")) …", ""]
    + twoColumns(
      group.map { ($0.path.dropFirst(words.count).joined(separator: " "), $0.summary) })
    + ["", "more: till help \(words.joined(separator: " ")) COMMAND"]
}

private func overview(_ tree: CommandTree) -> [String] {
  var lines = [
    "till talks to tilld, the keeper of orders and payments on this machine.", "",
    "usage: till COMMAND [WORDS] [FLAGS]", "", "commands:",
  ]
  lines += twoColumns(
    tree.nextWords(after: []).map { word in
      let inner = tree.nextWords(after: [word])
      let own = tree.commands.first { $0.path == [word] }
      return (word, inner.isEmpty ? own?.summary ?? "" : inner.joined(separator: " "))
    })
  lines += ["", "flags of every command:"]
  lines += flagLines(globalFlags)
  lines += ["", "topics: \(helpTopics.map(\.name).joined(separator: " "))"]
  lines += ["more:   till help order create, till help exit-codes"]
  return lines
}

/// All there is to say of one command.
func commandHelp(_ command: CommandSpec) -> [String] {
  var lines = ["till \(command.name): \(command.summary)", "", "usage: \(usageLine(of: command))"]
  if !command.doc.isEmpty { lines += [""] + wrapped(command.doc, indent: "") }
  if !command.positionals.isEmpty {
    lines += ["", "words:"]
    lines += twoColumns(command.positionals.map { ($0.name.uppercased(), argumentDoc($0)) })
  }
  let shapes = flagShapes(of: command)
  if !shapes.isEmpty {
    lines += ["", "flags:"]
    lines += flagLines(
      shapes.map { shape in
        let spec = command.flags.first { $0.name == shape.name }
        return FlagShape(
          name: shape.name, placeholder: shape.placeholder,
          doc: spec.map(argumentDoc) ?? shape.doc)
      })
  }
  let rules = ruleLines(command)
  if !rules.isEmpty { lines += [""] + rules }
  if !command.examples.isEmpty { lines += ["", "examples:"] + command.examples.map { "  " + $0 } }
  lines += ["", "flags of every command: till help"]
  return lines
}

private func ruleLines(_ command: CommandSpec) -> [String] {
  var lines: [String] = []
  if !command.method.isEmpty { lines.append("method:  \(command.method)") }
  switch command.key {
  case .required: lines.append("key:     one is made if --key gives none; see till help keys")
  case .allowed where !command.method.isEmpty: lines.append("key:     --key makes repeating safe")
  case .allowed, .none: break
  }
  if command.dryRun { lines.append("dry run: --dry-run checks and changes nothing") }
  if command.isDestructive { lines.append("asks:    on a terminal; elsewhere only with --yes") }
  if !command.columns.isEmpty {
    let label = "columns: "
    let indent = String(repeating: " ", count: label.utf8.count)
    var parts = wrapped(command.columns.joined(separator: " "), indent: indent)
    parts[0] = label + parts[0].dropFirst(indent.utf8.count)
    lines += parts
  }
  return lines
}

private func argumentDoc(_ argument: ArgumentSpec) -> String {
  var notes: [String] = []
  if argument.required { notes.append("required") }
  if argument.repeated { notes.append("may be repeated") }
  return argument.doc + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
}

private func flagLines(_ shapes: [FlagShape]) -> [String] {
  twoColumns(
    shapes.map { shape in
      (shape.placeholder.map { "--\(shape.name) \($0)" } ?? "--\(shape.name)", shape.doc)
    })
}

private let helpWidth = 96
private let nameWidthMax = 30

/// Names on the left, texts on the right, wrapped.
func twoColumns(_ rows: [(String, String)]) -> [String] {
  let width = min(nameWidthMax, rows.reduce(0) { max($0, columnWidth($1.0)) })
  let indent = String(repeating: " ", count: width + 4)
  var lines: [String] = []
  for (name, text) in rows {
    var parts = wrapped(text, indent: indent)
    if columnWidth(name) <= width, !parts.isEmpty {
      let padding = String(repeating: " ", count: width - columnWidth(name))
      parts[0] = "  \(name)\(padding)  " + parts[0].dropFirst(indent.utf8.count)
    } else {
      parts.insert("  \(name)", at: 0)
    }
    lines += parts
  }
  return lines
}

/// Breaks a text at spaces so that lines with their indent fit.
func wrapped(_ text: String, indent: String) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    let isFull = columnWidth(indent + line) + 1 + columnWidth(String(word)) > helpWidth
    if isFull, !line.isEmpty {
      lines.append(indent + line)
      line = ""
    }
    line += (line.isEmpty ? "" : " ") + word
  }
  if !line.isEmpty { lines.append(indent + line) }
  return lines
}
