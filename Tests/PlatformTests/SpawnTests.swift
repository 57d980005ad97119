@preconcurrency import Glibc
import Platform
import Testing

@Suite struct SpawnTests {
  private func run(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [],
    byteCountMax: Int = 65_536, timeoutMilliseconds: Int = 60_000, graceMilliseconds: Int = 2_000
  ) throws(SystemError) -> SpawnOutcome {
    try Spawn.run(
      SpawnRequest(
        arguments: arguments, environment: environment, input: input,
        output: .captured(byteCountMax: byteCountMax),
        timeoutMilliseconds: timeoutMilliseconds, graceMilliseconds: graceMilliseconds))
  }

  private func shell(_ script: String, timeoutMilliseconds: Int = 60_000) throws -> SpawnOutcome {
    try run(["/bin/sh", "-c", script], timeoutMilliseconds: timeoutMilliseconds)
  }

  @Test("a program gets its arguments as they are, without a shell")
  func arguments() throws {
    let outcome = try run(["/usr/bin/printf", "%s|", "a b", "$HOME", "`id`", "*", ""])
    #expect(outcome.standardOutput == Array("a b|$HOME|`id`|*||".utf8))
    #expect(outcome.hasSucceeded)
    #expect(!outcome.isOutputCut)
  }

  @Test("a program sees the given variables and no others")
  func environment() throws {
    let outcome = try run(["/usr/bin/env"], environment: ["B": "2", "A": "x=y"])
    #expect(outcome.standardOutput == Array("A=x=y\nB=2\n".utf8))
  }

  @Test("input of any size goes in and comes out again")
  func input() throws {
    let bytes = pattern(1_000_000)
    let outcome = try run(["/bin/cat"], input: bytes, byteCountMax: 2_000_000)
    #expect(outcome.standardOutput == bytes)
    #expect(outcome.standardError.isEmpty)
  }

  @Test("a program that reads none of its input is no failure, and no signal reaches us")
  func inputNotRead() throws {
    let outcome = try run(["/bin/true"], input: pattern(1_000_000))
    #expect(outcome.hasSucceeded)
  }

  @Test("status, signal and both outputs are told apart")
  func endings() throws {
    let failed = try shell("echo out; echo err >&2; exit 37")
    #expect(failed.ending == .exited(status: 37))
    #expect(failed.standardOutput == Array("out\n".utf8))
    #expect(failed.standardError == Array("err\n".utf8))
    #expect(!failed.hasSucceeded)
    #expect(try shell("kill -USR1 $$").ending == .killed(signal: SIGUSR1))
  }

  @Test("output over the limit is dropped and said to be")
  func cut() throws {
    let outcome = try run(["/usr/bin/head", "-c", "300000", "/dev/zero"], byteCountMax: 1_000)
    #expect(outcome.standardOutput == [UInt8](repeating: 0, count: 1_000))
    #expect(outcome.isOutputCut)
    #expect(outcome.hasSucceeded)
  }

  @Test("a program that takes too long is ended, also one that never stops writing")
  func timeOut() throws {
    let sleeping = try shell("sleep 100", timeoutMilliseconds: 50)
    #expect(sleeping.hasTimedOut)
    #expect(sleeping.ending == .killed(signal: SIGTERM))
    let writing = try run(["/usr/bin/yes"], timeoutMilliseconds: 50)
    #expect(writing.hasTimedOut)
    #expect(writing.ending == .killed(signal: SIGTERM))
    #expect(writing.standardOutput.count == 65_536)
  }

  @Test("a program that ignores being asked is killed with what it started")
  func killed() throws {
    let outcome = try run(
      ["/bin/sh", "-c", "trap '' TERM; sleep 100 & while :; do sleep 1; done"],
      timeoutMilliseconds: 50, graceMilliseconds: 50)
    #expect(outcome.hasTimedOut)
    #expect(outcome.ending == .killed(signal: SIGKILL))
  }

  @Test("a program that leaves something running in the background is not waited for")
  func background() throws {
    let outcome = try shell("sleep 100 & echo $!")
    #expect(outcome.hasSucceeded)
    let text = String(decoding: outcome.standardOutput, as: UTF8.self)
    let processID = try #require(Int32(text.split(separator: "\n").first ?? ""))
    #expect(kill(processID, SIGKILL) == 0)
  }

  @Test("a program that closes its outputs early is still waited for")
  func closedOutputs() throws {
    let outcome = try shell("exec >&- 2>&-; sleep 0.05; exit 3")
    #expect(outcome.ending == .exited(status: 3))
  }

  @Test("what cannot be started is an error with the name")
  func missing() throws {
    #expect(throws: SystemError(call: "posix_spawn", errno: ENOENT, subject: "/none/such")) {
      try run(["/none/such"])
    }
    #expect(throws: SystemError(call: "posix_spawn", errno: EACCES, subject: "/etc/passwd")) {
      try run(["/etc/passwd"])
    }
  }

  @Test("signals are as by default in the program, whatever we ignore")
  func signals() throws {
    signal(SIGPIPE, SIG_IGN)
    let outcome = try shell("grep -E '^Sig(Ign|Blk)' /proc/self/status")
    let text = String(decoding: outcome.standardOutput, as: UTF8.self)
    let masks = text.split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
    // The two signals above 31 that glibc keeps for itself are not ours to change.
    #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
  }

  @Test("a program inherits the three streams and nothing else")
  func descriptors() async {
    await #expect(processExitsWith: .success) {
      let stray = Glibc.open("/dev/null", O_RDONLY)
      precondition(fcntl(stray, F_GETFD) & FD_CLOEXEC == 0)
      try CurrentProcess.sealInheritedDescriptors()
      let open = try FileDescriptor.open("/dev/null", flags: O_RDONLY)
      let pair = try FileDescriptor.socketPair()
      let outcome = try Spawn.run(
        SpawnRequest(
          arguments: ["/bin/ls", "/proc/self/fd"], environment: [:],
          timeoutMilliseconds: 60_000))
      // The fourth is the folder that `ls` itself reads.
      precondition(outcome.standardOutput == Array("0\n1\n2\n3\n".utf8))
      precondition(open.number > 2 && pair.first.number > 2)
    }
  }

  @Test("programs started at the same time on many threads all end right")
  func parallel() throws {
    let done = Watched([Int: Int32]())
    let work = WorkQueue("test.spawn", limit: 4)
    for index in 0..<40 {
      work.submit {
        let outcome = try? Spawn.run(
          SpawnRequest(
            arguments: ["/bin/sh", "-c", "cat >/dev/null; exit \(index)"], environment: [:],
            input: pattern(70_000), timeoutMilliseconds: 60_000))
        if case .exited(let status) = outcome?.ending { done.change { $0[index] = status } }
      }
    }
    #expect(done.wait { $0.count == 40 })
    for index in 0..<40 { #expect(done.current[index] == Int32(index)) }
  }
}
