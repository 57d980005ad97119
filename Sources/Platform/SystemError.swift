@preconcurrency import Glibc

/// A system call that failed, with everything needed to say so.
///
/// A fault, never a rejection: the world broke. The text is for people and is never parsed.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The call that failed, as in its manual page: `bind`.
  package let call: String
  /// What the call said, one of `errno(3)`.
  package let errno: Int32
  /// The path or name it was about, if there was one.
  package let subject: String?

  /// An error by value.
  package init(call: String, errno: Int32, subject: String? = nil) {
    self.call = call
    self.errno = errno
    self.subject = subject
  }

  /// The sentence of the C library for `errno`, in English (no locale is ever set).
  package var text: String { String(cString: strerror(errno)) }

  /// A sentence for people: call, subject, text and number.
  package var description: String {
    let about = subject.map { " \($0)" } ?? ""
    return "\(call)\(about): \(text) (errno \(errno))"
  }

  /// No space is left, or a quota is used up: a state the daemon can live through.
  package var isOutOfSpace: Bool { errno == ENOSPC || errno == EDQUOT }
  /// No more descriptors, in this process or in the system.
  package var isOutOfDescriptors: Bool { errno == EMFILE || errno == ENFILE }
  /// The path does not exist.
  package var isMissing: Bool { errno == ENOENT }
  /// The permissions of a file or a directory forbid it.
  package var isForbidden: Bool { errno == EACCES || errno == EPERM }
  /// The other end of a socket or a pipe is gone.
  package var isPeerGone: Bool { errno == EPIPE || errno == ECONNRESET }
}

/// Runs a call that answers −1 on failure, again as long as a signal interrupts it.
///
/// `errno` is read in the statement after the call: nothing may come between.
@inline(__always)
func retried<Result: FixedWidthInteger & SignedInteger>(
  _ call: StaticString, _ subject: String? = nil, _ body: () -> Result
) throws(SystemError) -> Result {
  while true {
    let result = body()
    if result != -1 { return result }
    let code = errno
    if code == EINTR { continue }
    throw SystemError(call: "\(call)", errno: code, subject: subject)
  }
}

/// Runs a call once; for those that must not be repeated when a signal interrupts them.
@inline(__always)
func checked<Result: FixedWidthInteger & SignedInteger>(
  _ call: StaticString, _ subject: String? = nil, _ body: () -> Result
) throws(SystemError) -> Result {
  let result = body()
  if result != -1 { return result }
  let code = errno
  throw SystemError(call: "\(call)", errno: code, subject: subject)
}
