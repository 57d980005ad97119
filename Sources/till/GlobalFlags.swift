// The flags that every command takes.

/// What the parser must know of a flag.
struct FlagShape: Sendable {
  let name: String
  /// The word for its value in help; nil for a switch.
  let placeholder: String?
  let doc: String

  var takesValue: Bool { placeholder != nil }
}

/// Flags of the program, not of one command.
let globalFlags: [FlagShape] = [
  FlagShape(name: "json", placeholder: nil, doc: "one compact object a line, errors too"),
  FlagShape(
    name: "format", placeholder: "FORMAT",
    doc: "table, wide, json, jsonl, tsv, csv, id or raw (TILL_FORMAT)"),
  FlagShape(name: "columns", placeholder: "A,B.C", doc: "the members to show, dotted paths"),
  FlagShape(
    name: "get", placeholder: "PATH",
    doc: "print one member of the result, exit 3 when it is missing"),
  FlagShape(name: "no-header", placeholder: nil, doc: "leave the line of column names away"),
  FlagShape(name: "time", placeholder: "local|utc|ms", doc: "how times are shown"),
  FlagShape(
    name: "lang", placeholder: "zh|en",
    doc: "language of texts and reports; other messages are in English"),
  FlagShape(name: "color", placeholder: "auto|always|never", doc: "colour (NO_COLOR, TERM=dumb)"),
  FlagShape(name: "wire", placeholder: nil, doc: "show the lines sent and received on stderr"),
  FlagShape(name: "socket", placeholder: "PATH", doc: "the daemon's socket (TILL_SOCKET)"),
  FlagShape(
    name: "token-file", placeholder: "FILE",
    doc: "act as the operator of this token (TILL_TOKEN_FILE)"),
  FlagShape(name: "timeout", placeholder: "DURATION", doc: "give up after this time, like 30s"),
  FlagShape(
    name: "connect-timeout", placeholder: "DURATION",
    doc: "keep trying to connect for this long, 5s if not given"),
  FlagShape(name: "key", placeholder: "KEY", doc: "idempotency key: the same key never acts twice"),
  FlagShape(name: "trace", placeholder: "TEXT", doc: "copied to the log and to events"),
  FlagShape(name: "dry-run", placeholder: nil, doc: "check everything, change nothing"),
  FlagShape(name: "yes", placeholder: nil, doc: "do not ask before a command that takes away"),
  FlagShape(
    name: "params", placeholder: "FILE|-", doc: "start from these parameters, one JSON object"),
  FlagShape(
    name: "param", placeholder: "/PTR=TEXT",
    doc: "set one parameter: /ptr=text or /ptr:=JSON; may be repeated"),
  FlagShape(name: "help", placeholder: nil, doc: "explain the command"),
  FlagShape(name: "version", placeholder: nil, doc: "print the version, without a daemon"),
]

/// `--minor 5800 --currency CNY`, for commands with exactly one amount.
let minorUnitFlags: [FlagShape] = [
  FlagShape(name: "minor", placeholder: "UNITS", doc: "the amount in minor units, with --currency"),
  FlagShape(name: "currency", placeholder: "CODE", doc: "the currency of --minor"),
]

/// How rows are printed.
enum OutputFormat: String, CaseIterable, Sendable {
  case table, wide, json, jsonl, tsv, csv, id, raw
}

/// How times are printed.
enum TimeStyle: String, CaseIterable, Sendable {
  case local, utc, ms
}

/// When colour is used.
enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}

/// The global flags of one command line, checked.
struct GlobalOptions {
  var format: OutputFormat = .table
  /// True when errors go out as JSON.
  var isMachineReadable = false
  var columns: [String] = []
  var get: String?
  var showsHeader = true
  var time: TimeStyle = .local
  var language: String?
  var color: ColorChoice = .auto
  var showsWire = false
  var socket: String?
  var tokenFile: String?
  var timeoutMilliseconds: Int64?
  var connectTimeoutMilliseconds: Int64 = 5_000
  var key: String?
  var trace: String?
  var isDryRun = false
  var isConfirmed = false
  var paramsFile: String?
  var params: [String] = []
  var wantsHelp = false
  var wantsVersion = false

