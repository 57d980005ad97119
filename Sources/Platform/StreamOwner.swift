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

/// What a channel tells its owner. All are called on the queue of its loop, none inside another.
package protocol StreamOwner: AnyObject {
  /// Bytes came. The buffer is lent for the call; copy what is to be kept.
  func received(_ bytes: UnsafeRawBufferPointer, from channel: StreamChannel)
  /// The peer will send no more but may still read: finish, then `finishAndClose()`.
  func peerEnded(_ channel: StreamChannel)
  /// The queue had more than the low mark of bytes and has not any more: there is room.
  func drained(_ channel: StreamChannel)
  /// The peer was offered what waits, and took some of it, or all, or nothing.
  func offered(_ channel: StreamChannel)
  /// The descriptor is closed; the last call, made exactly once.
  func closed(_ channel: StreamChannel, _ reason: CloseReason)
}

extension StreamOwner {
  package func offered(_ channel: StreamChannel) {}
}

/// An owner made of functions.
package final class StreamCallbacks: StreamOwner {
  private let onBytes: (StreamChannel, UnsafeRawBufferPointer) -> Void
  private let onEnd: (StreamChannel) -> Void
  private let onDrained: (StreamChannel) -> Void
  private let onClosed: (StreamChannel, CloseReason) -> Void

  package init(
    onBytes: @escaping (StreamChannel, UnsafeRawBufferPointer) -> Void = { _, _ in },
    onEnd: @escaping (StreamChannel) -> Void = { _ in },
    onDrained: @escaping (StreamChannel) -> Void = { _ in },
    onClosed: @escaping (StreamChannel, CloseReason) -> Void = { _, _ in }
  ) {
    self.onBytes = onBytes
    self.onEnd = onEnd
    self.onDrained = onDrained
    self.onClosed = onClosed
  }

  package func received(_ bytes: UnsafeRawBufferPointer, from channel: StreamChannel) {
    onBytes(channel, bytes)
  }
  package func peerEnded(_ channel: StreamChannel) { onEnd(channel) }
  package func drained(_ channel: StreamChannel) { onDrained(channel) }
  package func closed(_ channel: StreamChannel, _ reason: CloseReason) {
    onClosed(channel, reason)
  }
}
