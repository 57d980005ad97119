@preconcurrency import Glibc

extension FileDescriptor {
  /// Whether the other end of a connected socket is closed altogether, as far as it can be known
  /// now. Does not wait.
  package borrowing func isPeerGone() -> Bool {
    var entry = pollfd(fd: number, events: 0, revents: 0)
    return poll(&entry, 1, 0) > 0 && entry.revents & Int16(POLLHUP | POLLERR) != 0
  }

  /// Whether the other end is closed altogether and has left nothing to read: nobody will miss an
  /// answer.
  package borrowing func isAbandoned() -> Bool {
    guard isPeerGone() else { return false }
    var byte: UInt8 = 0
    return recv(number, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) <= 0
  }
}
