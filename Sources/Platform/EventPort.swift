@preconcurrency import Glibc
import Synchronization

/// What a descriptor is watched for, or what happened to it (`epoll_ctl(2)`).
struct EventSet: OptionSet, Sendable {
  let rawValue: UInt32

  static let readable = EventSet(rawValue: 0x001)
  static let writable = EventSet(rawValue: 0x004)
  /// Reported whether asked for or not.
  static let failed = EventSet(rawValue: 0x008)
  /// The other end is closed altogether. Reported whether asked for or not.
  static let hungUp = EventSet(rawValue: 0x010)
  /// Each event is reported once, not as long as it lasts.
  static let onceForEach = EventSet(rawValue: 0x8000_0000)
}

/// Watches many descriptors and reports those that are ready, as long as they are.
///
/// One of these, with a thread that waits for it, serves all connections of a loop. Sources of
/// Dispatch would be simpler, but each of their events goes through Dispatch's own thread first: a
/// request of a lone client then takes two wake-ups more (measured). And a source for each
/// connection, as Swift 6.3.1 has it on Linux, handles a peer that hangs up on two threads at once
/// without a lock, and can then trap in `_dispatch_source_refs_finalize_unregistration` (seen with
/// the thread sanitizer; the race is between `_dispatch_event_merge_hangup` in event_epoll.c and
/// the source's own queue).
final class EventPort: Sendable {
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

  /// What one look found.
  struct Find {
    /// Descriptors that are ready; `report` tells which.
    let count: Int
    /// Whether somebody rang since the last look.
    let isRung: Bool
  }

  private enum Sleeper {
    static let awake = 0
    static let asleep = 1
    static let rung = 2
  }

  private let descriptor: FileDescriptor
  /// Only the one thread that waits has the kernel write there, and reads it.
  nonisolated(unsafe) private let reports: UnsafeMutableRawPointer  // unsafe: the waiting thread's.
  /// Written to in order to end a wait; nobody reads it, a write alone is an event.
  private let bell: FileDescriptor
  private static let bellToken = UInt64.max
  private let sleeper = Atomic(Sleeper.awake)
  private let isClosed = Atomic(false)

  init() throws(SystemError) {
    descriptor = FileDescriptor(owning: try checked("epoll_create1") { epollCreate(O_CLOEXEC) })
    bell = FileDescriptor(owning: try checked("eventfd") { eventCounter(0, O_CLOEXEC) })
    reports = .allocate(byteCount: Self.stride * Self.reportCountMax, alignment: 8)
    try add(bell.number, [.readable, .onceForEach], token: Self.bellToken)
  }

  deinit { reports.deallocate() }

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

  /// Looks without waiting.
  func look() -> Find {
    let isRung = sleeper.exchange(Sleeper.awake, ordering: .acquiring) == Sleeper.rung
    return Find(count: ready(withinMilliseconds: 0), isRung: isRung)
  }

  /// Waits until a descriptor is ready or somebody rings.
  ///
  /// - Returns: nil once nobody may wait any more.
  func wait() -> Find? {
    let slept = sleeper.compareExchange(
      expected: Sleeper.awake, desired: Sleeper.asleep, ordering: .acquiringAndReleasing)
    let count = ready(withinMilliseconds: slept.exchanged ? -1 : 0)
    let isRung = sleeper.exchange(Sleeper.awake, ordering: .acquiring) == Sleeper.rung
    return isClosed.load(ordering: .acquiring) ? nil : Find(count: count, isRung: isRung)
  }

  /// Ends the wait, or spares the next one; from any thread.
  func ring() {
    guard sleeper.exchange(Sleeper.rung, ordering: .acquiringAndReleasing) == Sleeper.asleep
    else { return }
    var one: UInt64 = 1
    let count = write(bell.number, &one, 8)
    precondition(count == 8, "a bell can be rung for ever")
  }

  /// Ends the waiting for good; from any thread.
  func close() {
    isClosed.store(true, ordering: .releasing)
    ring()
  }

  private func ready(withinMilliseconds milliseconds: Int32) -> Int {
    let countMax = Int32(Self.reportCountMax)
    let count = epollWait(descriptor.number, reports, countMax, milliseconds)
    let code = errno
    precondition(count >= 0 || code == EINTR, "an event port of our own can be asked")
    return Int(max(count, 0))
  }

  /// One of the reports of the last look or wait; nil is the bell.
  func report(_ index: Int) -> (token: UInt64, events: EventSet)? {
    let event = reports + index * Self.stride
    let token = event.loadUnaligned(fromByteOffset: Self.tokenOffset, as: UInt64.self)
    guard token != Self.bellToken else { return nil }
    return (token, EventSet(rawValue: event.loadUnaligned(as: UInt32.self)))
  }
}
