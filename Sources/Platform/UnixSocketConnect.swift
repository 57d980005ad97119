@preconcurrency import Glibc

/// Why no connection to a daemon came about. Each case asks for something else from the caller.
package enum ConnectFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// The path has more bytes than the kernel's address has room for.
  case pathTooLong(path: String, byteCount: Int, byteCountMax: Int)
  /// Nothing is at the path: the daemon was never started, or the path is wrong.
  case missing(path: String)
  /// A socket is there but nobody listens: the daemon died.
  case notListening(path: String)
  /// Something that is not a socket is at the path.
  case notASocket(path: String)
  /// The permissions of the socket or of a folder above it forbid it.
  case forbidden(path: String)
  /// The queue of waiting connections stayed full until the time was over.
  case busy(path: String, milliseconds: Int)
  case system(SystemError)

  /// A sentence for people.
  package var description: String {
    switch self {
    case .pathTooLong(let path, let byteCount, let byteCountMax):
      "the socket path has \(byteCount) bytes, at most \(byteCountMax) are possible: \(path)"
    case .missing(let path): "no socket at \(path)"
    case .notListening(let path): "nobody listens at \(path)"
    case .notASocket(let path): "\(path) is not a socket"
    case .forbidden(let path): "not permitted to connect to \(path)"
    case .busy(let path, let milliseconds):
      "the queue at \(path) stayed full for \(milliseconds) ms"
    case .system(let error): error.description
    }
  }
}

extension UnixSocket {
  /// The pauses between two attempts while the queue of the listener is full.
  private static let busyPauseMillisecondsMin = 2
  private static let busyPauseMillisecondsMax = 50

  /// Connects to a daemon. The descriptor is non-blocking and closed on exec.
  ///
  /// A local connect never waits: it succeeds, fails, or says that the queue is full, and only
  /// the last is worth repeating, with growing pauses until the time is over.
  ///
  /// - Parameter timeoutMilliseconds: on the monotonic clock.
  package static func connect(to path: String, timeoutMilliseconds: Int = 5_000)
    throws(ConnectFault) -> FileDescriptor
  {
    guard let address = SocketAddress(path: path) else {
      if path.isEmpty || path.utf8.contains(0) { throw .missing(path: path) }
      throw .pathTooLong(
        path: path, byteCount: path.utf8.count, byteCountMax: pathByteCountMax)
    }
    let deadline = Deadline(afterMilliseconds: timeoutMilliseconds)
    var pauseMilliseconds = busyPauseMillisecondsMin
    while true {
      let descriptor: FileDescriptor
      do throws(SystemError) {
        descriptor = try newSocket()
      } catch {
        throw .system(error)
      }
      let number = descriptor.number
      let result = address.withRaw { Glibc.connect(number, $0, $1) }
      let code = errno
      if result == 0 { return descriptor }
      guard code == EAGAIN || code == EINTR else { throw fault(code, path) }
      if deadline.isOver { throw .busy(path: path, milliseconds: timeoutMilliseconds) }
      SystemClock.sleep(
        milliseconds: min(pauseMilliseconds, Int(deadline.pollMilliseconds)))
      pauseMilliseconds = min(pauseMilliseconds * 2, busyPauseMillisecondsMax)
    }
  }

  private static func newSocket() throws(SystemError) -> FileDescriptor {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    return FileDescriptor(owning: try checked("socket") { socket(AF_UNIX, type, 0) })
  }

  private static func fault(_ code: Int32, _ path: String) -> ConnectFault {
    switch code {
    case ENOENT, ENOTDIR: return .missing(path: path)
    case EACCES, EPERM: return .forbidden(path: path)
    case ECONNREFUSED, EPROTOTYPE:
      // A regular file answers with the same number as a socket without a listener.
      var raw = stat()
      let isSocket = stat(path, &raw) == 0 && raw.st_mode & S_IFMT == S_IFSOCK
      return isSocket ? .notListening(path: path) : .notASocket(path: path)
    default: return .system(SystemError(call: "connect", errno: code, subject: path))
    }
  }
}
