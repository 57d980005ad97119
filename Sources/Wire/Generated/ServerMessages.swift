// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `server.backup`: Copy the store while it works.
package struct ServerBackupRequest: WireRequest, Equatable {
  package typealias Result = ServerBackupResult

  /// The method.
  package static let method = Method.serverBackup
  /// File name.
  package var name: String

  package static func read(_ reader: inout ParamReader) -> ServerBackupRequest? {
    let name = reader.text("name", .backupName, required: true)
    reader.finish(["name"])
    guard reader.isClean, let name else { return nil }
    return ServerBackupRequest(name: name)
  }
}

/// What `server.backup` answers.
package struct ServerBackupResult: WireObject, Equatable {
  /// File name.
  package var name: String
  /// Size.
  package var bytes: Int64
  /// Digest.
  package var sha256: String
  /// Events in it.
  package var events: Int64
  /// State of this moment.
  package var at: Int64

  package init(name: String, bytes: Int64, sha256: String, events: Int64, at: Int64) {
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
    self.events = events
    self.at = at
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("name", name)
    writer.member("bytes", bytes)
    writer.member("sha256", sha256)
    writer.member("events", events)
    writer.member("at", at)
  }
}

/// `server.connections`: Open connections.
package struct ServerConnectionsRequest: WireRequest, Equatable {
  package typealias Result = ServerConnectionsResult

  /// The method.
  package static let method = Method.serverConnections

  package static func read(_ reader: inout ParamReader) -> ServerConnectionsRequest? {
    reader.finish([])
    guard reader.isClean else { return nil }
    return ServerConnectionsRequest()
  }
}

/// What `server.connections` answers.
package struct ServerConnectionsResult: WireObject, Equatable {
  /// Connections, oldest first.
  package var connections: [ConnectionObject]

  package init(connections: [ConnectionObject]) {
    self.connections = connections
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("connections", connections)
  }
}

/// `server.disconnect`: Close one connection.
package struct ServerDisconnectRequest: WireRequest, Equatable {
  package typealias Result = ServerDisconnectResult

  /// The method.
  package static let method = Method.serverDisconnect
  /// Number of the connection.
  package var connection: Int64
  /// Said in its session.bye.
  package var reason: String?

  package static func read(_ reader: inout ParamReader) -> ServerDisconnectRequest? {
    let connection = reader.integer("connection", in: 1...9007199254740991, required: true)
    let reason = reader.text("reason", .note)
    reader.finish(["connection", "reason"])
    guard reader.isClean, let connection else { return nil }
    return ServerDisconnectRequest(connection: connection, reason: reason)
  }
}

/// What `server.disconnect` answers.
package struct ServerDisconnectResult: WireObject, Equatable {
  /// Number of the connection.
  package var connection: Int64
  /// It was open.
  package var closed: Bool

  package init(connection: Int64, closed: Bool) {
    self.connection = connection
    self.closed = closed
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("connection", connection)
    writer.member("closed", closed)
  }
}

/// `server.drain`: Stop in good order.
package struct ServerDrainRequest: WireRequest, Equatable {
  package typealias Result = ServerDrainResult

  /// The method.
  package static let method = Method.serverDrain

  package static func read(_ reader: inout ParamReader) -> ServerDrainRequest? {
    reader.finish([])
    guard reader.isClean else { return nil }
    return ServerDrainRequest()
  }
}

/// What `server.drain` answers.
package struct ServerDrainResult: WireObject, Equatable {
  /// draining.
  package var state: String

  package init(state: String) {
    self.state = state
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("state", state)
  }
}

/// `server.health`: Whether the daemon is alive and ready.
package struct ServerHealthRequest: WireRequest, Equatable {
  package typealias Result = ServerHealthResult

  /// The method.
  package static let method = Method.serverHealth

  package static func read(_ reader: inout ParamReader) -> ServerHealthRequest? {
    reader.finish([])
    guard reader.isClean else { return nil }
    return ServerHealthRequest()
  }
}

/// What `server.health` answers.
package struct ServerHealthResult: WireObject, Equatable {
  /// What it can do now.
  package var state: String
  /// It does all.
  package var ready: Bool
  /// Version of the daemon.
  package var version: String
  /// Since it started.
  package var uptimeMilliseconds: Int64
  /// Its clock.
  package var nowAt: Int64
  /// Why not ready.
  package var reason: String?

  package init(
    state: String, ready: Bool, version: String, uptimeMilliseconds: Int64, nowAt: Int64,
    reason: String? = nil
  ) {
    self.state = state
    self.ready = ready
    self.version = version
    self.uptimeMilliseconds = uptimeMilliseconds
    self.nowAt = nowAt
    self.reason = reason
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("state", state)
    writer.member("ready", ready)
    writer.member("version", version)
    writer.member("uptime_ms", uptimeMilliseconds)
    writer.member("now_at", nowAt)
    writer.member("reason", reason)
  }
}

