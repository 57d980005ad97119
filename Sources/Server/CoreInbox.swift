import Engine
import Synchronization

/// What waits for the writer, and what all threads may know of it.
final class CoreInbox: Sendable {
  private struct State {
    var inputs: [Input] = []
    /// The writer runs, or somebody is on the way to run it.
    var isAwake = false
    var condition = CoreCondition.starting
  }

  private let state = Mutex(State())
  private let publishedSequence = Atomic<Int64>(0)
  private let waitingCount = Atomic<Int>(0)
  private let exchangeCount = Atomic<Int>(0)

  /// Adds an input. True where the writer slept, so that the caller must have it run.
  func isFirstToWait(_ input: Input) -> Bool {
    if case .answered = input { exchangeCount.subtract(1, ordering: .relaxed) }
    waitingCount.add(1, ordering: .relaxed)
    return state.withLock { state in
      state.inputs.append(input)
      defer { state.isAwake = true }
      return !state.isAwake
    }
  }

  /// Moves what waits to the end of what the writer holds.
  func take(into backlog: inout [Input]) {
    if backlog.isEmpty {
      state.withLock { swap(&backlog, &$0.inputs) }
    } else {
      backlog += state.withLock { state in
        defer { state.inputs.removeAll(keepingCapacity: true) }
        return state.inputs
      }
    }
  }

  /// So many of those that were taken are run now.
  func began(_ count: Int) { waitingCount.subtract(count, ordering: .relaxed) }

  /// Lets the writer sleep, unless something came; false is that it sleeps.
  func staysAwake() -> Bool {
    state.withLock { state in
      if state.inputs.isEmpty { state.isAwake = false }
      return state.isAwake
    }
  }

  func sentExchanges(_ count: Int) { exchangeCount.add(count, ordering: .relaxed) }

  func publish(_ sequence: Int64) { publishedSequence.store(sequence, ordering: .releasing) }

  var condition: CoreCondition {
    get { state.withLock { $0.condition } }
    set { state.withLock { $0.condition = newValue } }
  }

  var depth: Int { waitingCount.load(ordering: .relaxed) }
  var exchangesUnderWay: Int { max(0, exchangeCount.load(ordering: .relaxed)) }
  var published: Int64 { publishedSequence.load(ordering: .acquiring) }
}
