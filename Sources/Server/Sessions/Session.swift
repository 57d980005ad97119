import Domain
import Engine
import JSON
import Platform
import Store
import Synchronization
import Wire

/// One connection: lines in, replies out.
///
/// ```text
///  open ──▶ ended (peer half-closed: finish, flush, close)
///    └────▶ closing (bye said: flush, close) ──▶ closed
/// ```
final class Session: StreamOwner {
  enum Phase {
    case open
    /// The peer sends no more; what is in flight is finished.
    case ended
    /// `session.bye` is said; nothing is begun any more.
    case closing
    case closed
  }

  let number: UInt32
  let loop: SessionLoop
  let context: ServerContext
  let record: ConnectionRecord
  var identity: Identity
  var channel: StreamChannel?
  var phase = Phase.open
  var flights = FlightTable()

  var framing: LineFraming
  var malformedInRow = 0
  var isTurnDue = false
  private var hasSaidDraining = false
  /// Monotonic milliseconds of the first byte of the line that is not ended; nil between lines.
  var partialSince: Int64?
  var partialLine: UInt64 = 0

  /// Bytes sent since memory was last accounted for.
  private var unaccountedBytes = 0
  /// Reads that wait until the peer has taken more of its replies.
  var putOff: [PutOffRead] = []

  init(
    record: ConnectionRecord, loop: SessionLoop, context: ServerContext, identity: Identity
  ) {
    self.record = record
    self.loop = loop
    self.context = context
    self.identity = identity
    number = UInt32(truncatingIfNeeded: record.number)
    framing = LineFraming()
  }

  /// Takes over the socket and greets.
  func start(_ channel: StreamChannel) {
    self.channel = channel
    loop.insert(self)
    // Nothing is read before this turn ends, so the greeting is the first line all the same; a
    // peer that is gone already would close the channel before it could be started.
    channel.start()
    channel.send(ReplyLines.greeting(greeting))
    if context.isDraining { drain() }
  }

  private var greeting: Greeting {
    Greeting(
      version: context.facts.version, versions: ProtocolRangeObject(min: 1, max: 1),
      schema: Contract.schema,
      instance: context.facts.instance, epoch: context.facts.epoch, now: context.services.clock(),
      state: context.state.rawValue, peer: identity.peerObject,
      limits: context.greetingLimits, features: context.facts.features)
  }

  // MARK: Output

  /// Sends a line; lines of one turn go out together.
  func send(_ line: [UInt8]) {
    channel?.sendBuffered(line)
    // What is left when the turn is over is accounted for then; a turn can bring many long lines.
    unaccountedBytes += line.count
    if unaccountedBytes >= Self.unaccountedMax { account() }
  }

  private static let unaccountedMax = 65_536

  /// Whether so much waits to be taken that nothing more should be begun for this peer.
  var isOutputFull: Bool {
    (channel?.queuedByteCount ?? 0) >= context.limits.outputHighBytes
  }

  /// Whether a stream may go on.
  var hasOutputRoom: Bool {
    (channel?.queuedByteCount ?? 0) <= context.limits.outputLowBytes
  }

  /// Nearly all peers take everything at once: then there is nothing to account for.
  func offered(_ channel: StreamChannel) {
    guard channel.queuedByteCount > 0 || record.outputBytes.load(ordering: .relaxed) > 0 else {
      return
    }
    account()
  }

  /// There is room again.
  func drained(_ channel: StreamChannel) {
    account()
    readPutOff()
    for flight in flights.flights {
      if case .waiting(let waiter) = flight.stage { waiter.resume() }
    }
    if !isTurnDue, phase == .open || phase == .ended { scheduleTurn() }
  }

  /// Tells the table how much memory this connection holds.
  func account() {
    let output = channel?.queuedByteCount ?? 0
    let held = output + (phase == .open || phase == .ended ? framing.partialSize : 0)
    unaccountedBytes = 0
    record.outputBytes.store(output, ordering: .relaxed)
    let before = record.heldBytes.exchange(held, ordering: .relaxed)
    let total = context.counters.heldBytes.add(held - before)
    if held > before, total > context.limits.buffersBytes { context.closeLargest() }
  }