  /// Reads the flags of the program; `environment` gives TILL_FORMAT.
  ///
  /// - Throws: `UsageError` for a value a flag does not take.
  init(_ flags: [GivenFlag], environment: (String) -> String?) throws(UsageError) {
    if let text = environment("TILL_FORMAT"), !text.isEmpty {
      format = try choice(OutputFormat.self, text, "TILL_FORMAT")
    }
    for flag in flags { try set(flag) }
    if language == nil { language = preferredLanguage(environment) }
    isMachineReadable = [.json, .jsonl, .raw].contains(format)
  }

  private mutating func set(_ flag: GivenFlag) throws(UsageError) {
    let value = flag.value ?? ""
    switch flag.name {
    case "json": format = .jsonl
    case "format": format = try choice(OutputFormat.self, value, "--format")
    case "columns": columns = value.split(separator: ",").map(String.init)
    case "get": get = value
    case "no-header": showsHeader = false
    case "time": time = try choice(TimeStyle.self, value, "--time")
    case "lang":
      guard ["zh", "en"].contains(value) else {
        throw unknownChoice(value, among: ["zh", "en"]).about("--lang")
      }
      language = value
    case "color": color = try choice(ColorChoice.self, value, "--color")
    case "wire": showsWire = true
    case "yes": isConfirmed = true
    case "help": wantsHelp = true
    case "version": wantsVersion = true
    default: try setRequestPart(flag.name, value)
    }
  }

  private mutating func setRequestPart(_ name: String, _ value: String) throws(UsageError) {
    switch name {
    case "socket": socket = value
    case "token-file": tokenFile = value
    case "timeout":
      let milliseconds = try duration(value, "--timeout")
      guard milliseconds > 0 else { throw UsageError("--timeout must be more than 0") }
      timeoutMilliseconds = milliseconds
    case "connect-timeout": connectTimeoutMilliseconds = try duration(value, "--connect-timeout")
    case "key":
      try checkKey(value)
      key = value
    case "trace": trace = value
    case "dry-run": isDryRun = true
    case "params": paramsFile = value
    case "param": params.append(value)
    default: preconditionFailure("a global flag has no place in GlobalOptions")
    }
  }

  private func duration(_ text: String, _ flag: String) throws(UsageError) -> Int64 {
    do { return try parseDuration(text) } catch { throw error.about(flag) }
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type, _ text: String, _ flag: String
  ) throws(UsageError) -> Choice where Choice.RawValue == String {
    if let value = Choice(rawValue: text) { return value }
    let names = Choice.allCases.map(\.rawValue)
    throw unknownChoice(text, among: names).about(flag)
  }
}

/// The language the locale of the environment asks for, where texts exist in it.
private func preferredLanguage(_ environment: (String) -> String?) -> String? {
  for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
    guard let locale = environment(name), !locale.isEmpty else { continue }
    return locale.hasPrefix("zh") ? "zh" : nil
  }
  return nil
}

/// Refuses a key that the daemon would refuse, before anything is sent.
func checkKey(_ key: String) throws(UsageError) {
  let isAllowed = key.utf8.allSatisfy { byte in
    isAlphanumeric(byte) || byte == 0x2E || byte == 0x5F || byte == 0x3A || byte == 0x2D
  }
  guard isAllowed, (8...128).contains(key.utf8.count) else {
    throw UsageError(
      "a key is 8 to 128 of A-Z a-z 0-9 . _ : -", hints: ["given: \(printable(key))"])
  }
}

/// True for ASCII letters and digits.
func isAlphanumeric(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}

/// Says which choices there are, with the nearest one.
func unknownChoice(_ text: String, among names: [String]) -> UsageError {
  var hints = ["one of: \(names.joined(separator: " "))"]
  if let near = nearest(to: text, among: names) { hints.insert("did you mean: \(near)", at: 0) }
  return UsageError("'\(printable(text))' is not one of the values", hints: hints)
}
