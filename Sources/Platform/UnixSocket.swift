@preconcurrency import Glibc

/// Why no socket could be set up at a path.
package enum ListenFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// The path has more bytes than the kernel's address has room for.
  case pathTooLong(path: String, byteCount: Int, byteCountMax: Int)
  case pathEmpty
  /// Something is there that is not a socket of this user; it is left alone.
  case occupied(path: String, found: FileIdentity.Kind, ownerUserID: UInt32)
  /// The folder is not one we may trust with a socket.
  case directoryRefused(path: String, reason: String)
  case system(SystemError)

  /// A sentence for people.
  package var description: String {
    switch self {
    case .pathTooLong(let path, let byteCount, let byteCountMax):
      "the socket path has \(byteCount) bytes, at most \(byteCountMax) are possible: \(path)"
    case .pathEmpty: "the socket path is empty or holds a zero byte"
    case .occupied(let path, let found, let owner):
      "\(path) is \(found.rawValue) of user \(owner), not a socket of ours; it is left alone"
    case .directoryRefused(let path, let reason): "the folder \(path) \(reason)"
    case .system(let error): error.description
    }
  }
}

/// How a listening socket is set up.
package struct ListenOptions: Equatable, Sendable {
  /// Permission bits of the socket file; the umask does not apply.
  package var mode: UInt32 = 0o660
  /// The group of the socket file; nil leaves the one of this process.
  package var groupID: UInt32?
  /// How many connections may wait to be accepted; the kernel's own most unless set.
  package var backlog = Int32(SOMAXCONN)
  /// Permission bits of the folder if it must be made; nil refuses a missing folder.
  package var directoryMode: UInt32?

  package init() {}
}

/// What one attempt to accept a connection came to.
package enum AcceptOutcome: ~Copyable, Sendable {
  /// A new connection; the descriptor is non-blocking and closed on exec.
  case accepted(FileDescriptor)
  /// Nobody waits.
  case drained
  /// No descriptor or memory is left. Pause for 100 ms: the source would fire without end.
  case exhausted(SystemError)
  case failed(SystemError)
}

/// A listening Unix socket and the name it was given.
package struct ListeningSocket: ~Copyable, Sendable {
  let descriptor: FileDescriptor
  /// The path of the socket; nil if it was handed to us.
  package let path: String?
  /// What lay at `path` when we had put it there.
  private let identity: FileIdentity?

  init(descriptor: consuming FileDescriptor, path: String?, identity: FileIdentity?) {
    self.descriptor = descriptor
    self.path = path
    self.identity = identity
  }

  /// The descriptor, lent. Do not close it.
  package var number: Int32 { descriptor.number }

  /// Takes over a listening socket from whoever started us. Its name is not ours to remove.
  package init(adopting descriptor: consuming FileDescriptor) throws(SystemError) {
    try descriptor.setCloseOnExec()
    try descriptor.setNonblocking(true)
    self.init(descriptor: descriptor, path: nil, identity: nil)
  }

  /// Whether the path still leads to this socket. Always true for one that was handed to us.
  package borrowing func stillOurs() -> Bool {
    guard let path, let identity else { return true }
    do throws(SystemError) {
      guard let found = try FileIdentity.ofPath(path) else { return false }
      return found.isSameFile(as: identity) && found.kind == .socket
    } catch {
      return false
    }
  }

  /// Closes the socket and removes its name, if the name still leads to this socket.
  ///
  /// - Returns: whether a name was removed.
  @discardableResult
  package consuming func closeAndUnlink() -> Bool {
    guard let path, stillOurs() else { return false }
    return unlink(path) == 0
  }

  /// Accepts one connection.
  package borrowing func accept() -> AcceptOutcome {
    while true {
      let flags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
      let accepted = accept4(descriptor.number, nil, nil, flags)
      let code = errno
      if accepted >= 0 { return .accepted(FileDescriptor(owning: accepted)) }
      switch code {
      case EINTR, ECONNABORTED: continue
      case EAGAIN: return .drained
      case EMFILE, ENFILE, ENOBUFS, ENOMEM:
        return .exhausted(SystemError(call: "accept", errno: code, subject: path))
      default:
        return .failed(SystemError(call: "accept", errno: code, subject: path))
      }
    }
  }
}

/// A descriptor kept for the moment when there are no others, to refuse with.
package struct SpareDescriptor: ~Copyable, Sendable {
  private var kept: FileDescriptor?

  package init() { kept = Self.openNothing() }

  /// Accepts one waiting connection with the spare descriptor, says `farewell` and closes it.
  ///
  /// - Returns: whether somebody was refused; false if another thread took the free number.
  package mutating func refuse(on listener: borrowing ListeningSocket, farewell: [UInt8]) -> Bool {
    kept = nil
    var isRefused = false
    switch listener.accept() {
    case .accepted(let connection):
      isRefused = true
      // The buffer of a new socket is empty, so a short line fits; the peer may be gone already.
      _ = farewell.withUnsafeBytes {
        send(connection.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
    default: break
    }
    kept = Self.openNothing()
    return isRefused
  }

  private static func openNothing() -> FileDescriptor? {
    let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
    return number >= 0 ? FileDescriptor(owning: number) : nil
  }
}
