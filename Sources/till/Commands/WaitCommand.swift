// `till order wait`: longer than one request may wait, in slices.

import JSON
import Platform

/// The command of the table; a wait beyond the daemon's limit is asked for again until it is over.
func waitCommand(_ generated: CommandSpec?) -> LocalCommand? {
  guard let spec = generated else { return nil }
  return LocalCommand(spec: spec) { (session, invocation) throws(UsageError) in
    let builder = ParameterBuilder(
      invocation: invocation, options: session.options, inputs: session.inputs)
    let requests = try builder.requests()
    let wanted = requests.first?["wait_ms"]?.integerValue ?? 0
    guard requests.count == 1, var request = requests.first, wanted > waitMillisecondsMax else {
      return try MethodCommand(session: session, command: spec).run(requests)
    }
    let deadline = Deadline(afterMilliseconds: Int(wanted))
    while true {
      let left = min(waitMillisecondsMax, Int64(deadline.pollMilliseconds))
      request["wait_ms"] = .integer(left)
      var result: JSONObject?
      var slice = MethodCommand(session: session, command: spec)
      // Shown only when it is the last: the slices are not what was asked for.
      slice.show = { answer in
        result = answer
        return .done
      }
      let code = try slice.run([request])
      let isLast = code != .timeRanOut || deadline.isOver
      guard isLast else { continue }
      if let result {
        var printer = ResultPrinter(
          console: session.console, options: session.options, command: spec)
        let shown = printer.show(result, line: JSONValue.object(result).bytes())
        if shown != .done { return shown }
      }
      return code
    }
  }
}

/// The largest `wait_ms` of one request.
private let waitMillisecondsMax: Int64 = 60_000
