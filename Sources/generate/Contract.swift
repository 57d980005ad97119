import JSON

// The contract as values: what stands in `Protocol/`, after it was read and checked.

struct ContractProblem: Equatable, CustomStringConvertible {
  /// Path below `Protocol/`.
  let file: String
  /// JSON Pointer into the file, or empty.
  let path: String
  let message: String

  var description: String { "Protocol/\(file)\(path.isEmpty ? "" : "#\(path)"): \(message)" }
}

/// A type's name, or a list of it: `order`, `[order]`.
struct TypeReference: Equatable {
  let name: String
  let isList: Bool

  init(_ text: String) {
    isList = text.hasPrefix("[") && text.hasSuffix("]")
    name = isList ? String(text.dropFirst().dropLast()) : text
  }

  var text: String { isList ? "[\(name)]" : name }
}

struct Field {
  let name: String
  let type: TypeReference
  let isOptional: Bool
  /// Smallest and largest integer, amount in minor units, or number of elements.
  let min: Int64?
  let max: Int64?
  let defaultValue: JSONValue?
  /// How the value is masked for roles that may not see it whole.
  let mask: String?
  let doc: String
}

enum ScalarKind: String, CaseIterable {
  case string, integer, boolean, json, object, map
}

struct ScalarType {
  let name: String
  let kind: ScalarKind
  /// Integers: the range. Strings: the length in bytes.
  let min: Int64?
  let max: Int64?
  let minCharacters: Int64?
  let maxItems: Int64?
  let maxBytes: Int64?
  let alphabet: String?
  let prefix: String?
  let forbiddenPrefix: String?
  let format: String?
  /// How the command line reads it: `time`, `duration`, `bytes`, or as its kind says.
  let commandLine: String?
  let doc: String
}

struct NamedDoc {
  let name: String
  let doc: String
}

struct EnumType {
  let name: String
  let doc: String
  let values: [NamedDoc]
}

struct ObjectType {
  let name: String
  let doc: String
  let fields: [Field]
}

struct ErrorClassEntry {
  let name: String
  let number: Int64
  let exit: Int64
  let meaning: String
}

struct ErrorEntry {
  let code: String
  let errorClass: String
  let retry: String
  let meaning: String
  let hint: String
  let closes: Bool
  let details: [Field]
}

struct LimitEntry {
  let name: String
  let value: Int64
  let unit: String
  let meaning: String
}

struct RoleEntry {
  let name: String
  let isMasked: Bool
  let visibility: String
  let meaning: String
}

/// How a method looks on the command line.
struct CommandLineEntry {
  let path: [String]
  let positional: [String]
  let columns: [String]
  /// Member of the result people came for.
  let member: String?
  /// Parameter name → flag, where the flag is not the parameter's name.
  let flags: [String: String]
  let examples: [String]
}

struct MethodEntry {
  let name: String
  let summary: String
  let doc: String
  let since: String
  let effect: String
  let key: String
  let batch: Bool
  let dryRun: Bool
  let visibility: String
  let params: [Field]
  let result: [Field]
  let errors: [String]
  let commandLine: CommandLineEntry?
  /// Names of dialogues in `vectors/`.
  let examples: [String]

  var family: String { String(name.prefix { $0 != "." }) }
}

struct EventEntry {
  let type: String
  let summary: String
  let since: String
  /// Members of the envelope that are always there for this type.
  let about: [String]
  let data: [Field]
}

struct ContractFile: Equatable {
  /// Path below `Protocol/`.
  let path: String
  let bytes: [UInt8]
}

struct Contract {
  var classes: [ErrorClassEntry] = []
  var retry: [NamedDoc] = []
  var outcome: [NamedDoc] = []
  var exits: [NamedDoc] = []
  var errors: [ErrorEntry] = []
  var limits: [LimitEntry] = []
  var roles: [RoleEntry] = []
  var unconfigured: [String] = []
  /// Method → roles that have it.
  var methodRoles: [(method: String, roles: [String])] = []
  var currencies: [(code: String, exponent: Int64)] = []
  var scalars: [ScalarType] = []
  var enums: [EnumType] = []
  var objects: [ObjectType] = []
  var commonParams: [Field] = []
  var commonResult: [Field] = []
  var notifications: [ObjectType] = []
  var methods: [MethodEntry] = []
  var events: [EventEntry] = []
  /// The contract's own files, sorted by path as bytes.
  var files: [ContractFile] = []
  /// Dialogues by name, for the examples of the reference.
  var vectors: [String: [UInt8]] = [:]

  func scalar(_ name: String) -> ScalarType? { scalars.first { $0.name == name } }
  func enumeration(_ name: String) -> EnumType? { enums.first { $0.name == name } }
  func object(_ name: String) -> ObjectType? { objects.first { $0.name == name } }
}
