// The contract's own bytes, for `protocol.describe` and for the digest in the greeting.

extension Emitter {
  func contractFiles() -> GeneratedFile {
    var out = SwiftText.file()
    out.doc("The files of the contract, dialogues and prose left out.")
    out.block("package enum ContractFiles") { out in
      out.doc(
        "Path below `Protocol/` and content of each, sorted by path as bytes. The schema digest "
          + "is SHA-256 over path, a zero byte and content of all of them in this order.")
      out.line("package static let all: [(path: StaticString, content: StaticString)] = [")
      out.indented { out in
        for (index, file) in contract.files.enumerated() {
          out.line("(\(literal(file.path)), content\(index)),")
        }
      }
      out.line("]")
    }
    for (index, file) in contract.files.enumerated() {
      out.line()
      out.line("private let content\(index): StaticString = ##\"\"\"")
      out.verbatim(String(decoding: file.bytes, as: UTF8.self))
      if file.bytes.last == UInt8(ascii: "\n") { out.line() } else { out.verbatim("\n") }
      out.line("\"\"\"##")
    }
    return GeneratedFile(path: "Sources/Wire/Generated/ContractFiles.swift", text: out.text)
  }
}
