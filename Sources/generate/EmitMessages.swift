import JSON

// Typed requests, results and objects.

extension Emitter {
  func objectFiles() -> [GeneratedFile] {
    contract.objects.filter { messageObjects.contains($0.name) }.map { type in
      var out = SwiftText.file(imports: ["package import JSON"])
      let isParameter = parameterObjects.contains(type.name)
      let conformances = "WireObject, " + (isParameter ? "WireParameter, " : "") + "Equatable"
      structure(
        &out, objectName(type.name), conformances, type.doc, type.fields,
        kind: isParameter ? .both : .result)
      return GeneratedFile(
        path: "Sources/Wire/Generated/\(objectName(type.name)).swift", text: out.text)
    }
  }

  /// One file for each family of methods.
  func messageFiles() -> [GeneratedFile] {
    var families: [String] = []
    for method in contract.methods where !families.contains(method.family) {
      families.append(method.family)
    }
    return families.map { family in
      var out = SwiftText.file(imports: ["package import JSON"])
      var isFirst = true
      for method in contract.methods where method.family == family {
        if !isFirst { out.line() }
        isFirst = false
        request(&out, method)
        out.line()
        structure(
          &out, SwiftName.type(method.name) + "Result", "WireObject, Equatable",
          "What `\(method.name)` answers.", method.result, kind: .result)
      }
      return GeneratedFile(
        path: "Sources/Wire/Generated/\(SwiftName.type(family))Messages.swift", text: out.text)
    }
  }

  private func request(_ out: inout SwiftText, _ method: MethodEntry) {
    let name = SwiftName.type(method.name) + "Request"
    out.doc("`\(method.name)`: \(method.summary).")
    out.block("package struct \(name): WireRequest, Equatable") { out in
      out.line("package typealias Result = \(SwiftName.type(method.name))Result")
      out.line()
      out.doc("The method.")
      out.line("package static let method = Method.\(identifier(method.name))")
      properties(&out, method.params, kind: .parameter)
      reading(&out, name, method.params, access: "package ")
    }
  }

  private func structure(
    _ out: inout SwiftText, _ name: String, _ conformances: String, _ doc: String,
    _ fields: [Field], kind: FieldUse
  ) {
    out.doc(doc)
    out.block("package struct \(name): \(conformances)") { out in
      properties(&out, fields, kind: kind)
      initialiser(&out, fields, kind: kind)
      if kind == .both { reading(&out, name, fields, access: "") }
      out.line()
      out.block("package func writeMembers(to writer: inout JSONWriter)") { out in
        for field in fields {
          let property = SwiftName.escaped(SwiftName.member(field.name))
          out.line("writer.member(\(literal(field.name)), \(property))")
        }
      }
      masking(&out, name, fields)
    }
  }

  private func properties(_ out: inout SwiftText, _ fields: [Field], kind: FieldUse) {
    for field in fields {
      out.doc(field.doc)
      let property = SwiftName.escaped(SwiftName.member(field.name))
      out.line("package var \(property): \(swiftType(field, kind))")
    }
  }

  private func initialiser(_ out: inout SwiftText, _ fields: [Field], kind: FieldUse) {
    out.line()
    if fields.isEmpty {
      out.line("package init() {}")
      return
    }
    let words = fields.map { field in
      "\(SwiftName.member(field.name)): \(swiftType(field, kind))"
        + (field.isOptional ? " = nil" : "")
    }
    let flat = "package init(" + words.joined(separator: ", ") + ")"
    if flat.count <= 94 {
      out.block(flat) { assignments(&$0, fields) }
      return
    }
    out.line("package init(")
    out.indented { out in
      let commas = words.enumerated().map { $1 + ($0 == words.count - 1 ? "" : ",") }
      out.wrapped(commas, first: "", rest: "", tail: "")
    }
    out.block(")") { assignments(&$0, fields) }
  }

  private func assignments(_ out: inout SwiftText, _ fields: [Field]) {
    for field in fields {
      let name = SwiftName.member(field.name)
      out.line("self.\(SwiftName.escaped(name)) = \(SwiftName.escaped(name))")
    }
  }