/// `server.metrics`: Numbers for monitoring.
package struct ServerMetricsRequest: WireRequest, Equatable {
  package typealias Result = ServerMetricsResult

  /// The method.
  package static let method = Method.serverMetrics

  package static func read(_ reader: inout ParamReader) -> ServerMetricsRequest? {
    reader.finish([])
    guard reader.isClean else { return nil }
    return ServerMetricsRequest()
  }
}

/// What `server.metrics` answers.
package struct ServerMetricsResult: WireObject, Equatable {
  /// All metrics, sorted by name.
  package var metrics: [MetricObject]

  package init(metrics: [MetricObject]) {
    self.metrics = metrics
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("metrics", metrics)
  }
}

/// `server.reload`: Read the configuration again.
package struct ServerReloadRequest: WireRequest, Equatable {
  package typealias Result = ServerReloadResult

  /// The method.
  package static let method = Method.serverReload

  package static func read(_ reader: inout ParamReader) -> ServerReloadRequest? {
    reader.finish([])
    guard reader.isClean else { return nil }
    return ServerReloadRequest()
  }
}

/// What `server.reload` answers.
package struct ServerReloadResult: WireObject, Equatable {
  /// Members that changed and are in force.
  package var changed: [String]
  /// Members that changed and wait for a restart.
  package var restartNeeded: [String]

  package init(changed: [String], restartNeeded: [String]) {
    self.changed = changed
    self.restartNeeded = restartNeeded
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("changed", changed)
    writer.member("restart_needed", restartNeeded)
  }
}

/// `server.status`: What the daemon holds and does.
package struct ServerStatusRequest: WireRequest, Equatable {
  package typealias Result = ServerStatusResult

  /// The method.
  package static let method = Method.serverStatus

  package static func read(_ reader: inout ParamReader) -> ServerStatusRequest? {
    reader.finish([])
    guard reader.isClean else { return nil }
    return ServerStatusRequest()
  }
}

/// What `server.status` answers.
package struct ServerStatusResult: WireObject, Equatable {
  /// What it can do now.
  package var state: String
  /// Version of the daemon.
  package var version: String
  /// Changes with every start.
  package var instance: String
  /// Epoch of the event history.
  package var epoch: String
  /// Digest of the contract.
  package var schema: String
  /// Start.
  package var startedAt: Int64
  /// Open connections.
  package var connections: Int64
  /// Orders kept.
  package var orders: Int64
  /// Payments without a final state.
  package var paymentsOpen: Int64
  /// Events in the log.
  package var events: Int64
  /// Writes that wait.
  package var queueDepth: Int64
  /// Queries due now.
  package var pollsDue: Int64
  /// Outgoing messages not yet taken.
  package var hooksPending: Int64
  /// Orders a person must look at.
  package var attention: Int64
  /// Orders the search index has not reached; a search reads them directly.
  package var searchLag: Int64
  /// Size of the store.
  package var storeBytes: Int64
  /// What is kept for a time only.
  package var retention: [RetentionObject]
  /// Configuration in use; absent if there is none.
  package var config: String?
  /// Compression of the schedule; 1 in earnest.
  package var timeScale: String

  package init(
    state: String, version: String, instance: String, epoch: String, schema: String,
    startedAt: Int64, connections: Int64, orders: Int64, paymentsOpen: Int64, events: Int64,
    queueDepth: Int64, pollsDue: Int64, hooksPending: Int64, attention: Int64, searchLag: Int64,
    storeBytes: Int64, retention: [RetentionObject], config: String? = nil, timeScale: String
  ) {
    self.state = state
    self.version = version
    self.instance = instance
    self.epoch = epoch
    self.schema = schema
    self.startedAt = startedAt
    self.connections = connections
    self.orders = orders
    self.paymentsOpen = paymentsOpen
    self.events = events
    self.queueDepth = queueDepth
    self.pollsDue = pollsDue
    self.hooksPending = hooksPending
    self.attention = attention
    self.searchLag = searchLag
    self.storeBytes = storeBytes
    self.retention = retention
    self.config = config
    self.timeScale = timeScale
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("state", state)
    writer.member("version", version)
    writer.member("instance", instance)
    writer.member("epoch", epoch)
    writer.member("schema", schema)
    writer.member("started_at", startedAt)
    writer.member("connections", connections)
    writer.member("orders", orders)
    writer.member("payments_open", paymentsOpen)
    writer.member("events", events)
    writer.member("queue_depth", queueDepth)
    writer.member("polls_due", pollsDue)
    writer.member("hooks_pending", hooksPending)
    writer.member("attention", attention)
    writer.member("search_lag", searchLag)
    writer.member("store_bytes", storeBytes)
    writer.member("retention", retention)
    writer.member("config", config)
    writer.member("time_scale", timeScale)
  }
}
