// What happens with one event: a line on the screen, or a command.

import JSON
import Platform

struct EventDelivery {
  private let session: Session
  /// The command with its words; empty to print.
  private let command: [String]
  private let retriesMax: Int64
  private let timeoutMilliseconds: Int64
  private let printed: CommandSpec

  private static let retriesDefault: Int64 = 3
  private static let timeoutMillisecondsDefault: Int64 = 300_000
  private static let pauseMilliseconds = 1_000
  /// The width of the longest type of today, so that the lines of a stream line up.
  private static let typeWidth = 26

  init(_ session: Session, _ invocation: Invocation) throws(UsageError) {
    self.session = session
    command = invocation.rest
    retriesMax = try invocation.integer("retries", atLeast: 0) ?? Self.retriesDefault
    if let text = invocation.value("exec-timeout") {
      do { timeoutMilliseconds = try parseDuration(text) } catch {
        throw error.about("--exec-timeout")
      }
    } else {
      timeoutMilliseconds = Self.timeoutMillisecondsDefault
    }
    printed = invocation.command
  }

  /// Delivers one event; nil when that succeeded, else the code to end with.
  func deliver(_ event: JSONObject, cursor: String) -> ExitCode? {
    command.isEmpty ? show(event) : run(event, cursor: cursor)
  }

  private func show(_ event: JSONObject) -> ExitCode? {
    let options = session.options
    guard options.format == .table, options.get == nil, options.columns.isEmpty else {
      var printer = ResultPrinter(
        console: session.console, options: options.withoutHeader, command: printed)
      let code = printer.show(event, line: JSONValue.object(event).bytes())
      return code == .done ? nil : code
    }
    let cell = CellFormat(time: options.time, language: options.language ?? "en")
    let type = cell.text(event["type"], name: "type")
    let padding = String(repeating: " ", count: max(0, Self.typeWidth - columnWidth(type)))
    let subjects = ["order", "payment", "refund"].map { cell.text(event[$0], name: $0) }
    let words = [cell.text(event["at"], name: "at"), type + padding] + subjects
    session.console.print(words.filter { !$0.isEmpty }.joined(separator: "  "))
    return nil
  }

  private func run(_ event: JSONObject, cursor: String) -> ExitCode? {
    var environment = CurrentProcess.environment()
    environment["TILL_CURSOR"] = cursor
    environment["TILL_EVENT"] = event["id"]?.stringValue
    environment["TILL_EVENT_TYPE"] = event["type"]?.stringValue
    environment["TILL_ORDER"] = event["order"]?.stringValue
    let request = SpawnRequest(
      arguments: command, environment: environment,
      input: JSONValue.object(event).bytes() + [0x0A], output: .inherited,
      timeoutMilliseconds: Int(clamping: timeoutMilliseconds))
    for attempt in 0...retriesMax {
      if attempt > 0 {
        let pause = Self.pauseMilliseconds << Int(min(attempt - 1, 5))
        SystemClock.sleep(milliseconds: pause + Int(Entropy.word() % UInt64(pause)))
      }
      do throws(SystemError) {
        let outcome = try Spawn.run(request)
        if outcome.hasSucceeded { return nil }
        session.console.say(
          "\(printable(command[0])) \(ending(outcome)) at \(printable(cursor))")
      } catch {
        session.console.say("error: --exec: \(error)")
        return .usage
      }
    }
    session.console.say("error: --exec failed; the next run begins with the same event")
    return .unexpected
  }

  private func ending(_ outcome: SpawnOutcome) -> String {
    if outcome.hasTimedOut { return "ran out of time" }
    switch outcome.ending {
    case .exited(let status): return "ended with \(status)"
    case .killed(let signal): return "was killed by signal \(signal)"
    }
  }
}

extension GlobalOptions {
  /// The same options for one row of a stream.
  var withoutHeader: GlobalOptions {
    var options = self
    options.showsHeader = false
    return options
  }
}
