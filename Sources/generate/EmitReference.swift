import JSON

// The reference in Markdown: what `protocol.describe` says, for reading.

extension Emitter {
  func reference() -> GeneratedFile {
    var text = "<!-- \(generatedMark) -->\n\n# Reference of protocol 1\n\n"
    text += "The rules that hold for every line stand in [README.md](README.md).\n\n"
    text +=
      "- [Methods](#methods)\n- [Types](#types)\n- [Events](#events)\n- [Errors](#errors)\n"
      + "- [Roles](#roles)\n- [Limits](#limits)\n- [Currencies](#currencies)\n\n"
    text += methodsPart() + typesPart() + eventsPart() + errorsPart() + rolesPart() + limitsPart()
    text += currenciesPart()
    return GeneratedFile(path: "Protocol/reference.md", text: text)
  }

  private func table(_ head: [String], _ rows: [[String]]) -> String {
    var text = "| " + head.joined(separator: " | ") + " |\n"
    text += "|" + String(repeating: "---|", count: head.count) + "\n"
    for row in rows { text += "| " + row.map(cell).joined(separator: " | ") + " |\n" }
    return text + "\n"
  }

  private func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  private func fieldTable(_ fields: [Field]) -> String {
    table(
      ["member", "type", "", "meaning"],
      fields.map { ["`\($0.name)`", typeLink($0.type), presence($0), $0.doc] })
  }

  private func typeLink(_ type: TypeReference) -> String {
    let link = "[\(type.name)](#\(type.name))"
    return type.isList ? "list of \(link)" : link
  }

  private func presence(_ field: Field) -> String {
    var parts = [field.isOptional ? "optional" : field.defaultValue == nil ? "" : "default"]
    if let value = field.defaultValue {
      var writer = JSONWriter()
      writer.value(value)
      parts[0] = "default `\(String(decoding: writer.bytes, as: UTF8.self))`"
    }
    if field.min != nil || field.max != nil {
      parts.append("\(field.min.map { "\($0)" } ?? "")–\(field.max.map { "\($0)" } ?? "")")
    }
    if field.mask != nil { parts.append("masked") }
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private func methodsPart() -> String {
    var text = "## Methods\n\n"
    text += table(
      ["method", "effect", "key", "batch", "dry run", "what"],
      contract.methods.map { method in
        [
          "[`\(method.name)`](#\(anchor(method.name)))", method.effect, method.key,
          method.batch ? "yes" : "", method.dryRun ? "yes" : "", method.summary,
        ]
      })
    text += "Every method also takes:\n\n" + fieldTable(contract.commonParams)
    text += "Every result may also hold:\n\n" + fieldTable(contract.commonResult)
    for method in contract.methods { text += methodPart(method) }
    text += "### Notifications\n\nLines from the daemon that answer no request.\n\n"
    for entry in contract.notifications {
      text += "#### \(entry.name)\n\n\(entry.doc)\n\n" + fieldTable(entry.fields)
    }
    return text
  }

  private func methodPart(_ method: MethodEntry) -> String {
    let roles = contract.methodRoles.first { $0.method == method.name }?.roles ?? []
    var text = "### \(method.name)\n\n\(method.summary). \(method.doc)\n\n"
    text += "Effect `\(method.effect)`, key \(method.key), since \(method.since). "
    text += "Roles: " + roles.map { "`\($0)`" }.joined(separator: " ") + ".\n\n"
    text +=
      method.params.isEmpty ? "No parameters.\n\n" : "Parameters\n\n" + fieldTable(method.params)
    text += method.result.isEmpty ? "" : "Result\n\n" + fieldTable(method.result)
    if !method.errors.isEmpty {
      let codes = method.errors.map { "[`\($0)`](#errors)" }
      text += "Errors: " + codes.joined(separator: " ") + "\n\n"
    }
    if let entry = method.commandLine {
      text += "Command: `till \(entry.path.joined(separator: " "))`"
      text += entry.positional.map { " `\($0.uppercased())`" }.joined() + "\n\n"
      if !entry.examples.isEmpty {
        text += "```sh\n" + entry.examples.joined(separator: "\n") + "\n```\n\n"
      }
    }
    for name in method.examples { text += dialogue(name) }
    return text
  }

  /// A dialogue as it goes over the wire: what is sent after `→`, what comes after `←`.
  private func dialogue(_ name: String) -> String {
    guard let bytes = contract.vectors[name] else { return "" }
    var lines: [String] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let value = try? JSONReader.read(Array(line), profile: .document),
        let object = value.objectValue
      else { continue }
      let arrows = [("send", "→ "), ("expect", "← "), ("expect_exact", "← ")]
      for (member, arrow) in arrows {
        guard let shown = object[member] else { continue }
        var writer = JSONWriter()
        writer.value(shown)
        lines.append(arrow + String(decoding: writer.bytes, as: UTF8.self))
      }
    }
    let shown = lines.joined(separator: "\n")
    return "Example `vectors/\(name).jsonl`\n\n```text\n\(shown)\n```\n\n"
  }

