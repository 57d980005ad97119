// How far a long comparison is, on one line of the terminal that is written over.

import Intake
import Platform
import Synchronization

final class ComparingProgress: Sendable {
  private static let firstNanoseconds: Int64 = 500_000_000
  private static let stepNanoseconds: Int64 = 100_000_000

  private struct State {
    var next: Int64
    var hasTold = false
  }

  private let state: Mutex<State>

  init() {
    state = Mutex(State(next: SystemClock.monotonicNanoseconds() + Self.firstNanoseconds))
  }

  func tell(_ progress: FilePair.Progress) {
    let now = SystemClock.monotonicNanoseconds()
    state.withLock { state in
      guard now >= state.next else { return }
      state = State(next: now + Self.stepNanoseconds, hasTold: true)
      Self.write("\r\(progress.text)\u{1B}[K")
    }
  }

  /// Takes the line away.
  func end() {
    state.withLock { state in
      guard state.hasTold else { return }
      state = State(next: .max)
      Self.write("\r\u{1B}[K")
    }
  }

  private static func write(_ text: String) {
    // Nobody is left to be told that standard error is gone.
    _ = Terminal.write(Array(text.utf8), to: Terminal.standardError)
  }
}

extension FilePair.Progress {
  fileprivate var text: String {
    switch self {
    case .reading(let done, let all):
      "reading \(done >> 20) of \(all >> 20) MiB, \(done * 100 / max(1, all)) %"
    case .comparing(let done, let all): "comparing, \(done * 100 / max(1, all)) %"
    }
  }
}
