import Crypto
import Domain
import Engine
import Gateways
import Platform
import Transport

/// Tells shops without a resident process about events: a POST to a loopback address, or a program
/// run without a shell.
///
/// What is sent is the event's line, signed: `Till-Signature: t=<ms>,v1=<hex HMAC-SHA256 of
/// "<t>.<line>">`. The receiver drops what it has seen, by the event's id.
final class HookRunner: Sendable {
  private let hooks: [String: Configuration.HookEntry]
  private let transport: HTTPTransport
  /// By hook: one whose program hangs holds up nobody but itself. Their threads are there only
  /// while something runs.
  private let programs: [String: WorkQueue]

  /// Runs of one program at the same time.
  private static let runsMax = 4

  /// A receiver has this long.
  static let timeoutMilliseconds: Int64 = 15_000

  init(hooks: [Configuration.HookEntry], transport: HTTPTransport) {
    self.hooks = Dictionary(hooks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.transport = transport
    var programs: [String: WorkQueue] = [:]
    for hook in hooks {
      if case .program = hook.target {
        programs[hook.name] = WorkQueue("hook", limit: Self.runsMax)
      }
    }
    self.programs = programs
  }

  /// - Parameter completion: nil when the receiver took it, else why not. Called once.
  func run(_ call: HookCall, completion: @escaping @Sendable (String?) -> Void) {
    guard let hook = hooks[call.hook] else {
      completion("the hook is not configured any more")
      return
    }
    let signature = hook.key.map { Self.signature(call.event, $0) }
    switch hook.target {
    case .post(let url): post(call, url, signature, completion)
    case .program(let arguments): spawn(call, arguments, signature, completion)
    }
  }

  private static func signature(_ line: [UInt8], _ key: HMACSHA256Key) -> String {
    let now = SystemClock.wallMilliseconds()
    let code = key.code(for: Array("\(now).".utf8) + line)
    return "t=\(now),v1=\(code.hex)"
  }

  private func post(
    _ call: HookCall, _ url: String, _ signature: String?,
    _ completion: @escaping @Sendable (String?) -> Void
  ) {
    var headers = [
      Header("Content-Type", "application/json"), Header("Accept", "*/*"),
      Header("Till-Delivery", call.id.text), Header("Till-Attempt", String(call.attempt)),
    ]
    if let signature { headers.append(Header("Till-Signature", signature)) }
    let request = GatewayRequest(
      method: "POST", url: url, headers: headers, body: call.event,
      timeoutMilliseconds: Self.timeoutMilliseconds, answerBytesMax: 65_536)
    transport.send(request) { result in
      switch result {
      case .success(let answer):
        let isTaken = (200..<300).contains(answer.status)
        completion(isTaken ? nil : "the receiver answered \(answer.status)")
      case .failure(let fault): completion(fault.reason.text)
      }
    }
  }

  private func spawn(
    _ call: HookCall, _ arguments: [String], _ signature: String?,
    _ completion: @escaping @Sendable (String?) -> Void
  ) {
    var environment = ["TILL_DELIVERY": call.id.text, "TILL_ATTEMPT": String(call.attempt)]
    environment["PATH"] = CurrentProcess.environment("PATH") ?? "/usr/bin:/bin"
    if let signature { environment["TILL_SIGNATURE"] = signature }
    let request = SpawnRequest(
      arguments: arguments, environment: environment, input: call.event + [0x0A],
      timeoutMilliseconds: Int(Self.timeoutMilliseconds))
    let isTaken = programs[call.hook]?.submit { completion(Self.failure(of: request)) }
    if isTaken != true { completion("too many hooks wait for their turn") }
  }

  private static func failure(of request: SpawnRequest) -> String? {
    let outcome: SpawnOutcome
    do throws(SystemError) {
      outcome = try Spawn.run(request)
    } catch { return "the program could not be started: \(error)" }
    if outcome.hasSucceeded { return nil }
    if outcome.hasTimedOut { return "the program did not end in time" }
    let words = String(decoding: outcome.standardError.prefix(300), as: UTF8.self)
    switch outcome.ending {
    case .exited(let status): return "the program ended with \(status): \(words)"
    case .killed(let signal): return "the program was killed by signal \(signal)"
    }
  }
}
