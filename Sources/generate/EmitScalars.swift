// Text rules and the enumerations that are parameters.

extension Emitter {
  func textRules() -> GeneratedFile {
    var out = SwiftText.file()
    out.block("extension TextRule") { out in
      for (index, scalar) in contract.scalars.filter({ $0.kind == .string }).enumerated() {
        if index > 0 { out.line() }
        out.doc(scalar.doc)
        out.line("package static let \(ruleName(scalar.name)) = TextRule(")
        out.indented { out in
          out.line("\(literal(scalar.name)),")
          out.line("doc: \(literal(scalar.doc)),")
          let extras = ruleExtras(scalar)
          let range = "bytes: \(scalar.min ?? 0)...\(scalar.max ?? 65_536)"
          out.line(range + (extras.isEmpty ? ")" : ","))
          for (place, extra) in extras.enumerated() {
            out.line(extra + (place == extras.count - 1 ? ")" : ","))
          }
        }
      }
    }
    return GeneratedFile(path: "Sources/Wire/Generated/TextRules.swift", text: out.text)
  }

  private func ruleExtras(_ scalar: ScalarType) -> [String] {
    var extras: [String] = []
    if let count = scalar.minCharacters { extras.append("charactersMin: \(count)") }
    if let text = scalar.alphabet, let bits = AlphabetBits(text) {
      extras.append("alphabet: Alphabet(low: \(hex(bits.low)), high: \(hex(bits.high)))")
    }
    if let prefix = scalar.prefix { extras.append("prefix: \(literal(prefix))") }
    if let prefix = scalar.forbiddenPrefix { extras.append("forbiddenPrefix: \(literal(prefix))") }
    if scalar.name == "currency" { extras.append("format: .currency") }
    if let format = scalar.format { extras.append("format: .\(SwiftName.member(format))") }
    return extras
  }

  private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16, uppercase: true) }

  /// Enumerations used by parameters, by themselves or within objects.
  var parameterEnums: [EnumType] {
    let names = Set(parameterFields.map(\.type.name))
    return contract.enums.filter { names.contains($0.name) }
  }

  /// Objects used by parameters, money apart.
  var parameterObjects: Set<String> { objects(in: parameterFields) }

  /// Objects that become Swift: those of parameters, results and notifications, money apart.
  var messageObjects: Set<String> {
    let results = contract.methods.flatMap(\.result)
    return objects(in: parameterFields + within(results + contract.notifications.flatMap(\.fields)))
  }

  private func objects(in fields: [Field]) -> Set<String> {
    Set(fields.map(\.type.name).filter { contract.object($0) != nil && $0 != "money" })
  }

  private var parameterFields: [Field] { within(contract.methods.flatMap(\.params)) }

  /// Fields, and the fields of the objects they hold, all the way down.
  private func within(_ top: [Field]) -> [Field] {
    var fields = top
    var seen: Set<String> = []
    var next = top
    while !next.isEmpty {
      let objects = next.map(\.type.name).filter { seen.insert($0).inserted }
      next = objects.compactMap { contract.object($0) }.flatMap(\.fields)
      fields += next
    }
    return fields
  }

  func parameterEnumFile() -> GeneratedFile {
    var out = SwiftText.file()
    for (index, type) in parameterEnums.enumerated() {
      if index > 0 { out.line() }
      out.doc(type.doc)
      out.block("package enum \(enumName(type.name)): String, WireChoice") { out in
        for value in type.values {
          out.doc(value.doc)
          out.line("case \(enumCase(value.name))")
        }
      }
    }
    return GeneratedFile(path: "Sources/Wire/Generated/ParameterEnums.swift", text: out.text)
  }

  func ruleName(_ name: String) -> String {
    SwiftName.escaped(SwiftName.member(name))
  }

  func enumName(_ name: String) -> String { SwiftName.type(name) + "Param" }
}
