// What every command of one run shares.

import JSON
import Platform

/// One run of the program: its words, its doors and its options.
struct Session {
  /// The words after `till`.
  let arguments: [String]
  let console: Console
  let inputs: Inputs
  let tree: CommandTree
  let options: GlobalOptions

  var report: FailureReport {
    FailureReport(
      console: console, isMachineReadable: options.isMachineReadable, arguments: arguments)
  }

  /// A line for people only: quiet under `--json`, where standard error holds objects.
  func note(_ line: String) {
    if !options.isMachineReadable { console.say(line) }
  }

  /// Says that a list goes on, under every format: what was printed does not show it.
  func sayMore(_ command: String) {
    guard options.isMachineReadable else { return console.say("more: \(command)") }
    let warning = JSONObject([
      ("warning", .string("the list goes on after these rows")), ("more", .string(command)),
    ])
    console.say(String(decoding: JSONValue.object(warning).bytes(), as: UTF8.self))
  }

  /// How to reach the daemon.
  ///
  /// - Throws: `UsageError` when the token file cannot be trusted.
  func connection() throws(UsageError) -> ConnectionSettings {
    var settings = ConnectionSettings(
      path: socketPath(option: options.socket, environment: inputs.environment),
      connectTimeoutMilliseconds: options.connectTimeoutMilliseconds)
    if options.showsWire {
      let console = console
      settings.trace = { line, isOutgoing in
        console.say(
          (isOutgoing ? "--> " : "<-- ") + printable(String(decoding: line, as: UTF8.self)))
      }
    }
    if console.isErrorTerminal, !options.isMachineReadable {
      let console = console
      let limit = durationText(milliseconds: options.connectTimeoutMilliseconds)
      settings.notice = { console.say("\(printable($0)); trying for \(limit)") }
    }
    settings.token = try token()
    return settings
  }

  private func token() throws(UsageError) -> String? {
    let fromEnvironment = inputs.environment("TILL_TOKEN_FILE").flatMap { $0.isEmpty ? nil : $0 }
    guard let file = options.tokenFile ?? fromEnvironment else { return nil }
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try Files.read(file, byteCountMax: Self.tokenByteCountMax, trust: .secret)
    } catch {
      let hint =
        error.isMissing
        ? "till token new makes a token; keep it in a file of mode 0600, and name that"
        : "chmod 600 \(shellWord(file))"
      throw UsageError("the token file: \(error)", hints: [hint])
    }
    let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
    guard !text.isEmpty else { throw UsageError("the token file \(printable(file)) is empty") }
    return text
  }

  private static let tokenByteCountMax = 4_096
}
