// The generated part of the Python library: types, error classes, tables, and the methods twice,
// plain and for asyncio.

extension Emitter {
  private static let pythonFolder = "Clients/python/till/generated/"
  private static let pythonReserved: Set<String> = ["from", "is", "in", "as", "class", "import"]

  func pythonFiles() -> [GeneratedFile] {
    [
      python("__init__", doc: "What follows from the contract.") { _ in },
      pythonTypes(), pythonErrors(), pythonTables(),
      pythonMethods(isAsync: false), pythonMethods(isAsync: true),
    ]
  }

  private func python(
    _ name: String, doc: String, _ body: (inout SwiftText) -> Void
  ) -> GeneratedFile {
    var out = SwiftText(indentation: 4)
    out.line("# " + generatedMark)
    out.line("\"\"\"\(doc)\"\"\"")
    body(&out)
    return GeneratedFile(path: "\(Self.pythonFolder)\(name).py", text: out.text)
  }

  private func pythonType(_ type: TypeReference, isParam: Bool = false) -> String {
    let name = pythonElement(type.name)
    if type.isList { return isParam ? "Sequence[\(name)]" : "List[\(name)]" }
    return name
  }

  private func pythonElement(_ name: String) -> String {
    guard let scalar = contract.scalar(name) else { return SwiftName.type(name) }
    switch scalar.kind {
    case .string: return "str"
    case .integer: return "int"
    case .boolean: return "bool"
    case .json: return "Any"
    case .object: return "Dict[str, Any]"
    case .map: return "Dict[str, str]"
    }
  }

  private func pythonTypes() -> GeneratedFile {
    python("types", doc: "Enumerations, objects and results, as they are on the wire.") { out in
      out.line()
      out.line("from __future__ import annotations")
      out.line()
      out.line("from typing import Any, Dict, List, Literal, TypedDict")
      out.line()
      out.line("# A newer daemon may send words that are not listed here.")
      for type in contract.enums {
        out.line("\(SwiftName.type(type.name)) = Literal[")
        out.indented { out in
          out.wrapped(
            type.values.map { literal($0.name) + "," }, first: "", rest: "", tail: "")
        }
        out.line("]")
      }
      for type in contract.objects {
        pythonDict(&out, SwiftName.type(type.name), type.doc, type.fields)
      }
      pythonDict(
        &out, "CommonResult", "Members that any result may have.", contract.commonResult)
      for method in calls {
        let doc = "Result of \(method.name)."
        pythonDict(&out, resultName(method), doc, method.result, base: "CommonResult")
      }
    }
  }

  /// Python 3.9 marks optional members by class, not by member: those of a base are all there.
  private func pythonDict(
    _ out: inout SwiftText, _ name: String, _ doc: String, _ fields: [Field],
    base: String = "TypedDict"
  ) {
    let present = fields.filter { !$0.isOptional }
    let absent = fields.filter(\.isOptional)
    let isSplit = !present.isEmpty && !absent.isEmpty
    if isSplit {
      pythonClass(&out, "_\(name)", "(\(base))", "Members always there.", present)
      pythonClass(&out, name, "(_\(name), total=False)", doc, absent)
    } else {
      pythonClass(&out, name, "(\(base)\(present.isEmpty ? ", total=False" : ""))", doc, fields)
    }
  }

  private func pythonClass(
    _ out: inout SwiftText, _ name: String, _ bases: String, _ doc: String, _ fields: [Field]
  ) {
    out.line()
    out.line()
    out.line("class \(name)\(bases):")
    out.indented { out in
      out.line("\"\"\"\(doc)\"\"\"")
      if !fields.isEmpty { out.line() }
      for field in fields { out.line("\(field.name): \(pythonType(field.type))") }
    }
  }

  private func pythonErrors() -> GeneratedFile {
    python("errors", doc: "One class for each class of error.") { out in
      out.line()
      out.line("from __future__ import annotations")
      out.line()
      out.line("from typing import Dict, Type")
      out.line()
      out.line("from ..failure import ReplyError")
      for entry in contract.classes {
        out.line()
        out.line()
        out.line("class \(errorClassName(entry.name))(ReplyError):")
        out.indented { $0.line("\"\"\"\(entry.meaning)\"\"\"") }
      }
      out.line()
      out.line()
      out.line("BY_CLASS: Dict[str, Type[ReplyError]] = {")
      out.indented { out in
        for entry in contract.classes {
          out.line("\(literal(entry.name)): \(errorClassName(entry.name)),")
        }
      }
      out.line("}")
    }
  }

