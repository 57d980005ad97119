// The generated part of the PHP library: one class a family of methods, one a class of errors, the
// tables, and the shapes of arrays for static analysis.

extension Emitter {
  private static let phpFolder = "Clients/php/src/"

  func phpFiles() -> [GeneratedFile] {
    [phpTables(), phpTypes(), phpFamilies()] + callFamilies.map(phpFamily)
      + contract.classes.map(phpError)
  }

  private func php(
    _ space: String, _ name: String, _ body: (inout SwiftText) -> Void
  ) -> GeneratedFile {
    var out = SwiftText(indentation: 4)
    out.line("<?php")
    out.line()
    out.line("// " + generatedMark)
    out.line()
    out.line("declare(strict_types=1);")
    out.line()
    out.line("namespace Till\\\(space);")
    out.line()
    body(&out)
    return GeneratedFile(path: "\(Self.phpFolder)\(space)/\(name).php", text: out.text)
  }

  private func phpError(_ entry: ErrorClassEntry) -> GeneratedFile {
    let name = errorClassName(entry.name)
    return php("Error", name) { out in
      out.line("/** \(entry.meaning) */")
      out.line("final class \(name) extends \\Till\\ReplyError")
      out.line("{")
      out.line("}")
    }
  }

  private func phpTables() -> GeneratedFile {
    php("Method", "Tables") { out in
      out.line("/** Methods, error classes and codes, currencies. */")
      out.line("final class Tables")
      out.line("{")
      out.indented { out in
        phpConstant(
          &out, "METHODS", "Method: what it does to the state, whether it takes a key.",
          contract.methods.map {
            "\(quoted($0.name)) => [\(quoted($0.effect)), \(quoted($0.key))],"
          })
        phpConstant(
          &out, "CLASSES", "Class of errors: the class to catch.",
          contract.classes.map {
            "\(quoted($0.name)) => \\Till\\Error\\\(errorClassName($0.name))::class,"
          })
        phpConstant(
          &out, "CODES", "Code: its class, and what the same request would bring.",
          contract.errors.map {
            "\(quoted($0.code)) => [\(quoted($0.errorClass)), \(quoted($0.retry))],"
          })
        phpConstant(
          &out, "CURRENCIES", "Currency: decimals of its minor unit.",
          contract.currencies.map { "\(quoted($0.code)) => \($0.exponent)," })
      }
      out.line("}")
    }
  }

  private func phpConstant(
    _ out: inout SwiftText, _ name: String, _ doc: String, _ rows: [String]
  ) {
    out.line("/** \(doc) */")
    out.line("public const \(name) = [")
    out.indented { out in
      for row in rows { out.line(row) }
    }
    out.line("];")
  }

  private func phpTypes() -> GeneratedFile {
    php("Method", "Types") { out in
      out.line("/**")
      out.line(" * Objects as they are on the wire, for static analysis.")
      out.line(" *")
      for type in contract.enums {
        let words = type.values.map { quoted($0.name) }.joined(separator: "|")
        out.line(" * @phpstan-type \(SwiftName.type(type.name)) \(words)")
      }
      for type in contract.objects {
        out.line(" * @phpstan-type \(SwiftName.type(type.name)) \(phpShape(type.fields))")
      }
      out.line(" */")
      out.line("interface Types")
      out.line("{")
      out.line("}")
    }
  }

  private func phpShape(_ fields: [Field]) -> String {
    let members = fields.map { "\($0.name)\($0.isOptional ? "?" : ""): \(phpDocType($0.type))" }
    return "array{\(members.joined(separator: ", "))}"
  }

  private func phpDocType(_ type: TypeReference) -> String {
    var name = SwiftName.type(type.name)
    if let scalar = contract.scalar(type.name) {
      switch scalar.kind {
      case .string: name = "string"
      case .integer: name = "int"
      case .boolean: name = "bool"
      case .json: name = "mixed"
      case .object: name = "array<string, mixed>"
      case .map: name = "array<string, string>"
      }
    }
    return type.isList ? "list<\(name)>" : name
  }

