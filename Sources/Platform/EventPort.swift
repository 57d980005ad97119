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
  private enum Sleeper {
    static let awake = 0
    static let asleep = 1
    static let rung = 2
  }

  private let descriptor: FileDescriptor
  /// Written to in order to end a wait; nobody reads it, a write alone is an event.
  private let bell: FileDescriptor
  fileprivate static let bellToken = UInt64.max
  private let sleeper = Atomic(Sleeper.awake)
  private let isClosed = Atomic(false)

  init() throws(SystemError) {
    descriptor = FileDescriptor(owning: try checked("epoll_create1") { epollCreate(O_CLOEXEC) })
    bell = FileDescriptor(owning: try checked("eventfd") { eventCounter(0, O_CLOEXEC) })
    try add(bell.number, [.readable, .onceForEach], token: Self.bellToken)
  }

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
      withUnsafeTemporaryAllocation(byteCount: EventReports.stride, alignment: 8) { event in
        event.storeBytes(of: events.rawValue, as: UInt32.self)
        event.storeBytes(of: token, toByteOffset: EventReports.tokenOffset, as: UInt64.self)
        return epollControl(port, operation, number, event.baseAddress)
      }
    }
  }

  /// Looks without waiting.
  func look(_ reports: inout EventReports) {
    reports.isRung = sleeper.exchange(Sleeper.awake, ordering: .acquiring) == Sleeper.rung
    fill(&reports, withinMilliseconds: 0)
  }

  /// Waits until a descriptor is ready or somebody rings.
  ///
  /// - Returns: false once nobody may wait any more.
  func wait(_ reports: inout EventReports) -> Bool {
    let slept = sleeper.compareExchange(
      expected: Sleeper.awake, desired: Sleeper.asleep, ordering: .acquiringAndReleasing)
    fill(&reports, withinMilliseconds: slept.exchanged ? -1 : 0)
    reports.isRung = sleeper.exchange(Sleeper.awake, ordering: .acquiring) == Sleeper.rung
    return !isClosed.load(ordering: .acquiring)
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

  private func fill(_ reports: inout EventReports, withinMilliseconds milliseconds: Int32) {
    let countMax = Int32(EventReports.countMax)
    let count = epollWait(descriptor.number, reports.bytes, countMax, milliseconds)
    let code = errno
    precondition(count >= 0 || code == EINTR, "an event port of our own can be asked")
    reports.count = Int(max(count, 0))
  }
}

/// What one look or wait found. It belongs to the one thread that waits.
struct EventReports: ~Copyable {
  /// How many events one call reports at most.
  static let countMax = 128

  // `struct epoll_event` is a word of events and eight bytes of ours, packed on x86-64 only.
  #if arch(x86_64)
    fileprivate static let stride = 12
    fileprivate static let tokenOffset = 4
  #else
    fileprivate static let stride = 16
    fileprivate static let tokenOffset = 8
  #endif

  fileprivate let bytes: UnsafeMutableRawPointer
  /// Descriptors that are ready; `report` tells which.
  fileprivate(set) var count = 0
  /// Whether somebody rang since the last look.
  fileprivate(set) var isRung = false

  init() { bytes = .allocate(byteCount: Self.stride * Self.countMax, alignment: 8) }

  deinit { bytes.deallocate() }

  /// One of them; nil is the bell.
  func report(_ index: Int) -> (token: UInt64, events: EventSet)? {
    let event = bytes + index * Self.stride
    let token = event.loadUnaligned(fromByteOffset: Self.tokenOffset, as: UInt64.self)
    guard token != EventPort.bellToken else { return nil }
    return (token, EventSet(rawValue: event.loadUnaligned(as: UInt32.self)))
  }
}