  private func reading(
    _ out: inout SwiftText, _ name: String, _ fields: [Field], access: String
  ) {
    out.line()
    out.block("\(access)static func read(_ reader: inout ParamReader) -> \(name)?") { out in
      for field in fields {
        let property = SwiftName.escaped(SwiftName.member(field.name))
        out.line("let \(property) = \(readCall(field))")
      }
      let known = fields.map { literal($0.name) + "," }
      let flat = "reader.finish([\(known.joined(separator: " ").dropLast())])"
      if flat.count <= 96 {
        out.line(flat)
      } else {
        out.line("reader.finish([")
        out.indented { $0.wrapped(known, first: "", rest: "", tail: "") }
        out.line("])")
      }
      let needed = fields.filter(isNeeded).map {
        "let \(SwiftName.escaped(SwiftName.member($0.name))),"
      }
      if needed.isEmpty {
        out.line("guard reader.isClean else { return nil }")
      } else {
        var words = ["reader.isClean,"] + needed
        words[words.count - 1] = String(words[words.count - 1].dropLast())
        let flat = "guard " + words.joined(separator: " ") + " else { return nil }"
        if flat.count <= 96 {
          out.line(flat)
        } else {
          out.wrapped(words, first: "guard ", rest: "  ", tail: "")
          out.line("else { return nil }")
        }
      }
      if fields.isEmpty {
        out.line("return \(name)()")
        return
      }
      let flatCall = fields.map { field in
        let property = SwiftName.member(field.name)
        return "\(property): \(SwiftName.escaped(property))"
      }
      let call = "return \(name)(" + flatCall.joined(separator: ", ") + ")"
      if call.count <= 96 {
        out.line(call)
        return
      }
      out.line("return \(name)(")
      out.indented { out in
        let words = fields.enumerated().map { index, field in
          let property = SwiftName.member(field.name)
          return "\(property): \(SwiftName.escaped(property))"
            + (index == fields.count - 1 ? ")" : ",")
        }
        out.wrapped(words, first: "", rest: "", tail: "")
      }
    }
  }

  /// Read as an optional and unwrapped by the guard; one with a default always has a value.
  private func isNeeded(_ field: Field) -> Bool { !field.isOptional && field.defaultValue == nil }

  private func readCall(_ field: Field) -> String {
    let name = literal(field.name)
    let required = isNeeded(field) ? ", required: true" : ""
    let standard = defaultText(field).map { " ?? \($0)" } ?? ""
    let typeName = field.type.name
    if field.type.isList { return listCall(field, name, required) }
    if contract.enumeration(typeName) != nil {
      return "reader.choice(\(name), \(enumName(typeName)).self\(required))\(standard)"
    }
    if typeName == "money" {
      return "reader.money(\(name), in: \(range(field, fallback: moneyRange))\(required))"
    }
    if contract.object(typeName) != nil {
      return "reader.nested(\(name), \(objectName(typeName)).self\(required))"
    }
    guard let scalar = contract.scalar(typeName) else { return "nil" }
    switch scalar.kind {
    case .string: return "reader.text(\(name), .\(ruleName(typeName))\(required))\(standard)"
    case .integer:
      let bounds = range(field, fallback: (scalar.min, scalar.max))
      return "reader.integer(\(name), in: \(bounds)\(required))\(standard)"
    case .boolean: return "reader.bool(\(name)\(required))\(standard)"
    case .json: return "reader.json(\(name)\(required))"
    case .object:
      let limit = scalar.maxBytes.map { ", bytesMax: \($0)" } ?? ""
      return "reader.jsonObject(\(name)\(limit)\(required))"
    case .map:
      let items = scalar.maxItems ?? 64
      let bytes = scalar.maxBytes ?? 8192
      return "reader.textMap(\(name), itemsMax: \(items), bytesMax: \(bytes)\(required))"
    }
  }

  private func listCall(_ field: Field, _ name: String, _ required: String) -> String {
    let count = "count: \(field.min ?? 0)...\(field.max ?? 1000)"
    let typeName = field.type.name
    if contract.enumeration(typeName) != nil {
      return "reader.choices(\(name), \(enumName(typeName)).self, \(count)\(required))"
    }
    if contract.object(typeName) != nil {
      return "reader.list(\(name), of: \(objectName(typeName)).self, \(count)\(required))"
    }
    return "reader.texts(\(name), .\(ruleName(typeName)), \(count)\(required))"
  }

  private var moneyRange: (Int64?, Int64?) {
    let minor = contract.object("money")?.fields.first { $0.name == "minor" }
    return (minor?.min, minor?.max)
  }

  private func range(_ field: Field, fallback: (Int64?, Int64?)) -> String {
    let low = field.min ?? fallback.0 ?? -9_007_199_254_740_991
    let high = field.max ?? fallback.1 ?? 9_007_199_254_740_991
    return "\(low)...\(high)"
  }

  private func defaultText(_ field: Field) -> String? {
    guard let value = field.defaultValue else { return nil }
    switch value {
    case .integer(let number): return "\(number)"
    case .bool(let truth): return truth ? "true" : "false"
    case .string(let word):
      return contract.enumeration(field.type.name) == nil ? literal(word) : ".\(identifier(word))"
    default: return nil
    }
  }
}
