// What the domain knows of the contract: error codes, limits, currencies.

extension Emitter {
  func errorCodes() -> GeneratedFile {
    var out = SwiftText.file()
    out.doc("Every error code of the wire. `rawValue` is what stands in `error.data.code`.")
    out.block("package enum ErrorCode: String, CaseIterable, Sendable") { out in
      for entry in contract.errors {
        out.doc(entry.meaning)
        out.line("case \(enumCase(entry.code))")
      }
      out.line()
      out.doc("The class, which gives the JSON-RPC number and the exit status.")
      grouped(&out, "package var errorClass: ErrorClass", by: \.errorClass)
      out.line()
      out.doc("What the caller may do with the same request.")
      grouped(&out, "package var retry: RetryAdvice", by: \.retry)
      out.line()
      out.doc("Whether the connection ends after this error.")
      out.block("package var closesConnection: Bool") { out in
        let names = contract.errors.filter(\.closes).map { "." + identifier($0.code) }
        out.choose("self") { out in
          cases(&out, names, "true")
          out.line("default: false")
        }
      }
      out.line()
      out.doc("What the caller should do, in one or two sentences.")
      out.block("package var hint: String") { out in
        out.choose("self") { out in
          for entry in contract.errors {
            out.line("case .\(identifier(entry.code)):")
            out.indented { $0.line(literal(entry.hint)) }
          }
        }
      }
    }
    out.line()
    errorClasses(&out)
    out.line()
    plainEnum(
      &out, "RetryAdvice", "What the caller may do with the same request.", contract.retry)
    out.line()
    plainEnum(&out, "Outcome", "What is known of the effect of a failed request.", contract.outcome)
    return GeneratedFile(path: "Sources/Domain/Generated/ErrorCode.swift", text: out.text)
  }

  private func errorClasses(_ out: inout SwiftText) {
    out.doc("A class of error codes.")
    out.block("package enum ErrorClass: String, CaseIterable, Sendable") { out in
      for entry in contract.classes {
        out.doc(entry.meaning)
        out.line("case \(enumCase(entry.name))")
      }
      out.line()
      out.doc("The JSON-RPC number in `error.code`.")
      out.block("package var number: Int64") { out in
        out.choose("self") { out in
          for entry in contract.classes {
            out.line("case .\(identifier(entry.name)): \(entry.number)")
          }
        }
      }
      out.line()
      out.doc("The exit status of the command line; 12 stands above it for an unknown outcome.")
      out.block("package var exitCode: Int32") { out in
        out.choose("self") { out in
          for entry in contract.classes {
            out.line("case .\(identifier(entry.name)): \(entry.exit)")
          }
        }
      }
    }
  }

  private func plainEnum(
    _ out: inout SwiftText, _ name: String, _ doc: String, _ values: [NamedDoc]
  ) {
    out.doc(doc)
    out.block("package enum \(name): String, CaseIterable, Sendable") { out in
      for value in values {
        out.doc(value.doc)
        out.line("case \(enumCase(value.name))")
      }
    }
  }

  private func grouped(
    _ out: inout SwiftText, _ head: String, by key: KeyPath<ErrorEntry, String>
  ) {
    var order: [String] = []
    for entry in contract.errors where !order.contains(entry[keyPath: key]) {
      order.append(entry[keyPath: key])
    }
    out.block(head) { out in
      out.choose("self") { out in
        for value in order {
          let names = contract.errors.filter { $0[keyPath: key] == value }
          cases(&out, names.map { "." + identifier($0.code) }, "." + identifier(value))
        }
      }
    }
  }

  func limits() -> GeneratedFile {
    var out = SwiftText.file()
    out.doc("Every limit of protocol 1. Reaching one is a named refusal that carries it.")
    out.block("package enum Limits") { out in
      for entry in contract.limits {
        out.doc(entry.meaning)
        out.line("package static let \(limitName(entry)) = \(entry.value)")
      }
      out.line()
      out.doc("Name on the wire and value of each, in the order of the contract.")
      out.line("package static let all: [(name: StaticString, value: Int64)] = [")
      out.indented { out in
        for entry in contract.limits {
          out.line("(\(literal(wireLimitName(entry))), \(entry.value)),")
        }
      }
      out.line("]")
    }
    return GeneratedFile(path: "Sources/Domain/Generated/Limits.swift", text: out.text)
  }

  func currencies() -> GeneratedFile {
    var out = SwiftText.file()
    out.doc("Active ISO 4217 currencies that have a minor unit.")
    out.block("package enum CurrencyTable") { out in
      out.doc("Code and digits after the point, sorted by code.")
      out.line("package static let exponents: [(code: StaticString, exponent: UInt8)] = [")
      out.indented { out in
        out.wrapped(
          contract.currencies.map { "(\"\($0.code)\", \($0.exponent))," }, first: "", rest: "",
          tail: "")
      }
      out.line("]")
      out.line()
      out.doc("The three letters as one number, big-endian, beside `exponents`.")
      out.line("private static let packed: [UInt32] = [")
      out.indented { out in
        let numbers = contract.currencies.map { "\(packed($0.code))," }
        out.wrapped(numbers, first: "", rest: "", tail: "")
      }
      out.line("]")
      out.line()
      out.verbatim(Self.currencySearch)
    }
    return GeneratedFile(path: "Sources/Domain/Generated/CurrencyTable.swift", text: out.text)
  }

  private func packed(_ code: String) -> UInt32 {
    code.utf8.reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static let currencySearch = """
      /// Digits after the point of a currency, or nil if the code is not in the table.
      package static func exponent(of code: String) -> UInt8? {
        guard code.utf8.count == 3 else { return nil }
        var wanted: UInt32 = 0
        for byte in code.utf8 { wanted = wanted << 8 | UInt32(byte) }
        var low = 0
        var high = packed.count
        while low < high {
          let middle = (low + high) / 2
          if packed[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        guard low < packed.count, packed[low] == wanted else { return nil }
        return exponents[low].exponent
      }

    """
}
