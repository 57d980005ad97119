import Dispatch
import Synchronization

/// Things handed to a queue from any thread, with one wake-up for all that come together.
///
/// A busy queue finds everything that piled up in its next turn: that is what makes groups.
final class BurstInbox<Element: Sendable>: Sendable {
  private struct State {
    var waiting: [Element] = []
    var isAwake = false
  }

  private let state = Mutex(State())
  private let queue: DispatchQueue
  private let take: @Sendable ([Element]) -> Void

  /// - Parameter take: runs on the queue with everything that waits, in the order of posting.
  init(on queue: DispatchQueue, take: @escaping @Sendable ([Element]) -> Void) {
    self.queue = queue
    self.take = take
  }

  /// How many wait now.
  var count: Int { state.withLock { $0.waiting.count } }

  func post(_ element: Element) {
    let mustWake = state.withLock { state in
      state.waiting.append(element)
      defer { state.isAwake = true }
      return !state.isAwake
    }
    if mustWake { queue.async { self.drain() } }
  }

  func post(contentsOf elements: [Element]) {
    guard !elements.isEmpty else { return }
    let mustWake = state.withLock { state in
      state.waiting.append(contentsOf: elements)
      defer { state.isAwake = true }
      return !state.isAwake
    }
    if mustWake { queue.async { self.drain() } }
  }

  private func drain() {
    var batch: [Element] = []
    state.withLock { swap(&batch, &$0.waiting) }
    take(batch)
    let isMore = state.withLock { state in
      if state.waiting.isEmpty { state.isAwake = false }
      return state.isAwake
    }
    // A turn of its own: whatever else waits on the queue goes first.
    if isMore { queue.async { self.drain() } }
  }
}
