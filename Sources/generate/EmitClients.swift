// What the client libraries have in common: the methods they offer, in which order a method takes
// its parameters, and what the libraries call things.

/// One parameter of a library's function.
struct ClientParam {
  let name: String
  let type: TypeReference
  let isRequired: Bool
  let doc: String
}

extension Emitter {
  func clientFiles() -> [GeneratedFile] { pythonFiles() + nodeFiles() + phpFiles() }

  /// Methods that are one request and one reply. Streams and what concerns the connection itself
  /// are written by hand in each library.
  var calls: [MethodEntry] {
    contract.methods.filter { $0.effect != "stream" && $0.effect != "session" }
  }

  var callFamilies: [(name: String, methods: [MethodEntry])] {
    var names: [String] = []
    for method in calls where !names.contains(method.family) { names.append(method.family) }
    return names.map { name in (name, calls.filter { $0.family == name }) }
  }

  /// Families without a stream; a library writes the others by hand, on top of what is generated.
  var plainFamilies: [String] {
    callFamilies.map(\.name).filter { name in
      !contract.methods.contains { $0.family == name && $0.effect == "stream" }
    }
  }

  /// The part of a method's name after the family: `erase_personal`.
  func shortName(_ method: MethodEntry) -> String {
    String(method.name.dropFirst(method.family.count + 1))
  }

  /// Parameters in the order a caller gives them: what the command line takes without a flag, then
  /// what is required, then the rest.
  func ordered(_ method: MethodEntry) -> (leading: [ClientParam], named: [ClientParam]) {
    let words = method.commandLine?.positional ?? []
    let leading = words.compactMap { name in method.params.first { $0.name == name } }
    let others = method.params.filter { !words.contains($0.name) }.map(clientParam)
    let split = leading.map(clientParam)
    // One that may be left out cannot stand before one that may not.
    let first = split.prefix { $0.isRequired }
    let rest = split.dropFirst(first.count) + others
    return (Array(first), rest.filter(\.isRequired) + rest.filter { !$0.isRequired })
  }

  private func clientParam(_ field: Field) -> ClientParam {
    ClientParam(
      name: field.name, type: field.type,
      isRequired: !field.isOptional && field.defaultValue == nil, doc: field.doc)
  }

  /// Common members that make sense with a method.
  func commonParams(_ method: MethodEntry) -> [Field] {
    contract.commonParams.filter { field in
      switch field.name {
      case "idempotency_key": method.key != "none"
      case "dry_run": method.dryRun
      default: true
      }
    }
  }

  /// `conflict` → `ConflictError`.
  func errorClassName(_ name: String) -> String { SwiftName.type(name) + "Error" }

  /// `order.create` → `OrderCreateResult`.
  func resultName(_ method: MethodEntry) -> String { SwiftName.type(method.name) + "Result" }
}

/// A string literal that Python, JavaScript and PHP read alike, in single quotes.
func quoted(_ text: String) -> String {
  "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
}
