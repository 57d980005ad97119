// `till doctor`: what stands between this user and the daemon, a line each.

import Domain
import JSON
import Platform
import Wire

let doctorCommand = LocalCommand(
  spec: CommandSpec(
    local: ["doctor"], summary: "Check the way to the daemon",
    doc: "Looks at the socket and its folder, the daemon's version, contract, state and clock, the"
      + " roles of this user, the free space, and requests without an answer. Every line is ok,"
      + " warn or fail, with what to do. Ends with 0 unless something failed.",
    columns: ["result", "check", "found", "advice"],
    examples: ["till doctor", "till doctor --json"]),
  run: { (session, invocation) throws(UsageError) in
    try checkWords(invocation)
    var settings = try session.connection()
    settings.connectTimeoutMilliseconds = doctorConnectMilliseconds
    var doctor = Doctor(session: session, settings: settings)
    return doctor.run()
  })

private let doctorConnectMilliseconds: Int64 = 500

/// One line of the report.
struct Finding: Equatable {
  enum Result: String { case ok, warn, fail }

  let result: Result
  let check: String
  let found: String
  let advice: String?
}

struct Doctor {
  let session: Session
  let settings: ConnectionSettings
  private(set) var findings: [Finding] = []
  private var failure: ExitCode?

  private static let answerMilliseconds = 3_000
  private static let clockWarnMilliseconds: Int64 = 1_000
  private static let freeWarnByteCount: Int64 = 1 << 30
  private static let freeFailByteCount: Int64 = 100 << 20

  init(session: Session, settings: ConnectionSettings) {
    self.session = session
    self.settings = settings
  }

  /// Runs every check that can be run and prints each finding at once.
  mutating func run() -> ExitCode {
    checkSocketFile()
    checkDaemon()
    checkStateFolder()
    checkPending()
    if let failure { return failure }
    return findings.contains { $0.result == .fail } ? .unexpected : .done
  }

  private mutating func add(
    _ result: Finding.Result, _ check: String, _ found: String, advice: String? = nil
  ) {
    let finding = Finding(result: result, check: check, found: found, advice: advice)
    findings.append(finding)
    let console = session.console
    guard !session.options.isMachineReadable else {
      var object = JSONObject([
        ("result", .string(result.rawValue)), ("check", .string(check)), ("found", .string(found)),
      ])
      if let advice { object["advice"] = .string(advice) }
      console.print(String(decoding: JSONValue.object(object).bytes(), as: UTF8.self))
      return
    }
    let style: TextStyle = result == .ok ? .green : result == .warn ? .yellow : .red
    let label = result.rawValue + String(repeating: " ", count: 4 - result.rawValue.utf8.count)
    let name = check + String(repeating: " ", count: max(0, 9 - check.utf8.count))
    console.print("\(console.styled(label, style))  \(name)  \(printable(found))")
    if let advice { console.print("                 \(advice)") }
  }

  private mutating func checkSocketFile() {
    let path = settings.path
    do throws(SystemError) {
      guard let found = try FileIdentity.ofPath(path) else {
        add(
          .fail, "socket", "nothing at \(path)",
          advice: "start tilld, or say where it listens: --socket PATH or TILL_SOCKET")
        return
      }
      guard found.kind == .socket || found.kind == .symbolicLink else {
        add(.fail, "socket", "\(path) is \(found.kind.rawValue)", advice: "choose another path")
        return
      }
      let mode = "0" + String(found.mode, radix: 8)
      let text = "\(path), mode \(mode), group \(groupName(found.groupID))"
      if found.kind == .socket, found.mode & 0o002 != 0 {
        add(.warn, "socket", text, advice: "every user may connect: set the mode to 0660")
      } else {
        add(.ok, "socket", text)
      }
    } catch {
      add(.fail, "socket", "\(error)", advice: ownership(of: path))
    }
    checkFolder(Path.directory(of: path))
  }

  private mutating func checkFolder(_ folder: String) {
    do throws(SystemError) {
      guard let found = try FileIdentity.ofPath(folder), found.kind == .directory else { return }
      let isOpen = found.mode & 0o002 != 0
      let mode = "0" + String(found.mode, radix: 8)
      if isOpen, found.mode & 0o1000 == 0 {
        add(
          .fail, "folder", "\(folder) has mode \(mode)",
          advice: "any user may put another socket here: chmod 0755 \(shellWord(folder))")
      } else if isOpen {
        add(
          .warn, "folder", "\(folder) has mode \(mode)",
          advice: "any user may make a socket of this name first: use a folder of its own")
      } else {
        add(.ok, "folder", "\(folder), mode \(mode)")
      }
    } catch {
      add(.fail, "folder", "\(error)")
    }
  }

