import JSON

/// Contract files → `Contract`. What does not fit is collected, nothing is guessed.
struct ContractReader {
  let problems = ContractProblems()
  private var contract = Contract()

  /// - Parameter files: everything below `Protocol/`; only `.json` files and dialogues are read.
  static func read(_ files: [ContractFile]) -> (contract: Contract, problems: [ContractProblem]) {
    var reader = ContractReader()
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for file in sorted { reader.read(file) }
    for name in ["errors", "limits", "roles", "currencies", "types"]
    where !sorted.contains(where: { $0.path == name + ".json" }) {
      reader.problems.add(name + ".json", "", "the file is missing")
    }
    ContractCheck(contract: reader.contract, problems: reader.problems).run()
    return (reader.contract, reader.problems.list)
  }

  private mutating func read(_ file: ContractFile) {
    if file.path.hasPrefix("vectors/") {
      if file.path.hasSuffix(".jsonl") {
        let name = file.path.dropFirst("vectors/".count).dropLast(".jsonl".count)
        contract.vectors[String(name)] = file.bytes
      }
      return
    }
    guard file.path.hasSuffix(".json") else { return }
    contract.files.append(file)
    guard let members = open(file) else { return }
    let parts = file.path.split(separator: "/").map(String.init)
    let stem = String((parts.last ?? "").dropLast(".json".count))
    switch (parts.count, parts.first ?? "") {
    case (1, "errors.json"): readErrors(members)
    case (1, "limits.json"): readLimits(members)
    case (1, "roles.json"): readRoles(members)
    case (1, "currencies.json"): readCurrencies(members)
    case (1, "types.json"): readTypes(members)
    case (2, "methods"): readMethod(members, stem: stem)
    case (2, "events"): readEvent(members, stem: stem)
    case (2, "released"): break
    default: problems.add(file.path, "", "no such file belongs to the contract")
    }
  }

  private func open(_ file: ContractFile) -> Members? {
    do {
      let value = try JSONReader.read(file.bytes, profile: .document)
      return Members(value, file: file.path, path: "", problems: problems)
    } catch {
      let place = JSONReader.position(of: error.offset, in: file.bytes)
      problems.add(
        file.path, "", "line \(place.line), column \(place.column): \(error.code.rawValue)")
      return nil
    }
  }

  private mutating func readErrors(_ source: Members) {
    var source = source
    _ = source.string("doc")
    contract.classes = source.entries("classes").map { name, members in
      var members = members
      defer { members.finish() }
      return ErrorClassEntry(
        name: name, number: members.integer("number"), exit: members.integer("exit"),
        meaning: members.string("meaning"))
    }
    contract.retry = source.docs("retry")
    contract.outcome = source.docs("outcome")
    contract.exits = source.docs("exits")
    let classes = contract.classes.map(\.name)
    let retry = contract.retry.map(\.name)
    contract.errors = source.entries("errors").map { code, members in
      var members = members
      defer { members.finish() }
      return ErrorEntry(
        code: code, errorClass: members.oneOf("class", classes),
        retry: members.oneOf("retry", retry), meaning: members.string("meaning"),
        hint: members.string("hint"), closes: members.flag("closes"),
        details: fields(&members, "details"))
    }
    source.finish()
  }

  private mutating func readLimits(_ source: Members) {
    var source = source
    _ = source.string("doc")
    contract.limits = source.entries("limits").map { name, members in
      var members = members
      defer { members.finish() }
      return LimitEntry(
        name: name, value: members.integer("value"),
        unit: members.oneOf("unit", ["bytes", "milliseconds", "count"]),
        meaning: members.string("meaning"))
    }
    source.finish()
  }

  private mutating func readRoles(_ source: Members) {
    var source = source
    _ = source.string("doc")
    contract.roles = source.entries("roles").map { name, members in
      var members = members
      defer { members.finish() }
      return RoleEntry(
        name: name, isMasked: members.flag("masked"),
        visibility: members.oneOf("visibility", ["own", "all"]),
        meaning: members.string("meaning"))
    }
    contract.unconfigured = source.strings("unconfigured")
    contract.methodRoles = source.rawEntries("methods").map { method, value in
      let roles = value.arrayValue?.compactMap(\.stringValue) ?? []
      if roles.isEmpty { source.report("methods/\(method) must name at least one role") }
      return (method, roles)
    }
    source.finish()
  }

