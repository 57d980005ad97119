// The usage line of a command, for help and for errors.

/// `till order create [ORDER-NO] AMOUNT --subject TEXT [flags]`
func usageLine(of command: CommandSpec) -> String {
  var words = ["till"] + command.path + command.positionals.map(\.usageWord)
  for flag in command.flags where flag.required {
    words.append(flag.placeholder.map { "--\(flag.name) \($0)" } ?? "--\(flag.name)")
  }
  if command.flags.contains(where: { !$0.required }) { words.append("[flags]") }
  return words.joined(separator: " ")
}

/// What stands below an error about the words of a command.
func usageHints(of command: CommandSpec) -> [String] {
  var hints = ["usage: \(usageLine(of: command))"]
  if let example = command.examples.first { hints.append("example: \(example)") }
  return hints
}
