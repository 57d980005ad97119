@preconcurrency import Glibc

/// Owns one open descriptor and closes it exactly once.
///
/// It cannot be copied: whoever takes it over consumes it. The number alone is only lent out.
package struct FileDescriptor: ~Copyable, Sendable {
  /// The number, for calls made while this value lives. Do not close it.
  package let number: Int32

  /// Takes over an open descriptor.
  ///
  /// - Precondition: `number` is open and nobody else closes it.
  package init(owning number: Int32) {
    precondition(number >= 0, "a descriptor number is not negative")
    self.number = number
  }

  deinit {
    // Never repeated on EINTR: Linux has closed the descriptor by then.
    let result = Glibc.close(number)
    precondition(result == 0 || errno != EBADF, "a descriptor was closed twice")
  }

  /// Gives the number away; the caller closes it from now on.
  package consuming func take() -> Int32 {
    let taken = number
    discard self
    return taken
  }

  /// Uses a descriptor that somebody else owns and keeps open meanwhile.
  package static func lent<Result, Failure: Error>(
    _ number: Int32, _ body: (borrowing FileDescriptor) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let descriptor = FileDescriptor(owning: number)
    let outcome: Swift.Result<Result, Failure>
    do throws(Failure) {
      outcome = .success(try body(descriptor))
    } catch {
      outcome = .failure(error)
    }
    _ = descriptor.take()
    return try outcome.get()
  }

  /// A second descriptor for the same open file, closed on exec.
  package borrowing func duplicated() throws(SystemError) -> FileDescriptor {
    FileDescriptor(owning: try retried("fcntl") { fcntl(number, F_DUPFD_CLOEXEC, 0) })
  }

  /// Closes the descriptor when this process becomes another program.
  package borrowing func setCloseOnExec() throws(SystemError) {
    _ = try retried("fcntl") { fcntl(number, F_SETFD, FD_CLOEXEC) }
  }

  /// Makes reads and writes answer EAGAIN instead of waiting, or wait again.
  package borrowing func setNonblocking(_ wanted: Bool) throws(SystemError) {
    let flags = try retried("fcntl") { fcntl(number, F_GETFL) }
    let changed = wanted ? flags | O_NONBLOCK : flags & ~O_NONBLOCK
    guard changed != flags else { return }
    _ = try retried("fcntl") { fcntl(number, F_SETFL, changed) }
  }

  /// Whether reads and writes answer EAGAIN instead of waiting.
  package borrowing func isNonblocking() throws(SystemError) -> Bool {
    try retried("fcntl") { fcntl(number, F_GETFL) } & O_NONBLOCK != 0
  }
}

extension FileDescriptor {
  /// Opens a file, always with CLOEXEC.
  ///
  /// - Parameter flags: as in `open(2)`.
  /// - Parameter mode: permission bits of a file that is created; the umask applies.
  package static func open(_ path: String, flags: Int32, mode: UInt32 = 0o600)
    throws(SystemError) -> FileDescriptor
  {
    FileDescriptor(
      owning: try retried("open", path) { Glibc.open(path, flags | O_CLOEXEC, mode_t(mode)) })
  }

  /// A pipe; both ends are closed on exec.
  static func pipe() throws(SystemError) -> (reading: Int32, writing: Int32) {
    var ends: (Int32, Int32) = (-1, -1)
    _ = try checked("pipe2") {
      withUnsafeMutableBytes(of: &ends) { pipe2($0.baseAddress, O_CLOEXEC) }
    }
    return (ends.0, ends.1)
  }

  /// Two connected stream sockets, for tests and for talking to a child; closed on exec.
  package static func socketPair() throws(SystemError) -> DescriptorPair {
    var ends: (Int32, Int32) = (-1, -1)
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    _ = try checked("socketpair") {
      withUnsafeMutableBytes(of: &ends) { raw in
        socketpair(AF_UNIX, type, 0, raw.baseAddress?.assumingMemoryBound(to: Int32.self))
      }
    }
    return DescriptorPair(
      first: FileDescriptor(owning: ends.0), second: FileDescriptor(owning: ends.1))
  }
}

/// Two connected descriptors.
package struct DescriptorPair: ~Copyable, Sendable {
  /// One end.
  package let first: FileDescriptor
  /// The other end.
  package let second: FileDescriptor

  init(first: consuming FileDescriptor, second: consuming FileDescriptor) {
    self.first = first
    self.second = second
  }

  /// Hands out both ends.
  package consuming func split(
    _ body: (consuming FileDescriptor, consuming FileDescriptor) -> Void
  ) {
    body(first, second)
  }
}
