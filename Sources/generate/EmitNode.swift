// The generated part of the Node library: tables and error classes in JavaScript, and what the
// compiler of TypeScript must know.

extension Emitter {
  private static let nodeFolder = "Clients/node/lib/generated/"

  func nodeFiles() -> [GeneratedFile] { [nodeTables(), nodeErrors(), nodeTypes()] }

  private func node(_ name: String, _ body: (inout SwiftText) -> Void) -> GeneratedFile {
    var out = SwiftText.file()
    body(&out)
    return GeneratedFile(path: Self.nodeFolder + name, text: out.text)
  }

  private func nodeTables() -> GeneratedFile {
    node("tables.js") { out in
      out.line("/** Method: what it does to the state, and whether it takes an idempotency key. */")
      out.line("export const METHODS = {")
      out.indented { out in
        for method in contract.methods {
          out.line(
            "\(literal(method.name)): { effect: \(literal(method.effect)), "
              + "key: \(literal(method.key)) },")
        }
      }
      out.line("};")
      out.line()
      out.line("/** Code: its class, and what the same request would bring. */")
      out.line("export const CODES = {")
      out.indented { out in
        for entry in contract.errors {
          let words = "class: \(literal(entry.errorClass)), retry: \(literal(entry.retry))"
          out.line("\(entry.code): { \(words) },")
        }
      }
      out.line("};")
      out.line()
      out.line("/** Currency: decimals of its minor unit. */")
      out.line("export const CURRENCIES = {")
      out.indented { out in
        let words = contract.currencies.map { "\($0.code): \($0.exponent)," }
        out.wrapped(words, first: "", rest: "", tail: "")
      }
      out.line("};")
    }
  }

  private func nodeErrors() -> GeneratedFile {
    node("errors.js") { out in
      out.line("import { ReplyError } from \"../failure.js\";")
      for entry in contract.classes {
        out.line()
        out.line("/** \(entry.meaning) */")
        out.line("export class \(errorClassName(entry.name)) extends ReplyError {}")
      }
      out.line()
      out.line("export const BY_CLASS = {")
      out.indented { out in
        for entry in contract.classes {
          out.line("\(entry.name): \(errorClassName(entry.name)),")
        }
      }
      out.line("};")
    }
  }

  private func nodeType(_ type: TypeReference) -> String {
    let name = nodeElement(type.name)
    return type.isList ? name + "[]" : name
  }

  private func nodeElement(_ name: String) -> String {
    guard let scalar = contract.scalar(name) else { return SwiftName.type(name) }
    switch scalar.kind {
    case .string: return "string"
    case .integer: return "number"
    case .boolean: return "boolean"
    case .json: return "unknown"
    case .object: return "Record<string, unknown>"
    case .map: return "Record<string, string>"
    }
  }

  private func nodeTypes() -> GeneratedFile {
    node("types.d.ts") { out in
      out.line("import { ReplyError } from \"../failure.js\";")
      for entry in contract.classes {
        out.line()
        out.line("/** \(entry.meaning) */")
        out.line("export class \(errorClassName(entry.name)) extends ReplyError {}")
      }
      for type in contract.enums {
        out.line()
        out.line("/** \(type.doc) A newer daemon may send other words. */")
        out.line("export type \(SwiftName.type(type.name)) =")
        out.indented { out in
          out.wrapped(
            type.values.map { "| " + literal($0.name) }, first: "", rest: "", tail: ";")
        }
      }
      for type in contract.objects {
        nodeInterface(&out, SwiftName.type(type.name), type.doc, type.fields.map(nodeMember))
      }
      nodeInterface(
        &out, "CommonResult", "Members that any result may have.",
        contract.commonResult.map(nodeMember))
      for family in callFamilies {
        for method in family.methods { nodeCall(&out, method) }
        nodeInterface(
          &out, "\(SwiftName.type(family.name))Methods", "Methods of \(family.name).",
          family.methods.map { method in
            let name = SwiftName.type(method.name)
            let isNeeded = method.params.contains { !$0.isOptional && $0.defaultValue == nil }
            let mark = isNeeded ? "" : "?"
            return (
              "\(method.summary). \(method.doc)",
              "\(SwiftName.member(shortName(method)))(params\(mark): \(name)Params): "
                + "Promise<\(name)Result>;"
            )
          })
      }
      nodeInterface(
        &out, "Families", "Every family but those with streams, which are written by hand.",
        plainFamilies.map { ("Methods of \($0).", "\($0): \(SwiftName.type($0))Methods;") })
    }
  }

  private func nodeMember(_ field: Field) -> (doc: String, text: String) {
    (field.doc, "\(field.name)\(field.isOptional ? "?" : ""): \(nodeType(field.type));")
  }

  private func nodeCall(_ out: inout SwiftText, _ method: MethodEntry) {
    let (leading, named) = ordered(method)
    let params = (leading + named).map { param in
      (param.doc, "\(param.name)\(param.isRequired ? "" : "?"): \(nodeType(param.type));")
    }
    let name = SwiftName.type(method.name)
    nodeInterface(
      &out, name + "Params", "Parameters of \(method.name).",
      params + commonParams(method).map(nodeMember))
    nodeInterface(
      &out, name + "Result extends CommonResult", "Result of \(method.name).",
      method.result.map(nodeMember))
  }

  private func nodeInterface(
    _ out: inout SwiftText, _ name: String, _ doc: String, _ members: [(doc: String, text: String)]
  ) {
    out.line()
    out.line("/** \(doc) */")
    if members.isEmpty {
      out.line("export interface \(name) {}")
      return
    }
    out.block("export interface \(name)") { out in
      for member in members {
        out.line("/** \(member.doc) */")
        out.line(member.text)
      }
    }
  }
}
