/// The commands by their words.
struct CommandTree: Sendable {
  let commands: [CommandSpec]

  /// Puts commands of this program over generated ones with the same words.
  init(generated: [CommandSpec], local: [CommandSpec]) {
    let replaced = Set(local.map(\.name))
    commands = (generated.filter { !replaced.contains($0.name) } + local)
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// The command whose words stand first in `words`; of several the longest.
  func command(startingWith words: [String]) -> CommandSpec? {
    var best: CommandSpec?
    for command in commands where words.starts(with: command.path) {
      if let best, best.path.count >= command.path.count { continue }
      best = command
    }
    return best
  }

  /// The commands below some words, for example all of `order`.
  func group(_ words: [String]) -> [CommandSpec] {
    commands.filter { $0.path.count > words.count && $0.path.starts(with: words) }
  }

  /// The words that may follow `words`, each once, in order.
  func nextWords(after words: [String]) -> [String] {
    var found: [String] = []
    for command in group(words) {
      let word = command.path[words.count]
      if found.last != word && !found.contains(word) { found.append(word) }
    }
    return found
  }

  /// The command that sends a method, for example `order get` for `order.get`.
  func command(forMethod method: String) -> CommandSpec? {
    commands.first { $0.method == method }
  }

  /// Says what is wrong with words that name no command.
  func unknownCommand(_ words: [String]) -> UsageError {
    var known: [String] = []
    for word in words {
      guard nextWords(after: known).contains(word) else { break }
      known.append(word)
    }
    let choices = nextWords(after: known)
    let prefix = (["till"] + known).joined(separator: " ")
    guard known.count < words.count else {
      return UsageError(
        "\(prefix) needs a further word",
        hints: [
          "one of: \(choices.joined(separator: " "))",
          "more: till help \(known.joined(separator: " "))",
        ])
    }
    let typed = words[known.count]
    var hints: [String] = []
    if let near = nearest(to: typed, among: choices) {
      hints.append("did you mean: \(prefix) \(near)")
    } else if known.isEmpty, let near = commands.first(where: { $0.path.contains(typed) }) {
      hints.append("did you mean: till \(near.name)")
    }
    let help = (["till help"] + known).joined(separator: " ")
    hints.append("all of them: \(help)")
    return UsageError("\(prefix) has no command '\(printable(typed))'", hints: hints)
  }
}
