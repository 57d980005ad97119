import JSON

/// What the files must agree on with one another.
struct ContractCheck {
  let contract: Contract
  let problems: ContractProblems

  func run() {
    checkTypeNames()
    for type in contract.objects { check(type.fields, "types.json", "/objects/\(type.name)") }
    for type in contract.notifications {
      check(type.fields, "types.json", "/notifications/\(type.name)")
    }
    check(contract.commonParams, "types.json", "/common/params")
    check(contract.commonResult, "types.json", "/common/result")
    for entry in contract.errors { check(entry.details, "errors.json", "/errors/\(entry.code)") }
    for method in contract.methods { check(method) }
    for event in contract.events {
      check(event.data, "events/\(event.type).json", "/data")
      for member in event.about where !(contract.object("event")?.has(member) ?? false) {
        problems.add("events/\(event.type).json", "/about", "an event has no member \(member)")
      }
    }
    checkRoles()
  }

  private func checkTypeNames() {
    var seen: Set<String> = []
    let names =
      contract.scalars.map(\.name) + contract.enums.map(\.name) + contract.objects.map(\.name)
    for name in names where !seen.insert(name).inserted {
      problems.add("types.json", "", "the type \(name) is defined twice")
    }
    for scalar in contract.scalars {
      let path = "/scalars/\(scalar.name)"
      if let alphabet = scalar.alphabet, AlphabetBits(alphabet) == nil {
        problems.add("types.json", path, "the alphabet is not ASCII ranges")
      }
      if let format = scalar.format, !["email", "url", "base64", "event_filter"].contains(format) {
        problems.add("types.json", path, "unknown format \(format)")
      }
      if let minimum = scalar.min, let maximum = scalar.max, minimum > maximum {
        problems.add("types.json", path, "min is above max")
      }
    }
  }

  private func check(_ fields: [Field], _ file: String, _ path: String) {
    for field in fields {
      let here = "\(path)/\(field.name)"
      let name = field.type.name
      let isKnown =
        contract.scalar(name) != nil || contract.enumeration(name) != nil
        || contract.object(name) != nil
      if !isKnown { problems.add(file, here, "unknown type \(name)") }
      if field.isOptional && field.defaultValue != nil {
        problems.add(file, here, "a field with a default is not optional")
      }
      if let mask = field.mask, !["email", "phone", "ip", "tail", "hide"].contains(mask) {
        problems.add(file, here, "unknown mask \(mask)")
      }
      if field.mask == "hide" && !field.isOptional {
        problems.add(file, here, "only an optional field can be hidden")
      }
      if let minimum = field.min, let maximum = field.max, minimum > maximum {
        problems.add(file, here, "min is above max")
      }
    }
  }

  private func check(_ method: MethodEntry) {
    let file = "methods/\(method.name).json"
    check(method.params, file, "/params")
    check(method.result, file, "/result")
    for name in method.params.map(\.name)
    where contract.commonParams.contains(where: { $0.name == name }) {
      problems.add(file, "/params/\(name)", "the name belongs to the common members")
    }
    for name in method.result.map(\.name)
    where contract.commonResult.contains(where: { $0.name == name }) {
      problems.add(file, "/result/\(name)", "the name is reserved in every result")
    }
    for code in method.errors where !contract.errors.contains(where: { $0.code == code }) {
      problems.add(file, "/errors", "unknown error \(code)")
    }
    if !contract.methodRoles.contains(where: { $0.method == method.name }) {
      problems.add(file, "", "roles.json names no role for it")
    }
    if method.effect == "read" && method.key != "none" {
      problems.add(file, "/key", "a read takes no key")
    }
    if method.batch && method.effect != "write" {
      problems.add(file, "/batch", "only a write can be part of a batch")
    }
    checkCommandLine(method, file)
  }

  private func checkCommandLine(_ method: MethodEntry, _ file: String) {
    guard let entry = method.commandLine else { return }
    if entry.path.isEmpty { problems.add(file, "/cli/path", "a command has words") }
    for name in entry.positional + entry.flags.keys.sorted()
    where !method.params.contains(where: { $0.name == name }) {
      problems.add(file, "/cli", "no parameter \(name)")
    }
    if let member = entry.member, !method.result.contains(where: { $0.name == member }) {
      problems.add(file, "/cli/member", "the result has no member \(member)")
    }
    for column in entry.columns where !isPath(column, of: method, entry) {
      problems.add(file, "/cli/columns", "no such member: \(column)")
    }
    for (index, other) in contract.methods.enumerated()
    where other.name != method.name && other.commandLine?.path == entry.path {
      if contract.methods.firstIndex(where: { $0.name == method.name }) ?? 0 < index {
        problems.add(file, "/cli/path", "\(other.name) has the same words")
      }
    }
  }

  /// Whether dotted `column` leads through members, from the result or from its main member.
  private func isPath(_ column: String, of method: MethodEntry, _ entry: CommandLineEntry) -> Bool {
    var fields = method.result
    if let name = entry.member, let member = method.result.first(where: { $0.name == name }) {
      guard let object = contract.object(member.type.name) else { return false }
      fields = object.fields
    }
    for part in column.split(separator: ".") {
      guard let field = fields.first(where: { $0.name == part }) else { return false }
      fields = contract.object(field.type.name)?.fields ?? []
    }
    return true
  }

  private func checkRoles() {
    let roles = Set(contract.roles.map(\.name))
    for role in contract.unconfigured where !roles.contains(role) {
      problems.add("roles.json", "/unconfigured", "unknown role \(role)")
    }
    for (method, list) in contract.methodRoles {
      for role in list where !roles.contains(role) {
        problems.add("roles.json", "/methods/\(method)", "unknown role \(role)")
      }
      if !contract.methods.contains(where: { $0.name == method }) {
        problems.add("roles.json", "/methods/\(method)", "there is no such method")
      }
    }
  }
}

extension ObjectType {
  func has(_ name: String) -> Bool { fields.contains { $0.name == name } }
}
