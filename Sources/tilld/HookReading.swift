import Crypto
import Gateways
import Platform
import Wire

/// Reads the hooks of a configuration. One that could never reach anybody is an error now, not a
/// line in a log months later.
enum HookReading {
  /// - Parameter resolve: makes a path of the file one that leads there from anywhere.
  static func hook(
    _ object: ConfigurationObject, resolve: (String) -> String
  ) throws(ConfigurationError) -> Configuration.HookEntry {
    let name = try object.required("name")
    let target: Configuration.HookEntry.Target
    switch (try object.text("url"), try object.texts("exec")) {
    case (let url?, nil):
      try requireLocal(url, object)
      target = .post(url: url)
    case (nil, let program?) where !program.isEmpty:
      try requireProgram(program[0], object)
      target = .program(program)
    default: throw ConfigurationError(object.place, "give exactly one of url and exec")
    }
    let secret = try object.text("secret_file").map { path throws(ConfigurationError) in
      try readSecret(resolve(path), object)
    }
    return Configuration.HookEntry(
      name: name, events: try events(object), target: target,
      key: secret.map { HMACSHA256Key(SecretBytes($0)) },
      keyMark: secret.map { SHA256.hash($0).hex })
  }

  // MARK: Events

  private static func events(
    _ object: ConfigurationObject
  ) throws(ConfigurationError) -> [String] {
    guard let events = try object.texts("events"), !events.isEmpty else {
      throw ConfigurationError(object.place, "events is missing")
    }
    for (index, event) in events.enumerated() where !isKnown(event) {
      let near = Suggestion.names(near: event, among: EventType.allCases.map(\.rawValue))
      throw ConfigurationError(
        object.place.member("events").item(index), "there is no event \(event)",
        hint: near.isEmpty
          ? "Types as order.paid, or families as order.*; Protocol/reference.md lists them."
          : "Did you mean \(near[0])?")
    }
    return events
  }

  /// As the engine matches them: a text before `*` is the beginning of a type.
  private static func isKnown(_ pattern: String) -> Bool {
    let isFamily = pattern.utf8.last == UInt8(ascii: "*")
    return EventType.allCases.contains { type in
      isFamily
        ? type.rawValue.utf8.starts(with: pattern.utf8.dropLast())
        : type.rawValue.utf8.elementsEqual(pattern.utf8)
    }
  }

  // MARK: Programs

  private static func requireProgram(
    _ program: String, _ object: ConfigurationObject
  ) throws(ConfigurationError) {
    guard !Programs.canRun(program, searchPath: CurrentProcess.environment("PATH")) else { return }
    throw ConfigurationError(
      object.place.member("exec").item(0),
      "\(program) is no program that can be run",
      hint: "Give its whole path, and chmod +x it. No shell reads this line.")
  }

  // MARK: Addresses

  /// What is sent names orders and buyers, and is not encrypted: it never leaves the machine.
  private static func requireLocal(
    _ url: String, _ object: ConfigurationObject
  ) throws(ConfigurationError) {
    guard let host = host(of: url) else {
      throw object.error(
        "url", "must be an address as http://127.0.0.1:8080/path",
        hint: "http or https, a host, a port where it is another than usual.")
    }
    guard isLoopback(host) else {
      throw object.error(
        "url", "\(host) is not this machine",
        hint: "Post to 127.0.0.1, [::1] or localhost, and let that pass it on.")
    }
  }

  /// The host of an address of ours; nil if it is none.
  private static func host(of url: String) -> Substring? {
    let schemes = ["http://", "https://"]
    guard let scheme = schemes.first(where: { url.lowercased().hasPrefix($0) }) else { return nil }
    let authority = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    guard !authority.contains("@"), !url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
      return nil
    }
    let isBracketed = authority.hasPrefix("[")
    guard let end = isBracketed ? authority.firstIndex(of: "]") : authority.firstIndex(of: ":")
    else { return isBracketed || authority.isEmpty ? nil : authority }
    let host = isBracketed ? authority[...end] : authority[..<end]
    let rest = isBracketed ? authority[authority.index(after: end)...] : authority[end...]
    guard !host.isEmpty, rest.isEmpty || isPort(rest) else { return nil }
    return host
  }

  private static func isPort(_ text: Substring) -> Bool {
    guard text.hasPrefix(":"), text.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return false }
    return UInt16(text.dropFirst()).map { $0 > 0 } ?? false
  }

  private static func isLoopback(_ host: Substring) -> Bool {
    if host.lowercased() == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  // MARK: Secrets

  /// Messages that the receiver cannot tell from forgeries are worse than none.
  private static func readSecret(
    _ path: String, _ object: ConfigurationObject
  ) throws(ConfigurationError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(GatewaySettingsError) {
      bytes = try KeyFiles.read(path)
    } catch { throw object.error("secret_file", error.text) }
    guard !bytes.isEmpty else { throw object.error("secret_file", "\(path) is empty") }
    return bytes
  }
}
