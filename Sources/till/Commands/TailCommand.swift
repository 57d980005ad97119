// `till events tail`: a stream of events that outlives the daemon's restarts.
//
// With --save the position is written after --exec succeeded: an event may come twice, none is
// lost.

import JSON
import Platform

let tailCommand = LocalCommand(
  spec: CommandSpec(
    path: ["events", "tail"], method: "events.subscribe", effect: "stream",
    summary: "Events as they happen",
    doc: "Prints each event as one line, or runs a command for each with the event as JSON on its"
      + " standard input and TILL_EVENT, TILL_EVENT_TYPE, TILL_ORDER and TILL_CURSOR in its"
      + " environment. --save FILE keeps the position, written after the command succeeded: at"
      + " least once, across restarts of both sides. A command that fails is tried again, then"
      + " till ends with 1 and the next run starts at the same event. --exec takes the rest of the"
      + " line.",
    positionals: [],
    flags: [
      ArgumentSpec(
        local: "after",
        doc:
          "A cursor, oldest or now. Without it: the saved position, else oldest with --save, else"
          + " now."),
      ArgumentSpec(local: "type", repeated: true, doc: "A type or a family such as order.*"),
      ArgumentSpec(local: "order", doc: "Of this order only."),
      ArgumentSpec(local: "save", doc: "Keep the position in this file."),
      ArgumentSpec(local: "limit", .integer, doc: "End after so many events."),
      ArgumentSpec(
        local: "once", .boolean,
        doc: "End when there are no more, instead of waiting for the next."),
      ArgumentSpec(
        local: "retries", .integer, doc: "How often a failed command is run again; 3."),
      ArgumentSpec(
        local: "exec-timeout", .durationMilliseconds, doc: "How long the command may run, 5m."),
      ArgumentSpec(local: "exec", doc: "Run this command for each event; must be the last flag."),
    ],
    key: .none, dryRun: false, resultMember: nil, columns: [],
    examples: [
      "till events tail --type 'order.*'",
      "till events tail --type order.paid --save ship.cursor --exec ./ship.sh",
      "till events tail --after oldest --limit 100 --json",
      "till events tail --type payment.failed --save failed.cursor --once",
    ]),
  run: tailEvents)

private func tailEvents(
  _ session: Session, _ invocation: Invocation
) throws(UsageError) -> ExitCode {
  try checkWords(invocation)
  var tail = EventTail(
    session: session, settings: try session.connection(),
    position: try EventPosition(invocation), delivery: try EventDelivery(session, invocation))
  tail.types = invocation.flags.filter { $0.name == "type" }.compactMap(\.value)
  tail.order = invocation.value("order")
  tail.remaining = try invocation.integer("limit", atLeast: 1)
  tail.endsWhenCaughtUp = invocation.has("once")
  return tail.run()
}

extension Invocation {
  /// A whole number given to a flag, or nil.
  func integer(_ name: String, atLeast least: Int64) throws(UsageError) -> Int64? {
    guard let text = value(name) else { return nil }
    guard let number = exactInteger(text), number >= least else {
      throw UsageError("--\(name) takes a whole number from \(least), not '\(printable(text))'")
    }
    return number
  }
}

/// Where the stream stands, and the file that remembers it.
struct EventPosition {
  var cursor: String
  let file: String?

  private static let byteCountMax = 4_096

  init(_ invocation: Invocation) throws(UsageError) {
    file = invocation.value("save")
    let given = invocation.value("after")
    guard let file else {
      cursor = given ?? "now"
      return
    }
    do throws(FileFault) {
      let text = String(
        decoding: try Files.read(file, byteCountMax: Self.byteCountMax), as: UTF8.self)
      let saved = text.filter { !$0.isWhitespace }
      cursor = saved.isEmpty ? given ?? "oldest" : saved
    } catch {
      guard error.isMissing else { throw UsageError("--save: \(error)") }
      cursor = given ?? "oldest"
    }
  }

  /// Moves on, durably where there is a file.
  mutating func advance(to next: String) throws(SystemError) {
    guard next != cursor else { return }
    if let file { try Files.writeAtomically(Array((next + "\n").utf8), to: file, mode: 0o644) }
    cursor = next
  }
}

/// The stream itself: connects, subscribes, delivers, and begins again where it stood.
struct EventTail {
  let session: Session
  let settings: ConnectionSettings
  var position: EventPosition
  let delivery: EventDelivery
  var types: [String] = []
  var order: String?
  /// Events still wanted; nil without end.
  var remaining: Int64?
  /// Ends at the first mark that says that nothing is left to tell.
  var endsWhenCaughtUp = false

