import Domain
import Engine
import Synchronization

/// Which named consumers have a reader now: one each.
final class ConsumerBoard: Sendable {
  private struct Name: Hashable {
    let principal: String
    let consumer: String
  }

  private struct State {
    var taken: Set<Name> = []
    /// Where those made by this process began; few, because each principal has few consumers.
    var made: [Name: Int64] = [:]
  }

  private let state = Mutex(State())

  /// False if somebody else reads as this consumer.
  func take(_ consumer: String, of principal: String) -> Bool {
    state.withLock { $0.taken.insert(Name(principal: principal, consumer: consumer)).inserted }
  }

  func release(_ consumer: String, of principal: String) {
    state.withLock { _ = $0.taken.remove(Name(principal: principal, consumer: consumer)) }
  }

  /// Its place was handed to the engine to be written.
  func noteMade(_ consumer: String, of principal: String, at position: Int64) {
    state.withLock { $0.made[Name(principal: principal, consumer: consumer)] = position }
  }

  /// Where a consumer began that may not be on the disk yet; nil if this process made none.
  func beginning(_ consumer: String, of principal: String) -> Int64? {
    state.withLock { $0.made[Name(principal: principal, consumer: consumer)] }
  }
}

/// Who paused which gateway, as far as this process has seen.
final class PauseBoard: Sendable {
  private let names = Mutex<[String: String]>([:])

  /// - Parameter name: nil when the gateway goes on.
  func set(_ gateway: String, by name: String?) { names.withLock { $0[gateway] = name } }

  func name(_ gateway: String) -> String? { names.withLock { $0[gateway] } }
}

/// Which orders are waited for now. Tells the engine when the first comes and when the last goes.
final class WatchBoard: Sendable {
  private let counts = Mutex<[OrderID: Int]>([:])
  private let core: Core

  init(core: Core) { self.core = core }

  func enter(_ order: OrderID) {
    // Submitted under the lock, so that the engine hears the changes in their order.
    counts.withLock { counts in
      let count = (counts[order] ?? 0) + 1
      counts[order] = count
      if count == 1 { core.submit(.watched(order, true)) }
    }
  }

  func leave(_ order: OrderID) {
    counts.withLock { counts in
      let count = (counts[order] ?? 1) - 1
      counts[order] = count > 0 ? count : nil
      if count == 0 { core.submit(.watched(order, false)) }
    }
  }

  /// How many orders are watched.
  var count: Int { counts.withLock { $0.count } }
}
