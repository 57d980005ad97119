package import Dispatch

/// What an acceptor tells its owner, on its queue.
package struct AcceptorCallbacks: Sendable {
  /// A connection came. It belongs to the owner now.
  package var onConnection: @Sendable (consuming FileDescriptor) -> Void
  /// No descriptor or memory was left: accepting rests for 100 ms; `refused` waiting peers were
  /// sent away with the farewell.
  package var onExhausted: @Sendable (_ error: SystemError, _ refused: Int) -> Void
  /// The socket cannot accept any more.
  package var onFailed: @Sendable (SystemError) -> Void

  /// All run on the queue of the acceptor.
  package init(
    onConnection: @escaping @Sendable (consuming FileDescriptor) -> Void,
    onExhausted: @escaping @Sendable (_ error: SystemError, _ refused: Int) -> Void = { _, _ in },
    onFailed: @escaping @Sendable (SystemError) -> Void
  ) {
    self.onConnection = onConnection
    self.onExhausted = onExhausted
    self.onFailed = onFailed
  }
}

/// Accepts the connections of one listening socket on a serial queue.
package final class SocketAcceptor: Sendable {

  /// How many connections are taken in one turn, so that others get theirs.
  private static let turnCountMax = 64
  /// How many peers are sent away in one rest.
  private static let refusedCountMax = 64

  private let queue: DispatchQueue
  private let callbacks: AcceptorCallbacks
  private let farewell: [UInt8]
  private let restMilliseconds: Int
  private let state: Confined<State>

  fileprivate struct State: ~Copyable {
    var listener: ListeningSocket?
    var spare = SpareDescriptor()
    var source: (any DispatchSourceRead)?
    var restTimer: QueueTimer?
    var isSuspended = false
    var isResting = false
    var isPaused = false
    var onStopped: (@Sendable () -> Void)?
    var mustUnlink = false

    init(_ listener: consuming ListeningSocket) { self.listener = consume listener }
  }

  /// - Parameter farewell: sent to peers that are refused for want of descriptors; a short line.
  /// - Parameter restMilliseconds: how long accepting rests when no descriptor is left. Without
  ///   the rest the source would wake 73,000 times a second (measured).
  package init(
    _ listener: consuming sending ListeningSocket, on queue: DispatchQueue, farewell: [UInt8] = [],
    restMilliseconds: Int, callbacks: AcceptorCallbacks
  ) {
    state = Confined(State(listener), on: queue)
    self.queue = queue
    self.farewell = farewell
    self.restMilliseconds = restMilliseconds
    self.callbacks = callbacks
  }

  /// Begins to accept. Call it once, on the queue.
  package func start() {
    state.withState { state in
      precondition(state.source == nil, "an acceptor starts once")
      guard let number = state.listener?.number else { return }
      let source = DispatchSource.makeReadSource(fileDescriptor: number, queue: queue)
      let readable: @Sendable () -> Void = { [self] in acceptWaiting() }
      let cancelled: @Sendable () -> Void = { [self] in sourceIsGone() }
      source.setEventHandler(handler: readable)
      source.setCancelHandler(handler: cancelled)
      state.source = source
      // Fires at once and does nothing. Dispatch opens a descriptor for its first timer, and if
      // that were the one after the last descriptor, the rest would never end.
      let timer = QueueTimer(on: queue) { [self] in restIsOver() }
      timer.schedule(afterMilliseconds: 0)
      state.restTimer = timer
      source.activate()
    }
  }

  /// Leaves new connections waiting in the kernel's line, or takes them again.
  package func setPaused(_ wanted: Bool) {
    state.withState { state in
      state.isPaused = wanted
      state.updateSource()
    }
  }

  /// Whether the path still leads to this socket; see `ListeningSocket.stillOurs()`.
  package var stillOurs: Bool { state.withState { $0.listener?.stillOurs() ?? false } }

  /// Ends accepting, closes the socket and calls `completion` on the queue.
  ///
  /// - Parameter unlinking: removes the name too, if it still leads to this socket.
  package func stop(unlinking: Bool, completion: @escaping @Sendable () -> Void = {}) {
    let hasStarted = state.withState { $0.end(unlinking: unlinking, completion) }
    if !hasStarted { queue.async { self.sourceIsGone() } }
  }

  private func acceptWaiting() {
    for _ in 0..<Self.turnCountMax {
      // Callbacks come outside the state: they may pause or stop this very acceptor.
      guard let outcome = state.withState({ $0.accept() }) else { return }
      switch consume outcome {
      case .accepted(let connection): callbacks.onConnection(connection)
      case .drained: return
      case .exhausted(let error):
        rest(error)
        return
      case .failed(let error):
        callbacks.onFailed(error)
        setPaused(true)
        return
      }
    }
  }

  private func rest(_ error: SystemError) {
    let refused = state.withState { state in
      state.isResting = true
      state.updateSource()
      var refused = 0
      while refused < Self.refusedCountMax, state.refuseOne(farewell) { refused += 1 }
      return refused
    }
    callbacks.onExhausted(error, refused)
    state.withState { $0.restTimer?.schedule(afterMilliseconds: restMilliseconds) }
  }

  private func restIsOver() {
    state.withState { state in
      state.isResting = false
      state.updateSource()
    }
  }

  /// Dispatch has let go of the descriptor: only now may it be closed.
  private func sourceIsGone() { state.withState { $0.close() }?() }
}

extension SocketAcceptor.State {
  /// Nil while nobody may be taken.
  fileprivate mutating func accept() -> AcceptOutcome? {
    guard source != nil, !isPaused, !isResting else { return nil }
    return listener?.accept()
  }

  fileprivate mutating func refuseOne(_ farewell: [UInt8]) -> Bool {
    guard let taken = listener.take() else { return false }
    let isRefused = spare.refuse(on: taken, farewell: farewell)
    listener = consume taken
    return isRefused
  }

  fileprivate mutating func updateSource() {
    guard let source else { return }
    let mayAccept = !isPaused && !isResting
    if !mayAccept, !isSuspended {
      isSuspended = true
      source.suspend()
    } else if mayAccept, isSuspended {
      isSuspended = false
      source.resume()
    }
  }

  /// - Returns: false where there is no source whose end would be told.
  fileprivate mutating func end(
    unlinking: Bool, _ completion: @escaping @Sendable () -> Void
  ) -> Bool {
    precondition(onStopped == nil, "an acceptor stops once")
    onStopped = completion
    mustUnlink = unlinking
    guard let source = source.take() else { return false }
    source.cancel()
    if isSuspended { source.resume() }
    return true
  }

  /// - Returns: who is to be told.
  fileprivate mutating func close() -> (@Sendable () -> Void)? {
    restTimer?.cancel()
    restTimer = nil
    if let taken = listener.take(), mustUnlink { taken.closeAndUnlink() }
    return onStopped.take()
  }
}