  private func phpFamily(_ family: (name: String, methods: [MethodEntry])) -> GeneratedFile {
    let name = SwiftName.type(family.name) + "Methods"
    let fields = family.methods.flatMap { $0.params + $0.result }
    var imports: [String] = []
    for field in fields where contract.scalar(field.type.name) == nil {
      let type = SwiftName.type(field.type.name)
      if !imports.contains(type) && type != "Money" { imports.append(type) }
    }
    return php("Method", name) { out in
      out.line("use Till\\Family;")
      out.line("use Till\\Money;")
      out.line()
      out.line("/**")
      out.line(" * Methods of \(family.name).")
      if !imports.isEmpty { out.line(" *") }
      for type in imports { out.line(" * @phpstan-import-type \(type) from Types") }
      out.line(" */")
      out.line("class \(name) extends Family")
      out.line("{")
      out.indented { out in
        for (index, method) in family.methods.enumerated() {
          if index > 0 { out.line() }
          phpMethod(&out, method)
        }
      }
      out.line("}")
    }
  }

  private func phpFamilies() -> GeneratedFile {
    php("Method", "Families") { out in
      out.line("/** Every family but those with streams, which are written by hand. */")
      out.line("abstract class Families")
      out.line("{")
      out.indented { out in
        for name in plainFamilies {
          out.line("public readonly \(SwiftName.type(name))Methods $\(name);")
        }
        out.line()
        let type = "\\Closure(string, array<string, mixed>): array<string, mixed>"
        out.line("/** @param \(type) $call */")
        out.line("protected function __construct(\\Closure $call)")
        out.line("{")
        out.indented { out in
          for name in plainFamilies {
            out.line("$this->\(name) = new \(SwiftName.type(name))Methods($call);")
          }
        }
        out.line("}")
      }
      out.line("}")
    }
  }

  private func phpMethod(_ out: inout SwiftText, _ method: MethodEntry) {
    let (leading, named) = ordered(method)
    let params = leading + named
    let common = commonParams(method)
    out.line("/**")
    let words = "\(method.summary). \(method.doc)".split(separator: " ").map(String.init)
    out.wrapped(words, first: " * ", rest: " * ", tail: "")
    out.line(" *")
    for param in params {
      let type = phpDocType(param.type) + (param.isRequired ? "" : "|null")
      out.line(" * @param \(type) $\(param.name) \(param.doc)")
    }
    for field in common { out.line(" * @param \(phpDocType(field.type))|null $\(field.name)") }
    out.line(" * @return \(phpShape(method.result + contract.commonResult))")
    out.line(" */")
    out.line("public function \(SwiftName.member(shortName(method)))(")
    out.indented { out in
      for param in params {
        let type = phpType(param.type, isOptional: !param.isRequired)
        out.line("\(type) $\(param.name)\(param.isRequired ? "" : " = null"),")
      }
      for field in common {
        out.line("\(phpType(field.type, isOptional: true)) $\(field.name) = null,")
      }
    }
    out.line("): array {")
    out.indented { out in
      out.line("return $this->call(\(quoted(method.name)), [")
      out.indented { out in
        for param in params {
          out.line("\(quoted(param.name)) => \(phpValue(param)),")
        }
        for field in common { out.line("\(quoted(field.name)) => $\(field.name),") }
      }
      out.line("]);")
    }
    out.line("}")
  }

  private func phpType(_ type: TypeReference, isOptional: Bool) -> String {
    var name = "array"
    if !type.isList {
      if type.name == "money" {
        return isOptional ? "Money|array|null" : "Money|array"
      } else if let scalar = contract.scalar(type.name) {
        switch scalar.kind {
        case .string: name = "string"
        case .integer: name = "int"
        case .boolean: name = "bool"
        case .json: return "mixed"
        case .object, .map: name = "array"
        }
      } else if contract.enumeration(type.name) != nil {
        name = "string"
      }
    }
    return isOptional ? "?" + name : name
  }

  /// An empty array is a list in PHP, so what must be an object says so.
  private func phpValue(_ param: ClientParam) -> String {
    let kind = contract.scalar(param.type.name)?.kind
    let isObject =
      !param.type.isList && param.type.name != "money"
      && (kind == .object || kind == .map || contract.object(param.type.name) != nil)
    return isObject ? "self::object($\(param.name))" : "$\(param.name)"
  }
}
