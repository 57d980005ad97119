// `till completion bash|zsh|fish`: scripts made from the table, so that they never ask a daemon.

let completionCommand = LocalCommand(
  spec: CommandSpec(
    local: ["completion"], summary: "Completion for a shell",
    doc: "Prints a script. bash: till completion bash > /etc/bash_completion.d/till, or"
      + " source <(till completion bash). zsh: a file _till in a folder of fpath. fish:"
      + " ~/.config/fish/completions/till.fish.",
    positionals: [
      ArgumentSpec(
        local: "shell", .choice(["bash", "zsh", "fish"]), required: true, doc: "bash, zsh or fish.")
    ],
    examples: ["source <(till completion bash)"]),
  run: { (session, invocation) throws(UsageError) in
    try checkWords(invocation)
    let table = CompletionTable(tree: session.tree)
    let lines: [String]
    switch invocation.words[0] {
    case "bash": lines = bashCompletion(table)
    case "zsh": lines = zshCompletion(table)
    case "fish": lines = fishCompletion(table)
    default:
      throw unknownChoice(invocation.words[0], among: ["bash", "zsh", "fish"])
    }
    session.console.print(lines.joined(separator: "\n"))
    return .done
  })

/// What a shell can offer, in the order of the table.
struct CompletionTable {
  /// Words so far, and those that may follow.
  let next: [(words: String, choices: [String])]
  /// Commands with their flags.
  let commands: [(spec: CommandSpec, flags: [FlagShape])]
  /// Flags that take a value, of all commands together.
  let valueFlags: [String]
  /// Values of global flags.
  let globalChoices: [(flag: String, choices: [String])]

  init(tree: CommandTree) {
    var prefixes: [[String]] = [[]]
    for command in tree.commands {
      for count in 1..<max(1, command.path.count) {
        let prefix = Array(command.path.prefix(count))
        if !prefixes.contains(prefix) { prefixes.append(prefix) }
      }
    }
    next = prefixes.map { ($0.joined(separator: " "), tree.nextWords(after: $0)) }
    commands = tree.commands.map { ($0, flagShapes(of: $0)) }
    var names: [String] = []
    for shape in globalFlags + commands.flatMap(\.flags) where shape.takesValue {
      if !names.contains(shape.name) { names.append(shape.name) }
    }
    valueFlags = names
    globalChoices = [
      ("format", OutputFormat.allCases.map(\.rawValue)),
      ("time", TimeStyle.allCases.map(\.rawValue)),
      ("color", ColorChoice.allCases.map(\.rawValue)), ("lang", ["zh", "en"]),
    ]
  }

  /// Flags of one command whose values are known.
  func choices(of command: CommandSpec) -> [(flag: String, choices: [String])] {
    command.flags.compactMap { flag in
      if case .choice(let names) = flag.kind { return (flag.name, names) }
      return nil
    }
  }

  /// Values of the first word of a command, where they are known.
  func wordChoices(of command: CommandSpec) -> [String] {
    if command.path == ["help"] { return next[0].choices + helpTopics.map(\.name) }
    if case .choice(let names)? = command.positionals.first?.kind { return names }
    return []
  }
}
