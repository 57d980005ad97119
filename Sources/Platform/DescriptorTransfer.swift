@preconcurrency import Glibc

/// How a wait or a transfer with a deadline ended without an answer.
package enum TransferFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// The time was over first. What was moved until then stays moved.
  case timedOut(milliseconds: Int)
  case system(SystemError)

  /// A sentence for people.
  package var description: String {
    switch self {
    case .timedOut(let milliseconds): "no answer within \(milliseconds) ms"
    case .system(let error): error.description
    }
  }
}

/// A moment on the monotonic clock, in nanoseconds, after which waiting ends.
package struct Deadline: Sendable, Equatable {
  /// Nanoseconds of CLOCK_MONOTONIC; `Int64.max` means never.
  package let nanoseconds: Int64
  /// The span it was made from, for the text of an error.
  package let milliseconds: Int

  /// A deadline `milliseconds` from now. Negative spans are over at once.
  package init(afterMilliseconds milliseconds: Int) {
    let span = Int64(milliseconds).multipliedReportingOverflow(by: 1_000_000)
    let end = SystemClock.monotonicNanoseconds().addingReportingOverflow(span.partialValue)
    nanoseconds = span.overflow || end.overflow ? .max : end.partialValue
    self.milliseconds = milliseconds
  }

  /// Waits without end.
  package static let never = Deadline(nanoseconds: .max, milliseconds: .max)

  private init(nanoseconds: Int64, milliseconds: Int) {
    self.nanoseconds = nanoseconds
    self.milliseconds = milliseconds
  }

  /// Milliseconds left, rounded up, as `poll(2)` takes them: −1 without end, 0 when over.
  package var pollMilliseconds: Int32 {
    if nanoseconds == .max { return -1 }
    let left = nanoseconds - SystemClock.monotonicNanoseconds()
    if left <= 0 { return 0 }
    return Int32(clamping: (left + 999_999) / 1_000_000)
  }

  /// Whether the moment has passed.
  package var isOver: Bool {
    nanoseconds != .max && SystemClock.monotonicNanoseconds() >= nanoseconds
  }
}

/// What can be waited for on several descriptors at once.
package struct Readiness: Sendable, Equatable {
  /// The descriptor.
  package let number: Int32
  /// What is waited for, as `poll(2)` takes it.
  package let events: Int16
  /// What `poll(2)` reported.
  package internal(set) var reported: Int16 = 0

  /// Waits for bytes or an end.
  package static func reading(_ number: Int32) -> Readiness {
    Readiness(number: number, events: Int16(POLLIN))
  }
  /// Waits for room.
  package static func writing(_ number: Int32) -> Readiness {
    Readiness(number: number, events: Int16(POLLOUT))
  }

  private init(number: Int32, events: Int16) {
    self.number = number
    self.events = events
  }

  /// Something can be done: bytes, room, an end or an error are waiting.
  package var isReady: Bool { reported != 0 }
  /// The other end is gone altogether, not only its writing half.
  package var isHangUp: Bool { reported & Int16(POLLHUP | POLLERR) != 0 }

  /// Waits until one of `entries` is ready and fills in `reported`; false when the time is over.
  package static func wait(_ entries: inout [Readiness], until deadline: Deadline)
    throws(SystemError) -> Bool
  {
    var raw = entries.map { pollfd(fd: $0.number, events: $0.events, revents: 0) }
    while true {
      let count = poll(&raw, nfds_t(raw.count), deadline.pollMilliseconds)
      let code = errno
      if count == -1, code == EINTR { continue }
      if count == -1 { throw SystemError(call: "poll", errno: code) }
      if count == 0, !deadline.isOver { continue }
      for index in entries.indices { entries[index].reported = raw[index].revents }
      return count > 0
    }
  }
}

extension FileDescriptor {
  /// Reads what is there, at most `countMax` bytes; empty means the end.
  ///
  /// Waits until `deadline` on a blocking and on a non-blocking descriptor.
  package borrowing func read(countMax: Int, until deadline: Deadline = .never)
    throws(TransferFault) -> [UInt8]
  {
    precondition(countMax > 0, "a read needs room")
    while true {
      try pause(.reading(number), until: deadline)
      var code: Int32 = 0
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: countMax) { buffer, filled in
        count = Glibc.read(number, buffer.baseAddress, countMax)
        code = errno
        filled = max(count, 0)
      }
      if count >= 0 { return bytes }
      if code == EINTR || code == EAGAIN { continue }
      throw .system(SystemError(call: "read", errno: code))
    }
  }

  /// Writes all bytes, to a socket, a pipe, a terminal or a file.
  ///
  /// A gone reader is EPIPE, never a signal, if `BrokenPipe.ignore()` was called at start.
  package borrowing func write(_ bytes: [UInt8], until deadline: Deadline = .never)
    throws(TransferFault)
  {
    var offset = 0
    while offset < bytes.count {
      if deadline != .never { try pause(.writing(number), until: deadline) }
      let count = bytes.withUnsafeBytes { raw in
        Glibc.write(number, raw.baseAddress?.advanced(by: offset), raw.count - offset)
      }
      let code = errno
      if count >= 0 {
        offset += count
      } else if code == EAGAIN {
        try pause(.writing(number), until: deadline)
      } else if code != EINTR {
        throw .system(SystemError(call: "write", errno: code))
      }
    }
  }

  /// Says that nothing more will be written on this socket; reading goes on.
  package borrowing func finishWriting() throws(SystemError) {
    _ = try retried("shutdown") { shutdown(number, Int32(SHUT_WR)) }
  }

  private borrowing func pause(_ entry: Readiness, until deadline: Deadline)
    throws(TransferFault)
  {
    var entries = [entry]
    let ready: Bool
    do throws(SystemError) {
      ready = try Readiness.wait(&entries, until: deadline)
    } catch {
      throw .system(error)
    }
    if !ready { throw .timedOut(milliseconds: deadline.milliseconds) }
  }
}