  private mutating func checkDaemon() {
    do throws(ConversationFault) {
      let conversation = try Conversation(settings)
      let deadline = Deadline(afterMilliseconds: Self.answerMilliseconds)
      let health = try answer("server.health", on: conversation, until: deadline)
      add(.ok, "connect", "as user \(CurrentProcess.userID)")
      checkGreeting(conversation.greeting)
      checkHealth(health)
    } catch {
      let (message, hints, code) = session.report.explain(error)
      add(.fail, "connect", message, advice: hints.first)
      failure = code
    }
  }

  private func answer(
    _ method: String, on conversation: Conversation, until deadline: Deadline
  ) throws(ConversationFault) -> Message {
    let id = try conversation.send(method, JSONObject(), until: deadline)
    while true {
      let (message, _) = try conversation.next(until: deadline)
      switch message {
      case .result(id, _): return message
      case .failure(let failed, _) where failed == nil || failed == id: return message
      default: continue
      }
    }
  }

  private mutating func checkGreeting(_ greeting: JSONObject?) {
    guard let greeting else {
      add(.warn, "version", "the daemon did not greet", advice: "is this tilld at all?")
      return
    }
    let version = greeting["version"]?.stringValue ?? "unknown"
    let schema = greeting["schema"]?.stringValue ?? ""
    let text = "tilld \(version), till \(ProgramVersion.text)"
    let own = contractDigest()
    if schema == own {
      add(.ok, "version", "\(text), same contract")
    } else {
      add(
        .warn, "version", "\(text), contract \(schema.prefix(12)), here \(own.prefix(12))",
        advice: "both work; commands and fields may differ until both are of one release")
    }
    if let now = greeting["now_at"]?.integerValue {
      let offset = session.inputs.now() - now
      let isNear = abs(offset) <= Self.clockWarnMilliseconds
      add(
        isNear ? .ok : .warn, "clock", "\(offset) ms from the daemon's",
        advice: isNear ? nil : "a slow answer, or a container with a clock of its own")
    }
    let roles = (greeting["peer"]?["roles"]?.arrayValue ?? []).compactMap(\.stringValue)
    if roles.isEmpty {
      add(
        .fail, "roles", "none",
        advice: "add user \(CurrentProcess.userID) to peers in the configuration of tilld")
      failure = failure ?? .denied
    } else {
      add(.ok, "roles", roles.joined(separator: " "))
    }
  }

  private mutating func checkHealth(_ message: Message) {
    switch message {
    case .result(_, let health):
      let state = health["state"]?.stringValue ?? "unknown"
      let reason = health["reason"]?.stringValue
      if health["ready"]?.boolValue == true {
        add(.ok, "state", state)
      } else {
        add(state == "readonly" ? .fail : .warn, "state", state, advice: reason.map(printable))
        if state == "readonly" { failure = failure ?? .busy }
      }
    case .failure(_, let error):
      add(.warn, "state", error.message, advice: error.hint.map(printable))
    case .notification: break
    }
  }

  /// The daemon does not tell where its store is; the default place is where it most likely is.
  private mutating func checkStateFolder() {
    guard let pending = PendingKeys(environment: session.inputs.environment) else {
      add(.warn, "state dir", "neither XDG_STATE_HOME nor HOME is set", advice: "set HOME")
      return
    }
    var folder = Path.directory(of: pending.path)
    do throws(SystemError) {
      let found = try FileIdentity.ofPath(folder)
      if let found, found.mode & 0o077 != 0 {
        add(
          .warn, "state dir", "\(folder) has mode 0\(String(found.mode, radix: 8))",
          advice: "it holds what was asked of the daemon: chmod 0700 \(shellWord(folder))")
      } else {
        add(.ok, "state dir", found == nil ? "\(folder), not made yet" : folder)
      }
      while try FileIdentity.ofPath(folder) == nil { folder = Path.directory(of: folder) }
      let free = try Directories.freeByteCount(at: folder)
      let text = "\(free >> 20) MiB free at \(folder)"
      if free < Self.freeFailByteCount {
        add(.fail, "disk", text, advice: "without space the daemon turns read-only")
      } else if free < Self.freeWarnByteCount {
        add(.warn, "disk", text, advice: "make room before the daemon turns read-only")
      } else {
        add(.ok, "disk", text)
      }
    } catch {
      add(.warn, "state dir", "\(error)")
    }
  }

  private mutating func checkPending() {
    guard let pending = PendingKeys(environment: session.inputs.environment) else { return }
    do throws(PendingFault) {
      let count = try pending.all().count
      if count > 0 {
        add(.warn, "pending", "\(count) requests without an answer", advice: "till key resolve")
      } else {
        add(.ok, "pending", "no request without an answer")
      }
    } catch {
      add(.warn, "pending", error.text)
    }
  }
}