  private func pythonTables() -> GeneratedFile {
    python("tables", doc: "Methods, error codes and currencies.") { out in
      out.line()
      out.line("from typing import Dict, Tuple")
      out.line()
      out.line("# Method: what it does to the state, and whether it takes an idempotency key.")
      out.line("METHODS: Dict[str, Tuple[str, str]] = {")
      out.indented { out in
        for method in contract.methods {
          out.line("\(literal(method.name)): (\(literal(method.effect)), \(literal(method.key))),")
        }
      }
      out.line("}")
      out.line()
      out.line("# Code: its class, and what the same request would bring.")
      out.line("CODES: Dict[str, Tuple[str, str]] = {")
      out.indented { out in
        for entry in contract.errors {
          let words = "(\(literal(entry.errorClass)), \(literal(entry.retry)))"
          out.line("\(literal(entry.code)): \(words),")
        }
      }
      out.line("}")
      out.line()
      out.line("# Currency: decimals of its minor unit.")
      out.line("CURRENCIES: Dict[str, int] = {")
      out.indented { out in
        let words = contract.currencies.map { "\(literal($0.code)): \($0.exponent)," }
        out.wrapped(words, first: "", rest: "", tail: "")
      }
      out.line("}")
    }
  }

  private func pythonMethods(isAsync: Bool) -> GeneratedFile {
    python(
      isAsync ? "async_methods" : "methods",
      doc: "The methods of the contract\(isAsync ? ", for asyncio" : "")."
    ) { out in
      out.line()
      out.line("from __future__ import annotations")
      out.line()
      let names = isAsync ? "Any, Awaitable, Callable" : "Any, Callable"
      out.line("from typing import \(names), Dict, Optional, Sequence")
      out.line()
      out.line("from ..family import \(isAsync ? "AsyncFamily" : "Family")")
      out.line("from .types import *  # noqa: F403")
      for family in callFamilies {
        out.line()
        out.line()
        out.line("class \(SwiftName.type(family.name))Methods(\(isAsync ? "Async" : "")Family):")
        out.indented { out in
          out.line("\"\"\"Methods of \(family.name).\"\"\"")
          for method in family.methods {
            out.line()
            pythonMethod(&out, method, isAsync: isAsync)
          }
        }
      }
      pythonFamilies(&out, isAsync: isAsync)
    }
  }

  private func pythonFamilies(_ out: inout SwiftText, isAsync: Bool) {
    let returned = isAsync ? "Awaitable[Any]" : "Any"
    out.line()
    out.line()
    out.line("class \(isAsync ? "Async" : "")Families:")
    out.indented { out in
      out.line("\"\"\"Every family but those with streams, which are written by hand.\"\"\"")
      out.line()
      out.line("def __init__(self, call: Callable[[str, Dict[str, Any]], \(returned)]) -> None:")
      out.indented { out in
        for name in plainFamilies {
          out.line("self.\(name) = \(SwiftName.type(name))Methods(call)")
        }
      }
    }
  }

  private func pythonMethod(_ out: inout SwiftText, _ method: MethodEntry, isAsync: Bool) {
    let (leading, named) = ordered(method)
    let common = commonParams(method)
    out.line("\(isAsync ? "async " : "")def \(pythonName(shortName(method)))(")
    out.indented { out in
      out.line("self,")
      for param in leading { out.line(pythonParam(param)) }
      out.line("*,")
      for param in named { out.line(pythonParam(param)) }
      for field in common { out.line("\(field.name): Optional[\(pythonType(field.type))] = None,") }
    }
    out.line(") -> \(resultName(method)):")
    out.indented { out in
      out.wrapped(
        "\(method.summary).".split(separator: " ").map(String.init), first: "\"\"\"", rest: "",
        tail: "")
      out.line()
      out.wrapped(method.doc.split(separator: " ").map(String.init), first: "", rest: "", tail: "")
      out.line("\"\"\"")
      out.line("result: \(resultName(method)) = \(isAsync ? "await " : "")self._call(")
      out.indented { out in
        out.line("\(literal(method.name)),")
        out.line("{")
        out.indented { out in
          for name in (leading + named).map(\.name) + common.map(\.name) {
            out.line("\(literal(name)): \(pythonName(name)),")
          }
        }
        out.line("},")
      }
      out.line(")")
      out.line("return result")
    }
  }

  private func pythonName(_ name: String) -> String {
    Self.pythonReserved.contains(name) ? name + "_" : name
  }

  private func pythonParam(_ param: ClientParam) -> String {
    let type = pythonType(param.type, isParam: true)
    let name = pythonName(param.name)
    return param.isRequired ? "\(name): \(type)," : "\(name): Optional[\(type)] = None,"
  }
}
