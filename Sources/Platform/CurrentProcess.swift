@preconcurrency import Glibc

/// This process as the system sees it.
package enum CurrentProcess {
  /// The number of this process.
  package static var processID: Int32 { getpid() }
  /// The user whose rights this process has.
  package static var userID: UInt32 { geteuid() }
  /// The group whose rights this process has.
  package static var groupID: UInt32 { getegid() }

  /// The folder that relative paths begin in; nil if it cannot be told.
  package static var workingDirectory: String? {
    guard let buffer = getcwd(nil, 0) else { return nil }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  /// The words this process was started with, byte for byte: they need not be text.
  package static func arguments() -> [[UInt8]] {
    (0..<Int(CommandLine.argc)).map { index in
      guard let word = CommandLine.unsafeArgv[index] else { return [] }
      return UnsafeRawBufferPointer(start: word, count: strlen(word)).map { $0 }
    }
  }

  /// One variable of the environment; nil if it is not set.
  package static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// All variables of the environment. Read it at start, before there are other threads.
  package static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text)
      if let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) {
        let name = String(pair[..<equals])
        // The first of two entries counts, as in getenv(3).
        if variables[name] == nil {
          variables[name] = String(pair[pair.utf8.index(after: equals)...])
        }
      }
      entry += 1
    }
    return variables
  }

  /// Removes variables, so that neither libraries nor children see them. Only at start.
  package static func removeEnvironment(_ names: [String]) {
    for name in names { unsetenv(name) }
  }

  /// Keeps the first thread out of everything for as long as the process runs; signals go to whom
  /// listens to them. `dispatchMain` would open a descriptor for that a moment later, and end the
  /// process where clients have taken the last one by then (seen with 120 clients).
  package static func leaveToQueues() -> Never {
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    while true { pause() }
  }

  /// Files made from now on give these rights to nobody: `0o077` keeps them to this user.
  package static func setUmask(_ bits: UInt32) { _ = umask(mode_t(bits)) }

  /// Opens /dev/null in place of each standard stream that is closed, so that no socket or
  /// database gets its number and then receives our log lines. First of all at start.
  ///
  /// - Returns: the numbers of those that were closed.
  @discardableResult
  package static func fillStandardStreams() -> [Int32] {
    let closed = (Int32(0)...2).filter { fcntl($0, F_GETFD) == -1 }
    for number in closed {
      // The lowest free number is taken, and all lower ones are open by now.
      _ = open("/dev/null", number == 0 ? O_RDONLY : O_WRONLY)
    }
    return closed
  }

  /// Keeps descriptors that whoever started us left open from the programs we start. At start,
  /// after sockets that were handed over on purpose have been taken.
  package static func sealInheritedDescriptors() throws(SystemError) {
    for name in try Directories.names(in: "/proc/self/fd") {
      // The folder that was listed is closed by now, and a number may go at any time.
      if let number = Int32(name), number > 2 { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
    }
  }

  /// The name of this machine.
  package static func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Ends the process at once with a status of 0 to 255.
  package static func exit(_ status: Int32) -> Never { Glibc.exit(status) }
}
