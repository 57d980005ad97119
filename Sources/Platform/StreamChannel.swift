import Dispatch
@preconcurrency import Glibc

/// One connection: a socket and what waits to be written to it.
///
/// Lives on the queue of its loop, where every call must be made and every callback comes. The
/// loop keeps it alive from `start()` until `onClosed`.
package final class StreamChannel {
  private enum Phase {
    case open
    /// Writes what waits and then closes; nothing is read any more.
    case finishing
    case closed
  }

  /// The loop on whose queue the channel lives.
  package let loop: SocketLoop
  /// The marks of the output queue.
  package let limits: StreamLimits
  /// Who is at the other end, as the kernel saw it at connect.
  package let peer: PeerCredentials

  private var descriptor: FileDescriptor?
  private let number: Int32
  private var owner: (any StreamOwner)?
  private var phase = Phase.open

  /// What the loop calls this channel; nil before `start()` and after the close.
  private var token: UInt64?
  /// What is watched for now; nil if nothing at all is reported.
  private var watchedEvents: EventSet?

  private var isPausedByOwner = false
  private var isPausedByOutput = false
  private var hasEnded = false
  private var hasHungUp = false
  private var isReading = false

  private var output = OutputQueue()
  private var isWaitingForRoom = false
  private var isFlushListed = false
  private var isOverLowWater = false
  /// Monotonic nanoseconds at which the peer last took bytes, while some wait.
  private var progressNanoseconds: Int64 = 0

  /// Takes over a connected socket; nothing happens before `start()`.
  package init(
    _ descriptor: consuming FileDescriptor, on loop: SocketLoop,
    limits: StreamLimits = StreamLimits(), owner: any StreamOwner
  ) throws(SystemError) {
    try descriptor.setNonblocking(true)
    peer = try PeerCredentials.of(descriptor)
    number = descriptor.number
    self.descriptor = consume descriptor
    self.loop = loop
    self.limits = limits
    self.owner = owner
  }

  /// Begins to read. Call it once, on the queue.
  ///
  /// Closes with the reason if the kernel has no room to watch one more socket.
  package func start() {
    checkQueue()
    precondition(token == nil && phase == .open, "a channel starts once")
    let events = wantedEvents
    do throws(SystemError) {
      token = try loop.watch(number, events, for: self)
      watchedEvents = events
    } catch {
      failed(error)
    }
  }

  private func checkQueue() { dispatchPrecondition(condition: .onQueue(loop.queue)) }

  // MARK: Events

  private var mayRead: Bool {
    phase == .open && !hasEnded && !isPausedByOwner && !isPausedByOutput
  }

  private var wantedEvents: EventSet {
    var events: EventSet = []
    if mayRead { events.insert(.readable) }
    if isWaitingForRoom { events.insert(.writable) }
    return events
  }

  /// Tells the kernel what is wanted now, if that has changed.
  private func updateWatch() {
    let events = wantedEvents
    guard let token, let watchedEvents, watchedEvents != events else { return }
    self.watchedEvents = events
    do throws(SystemError) {
      try loop.change(number, events, token: token)
    } catch {
      failed(error)
    }
  }

  /// The loop tells what happened to the socket.
  func happened(_ events: EventSet) {
    if !events.isDisjoint(with: [.hungUp, .failed]) { hasHungUp = true }
    if events.contains(.readable) || hasHungUp { readAvailable() }
    if isWaitingForRoom, events.contains(.writable) || hasHungUp {
      writeWaiting()
      if phase == .open { owner?.offered(self) }
      tellIfDrained()
    }
    if hasHungUp { stopWatchingHungUp() }
  }

  /// A hang-up is reported until the socket is watched no more. If reading is paused, what the
  /// peer wrote before it went is read later; otherwise nothing is left to do for it.
  private func stopWatchingHungUp() {
    guard phase != .closed, watchedEvents != nil else { return }
    if hasEnded || phase == .finishing { return close(.peerGone) }
    watchedEvents = nil
    do throws(SystemError) {
      try loop.ignore(number)
    } catch {
      failed(error)
    }
  }

  // MARK: Reading

  /// Stops reading until `resumeReading()`; the kernel's buffer then slows the peer down.
  package func pauseReading() {
    checkQueue()
    isPausedByOwner = true
    updateWatch()
  }

  /// Reads again, unless too much output waits.
  package func resumeReading() {
    checkQueue()
    isPausedByOwner = false
    readingMayGoOn()
  }

  private func readingMayGoOn() {
    updateWatch()
    // What a peer left behind is not reported any more.
    if hasHungUp, mayRead { loop.later { self.readAvailable() } }
  }

  private func readAvailable() {
    guard !isReading else { return }
    isReading = true
    defer { isReading = false }
    // One read a turn is fair to the others; the loop reports the rest again. A peer that is
    // gone is read to the end, because it is not reported any more.
    repeat {
      guard mayRead, readOnce() else { return }
    } while hasHungUp
  }

  /// False when there is nothing more to read now.
  private func readOnce() -> Bool {
    let buffer = loop.readBuffer
    let count = read(number, buffer.baseAddress, buffer.count)
    let code = errno
    if count > 0 {
      owner?.received(UnsafeRawBufferPointer(rebasing: buffer[..<count]), from: self)
      return true
    }
    if count == 0 {
      peerEnded()
      return false
    }
    switch code {
    case EINTR: return true
    case EAGAIN: return false
    default:
      failed(SystemError(call: "read", errno: code))
      return false
    }
  }

  private func peerEnded() {
    hasEnded = true
    if hasHungUp || isPeerGone { return close(.peerGone) }
    updateWatch()
    owner?.peerEnded(self)
  }

  /// Whether the other end is closed altogether, as far as it can be known now.
  package var isPeerGone: Bool {
    checkQueue()
    return descriptor?.isPeerGone() ?? true
  }

  // MARK: Writing

  /// Bytes that wait here to be written.
  package var queuedByteCount: Int {
    checkQueue()
    return output.count
  }

  /// How long the peer has taken nothing although bytes wait; 0 if none wait.
  package var millisecondsSinceProgress: Int64 {
    checkQueue()
    guard !output.isEmpty, !isFlushListed else { return 0 }
    return (SystemClock.monotonicNanoseconds() - progressNanoseconds) / 1_000_000
  }

  /// Writes bytes now as far as the peer takes them, and keeps the rest.
  ///
  /// After a close was begun it does nothing: nobody is there to read.
  package func send(_ bytes: [UInt8]) {
    checkQueue()
    guard phase == .open, !bytes.isEmpty else { return }
    guard output.isEmpty else {
      enqueue(bytes, from: 0)
      if isFlushListed { flush() }
      return
    }
    guard let written = taken(bytes.withUnsafeBytes { transmit($0) }) else { return }
    guard written < bytes.count else { return }
    enqueue(bytes, from: written)
    waitForRoom(true)
  }

  /// Keeps bytes and writes them, with others of the same turn, in one call when it is over.
  package func sendBuffered(_ bytes: [UInt8]) {
    checkQueue()
    guard phase == .open, !bytes.isEmpty else { return }
    let mustList = output.isEmpty && !isFlushListed
    enqueue(bytes, from: 0)
    guard mustList else { return }
    isFlushListed = true
    loop.flushLater(self)
  }

  /// Writes now what `sendBuffered` has kept.
  package func flush() {
    checkQueue()
    isFlushListed = false
    writeWaiting()
    if output.count <= limits.outputLowWaterByteCount { isOverLowWater = false }
  }

  /// The turn in which `sendBuffered` was called is over.
  func flushAfterTurn() {
    guard isFlushListed else { return }
    isFlushListed = false
    writeWaiting()
    if phase == .open { owner?.offered(self) }
    tellIfDrained()
  }

  private func enqueue(_ bytes: [UInt8], from offset: Int) {
    if output.isEmpty { progressNanoseconds = SystemClock.monotonicNanoseconds() }
    output.append(bytes, from: offset)
    loop.queuedChanged(by: bytes.count - offset)
    if output.count > limits.outputLowWaterByteCount { isOverLowWater = true }
    if output.count >= limits.outputHighWaterByteCount, !isPausedByOutput {
      isPausedByOutput = true
      updateWatch()
    }
  }

  /// Writes what waits; on a full socket waits for room.
  private func writeWaiting() {
    guard !output.isEmpty, phase != .closed else { return }
    guard let written = taken(output.withBytes { transmit($0) }) else { return }
    if written > 0 {
      output.removeFirst(written)
      loop.queuedChanged(by: -written)
      progressNanoseconds = SystemClock.monotonicNanoseconds()
    }
    if output.isEmpty, phase == .finishing { return close(.finished) }
    waitForRoom(!output.isEmpty)
    if isPausedByOutput, output.count <= limits.outputLowWaterByteCount {
      isPausedByOutput = false
      readingMayGoOn()
    }
  }

  private func waitForRoom(_ wanted: Bool) {
    guard isWaitingForRoom != wanted else { return }
    isWaitingForRoom = wanted
    // A peer that is gone will never make room, and nothing more is reported of it.
    if wanted, hasHungUp { return close(.peerGone) }
    updateWatch()
  }

  /// Gives bytes to the kernel. Touches no state: the bytes may be lent from the queue.
  private func transmit(_ bytes: UnsafeRawBufferPointer) -> Result<Int, SystemError> {
    while true {
      let count = Glibc.send(number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      let code = errno
      if count >= 0 { return .success(count) }
      if code == EAGAIN { return .success(0) }
      if code != EINTR { return .failure(SystemError(call: "send", errno: code)) }
    }
  }

  /// How many bytes the kernel took, 0 when it is full; nil when that ended the channel.
  private func taken(_ result: Result<Int, SystemError>) -> Int? {
    switch result {
    case .success(let count): return count
    case .failure(let error):
      failed(error)
      return nil
    }
  }

  private func tellIfDrained() {
    guard isOverLowWater, phase == .open, output.count <= limits.outputLowWaterByteCount else {
      return
    }
    isOverLowWater = false
    owner?.drained(self)
  }

  // MARK: Closing

  /// Closes at once; what waits to be written is dropped. Only `onClosed` still comes.
  package func close() {
    checkQueue()
    close(.local)
  }

  /// Reads no more, writes what waits, and closes then.
  ///
  /// A peer that takes nothing keeps it open: watch `millisecondsSinceProgress` and `close()`.
  package func finishAndClose() {
    checkQueue()
    guard phase == .open else { return }
    phase = .finishing
    isFlushListed = false
    if output.isEmpty { return close(.finished) }
    updateWatch()
    writeWaiting()
  }

  private func failed(_ error: SystemError) {
    close(error.isPeerGone ? .peerGone : .failed(error))
  }

  private func close(_ reason: CloseReason) {
    guard phase != .closed else { return }
    phase = .closed
    loop.queuedChanged(by: -output.count)
    output.removeAll()
    if watchedEvents != nil {
      do throws(SystemError) {
        try loop.ignore(number)
      } catch {
        preconditionFailure("a watched socket can be given up: \(error)")
      }
    }
    if let token { loop.forget(token) }
    watchedEvents = nil
    token = nil
    descriptor = nil
    // Never inside another callback. Owner and channel hold each other until here.
    loop.later {
      let owner = self.owner
      self.owner = nil
      owner?.closed(self, reason)
    }
  }
}
