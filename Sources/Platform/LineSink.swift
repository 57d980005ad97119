import Dispatch
import Synchronization

/// Writes lines to a descriptor that may block, such as a log, without ever waiting for it.
///
/// Lines wait in a bounded buffer. When the reader does not keep up, new ones are dropped and
/// counted; a line is written whole or not at all.
package final class LineSink: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    var droppedCount = 0
    var isWriting = false
  }

  private let writer: DispatchQueue
  private let byteCountMax: Int
  private let state = Mutex(State())
  private let write: @Sendable ([UInt8]) -> Bool

  /// - Parameter number: a descriptor that stays open as long as the sink, such as 2.
  /// - Parameter byteCountMax: bytes that may wait.
  package convenience init(_ label: String, number: Int32, byteCountMax: Int = 1 << 20) {
    self.init(label, byteCountMax: byteCountMax) { Terminal.write($0, to: number) }
  }

  init(_ label: String, byteCountMax: Int, write: @escaping @Sendable ([UInt8]) -> Bool) {
    precondition(byteCountMax > 0, "there is room for a line")
    writer = Queues.root(label)
    self.byteCountMax = byteCountMax
    self.write = write
  }

  /// Takes a line with its line feed; false if it was dropped for want of room.
  @discardableResult
  package func append(_ line: [UInt8]) -> Bool {
    let (isTaken, mustWake) = state.withLock { state -> (Bool, Bool) in
      guard state.waiting.count + line.count <= byteCountMax else {
        state.droppedCount += 1
        return (false, false)
      }
      state.waiting += line
      let mustWake = !state.isWriting
      state.isWriting = true
      return (true, mustWake)
    }
    if mustWake { writer.async { self.writeAll() } }
    return isTaken
  }

  /// How many lines were dropped since this was asked last.
  package func takeDroppedCount() -> Int {
    state.withLock { state in
      defer { state.droppedCount = 0 }
      return state.droppedCount
    }
  }

  /// Waits until everything taken so far is written; only before the process ends.
  package func drain() { writer.sync { self.writeAll() } }

  private func writeAll() {
    while true {
      let bytes = state.withLock { state -> [UInt8] in
        if state.waiting.isEmpty { state.isWriting = false }
        defer { state.waiting = [] }
        return state.waiting
      }
      if bytes.isEmpty { return }
      // A log that cannot be written has nowhere to say so.
      _ = write(bytes)
    }
  }
}
