// From a parsed command line to the parameters of one or several requests.

import Domain
import JSON

struct ParameterBuilder {
  let invocation: Invocation
  let options: GlobalOptions
  let inputs: Inputs

  private var command: CommandSpec { invocation.command }

  /// The parameters of every request this command line makes, in order.
  ///
  /// A command with one word takes several, one request each, and `-` for the lines of standard
  /// input.
  func requests() throws(UsageError) -> [JSONObject] {
    try refuseUselessOptions()
    let base = try baseParameters()
    var requests: [JSONObject] = []
    for words in try wordsOfRequests(base) {
      requests.append(try request(words, base: base))
    }
    return requests
  }

  private func wordsOfRequests(_ base: JSONValue) throws(UsageError) -> [[String]] {
    guard let only = command.positionals.first, command.positionals.count == 1, !only.repeated,
      only.kind == .text, !invocation.words.isEmpty
    else { return [invocation.words] }
    var words: [String] = []
    for word in invocation.words {
      if word == "-" { words += try inputs.lines("-") } else { words.append(word) }
    }
    guard words.count <= 1 || options.key == nil else {
      throw UsageError("--key is for one request, and this line makes \(words.count)")
    }
    return words.map { [$0] }
  }

  private func refuseUselessOptions() throws(UsageError) {
    if options.isDryRun, !command.dryRun {
      throw UsageError("till \(command.name) has no --dry-run")
    }
    if options.key != nil, command.key == .none {
      throw UsageError("till \(command.name) takes no --key: it is safe to repeat")
    }
  }

  private func request(_ words: [String], base: JSONValue) throws(UsageError) -> JSONObject {
    var parameters = base
    let amount = try minorUnitAmount()
    let wordSpecs = command.positionals.filter { amount == nil || $0.kind != .money }
    for (argument, text) in try assign(words, to: wordSpecs, base: base) {
      try set(text, of: argument, in: &parameters)
    }
    for flag in invocation.flags {
      guard let argument = command.flags.first(where: { $0.name == flag.name }) else { continue }
      guard !argument.pointer.isEmpty else { continue }
      try set(flag.value ?? "", of: argument, in: &parameters)
    }
    if let (argument, money) = amount {
      put(moneyValue(money), at: argument.pointer, in: &parameters)
    }
    try setLanguage(in: &parameters)
    for text in options.params { try setParameter(text, in: &parameters) }
    try requireAll(in: parameters)
    setCommonMembers(in: &parameters)
    return parameters.objectValue ?? JSONObject()
  }

  private func baseParameters() throws(UsageError) -> JSONValue {
    guard let file = options.paramsFile else { return .object(JSONObject()) }
    let value: JSONValue
    if file.utf8.first == UInt8(ascii: "{") {
      throw UsageError(
        "--params names a file, or - for standard input; this is the JSON itself",
        hints: ["one parameter at a time: --param /order=A1001; more: till help parameters"])
    }
    do { value = try jsonValue(try inputs.read(file)) } catch { throw error.about("--params") }
    guard value.objectValue != nil else { throw UsageError("--params is not a JSON object") }
    return value
  }

  /// Gives words to positionals in order; optional ones only take what required ones leave over,
  /// counted, not guessed.
  private func assign(
    _ words: [String], to specs: [ArgumentSpec], base: JSONValue
  ) throws(UsageError) -> [(ArgumentSpec, String)] {
    func isNeeded(_ spec: ArgumentSpec) -> Bool {
      spec.required && base.value(at: pointerTokens(spec.pointer) ?? [""]) == nil
    }
    var spare = words.count - specs.filter(isNeeded).count
    var assigned: [(ArgumentSpec, String)] = []
    var next = 0
    for spec in specs {
      guard next < words.count else { break }
      if !isNeeded(spec) {
        guard spare > 0 else { continue }
        spare -= 1
      }
      assigned.append((spec, words[next]))
      next += 1
      while spec.repeated, spare > 0, next < words.count {
        assigned.append((spec, words[next]))
        next += 1
        spare -= 1
      }
    }
    guard next == words.count else {
      throw UsageError(
        "till \(command.name) takes no further word '\(printable(words[next]))'",
        hints: usageHints(of: command))
    }
    return assigned
  }

