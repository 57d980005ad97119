import Synchronization

/// Counts the bytes that are read of two files, and says so now and then.
final class ReadingMeter: Sendable {
  private static let stepBytes = 8 << 20

  private struct State {
    var bytes = 0
    var told = 0
  }

  private let byteCount: Int
  private let tell: @Sendable (FilePair.Progress) -> Void
  private let state = Mutex(State())

  init(byteCount: Int, tell: @escaping @Sendable (FilePair.Progress) -> Void) {
    self.byteCount = byteCount
    self.tell = tell
  }

  func add(_ count: Int) {
    let bytes: Int? = state.withLock { state in
      state.bytes += count
      guard state.bytes - state.told >= Self.stepBytes else { return nil }
      state.told = state.bytes
      return state.bytes
    }
    if let bytes { tell(.reading(min(bytes, byteCount), of: byteCount)) }
  }
}
