/// One file the generator writes.
struct GeneratedFile: Equatable {
  /// Path from the root of the repository.
  let path: String
  let text: String
}

/// Contract → files. Pure: the same contract gives the same bytes.
struct Emitter {
  let contract: Contract

  func files() -> [GeneratedFile] {
    [errorCodes(), limits(), currencies()]
      + [methodList(), roleList(), eventTypes(), textRules(), parameterEnumFile()]
      + objectFiles() + messageFiles() + [contractFiles()] + commandFiles() + [reference()]
      + clientFiles()
  }

  // Spellings shared by the parts.

  /// `already_paid` → `alreadyPaid = "already_paid"`; the value is left out where it is the name.
  func enumCase(_ name: String) -> String {
    let member = SwiftName.member(name)
    let escaped = SwiftName.escaped(member)
    return member == name ? escaped : "\(escaped) = \(literal(name))"
  }

  /// A case as it is used after a dot.
  func identifier(_ name: String) -> String {
    let member = SwiftName.member(name)
    return member == "init" || member == "self" ? "`\(member)`" : member
  }

  /// `case .a, .b: value`, wrapped.
  func cases(_ out: inout SwiftText, _ names: [String], _ value: String) {
    guard let last = names.last else { return }
    let words = names.dropLast().map { $0 + "," } + [last + ": " + value]
    out.wrapped(words, first: "case ", rest: "  ", tail: "")
  }

  func limitName(_ entry: LimitEntry) -> String {
    switch entry.unit {
    case "bytes": SwiftName.member(entry.name) + "Bytes"
    case "milliseconds": SwiftName.member(entry.name) + "Milliseconds"
    default: SwiftName.member(entry.name)
    }
  }

  /// As in the greeting: durations end in `_ms`, sizes in `_bytes`.
  func wireLimitName(_ entry: LimitEntry) -> String {
    switch entry.unit {
    case "bytes": entry.name + "_bytes"
    case "milliseconds": entry.name + "_ms"
    default: entry.name
    }
  }
}
