import Domain
import Synchronization
import Wire

/// What everybody may know about one open connection. Its session writes, others look.
final class ConnectionRecord: Sendable {
  let number: Int64
  let loop: Int
  let connectedAt: Timestamp
  let userID: UInt32
  /// May use the connections kept for admin.
  let isAdmin: Bool

  private let described: Mutex<Described>
  let requests = Atomic<Int>(0)
  let inFlight = Atomic<Int>(0)
  let subscriptions = Atomic<Int>(0)
  /// Bytes it has not taken yet.
  let outputBytes = Atomic<Int>(0)
  /// Bytes of lines not ended yet, and of replies not sent yet.
  let heldBytes = Atomic<Int>(0)
  /// Bytes of long replies that were made for it and are still on their way to its loop.
  let madeBytes = Atomic<Int>(0)
  /// Our wall clock in milliseconds; 0 before the first.
  let lastRequestAt = Atomic<Int64>(0)

  private struct Described {
    var identity: Identity
    var client: String?
  }

  init(number: Int64, loop: Int, connectedAt: Timestamp, identity: Identity) {
    self.number = number
    self.loop = loop
    self.connectedAt = connectedAt
    userID = identity.userID
    isAdmin = identity.roles.contains(.admin)
    described = Mutex(Described(identity: identity))
  }

  func rename(_ identity: Identity, client: String?) {
    described.withLock { described in
      described.identity = identity
      if let client { described.client = client }
    }
  }

  /// Whether another reply may be made for it: what it has not taken yet is less than so much.
  /// Any thread may ask.
  func hasRoom(_ bytesMax: Int) -> Bool {
    outputBytes.load(ordering: .relaxed) + madeBytes.load(ordering: .relaxed) < bytesMax
  }

  /// The owner of what it creates.
  var principal: String { described.withLock { $0.identity.principal } }

  /// As one row of `server.connections`.
  var object: ConnectionObject {
    let described = described.withLock { $0 }
    let identity = described.identity
    let last = lastRequestAt.load(ordering: .relaxed)
    return ConnectionObject(
      id: number, uid: Int64(userID), pid: Int64(identity.processID),
      listener: identity.listener, principal: identity.principal, operator: identity.person,
      roles: identity.roles.names, client: described.client,
      connectedAt: connectedAt.milliseconds, lastRequestAt: last == 0 ? nil : last,
      requests: Int64(requests.load(ordering: .relaxed)),
      inFlight: Int64(inFlight.load(ordering: .relaxed)),
      subscriptions: Int64(subscriptions.load(ordering: .relaxed)),
      outputBytes: Int64(outputBytes.load(ordering: .relaxed)))
  }
}
