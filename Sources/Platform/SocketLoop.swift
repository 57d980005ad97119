package import Dispatch
import Synchronization

/// One serial queue that serves many channels, and what they share on it.
///
/// A daemon has a few of these. All callbacks of a channel run on the queue of its loop.
package final class SocketLoop: Sendable {

  /// Bytes taken from a socket by one read.
  package static let readByteCount = 65_536
  /// How often one turn looks for more before other work of the queue has its turn.
  private static let roundCountMax = 8

  /// Where everything of this loop happens. Serial.
  package let queue: DispatchQueue

  private let port: EventPort
  private let isWoken = Atomic(false)
  private let state: Confined<State>

  private struct State: ~Copyable {
    /// Where every read of the loop lands: no allocation for a read, none for an idle channel.
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: SocketLoop.readByteCount, alignment: 16)
    var watched = ChannelTable()
    var onWoken: @Sendable () -> Void = {}
    var isInTurn = false
    var postponed: [() -> Void] = []
    var afterwards: (@Sendable () -> Void)?
    var unflushed: [StreamChannel] = []
    var isFlushDue = false
    var waitingByteCount = 0

    deinit { readBuffer.deallocate() }
  }

  /// - Throws: no descriptor or thread is left for the loop itself.
  package init(queue: DispatchQueue) throws(SystemError) {
    let port = try EventPort()
    self.queue = queue
    self.port = port
    state = Confined(State(), on: queue)
    // What is ready is dealt with on the queue; where nothing else runs there, that is done by this
    // very thread without waking another.
    try OwnThread.start(named: queue.label) { [weak self] in
      var reports = EventReports()
      while port.wait(&reports) {
        let afterwards = queue.sync { self?.afterwards(of: &reports) }
        afterwards?()
      }
    }
  }

  deinit { port.close() }

  /// Where every read of the loop lands.
  var readBuffer: UnsafeMutableRawBufferPointer { state.withState { $0.readBuffer } }

  /// Bytes that wait in all channels of this loop to be written.
  ///
  /// - Precondition: on the queue.
  package var queuedByteCount: Int { state.withState { $0.waitingByteCount } }

  /// A channel's queue grew or shrank.
  func queuedChanged(by difference: Int) {
    state.withState { state in
      state.waitingByteCount += difference
      assert(state.waitingByteCount >= 0, "channels give back what they took")
    }
  }

  // MARK: Events

  /// Watches a descriptor for a channel, which is kept alive until `forget`.
  func watch(_ number: Int32, _ events: EventSet, for channel: StreamChannel)
    throws(SystemError) -> UInt64
  {
    let token = state.withState { $0.watched.insert(channel) }
    do throws(SystemError) {
      try port.add(number, events, token: token)
    } catch {
      forget(token)
      throw error
    }
    return token
  }

  func change(_ number: Int32, _ events: EventSet, token: UInt64) throws(SystemError) {
    try port.change(number, events, token: token)
  }

  /// Reports nothing more of a descriptor; its channel is kept.
  func ignore(_ number: Int32) throws(SystemError) { try port.remove(number) }

  func forget(_ token: UInt64) { state.withState { $0.watched.remove(token) } }

  /// Sets what `wake` has called, on the queue, once for all wakes that come together.
  ///
  /// - Precondition: not on the queue.
  package func whenWoken(_ body: @escaping @Sendable () -> Void) {
    state.wait { $0.onWoken = body }
  }

  /// Wakes the loop; from any thread. Costs next to nothing while it is at work.
  package func wake() {
    isWoken.store(true, ordering: .releasing)
    port.ring()
  }

  /// Whether channels are being told what happened.
  ///
  /// - Precondition: on the queue.
  package var isInTurn: Bool { state.withState { $0.isInTurn } }

  /// Has the thread of this loop run something once this turn is over. The queue is free meanwhile;
  /// only what comes from the sockets has to wait.
  ///
  /// - Precondition: in a turn, once.
  package func afterTurn(_ body: @escaping @Sendable () -> Void) {
    state.withState { state in
      precondition(state.isInTurn && state.afterwards == nil, "only a turn can be over")
      state.afterwards = body
    }
  }

  private func afterwards(of reports: inout EventReports) -> (@Sendable () -> Void)? {
    turn(&reports)
    return state.withState { $0.afterwards.take() }
  }

  /// Tells channels what happened, round after round while there is more, and writes at the end
  /// of each round what they had to say. The port reports again what is left.
  private func turn(_ reports: inout EventReports) {
    for _ in 0..<Self.roundCountMax {
      state.withState { $0.isInTurn = true }
      if isWoken.exchange(false, ordering: .acquiring) { state.withState { $0.onWoken }() }
      for index in 0..<reports.count {
        guard let report = reports.report(index) else { continue }
        state.withState { $0.watched.channel(report.token) }?.happened(report.events)
      }
      // What these put off again has its time when everybody had another turn.
      for body in takePostponed() { body() }
      state.withState { $0.isInTurn = false }
      flushAll()
      port.look(&reports)
      if reports.count == 0, !reports.isRung, state.withState({ $0.postponed.isEmpty }) { return }
    }
    // Others of the queue have their turn. Descriptors are reported again, the rest is not.
    port.ring()
  }

  /// Runs something after the other channels had their turn, outside all their callbacks.
  ///
  /// - Precondition: on the queue.
  package func later(_ body: @escaping () -> Void) {
    let isInTurn = state.withState { state in
      state.postponed.append(body)
      return state.isInTurn
    }
    if !isInTurn { port.ring() }
  }

  private func takePostponed() -> [() -> Void] {
    state.withState { state in
      guard !state.postponed.isEmpty else { return [] }
      defer { state.postponed = [] }
      return state.postponed
    }
  }

  // MARK: Flushing

  /// Remembers a channel that has bytes to write when this turn of the queue is over.
  func flushLater(_ channel: StreamChannel) {
    let mustAsk = state.withState { state in
      state.unflushed.append(channel)
      guard !state.isInTurn, !state.isFlushDue else { return false }
      state.isFlushDue = true
      return true
    }
    guard mustAsk else { return }
    queue.async {
      self.state.withState { $0.isFlushDue = false }
      self.flushAll()
    }
  }

  /// Writes what channels of this loop have buffered.
  private func flushAll() {
    // A callback below may buffer again: that goes into a list of its own.
    var channels = state.withState { state in
      var channels: [StreamChannel] = []
      if !state.unflushed.isEmpty { swap(&channels, &state.unflushed) }
      return channels
    }
    guard !channels.isEmpty else { return }
    for channel in channels { channel.flushAfterTurn() }
    // Keeps the memory of the list for the next turn.
    channels.removeAll(keepingCapacity: true)
    state.withState { if $0.unflushed.isEmpty { swap(&channels, &$0.unflushed) } }
  }
}
