import Crypto
import Domain
import Gateways
import JSON
import Platform
import Reconciliation
import Server
import Store
import Wire

/// Reads a configuration file. The first thing wrong is the error.
struct ConfigurationReader {
  /// Folder of the file; relative paths of key files begin here.
  let folder: String

  static let fileBytesMax = 1_048_576

  /// - Throws: the text for people, with line and column.
  static func read(path: String) throws(ConfigurationFault) -> Configuration {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try Files.read(path, byteCountMax: fileBytesMax)
    } catch {
      throw ConfigurationFault(text: "\(path): \(error)")
    }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONReader.read(bytes, profile: .document)
    } catch {
      let place = JSONReader.position(of: error.offset, in: bytes)
      throw ConfigurationFault(
        text: "\(path):\(place.line):\(place.column): not JSON here (\(error.code.rawValue))")
    }
    do throws(ConfigurationError) {
      return try ConfigurationReader(folder: Path.directory(of: path)).configuration(value)
    } catch {
      throw ConfigurationFault(error, path: path, bytes: bytes)
    }
  }

  private func configuration(_ value: JSONValue) throws(ConfigurationError) -> Configuration {
    let root = try ConfigurationObject(value, ConfigurationPlace(), schema: "")
    var configuration = Configuration()
    configuration.stateDirectory = try root.text("state_dir").map(resolved)
    configuration.backupDirectory = try root.text("backup_dir").map(resolved)
    for item in try root.objects("listeners", schema: "listeners[]") {
      configuration.listeners.append(try listener(item))
    }
    for item in try root.objects("peers", schema: "peers[]") {
      configuration.peers.append(try peer(item))
    }
    for item in try root.objects("operators", schema: "operators[]") {
      configuration.operators.append(try staff(item))
    }
    if let offset = try zone(root) { configuration.zoneOffsetMinutes = offset }
    let calendar = try CalendarReading.calendar(of: root, schema: "calendar") ?? .weekdays
    for item in try root.objects("gateways", schema: nil) {
      configuration.gateways.append(
        try gateway(item, configuration.zoneOffsetMinutes, calendar))
    }
    for item in try root.objects("hooks", schema: "hooks[]") {
      configuration.hooks.append(try HookReading.hook(item, resolve: resolved))
    }
    for item in try root.objects("layouts", schema: nil) {
      configuration.layouts.append(try LayoutReading.layout(item))
    }
    try readScalars(root, into: &configuration)
    try requireDistinctNames(configuration, root.place)
    try requireDistinctTokens(configuration, root.place)
    try requireRealTime(configuration, root.place)
    return configuration
  }

  private func readScalars(
    _ root: ConfigurationObject, into configuration: inout Configuration
  ) throws(ConfigurationError) {
    if let order = try root.object("order", schema: "order") {
      let longest = Int64(Limits.orderExpiryMaxMilliseconds)
      if let most = try order.number("max_expires_in_ms", 1000...longest) {
        configuration.orderExpiryMax = most
      }
      if let usual = try order.number("expires_in_ms", 1000...configuration.orderExpiryMax) {
        configuration.orderExpiry = usual
      }
      configuration.orderExpiry = min(configuration.orderExpiry, configuration.orderExpiryMax)
    }
    if let limits = try root.object("limits", schema: "limits") {
      let most = Int64(Limits.connectionsCeiling)
      configuration.connections = try limits.number("connections", 16...most).map { Int($0) }
      configuration.connectionsPerUser =
        try limits.number("connections_per_uid", 1...most).map { Int($0) }
    }
    if let retention = try root.object("retention", schema: "retention") {
      try readRetention(retention, into: &configuration.retention)
    }
    if let time = try root.object("time", schema: "time") {
      configuration.timeScale = try time.number("scale", 1...100_000) ?? 1
    }
    if let log = try root.object("log", schema: "log") {
      configuration.logsRequests = try log.flag("requests") ?? true
    }
  }

  private func zone(_ root: ConfigurationObject) throws(ConfigurationError) -> Int64? {
    guard let zone = try root.text("zone") else { return nil }
    guard let offset = CivilTime.offsetMinutes(zone) else {
      throw root.error("zone", "must be an offset from UTC, as \"+08:00\"")
    }
    return offset
  }

  /// Days; 0 keeps for ever. Keys are promised for a month.
  private func readRetention(
    _ object: ConfigurationObject, into retention: inout Retention
  ) throws(ConfigurationError) {
    let all: ClosedRange<Int64> = 0...36_500
    let leastKeys = Int64(Limits.keyKeptMilliseconds) / 86_400_000
    if let days = try object.number("keys_days", leastKeys...all.upperBound) {
      retention.keys = days
    }
    if let days = try object.number("calls_days", all) { retention.calls = days }
    if let days = try object.number("receipts_days", all) { retention.receipts = days }
    if let days = try object.number("trail_days", all) { retention.trail = days }
    if let days = try object.number("personal_days", all) { retention.personal = days }
  }

  private func resolved(_ path: String) -> String {
    path.hasPrefix("/") ? path : Path.join(folder, path)
  }

  private func listener(
    _ object: ConfigurationObject
  ) throws(ConfigurationError) -> ListenerConfiguration {
    var options = ListenOptions()
    if let text = try object.text("mode") {
      guard let mode = UInt32(text, radix: 8), mode <= 0o777 else {
        throw object.error("mode", "must be octal text, as \"0660\"")
      }
      options.mode = mode
    }
    if let name = try object.text("group") {
      // try?: a user database that cannot be read holds no such group for us.
      guard let group = try? Accounts.groupID(named: name) else {
        throw object.error("group", "there is no group \(name) on this machine")
      }
      options.groupID = group
    }
    let path = resolved(try object.required("path"))
    guard path.utf8.count <= UnixSocket.pathByteCountMax else {
      throw object.error(
        "path", "\(path) has \(path.utf8.count) bytes, and a socket's name at most "
          + "\(UnixSocket.pathByteCountMax)", hint: "Take a shorter folder, as /run/till.")
    }
    return ListenerConfiguration(
      name: try object.required("name"), path: path, options: options,
      roles: try roles(object) ?? .everything)
  }

  private func peer(_ object: ConfigurationObject) throws(ConfigurationError) -> PeerRule {
    var matches: [PeerRule.Match] = []
    if let name = try object.text("user") {
      // try?: as above.
      guard let user = try? Accounts.userID(named: name) else {
        throw object.error("user", "there is no user \(name) on this machine")
      }
      matches.append(.user(user))
    }
    if let user = try object.number("uid", 0...Int64(UInt32.max)) {
      matches.append(.user(UInt32(user)))
    }
    if let name = try object.text("group") {
      // try?: as above.
      guard let group = try? Accounts.groupID(named: name) else {
        throw object.error("group", "there is no group \(name) on this machine")
      }
      matches.append(.group(group))
    }
    guard matches.count == 1 else {
      throw ConfigurationError(object.place, "give exactly one of user, uid and group")
    }
    guard let allowed = try roles(object) else {
      throw ConfigurationError(object.place, "roles is missing")
    }
    return PeerRule(
      match: matches[0], principal: try object.required("principal"), roles: allowed)
  }

  private func roles(_ object: ConfigurationObject) throws(ConfigurationError) -> RoleSet? {
    guard let names = try object.texts("roles") else { return nil }
    var roles: RoleSet = []
    for (index, name) in names.enumerated() {
      guard let role = Role(rawValue: name) else {
        throw ConfigurationError(
          object.place.member("roles").item(index), "there is no role \(name)",
          hint: "Roles are \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      roles.insert(RoleSet(role))
    }
    return roles
  }

  private func staff(_ object: ConfigurationObject) throws(ConfigurationError) -> OperatorRule {
    guard let digest = SHA256Digest(hex: try object.required("token_sha256")) else {
      throw object.error(
        "token_sha256", "must be 64 hexadecimal digits", hint: "till token new prints them.")
    }
    guard let allowed = try roles(object) else {
      throw ConfigurationError(object.place, "roles is missing")
    }
    return OperatorRule(
      name: try object.required("name"), roles: allowed, tokenDigest: digest,
      refundLimit: try object.number("refund_limit", 0...Int64(Limits.amountMinor)) ?? 0)
  }

  private func gateway(
    _ object: ConfigurationObject, _ zoneOffsetMinutes: Int64, _ calendar: BusinessCalendar
  ) throws(ConfigurationError) -> Configuration.GatewayEntry {
    let settings = GatewaySettings(
      name: try object.required("name"), kind: try object.required("kind"),
      fields: object.json,
      readKeyFile: { path throws(GatewaySettingsError) in
        try KeyFiles.read(path.hasPrefix("/") ? path : Path.join(folder, path))
      })
    return Configuration.GatewayEntry(
      settings: settings, queriesPerSecond: try object.number("qps", 1...10_000) ?? 10,
      concurrency: Int(try object.number("concurrency", 1...256) ?? 8),
      fees: try FeeReading.fees(of: object),
      exchange: try ExchangeReading.exchange(
        of: object, zoneOffsetMinutes: zoneOffsetMinutes, resolve: resolved),
      calendar: try CalendarReading.calendar(of: object, schema: "gateways[].calendar")
        ?? calendar,
      merchant: try object.text("merchant") ?? GatewayRegistry.merchant(of: settings),
      place: object.place)
  }

  /// Nobody could tell which of the two has come.
  private func requireDistinctTokens(
    _ configuration: Configuration, _ place: ConfigurationPlace
  ) throws(ConfigurationError) {
    let operators = configuration.operators
    for (index, one) in operators.enumerated() {
      guard let other = operators[..<index].first(where: { $0.tokenDigest == one.tokenDigest })
      else { continue }
      throw ConfigurationError(
        place.member("operators").item(index).member("token_sha256"),
        "\(other.name) has the same token",
        hint: "Each person has one of their own: till token new prints another.")
    }
  }

  /// Hurried time is for rehearsals: never where a buyer's real money is asked about.
  private func requireRealTime(
    _ configuration: Configuration, _ place: ConfigurationPlace
  ) throws(ConfigurationError) {
    guard configuration.timeScale > 1 else { return }
    for entry in configuration.gateways {
      let url = entry.settings.fields["url"]?.stringValue ?? ""
      let isPlay =
        entry.settings.kind.utf8.elementsEqual("sandbox".utf8) || url.hasPrefix("http://")
      guard !isPlay else { continue }
      throw ConfigurationError(
        place.member("time").member("scale"),
        "is \(configuration.timeScale), but \(entry.settings.name) moves real money",
        hint: "Leave time out, or rehearse with the sandbox alone.")
    }
  }

  private func requireDistinctNames(
    _ configuration: Configuration, _ place: ConfigurationPlace
  ) throws(ConfigurationError) {
    let lists: [(String, [String])] = [
      ("listeners", configuration.listeners.map(\.name)),
      ("operators", configuration.operators.map(\.name)),
      ("gateways", configuration.gateways.map(\.settings.name)),
      ("hooks", configuration.hooks.map(\.name)),
      ("layouts", configuration.layouts.map(\.name)),
    ]
    for (member, names) in lists {
      for (index, name) in names.enumerated()
      where names[..<index].contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
        throw ConfigurationError(
          place.member(member).item(index).member("name"), "the name \(name) is used twice")
      }
    }
  }
}

/// Key files are read only when nobody else may read them.
enum KeyFiles {
  static let byteCountMax = 1_048_576

  static func read(_ path: String) throws(GatewaySettingsError) -> [UInt8] {
    do throws(FileFault) {
      return try Files.read(path, byteCountMax: byteCountMax, trust: .secret)
    } catch {
      throw GatewaySettingsError(member: nil, text: "\(path): \(error)")
    }
  }
}

/// Why a configuration cannot be used, as one text for people.
struct ConfigurationFault: Error {
  let text: String

  init(text: String) { self.text = text }

  init(_ error: ConfigurationError, path: String, bytes: [UInt8]) {
    let position = ConfigurationPosition.find(error.place, in: bytes)
    var text = "\(path):\(position.line):\(position.column): \(error.place.text): \(error.text)"
    if let hint = error.hint { text += "\n  \(hint)" }
    self.text = text
  }
}
