// Which columns there are, as the contract has it: a name that is none would print nothing.

import JSON

/// What may be named by `--columns` of one command.
struct ColumnNames {
  private let command: CommandSpec
  /// The members of a row with their types; nil where the contract does not say.
  private let members: [(name: String, type: String)]?
  private let types: JSONValue?

  init(of command: CommandSpec) {
    self.command = command
    types = contractFile("types.json")
    members = Self.members(of: command, types)
  }

  /// Refuses names that no row can have.
  ///
  /// - Throws: `UsageError` with the names there are.
  func check(_ columns: [String]) throws(UsageError) {
    guard let members else { return }
    for column in columns {
      let tokens = column.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      try check(tokens[...], among: members, before: "", of: column)
    }
  }

  private func check(
    _ tokens: ArraySlice<String>, among members: [(name: String, type: String)],
    before prefix: String, of column: String
  ) throws(UsageError) {
    guard let token = tokens.first else { return }
    guard let member = members.first(where: { $0.name == token }) else {
      throw Self.refusal(
        of: command, column, near: token, among: members.map(\.name), before: prefix)
    }
    try check(tokens.dropFirst(), below: member.type, before: "\(prefix)\(token).", of: column)
  }

  private func check(
    _ tokens: ArraySlice<String>, below type: String, before prefix: String, of column: String
  ) throws(UsageError) {
    guard let token = tokens.first else { return }
    if type.hasPrefix("[") {
      guard Int(token) != nil else {
        throw Self.refusal(of: command, column, near: token, among: ["0"], before: prefix)
      }
      let element = String(type.dropFirst().dropLast())
      return try check(tokens.dropFirst(), below: element, before: "\(prefix)\(token).", of: column)
    }
    if let fields = Self.fields(of: type, types) {
      return try check(tokens, among: fields, before: prefix, of: column)
    }
    guard !Self.isOpen(type, types) else { return }
    throw Self.refusal(of: command, column, near: token, among: [])
  }

  /// - Parameter prefix: what the names stand below, with its dot.
  static func refusal(
    of command: CommandSpec, _ column: String, near token: String, among names: [String],
    before prefix: String = ""
  ) -> UsageError {
    var hints: [String] = []
    if let near = nearest(to: token, among: names) { hints = ["did you mean: \(prefix)\(near)"] }
    if !names.isEmpty {
      hints.append("one of: \(names.map { prefix + $0 }.joined(separator: " "))")
    }
    return UsageError(
      "--columns: till \(command.name) has no column '\(printable(column))'", hints: hints)
  }

  // MARK: The contract

  private static func members(
    of command: CommandSpec, _ types: JSONValue?
  ) -> [(name: String, type: String)]? {
    if command.effect == "stream" { return fields(of: "event", types) }
    guard let result = contractFile("methods/\(command.method).json")?["result"] else { return nil }
    guard let member = command.resultMember, let type = result[member]?["type"]?.stringValue else {
      // Every reply may have these beside its own.
      return typed(result) + (types?.value(at: ["common", "result"]).map(typed) ?? [])
    }
    let row = type.hasPrefix("[") ? String(type.dropFirst().dropLast()) : type
    if isOpen(row, types) { return nil }
    return fields(of: row, types) ?? [("value", row)]
  }

  private static func fields(
    of type: String, _ types: JSONValue?
  ) -> [(name: String, type: String)]? {
    types?.value(at: ["objects", type, "fields"]).map(typed)
  }

  private static func typed(_ fields: JSONValue) -> [(name: String, type: String)] {
    (fields.objectValue?.members ?? []).map { ($0.key, $0.value["type"]?.stringValue ?? "") }
  }

  /// True for what holds members of anybody's choice.
  private static func isOpen(_ type: String, _ types: JSONValue?) -> Bool {
    let kind = types?.value(at: ["scalars", type, "kind"])?.stringValue ?? ""
    return ["json", "object", "map"].contains(kind)
  }
}

/// Refuses names that no row of a command can have, before anything is sent.
func checkColumns(_ columns: [String], of command: CommandSpec) throws(UsageError) {
  guard !columns.isEmpty else { return }
  try ColumnNames(of: command).check(columns)
}

/// Refuses a name that none of some rows has: for commands that no contract describes.
func checkColumns(
  _ columns: [String], of command: CommandSpec, in rows: [JSONValue]
) throws(UsageError) {
  guard command.method.isEmpty, !rows.isEmpty else { return }
  for column in columns where !command.columns.contains(column) {
    guard rows.allSatisfy({ $0.value(atPath: column) == nil }) else { continue }
    throw ColumnNames.refusal(of: command, column, near: column, among: command.columns)
  }
}