  /// Marks come every 15 seconds; a longer silence is a connection that only looks alive.
  private static let silenceMilliseconds = 45_000
  private static let pauseMillisecondsMin: Int64 = 250
  private static let pauseMillisecondsMax: Int64 = 15_000

  init(
    session: Session, settings: ConnectionSettings, position: EventPosition,
    delivery: EventDelivery
  ) {
    self.session = session
    self.settings = settings
    self.position = position
    self.delivery = delivery
  }

  private enum Ending {
    case finished(ExitCode)
    /// Begin again, not before this time.
    case interrupted(afterMilliseconds: Int64?)
  }

  /// Runs until the limit is reached, the daemon refuses, or a command fails for good.
  mutating func run() -> ExitCode {
    var hasConnected = false
    var pause = Self.pauseMillisecondsMin
    while true {
      var wanted: Int64?
      do throws(ConversationFault) {
        let conversation = try Conversation(settings)
        let before = position.cursor
        hasConnected = true
        switch try follow(conversation) {
        case .finished(let code): return code
        case .interrupted(let milliseconds): wanted = milliseconds
        }
        if position.cursor != before { pause = Self.pauseMillisecondsMin }
      } catch {
        guard error.isPassing || hasConnected && error.isUnreachable else {
          return session.report.fault(error, mayHaveActed: false, key: nil)
        }
        if case .lost(let farewell) = error { wanted = farewell?.retryAfterMilliseconds }
        session.note("note: connection lost, going on from \(printable(position.cursor))")
      }
      let base = max(pause, wanted ?? 0)
      let jitter = Int64(Entropy.word() % UInt64(max(1, base / 2)))
      SystemClock.sleep(milliseconds: Int(base + jitter))
      pause = min(pause * 2, Self.pauseMillisecondsMax)
    }
  }

  private var parameters: JSONObject {
    var parameters = JSONObject([("after", .string(position.cursor))])
    if !types.isEmpty { parameters["types"] = .array(types.map { .string($0) }) }
    if let order { parameters["order"] = .string(order) }
    if let remaining { parameters["limit"] = .integer(remaining) }
    return parameters
  }

  private mutating func follow(
    _ conversation: Conversation
  ) throws(ConversationFault) -> Ending {
    let silence = Self.silenceMilliseconds
    let id = try conversation.send(
      "events.subscribe", parameters, until: Deadline(afterMilliseconds: silence))
    while true {
      let (message, _) = try conversation.next(until: Deadline(afterMilliseconds: silence))
      switch message {
      case .notification(let method, let body):
        guard body["id"]?.integerValue == id else { continue }
        if let code = take(method, body) { return .finished(code) }
      case .result(id, let result):
        let reason = result["reason"]?.stringValue
        return reason == "draining" ? .interrupted(afterMilliseconds: nil) : .finished(.done)
      case .failure(let failed, let error) where failed == id || failed == nil:
        guard error.retry == "later" || error.retry == "same" else {
          return .finished(session.report.reply(error, key: nil))
        }
        return .interrupted(afterMilliseconds: error.retryAfterMilliseconds)
      default: continue
      }
    }
  }

  /// Delivers an item, or notes a mark; a code ends the run.
  private mutating func take(_ method: String, _ body: JSONObject) -> ExitCode? {
    let cursor = body["cursor"]?.stringValue
    if method == "events.item", let event = body["event"]?.objectValue {
      if let code = delivery.deliver(event, cursor: cursor ?? "") { return code }
      if let count = remaining { remaining = count - 1 }
    } else if method != "events.mark" {
      return nil
    }
    guard let cursor else { return nil }
    do throws(SystemError) {
      try position.advance(to: cursor)
    } catch {
      session.console.say("error: the position could not be saved: \(error)")
      session.console.say("  the next run begins at \(printable(position.cursor)) again")
      return .unexpected
    }
    let isCaughtUp = body["caught_up"]?.boolValue == true
    return remaining == 0 || endsWhenCaughtUp && isCaughtUp ? .done : nil
  }
}

extension ConversationFault {
  /// True for what a restart of the daemon, or a crowd at its door, explains.
  fileprivate var isPassing: Bool {
    switch self {
    case .lost, .timedOut: true
    case .turnedAway(let farewell): !farewell.code.hasPrefix("denied")
    case .unreachable, .garbled, .tokenRefused: false
    }
  }

  fileprivate var isUnreachable: Bool {
    if case .unreachable(let fault) = self { return fault.isWorthWaiting }
    return false
  }
}