  // MARK: Time

  func tick(at now: Int64) {
    guard let channel, phase != .closed else { return }
    if channel.millisecondsSinceProgress >= context.limits.outputStalledMilliseconds {
      // The line will hardly be taken, but it is said.
      channel.send(ReplyLines.bye(.lineTimeout, "No byte was taken for too long."))
      channel.close()
      return
    }
    if let partialSince, now - partialSince >= context.limits.linePartialMilliseconds {
      self.partialSince = nil
      if phase == .open { fail(.lineTimeout) }
      return
    }
    for flight in flights.flights {
      if case .waiting(let waiter) = flight.stage { waiter.tick(at: now) }
    }
    if phase == .ended, channel.isPeerGone { channel.close() }
    account()
    readPutOff()
  }

  // MARK: Ending

  /// Answers a fault that ends the connection, says goodbye and closes.
  func fail(_ error: WireError) {
    guard phase == .open || phase == .ended else { return }
    refuse(error, id: nil, method: nil)
    close(ReplyLines.bye(error))
  }

  /// Says goodbye, then closes once that is written. What is in flight goes on without a listener.
  func close(_ bye: [UInt8]) {
    guard let channel, phase == .open || phase == .ended else { return }
    phase = .closing
    channel.sendBuffered(bye)
    abandonAll()
    channel.finishAndClose()
  }

  /// All connections together hold too much, and this one the most.
  func closeForMemory() {
    guard let channel, phase != .closed else { return }
    phase = .closing
    channel.send(
      ReplyLines.bye(
        .tooManyConnections, "All connections together held too much memory, this one the most.",
        retryAfterMilliseconds: 1_000))
    channel.close()
    abandonAll()
    // At once: whether another has to go is decided by what this one leaves.
    account()
  }

  /// The daemon stops: no new work, streams end, the rest is finished.
  func drain() {
    guard phase == .open || phase == .ended else { return }
    sayDraining()
    for flight in flights.flights {
      if case .waiting(let waiter) = flight.stage { waiter.end(.draining) }
    }
    closeIfDone()
  }

  /// Once, whichever comes first: word of the end, or the last reply.
  private func sayDraining() {
    guard !hasSaidDraining else { return }
    hasSaidDraining = true
    send(
      ReplyLines.bye(
        .draining, "The daemon is stopping.",
        retryAfterMilliseconds: Int64(context.limits.drainMilliseconds)))
  }

  /// The peer has closed its side.
  func peerEnded(_ channel: StreamChannel) {
    guard phase == .open else { return }
    phase = .ended
    framing.end()
    turn()
  }

  /// Closes where nothing is left to do.
  func closeIfDone() {
    guard flights.isEmpty, !isTurnDue, let channel else { return }
    switch phase {
    case .ended: channel.finishAndClose()
    case .open where context.isDraining:
      sayDraining()
      phase = .closing
      channel.finishAndClose()
    case .open, .closing, .closed: break
    }
  }

  func closed(_ channel: StreamChannel, _ reason: CloseReason) {
    guard phase != .closed else { return }
    phase = .closed
    abandonAll()
    self.channel = nil
    context.counters.heldBytes.add(-record.heldBytes.exchange(0, ordering: .relaxed))
    loop.remove(self)
    context.connections.leave(record)
  }

  /// Nobody listens any more: waits end, commands go on.
  private func abandonAll() {
    putOff.removeAll()
    while let flight = flights.flights.first {
      abandon(flight)
      _ = flights.remove(flight.serial)
      letKeyGo(of: flight)
    }
    updateCounts()
  }

  func abandon(_ flight: Flight) {
    switch flight.stage {
    case .waiting(let waiter): waiter.release()
    case .writing:
      let token = SessionToken(loop: loop.index, session: number, serial: flight.serial)
      context.core.submit(.abandoned(token.token))
    case .held, .reading, .lookingUp, .working: break
    }
  }

  func updateCounts() {
    record.inFlight.store(flights.flights.count, ordering: .relaxed)
  }
}
