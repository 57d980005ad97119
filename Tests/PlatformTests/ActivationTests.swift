@preconcurrency import Glibc
import Testing

@testable import Platform

@Suite struct ActivationTests {
  private func announced(_ environment: [String: String]) throws(ActivationFault)
    -> [SocketActivation.Announced]
  {
    try SocketActivation.announced(in: environment, processID: 77)
  }

  @Test("sockets are announced from number 3 on, with their names")
  func announcement() throws {
    let found = try announced([
      "LISTEN_PID": "77", "LISTEN_FDS": "3", "LISTEN_FDNAMES": "main:admin:",
    ])
    #expect(found.map(\.number) == [3, 4, 5])
    #expect(found.map(\.name) == ["main", "admin", ""])
    let unnamed = try announced(["LISTEN_PID": "77", "LISTEN_FDS": "1"])
    #expect(unnamed.map(\.name) == ["unknown"])
  }

  @Test("no announcement, or one for another process, is none")
  func none() throws {
    #expect(try announced([:]).isEmpty)
    #expect(try announced(["LISTEN_FDS": "1"]).isEmpty)
    #expect(try announced(["LISTEN_PID": "78", "LISTEN_FDS": "1"]).isEmpty)
    #expect(try announced(["LISTEN_PID": "77", "LISTEN_FDS": "0"]).isEmpty)
    #expect(
      try announced(["LISTEN_PID": "77", "LISTEN_FDS": "0", "LISTEN_FDNAMES": ""]).isEmpty)
  }

  @Test(
    "what cannot be read is refused with the variable",
    arguments: [
      ("LISTEN_PID", "x"), ("LISTEN_PID", "-1"), ("LISTEN_FDS", "-1"), ("LISTEN_FDS", ""),
    ])
  func malformed(variable: String, value: String) {
    var environment = ["LISTEN_PID": "77", "LISTEN_FDS": "1"]
    environment[variable] = value
    #expect(throws: ActivationFault.malformed(variable: variable, value: value)) {
      try announced(environment)
    }
  }

  @Test("too many sockets and a wrong number of names are refused with the numbers")
  func counts() {
    #expect(throws: ActivationFault.tooMany(sockets: 65, socketCountMax: 64)) {
      try announced(["LISTEN_PID": "77", "LISTEN_FDS": "65"])
    }
    #expect(throws: ActivationFault.nameCount(names: 1, sockets: 2)) {
      try announced(["LISTEN_PID": "77", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "a"])
    }
  }

  @Test("only a listening Unix stream socket is taken over")
  func adoption() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("s")
    let type = Int32(SOCK_STREAM.rawValue)
    let internet = FileDescriptor(owning: socket(AF_INET, type, 0))
    #expect(listen(internet.number, 1) == 0)
    let datagram = FileDescriptor(owning: socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0))
    let idle = FileDescriptor(owning: socket(AF_UNIX, type, 0))
    let file = try FileDescriptor.open("/dev/null", flags: O_RDONLY)
    let closed: Int32 = 1_000_000
    for number in [internet.number, datagram.number, idle.number, file.number, closed] {
      #expect(throws: ActivationFault.notListening(number: number, name: "main")) {
        _ = try SocketActivation.adopt(.init(number: number, name: "main"))
      }
    }

    let original = try UnixSocket.listen(at: path)
    let number = dup(original.number)
    let adopted = try SocketActivation.adopt(.init(number: number, name: "main"))
    #expect(adopted.path == nil)
    #expect(adopted.stillOurs() == true)
    #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
    let client = try UnixSocket.connect(to: path)
    guard case .accepted = adopted.accept() else {
      Issue.record("nobody waits")
      return
    }
    #expect(adopted.closeAndUnlink() == false)
    #expect(original.stillOurs() == true)
    #expect(client.number >= 0)
  }

  @Test(
    "states reach the supervisor, on a path and in the abstract space",
    arguments: [true, false])
  func notification(isAbstract: Bool) throws {
    let folder = try TemporaryFolder()
    let name = isAbstract ? "@till-test-\(Entropy.word())" : folder.file("notify")
    let receiver = try DatagramReceiver(name)
    let notifier = ServiceNotifier(environment: ["NOTIFY_SOCKET": name], processID: 77)
    #expect(notifier.isWanted)
    #expect(notifier.notify([.ready, .status("2 listeners\nok")]))
    #expect(receiver.next() == "READY=1\nSTATUS=2 listeners ok")
    #expect(notifier.notify([.reloading]))
    let reloading = receiver.next().split(separator: "\n")
    #expect(reloading.first == "RELOADING=1")
    #expect(reloading.last?.hasPrefix("MONOTONIC_USEC=") == true)
    #expect(notifier.notify([.stopping]))
    #expect(receiver.next() == "STOPPING=1")
    #expect(notifier.notify([.watchdog]))
    #expect(receiver.next() == "WATCHDOG=1")
    #expect(!notifier.notify([]))
  }

  @Test("without a supervisor, or with a deaf one, nothing is sent and nothing fails")
  func noSupervisor() {
    for name in [nil, "", "relative", "@", "/none/such"] {
      let environment = name.map { ["NOTIFY_SOCKET": $0] } ?? [:]
      let notifier = ServiceNotifier(environment: environment, processID: 1)
      #expect(!notifier.notify([.ready]))
    }
  }

  @Test("the watchdog's period is for the process it names")
  func watchdog() {
    func period(_ environment: [String: String]) -> Int64? {
      ServiceNotifier(environment: environment, processID: 77).watchdogMilliseconds
    }
    #expect(period([:]) == nil)
    #expect(period(["WATCHDOG_USEC": "30000000"]) == 30_000)
    #expect(period(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "77"]) == 30_000)
    #expect(period(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "78"]) == nil)
    #expect(period(["WATCHDOG_USEC": "0"]) == nil)
    #expect(period(["WATCHDOG_USEC": "x"]) == nil)
    #expect(period(["WATCHDOG_USEC": "10"]) == 1)
  }
}

/// The supervisor's end of the notification socket.
struct DatagramReceiver: ~Copyable {
  private let descriptor: FileDescriptor

  init(_ name: String) throws {
    descriptor = FileDescriptor(
      owning: socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(name.utf8)
    if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let byteCount = socklen_t(2 + bytes.count)
    let number = descriptor.number
    let result = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, byteCount) }
    }
    try #require(result == 0)
  }

  func next() -> String {
    var buffer = [UInt8](repeating: 0, count: 1_000)
    let count = recv(descriptor.number, &buffer, buffer.count, 0)
    return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
  }
}
