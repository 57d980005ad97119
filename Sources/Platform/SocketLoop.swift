package import Dispatch
import Synchronization

/// One serial queue that serves many channels, and what they share on it.
///
/// A daemon has a few of these. All callbacks of a channel run on the queue of its loop.
package final class SocketLoop: @unchecked Sendable {  // @unchecked: only on `queue`, checked.

  /// Bytes taken from a socket by one read.
  package static let readByteCount = 65_536
  /// How often one turn looks for more before other work of the queue has its turn.
  private static let roundCountMax = 8

  /// Where everything of this loop happens. Serial.
  package let queue: DispatchQueue

  /// Where every read of the loop lands: no allocation for a read, none for an idle channel.
  let readBuffer: UnsafeMutableRawBufferPointer

  private let port: EventPort
  private var onWoken: @Sendable () -> Void = {}
  private let isWoken = Atomic(false)
  private var watched = ChannelTable()

  private var unflushed: [StreamChannel] = []
  /// Whether channels are being told what happened.
  package private(set) var isInTurn = false
  private var postponed: [() -> Void] = []
  private var isFlushDue = false
  private var afterwards: (@Sendable () -> Void)?
  /// Bytes that wait in all channels of this loop to be written.
  private var waitingByteCount = 0

  /// - Throws: no descriptor or thread is left for the loop itself.
  package init(queue: DispatchQueue) throws(SystemError) {
    let port = try EventPort()
    self.queue = queue
    self.port = port
    readBuffer = .allocate(byteCount: Self.readByteCount, alignment: 16)
    // What is ready is dealt with on the queue; where nothing else runs there, that is done by this
    // very thread without waking another.
    try OwnThread.start(named: queue.label) { [weak self] in
      while let find = port.wait() {
        let afterwards = queue.sync { self?.afterwards(of: find) }
        afterwards?()
      }
    }
  }

  deinit {
    port.close()
    readBuffer.deallocate()
  }

  /// Bytes that wait in all channels of this loop to be written.
  ///
  /// - Precondition: on the queue.
  package var queuedByteCount: Int {
    dispatchPrecondition(condition: .onQueue(queue))
    return waitingByteCount
  }

  /// A channel's queue grew or shrank.
  func queuedChanged(by difference: Int) {
    waitingByteCount += difference
    assert(waitingByteCount >= 0, "channels give back what they took")
  }

  // MARK: Events

  /// Watches a descriptor for a channel, which is kept alive until `forget`.
  func watch(_ number: Int32, _ events: EventSet, for channel: StreamChannel)
    throws(SystemError) -> UInt64
  {
    let token = watched.insert(channel)
    do throws(SystemError) {
      try port.add(number, events, token: token)
    } catch {
      watched.remove(token)
      throw error
    }
    return token
  }

  func change(_ number: Int32, _ events: EventSet, token: UInt64) throws(SystemError) {
    try port.change(number, events, token: token)
  }

  /// Reports nothing more of a descriptor; its channel is kept.
  func ignore(_ number: Int32) throws(SystemError) { try port.remove(number) }

  func forget(_ token: UInt64) { watched.remove(token) }

  /// Sets what `wake` has called, on the queue, once for all wakes that come together.
  ///
  /// - Precondition: not on the queue.
  package func whenWoken(_ body: @escaping @Sendable () -> Void) {
    queue.sync { onWoken = body }
  }

  /// Wakes the loop; from any thread. Costs next to nothing while it is at work.
  package func wake() {
    isWoken.store(true, ordering: .releasing)
    port.ring()
  }

  /// Has the thread of this loop run something once this turn is over. The queue is free meanwhile;
  /// only what comes from the sockets has to wait.
  ///
  /// - Precondition: in a turn, once.
  package func afterTurn(_ body: @escaping @Sendable () -> Void) {
    dispatchPrecondition(condition: .onQueue(queue))
    precondition(isInTurn && afterwards == nil, "only a turn can be over")
    afterwards = body
  }

  private func afterwards(of find: EventPort.Find) -> (@Sendable () -> Void)? {
    turn(find)
    defer { afterwards = nil }
    return afterwards
  }

  /// Tells channels what happened, round after round while there is more, and writes at the end
  /// of each round what they had to say. The port reports again what is left.
  private func turn(_ first: EventPort.Find) {
    var find = first
    for _ in 0..<Self.roundCountMax {
      isInTurn = true
      if isWoken.exchange(false, ordering: .acquiring) { onWoken() }
      for index in 0..<find.count {
        guard let report = port.report(index) else { continue }
        watched.channel(report.token)?.happened(report.events)
      }
      endRound()
      isInTurn = false
      flushAll()
      find = port.look()
      if find.count == 0, !find.isRung, postponed.isEmpty { return }
    }
    // Others of the queue have their turn. Descriptors are reported again, the rest is not.
    port.ring()
  }

  /// Runs something after the other channels had their turn, outside all their callbacks.
  ///
  /// - Precondition: on the queue.
  package func later(_ body: @escaping () -> Void) {
    dispatchPrecondition(condition: .onQueue(queue))
    postponed.append(body)
    if !isInTurn { port.ring() }
  }

  private func endRound() {
    guard !postponed.isEmpty else { return }
    var bodies: [() -> Void] = []
    swap(&bodies, &postponed)
    // What these put off again has its time when everybody had another turn.
    for body in bodies { body() }
  }

  // MARK: Flushing

  /// Remembers a channel that has bytes to write when this turn of the queue is over.
  func flushLater(_ channel: StreamChannel) {
    unflushed.append(channel)
    guard !isInTurn, !isFlushDue else { return }
    isFlushDue = true
    queue.async {
      self.isFlushDue = false
      self.flushAll()
    }
  }

  /// Writes what channels of this loop have buffered.
  private func flushAll() {
    guard !unflushed.isEmpty else { return }
    // A callback below may buffer again: that goes into a list of its own.
    var channels: [StreamChannel] = []
    swap(&channels, &unflushed)
    for channel in channels { channel.flushAfterTurn() }
    // Keeps the memory of the list for the next turn.
    channels.removeAll(keepingCapacity: true)
    if unflushed.isEmpty { swap(&channels, &unflushed) }
  }
}
