/// Why a channel is closed.
package enum CloseReason: Equatable, Sendable, CustomStringConvertible {
  /// `close()` was called.
  case local
  /// `finishAndClose()` was called and everything was written.
  case finished
  /// The other end closed altogether; what was not written is lost.
  case peerGone
  case failed(SystemError)

  /// A sentence for people.
  package var description: String {
    switch self {
    case .local: "closed here"
    case .finished: "closed here after everything was written"
    case .peerGone: "closed by the peer"
    case .failed(let error): error.description
    }
  }
}

/// Marks of the output queue of a channel, in bytes.
package struct StreamLimits: Equatable, Sendable {
  /// From here on nothing more is read from this peer, until it has read.
  package var outputHighWaterByteCount: Int
  /// From here on it is read again, and `onDrained` is called.
  package var outputLowWaterByteCount: Int

  /// Values by name.
  package init(
    outputHighWaterByteCount: Int = 256 * 1_024, outputLowWaterByteCount: Int = 64 * 1_024
  ) {
    precondition(outputLowWaterByteCount >= 0, "a mark is not negative")
    precondition(
      outputHighWaterByteCount > outputLowWaterByteCount, "the high mark lies over the low one")
    self.outputHighWaterByteCount = outputHighWaterByteCount
    self.outputLowWaterByteCount = outputLowWaterByteCount
  }
}

/// What a channel tells its owner. All run on the queue of its loop, none inside another.
package struct StreamCallbacks: Sendable {
  /// Bytes came. The buffer is lent for the call; copy what is to be kept.
  package var onBytes: @Sendable (StreamChannel, UnsafeRawBufferPointer) -> Void
  /// The peer will send no more but may still read: finish, then `finishAndClose()`.
  package var onEnd: @Sendable (StreamChannel) -> Void
  /// The queue had more than the low mark of bytes and has not any more: there is room.
  package var onDrained: @Sendable (StreamChannel) -> Void
  /// The descriptor is closed; the last call, made exactly once.
  package var onClosed: @Sendable (StreamChannel, CloseReason) -> Void

  /// Values by name.
  package init(
    onBytes: @escaping @Sendable (StreamChannel, UnsafeRawBufferPointer) -> Void,
    onEnd: @escaping @Sendable (StreamChannel) -> Void,
    onDrained: @escaping @Sendable (StreamChannel) -> Void = { _ in },
    onClosed: @escaping @Sendable (StreamChannel, CloseReason) -> Void
  ) {
    self.onBytes = onBytes
    self.onEnd = onEnd
    self.onDrained = onDrained
    self.onClosed = onClosed
  }
}
