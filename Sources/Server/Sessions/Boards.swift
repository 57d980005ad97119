import Domain
import Engine
import Store
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
    /// Those about to be made: a place is kept for each.
    var reserved: Set<Name> = []
  }

  private let state = Mutex(State())

  /// False if somebody else reads as this consumer.
  func take(_ consumer: String, of principal: String) -> Bool {
    state.withLock { $0.taken.insert(Name(principal: principal, consumer: consumer)).inserted }
  }

  func release(_ consumer: String, of principal: String) {
    state.withLock { _ = $0.taken.remove(Name(principal: principal, consumer: consumer)) }
  }

  /// Keeps a place for a new consumer, so that two who come at once do not share the last one.
  ///
  /// - Parameter stored: how many are in the store.
  /// - Parameter isStored: whether one of this process is among them.
  /// - Returns: false where there is no room.
  func reserve(
    _ consumer: String, of principal: String, stored: Int,
    isStored: (String) throws(StoreError) -> Bool
  ) throws(StoreError) -> Bool {
    let name = Name(principal: principal, consumer: consumer)
    return try state.withLock { state throws(StoreError) in
      var others = state.reserved.union(state.made.keys).filter {
        $0.principal.utf8.elementsEqual(principal.utf8) && $0 != name
      }
      if stored + others.count >= Limits.consumers {
        for other in others where try isStored(other.consumer) { others.remove(other) }
      }
      guard stored + others.count < Limits.consumers else { return false }
      state.reserved.insert(name)
      return true
    }
  }

  /// Its place was handed to the engine to be written.
  func noteMade(_ consumer: String, of principal: String, at position: Int64) {
    let name = Name(principal: principal, consumer: consumer)
    state.withLock { state in
      state.reserved.remove(name)
      state.made[name] = position
    }
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