  private func set(
    _ text: String, of argument: ArgumentSpec, in parameters: inout JSONValue
  ) throws(UsageError) {
    let value: JSONValue
    do throws(UsageError) {
      value = try argumentValue(text, kind: argument.kind, inputs: inputs)
    } catch {
      let isWord = command.positionals.contains { $0.name == argument.name }
      guard isWord else { throw error.about("--\(argument.name)") }
      let hints = error.hints + usageHints(of: command)
      throw UsageError("\(argument.name.uppercased()): \(error.message)", hints: hints)
    }
    put(value, at: argument.repeated ? argument.pointer + "/-" : argument.pointer, in: &parameters)
  }

  private func put(_ value: JSONValue, at pointer: String, in parameters: inout JSONValue) {
    guard let tokens = pointerTokens(pointer), parameters.set(value, at: tokens) else {
      preconditionFailure("the command table names a pointer that no parameters can have")
    }
  }

  private func minorUnitAmount() throws(UsageError) -> (ArgumentSpec, Money)? {
    guard let argument = command.soleAmount else { return nil }
    switch (invocation.value("minor"), invocation.value("currency")) {
    case (nil, nil): return nil
    case (let units?, let code?):
      if invocation.has(argument.name) {
        throw UsageError("the amount is given twice, as --\(argument.name) and as --minor")
      }
      return (argument, try parseMinorUnits(units, currency: code))
    default: throw UsageError("--minor and --currency go together")
    }
  }

  private func setLanguage(in parameters: inout JSONValue) throws(UsageError) {
    guard let language = options.language, !invocation.has("lang"),
      let flag = command.flags.first(where: { $0.name == "lang" })
    else { return }
    try set(language, of: flag, in: &parameters)
  }

  private func setParameter(_ text: String, in parameters: inout JSONValue) throws(UsageError) {
    guard let equals = text.firstIndex(of: "=") else {
      throw UsageError(
        "--param '\(printable(text))' has no =", hints: ["/ptr=text or /ptr:=JSON"])
    }
    var pointer = text[..<equals]
    let right = String(text[text.index(after: equals)...])
    var value = JSONValue.string(right)
    if pointer.hasSuffix(":") {
      pointer = pointer.dropLast()
      do { value = try jsonValue(Array(right.utf8)) } catch { throw error.about("--param") }
    }
    guard let tokens = pointerTokens(String(pointer)) else {
      throw UsageError("--param: '\(printable(String(pointer)))' does not start with /")
    }
    guard parameters.set(value, at: tokens) else {
      throw UsageError("--param: nothing can stand at \(printable(String(pointer)))")
    }
  }

  private func requireAll(in parameters: JSONValue) throws(UsageError) {
    for argument in command.positionals + command.flags where argument.required {
      guard let tokens = pointerTokens(argument.pointer) else { continue }
      guard parameters.value(at: tokens) == nil else { continue }
      let isWord = command.positionals.contains { $0.name == argument.name }
      let name = isWord ? argument.name.uppercased() : "--\(argument.name)"
      throw UsageError(
        "till \(command.name) needs \(name)", hints: usageHints(of: command))
    }
  }

  private func setCommonMembers(in parameters: inout JSONValue) {
    guard case .object(var object) = parameters else { return }
    if let key = options.key { object["idempotency_key"] = .string(key) }
    if command.key == .required, object["idempotency_key"] == nil {
      object["idempotency_key"] = .string(inputs.newKey())
    }
    if let timeout = options.timeoutMilliseconds {
      object["timeout_ms"] = .integer(min(timeout, requestTimeoutMillisecondsMax))
    }
    if let trace = options.trace { object["trace"] = .string(trace) }
    if options.isDryRun { object["dry_run"] = .bool(true) }
    parameters = .object(object)
  }
}

/// The largest `timeout_ms` the daemon takes.
let requestTimeoutMillisecondsMax: Int64 = 600_000
