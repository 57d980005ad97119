import Domain
import JSON
import Synchronization
import Wire

/// All open connections, and the limits on their number.
final class ConnectionTable: Sendable {
  private struct State {
    var records: [Int64: ConnectionRecord] = [:]
    var countOfUser: [UInt32: Int] = [:]
    /// Connections that may not use what is kept for admin.
    var commonCount = 0
    var lastNumber: Int64 = 0
    /// Connections of each loop.
    var countOfLoop: [Int]
    /// The loop whose thread writes, so that it cannot listen.
    var occupied: Int?

    /// The loop with the fewest connections, each in its turn; never one that cannot listen.
    func loop(for number: Int64) -> Int {
      let first = Int(number % Int64(countOfLoop.count))
      var best: Int?
      for step in countOfLoop.indices {
        let loop = (first + step) % countOfLoop.count
        guard loop != occupied else { continue }
        if best.map({ countOfLoop[loop] < countOfLoop[$0] }) ?? true { best = loop }
      }
      return best ?? first
    }
  }

  private let state: Mutex<State>
  private let limits: ServerLimits

  init(limits: ServerLimits) {
    self.limits = limits
    state = Mutex(State(countOfLoop: Array(repeating: 0, count: max(1, limits.loops))))
  }

  var count: Int { state.withLock { $0.records.count } }

  /// Takes a connection in, or says why there is no room.
  func enter(
    _ identity: Identity, at now: Timestamp
  ) throws(WireError) -> ConnectionRecord {
    let outcome = state.withLock { state -> Result<ConnectionRecord, WireError> in
      let isAdmin = identity.roles.contains(.admin)
      let isRoom = isAdmin || state.commonCount < limits.connections - limits.connectionsReserved
      guard isRoom, state.records.count < limits.connections else {
        return .failure(
          Self.full("The daemon has \(state.records.count) connections.", limits.connections))
      }
      let own = state.countOfUser[identity.userID] ?? 0
      guard own < limits.connectionsPerUser else {
        return .failure(
          Self.full("User \(identity.userID) has \(own) connections.", limits.connectionsPerUser))
      }
      state.countOfUser[identity.userID] = own + 1
      state.lastNumber += 1
      let loop = state.loop(for: state.lastNumber)
      state.countOfLoop[loop] += 1
      let record = ConnectionRecord(
        number: state.lastNumber, loop: loop, connectedAt: now, identity: identity)
      state.records[record.number] = record
      if !isAdmin { state.commonCount += 1 }
      return .success(record)
    }
    return try outcome.get()
  }

  func leave(_ record: ConnectionRecord) {
    state.withLock { state in
      guard state.records.removeValue(forKey: record.number) != nil else { return }
      if !record.isAdmin { state.commonCount -= 1 }
      state.countOfLoop[record.loop] -= 1
      let left = (state.countOfUser[record.userID] ?? 1) - 1
      state.countOfUser[record.userID] = left > 0 ? left : nil
    }
  }

  /// Lets the thread of a loop write, where that keeps one connection waiting and nobody else: no
  /// other is there, and none comes to this loop before `vacate`.
  func occupy(_ loop: Int) -> Bool {
    state.withLock { state in
      guard state.countOfLoop.count > 1, state.occupied == nil, state.countOfLoop[loop] == 1 else {
        return false
      }
      state.occupied = loop
      return true
    }
  }

  /// Whether a connection of this principal has its thread busy with a write, so that what it has
  /// sent meanwhile is not read yet.
  func isDeaf(_ principal: String) -> Bool {
    state.withLock { state in
      guard let occupied = state.occupied else { return false }
      return state.records.values.contains {
        $0.loop == occupied && $0.principal.utf8.elementsEqual(principal.utf8)
      }
    }
  }

  func vacate() { state.withLock { $0.occupied = nil } }

  /// A loop for somebody who is told that he cannot stay.
  var listeningLoop: Int { state.withLock { $0.loop(for: $0.lastNumber) } }

  func record(_ number: Int64) -> ConnectionRecord? { state.withLock { $0.records[number] } }

  /// Oldest first.
  func all() -> [ConnectionRecord] {
    state.withLock { Array($0.records.values) }.sorted { $0.number < $1.number }
  }

  /// The connection that holds the most memory; nil where none holds any.
  func largest() -> ConnectionRecord? {
    let largest = all().max {
      $0.heldBytes.load(ordering: .relaxed) < $1.heldBytes.load(ordering: .relaxed)
    }
    guard let largest, largest.heldBytes.load(ordering: .relaxed) > 0 else { return nil }
    return largest
  }

  /// Bytes held by all connections.
  var heldBytes: Int { all().reduce(0) { $0 + $1.heldBytes.load(ordering: .relaxed) } }

  static func full(_ message: String, _ limit: Int) -> WireError {
    WireError(
      .tooManyConnections, message, details: JSONObject([("limit", .integer(Int64(limit)))]),
      retryAfterMilliseconds: 1_000)
  }
}
