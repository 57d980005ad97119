// Completion for fish: one line an offer, with its summary.

/// The script for fish.
func fishCompletion(_ table: CompletionTable) -> [String] {
  var lines = ["# till: completion for fish, made by `till completion fish`"] + fishFunctions(table)
  lines.append("complete -c till -f")
  for row in table.next {
    for choice in row.choices {
      let words = row.words.isEmpty ? choice : "\(row.words) \(choice)"
      let summary = table.commands.first { $0.spec.name == words }?.spec.summary ?? ""
      lines.append(
        "complete -c till -n '__till_at \(quoted(row.words))' -a \(choice)"
          + " -d '\(escaped(summary))'")
    }
  }
  for command in table.commands {
    let name = command.spec.name
    for choice in table.wordChoices(of: command.spec) {
      lines.append("complete -c till -n '__till_at \(quoted(name))' -a \(choice)")
    }
    let choices = table.choices(of: command.spec)
    for flag in command.flags {
      let known = choices.first { $0.flag == flag.name }?.choices ?? []
      lines.append(flagLine(flag, choices: known, condition: " -n '__till_in \(quoted(name))'"))
    }
  }
  for flag in globalFlags {
    let known = table.globalChoices.first { $0.flag == flag.name }?.choices ?? []
    lines.append(flagLine(flag, choices: known, condition: ""))
  }
  return lines
}

private func flagLine(_ flag: FlagShape, choices: [String], condition: String) -> String {
  var line = "complete -c till\(condition) -l \(flag.name) -d '\(escaped(flag.doc))'"
  guard flag.takesValue else { return line }
  line += choices.isEmpty ? " -r -F" : " -x -a '\(choices.joined(separator: " "))'"
  return line
}

private func quoted(_ words: String) -> String { "\"\(words)\"" }

private func escaped(_ text: String) -> String {
  text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
    .split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
}

/// `__till_at WORDS` holds when exactly these words stand before the cursor, `__till_in WORDS` when
/// they stand first.
private func fishFunctions(_ table: CompletionTable) -> [String] {
  let flags = table.valueFlags.map { "--\($0)" }.joined(separator: " ")
  return [
    "function __till_words", "  set -l skip 0", "  set -l words",
    "  for word in (commandline -opc)[2..-1]", "    if test $skip -eq 1", "      set skip 0",
    "    else if contains -- $word \(flags)", "      set skip 1",
    "    else if not string match -q -- '-*' $word", "      set -a words $word", "    end", "  end",
    "  echo \"$words\"", "end", "function __till_at", "  test (__till_words) = \"$argv[1]\"", "end",
    "function __till_in", "  string match -q -- \"$argv[1]*\" (__till_words)", "end",
  ]
}