  private func anchor(_ name: String) -> String {
    name.filter { $0 != "." }
  }

  private func typesPart() -> String {
    var text = "## Types\n\n### Scalars\n\n"
    text += table(
      ["type", "on the wire", "meaning"],
      contract.scalars.map { ["<a id=\"\($0.name)\"></a>`\($0.name)`", shape($0), $0.doc] })
    text += "### Enumerations\n\nA value a client does not know means \"unknown\".\n\n"
    for type in contract.enums {
      text += "#### \(type.name)\n\n\(type.doc)\n\n"
      text += table(["value", "meaning"], type.values.map { ["`\($0.name)`", $0.doc] })
    }
    text += "### Objects\n\n"
    for type in contract.objects {
      text += "#### \(type.name)\n\n\(type.doc)\n\n" + fieldTable(type.fields)
    }
    return text
  }

  private func shape(_ scalar: ScalarType) -> String {
    var parts = [scalar.kind.rawValue]
    if let prefix = scalar.prefix { parts.append("`\(prefix)…`") }
    if scalar.min != nil || scalar.max != nil {
      let low = scalar.min.map { "\($0)" } ?? ""
      let high = scalar.max.map { "\($0)" } ?? ""
      parts.append(low == high ? "\(low) bytes" : "\(low)–\(high)" + unit(scalar))
    }
    if let alphabet = scalar.alphabet { parts.append("`[\(alphabet)]`") }
    if let bytes = scalar.maxBytes { parts.append("≤ \(bytes) bytes") }
    return parts.joined(separator: ", ")
  }

  private func unit(_ scalar: ScalarType) -> String { scalar.kind == .string ? " bytes" : "" }

  private func eventsPart() -> String {
    var text = "## Events\n\n`data` by type; the envelope is [event](#event).\n\n"
    for event in contract.events {
      text += "### \(event.type)\n\n\(event.summary)"
      if !event.about.isEmpty {
        text += " Names " + event.about.map { "`\($0)`" }.joined(separator: ", ") + "."
      }
      text += "\n\n" + (event.data.isEmpty ? "" : fieldTable(event.data))
    }
    return text
  }

  private func errorsPart() -> String {
    var text = "## Errors\n\n"
    text += table(
      ["class", "number", "exit", "meaning"],
      contract.classes.map { ["`\($0.name)`", "\($0.number)", "\($0.exit)", $0.meaning] })
    text += table(["retry", "meaning"], contract.retry.map { ["`\($0.name)`", $0.doc] })
    text += table(["outcome", "meaning"], contract.outcome.map { ["`\($0.name)`", $0.doc] })
    text += table(["exit", "meaning"], contract.exits.map { [$0.name, $0.doc] })
    text += table(
      ["code", "class", "retry", "meaning", "what to do", "details"],
      contract.errors.map { entry in
        [
          "`\(entry.code)`", entry.errorClass, entry.retry,
          entry.meaning + (entry.closes ? " The connection ends." : ""), entry.hint,
          entry.details.map { "`\($0.name)`" }.joined(separator: " "),
        ]
      })
    return text
  }

  private func rolesPart() -> String {
    var text = "## Roles\n\n"
    text += table(
      ["role", "sees", "meaning"],
      contract.roles.map { role in
        let sees = role.visibility == "own" ? "its own" : "all"
        return ["`\(role.name)`", sees + (role.isMasked ? ", masked" : ""), role.meaning]
      })
    text += "Without a configuration the daemon's own user has "
    text += contract.unconfigured.map { "`\($0)`" }.joined(separator: " ") + ".\n\n"
    text += table(
      ["method"] + contract.roles.map(\.name),
      contract.methods.map { method in
        let roles = contract.methodRoles.first { $0.method == method.name }?.roles ?? []
        return ["`\(method.name)`"]
          + contract.roles.map { roles.contains($0.name) ? "●" : "" }
      })
    return text
  }

  private func limitsPart() -> String {
    "## Limits\n\nNames are those of the greeting.\n\n"
      + table(
        ["limit", "value", "meaning"],
        contract.limits.map { ["`\(wireLimitName($0))`", "\($0.value)", $0.meaning] })
  }

  private func currenciesPart() -> String {
    var text = "## Currencies\n\nActive ISO 4217 codes by digits after the point.\n\n"
    for exponent in Int64(0)...4 {
      let codes = contract.currencies.filter { $0.exponent == exponent }.map(\.code)
      if codes.isEmpty { continue }
      text += "- \(exponent): " + codes.joined(separator: " ") + "\n"
    }
    return text
  }
}
