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
  }

  private let state = Mutex(State())
  private let limits: ServerLimits

  init(limits: ServerLimits) { self.limits = limits }

  var count: Int { state.withLock { $0.records.count } }

  /// Takes a connection in, or says why there is no room.
  func enter(
    _ identity: Identity, loops: Int, at now: Timestamp
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
      let record = ConnectionRecord(
        number: state.lastNumber, loop: Int(state.lastNumber % Int64(loops)), connectedAt: now,
        identity: identity)
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
      let left = (state.countOfUser[record.userID] ?? 1) - 1
      state.countOfUser[record.userID] = left > 0 ? left : nil
    }
  }

  func record(_ number: Int64) -> ConnectionRecord? { state.withLock { $0.records[number] } }

  /// Oldest first.
  func all() -> [ConnectionRecord] {
    state.withLock { Array($0.records.values) }.sorted { $0.number < $1.number }
  }

  /// The connection that holds the most memory.
  func largest() -> ConnectionRecord? {
    all().max { $0.heldBytes.load(ordering: .relaxed) < $1.heldBytes.load(ordering: .relaxed) }
  }

  /// Bytes held by all connections.
  var heldBytes: Int { all().reduce(0) { $0 + $1.heldBytes.load(ordering: .relaxed) } }

  static func full(_ message: String, _ limit: Int) -> WireError {
    WireError(
      .tooManyConnections, message, details: JSONObject([("limit", .integer(Int64(limit)))]),
      retryAfterMilliseconds: 1_000)
  }
}
