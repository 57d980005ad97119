import JSON

/// Collects what is wrong with the contract, so that one run names all of it.
final class ContractProblems {
  private(set) var list: [ContractProblem] = []

  func add(_ file: String, _ path: String, _ message: String) {
    list.append(ContractProblem(file: file, path: path, message: message))
  }
}

/// Checked access to the members of one object of a contract file. Reading a member marks it as
/// known; `finish` reports the rest.
struct Members {
  let file: String
  let path: String
  private let object: JSONObject
  private let problems: ContractProblems
  private var known: Set<String> = []

  init(_ value: JSONValue?, file: String, path: String, problems: ContractProblems) {
    self.file = file
    self.path = path
    self.problems = problems
    object = value?.objectValue ?? JSONObject()
    if value?.objectValue == nil { problems.add(file, path, "an object is wanted") }
  }

  mutating func value(_ name: String) -> JSONValue? {
    known.insert(name)
    return object[name]
  }

  mutating func string(_ name: String) -> String {
    if let text = optionalString(name) { return text }
    if object[name] == nil { report("the member \(name) is missing") }
    return ""
  }

  mutating func optionalString(_ name: String) -> String? {
    guard let value = value(name) else { return nil }
    if value.stringValue == nil { report("\(name) must be a string") }
    return value.stringValue
  }

  mutating func integer(_ name: String) -> Int64 {
    if let value = optionalInteger(name) { return value }
    if object[name] == nil { report("the member \(name) is missing") }
    return 0
  }

  mutating func optionalInteger(_ name: String) -> Int64? {
    guard let value = value(name) else { return nil }
    if value.integerValue == nil { report("\(name) must be an integer") }
    return value.integerValue
  }

  mutating func flag(_ name: String, default standard: Bool = false) -> Bool {
    guard let value = value(name) else { return standard }
    if value.boolValue == nil { report("\(name) must be true or false") }
    return value.boolValue ?? standard
  }

  mutating func strings(_ name: String) -> [String] {
    guard let value = value(name) else { return [] }
    let list = value.arrayValue?.compactMap(\.stringValue) ?? []
    if list.count != value.arrayValue?.count { report("\(name) must be a list of strings") }
    return list
  }

  mutating func objects(_ name: String) -> [Members] {
    guard let value = value(name) else { return [] }
    guard let list = value.arrayValue else {
      report("\(name) must be a list of objects")
      return []
    }
    return list.enumerated().map { index, element in
      Members(element, file: file, path: "\(path)/\(name)/\(index)", problems: problems)
    }
  }

  /// The members of a member, in order, each as an object.
  mutating func entries(_ name: String) -> [(name: String, members: Members)] {
    rawEntries(name).map { key, value in
      let path = "\(self.path)/\(name)/\(key)"
      return (key, Members(value, file: file, path: path, problems: problems))
    }
  }

  /// The members of a member, in order, each as a string.
  mutating func docs(_ name: String) -> [NamedDoc] {
    rawEntries(name).map { key, value in
      if value.stringValue == nil { report("\(name)/\(key) must be a string") }
      return NamedDoc(name: key, doc: value.stringValue ?? "")
    }
  }

  mutating func rawEntries(_ name: String) -> [(String, JSONValue)] {
    guard let value = value(name) else { return [] }
    guard let inner = value.objectValue else {
      report("\(name) must be an object")
      return []
    }
    return inner.members.map { ($0.key, $0.value) }
  }

  mutating func oneOf(_ name: String, _ allowed: [String]) -> String {
    let text = string(name)
    if !allowed.contains(text) {
      report("\(name) must be one of \(allowed.joined(separator: ", "))")
    }
    return text
  }

  func report(_ message: String) { problems.add(file, path, message) }

  /// Reports every member nobody asked for.
  func finish() {
    for key in object.keys where !known.contains(key) { report("unknown member \(key)") }
  }
}
