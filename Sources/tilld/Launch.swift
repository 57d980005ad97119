import Crypto
import Platform
import Wire

/// From the command line to a running daemon, or to one answer and an exit status.
enum Launch {
  /// - Returns: the exit status of a task that ends by itself; a served daemon never returns.
  static func run(_ words: [String]) -> Int32 {
    let arguments: Arguments
    do throws(Arguments.Misuse) {
      arguments = try Arguments(words)
    } catch {
      complain("tilld: \(error.text)\nTry: tilld --help")
      return 2
    }
    switch arguments.task {
    case .help: return tell(Arguments.help)
    case .version: return tell("tilld \(ProgramVersion.text)")
    case .describeConfiguration: return tell(ConfigurationField.markdown)
    case .checkConfiguration: return check(arguments)
    case .rebuild(let checkOnly): return Offline.rebuild(arguments, checkOnly: checkOnly)
    case .restore(let file): return Offline.restore(arguments, file: file)
    case .forgetPersonal: return Offline.forgetPersonal(arguments)
    case .serve: return serve(arguments)
    }
  }

  private static func tell(_ text: String) -> Int32 {
    _ = Terminal.write(Array((text + "\n").utf8), to: Terminal.standardOutput)
    return 0
  }

  static func complain(_ text: String) {
    _ = Terminal.write(Array((text + "\n").utf8), to: Terminal.standardError)
  }

  private static func check(_ arguments: Arguments) -> Int32 {
    guard arguments.configurationPath != nil else {
      complain("tilld: --check-config needs --config FILE")
      return 2
    }
    do throws(StartFault) {
      let plan = try StartPlan(arguments, mayWrite: false)
      return tell(plan.summary)
    } catch {
      complain("tilld: \(error.text)")
      return error.status
    }
  }

  private static func serve(_ arguments: Arguments) -> Int32 {
    prepareProcess()
    do throws(StartFault) {
      let plan = try StartPlan(arguments, mayWrite: true)
      try Daemon.start(plan)
    } catch {
      complain("tilld: \(error.text)")
      return error.status
    }
    CurrentProcess.leaveToQueues()
  }

  /// As many as threads that are at work together. With 10,000 watchers it saves 1.6 MiB; two heaps
  /// would save more and cost 8 % of speed (measured).
  private static let heapCountMax = 4

  /// What must be so before the first thread and the first file.
  static func prepareProcess() {
    CurrentProcess.fillStandardStreams()
    CurrentProcess.setUmask(0o077)
    BrokenPipe.ignore()
    CryptoLibrary.start()
    Resources.limitHeaps(to: heapCountMax)
    // try?: a process that may not lower this limit has no core dumps to fear from us.
    try? Resources.forbidCoreDumps()
  }
}

/// Why the daemon does not start, for people.
struct StartFault: Error {
  let text: String
  let status: Int32

  init(_ text: String, status: Int32 = 1) {
    self.text = text
    self.status = status
  }
}
