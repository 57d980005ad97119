import JSON

// The command tree of `till`, from the `cli` of every method.

extension Emitter {
  func commandFiles() -> [GeneratedFile] {
    let methods = contract.methods.filter { $0.commandLine != nil }
    var families: [String] = []
    for method in methods where !families.contains(method.family) { families.append(method.family) }
    var table = SwiftText.file()
    table.doc("Every command that is one request, in the order of the methods.")
    table.line("let commandTable: [CommandSpec] = [")
    table.indented { out in
      for method in methods { out.line(commandName(method) + ",") }
    }
    table.line("]")
    let list = GeneratedFile(path: "Sources/till/Generated/CommandTable.swift", text: table.text)
    return [list]
      + families.map { family in
        var out = SwiftText.file()
        for (index, method) in methods.filter({ $0.family == family }).enumerated() {
          if index > 0 { out.line() }
          command(&out, method)
        }
        return GeneratedFile(
          path: "Sources/till/Generated/\(SwiftName.type(family))Commands.swift", text: out.text)
      }
  }

  private func commandName(_ method: MethodEntry) -> String {
    SwiftName.member(method.name) + "Command"
  }

  private func command(_ out: inout SwiftText, _ method: MethodEntry) {
    guard let entry = method.commandLine else { return }
    let positional = entry.positional.compactMap { name in
      method.params.first { $0.name == name }
    }
    let flagged = method.params.filter { !entry.positional.contains($0.name) }
    out.line("let \(commandName(method)): CommandSpec = CommandSpec(")
    out.indented { out in
      out.line("path: \(list(entry.path)), method: \(literal(method.name)),")
      out.line("effect: \(literal(method.effect)),")
      out.line("summary: \(literal(method.summary)),")
      out.line("doc: \(literal(method.doc)),")
      let words = positional.map { argument($0, name: SwiftName.flag($0.name), at: "") }
      arguments(&out, "positionals", words)
      arguments(&out, "flags", flagged.flatMap { flags($0, entry) })
      out.line("key: .\(method.key), dryRun: \(method.dryRun),")
      out.line("resultMember: \(entry.member.map(literal) ?? "nil"),")
      out.line("columns: \(list(entry.columns)),")
      out.line("examples: \(list(entry.examples)))")
    }
  }

  private func list(_ words: [String]) -> String {
    "[" + words.map(literal).joined(separator: ", ") + "]"
  }

  private func arguments(_ out: inout SwiftText, _ label: String, _ specs: [[String]]) {
    if specs.isEmpty {
      out.line("\(label): [],")
      return
    }
    out.line("\(label): [")
    out.indented { out in
      for spec in specs {
        out.line("ArgumentSpec(")
        out.indented { out in
          for line in spec { out.line(line) }
        }
      }
    }
    out.line("],")
  }

  /// The flags of one parameter: one, or one for each member of an object.
  private func flags(_ field: Field, _ entry: CommandLineEntry) -> [[String]] {
    let name = entry.flags[field.name] ?? flagName(field)
    let isPlainObject = !field.type.isList && field.type.name != "money"
    guard isPlainObject, let object = contract.object(field.type.name) else {
      return [argument(field, name: name, at: "")]
    }
    return object.fields.map { inner in
      argument(
        inner, name: name + "-" + flagName(inner), at: "/" + field.name,
        isRequired: !field.isOptional && !inner.isOptional)
    }
  }

  /// Durations are typed with their unit, so their flags have none.
  private func flagName(_ field: Field) -> String {
    let isDuration = contract.scalar(field.type.name)?.commandLine == "duration"
    let name = isDuration && field.name.hasSuffix("_ms") ? field.name.dropLast(3) : field.name[...]
    return SwiftName.flag(String(name))
  }

  private func argument(
    _ field: Field, name: String, at parent: String, isRequired: Bool? = nil
  ) -> [String] {
    let required = isRequired ?? (!field.isOptional && field.defaultValue == nil)
    return [
      "name: \(literal(name)), pointer: \(literal("\(parent)/\(field.name)")),",
      "kind: \(kind(field)),",
      "required: \(required), repeated: \(field.type.isList),",
      "doc: \(literal(field.doc + defaultNote(field)))),",
    ]
  }

  private func kind(_ field: Field) -> String {
    let name = field.type.name
    if let type = contract.enumeration(name) { return ".choice(\(list(type.values.map(\.name))))" }
    if name == "money" { return ".money" }
    guard let scalar = contract.scalar(name) else { return ".json" }
    switch scalar.commandLine {
    case "time": return ".time"
    case "duration": return ".durationMilliseconds"
    case "bytes": return ".bytes"
    default: break
    }
    switch scalar.kind {
    case .string: return ".text"
    case .integer: return ".integer"
    case .boolean: return ".boolean"
    case .json, .object, .map: return ".json"
    }
  }

  private func defaultNote(_ field: Field) -> String {
    switch field.defaultValue {
    case .integer(let number):
      let isDuration = contract.scalar(field.type.name)?.commandLine == "duration"
      return isDuration && number % 1000 == 0
        ? " Default \(number / 1000)s." : " Default \(number)."
    case .string(let word): return " Default \(word)."
    default: return ""
    }
  }
}
