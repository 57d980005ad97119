// Completion for bash and zsh: the same three tables as `case` statements, two ways to use them.

/// The script for bash.
func bashCompletion(_ table: CompletionTable) -> [String] {
  ["# till: completion for bash, made by `till completion bash`"] + sharedFunctions(table)
    + bashFunction
}

/// The script for zsh.
func zshCompletion(_ table: CompletionTable) -> [String] {
  ["#compdef till", "# till: completion for zsh, made by `till completion zsh`"]
    + sharedFunctions(table) + zshFunction
}

private func sharedFunctions(_ table: CompletionTable) -> [String] {
  nextFunction(table) + flagsFunction(table) + valuesFunction(table) + takesValueFunction(table)
}

/// `_till_next WORDS`: the words that may follow.
private func nextFunction(_ table: CompletionTable) -> [String] {
  var lines = ["_till_next() {", "  case \"$1\" in"]
  for row in table.next {
    lines.append("    '\(row.words)') echo '\(row.choices.joined(separator: " "))' ;;")
  }
  for command in table.commands {
    let choices = table.wordChoices(of: command.spec)
    if !choices.isEmpty {
      lines.append("    '\(command.spec.name)') echo '\(choices.joined(separator: " "))' ;;")
    }
  }
  return lines + ["  esac", "}"]
}

/// `_till_flags WORDS`: the flags of the command these words begin with, and the global ones.
private func flagsFunction(_ table: CompletionTable) -> [String] {
  let globals = globalFlags.map { "--\($0.name)" }.joined(separator: " ")
  var lines = ["_till_flags() {", "  case \"$1 \" in"]
  for (spec, flags) in longestFirst(table) where !flags.isEmpty {
    let names = flags.map { "--\($0.name)" }.joined(separator: " ")
    lines.append("    '\(spec.name) '*) echo '\(names)' ;;")
  }
  return lines + ["  esac", "  echo '\(globals)'", "}"]
}

/// `_till_values WORDS FLAG`: the values a flag takes, nothing where they are free.
private func valuesFunction(_ table: CompletionTable) -> [String] {
  var lines = ["_till_values() {", "  case \"$1 $2\" in"]
  for (spec, _) in longestFirst(table) {
    for (flag, choices) in table.choices(of: spec) {
      lines.append(
        "    '\(spec.name) '*'--\(flag)') echo '\(choices.joined(separator: " "))'; return ;;")
    }
  }
  lines += ["  esac", "  case \"$2\" in"]
  for (flag, choices) in table.globalChoices {
    lines.append("    --\(flag)) echo '\(choices.joined(separator: " "))' ;;")
  }
  return lines + ["  esac", "}"]
}

/// `_till_takes_value FLAG`: true when the next word belongs to the flag.
private func takesValueFunction(_ table: CompletionTable) -> [String] {
  let patterns = table.valueFlags.map { "--\($0)" }.joined(separator: "|")
  return [
    "_till_takes_value() {", "  case \"$1\" in", "    \(patterns)) return 0 ;;", "  esac",
    "  return 1", "}",
  ]
}

private func longestFirst(
  _ table: CompletionTable
) -> [(spec: CommandSpec, flags: [FlagShape])] {
  table.commands.sorted { $0.spec.path.count > $1.spec.path.count }
}

// In bash `=` is a word of its own, so `--format=json` arrives as three.
private let bashFunction = [
  "_till() {",
  "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}",
  "  local words= flag= word i",
  "  for ((i = 1; i < COMP_CWORD; i++)); do",
  "    word=${COMP_WORDS[i]}",
  "    if [[ $word == '=' ]]; then continue; fi",
  "    if [[ -n $flag ]]; then flag=; continue; fi",
  "    if [[ $word == -* ]]; then",
  "      if _till_takes_value \"$word\"; then flag=$word; fi",
  "      continue",
  "    fi",
  "    words+=\"${words:+ }$word\"",
  "  done",
  "  if [[ $current == '=' ]]; then current=; fi",
  "  if [[ -n $flag ]]; then",
  "    COMPREPLY=($(compgen -W \"$(_till_values \"$words\" \"$flag\")\" -- \"$current\"))",
  "  elif [[ $current == -* ]]; then",
  "    COMPREPLY=($(compgen -W \"$(_till_flags \"$words\")\" -- \"$current\"))",
  "  else",
  "    COMPREPLY=($(compgen -W \"$(_till_next \"$words\")\" -- \"$current\"))",
  "  fi",
  "}",
  "complete -o default -F _till till",
]

private let zshFunction = [
  "_till() {",
  "  local so_far= flag= word i",
  "  local -a choices",
  "  for ((i = 2; i < CURRENT; i++)); do",
  "    word=${words[i]}",
  "    if [[ -n $flag ]]; then flag=; continue; fi",
  "    if [[ $word == -* ]]; then",
  "      if [[ $word != *=* ]] && _till_takes_value \"$word\"; then flag=$word; fi",
  "      continue",
  "    fi",
  "    so_far+=\"${so_far:+ }$word\"",
  "  done",
  "  if [[ -n $flag ]]; then",
  "    choices=(${=\"$(_till_values \"$so_far\" \"$flag\")\"})",
  "  elif [[ ${words[CURRENT]} == -* ]]; then",
  "    choices=(${=\"$(_till_flags \"$so_far\")\"})",
  "  else",
  "    choices=(${=\"$(_till_next \"$so_far\")\"})",
  "  fi",
  "  if (( ${#choices} )); then compadd -- $choices; else _files; fi",
  "}",
  "if [[ $funcstack[1] == _till ]]; then _till \"$@\"; else compdef _till till; fi",
]
