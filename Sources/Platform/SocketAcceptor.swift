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
package final class SocketAcceptor: @unchecked Sendable {  // @unchecked: only on `queue`, checked.

  /// How many connections are taken in one turn, so that others get theirs.
  private static let turnCountMax = 64
  /// How many peers are sent away in one rest.
  private static let refusedCountMax = 64

  private let queue: DispatchQueue
  private let callbacks: AcceptorCallbacks
  private let farewell: [UInt8]
  private let restMilliseconds: Int
  private var listener: ListeningSocket?
  private var spare = SpareDescriptor()
  private var source: (any DispatchSourceRead)?
  private var restTimer: QueueTimer?
  private var isSuspended = false
  private var isResting = false
  private var isPaused = false
  private var onStopped: (@Sendable () -> Void)?
  private var mustUnlink = false

  /// - Parameter farewell: sent to peers that are refused for want of descriptors; a short line.
  /// - Parameter restMilliseconds: how long accepting rests when no descriptor is left. Without
  ///   the rest the source would wake 73,000 times a second (measured).
  package init(
    _ listener: consuming ListeningSocket, on queue: DispatchQueue, farewell: [UInt8] = [],
    restMilliseconds: Int, callbacks: AcceptorCallbacks
  ) {
    self.listener = consume listener
    self.queue = queue
    self.farewell = farewell
    self.restMilliseconds = restMilliseconds
    self.callbacks = callbacks
  }

  /// Begins to accept. Call it once, on the queue.
  package func start() {
    dispatchPrecondition(condition: .onQueue(queue))
    precondition(source == nil, "an acceptor starts once")
    guard let number = listener?.number else { return }
    let source = DispatchSource.makeReadSource(fileDescriptor: number, queue: queue)
    let readable: @Sendable () -> Void = { [self] in acceptWaiting() }
    let cancelled: @Sendable () -> Void = { [self] in sourceIsGone() }
    source.setEventHandler(handler: readable)
    source.setCancelHandler(handler: cancelled)
    self.source = source
    // Fires at once and does nothing. Dispatch opens a descriptor for its first timer, and if
    // that were the one after the last descriptor, the rest would never end.
    let timer = QueueTimer(on: queue) { [self] in restIsOver() }
    timer.schedule(afterMilliseconds: 0)
    restTimer = timer
    source.activate()
  }

  /// Leaves new connections waiting in the kernel's line, or takes them again.
  package func setPaused(_ wanted: Bool) {
    dispatchPrecondition(condition: .onQueue(queue))
    isPaused = wanted
    updateSource()
  }

  /// Whether the path still leads to this socket; see `ListeningSocket.stillOurs()`.
  package var stillOurs: Bool {
    dispatchPrecondition(condition: .onQueue(queue))
    return listener?.stillOurs() ?? false
  }

  /// Ends accepting, closes the socket and calls `completion` on the queue.
  ///
  /// - Parameter unlinking: removes the name too, if it still leads to this socket.
  package func stop(unlinking: Bool, completion: @escaping @Sendable () -> Void = {}) {
    dispatchPrecondition(condition: .onQueue(queue))
    precondition(onStopped == nil, "an acceptor stops once")
    onStopped = completion
    mustUnlink = unlinking
    guard let source else {
      queue.async { self.sourceIsGone() }
      return
    }
    self.source = nil
    source.cancel()
    if isSuspended { source.resume() }
  }

  private func acceptWaiting() {
    for _ in 0..<Self.turnCountMax {
      guard source != nil, !isPaused, !isResting, let outcome = listener?.accept() else { return }
      switch consume outcome {
      case .accepted(let connection): callbacks.onConnection(connection)
      case .drained: return
      case .exhausted(let error):
        rest(error)
        return
      case .failed(let error):
        callbacks.onFailed(error)
        isPaused = true
        updateSource()
        return
      }
    }
  }

  private func rest(_ error: SystemError) {
    isResting = true
    updateSource()
    var refused = 0
    while refused < Self.refusedCountMax, refuseOne() { refused += 1 }
    callbacks.onExhausted(error, refused)
    restTimer?.schedule(afterMilliseconds: restMilliseconds)
  }

  private func restIsOver() {
    isResting = false
    updateSource()
  }

  private func refuseOne() -> Bool {
    guard let taken = listener.take() else { return false }
    let isRefused = spare.refuse(on: taken, farewell: farewell)
    listener = consume taken
    return isRefused
  }

  private func updateSource() {
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

  /// Dispatch has let go of the descriptor: only now may it be closed.
  private func sourceIsGone() {
    restTimer?.cancel()
    restTimer = nil
    if let taken = listener.take(), mustUnlink { taken.closeAndUnlink() }
    onStopped?()
    onStopped = nil
  }
}
