import Dispatch
import JSON
import Platform

/// The daemon under measurement: one of our own in a folder of its own, or one that runs already.
final class BenchDaemon {
  /// What a workload wants of the configuration.
  struct Wishes {
    var timeScale: Int64 = 1
    /// Questions a second to the sandbox, and how many at the same time.
    var queriesPerSecond: Int64 = 10
    var concurrency: Int64 = 8
  }

  let socketPath: String
  /// Nil for a daemon that is not ours.
  let folder: String?
  private(set) var processID: Int32 = 0
  private let program: String
  private var running: RunningProgram?

  private static let startMilliseconds = 120_000
  private static let dayMilliseconds = 86_400_000
  static let connectionCountMax: Int64 = 16_384

  /// Starts a daemon in a fresh folder and waits until it answers.
  init(_ options: BenchOptions, _ wishes: Wishes = Wishes()) throws {
    program = options.daemonPath ?? Self.besideUs()
    if let path = options.socketPath {
      socketPath = path
      folder = nil
      processID = try Conversation(path).daemonID()
      return
    }
    let folder = "\(options.folder)/till-bench-\(String(Entropy.word(), radix: 36))"
    self.folder = folder
    socketPath = "\(folder)/tilld.sock"
    try Directories.create(folder)
    Leftovers.shared.add(folder: folder)
    try configure(wishes)
    try start()
  }

  /// Counts from the next start on.
  func configure(_ wishes: Wishes) throws {
    guard let folder else { throw BenchFault("a daemon that is not ours is not configured") }
    let configuration = Self.configuration(folder, socketPath, wishes)
    try Files.writeAtomically(configuration.bytes(), to: "\(folder)/tilld.json")
  }

  /// Starts the daemon again after `stop`.
  ///
  /// - Returns: nanoseconds from before the exec to the answer of the first ping.
  @discardableResult
  func start() throws -> Int64 {
    guard let folder else { throw BenchFault("a daemon that is not ours is not started") }
    let begun = SystemClock.monotonicNanoseconds()
    let running = RunningProgram(SpawnRequest(
      arguments: [program, "--config", "\(folder)/tilld.json"],
      environment: CurrentProcess.environment(), timeoutMilliseconds: Self.dayMilliseconds))
    self.running = running
    let conversation = try firstConversation(running)
    _ = try conversation.exchange(Array("{\"id\":10,\"method\":\"protocol.ping\"}\n".utf8))
    let nanoseconds = SystemClock.monotonicNanoseconds() - begun
    processID = try conversation.daemonID()
    Leftovers.shared.add(processID: processID)
    return nanoseconds
  }

  private func firstConversation(_ running: RunningProgram) throws -> Conversation {
    let deadline = Deadline(afterMilliseconds: Self.startMilliseconds)
    while !deadline.isOver {
      if let outcome = running.outcome {
        throw BenchFault("\(program) ended: \(outcome)")
      }
      do {
        return try Conversation(socketPath)
      } catch ConnectFault.missing, ConnectFault.notListening {
        SystemClock.sleep(milliseconds: 1)
      }
    }
    throw BenchFault("\(program) made no socket within \(Self.startMilliseconds) ms")
  }

  /// Ends the daemon and waits for its end. A daemon that is not ours goes on.
  func stop(signal: String = "TERM") throws {
    guard let running else { return }
    try Signalling.send(signal, to: processID)
    running.waitForEnd()
    Leftovers.shared.remove(processID: processID)
    self.running = nil
  }

  /// Ends the daemon and removes its folder.
  func discard() {
    do {
      try stop()
      guard let folder else { return }
      try Signalling.run(["rm", "-rf", folder])
      Leftovers.shared.remove(folder: folder)
    } catch {
      Report.note("cleaning up: \(error)")
    }
  }

  private static func besideUs() -> String {
    let own = CommandLine.arguments.first ?? ""
    guard let slash = own.lastIndex(of: "/") else { return "tilld" }
    return String(own[...slash]) + "tilld"
  }

  private static func configuration(
    _ folder: String, _ socketPath: String, _ wishes: Wishes
  ) -> JSONValue {
    .object(JSONObject([
      ("state_dir", .string("\(folder)/state")),
      ("listeners", .array([
        .object(JSONObject([("name", .string("bench")), ("path", .string(socketPath))])),
      ])),
      ("gateways", .array([
        .object(JSONObject([
          ("name", .string("sandbox")), ("kind", .string("sandbox")),
          ("qps", .integer(wishes.queriesPerSecond)),
          ("concurrency", .integer(wishes.concurrency)),
        ])),
      ])),
      ("limits", .object(JSONObject([
        ("connections", .integer(connectionCountMax)),
        ("connections_per_uid", .integer(connectionCountMax)),
      ]))),
      ("time", .object(JSONObject([("scale", .integer(wishes.timeScale))]))),
      ("log", .object(JSONObject([("requests", .bool(false))]))),
    ]))
  }
}

/// A program that runs while we do something else.
final class RunningProgram: Sendable {
  private let ended = DispatchSemaphore(value: 0)
  private let result: Confined<String?>
  private let queue = Queues.root("program")

  init(_ request: SpawnRequest) {
    result = Confined(nil, on: queue)
    Queues.root("wait").async { [ended, result] in
      let text: String
      do throws(SystemError) {
        let outcome = try Spawn.run(request)
        text = "\(outcome.ending) \(String(decoding: outcome.standardError, as: UTF8.self))"
      } catch {
        text = "\(error)"
      }
      result.enter { $0 = text }
      ended.signal()
    }
  }

  /// How it ended, for people; nil while it runs.
  var outcome: String? { result.wait { $0 } }

  func waitForEnd() {
    ended.wait()
    ended.signal()
  }
}

/// Small programs of the system that we lean on.
enum Signalling {
  static func send(_ signal: String, to processID: Int32) throws {
    try run(["kill", "-\(signal)", String(processID)])
  }

  static func run(_ arguments: [String]) throws {
    let outcome = try Spawn.run(SpawnRequest(
      arguments: arguments, environment: CurrentProcess.environment(),
      timeoutMilliseconds: 120_000))
    guard outcome.hasSucceeded else {
      throw BenchFault("\(arguments): \(String(decoding: outcome.standardError, as: UTF8.self))")
    }
  }
}
