@preconcurrency import Glibc

/// A program to run, without a shell.
package struct SpawnRequest: Sendable {
  /// What becomes of the output of the program.
  package enum Output: Sendable, Equatable {
    /// Kept, each stream up to so many bytes; the rest is read and dropped, and said to be.
    case captured(byteCountMax: Int)
    /// Goes where ours goes.
    case inherited
  }

  /// The program and its arguments. A program without a slash is looked for in our PATH.
  package var arguments: [String]
  /// All variables the program sees; nothing of ours is handed on by itself.
  package var environment: [String: String]
  /// What the program reads on standard input, and then its end.
  package var input: [UInt8]
  /// What becomes of standard output and standard error.
  package var output: Output
  /// After this time, on the monotonic clock, the program is asked to end.
  package var timeoutMilliseconds: Int
  /// After this further time it is killed with everything it started.
  package var graceMilliseconds: Int

  /// A request with the usual limits.
  package init(
    arguments: [String], environment: [String: String], input: [UInt8] = [],
    output: Output = .captured(byteCountMax: 65_536), timeoutMilliseconds: Int,
    graceMilliseconds: Int = 2_000
  ) {
    precondition(!arguments.isEmpty, "there is a program to run")
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.output = output
    self.timeoutMilliseconds = timeoutMilliseconds
    self.graceMilliseconds = graceMilliseconds
  }
}

/// How a program ended.
package struct SpawnOutcome: Equatable, Sendable {
  /// How the program itself ended.
  package enum Ending: Equatable, Sendable {
    case exited(status: Int32)
    case killed(signal: Int32)
  }

  /// How the program itself ended.
  package var ending: Ending
  /// It had to be ended because its time was over.
  package var hasTimedOut: Bool
  /// What was captured.
  package var standardOutput: [UInt8]
  /// What was captured.
  package var standardError: [UInt8]
  /// Something of the output was dropped.
  package var isOutputCut: Bool
  /// On the monotonic clock.
  package var durationMilliseconds: Int64

  /// It ended by itself with status 0.
  package var hasSucceeded: Bool { ending == .exited(status: 0) && !hasTimedOut }
}

/// Runs programs. Blocks until they end: only on a `WorkQueue` or in a command-line program.
package enum Spawn {
  /// Runs a program to its end.
  ///
  /// The program leads a process group of its own, with all signals as they are by default.
  ///
  /// - Throws: the program could not be started; nothing has run then.
  package static func run(_ request: SpawnRequest) throws(SystemError) -> SpawnOutcome {
    let started = SystemClock.monotonicNanoseconds()
    var child = try ChildProcess(request)
    var outcome = child.wait(request)
    outcome.durationMilliseconds = (SystemClock.monotonicNanoseconds() - started) / 1_000_000
    return outcome
  }
}