  private mutating func readCurrencies(_ source: Members) {
    var source = source
    _ = source.string("doc")
    contract.currencies = source.rawEntries("currencies").map { code, value in
      let exponent = value.integerValue ?? -1
      let isCode = code.utf8.count == 3 && code.utf8.allSatisfy { (65...90).contains($0) }
      if !isCode || !(0...4).contains(exponent) {
        source.report("currencies/\(code) must be three capitals with an exponent of 0-4")
      }
      return (code, exponent)
    }
    contract.currencies.sort { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
    source.finish()
  }

  private mutating func readTypes(_ source: Members) {
    var source = source
    _ = source.string("doc")
    contract.scalars = source.entries("scalars").map { scalar($0, $1) }
    contract.enums = source.entries("enums").map { name, members in
      var members = members
      defer { members.finish() }
      return EnumType(name: name, doc: members.string("doc"), values: members.docs("values"))
    }
    contract.objects = source.entries("objects").map { name, members in
      var members = members
      defer { members.finish() }
      return ObjectType(
        name: name, doc: members.string("doc"), fields: fields(&members, "fields"))
    }
    var common = Members(
      source.value("common"), file: source.file, path: "/common", problems: problems)
    contract.commonParams = fields(&common, "params")
    contract.commonResult = fields(&common, "result")
    common.finish()
    contract.notifications = source.entries("notifications").map { name, members in
      var members = members
      defer { members.finish() }
      return ObjectType(
        name: name, doc: members.string("doc"), fields: fields(&members, "params"))
    }
    source.finish()
  }

  private func scalar(_ name: String, _ source: Members) -> ScalarType {
    var source = source
    defer { source.finish() }
    let kind = source.oneOf("kind", ScalarKind.allCases.map(\.rawValue))
    return ScalarType(
      name: name, kind: ScalarKind(rawValue: kind) ?? .string,
      min: source.optionalInteger("min"), max: source.optionalInteger("max"),
      minCharacters: source.optionalInteger("min_characters"),
      maxItems: source.optionalInteger("max_items"), maxBytes: source.optionalInteger("max_bytes"),
      alphabet: source.optionalString("alphabet"), prefix: source.optionalString("prefix"),
      forbiddenPrefix: source.optionalString("forbidden_prefix"),
      format: source.optionalString("format"), commandLine: source.optionalString("cli"),
      doc: source.string("doc"))
  }

  private func fields(_ source: inout Members, _ name: String) -> [Field] {
    source.entries(name).map { name, members in
      var members = members
      defer { members.finish() }
      return Field(
        name: name, type: TypeReference(members.string("type")),
        isOptional: members.flag("optional"), min: members.optionalInteger("min"),
        max: members.optionalInteger("max"), defaultValue: members.value("default"),
        mask: members.optionalString("mask"), doc: members.string("doc"))
    }
  }

  private mutating func readMethod(_ source: Members, stem: String) {
    var source = source
    let name = source.string("name")
    if name != stem { source.report("name must be the file's name, \(stem)") }
    contract.methods.append(
      MethodEntry(
        name: name, summary: source.string("summary"), doc: source.string("doc"),
        since: source.string("since"),
        effect: source.oneOf("effect", MethodEntry.effects),
        key: source.oneOf("key", ["required", "allowed", "none"]),
        batch: source.flag("batch"), dryRun: source.flag("dry_run"),
        visibility: source.oneOf("visibility", ["own", "all"]),
        params: fields(&source, "params"), result: fields(&source, "result"),
        errors: source.strings("errors"), commandLine: commandLine(&source),
        examples: source.objects("examples").map { example in
          var example = example
          defer { example.finish() }
          return example.string("vector")
        }))
    source.finish()
  }

  private func commandLine(_ source: inout Members) -> CommandLineEntry? {
    guard let value = source.value("cli") else { return nil }
    var members = Members(value, file: source.file, path: "/cli", problems: problems)
    defer { members.finish() }
    let flags = members.docs("flags").map { ($0.name, $0.doc) }
    return CommandLineEntry(
      path: members.strings("path"), positional: members.strings("positional"),
      columns: members.strings("columns"), member: members.optionalString("member"),
      flags: Dictionary(flags, uniquingKeysWith: { first, _ in first }),
      examples: members.strings("examples"))
  }

  private mutating func readEvent(_ source: Members, stem: String) {
    var source = source
    let type = source.string("type")
    if type != stem { source.report("type must be the file's name, \(stem)") }
    contract.events.append(
      EventEntry(
        type: type, summary: source.string("summary"), since: source.string("since"),
        about: source.strings("about"), data: fields(&source, "data")))
    source.finish()
  }
}

extension MethodEntry {
  static let effects = ["read", "write", "wait", "stream", "session", "admin"]
}
