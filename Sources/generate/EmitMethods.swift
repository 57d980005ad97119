// Methods, roles and event types as Swift enumerations.

extension Emitter {
  func methodList() -> GeneratedFile {
    var out = SwiftText.file()
    out.doc("Every method. `rawValue` is its name on the wire.")
    out.block("package enum Method: String, CaseIterable, Sendable") { out in
      for method in contract.methods {
        out.doc(method.summary + ".")
        out.line("case \(enumCase(method.name))")
      }
      out.line()
      out.doc("What it does to the state, and so how it is answered.")
      property(&out, "effect", "MethodEffect") { $0.effect }
      out.line()
      out.doc("Whether it takes an idempotency key.")
      property(&out, "keyRule", "MethodKeyRule") { $0.key == "none" ? "never" : $0.key }
      out.line()
      out.doc("Whether it may be a call of `batch.run`.")
      flag(&out, "allowsBatch") { $0.batch }
      out.line()
      out.doc("Whether it may be tried with `dry_run`.")
      flag(&out, "allowsDryRun") { $0.dryRun }
      out.line()
      out.doc("Whether a shop finds only its own principal's data in it.")
      property(&out, "visibility", "MethodVisibility") { $0.visibility }
      out.line()
      out.doc("Roles that have the method; one of them is enough.")
      out.block("package var roles: RoleSet") { out in
        groupedCases(&out) { method in
          let roles = contract.methodRoles.first { $0.method == method.name }?.roles ?? []
          return roleSet(roles)
        }
      }
    }
    out.line()
    words(&out, "MethodEffect", "What a method does to the state.", MethodEntry.effects)
    out.line()
    words(
      &out, "MethodKeyRule", "Whether a method takes an idempotency key.",
      ["required", "allowed", "never"])
    out.line()
    words(&out, "MethodVisibility", "Whose data a method shows to a shop.", ["own", "all"])
    return GeneratedFile(path: "Sources/Wire/Generated/Method.swift", text: out.text)
  }

  func roleList() -> GeneratedFile {
    var out = SwiftText.file()
    out.doc("A role of a principal.")
    out.block("package enum Role: String, CaseIterable, Sendable") { out in
      for role in contract.roles {
        out.doc(role.meaning)
        out.line("case \(enumCase(role.name))")
      }
    }
    out.line()
    out.doc("A set of roles: what a principal has, or what a method wants.")
    out.block("package struct RoleSet: OptionSet, Hashable, Sendable") { out in
      out.line("package let rawValue: UInt32")
      out.line()
      out.line("package init(rawValue: UInt32) { self.rawValue = rawValue }")
      out.line()
      out.doc("One role.")
      out.block("package init(_ role: Role)") { out in
        out.choose("role") { out in
          for role in contract.roles {
            out.line("case .\(identifier(role.name)): self = .\(identifier(role.name))")
          }
        }
      }
      out.line()
      for (index, role) in contract.roles.enumerated() {
        out.doc(role.meaning)
        out.line(
          "package static let \(SwiftName.escaped(SwiftName.member(role.name))) = "
            + "RoleSet(rawValue: 1 << \(index))")
      }
      out.line()
      out.doc("Roles that see what their own principal created, and nothing else.")
      constant(&out, "seesOwnOnly", contract.roles.filter { $0.visibility == "own" }.map(\.name))
      out.doc("Roles that see personal data masked.")
      constant(&out, "seesMasked", contract.roles.filter(\.isMasked).map(\.name))
      out.doc("What the daemon's own user has where nothing is configured.")
      constant(&out, "unconfigured", contract.unconfigured)
      out.doc("Every role.")
      constant(&out, "everything", contract.roles.map(\.name))
    }
    return GeneratedFile(path: "Sources/Wire/Generated/Role.swift", text: out.text)
  }

  func eventTypes() -> GeneratedFile {
    var out = SwiftText.file()
    out.doc("Every type of event. `rawValue` is its name on the wire.")
    out.block("package enum EventType: String, CaseIterable, Sendable") { out in
      for event in contract.events {
        out.doc(event.summary)
        out.line("case \(enumCase(event.type))")
      }
      out.line()
      out.doc("Families, the words before the dot.")
      var families: [String] = []
      for event in contract.events {
        let family = String(event.type.prefix { $0 != "." })
        if !families.contains(family) { families.append(family) }
      }
      out.line("package static let families: [String] = [")
      out.indented { out in
        out.wrapped(families.map { literal($0) + "," }, first: "", rest: "", tail: "")
      }
      out.line("]")
      out.line()
      out.verbatim(Self.eventFilter)
    }
    return GeneratedFile(path: "Sources/Wire/Generated/EventType.swift", text: out.text)
  }

  private static let eventFilter = """
      /// Whether a text is a type, or a family followed by `.*`. Compared as bytes.
      package static func isFilter(_ text: String) -> Bool {
        if text.utf8.elementsEqual("*".utf8) { return true }
        guard text.hasSuffix(".*") else {
          return allCases.contains { $0.rawValue.utf8.elementsEqual(text.utf8) }
        }
        let family = text.utf8.dropLast(2)
        return families.contains { $0.utf8.elementsEqual(family) }
      }

    """

  private func property(
    _ out: inout SwiftText, _ name: String, _ type: String, _ value: (MethodEntry) -> String
  ) {
    out.block("package var \(name): \(type)") { out in
      groupedCases(&out) { "." + identifier(value($0)) }
    }
  }

  private func flag(_ out: inout SwiftText, _ name: String, _ value: (MethodEntry) -> Bool) {
    out.block("package var \(name): Bool") { out in
      groupedCases(&out) { value($0) ? "true" : "false" }
    }
  }

  private func groupedCases(_ out: inout SwiftText, _ value: (MethodEntry) -> String) {
    var order: [String] = []
    for method in contract.methods where !order.contains(value(method)) {
      order.append(value(method))
    }
    out.choose("self") { out in
      for group in order {
        let names = contract.methods.filter { value($0) == group }
        cases(&out, names.map { "." + identifier($0.name) }, group)
      }
    }
  }

  private func roleSet(_ roles: [String]) -> String {
    roles.count == contract.roles.count
      ? ".everything" : "[" + roles.map { "." + identifier($0) }.joined(separator: ", ") + "]"
  }

  private func constant(_ out: inout SwiftText, _ name: String, _ roles: [String]) {
    let words = roles.map { ".\(identifier($0))," }
    let joined = words.joined(separator: " ").dropLast()
    let flat = "package static let \(name): RoleSet = [\(joined)]"
    if flat.count <= 98 {
      out.line(flat)
    } else {
      out.line("package static let \(name): RoleSet = [")
      out.indented { $0.wrapped(words, first: "", rest: "", tail: "") }
      out.line("]")
    }
  }

  private func words(_ out: inout SwiftText, _ name: String, _ doc: String, _ list: [String]) {
    out.doc(doc)
    out.block("package enum \(name): String, Sendable") { out in
      out.line("case " + list.map(enumCase).joined(separator: ", "))
    }
  }
}
