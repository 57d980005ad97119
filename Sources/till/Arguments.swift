// Splits a command line into the command, its words and its flags. Flags may stand anywhere;
// `--` ends them. What takes a value comes from the table, never from how a word looks.

/// A flag as typed, with its value when it takes one.
struct GivenFlag: Equatable {
  let name: String
  let value: String?
}

/// One command line, split but not yet turned into a request.
struct Invocation {
  let command: CommandSpec
  /// The words after those of the command.
  let words: [String]
  /// Flags of the command.
  let flags: [GivenFlag]
  /// Flags of the program.
  let globals: [GivenFlag]
  /// Everything after `--exec`, for the one command that has it.
  let rest: [String]

  func value(_ name: String) -> String? { flags.last { $0.name == name }?.value }
  func has(_ name: String) -> Bool { flags.contains { $0.name == name } }
}

/// What a command line asks for.
enum Request {
  case run(Invocation)
  /// `--help`, with the words before it.
  case help([String])
  case version(isMachineReadable: Bool)
  /// No word at all.
  case nothing
}

struct ArgumentParser {
  let tree: CommandTree

  private struct Line {
    var words: [String] = []
    var flags: [GivenFlag] = []
    var globals: [GivenFlag] = []
    var rest: [String] = []
    var firstUnknown: String?
  }

  /// Splits the words after `till`.
  ///
  /// - Throws: `UsageError` for an unknown command or flag, or a flag without its value.
  func parse(_ arguments: [String]) throws(UsageError) -> Request {
    let line = try split(arguments)
    if line.globals.contains(where: { $0.name == "help" }) { return .help(line.words) }
    if line.globals.contains(where: { $0.name == "version" }) {
      return .version(isMachineReadable: line.globals.contains { $0.name == "json" })
    }
    guard !line.words.isEmpty else {
      if let unknown = line.firstUnknown { throw unknownFlag(unknown, of: nil) }
      return .nothing
    }
    guard let command = tree.command(startingWith: line.words) else {
      throw tree.unknownCommand(line.words)
    }
    if let unknown = line.firstUnknown { throw unknownFlag(unknown, of: command) }
    let known = flagShapes(of: command).map(\.name)
    if let stray = line.flags.first(where: { !known.contains($0.name) }) {
      throw unknownFlag(stray.name, of: command)
    }
    return .run(
      Invocation(
        command: command, words: Array(line.words.dropFirst(command.path.count)),
        flags: line.flags, globals: line.globals, rest: line.rest))
  }

  private func split(_ arguments: [String]) throws(UsageError) -> Line {
    var line = Line()
    var index = 0
    while index < arguments.count {
      let word = arguments[index]
      index += 1
      if word == "--" {
        line.words += arguments[index...]
        break
      }
      guard word.utf8.count > 1, word.utf8.first == 0x2D else {
        line.words.append(word)
        continue
      }
      guard word != "-h" else {
        line.globals.append(GivenFlag(name: "help", value: nil))
        continue
      }
      guard word.hasPrefix("--") else {
        throw UsageError(
          "\(printable(word)) is not a flag: flags have two dashes",
          hints: ["a word that starts with - goes after --"])
      }
      if word == "--exec", takesRest(line.words) {
        line.rest = Array(arguments[index...])
        guard !line.rest.isEmpty else { throw UsageError("--exec needs a command after it") }
        break
      }
      try takeFlag(word, from: arguments, at: &index, into: &line)
    }
    return line
  }

  private func takeFlag(
    _ word: String, from arguments: [String], at index: inout Int, into line: inout Line
  ) throws(UsageError) {
    let body = word.dropFirst(2)
    let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let inlineValue = parts.count == 2 ? String(parts[1]) : nil
    guard let (shape, isGlobal) = shape(of: name, after: line.words) else {
      if line.firstUnknown == nil { line.firstUnknown = name }
      return
    }
    var value: String?
    if shape.takesValue {
      if let inlineValue {
        value = inlineValue
      } else {
        guard index < arguments.count else {
          throw UsageError(
            "--\(name) needs a value", hints: ["--\(name) \(shape.placeholder ?? "VALUE")"])
        }
        value = arguments[index]
        index += 1
      }
    } else if let inlineValue {
      switch inlineValue {
      case "true": break
      case "false" where isGlobal: return
      case "false": value = "false"
      default: throw UsageError("--\(name) is a switch: it takes no value, or true or false")
      }
    }
    let flag = GivenFlag(name: name, value: value)
    if isGlobal { line.globals.append(flag) } else { line.flags.append(flag) }
  }

  /// Flags of the command win over those of the program. Before the command is known, a flag is
  /// taken if all commands that have it agree on whether it takes a value.
  private func shape(of name: String, after words: [String]) -> (FlagShape, isGlobal: Bool)? {
    let global = globalFlags.first { $0.name == name }
    if let command = tree.command(startingWith: words) {
      if let own = flagShapes(of: command).first(where: { $0.name == name }) { return (own, false) }
      return global.map { ($0, true) }
    }
    if let global { return (global, true) }
    var found: FlagShape?
    for command in tree.commands {
      guard let own = flagShapes(of: command).first(where: { $0.name == name }) else { continue }
      if let found, found.takesValue != own.takesValue { return nil }
      found = found ?? own
    }
    return found.map { ($0, false) }
  }

  private func takesRest(_ words: [String]) -> Bool {
    tree.command(startingWith: words)?.flags.contains { $0.name == "exec" } ?? false
  }

  private func unknownFlag(_ name: String, of command: CommandSpec?) -> UsageError {
    let own = command.map { flagShapes(of: $0).map(\.name) } ?? []
    var hints: [String] = []
    if let near = nearest(to: name, among: own + globalFlags.map(\.name)) {
      hints.append("did you mean: --\(near)")
    }
    if let command { hints.append("all of them: till help \(command.name)") }
    let place = command.map { "till \($0.name)" } ?? "till"
    return UsageError("\(place) has no flag --\(printable(name))", hints: hints)
  }
}

/// The flags of one command, with `--minor` and `--currency` where they have one meaning.
func flagShapes(of command: CommandSpec) -> [FlagShape] {
  var shapes = command.flags.map { flag in
    FlagShape(name: flag.name, placeholder: flag.placeholder, doc: flag.doc)
  }
  if command.soleAmount != nil {
    for shape in minorUnitFlags where !shapes.contains(where: { $0.name == shape.name }) {
      shapes.append(shape)
    }
  }
  return shapes
}

extension CommandSpec {
  /// The only amount of the command; nil when it has none, several, or a flag in the way.
  var soleAmount: ArgumentSpec? {
    let amounts = (positionals + flags).filter { $0.kind == .money }
    guard amounts.count == 1, !flags.contains(where: { $0.name == "currency" }) else { return nil }
    return amounts[0]
  }
}

extension ArgumentSpec {
  /// The word for the value in usage lines; nil for a switch.
  var placeholder: String? {
    switch kind {
    case .boolean: nil
    case .text: "TEXT"
    case .integer: "N"
    case .money: "58.00CNY"
    case .durationMilliseconds: "DURATION"
    case .time: "TIME"
    case .json: "JSON"
    case .bytes: "@FILE|-"
    case .choice(let names): names.joined(separator: "|")
    }
  }

  /// The name of a positional word in usage lines.
  var usageWord: String {
    let name = name.uppercased()
    return (required ? name : "[\(name)]") + (repeated ? "…" : "")
  }
}
