package import Crypto
import Domain
package import Platform
package import Wire

/// What the server is told at start; `peers` and `operators` may be replaced while it runs.
package struct ServerConfiguration: Sendable {
  package var listeners: [ListenerConfiguration]
  /// The first rule that fits a caller counts.
  package var peers: [PeerRule]
  package var operators: [OperatorRule]
  package var limits: ServerLimits

  package init(
    listeners: [ListenerConfiguration], peers: [PeerRule] = [], operators: [OperatorRule] = [],
    limits: ServerLimits = ServerLimits()
  ) {
    self.listeners = listeners
    self.peers = peers
    self.operators = operators
    self.limits = limits
  }
}

/// A socket to listen on.
package struct ListenerConfiguration: Equatable, Sendable {
  /// Shown in `server.connections`.
  package var name: String
  /// Where the socket is made; for one that was handed to us only a name for people.
  package var path: String
  package var options: ListenOptions
  /// Nobody has other roles than these through this socket.
  package var roles: RoleSet

  package init(
    name: String, path: String, options: ListenOptions = ListenOptions(),
    roles: RoleSet = .everything
  ) {
    self.name = name
    self.path = path
    self.options = options
    self.options.backlog = Int32(Limits.backlog)
    self.roles = roles
  }
}

/// Who a local user is to us.
package struct PeerRule: Hashable, Sendable {
  package enum Match: Hashable, Sendable {
    case user(UInt32)
    /// Primary or other group of the process.
    case group(UInt32)
  }

  package var match: Match
  package var principal: String
  package var roles: RoleSet

  package init(match: Match, principal: String, roles: RoleSet) {
    self.match = match
    self.principal = principal
    self.roles = roles
  }
}

/// A person behind a shared account, known by a token.
package struct OperatorRule: Hashable, Sendable {
  package var name: String
  package var roles: RoleSet
  package var tokenDigest: SHA256Digest
  /// What the person may give back alone, in minor units.
  package var refundLimit: Int64

  package init(name: String, roles: RoleSet, tokenDigest: SHA256Digest, refundLimit: Int64) {
    self.name = name
    self.roles = roles
    self.tokenDigest = tokenDigest
    self.refundLimit = refundLimit
  }
}

/// Limits of connections. The defaults are those of the contract; tests make them small.
package struct ServerLimits: Sendable {
  package var connections = Limits.connections
  package var connectionsPerUser = Limits.connectionsPerUID
  /// Kept free for admin.
  package var connectionsReserved = Limits.connectionsReserved
  package var inFlight = Limits.inFlight
  package var linePartialMilliseconds = Int64(Limits.linePartialMilliseconds)
  package var outputHighBytes = Limits.outputHighBytes
  package var outputLowBytes = Limits.outputLowBytes
  package var outputStalledMilliseconds = Int64(Limits.outputStalledMilliseconds)
  /// While a connection has not taken so much, nothing more is read from the store for it.
  package var untakenBytes = Limits.lineOutBytes
  /// All buffers of all connections.
  package var buffersBytes = Limits.buffersBytes
  package var eventMarkMilliseconds = Int64(Limits.eventMarkMilliseconds)
  package var drainMilliseconds = Limits.drainMilliseconds
  /// How often a loop looks after its connections.
  package var housekeepingMilliseconds = 1_000
  /// Threads that serve sockets and make the short reads: one for each processor, as far as more
  /// are of use.
  package var loops = min(8, max(2, Resources.processorCount()))
  /// Threads for long reads, and for all of them while the store is slow.
  package var readers = 2
  /// All that read the store; the tail of the log is one of them.
  package var sources: Int { loops + readers + 1 }
  /// A bunch of reads that takes longer, by the monotonic clock, and had to wait tells a slow
  /// store. Below zero all reads are made by the threads for long ones.
  package var quickReadMilliseconds: Int64 = 4

  package init() {}
}
