// The status `till` ends with. Small numbers, because the ones of sysexits fold a state conflict
// and refused parameters into one and have none for "the money may have moved".

import Domain

/// One exit status and what a script may conclude from it.
struct ExitCode: Equatable, Sendable {
  let number: Int32

  static let done = ExitCode(number: 0)
  static let unexpected = ExitCode(number: 1)
  static let usage = ExitCode(number: 2)
  static let notFound = ExitCode(number: 3)
  static let denied = ExitCode(number: 4)
  static let conflict = ExitCode(number: 5)
  static let invalid = ExitCode(number: 6)
  static let unreachable = ExitCode(number: 7)
  static let timeRanOut = ExitCode(number: 8)
  static let upstream = ExitCode(number: 9)
  static let busy = ExitCode(number: 10)
  static let protocolFault = ExitCode(number: 11)
  static let outcomeUnknown = ExitCode(number: 12)
  static let differing = ExitCode(number: 13)
  static let outputLost = ExitCode(number: 14)
  static let interrupted = ExitCode(number: 130)
  static let brokenPipe = ExitCode(number: 141)
  static let terminated = ExitCode(number: 143)

  /// Every status with its meaning, in order.
  static let all: [(code: ExitCode, meaning: String)] = [
    (.done, "done, or the condition holds"),
    (.unexpected, "unexpected: a bug here or in the daemon, or a failed --exec"),
    (.usage, "the command line is wrong, or a question had nobody to answer it"),
    (.notFound, "not found, or --get names a member that is not there"),
    (.denied, "not allowed"),
    (.conflict, "the state of the order does not allow it, or a bill does not read"),
    (.invalid, "the daemon refused the parameters"),
    (.unreachable, "no daemon could be reached, or it went away during a read"),
    (.timeRanOut, "time ran out, the awaited condition does not hold, or a check failed"),
    (.upstream, "the gateway failed or refused"),
    (.busy, "busy, starting, draining or read-only: try later"),
    (.protocolFault, "the two sides do not speak the same protocol"),
    (.outcomeUnknown, "OUTCOME UNKNOWN: the money may have moved"),
    (.differing, "the two files differ (till recon files)"),
    (.outputLost, "standard output could not be written; what was asked for has happened"),
    (.interrupted, "interrupted (SIGINT)"),
    (.brokenPipe, "the reader of standard output went away (SIGPIPE)"),
    (.terminated, "terminated (SIGTERM)"),
  ]

  /// The error classes that lead to this status, as the contract has them.
  var errorClasses: [String] {
    ErrorClass.allCases.filter { $0.exitCode == number }.map(\.rawValue)
  }
}

extension ExitCode {
  /// The status for an error class of the wire; a class unknown here is unexpected.
  static func of(errorClass name: String) -> ExitCode {
    ErrorClass(rawValue: name).map { ExitCode(number: $0.exitCode) } ?? .unexpected
  }
}
