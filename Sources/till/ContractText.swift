// The contract this program was made from, read from its own bytes. Only for commands that explain:
// sending a request needs nothing of it.

import JSON
import Wire

/// SHA-256 of the contract, as the daemon's greeting names its own.
func contractDigest() -> String {
  var bytes: [UInt8] = []
  for file in ContractFiles.all {
    bytes += file.path.utf8Bytes + [0] + file.content.utf8Bytes
  }
  return hexadecimal(sha256(bytes))
}

/// One file of the contract by its path below `Protocol/`; nil when there is none.
func contractFile(_ path: String) -> JSONValue? {
  guard let file = ContractFiles.all.first(where: { $0.path.utf8Bytes == Array(path.utf8) }) else {
    return nil
  }
  let limits = JSONLimits(depth: 64, values: 1_000_000, stringBytes: 1 << 20)
  do throws(JSONError) {
    return try JSONReader.read(file.content.utf8Bytes, profile: .document, limits: limits)
  } catch {
    preconditionFailure("the contract inside this program is not JSON")
  }
}

extension StaticString {
  fileprivate var utf8Bytes: [UInt8] { withUTF8Buffer { Array($0) } }
}

/// What the contract says of an error code, type or event; empty when it knows no such word.
func contractLines(_ word: String) -> [String] {
  errorLines(word) ?? eventLines(word) ?? typeLines(word) ?? []
}

/// What it says of a word of the types that are lists of words, as `e4`; several may have it.
func valueLines(_ word: String) -> [String] {
  let enums = contractFile("types.json")?["enums"]?.objectValue?.members ?? []
  let meanings = enums.compactMap { type -> [String]? in
    guard let doc = type.value.value(at: ["values", word])?.stringValue else { return nil }
    return ["\(word): a word of \(type.key)", ""] + wrapped(doc, indent: "")
      + ["", "all of them: till explain \(type.key)"]
  }
  return Array(meanings.joined(separator: [""]))
}

private func errorLines(_ code: String) -> [String]? {
  guard let file = contractFile("errors.json"), let error = file.value(at: ["errors", code]) else {
    return nil
  }
  func text(_ name: String) -> String { error[name]?.stringValue ?? "" }
  let exit = file.value(at: ["classes", text("class"), "exit"])?.numberLiteral ?? ""
  let retry = file.value(at: ["retry", text("retry")])?.stringValue ?? ""
  var rows = [
    ("meaning", text("meaning")), ("do", text("hint")),
    ("class", "\(text("class")), exit code \(exit)"),
    ("retry", "\(text("retry")): \(retry)"),
  ]
  for detail in error["details"]?.objectValue?.members ?? [] {
    rows.append(("details.\(detail.key)", detail.value["doc"]?.stringValue ?? ""))
  }
  return ["\(code): an error code", ""] + twoColumns(rows)
}

private func eventLines(_ type: String) -> [String]? {
  guard let file = contractFile("events/\(type).json") else { return nil }
  let summary = file["doc"]?.stringValue ?? file["summary"]?.stringValue ?? ""
  return ["\(type): an event", ""] + wrapped(summary, indent: "") + fieldLines(file["data"])
}

private func typeLines(_ name: String) -> [String]? {
  guard let file = contractFile("types.json") else { return nil }
  if let type = file.value(at: ["enums", name]) {
    let rows = (type["values"]?.objectValue?.members ?? []).map {
      ($0.key, $0.value.stringValue ?? "")
    }
    return ["\(name): one of these words", ""] + wrapped(type["doc"]?.stringValue ?? "", indent: "")
      + [""] + twoColumns(rows)
  }
  if let type = file.value(at: ["objects", name]) {
    return ["\(name): an object", ""] + wrapped(type["doc"]?.stringValue ?? "", indent: "")
      + fieldLines(type["fields"])
  }
  guard let type = file.value(at: ["scalars", name]) else { return nil }
  let rules = (type.objectValue?.members ?? []).filter { $0.key != "doc" && $0.key != "cli" }
    .map { ($0.key, $0.value.stringValue ?? String(decoding: $0.value.bytes(), as: UTF8.self)) }
  return ["\(name): a value", ""] + wrapped(type["doc"]?.stringValue ?? "", indent: "") + [""]
    + twoColumns(rules)
}

private func fieldLines(_ fields: JSONValue?) -> [String] {
  let rows = (fields?.objectValue?.members ?? []).map { field in
    let isOptional = field.value["optional"]?.boolValue == true
    let type = field.value["type"]?.stringValue ?? ""
    return (
      "\(field.key)\(isOptional ? "?" : "")", "\(type). \(field.value["doc"]?.stringValue ?? "")"
    )
  }
  return rows.isEmpty ? [] : [""] + twoColumns(rows)
}
