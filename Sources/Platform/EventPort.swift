@preconcurrency import Glibc

/// What a descriptor is watched for, or what happened to it (`epoll_ctl(2)`).
struct EventSet: OptionSet, Sendable {
  let rawValue: UInt32

  static let readable = EventSet(rawValue: 0x001)
  static let writable = EventSet(rawValue: 0x004)
  /// Reported whether asked for or not.
  static let failed = EventSet(rawValue: 0x008)
  /// The other end is closed altogether. Reported whether asked for or not.
  static let hungUp = EventSet(rawValue: 0x010)
}

/// Watches many descriptors and reports those that are ready, as long as they are.
///
/// One of these stands behind one source of Dispatch and serves all connections of a loop. A
/// source for each connection would be simpler, but the one of Swift 6.3.1 on Linux handles a
/// peer that hangs up on two threads at once without a lock, and can then trap in
/// `_dispatch_source_refs_finalize_unregistration` (seen with the thread sanitizer; the race is
/// between `_dispatch_event_merge_hangup` in event_epoll.c and the source's own queue). Even if
/// that were mended, sources take three times the processor time for a request (measured).
final class EventPort: @unchecked Sendable {  // @unchecked: one loop's queue alone uses it
  // Others only keep it alive.

  /// How many events one call reports at most.
  static let reportCountMax = 128

  // `struct epoll_event` is a word of events and eight bytes of ours, packed on x86-64 only.
  #if arch(x86_64)
    private static let stride = 12
    private static let tokenOffset = 4
  #else
    private static let stride = 16
    private static let tokenOffset = 8
  #endif

  private let descriptor: FileDescriptor
  private let reports: UnsafeMutableRawPointer

  init() throws(SystemError) {
    let number = try checked("epoll_create1") { epollCreate(O_CLOEXEC) }
    descriptor = FileDescriptor(owning: number)
    reports = .allocate(byteCount: Self.stride * Self.reportCountMax, alignment: 8)
  }

  deinit { reports.deallocate() }

  /// Readable while there is something to report.
  var number: Int32 { descriptor.number }

  /// Watches a descriptor. `token` comes back with each report.
  func add(_ number: Int32, _ events: EventSet, token: UInt64) throws(SystemError) {
    try control(1, number, events, token)
  }

  /// Watches for something else.
  func change(_ number: Int32, _ events: EventSet, token: UInt64)
    throws(SystemError)
  {
    try control(3, number, events, token)
  }

  /// Watches no more. Before the descriptor is closed.
  func remove(_ number: Int32) throws(SystemError) {
    try control(2, number, [], 0)
  }

  private func control(
    _ operation: Int32, _ number: Int32, _ events: EventSet, _ token: UInt64
  ) throws(SystemError) {
    let port = descriptor.number
    _ = try checked("epoll_ctl") {
      withUnsafeTemporaryAllocation(byteCount: Self.stride, alignment: 8) { event in
        event.storeBytes(of: events.rawValue, as: UInt32.self)
        event.storeBytes(of: token, toByteOffset: Self.tokenOffset, as: UInt64.self)
        return epollControl(port, operation, number, event.baseAddress)
      }
    }
  }

  /// How many descriptors are ready now; `report` tells which. Does not wait.
  func collect() -> Int {
    let count = epollWait(descriptor.number, reports, Int32(Self.reportCountMax), 0)
    let code = errno
    precondition(count >= 0 || code == EINTR, "an event port of our own can be asked")
    return Int(max(count, 0))
  }

  /// One of the reports of the last `collect`.
  func report(_ index: Int) -> (token: UInt64, events: EventSet) {
    let event = reports + index * Self.stride
    return (
      event.loadUnaligned(fromByteOffset: Self.tokenOffset, as: UInt64.self),
      EventSet(rawValue: event.loadUnaligned(as: UInt32.self))
    )
  }
}
