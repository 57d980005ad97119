// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One client connection.
package struct ConnectionObject: WireObject, Equatable {
  /// Number of the connection.
  package var id: Int64
  /// User.
  package var uid: Int64
  /// Process, at connect.
  package var pid: Int64?
  /// Listener it came by.
  package var listener: String
  /// Principal.
  package var principal: String
  /// Person.
  package var `operator`: String?
  /// Roles in force.
  package var roles: [String]
  /// What it calls itself.
  package var client: String?
  /// Since.
  package var connectedAt: Int64
  /// Last request.
  package var lastRequestAt: Int64?
  /// Requests so far.
  package var requests: Int64
  /// Requests in flight.
  package var inFlight: Int64
  /// Open subscriptions.
  package var subscriptions: Int64
  /// Bytes it has not taken yet.
  package var outputBytes: Int64

  package init(
    id: Int64, uid: Int64, pid: Int64? = nil, listener: String, principal: String,
    operator: String? = nil, roles: [String], client: String? = nil, connectedAt: Int64,
    lastRequestAt: Int64? = nil, requests: Int64, inFlight: Int64, subscriptions: Int64,
    outputBytes: Int64
  ) {
    self.id = id
    self.uid = uid
    self.pid = pid
    self.listener = listener
    self.principal = principal
    self.`operator` = `operator`
    self.roles = roles
    self.client = client
    self.connectedAt = connectedAt
    self.lastRequestAt = lastRequestAt
    self.requests = requests
    self.inFlight = inFlight
    self.subscriptions = subscriptions
    self.outputBytes = outputBytes
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("uid", uid)
    writer.member("pid", pid)
    writer.member("listener", listener)
    writer.member("principal", principal)
    writer.member("operator", `operator`)
    writer.member("roles", roles)
    writer.member("client", client)
    writer.member("connected_at", connectedAt)
    writer.member("last_request_at", lastRequestAt)
    writer.member("requests", requests)
    writer.member("in_flight", inFlight)
    writer.member("subscriptions", subscriptions)
    writer.member("output_bytes", outputBytes)
  }
}
