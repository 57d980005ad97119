@preconcurrency import Glibc

/// Tells the service supervisor what this daemon is doing (`sd_notify(3)`).
///
/// Without NOTIFY_SOCKET every call does nothing. A supervisor that does not listen is no reason
/// to stop, so failures are answered, not thrown.
package struct ServiceNotifier: Sendable {
  /// What can be told.
  package enum State: Equatable, Sendable {
    case ready
    /// The configuration is being read again; `ready` must follow.
    case reloading
    case stopping
    /// Still alive; sent within each watchdog period.
    case watchdog
    /// A line for people. Line feeds in it become spaces.
    case status(String)
  }

  private let address: SocketAddress?
  /// How often the supervisor wants to hear `watchdog`, in milliseconds; nil if it does not.
  package let watchdogMilliseconds: Int64?

  /// - Parameter environment: the variables of this process.
  /// - Parameter processID: the number WATCHDOG_PID must have if it is set.
  package init(environment: [String: String], processID: Int32) {
    if let name = environment["NOTIFY_SOCKET"], name.utf8.first == UInt8(ascii: "@") {
      address = SocketAddress(abstractName: String(name.dropFirst()))
    } else if let name = environment["NOTIFY_SOCKET"], name.utf8.first == UInt8(ascii: "/") {
      address = SocketAddress(path: name)
    } else {
      address = nil
    }
    let isForUs = environment["WATCHDOG_PID"].map { $0 == String(processID) } ?? true
    let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) }
    watchdogMilliseconds =
      isForUs ? microseconds.flatMap { $0 > 0 ? max(1, $0 / 1_000) : nil } : nil
  }

  /// Whether a supervisor wants to be told.
  package var isWanted: Bool { address != nil }

  /// Sends the states in one datagram; false if nobody took it.
  @discardableResult
  package func notify(_ states: [State]) -> Bool {
    guard let address, !states.isEmpty else { return false }
    let text = Array(states.map(Self.line).joined(separator: "\n").utf8)
    let type = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let number = socket(AF_UNIX, type, 0)
    guard number >= 0 else { return false }
    let descriptor = FileDescriptor(owning: number)
    let sent = address.withRaw { pointer, byteCount in
      text.withUnsafeBytes {
        sendto(
          descriptor.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL), pointer,
          byteCount)
      }
    }
    return sent == text.count
  }

  static func line(_ state: State) -> String {
    switch state {
    case .ready: "READY=1"
    case .reloading:
      // The supervisor wants the moment, to tell a late answer from an early one.
      "RELOADING=1\nMONOTONIC_USEC=\(SystemClock.monotonicNanoseconds() / 1_000)"
    case .stopping: "STOPPING=1"
    case .watchdog: "WATCHDOG=1"
    case .status(let text):
      "STATUS=" + String(text.map { $0.isNewline ? " " : $0 })
    }
  }
}
