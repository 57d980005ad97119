@preconcurrency import Glibc
import Platform
import Testing

@Suite struct DescriptorTests {
  @Test("a descriptor is closed when its owner ends, and not when it was given away")
  func ownership() throws {
    // The other end of a pair tells whether one is closed. Its number does not: another thread may
    // take that at once.
    let ends = try FileDescriptor.socketPair().taken()
    defer { close(ends.1) }
    _ = fcntl(ends.1, F_SETFL, O_NONBLOCK)
    func isOpen() -> Bool {
      var byte: UInt8 = 0
      return read(ends.1, &byte, 1) == -1 && errno == EAGAIN
    }
    let taken = FileDescriptor(owning: ends.0).take()
    #expect(isOpen())
    do {
      let second = try FileDescriptor(owning: taken).duplicated()
      #expect(fcntl(second.number, F_GETFD) & FD_CLOEXEC != 0)
      #expect(isOpen())
    }
    // A program that another test starts just now has it until it is started.
    var wait = pollfd(fd: ends.1, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wait, 1, 30_000) == 1)
    #expect(!isOpen())
  }

  @Test("a file is opened for this process alone")
  func closedOnExec() throws {
    let descriptor = try FileDescriptor.open("/dev/null", flags: O_RDONLY)
    #expect(fcntl(descriptor.number, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test("closing twice ends the process")
  func closedTwice() async {
    await #expect(processExitsWith: .failure) {
      let descriptor = try FileDescriptor.open("/dev/null", flags: O_RDONLY)
      _ = FileDescriptor(owning: descriptor.number)
    }
  }

  @Test("closed standard streams are filled at start")
  func standardStreams() async {
    await #expect(processExitsWith: .success) {
      close(0)
      close(2)
      CurrentProcess.fillStandardStreams()
      for number in Int32(0)...2 { precondition(fcntl(number, F_GETFD) != -1) }
      precondition(write(2, "x", 1) == 1)
    }
  }

  @Test("a read and a write end when their time is over")
  func deadlines() throws {
    let ends = try FileDescriptor.socketPair().taken()
    let first = FileDescriptor(owning: ends.0)
    let second = FileDescriptor(owning: ends.1)
    try first.setNonblocking(true)
    #expect(throws: TransferFault.timedOut(milliseconds: 20)) {
      try FileDescriptor.lent(ends.0) { descriptor throws(TransferFault) in
        try descriptor.read(countMax: 10, until: Deadline(afterMilliseconds: 20))
      }
    }
    #expect(throws: TransferFault.timedOut(milliseconds: 20)) {
      try FileDescriptor.lent(ends.0) { descriptor throws(TransferFault) in
        try descriptor.write(pattern(5_000_000), until: Deadline(afterMilliseconds: 20))
      }
    }
    var entries: [Readiness] = [.reading(ends.0), .reading(ends.1)]
    #expect(try Readiness.wait(&entries, until: Deadline(afterMilliseconds: 1_000)))
    #expect(entries.map(\.isReady) == [false, true])
    #expect(second.number >= 0)
  }

  @Test("a deadline may be over at once, never, or beyond all numbers")
  func deadlineEdges() {
    #expect(Deadline(afterMilliseconds: 0).isOver)
    #expect(Deadline(afterMilliseconds: -5).isOver)
    #expect(Deadline(afterMilliseconds: -5).pollMilliseconds == 0)
    #expect(!Deadline.never.isOver)
    #expect(Deadline.never.pollMilliseconds == -1)
    #expect(!Deadline(afterMilliseconds: .max).isOver)
    let far = Deadline(afterMilliseconds: 10_000_000)
    #expect(far.pollMilliseconds > 9_000_000 && far.pollMilliseconds <= 10_000_000)
  }

  @Test("an error tells the call, the name and the number")
  func errors() {
    let error = SystemError(call: "bind", errno: EADDRINUSE, subject: "/x")
    #expect(error.description == "bind /x: Address already in use (errno 98)")
    #expect(SystemError(call: "write", errno: ENOSPC).isOutOfSpace)
    #expect(SystemError(call: "accept", errno: EMFILE).isOutOfDescriptors)
  }

  @Test("random bytes have the wanted count and do not repeat")
  func entropy() {
    #expect(Entropy.bytes(0).isEmpty)
    for count in [1, 255, 256, 257, 1_000] { #expect(Entropy.bytes(count).count == count) }
    #expect(Entropy.bytes(32) != Entropy.bytes(32))
    #expect(Set((0..<1_000).map { _ in Entropy.word() }).count == 1_000)
  }

  @Test("the clocks go on, and the wall clock is in this century")
  func clocks() {
    let before = SystemClock.monotonicNanoseconds()
    SystemClock.sleep(milliseconds: 2)
    #expect(SystemClock.monotonicNanoseconds() - before >= 2_000_000)
    #expect(SystemClock.wallMilliseconds() > 1_700_000_000_000)
    #expect(abs(SystemClock.localOffsetSeconds(atWallMilliseconds: 0)) <= 14 * 3_600)
  }

  @Test("users and groups are found by name and by number")
  func accounts() throws {
    #expect(try Accounts.userID(named: "root") == 0)
    #expect(try Accounts.userName(of: 0) == "root")
    #expect(try Accounts.groupID(named: "root") == 0)
    #expect(try Accounts.groupName(of: 0) == "root")
    #expect(try Accounts.homeDirectory(of: 0)?.hasPrefix("/") == true)
    #expect(try Accounts.groups(ofUser: 0)?.contains(0) == true)
    #expect(try Accounts.userID(named: "no-such-user") == nil)
    #expect(try Accounts.userName(of: 4_000_000_000) == nil)
    #expect(try Accounts.groupID(named: "no-such-group") == nil)
    #expect(try Accounts.groupName(of: 4_000_000_000) == nil)
    #expect(try Accounts.groups(ofUser: 4_000_000_000) == nil)
  }

  @Test("the environment is read and can be emptied of names")
  func environment() async {
    await #expect(processExitsWith: .success) {
      setenv("TILL_TEST", "a=b", 1)
      precondition(CurrentProcess.environment()["TILL_TEST"] == "a=b")
      precondition(CurrentProcess.environment("TILL_TEST") == "a=b")
      CurrentProcess.removeEnvironment(["TILL_TEST", "TILL_NONE"])
      precondition(CurrentProcess.environment("TILL_TEST") == nil)
      precondition(CurrentProcess.environment()["TILL_TEST"] == nil)
    }
  }

  @Test("a file is no terminal and has no width")
  func terminal() throws {
    let descriptor = try FileDescriptor.open("/dev/null", flags: O_RDWR)
    #expect(!Terminal.isTerminal(descriptor.number))
    #expect(Terminal.columns(descriptor.number) == nil)
    #expect(Terminal.write([1, 2], to: descriptor.number))
    #expect(try Terminal.readAll(from: descriptor.number, countMax: 10) == [])
    let zero = try FileDescriptor.open("/dev/zero", flags: O_RDONLY)
    #expect(try Terminal.readAll(from: zero.number, countMax: 100_000) == nil)
  }
}
