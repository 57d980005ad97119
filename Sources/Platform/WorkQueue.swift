import Dispatch

/// Runs jobs that may block, a few at a time, with a bounded line of waiting ones.
///
/// Each lane is a serial root queue and so has a thread of its own while it works: a blocked job
/// holds up its lane and nothing else.
package final class WorkQueue: Sendable {
  /// Something to do that may block.
  package typealias Job = @Sendable () -> Void

  private struct State {
    var idleLanes: [Int]
    var waiting: [Job] = []
    /// Index of the next job in `waiting`; those before it are done.
    var next = 0

    var waitingCount: Int { waiting.count - next }

    mutating func takeNext() -> Job? {
      guard next < waiting.count else { return nil }
      let job = waiting[next]
      waiting[next] = {}
      next += 1
      if next > 64, next * 2 > waiting.count {
        waiting.removeSubrange(..<next)
        next = 0
      }
      return job
    }
  }

  private let lanes: [DispatchQueue]
  private let waitingCountMax: Int
  // A queue and not a `Mutex`: the thread sanitizer does not see into a `Mutex` that is fought
  // for, and would report races that are none.
  private let state: Confined<State>

  /// - Parameter limit: how many jobs run at once.
  /// - Parameter waitingCountMax: how many more may wait.
  package init(_ label: String, limit: Int, waitingCountMax: Int = 10_000) {
    precondition(limit > 0, "at least one job must be able to run")
    precondition(waitingCountMax >= 0, "a count is not negative")
    lanes = (0..<limit).map { Queues.root("\(label).\($0)") }
    self.waitingCountMax = waitingCountMax
    state = Confined(
      State(idleLanes: Array((0..<limit).reversed())), on: Queues.root("\(label).state"))
  }

  /// Runs a job as soon as a lane is free, in the order of the calls.
  ///
  /// - Returns: false if too many wait already; the job is then dropped.
  @discardableResult
  package func submit(_ job: @escaping Job) -> Bool {
    enum Decision: Sendable {
      case start(Int)
      case wait
      case refuse
    }
    let decision = state.wait { state -> Decision in
      if let lane = state.idleLanes.popLast() { return .start(lane) }
      guard state.waitingCount < waitingCountMax else { return .refuse }
      state.waiting.append(job)
      return .wait
    }
    switch decision {
    case .start(let lane): lanes[lane].async { self.run(job, on: lane) }
    case .wait: break
    case .refuse: return false
    }
    return true
  }

  /// How many jobs run and how many wait now.
  package var load: (running: Int, waiting: Int) {
    state.wait { (lanes.count - $0.idleLanes.count, $0.waitingCount) }
  }

  private func run(_ first: Job, on lane: Int) {
    var job = first
    while true {
      job()
      let next = state.wait { state -> Job? in
        if let next = state.takeNext() { return next }
        state.idleLanes.append(lane)
        return nil
      }
      guard let next else { return }
      job = next
    }
  }
}
