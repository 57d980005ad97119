import Dispatch
import Platform
import Synchronization

/// Threads that read, each with a source of its own.
///
/// Jobs are taken in bunches: a bunch shares one snapshot. Heavy jobs never hold the last free
/// thread, so a long list does not stand in the way of a short read.
package final class ReaderPool<Source>: Sendable {
  /// - Parameter source: nil when the lane could not be opened or the snapshot failed.
  package typealias Job = @Sendable (_ source: Source?) -> Void

  package enum Weight: Sendable {
    /// A few rows.
    case light
    /// May look at much of the store.
    case heavy
  }

  /// Runs a bunch of jobs on one state of the store.
  package typealias Bunch = @Sendable (Source, [Job]) -> Void

  private struct State {
    var idle: [Int]
    var light: [Job] = []
    var heavy: [Job] = []
    var heavyRunning = 0
  }

  /// How many light jobs share a snapshot at most.
  private static var bunchMax: Int { 64 }

  /// The source of each lane, on its own queue.
  private let lanes: [Confined<Source?>]
  private let state: Mutex<State>
  private let open: @Sendable () throws -> Source
  private let runBunch: Bunch
  private let onFault: @Sendable (String) -> Void

  /// - Parameter open: makes the source of a lane, on its queue, when it is first needed.
  /// - Parameter onFault: a lane could not be opened; its jobs get nil.
  package init(
    _ label: String, lanes count: Int, open: @escaping @Sendable () throws -> Source,
    runBunch: @escaping Bunch, onFault: @escaping @Sendable (String) -> Void
  ) {
    precondition(count >= 2, "one lane stays free of heavy jobs")
    lanes = (0..<count).map { Confined(nil, on: Queues.root("\(label).\($0)")) }
    state = Mutex(State(idle: Array((0..<count).reversed())))
    self.open = open
    self.runBunch = runBunch
    self.onFault = onFault
  }

  /// Runs jobs soon, light ones in the order of posting as far as threads allow.
  package func submit(_ jobs: [Job], weight: Weight = .light) {
    guard !jobs.isEmpty else { return }
    let woken = state.withLock { state -> Int? in
      switch weight {
      case .light: state.light += jobs
      case .heavy: state.heavy += jobs
      }
      guard weight == .light || state.heavyRunning < lanes.count - 1 else { return nil }
      return state.idle.popLast()
    }
    if let woken { begin(woken) }
  }

  /// A source for the calling thread alone; nil when none could be opened.
  package func makeSource() -> Source? {
    do { return try open() } catch {
      onFault("\(error)")
      return nil
    }
  }

  /// Runs light jobs on the calling thread at once.
  ///
  /// - Parameter source: the calling thread's own.
  package func runHere(_ jobs: [Job], source: Source?) {
    if let source { runBunch(source, jobs) } else { for job in jobs { job(nil) } }
  }

  /// How many jobs wait.
  package var depth: Int { state.withLock { $0.light.count + $0.heavy.count } }

  private enum Load {
    case light([Job])
    case heavy(Job)
  }

  private func begin(_ index: Int) { lanes[index].enter { self.work(index, &$0) } }

  private func work(_ index: Int, _ source: inout Source?) {
    while let load = next(index) {
      if source == nil { source = makeSource() }
      switch load {
      case .light(let jobs): runHere(jobs, source: source)
      case .heavy(let job):
        runHere([job], source: source)
        state.withLock { $0.heavyRunning -= 1 }
      }
    }
  }

  private func next(_ index: Int) -> Load? {
    var another: Int?
    defer { if let another { begin(another) } }
    return state.withLock { state in
      if !state.light.isEmpty {
        let share = state.light.count / (1 + state.idle.count)
        let count = min(max(share, 1), Self.bunchMax, state.light.count)
        let jobs = Array(state.light[..<count])
        state.light.removeFirst(count)
        // What is left is worth another thread.
        if !state.light.isEmpty { another = state.idle.popLast() }
        return .light(jobs)
      }
      if !state.heavy.isEmpty, state.heavyRunning < lanes.count - 1 {
        state.heavyRunning += 1
        return .heavy(state.heavy.removeFirst())
      }
      state.idle.append(index)
      return nil
    }
  }
}
